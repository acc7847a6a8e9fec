//! Words of a report with what the layers ask of them again and again.

use std::borrow::Cow;

use variorum_text::{fold, words};

use crate::Reading;

use super::lexicon::{Class, class};

/// A word of a report.
#[derive(Debug, Clone)]
pub(crate) struct Token<'a> {
    /// The word without a possessive ending.
    pub text: &'a str,
    /// The folded word.
    pub low: Cow<'a, str>,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte, the possessive ending left out, the last full stop of "U.S." taken in.
    pub end: usize,
    /// What stands between the word before and this one.
    pub gap: &'a str,
    /// Which sentence it stands in.
    pub sentence: usize,
    /// Whether it is the first word of its sentence, or of quoted words.
    pub first: bool,
    /// Whether it is written as names are.
    pub cap: bool,
    /// Whether it has no small letter.
    pub upper: bool,
    /// Whether it ends in 's.
    pub possessive: bool,
    /// What the folded word is known to be.
    pub class: Class,
}

/// Returns the words of a report in order.
pub(crate) fn tokens<'a>(reading: &Reading<'a>) -> Vec<Token<'a>> {
    let text = reading.text;
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 6);
    let (mut sentence, mut before, mut last) = (0, 0, usize::MAX);
    for word in words(text) {
        while sentence + 1 < reading.sentences.len() && reading.sentences[sentence].end <= word.start {
            sentence += 1;
        }
        // Some archives part the ending from its word ("Orr 's").
        if word.text == "s"
            && before < word.start
            && matches!(text[before..word.start].trim(), "'" | "’")
            && let Some(owner) = found.last_mut()
        {
            owner.possessive = true;
            before = word.end;
            continue;
        }
        let possessive = word.text.ends_with("'s") || word.text.ends_with("’s");
        let bare = match word.text.rfind(['\'', '’']) {
            Some(mark) if possessive => &word.text[..mark],
            _ => word.text,
        };
        let mut end = word.start + bare.len();
        if bare.contains('.') && bare.starts_with(char::is_uppercase) && text[end..].starts_with('.') {
            end += 1;
        }
        let gap = &text[before..word.start];
        let low = lower(bare);
        let class = class(&low);
        // "Park Ji-hoon": the second half of a Korean given name is written small.
        let given_after = bare.contains('-')
            && bare.starts_with(char::is_uppercase)
            && gap == " "
            && found.last().is_some_and(|family| family.cap && family.class.is(Class::FAMILY_FIRST));
        found.push(Token {
            text: bare,
            start: word.start,
            end,
            gap,
            sentence,
            first: sentence != last || gap.contains(['“', '"', '‘', '”', '•', ':', '\n']),
            cap: given_after || is_name_like(bare),
            upper: bare.bytes().filter(u8::is_ascii_uppercase).count() > 1 && !bare.chars().any(char::is_lowercase),
            possessive,
            class,
            low,
        });
        (before, last) = (if possessive { word.end } else { end }, sentence);
    }
    found
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase()) { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) }
}

/// Names begin with a capital, or with a small article or letter and a capital after it ("al-Sayed", "iPhone").
fn is_name_like(word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    if first.is_uppercase() {
        // "Oscar-winning", "London-based": the capital is the first part's alone.
        let made = word
            .rsplit_once('-')
            .is_some_and(|(_, end)| end.len() > 3 && end.starts_with(|c: char| c.is_ascii_lowercase()));
        return !made && !matches!(word, "I" | "I'm" | "I’m" | "I've" | "I’ve" | "I'll" | "I’ll" | "I'd" | "I’d");
    }
    let Some((article, rest)) = word.split_once('-') else {
        return first.is_lowercase() && word.len() > 3 && word.chars().nth(1).is_some_and(char::is_uppercase);
    };
    matches!(article, "al" | "el" | "ar" | "as" | "an" | "ad" | "ul" | "ur" | "bin")
        && rest.starts_with(char::is_uppercase)
}
