//! Lines: what stands word for word in several reports is compared once.

use rustc_hash::FxHashMap;

use super::Place;
use super::same::Kind;
use crate::witness::{Forms, Passage, Witness};

/// A passage, with all the places where it stands word for word.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// The passage at the first place.
    pub passage: &'a Passage,
    /// Every place, in order.
    pub places: Vec<Place>,
    /// The squared weights of its words, summed.
    pub size: f64,
}

/// Returns the lines of running text, in the order of their first places.
pub(crate) fn lines<'a>(witnesses: &'a [Witness], forms: &Forms) -> Vec<Line<'a>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut known: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (w, witness) in witnesses.iter().enumerate() {
        for (p, passage) in witness.told() {
            let place = Place { witness: w, passage: p };
            let alike = known.entry(hash(passage)).or_default();
            match alike.iter().find(|&&n| is_same(lines[n].passage, passage)) {
                Some(&n) => lines[n].places.push(place),
                None => {
                    alike.push(lines.len());
                    let size = passage.forms.iter().map(|&f| forms.weight(f).powi(2)).sum();
                    lines.push(Line { passage, places: vec![place], size });
                }
            }
        }
    }
    lines
}

fn hash(passage: &Passage) -> u64 {
    let mut state = xxhash_rust::xxh3::Xxh3Default::new();
    for token in &passage.words {
        state.update(token.folded.as_bytes());
        state.update(b" ");
    }
    state.digest()
}

fn is_same(a: &Passage, b: &Passage) -> bool {
    a.words.len() == b.words.len() && a.words.iter().zip(&b.words).all(|(x, y)| x.folded == y.folded)
}

/// A report of no more words is an answer, a claim or a headline rather than an article.
const SHORT: usize = 120;
/// Answers have no more words on average; else they are sentences that hold one.
const ANSWER: usize = 12;

/// Returns what sort of texts the reports of a story are.
pub(crate) fn kind(witnesses: &[Witness]) -> Kind {
    let words = |w: &Witness| w.told().map(|(_, p)| p.words.len()).sum::<usize>();
    let short = |w: &Witness| w.told().count() <= 6 && words(w) <= SHORT;
    if witnesses.len() < 3 || !witnesses.iter().all(short) {
        return Kind::Sentences;
    }
    let all: usize = witnesses.iter().map(words).sum();
    if all <= ANSWER * witnesses.len() { Kind::Answers } else { Kind::Lines }
}
