//! The words that search knows: folded, and stemmed in the language of their report.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use variorum_text::{fold, stem_in, words};
use xxhash_rust::xxh3::xxh3_64;

/// Longer ones are no words; only their beginning counts.
const LONGEST: usize = 100;
/// News repeats its words; beyond so many different ones the memory of them begins anew.
const REMEMBERED: usize = 100_000;

/// Returns where the words stand that can be searched for, in order.
///
/// A hyphen parts words here, so that "ferry" finds "ferry-boat"; scripts without spaces are searched letter by letter,
/// in order.
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(text.len() / 6);
    for word in words(text) {
        if word.text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            found.push(word.range());
            continue;
        }
        let mut start = word.start;
        for (at, c) in word.text.char_indices() {
            let (at, end) = (word.start + at, word.start + at + c.len_utf8());
            if !is_unspaced(c) && !matches!(c, '-' | '\u{2010}' | '\u{2011}') {
                continue;
            }
            if start < at {
                found.push(start..at);
            }
            if is_unspaced(c) {
                found.push(at..end);
            }
            start = end;
        }
        if start < word.end {
            found.push(start..word.end);
        }
    }
    found
}

/// Tells whether a letter is of a script that parts no words: Thai to Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32, 0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Returns the form under which a word of a language stands in the index; without a language it is only folded.
pub fn form(word: &str, language: &str) -> String {
    let form = if language.is_empty() { fold(word) } else { stem_in(word, language) };
    let form = if form.contains(',') { form.replace(',', "") } else { form };
    match form.char_indices().nth(LONGEST) {
        Some((end, _)) => form[..end].to_owned(),
        None => form,
    }
}

/// Parts texts of reports. The first line of a text names its language.
#[derive(Clone, Default)]
pub struct News {
    forms: Forms,
    language: String,
    token: Token,
}

/// The forms of words that were met, by the hash of the word: a look-up is half of what a word costs to index, and one
/// table of small entries beside one text is quicker to ask than words that lie about.
#[derive(Clone, Default)]
struct Forms {
    places: FxHashMap<u64, (u32, u32)>,
    text: String,
}

impl Forms {
    fn get(&mut self, word: &str, language: &str) -> &str {
        let (start, end) = *self.places.entry(xxh3_64(word.as_bytes())).or_insert_with(|| {
            let start = self.text.len() as u32;
            self.text.push_str(&form(word, language));
            (start, self.text.len() as u32)
        });
        &self.text[start as usize..end as usize]
    }

    fn clear(&mut self) {
        self.places.clear();
        self.text.clear();
    }
}

/// The words of one text.
pub struct Words<'a> {
    text: &'a str,
    pieces: std::vec::IntoIter<Range<usize>>,
    news: &'a mut News,
}

impl Tokenizer for News {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        let (language, text) = text.split_once('\n').unwrap_or(("", text));
        if self.language != language || self.forms.places.len() > REMEMBERED {
            self.language = language.to_owned();
            self.forms.clear();
        }
        self.token.reset();
        Words { text, pieces: pieces(text).into_iter(), news: self }
    }
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        let Some(at) = self.pieces.next() else { return false };
        let News { forms, language, token } = &mut *self.news;
        let word = &self.text[at.clone()];
        token.text.clear();
        token.text.push_str(forms.get(word, language));
        token.offset_from = at.start;
        token.offset_to = at.end;
        token.position = token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.news.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.news.token
    }
}

/// Returns a text as the index takes it: its language, then its words.
pub fn with_language(language: &str, text: &str) -> String {
    format!("{language}\n{text}")
}

/// Returns the first part of a language's tag in small letters; empty where there is none.
pub fn main_language(tag: Option<&str>) -> Cow<'_, str> {
    let main = tag.unwrap_or_default().split(['-', '_']).next().unwrap_or_default();
    if main.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Cow::Borrowed(main)
    } else {
        Cow::Owned(main.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::{form, pieces};

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = pieces(text).into_iter().map(|at| form(&text[at], "en")).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn words_are_folded_and_stemmed() {
        check("Two ferries’ crews", "two|ferri|crew");
        check("The U.S. paid $1,500 for C-17s", "the|u.|paid|1500|for|c|17s");
        check("Élection", "elect");
    }

    #[test]
    fn scripts_without_spaces_are_letters() {
        check("渡船沈没 ferry", "渡|船|沈|没|ferri");
    }
}
