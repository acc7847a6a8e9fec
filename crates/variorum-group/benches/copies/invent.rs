//! Invents a stream of reports in which it is known which text repeats which: the same bytes on every machine.
//!
//! The words of grammar are English in their usual shares, all others are made of syllables and follow Zipf's law;
//! a report has names and numbers of its own that it comes back to, and stock phrases that all reports share.

use std::collections::BTreeMap;

use super::dice::Dice;

/// How a text repeats an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text of its own.
    New,
    /// The names and numbers of another text exchanged: a report of a like incident, and no copy.
    Alike,
    Exact,
    Framed,
    Light,
    Medium,
    Heavy,
    Cut,
    Embedded,
}

/// The seven kinds of copies.
pub const COPIES: [Kind; 7] =
    [Kind::Exact, Kind::Framed, Kind::Light, Kind::Medium, Kind::Heavy, Kind::Cut, Kind::Embedded];

/// A text of the stream.
#[derive(Debug)]
pub struct Text {
    pub text: String,
    pub kind: Kind,
    /// Texts of one family repeat one another.
    pub family: usize,
}

const GRAMMAR: &str = "the the the the the of of of to to to and and and a a a in in in that is was for for on on with as it by at \
    from were be has had have an his her their they he she not are but which who its been this after also will would \
    about more than when one two all into over out up there no or before new first";

const STOCK: &[&str] = &[
    "said in a statement on Tuesday",
    "a spokesman told reporters",
    "did not immediately respond to a request for comment",
    "according to people familiar with the matter",
    "at the end of the day",
    "for the first time in more than a decade",
    "the investigation is still going on",
    "anyone with information is asked to call the police",
];

const FRAMES: &[&str] = &[
    "Sign up for our morning letter.",
    "Share this article",
    "All rights reserved.",
    "Follow us for more from the region.",
    "Editing by the night desk.",
    "Photo: handout",
];

/// Words by rank, commonest first.
pub struct Lexicon {
    grammar: Vec<&'static str>,
    words: Vec<String>,
    names: Vec<String>,
    /// Texts that new ones are; where there are none, they are invented.
    texts: Vec<String>,
}

impl Lexicon {
    /// Returns the lexicon of given texts; their words stand in for each other.
    pub fn of(texts: &[String]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()) {
            *counts.entry(word).or_default() += 1;
        }
        let mut ranked: Vec<(&str, usize)> = counts.into_iter().collect();
        ranked.sort_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
        let some = |keep: fn(char) -> bool| {
            ranked.iter().filter(|(word, _)| word.starts_with(keep)).map(|(word, _)| (*word).to_owned()).collect()
        };
        let (words, names) = (some(char::is_lowercase), some(char::is_uppercase));
        Lexicon { grammar: GRAMMAR.split_whitespace().collect(), words, names, texts: texts.to_vec() }
    }

    /// Returns a lexicon of invented words.
    pub fn new() -> Self {
        let mut dice = Dice(3);
        let words = (0..30_000).map(|_| coined(&mut dice)).collect();
        let names = (0..12_000).map(|_| capitalised(&coined(&mut dice))).collect();
        Lexicon { grammar: GRAMMAR.split_whitespace().collect(), words, names, texts: Vec::new() }
    }

    /// The text of this number, or an invented one.
    fn report(&self, at: usize, dice: &mut Dice) -> String {
        if self.texts.is_empty() { report(self, dice) } else { self.texts[at % self.texts.len()].clone() }
    }

    fn word(&self, dice: &mut Dice) -> &str {
        if dice.chance(0.42) {
            self.grammar[dice.below(self.grammar.len())]
        } else {
            &self.words[dice.zipf(self.words.len())]
        }
    }

    /// A word in the place of another, of its kind.
    fn instead(&self, word: &str, dice: &mut Dice) -> String {
        match word.chars().next() {
            Some(c) if c.is_ascii_digit() => dice.below(4_000).to_string(),
            Some(c) if c.is_uppercase() => self.names[dice.zipf(self.names.len())].clone(),
            _ => self.word(dice).to_owned(),
        }
    }
}

fn coined(dice: &mut Dice) -> String {
    const ONSETS: [&str; 20] =
        ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl", "ch", "gr", "w"];
    const RHYMES: [&str; 16] =
        ["a", "e", "i", "o", "u", "an", "er", "in", "or", "al", "es", "ion", "at", "en", "ing", "ed"];
    (0..1 + dice.below(3)).map(|_| format!("{}{}", dice.pick(&ONSETS), dice.pick(&RHYMES))).collect()
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// Returns `count` texts of which three in ten repeat one of the last four thousand new ones.
pub fn stream(count: usize, lexicon: &Lexicon, dice: &mut Dice) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::with_capacity(count);
    let mut new: Vec<usize> = Vec::with_capacity(count);
    for at in 0..count {
        let base = new.len().checked_sub(1 + dice.below(new.len().min(4_000))).map(|nth| &texts[new[nth]]);
        let text = match (dice.below(100), base) {
            (0..30, Some(base)) => {
                let kind = *dice.pick(&COPIES);
                Text { text: copy(&base.text, kind, lexicon, dice), kind, family: base.family }
            }
            (30..35, Some(base)) => Text { text: alike(&base.text, lexicon, dice), kind: Kind::Alike, family: at },
            _ => Text { text: lexicon.report(at, dice), kind: Kind::New, family: at },
        };
        if matches!(text.kind, Kind::New | Kind::Alike) {
            new.push(at);
        }
        texts.push(text);
    }
    texts
}

