//! What the sources hold of a passage, word by word: what its verdict rests on.

use std::ops::Range;

use rustc_hash::FxHashMap;
use variorum_lexicon::{Part, Relation, part, rarity};
use variorum_news::Span;

use crate::align::Place;
use crate::clauses::{Grain, clauses};
use crate::sources::Sources;
use crate::witness::{Passage, Token, Witness};

/// What is measured of a word; the weights of `data/en/support.tsv` are fitted on these, in this order.
pub(crate) const OF_WORD: [&str; 38] = [
    "nowhere",
    "far",
    "beside",
    "second",
    "derived",
    "synonym",
    "wider",
    "near",
    "weight",
    "light",
    "capital",
    "digit",
    "date",
    "figure",
    "name",
    "quoted",
    "date_missing",
    "name_missing",
    "figure_missing",
    "before_missing",
    "after_missing",
    "window",
    "clause",
    "sentence",
    "pair_before",
    "pair_after",
    "alike",
    "length",
    "capital_nowhere",
    "digit_nowhere",
    "rarity",
    "verb",
    "adjective",
    "adverb",
    "verb_missing",
    "adjective_missing",
    "plain_nowhere",
    "lack",
];

/// What is measured of a sentence; see `OF_WORD`.
pub(crate) const OF_SENTENCE: [&str; 9] =
    ["missing", "far", "first", "together", "alike", "clause", "names", "pairs", "length"];

/// How many source passages are taken together, and how far a word may stand from another to make a pair.
const TOGETHER: usize = 3;
const PAIR: usize = 5;

/// The evidence for one passage.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// Its content words, in order.
    pub words: Vec<Word>,
    /// What `OF_SENTENCE` names.
    pub sentence: [f64; OF_SENTENCE.len()],
}

/// A content word of a passage.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Its place among the words of the passage.
    pub at: usize,
    /// What `OF_WORD` names.
    pub measures: [f64; OF_WORD.len()],
    /// Its weight.
    pub weight: f64,
    /// Whether it stands in no source, nor a word of its root or meaning in a likely passage.
    pub nowhere: bool,
}

/// Where a word was found.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Found {
    /// From 1, in the likest passage, to 0, nowhere.
    level: f64,
    how: Relation,
    near: f64,
}

const NOWHERE: Found = Found { level: 0.0, how: Relation::Unrelated, near: 0.0 };
/// The levels at which a word is held: by the likest passage, by those taken with it, beside them, elsewhere.
const FIRST: f64 = 1.0;
const SECOND: f64 = 0.9;
const BESIDE: f64 = 0.7;
const FAR: f64 = 0.4;

impl Evidence {
    /// Gathers what the sources hold of a passage, given the passages likest to it.
    pub fn new(sources: &Sources, witness: &Witness, passage: &Passage, best: &[(Place, f64)]) -> Self {
        let tokens: Vec<usize> = (0..passage.words.len()).filter(|&i| passage.words[i].form.is_some()).collect();
        let chosen = chosen(sources, passage, best);
        let found: Vec<Found> = tokens.iter().map(|&i| found(sources, &passage.words[i], &chosen)).collect();
        let scene = Scene { sources, witness, passage, tokens, found, alike: best.first().map_or(0.0, |b| b.1) };
        let pairs = scene.pairs(best);
        let clauses = scene.clauses();
        Evidence { words: scene.words(&pairs, &clauses), sentence: scene.sentence(&pairs, &clauses) }
    }
}

/// Takes the passage that holds most, then those that hold most of what is left.
fn chosen(sources: &Sources, passage: &Passage, best: &[(Place, f64)]) -> Vec<Place> {
    let mut left: Vec<u32> = passage.forms.clone();
    let mut chosen: Vec<Place> = Vec::new();
    while chosen.len() < TOGETHER {
        let gain = |place: Place| -> f64 {
            let there = &sources.at(place).1.forms;
            left.iter().filter(|f| there.binary_search(f).is_ok()).map(|&f| sources.weight(f)).sum()
        };
        let mut most: Option<(f64, Place)> = None;
        for (place, alike) in best.iter().filter(|(place, _)| !chosen.contains(place)) {
            // Of two passages that hold as much, the one is meant that is likest as a whole.
            let worth = gain(*place) * (0.5 + alike);
            if worth > 0.0 && most.is_none_or(|(m, _)| worth > m) {
                most = Some((worth, *place));
            }
        }
        let Some((_, place)) = most else { break };
        let there = &sources.at(place).1.forms;
        left.retain(|f| there.binary_search(f).is_err());
        chosen.push(place);
    }
    chosen
}

