//! One report denies what another tells: the same act, with every party named in both.

use std::ops::Range;

use rustc_hash::FxHashMap;
use variorum_news::{Value, Variant, VariantKind};

use super::predicate::{Predicate, acts};
use super::{BORNE_OUT, statement_of, variant};
use crate::Told;
use crate::align::Place;
use crate::lexicon::{Cue, lexicon};
use crate::statements::{Groups, reading};

/// Passages must be so alike before one is asked whether it denies the other.
const ALIKE: f64 = 0.4;
/// So many pairs of passages are parsed at most.
const MOST: usize = 60;

type Acts = Vec<(Predicate, Range<usize>)>;

pub(super) fn variants(story: &Told, groups: &Groups) -> Vec<Variant> {
    let passage = |p: Place| &story.witnesses[p.witness].passages[p.passage];
    let denies = |p: Place| lexicon().cues(&passage(p).folded()).iter().any(|c| c.0 == Cue::Negation);
    let mut parsed: FxHashMap<Place, Acts> = FxHashMap::default();
    let asked = groups.pairs.iter().filter(|p| p.2 >= ALIKE && denies(p.0) != denies(p.1)).take(MOST);
    let mut found = Vec::new();
    for &(a, b, _) in asked {
        for place in [a, b] {
            parsed.entry(place).or_insert_with(|| acts(&passage(place).span.text));
        }
        let pair = parsed[&a].iter().find_map(|x| parsed[&b].iter().find(|y| x.0.denies(&y.0)).map(|y| (x, y)));
        let Some((x, y)) = pair else { continue };
        let read = |place: Place, act: &(Predicate, Range<usize>)| {
            let witness = &story.witnesses[place.witness];
            let base = witness.spanner.bytes(&passage(place).span).start;
            let span = witness.spanner.span(base + act.1.start..base + act.1.end);
            let word = if act.0.denied { "denied" } else { "told" };
            reading(story, place, span, Some(Value::Word(word.to_owned())))
        };
        let readings = vec![read(a, x), read(b, y)];
        let about = readings[0].span.text.clone();
        let made = variant(VariantKind::Polarity, about, &statement_of(groups, a), readings);
        found.extend(made.map(|v| Variant { confidence: BORNE_OUT, ..v }));
    }
    found
}
