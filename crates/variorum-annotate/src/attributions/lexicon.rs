//! Words that hand something to a source, read once from `data/en/attributions.tsv` and the verbs of `data/en/speech.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::names::lexicon::rows;
use crate::quotes::cues::{Verb, cue};

/// What a word may do; a set of the values below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Known(u32);

impl Known {
    /// A verb that takes a clause ("said that").
    pub const THAT: Known = Known(1);
    /// "asked whether".
    pub const WH: Known = Known(1 << 1);
    /// "expects prices to fall".
    pub const INF: Known = Known(1 << 2);
    /// "claims to have won".
    pub const TO: Known = Known(1 << 3);
    /// "denied taking it".
    pub const ING: Known = Known(1 << 4);
    /// "is believed to have".
    pub const SAID_TO: Known = Known(1 << 5);
    /// Only of sources that can bear witness.
    pub const SHOWS: Known = Known(1 << 6);
    /// Thought rather than said.
    pub const SILENT: Known = Known(1 << 7);
    /// "the claim that".
    pub const NOUN: Known = Known(1 << 8);
    /// "in the view of".
    pub const VIEW: Known = Known(1 << 9);
    /// "reportedly".
    pub const ADVERB: Known = Known(1 << 10);
    /// "went on to say".
    pub const CARRIER: Known = Known(1 << 11);
    /// "made the claim that".
    pub const LIGHT: Known = Known(1 << 12);
    /// "sources".
    pub const VAGUE: Known = Known(1 << 13);
    /// "satellite images".
    pub const WITNESS: Known = Known(1 << 14);
    /// "according to plan".
    pub const MANNER: Known = Known(1 << 15);
    /// Its object hears it ("told the court").
    pub const HEARER: Known = Known(1 << 16);
    /// A verb of any frame.
    pub const VERB: Known = Known(0b1111111);

    /// Tells whether any value of `other` is among these.
    pub fn is(self, other: Known) -> bool {
        self.0 & other.0 != 0
    }
}

static WORDS: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Known> = FxHashMap::with_capacity_and_hasher(1024, Default::default());
    for row in rows(DATA) {
        let mut columns = row.split('\t');
        let kind = columns.next().unwrap_or("");
        let forms = columns.next().unwrap_or("");
        let frames = columns.next().unwrap_or("");
        let known = of_kind(kind, frames);
        if known != Known::default() {
            forms.split(' ').for_each(|word| words.entry(word).or_default().0 |= known.0);
        }
    }
    words
});

static UNNAMED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows(DATA).filter_map(|row| row.strip_prefix("unnamed\t")?.split('\t').next()).flat_map(|p| p.split(", ")).collect()
});

const DATA: &str = include_str!("../../data/en/attributions.tsv");

fn of_kind(kind: &str, frames: &str) -> Known {
    match kind {
        "verb" => Known(frames.split(' ').map(|frame| of_frame(frame).0).fold(0, |a, b| a | b)),
        "noun" => Known::NOUN,
        "view" => Known::VIEW,
        "adverb" => Known::ADVERB,
        "carrier" => Known::CARRIER,
        "light" => Known::LIGHT,
        "vague" => Known::VAGUE,
        "witness" => Known::WITNESS,
        "manner" => Known::MANNER,
        _ => Known::default(),
    }
}

fn of_frame(frame: &str) -> Known {
    match frame {
        "that" => Known::THAT,
        "wh" => Known::WH,
        "inf" => Known::INF,
        "to" => Known::TO,
        "ing" => Known::ING,
        "said-to" => Known::SAID_TO,
        "shows" => Known::SHOWS,
        "silent" => Known::SILENT,
        "hearer" => Known::HEARER,
        _ => Known::default(),
    }
}

/// Returns what a folded word may do.
pub(super) fn known(word: &str) -> Known {
    let mut known = WORDS.get(word).copied().unwrap_or_default();
    if !known.is(Known::VERB) && cue(word).is_some_and(|cue| cue.verb == Verb::Say) {
        known.0 |= Known::THAT.0;
    }
    known
}

/// Returns the phrases that keep a source's name back ("familiar with").
pub(super) fn unnamed() -> &'static [&'static str] {
    &UNNAMED
}

/// Returns the examples of the table.
#[cfg(test)]
pub(super) fn examples() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(DATA).filter_map(|row| Some((row.split('\t').next()?, row.split('\t').nth(3)?)))
}