fn found(sources: &Sources, token: &Token, chosen: &[Place]) -> Found {
    let Some(form) = token.form else { return NOWHERE };
    let holds = |place: Place| sources.passage(place).is_some_and(|p| p.forms.binary_search(&form).is_ok());
    let level = |how: Relation, near: f64, level: f64| Found { level, how, near };
    if let Some(n) = chosen.iter().position(|place| holds(*place)) {
        return level(Relation::Same, 1.0, if n == 0 { FIRST } else { SECOND });
    }
    let beside = chosen.iter().flat_map(|place| {
        [place.passage.checked_sub(1), Some(place.passage + 1)]
            .into_iter()
            .flatten()
            .map(|passage| Place { witness: place.witness, passage })
    });
    if beside.into_iter().any(holds) {
        return level(Relation::Same, 1.0, BESIDE);
    }
    let mut like = NOWHERE;
    if !token.digit {
        for (n, place) in chosen.iter().enumerate() {
            for other in sources.at(*place).1.words.iter().filter(|t| t.form.is_some() && !t.digit) {
                let (how, near) = token.word.likeness(&other.word);
                let near = f64::from(near);
                if (how < like.how || how == like.how && near > like.near)
                    && how != Relation::Opposite
                    && how != Relation::Sibling
                {
                    like = Found { level: if n == 0 { FIRST } else { SECOND }, how, near: near.max(like.near) };
                } else if near > like.near {
                    like.near = near;
                }
            }
        }
    }
    if like.how <= Relation::Wider {
        return like;
    }
    let there = if sources.has(token) { FAR } else { 0.0 };
    Found { level: there, how: Relation::Unrelated, near: like.near }
}

/// A passage with what was found of it.
struct Scene<'a, 'r> {
    sources: &'a Sources<'a, 'r>,
    witness: &'a Witness<'r>,
    passage: &'a Passage,
    tokens: Vec<usize>,
    found: Vec<Found>,
    alike: f64,
}

/// What lies between two marks of punctuation or joining words, as a range of content words, with the share missing.
struct Clause {
    words: Range<usize>,
    missing: f64,
}

impl Scene<'_, '_> {
    fn token(&self, n: usize) -> &Token {
        &self.passage.words[self.tokens[n]]
    }

    fn weight(&self, n: usize) -> f64 {
        let token = self.token(n);
        let base = token.form.map_or(0.0, |form| self.sources.weight(form));
        base * if token.capital || token.digit { 1.5 } else { 1.0 }
    }

    /// How far a word is from being held where the rest is: 0 for held, 1 for nowhere.
    fn lack(&self, n: usize) -> f64 {
        let found = self.found[n];
        match found.how {
            Relation::Same => 1.0 - found.level,
            Relation::Derived | Relation::Synonym => 0.2,
            Relation::Narrower | Relation::Wider => 0.4,
            _ => (1.0 - found.level) * (1.0 - 0.5 * found.near),
        }
    }

    fn share(&self, words: impl Iterator<Item = usize>, part: impl Fn(usize) -> f64) -> f64 {
        let (mut all, mut of) = (0.0, 0.0);
        for n in words {
            all += self.weight(n);
            of += self.weight(n) * part(n);
        }
        if all > 0.0 { of / all } else { 0.0 }
    }

    /// Tells for each word but the last whether it and the next stand near each other in some likely source passage.
    fn pairs(&self, best: &[(Place, f64)]) -> Vec<bool> {
        let places: Vec<FxHashMap<u32, Vec<usize>>> = best
            .iter()
            .map(|(place, _)| {
                let mut at: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
                let forms = self.sources.at(*place).1.words.iter().filter_map(|t| t.form);
                forms.enumerate().for_each(|(n, form)| at.entry(form).or_default().push(n));
                at
            })
            .collect();
        let near = |a: u32, b: u32| {
            places.iter().any(|at| match (at.get(&a), at.get(&b)) {
                (Some(a), Some(b)) => a.iter().any(|x| b.iter().any(|y| x.abs_diff(*y) <= PAIR)),
                _ => false,
            })
        };
        (1..self.tokens.len())
            .map(|n| match (self.token(n - 1).form, self.token(n).form) {
                (Some(a), Some(b)) => near(a, b),
                _ => false,
            })
            .collect()
    }

    fn clauses(&self) -> Vec<Clause> {
        let parts = clauses(self.witness, self.passage, Grain::Part(1));
        let mut cuts: Vec<usize> =
            parts.iter().map(|part| self.tokens.partition_point(|&at| at < part.start)).collect();
        cuts.push(self.tokens.len());
        cuts.dedup();
        cuts.windows(2)
            .map(|cut| Clause { words: cut[0]..cut[1], missing: self.share(cut[0]..cut[1], |n| self.lack(n)) })
            .collect()
    }

