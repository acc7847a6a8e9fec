//! The language of a text.
//!
//! Two witnesses: the words that a language cannot do without (`data/language-words.tsv`), and the letter groups that
//! the crate `whatlang` counts. The words tell apart what letters do not (Danish and Norwegian, Galician and
//! Portuguese) and know languages that the crate lacks (Irish, Maltese, Basque …).

mod tags;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::Script;

use tags::short;
pub use tags::{is_one_language, language_group, language_tag};

const ROWS: &str = include_str!("../../data/language-words.tsv");

/// This much of a text tells its language; more only takes longer.
const ENOUGH: usize = 1_200;
/// Fewer words leave doubt.
const FEWEST_WORDS: usize = 25;
/// Running text has so many different words of those that its language cannot do without.
const FEWEST_DIFFERENT: usize = 6;
/// One language has so much more of its words in a text than the next, where they tell.
const TELLS: f64 = 1.1;
/// And so much more where they leave no doubt.
const SURE: f64 = 1.35;
/// And so much more where no other witness is asked.
const NO_DOUBT: f64 = 1.7;
/// The least share of words that a language cannot do without, in running text.
const COVERS: f64 = 0.18;

/// What a text says of its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// The language subtag of BCP 47: `en`.
    pub tag: &'static str,
    /// Tells whether there is no doubt.
    pub is_sure: bool,
}

/// Returns the language of a text, by its beginning; none where nothing tells it.
pub fn language(text: &str) -> Option<Language> {
    guess(head(text))
}

/// Tells whether a text has about as many frequent words of a language as running text has; a quick look.
pub fn seems_language(text: &str, tag: &str) -> bool {
    let own = WORDS.languages_of(tag);
    let (mut hits, mut n_words) = (0, 0);
    for known in known_words(text).take(GLANCE) {
        n_words += 1;
        hits += usize::from(known.is_some_and(|word| word.languages & own != 0));
    }
    hits as f64 >= COVERS * f64::from(n_words)
}

/// Returns how many of a text's first words are frequent in a language and no other, and how many are frequent elsewhere
/// but not in it; a quick look.
pub fn marks_of_language(text: &str, tag: &str) -> (usize, usize) {
    let languages = WORDS.languages_of(tag);
    let (mut own, mut foreign) = (0, 0);
    for word in known_words(text).take(GLANCE).flatten() {
        let is_own = word.languages & languages != 0;
        own += usize::from(is_own && word.languages.count_ones() == 1);
        foreign += usize::from(!is_own);
    }
    (own, foreign)
}

/// So many words of a text show that it goes on in its language.
const GLANCE: usize = 40;

fn head(text: &str) -> &str {
    let end = text.char_indices().nth(ENOUGH).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The frequent words, each with the languages that have it.
struct Words {
    languages: Vec<&'static str>,
    of: FxHashMap<&'static str, Known>,
}

/// A frequent word.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// Its place among all of them.
    nth: usize,
    /// A bit for each language that has it, by its place in the list.
    languages: u128,
    /// Whether it has one letter: such a word is abbreviation or code as often.
    is_letter: bool,
}

impl Words {
    /// Returns a bit for each language that a tag stands for.
    fn languages_of(&self, tag: &str) -> u128 {
        let own = self.languages.iter().enumerate().filter(|(_, language)| is_one_language(language, tag));
        own.fold(0, |own, (n, _)| own | 1 << n)
    }
}

impl Known {
    fn is_of(self, n: usize) -> bool {
        self.languages >> n & 1 != 0
    }

