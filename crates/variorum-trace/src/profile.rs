//! One report, read once: its sentences and the words that can be compared.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_news::{Report, Spanner};
use variorum_text::{Word, fold, is_stop_word, sentences, stem, words};
use xxhash_rust::xxh3::xxh3_64;

use crate::credit::{self, Absent, Named};
use crate::names;
use crate::register;

/// A text is compared up to here: news reports are far shorter, and the pathological must not take for ever.
const MOST_WORDS: usize = 12_000;
const MOST_SENTENCES: usize = 400;

/// What a word can prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Grammar: proves something only in a run.
    Stop,
    /// An ordinary content word.
    Word,
    /// A word of a name: every report of the event has it.
    Name,
    /// A number, by its value.
    Number,
}

/// A word of a report as it is compared.
#[derive(Debug, Clone)]
pub struct Token {
    /// The stem, or the value of a number, as a hash.
    pub key: u64,
    /// The folded word as a hash: words taken over verbatim keep it.
    pub exact: u64,
    pub class: Class,
    /// Stands between quotation marks: two reporters at one press conference write down the same.
    pub quoted: bool,
    pub sentence: usize,
    pub bytes: Range<usize>,
}

/// A content key in a sentence, and what sharing it proves.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    pub key: u64,
    pub sentence: u32,
    pub proof: f32,
}

/// A report as it is compared.
#[derive(Debug)]
pub struct Profile<'a> {
    pub report: &'a Report,
    pub spanner: Spanner<'a>,
    /// The names by which its outlet is known.
    pub identity: Vec<String>,
    /// The sources that it names.
    pub credits: Vec<Named>,
    /// The sources that it credits with its text and that are not at hand; filled once all reports are read.
    pub absent: Absent,
    pub tokens: Vec<Token>,
    /// The bytes of each sentence that holds words.
    pub sentences: Vec<Range<usize>>,
    /// Content keys with the sentences they stand in, each pair once, sorted.
    pub terms: Vec<Term>,
    /// Sorted keys of words and numbers that stand once, with their places: anchors of the order.
    pub single: Vec<(u64, usize)>,
    /// Sorted keys of ordinary content words.
    pub plain: Vec<u64>,
    /// Sorted keys of the words of names.
    pub names: Vec<u64>,
    /// Sorted keys of numbers.
    pub numbers: Vec<u64>,
    /// Sorted keys of the words of names, each with whether another word of a name stands beside it at its first place.
    pub firsts: Vec<(u64, bool)>,
    /// Sorted hashes of all words.
    pub exact: Vec<u64>,
    /// Sorted hashes of the words that are the writer's own choice, each with what it says of him.
    pub chosen: Vec<(u64, f32)>,
    /// Sorted hashes of the runs of three words, quotations and bare names aside.
    pub runs: Vec<u64>,
}

impl<'a> Profile<'a> {
    /// Reads a report.
    pub fn of(report: &'a Report) -> Self {
        let (tokens, sentences) = tokens_of(&report.text);
        let keys = |class| sorted(tokens.iter().filter(|t| t.class == class).map(|t| t.key).collect());
        let mut profile = Profile {
            report,
            spanner: Spanner::new(&report.id, &report.text),
            identity: names::identity(report),
            credits: Vec::new(),
            absent: Absent::default(),
            plain: keys(Class::Word),
            names: keys(Class::Name),
            numbers: keys(Class::Number),
            terms: terms_of(&tokens),
            single: single_of(&tokens),
            firsts: firsts_of(&tokens),
            exact: sorted(tokens.iter().map(|t| t.exact).collect()),
            chosen: register::chosen(&tokens),
            runs: Vec::new(),
            sentences,
            tokens,
        };
        profile.credits = credit::named(&profile);
        profile.runs = sorted(profile.run_hashes(3).into_iter().flatten().collect());
        profile
    }