    /// For each content word, the share missing of the annotation that it stands in; none where it stands in none.
    fn within<'s>(&self, spans: impl Iterator<Item = &'s Span>) -> Vec<Option<f64>> {
        let mut held = vec![None; self.tokens.len()];
        for span in spans {
            let bytes = self.witness.spanner.bytes(span);
            let from = self.tokens.partition_point(|&i| self.passage.words[i].bytes.end <= bytes.start);
            let to = self.tokens.partition_point(|&i| self.passage.words[i].bytes.start < bytes.end).max(from);
            let missing = self.share(from..to, |n| f64::from(u8::from(self.lack(n) > 0.5)));
            held[from..to].iter_mut().for_each(|h| *h = Some(missing));
        }
        held
    }

    fn words(&self, pairs: &[bool], clauses: &[Clause]) -> Vec<Word> {
        let notes = self.witness.notes;
        let dates = self.within(notes.dates[self.passage.dates.clone()].iter().map(|d| &d.span));
        let figures = self.within(notes.figures[self.passage.figures.clone()].iter().map(|f| &f.span));
        let names = self.within(notes.names[self.passage.names.clone()].iter().map(|n| &n.span));
        let quotes = self.within(self.passage.quotes.iter().map(|&i| &notes.quotes[i].span));
        let whole = self.share(0..self.tokens.len(), |n| self.lack(n));
        let top = (f64::from(self.sources.forms.total) + 2.0).ln();
        (0..self.tokens.len())
            .map(|n| {
                let (token, found) = (self.token(n), self.found[n]);
                let lack = |at: Option<usize>| at.filter(|&n| n < self.tokens.len()).map_or(0.5, |n| self.lack(n));
                let pair = |at: Option<usize>| at.and_then(|n| pairs.get(n)).is_some_and(|p| *p);
                let around = n.saturating_sub(3)..(n + 4).min(self.tokens.len());
                let nowhere = found.level == 0.0;
                let at_level = |level: f64| found.how == Relation::Same && found.level == level;
                let clause = clauses.iter().find(|c| c.words.contains(&n)).map_or(0.0, |c| c.missing);
                let weight = token.form.map_or(0.0, |form| self.sources.weight(form)) / top;
                let is = |yes: bool| f64::from(u8::from(yes));
                let spoken = if token.capital || token.digit { None } else { part(&token.folded) };
                let is_part = |wanted: Part| spoken == Some(wanted);
                let measures = [
                    is(nowhere),
                    is(found.level == FAR),
                    is(at_level(BESIDE)),
                    is(at_level(SECOND)),
                    is(found.how == Relation::Derived),
                    is(found.how == Relation::Synonym),
                    is(matches!(found.how, Relation::Narrower | Relation::Wider)),
                    if found.how == Relation::Same { 0.0 } else { found.near },
                    weight,
                    is(token.form.is_some_and(|f| self.sources.forms.is_light(f))),
                    is(token.capital),
                    is(token.digit),
                    is(dates[n].is_some()),
                    is(figures[n].is_some()),
                    is(names[n].is_some()),
                    is(quotes[n].is_some()),
                    dates[n].unwrap_or(0.0),
                    names[n].unwrap_or(0.0),
                    figures[n].unwrap_or(0.0),
                    lack(n.checked_sub(1)),
                    lack(Some(n + 1)),
                    self.share(around.filter(|&m| m != n), |m| self.lack(m)),
                    clause,
                    whole,
                    is(pair(n.checked_sub(1))),
                    is(pair(Some(n))),
                    self.alike,
                    (token.folded.len() as f64 / 10.0).min(2.0),
                    is(token.capital && nowhere),
                    is(token.digit && nowhere),
                    f64::from(rarity(&token.folded)) / 15.5,
                    is(is_part(Part::Verb)),
                    is(is_part(Part::Adjective)),
                    is(is_part(Part::Adverb)),
                    if is_part(Part::Verb) { self.lack(n) } else { 0.0 },
                    if is_part(Part::Adjective) { self.lack(n) } else { 0.0 },
                    if nowhere && !token.capital && !token.digit { 1.0 - found.near } else { 0.0 },
                    self.lack(n),
                ];
                Word { at: self.tokens[n], measures, weight: self.weight(n), nowhere }
            })
            .collect()
    }

    fn sentence(&self, pairs: &[bool], clauses: &[Clause]) -> [f64; OF_SENTENCE.len()] {
        let all = 0..self.tokens.len();
        let is = |yes: bool| f64::from(u8::from(yes));
        let level =
            |least: f64| move |n: usize| is(self.found[n].how <= Relation::Wider && self.found[n].level >= least);
        let clause = clauses.iter().filter(|c| c.words.len() >= 2).map(|c| c.missing).fold(0.0, f64::max);
        let paired =
            if pairs.is_empty() { 1.0 } else { pairs.iter().filter(|p| **p).count() as f64 / pairs.len() as f64 };
        [
            self.share(all.clone(), |n| is(self.found[n].level == 0.0)),
            self.share(all.clone(), |n| is(self.found[n].level == FAR)),
            self.share(all.clone(), level(FIRST)),
            self.share(all.clone(), level(SECOND)),
            self.alike,
            clause,
            self.share(all.clone().filter(|&n| self.token(n).capital), |n| self.lack(n)),
            paired,
            (self.tokens.len() as f64 + 1.0).ln(),
        ]
    }
}