/// A report of two to six hundred words.
pub fn report(lexicon: &Lexicon, dice: &mut Dice) -> String {
    let cast: Vec<String> = (0..8 + dice.below(8)).map(|_| dice.pick(&lexicon.names).clone()).collect();
    let topic: Vec<String> = (0..30).map(|_| dice.pick(&lexicon.words).clone()).collect();
    let mut text = String::new();
    for nth in 0..9 + dice.below(16) {
        let mut words: Vec<String> = (0..8 + dice.below(26)).map(|_| word_of(lexicon, &cast, &topic, dice)).collect();
        if dice.chance(0.3) {
            words.push((*dice.pick(STOCK)).to_owned());
        }
        words[0] = capitalised(&words[0]);
        text += &words.join(" ");
        text += if nth % 3 == 2 { ".\n" } else { ". " };
    }
    text
}

fn word_of(lexicon: &Lexicon, cast: &[String], topic: &[String], dice: &mut Dice) -> String {
    match dice.below(100) {
        0..7 => dice.pick(cast).clone(),
        7..10 => (1 + dice.below(3_000)).to_string(),
        10..22 => dice.pick(topic).clone(),
        22 => format!("{},", lexicon.word(dice)),
        _ => lexicon.word(dice).to_owned(),
    }
}

/// Returns a text that repeats another.
pub fn copy(base: &str, kind: Kind, lexicon: &Lexicon, dice: &mut Dice) -> String {
    match kind {
        Kind::New | Kind::Alike | Kind::Exact => base.to_owned(),
        Kind::Framed => {
            let source = lexicon.names[dice.below(300)].to_lowercase();
            format!("Original source: {source}.example\n{base}\n{}\n{}", dice.pick(FRAMES), dice.pick(FRAMES))
        }
        Kind::Light => without_a_sentence(&edited(base, 0.04, lexicon, dice), dice),
        Kind::Medium => edited(base, 0.12, lexicon, dice),
        Kind::Heavy => edited(base, 0.35, lexicon, dice),
        Kind::Cut => {
            let words = base.split_inclusive(' ').count();
            let kept = if dice.chance(0.5) { words / 2 } else { words / 3 };
            base.split_inclusive(' ').take(kept).collect()
        }
        Kind::Embedded => {
            format!("{}\n{base}\n{}", part(lexicon, dice), part(lexicon, dice))
        }
    }
}

/// Half a report, of a text that is not in the stream.
fn part(lexicon: &Lexicon, dice: &mut Dice) -> String {
    let text = report(lexicon, dice);
    let parts: Vec<&str> = text.split_inclusive(". ").collect();
    parts[..parts.len().div_ceil(2)].concat()
}

/// Exchanges this share of the words, each on its own, whatever it is.
fn edited(base: &str, share: f64, lexicon: &Lexicon, dice: &mut Dice) -> String {
    each_word(base, |word| dice.chance(share).then(|| lexicon.instead(word, dice)))
}

/// Exchanges all names and numbers, each for the same one throughout.
fn alike(base: &str, lexicon: &Lexicon, dice: &mut Dice) -> String {
    let mut exchanged: Vec<(String, String)> = Vec::new();
    each_word(base, |word| {
        if !word.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()) {
            return None;
        }
        if !exchanged.iter().any(|(old, _)| old == word) {
            exchanged.push((word.to_owned(), lexicon.instead(word, dice)));
        }
        exchanged.iter().find(|(old, _)| old == word).map(|(_, new)| new.clone())
    })
}

fn each_word(text: &str, mut instead: impl FnMut(&str) -> Option<String>) -> String {
    let mut made = String::with_capacity(text.len());
    for piece in text.split_inclusive([' ', '\n']) {
        let word = piece.trim_end_matches([' ', '\n', '.', ',']);
        match instead(word) {
            Some(new) => made += &new,
            None => made += word,
        }
        made += &piece[word.len()..];
    }
    made
}

fn without_a_sentence(text: &str, dice: &mut Dice) -> String {
    let parts: Vec<&str> = text.split_inclusive(". ").collect();
    let gone = 1 + dice.below(parts.len().max(2) - 1);
    parts.iter().enumerate().filter(|&(at, _)| at != gone).map(|(_, part)| *part).collect()
}
