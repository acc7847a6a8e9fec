//! The words of rewriting: "additionally", "individuals" and "shocking" are seldom a reporter's, "said" and "would" seldom
//! a rewriter's.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use variorum_text::fold;
use xxhash_rust::xxh3::xxh3_64;

use crate::profile::{Class, Profile, Token};

/// Returns the sorted hashes of the words that a writer chose, each with its weight: positive where texts told again have
/// it. Names and numbers are given to him, and quoted words are another's.
pub fn chosen(tokens: &[Token]) -> Vec<(u64, f32)> {
    let mut chosen: Vec<(u64, f32)> = tokens
        .iter()
        .filter(|token| is_chosen(token))
        .map(|token| (token.exact, WEIGHTS.get(&token.exact).copied().unwrap_or(0.0)))
        .collect();
    chosen.sort_unstable_by_key(|(word, _)| *word);
    chosen.dedup_by_key(|(word, _)| *word);
    chosen
}

/// Returns the mean weight of the words that a report has and the other lacks, as if there were twenty more without any.
pub fn of(own: &Profile<'_>, other: &Profile<'_>) -> f64 {
    let alone = own.chosen.iter().filter(|(word, _)| other.exact.binary_search(word).is_err());
    let (count, sum) = alone.fold((0, 0.0), |(count, sum), (_, weight)| (count + 1, sum + f64::from(*weight)));
    sum / f64::from(count + 20)
}

/// Returns the words that a report has and the other lacks, each once.
pub fn words_alone(own: &Profile<'_>, other: &Profile<'_>) -> Vec<String> {
    let lacks = |token: &&Token| is_chosen(token) && other.exact.binary_search(&token.exact).is_err();
    let word = |token: &Token| fold(&own.spanner.text()[token.bytes.clone()]);
    let mut words: Vec<String> = own.tokens.iter().filter(lacks).map(word).collect();
    words.sort();
    words.dedup();
    words
}

/// Returns up to three of the words that a report has and the other lacks, those that most often come with rewriting.
pub fn shown(own: &Profile<'_>, other: &Profile<'_>) -> Vec<String> {
    const TELLING: f32 = 2.0;
    let weight = |word: &String| WEIGHTS.get(&xxh3_64(word.as_bytes())).copied().unwrap_or(0.0);
    let mut words: Vec<String> = words_alone(own, other).into_iter().filter(|word| weight(word) >= TELLING).collect();
    words.sort_by(|x, y| weight(y).total_cmp(&weight(x)).then(x.cmp(y)));
    words.truncate(3);
    words
}

fn is_chosen(token: &Token) -> bool {
    matches!(token.class, Class::Word | Class::Stop) && !token.quoted
}

static WEIGHTS: LazyLock<FxHashMap<u64, f32>> = LazyLock::new(|| {
    crate::rows::of(include_str!("../data/register.tsv"))
        .map(|row| {
            (xxh3_64(row[0].as_bytes()), row[1].parse().expect("data/register.tsv holds numbers, a test reads them"))
        })
        .collect()
});
