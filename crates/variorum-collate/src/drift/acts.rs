//! The same act in the rewrite and in its source: denied, hedged, planned, or done by the other.

use variorum_lexicon::{Relation, lemma};
use variorum_news::{Drift, DriftKind};

use super::claim::{Scene, words_span};
use super::frames::{Frame, frames};
use super::of;
use super::operators::{AHEAD, Grade, Grades, Operator, UNSURE, grades};
use super::site::Site;
use crate::witness::{Passage, Token, Witness};
use crate::word_lists::{List, listed};

/// At most so many passages of the sources are parsed for one sentence of the rewrite.
const MOST: usize = 3;

pub(super) fn drift(scene: &Scene) -> Vec<Drift> {
    let passage = scene.held.passage;
    let mut places: Vec<&Site> = Vec::new();
    for site in scene.sites.iter().filter(|s| meets(s)) {
        if places.iter().all(|p| p.passage.span != site.passage.span) {
            places.push(site);
        }
    }
    places.truncate(MOST);
    if !places.iter().any(|site| looks_turned(scene, site)) {
        return Vec::new();
    }
    let mine = frames(scene.held.witness, passage, &scene.mine);
    let theirs: Vec<(&Witness, &Passage, &[Operator], Vec<Frame>)> = places
        .into_iter()
        .map(|site| {
            let frames = frames(site.witness, site.passage, &site.operators);
            (site.witness, site.passage, &site.operators[..], frames)
        })
        .collect();
    let mut found = Vec::new();
    for act in mine.iter().filter(|f| !scene.is_quoted(f.at)) {
        let mut best: Vec<(usize, usize, &Frame)> = Vec::new();
        let Some(site) = scene.sites.iter().find(|s| s.clause.contains(&act.at)) else { continue };
        for (n, (_, p, _, frames)) in theirs.iter().enumerate() {
            let here = site.passage.span == p.span;
            for other in frames.iter().filter(|o| is_same(&passage.words[act.at], &p.words[o.at])) {
                let company = act.company(other);
                // One rare word may be company enough: nothing else is told of it.
                let rare =
                    passage.words[act.at].form.is_some_and(|f| scene.held.sources.forms.passages[f as usize] <= 3);
                let close = here && site.is_local(other.at) || company >= 3;
                let light = passage.words[act.at].form.is_some_and(|f| scene.held.sources.forms.is_light(f));
                let patient = act.patient.iter().any(|f| other.patient.contains(f));
                let known = if light { patient } else { company > 0 || rare };
                if close && known && !passage.words[act.at].capital {
                    best.push((company, n, other));
                }
            }
        }
        best.sort_by_key(|(company, n, other)| (std::cmp::Reverse(*company), *n, other.at));
        let Some(&(company, n, other)) = best.first() else { continue };
        // Who tells the same act twice may tell it in two ways: any like telling will do.
        let rivals: Vec<&Frame> = best.iter().filter(|(c, ..)| c * 3 >= company * 2).map(|(_, _, f)| *f).collect();
        let (witness, source, operators, _) = &theirs[n];
        let pair = Pair { scene, act, other, company, witness, source, operators };
        let nouns = act.noun && other.noun;
        let turned = denied(&pair, &rivals);
        let turned = turned.or_else(|| stage(&pair, &rivals).filter(|_| !act.noun && !other.noun));
        found.extend(turned.or_else(|| hedged(&pair, &rivals).filter(|_| nouns || !act.noun && !other.noun)));
        found.extend(turned_round(&pair, &rivals));
    }
    found
}

/// Only where a clause and its place share much, a sentence is worth its parsing.
fn meets(site: &Site) -> bool {
    site.quality >= 0.45 && site.shared.len() >= 3
        || site.quality >= 0.8 && site.shared.len() >= 2
        || site.quality >= 0.99
}