    /// Returns the words of one sentence.
    pub fn tokens_of_sentence(&self, sentence: usize) -> &[Token] {
        let first = self.tokens.partition_point(|token| token.sentence < sentence);
        let end = self.tokens.partition_point(|token| token.sentence <= sentence);
        &self.tokens[first..end]
    }

    /// Returns the hash of the run of `size` exact words that begins at each token; none for runs that prove nothing:
    /// those within quotation marks, of names and grammar only, or that cross the end of a sentence.
    pub fn run_hashes(&self, size: usize) -> Vec<Option<u64>> {
        self.tokens
            .windows(size)
            .map(|run| {
                let proves = run.iter().any(|t| t.class == Class::Word || t.class == Class::Number)
                    && !run.iter().all(|t| t.quoted)
                    && run[0].sentence == run[size - 1].sentence;
                proves.then(|| run.iter().fold(17, |hash: u64, t| (hash.rotate_left(5) ^ t.exact).wrapping_mul(PRIME)))
            })
            .collect()
    }
}

/// Spreads the bits of a running hash (the golden ratio as a 64-bit fraction).
const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;

fn tokens_of(text: &str) -> (Vec<Token>, Vec<Range<usize>>) {
    let quoted = quoted_ranges(text);
    let mut all = words(text);
    all.truncate(MOST_WORDS);
    let named = named_words(text, &all);
    let mut tokens = Vec::with_capacity(all.len());
    let mut kept = Vec::new();
    let mut next = 0;
    for sentence in sentences(text).into_iter().take(MOST_SENTENCES) {
        let first = tokens.len();
        while next < all.len() && all[next].start < sentence.end {
            let word = all[next];
            let inside = quoted.partition_point(|q| q.start <= word.start);
            let quoted = inside > 0 && word.start < quoted[inside - 1].end;
            tokens.push(token(text, &all[next..], &named, quoted, kept.len()));
            next += 1;
        }
        if tokens.len() > first {
            kept.push(sentence);
        }
    }
    (tokens, kept)
}

fn token(text: &str, ahead: &[Word<'_>], named: &FxHashSet<u64>, quoted: bool, sentence: usize) -> Token {
    let word = ahead[0];
    let folded = fold(word.text);
    let exact = xxh3_64(folded.as_bytes());
    let bytes = word.range();
    let (class, key) = match number(text, ahead, &folded) {
        Some(value) => (Class::Number, value.to_bits().wrapping_mul(PRIME)),
        None if is_stop_word(&folded) => (Class::Stop, exact),
        None if word.is_capitalised() && named.contains(&exact) => (Class::Name, exact),
        None => (Class::Word, xxh3_64(stem(&folded).as_bytes())),
    };
    Token { key, exact, class, quoted, sentence, bytes }
}

/// Returns the value of a number in figures or words; "1.2 million" is one number and so is "25-7" (by its digits).
fn number(text: &str, ahead: &[Word<'_>], folded: &str) -> Option<f64> {
    let value = match folded.bytes().next() {
        Some(first) if first.is_ascii_digit() => {
            let digits: String =
                folded.chars().filter(|c| *c != ',').take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let rest = folded.chars().filter(|c| *c != ',').count() - digits.len();
            // "25-7" is no 25: the digits that follow belong to it.
            let tail: u64 = if rest > 2 { xxh3_64(folded.as_bytes()) >> 40 } else { 0 };
            digits.trim_end_matches('.').parse::<f64>().ok()? + tail as f64 * 1e-9
        }
        _ => *NUMBER_WORDS.get(folded)?,
    };
    let magnitude = ahead.get(1).filter(|next| text[ahead[0].end..next.start] == *" ");
    let times = magnitude.and_then(|next| NUMBER_WORDS.get(next.text)).filter(|m| **m >= 100.0);
    Some(value * times.unwrap_or(&1.0))
}

/// Returns the hashes of words that bear a capital where grammar asks for none: the words of names.
///
/// Lines in which nearly every word is capitalised are headlines and prove nothing about their words.
fn named_words(text: &str, words: &[Word<'_>]) -> FxHashSet<u64> {
    let mut named = FxHashSet::default();
    for (at, word) in words.iter().enumerate() {
        let before = &text[if at == 0 { 0 } else { words[at - 1].end }..word.start];
        let opens = at == 0 || before.contains(['.', '!', '?', '\n', ':', '"', '“', '‘', '•', '…']);
        let headline = at > 1
            && words[at - 1].is_capitalised()
            && words[at - 2].is_capitalised()
            && at + 2 < words.len()
            && words[at + 1].is_capitalised()
            && words[at + 2].is_capitalised();
        if !opens && word.is_capitalised() && !headline && word.text.len() > 1 {
            let folded = fold(word.text);
            if !is_stop_word(&folded) && !CALENDAR.contains(folded.as_str()) {
                named.insert(xxh3_64(folded.as_bytes()));
            }
        }
    }
    named
}

/// Returns the byte ranges between double quotation marks that close within their paragraph.
fn quoted_ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) => open = None,
            ('“' | '"' | '«' | '„', None) => open = Some(at),
            ('”' | '"' | '»', Some(start)) => {
                found.push(start..at);
                open = None;
            }
            ('“', Some(_)) => open = Some(at),
            _ => {}
        }
    }
    found
}