    fn each_language(self, mut take: impl FnMut(usize)) {
        let mut left = self.languages;
        while left != 0 {
            take(left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { languages: Vec::new(), of: FxHashMap::default() };
    for row in ROWS.lines().filter(|line| !line.starts_with('#')) {
        let Some((language, list)) = row.split_once('\t') else { continue };
        let n = words.languages.len();
        words.languages.push(language);
        for word in list.split_whitespace() {
            let nth = words.of.len();
            let new = Known { nth, languages: 0, is_letter: word.chars().count() == 1 };
            words.of.entry(word).or_insert(new).languages |= 1 << n;
        }
    }
    words
});

/// Longest word of plain letters that is looked up without allocating: no frequent word is longer.
const LONGEST: usize = 24;

/// Returns for each word of a text, in lower case, what is known of it; an apostrophe parts words ("l'hiver").
fn known_words(text: &str) -> impl Iterator<Item = Option<Known>> {
    let parts = text.split(|c: char| !c.is_alphabetic());
    parts.filter(|word| !word.is_empty()).map(|word| {
        if !word.is_ascii() {
            return WORDS.of.get(word.to_lowercase().as_str()).copied();
        }
        let mut lower = [0; LONGEST];
        let lower = lower.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        WORDS.of.get(str::from_utf8(lower).ok()?).copied()
    })
}

/// How well the frequent words of one language fit a text.
#[derive(Debug)]
struct Fit {
    tag: &'static str,
    /// How much more they say than those of the next language.
    lead: f64,
    hits: usize,
    /// How many different ones there are; names and lists repeat a few.
    n_different: usize,
    share: f64,
    n_words: usize,
}

impl Fit {
    /// Tells whether it is running text of the language, and enough of it.
    fn is_plain(&self) -> bool {
        self.n_words >= FEWEST_WORDS && self.share >= COVERS && self.n_different >= FEWEST_DIFFERENT
    }
}

fn fit(text: &str) -> Option<Fit> {
    let mut n_words = 0;
    let known: Vec<Known> = known_words(text).inspect(|_| n_words += 1).flatten().collect();
    let mut scores = vec![(0.0f64, 0usize); WORDS.languages.len()];
    for word in &known {
        // A word that few languages have tells more.
        let tells = 1.0 / f64::from(word.languages.count_ones()).sqrt();
        word.each_language(|n| scores[n] = (scores[n].0 + tells, scores[n].1 + 1));
    }
    let best = (0..scores.len()).rev().max_by(|&a, &b| scores[a].0.total_cmp(&scores[b].0))?;
    let tag = WORDS.languages[best].split('-').next().unwrap_or_default();
    let others = (0..scores.len()).filter(|n| !is_one_language(WORDS.languages[*n], tag) || *n != best && tag != "sr");
    let second = others.map(|n| scores[n].0).fold(0.0, f64::max);
    let (score, hits) = scores[best];
    let mut different: Vec<usize> = known.iter().filter(|word| word.is_of(best)).map(|word| word.nth).collect();
    different.sort_unstable();
    different.dedup();
    (hits > 0).then(|| Fit {
        tag,
        n_different: different.len(),
        lead: if second > 0.0 { score / second } else { f64::INFINITY },
        hits,
        // Code and abbreviations are full of single letters, which are words somewhere.
        share: known.iter().filter(|word| !word.is_letter && word.is_of(best)).count() as f64 / n_words as f64,
        n_words,
    })
}

/// Plain letters are Latin ones: nobody need count them.
fn script(text: &str) -> Option<Script> {
    let is_plain = text.is_ascii() && text.bytes().any(|byte| byte.is_ascii_alphabetic());
    if is_plain { Some(Script::Latin) } else { whatlang::detect_script(text) }
}

fn guess(text: &str) -> Option<Language> {
    let script = script(text)?;
    if !matches!(script, Script::Latin | Script::Cyrillic) {
        return of_script(text);
    }
    let fit = fit(text);
    // Counting letters takes longer than all else here, and running text leaves no doubt without it.
    if let Some(fit) = fit.as_ref().filter(|fit| fit.is_plain() && fit.lead >= NO_DOUBT) {
        return Some(Language { tag: fit.tag, is_sure: true });
    }
    let letters = whatlang::detect(text);
    let by_letters = letters.as_ref().and_then(|found| short(found.lang()));
    let is_reliable = letters.as_ref().is_some_and(|found| found.is_reliable());
    let Some(fit) = fit else {
        return by_letters.filter(|_| is_reliable).map(|tag| Language { tag, is_sure: false });
    };
    let agree = by_letters == Some(fit.tag);
    let is_new = !KNOWN_BY_LETTERS.contains(&fit.tag);
    let is_sure = fit.is_plain()
        && fit.lead >= SURE
        && (agree || is_new || by_letters.is_some_and(|tag| is_one_language(tag, fit.tag)));
    let tells = fit.hits >= 2 && fit.lead >= TELLS || agree;
    // Of a language without a word list the letters alone can tell.
    let is_listed = by_letters.is_none_or(|tag| WORDS.languages.contains(&tag));
    let outdone = is_reliable && (fit.hits < 3 || !is_listed && (fit.share < COVERS || fit.lead < SURE));
    if tells && (agree || !outdone) {
        return Some(Language { tag: fit.tag, is_sure });
    }
    by_letters.filter(|_| is_reliable).map(|tag| Language { tag, is_sure: false })
}

/// Languages of the word lists that the crate knows too.
const KNOWN_BY_LETTERS: &[&str] = &[
    "en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sk", "sl", "hr", "sr", "ro", "hu", "fi", "et", "lv", "lt",
    "sv", "da", "nb", "ca", "tr", "id", "ru", "uk", "be", "bg", "mk", "cy",
];

/// Returns the language that a script of its own tells.
fn of_script(text: &str) -> Option<Language> {
    let kana = text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30ff}')).count();
    let han = text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}')).count();
    let is_long = text.chars().count() >= 2 * FEWEST_WORDS;
    if kana + han > 0 && kana + han >= text.chars().filter(|c| c.is_alphabetic()).count() / 2 {
        let tag = if kana * 10 >= kana + han { "ja" } else { "zh" };
        return Some(Language { tag, is_sure: is_long });
    }
    let found = whatlang::detect(text)?;
    Some(Language { tag: short(found.lang())?, is_sure: found.is_reliable() && is_long })
}