/// Tells whether some word that both sides have is turned by other words in one of them.
fn looks_turned(scene: &Scene, site: &Site) -> bool {
    let (mine, source, theirs) = (scene.held.passage, site.passage, &site.operators);
    let turns = |operators: &[Operator], at: usize| {
        let set = grades(operators, at.saturating_sub(6), at + 1);
        (set.any(DENIES), set.any(UNSURE.and(AHEAD)))
    };
    let verb = |p: &Passage, i: usize| p.words[i].form.is_some() && !p.words[i].capital && !p.words[i].digit;
    let turned = (0..mine.words.len()).filter(|&i| verb(mine, i)).any(|i| {
        (0..source.words.len())
            .filter(|&j| source.words[j].form == mine.words[i].form)
            .any(|j| turns(&scene.mine, i) != turns(theirs, j))
    });
    turned || site.quality >= 0.6 && crossed(mine, source)
}

/// Tells whether two words name one act.
fn is_same(a: &Token, b: &Token) -> bool {
    a.form == b.form || matches!(a.word.relation(&b.word), Relation::Same | Relation::Derived | Relation::Synonym)
}

const DENIES: Grades = Grades::of(&[Grade::Not, Grade::No, Grade::Without, Grade::None, Grade::Lexical]);

/// Tells whether two names stand in another order, or in one order with another voice.
fn crossed(mine: &Passage, source: &Passage) -> bool {
    let names = |p: &Passage, other: &Passage| -> Vec<u32> {
        let mut seen = Vec::new();
        for token in p.words.iter().filter(|t| t.form.is_some() && !t.digit) {
            let form = token.form.filter(|f| other.forms.binary_search(f).is_ok() && !seen.contains(f));
            seen.extend(form);
        }
        seen
    };
    let (a, b) = (names(mine, source), names(source, mine));
    let mut common: Vec<u32> = a.iter().copied().filter(|f| b.contains(f)).collect();
    let there: Vec<u32> = b.iter().copied().filter(|f| a.contains(f)).collect();
    common.dedup();
    let by = |p: &Passage| p.words.iter().any(|t| t.folded == "by");
    common.len() >= 2 && (common != there || by(mine) != by(source))
}

/// Two tellings of one act.
struct Pair<'s, 'a, 'r> {
    scene: &'s Scene<'a, 'r>,
    act: &'s Frame,
    other: &'s Frame,
    company: usize,
    witness: &'s Witness<'r>,
    source: &'s Passage,
    operators: &'s [Operator],
}

impl Pair<'_, '_, '_> {
    /// Whether both use one word rather than two of one sense.
    fn one_word(&self) -> bool {
        let (a, b) = (&self.scene.held.passage.words[self.act.at], &self.source.words[self.other.at]);
        a.form == b.form || a.word.relation(&b.word) != Relation::Synonym
    }

    fn found(&self, kind: DriftKind, from: usize, to: usize, there: usize, explain: String, confidence: f64) -> Drift {
        let rewrite = self.scene.words(from.min(to), from.max(to));
        let source = words_span(self.witness, self.source, there.min(self.other.at), there.max(self.other.at));
        let mut found = of(kind, rewrite, Some(source), explain);
        found.confidence = match (self.company >= 2, self.one_word()) {
            (true, true) => confidence,
            (false, true) | (true, false) => (confidence - 0.25).min(0.45),
            (false, false) => 0.3,
        };
        found
    }

    fn there(&self, from: usize, to: usize) -> String {
        let (from, to) = (from.min(to), from.max(to));
        words_span(self.witness, self.source, from, to.min(from + 5)).text
    }
}

fn denied(pair: &Pair, rivals: &[&Frame]) -> Option<Drift> {
    let (act, other) = (pair.act, pair.other);
    let claimed = if act.denied.is_some() { other.claimed && !act.supposed } else { act.claimed && !other.supposed };
    if !(claimed || act.noun && other.noun) || act.noun != other.noun && other.denied.is_some() {
        return None;
    }
    if act.murky || other.murky || rivals.iter().any(|r| r.denied.is_some() == act.denied.is_some()) {
        return None;
    }
    // "Only", "hardly" and words that deny on their own may stand anywhere around.
    let weak = Grades::of(&[Grade::Weak, Grade::Few, Grade::Only]);
    let mine = grades(&pair.scene.mine, act.at.saturating_sub(8), act.at + 8);
    let theirs = grades(pair.operators, other.at.saturating_sub(8), other.at + 8);
    let other_denial = if act.denied.is_some() { theirs.any(DENIES.and(weak)) } else { mine.any(DENIES.and(weak)) };
    let confidence = if other_denial { 0.45 } else { 0.8 };
    Some(match (act.denied, other.denied) {
        (Some(word), _) => {
            let explain = format!("the source says “{}” without denying it", pair.there(other.at, other.at));
            pair.found(DriftKind::Polarity, word, act.at, other.at, explain, confidence)
        }
        (None, Some(word)) => {
            let explain = format!("the source denies this: it says “{}”", pair.there(word, other.at));
            pair.found(DriftKind::Polarity, act.at, act.at, word, explain, confidence)
        }
        _ => return None,
    })
}