fn terms_of(tokens: &[Token]) -> Vec<Term> {
    let mut terms: Vec<Term> = tokens
        .iter()
        .filter(|t| t.class != Class::Stop)
        .map(|t| Term { key: t.key, sentence: t.sentence as u32, proof: proof_of(t) })
        .collect();
    terms.sort_by(|a, b| (a.key, a.sentence).cmp(&(b.key, b.sentence)).then(b.proof.total_cmp(&a.proof)));
    terms.dedup_by_key(|t| (t.key, t.sentence));
    terms
}

fn single_of(tokens: &[Token]) -> Vec<(u64, usize)> {
    // The words of one name stand together anyway: its first counts for all.
    let counted = tokens.iter().enumerate().filter(|(at, t)| match t.class {
        Class::Stop => false,
        Class::Word | Class::Number => true,
        Class::Name => *at == 0 || tokens[at - 1].class != Class::Name,
    });
    let mut places: Vec<(u64, usize)> = counted.map(|(at, t)| (t.key, at)).collect();
    places.sort_unstable();
    places.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() == 1).map(|same| same[0]).collect()
}

fn firsts_of(tokens: &[Token]) -> Vec<(u64, bool)> {
    let is_name =
        |at: usize, sentence| tokens.get(at).is_some_and(|t| t.class == Class::Name && t.sentence == sentence);
    let mut firsts: Vec<(u64, usize, bool)> = tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| t.class == Class::Name)
        .map(|(at, t)| (t.key, at, is_name(at + 1, t.sentence) || at > 0 && is_name(at - 1, t.sentence)))
        .collect();
    firsts.sort_unstable();
    firsts.dedup_by_key(|(key, ..)| *key);
    firsts.into_iter().map(|(key, _, in_full)| (key, in_full)).collect()
}

/// Names and quoted words stand in every report of an event; the writer's own words and the numbers do not.
fn proof_of(token: &Token) -> f32 {
    let class = match token.class {
        Class::Stop => 0.0,
        Class::Word => 1.0,
        Class::Name => 0.6,
        Class::Number => 1.0,
    };
    if token.quoted { class * 0.6 } else { class }
}

fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

static NUMBER_WORDS: LazyLock<FxHashMap<&str, f64>> = LazyLock::new(|| {
    crate::rows::of(include_str!("../data/numbers.tsv"))
        .map(|row| (row[0], row[1].parse().expect("data/numbers.tsv holds numbers, a test reads them")))
        .collect()
});

static CALENDAR: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| crate::rows::of(include_str!("../data/calendar.tsv")).map(|row| row[0]).collect());
