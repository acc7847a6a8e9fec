//! Runs of words that stand in two reports alike.

use rustc_hash::FxHashMap;

use crate::profile::{Class, Profile, Token};

/// Words on end that stand in two reports alike: the first token in each, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub from: usize,
    pub to: usize,
    pub words: usize,
}

/// Shorter runs are the language's, not a writer's.
const LEAST: usize = 3;
/// Of a run that stands in many places, so many are tried.
const PLACES: usize = 8;

/// Returns the runs of `to` that stand in `from`, in order, none over another and none beyond its sentence; names,
/// grammar and quotations alone make no run.
pub fn shared(from: &Profile<'_>, to: &Profile<'_>) -> Vec<Run> {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, hash) in from.run_hashes(LEAST).into_iter().enumerate() {
        let Some(hash) = hash else { continue };
        let places = places.entry(hash).or_default();
        if places.len() < PLACES {
            places.push(at);
        }
    }
    let hashes = to.run_hashes(LEAST);
    let mut found = Vec::new();
    let mut at = 0;
    while at < hashes.len() {
        let starts = hashes[at].and_then(|hash| places.get(&hash)).into_iter().flatten();
        let longest =
            starts.map(|start| run(from, to, *start, at)).max_by_key(|run| (run.words, usize::MAX - run.from));
        match longest {
            Some(run) if run.words >= LEAST => {
                found.push(run);
                at = run.to + run.words;
            }
            _ => at += 1,
        }
    }
    found
}

fn run(from: &Profile<'_>, to: &Profile<'_>, start: usize, at: usize) -> Run {
    let (ours, theirs) = (&from.tokens[start..], &to.tokens[at..]);
    let in_sentence = ours.iter().take_while(|t| t.sentence == ours[0].sentence);
    let words = in_sentence
        .zip(theirs.iter().take_while(|t| t.sentence == theirs[0].sentence))
        .take_while(|(x, y)| x.exact == y.exact)
        .count();
    Run { from: start, to: at, words }
}

/// Returns the words of a run as they stand in the report at hand, its first token given.
pub fn bytes(profile: &Profile<'_>, first: usize, words: usize) -> std::ops::Range<usize> {
    profile.tokens[first].bytes.start..profile.tokens[first + words - 1].bytes.end
}

/// Returns how much a run proves: its words that are neither grammar, names nor quoted, and its figures.
pub fn proof(to: &Profile<'_>, run: &Run) -> usize {
    let text = to.spanner.text();
    let own = |token: &&Token| match token.class {
        Class::Word => true,
        Class::Number => text[token.bytes.clone()].bytes().any(|byte| byte.is_ascii_digit()),
        Class::Stop | Class::Name => false,
    };
    to.tokens[run.to..run.to + run.words].iter().filter(own).filter(|token| !token.quoted).count()
}

/// Tells whether a run is more than the language's: "in the cold store" is not.
pub fn is_telling(to: &Profile<'_>, run: &Run) -> bool {
    run.words >= 4 && proof(to, run) >= 2 || proof(to, run) >= 3
}