fn stage(pair: &Pair, rivals: &[&Frame]) -> Option<Drift> {
    let (act, other) = (pair.act, pair.other);
    if act.denied.is_some() || other.denied.is_some() {
        return None;
    }
    if let (true, Some((_, word))) = (act.done, other.ahead) {
        if rivals.iter().any(|r| r.ahead.is_none()) {
            return None;
        }
        let explain = format!("the source says “{}”, the rewrite tells it as done", pair.there(word, other.at));
        return Some(pair.found(DriftKind::Status, act.at.saturating_sub(1), act.at, word, explain, 0.85));
    }
    if let (Some((_, word)), true) = (act.ahead, other.done) {
        if rivals.iter().any(|r| r.ahead.is_some() || !r.done) {
            return None;
        }
        let explain = format!("the source tells it as done: “{}”", pair.there(other.at, other.at));
        return Some(pair.found(DriftKind::Status, word, act.at, other.at, explain, 0.7));
    }
    None
}

fn hedged(pair: &Pair, rivals: &[&Frame]) -> Option<Drift> {
    let (act, other) = (pair.act, pair.other);
    if let (Some((grade, word)), None) = (other.unsure, act.unsure) {
        if !act.claimed || matches!(grade, Grade::Would | Grade::Open) || rivals.iter().any(|r| r.unsure.is_none()) {
            return None;
        }
        let around = grades(&pair.scene.mine, act.at.saturating_sub(10), act.at + 8);
        // "Claims that it closed" hedges less than it hands over.
        let plain = listed(List::Hedge, &pair.source.words[word].folded);
        let alike = act.denied.is_some() == other.denied.is_some();
        let confidence = if !plain || !alike || around.any(UNSURE) { 0.4 } else { 0.7 };
        let explain = format!("the source is less sure: it says “{}”", pair.there(word, other.at));
        return Some(pair.found(DriftKind::Hedge, act.at, act.at, word, explain, confidence));
    }
    if let (Some((grade, word)), None) = (act.unsure, other.unsure) {
        if !other.claimed
            || other.ahead.is_some()
            || matches!(grade, Grade::Would | Grade::Open)
            || rivals.iter().any(|r| r.unsure.is_some())
        {
            return None;
        }
        let around = grades(pair.operators, 0, usize::MAX);
        let confidence = if around.any(UNSURE) { 0.3 } else { 0.45 };
        return Some(pair.found(
            DriftKind::Hedge,
            word,
            act.at,
            other.at,
            "the source says it without this hedge".to_owned(),
            confidence,
        ));
    }
    None
}

/// Who did it and to whom it was done stand the other way round.
fn turned_round(pair: &Pair, rivals: &[&Frame]) -> Option<Drift> {
    let (act, other) = (pair.act, pair.other);
    let meets = |a: &[u32], b: &[u32]| a.iter().any(|f| b.contains(f));
    let turned = |r: &Frame| meets(&act.agent, &r.patient) && meets(&act.patient, &r.agent);
    let straight = |r: &Frame| meets(&act.agent, &r.agent) || meets(&act.patient, &r.patient);
    let mutual = listed(List::Mutual, &lemma(&pair.scene.held.passage.words[act.at].folded));
    if mutual || !turned(other) || rivals.iter().any(|r| straight(r)) {
        return None;
    }
    let explain = "in the source it is the other way round: who does it and to whom".to_owned();
    Some(pair.found(DriftKind::Polarity, act.at, act.at, other.at, explain, 0.85))
}
