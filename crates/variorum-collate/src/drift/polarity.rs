//! Whether it is so: negation put in or left out, and words that exclude each other.

use variorum_lexicon::{Part, part};
use variorum_news::{Drift, DriftKind};

use super::claim::Scene;
use super::of;
use super::operators::{Grade, Grades, Operator};
use super::poles::{Axis, Poled};
use super::site::Site;
use crate::witness::{Passage, Token};

pub(super) fn drift(scene: &Scene, site: &Site) -> Vec<Drift> {
    let mut found = Vec::new();
    found.extend(opposite(scene, site));
    found
}

/// The rewrite has the other side of a question.
fn opposite(scene: &Scene, site: &Site) -> Option<Drift> {
    if site.quality < 0.34 || site.shared.len() < 2 {
        return None;
    }
    let passage = scene.held.passage;
    let (ours, theirs_all) = (poled(&passage.words[site.clause.clone()]), poled(&site.passage.words));
    for here in site.clause.clone() {
        let mine = &passage.words[here];
        if mine.capital && here > 0 || site.shares(mine.form) && mine.form.is_some() || scene.is_quoted(here) {
            continue;
        }
        for there in 0..site.passage.words.len() {
            let theirs = &site.passage.words[there];
            let beside = site.is_local(there) || site.shared.len() >= 3 && site.quality >= 0.4;
            if !beside || theirs.capital && there > 0 {
                continue;
            }
            let (pole, other) = (&ours[here - site.clause.start], &theirs_all[there]);
            let Some(axis) = pole.apart(other) else { continue };
            // What only the lexicon sets apart says little of words of time and measure.
            let light = |t: &Token| t.form.is_none_or(|f| scene.held.sources.forms.is_light(f));
            let noun = |t: &Token| part(&t.folded) == Some(Part::Noun);
            if axis == Axis::Lexicon && (light(mine) || light(theirs) || noun(mine) || noun(theirs)) {
                continue;
            }
            let grammar = mine.form.is_none() || theirs.form.is_none();
            if grammar && !follows_alike(scene, site, here, there) {
                continue;
            }
            // Whoever has words of both sides tells of more than one thing.
            let both = |words: &[Poled], side: &Poled| words.iter().any(|w| w.same(side, axis));
            let local = &theirs_all[site.around.start..site.around.end.min(site.passage.words.len())];
            let same = scene.held.near(0.15).any(|(_, p, _)| !grammar && p.words.iter().any(|t| t.form == mine.form));
            if same || both(local, pole) || both(&ours, other) {
                continue;
            }
            let turned = denied(&scene.mine, here) != denied(&site.operators, there);
            if turned {
                continue;
            }
            let source = site.words(there, there);
            let explain = format!("the source says “{}”", source.text);
            let mut found = of(DriftKind::Polarity, scene.words(here, here), Some(source), explain);
            let known = axis != Axis::Lexicon && (!grammar || site.quality >= 0.7);
            found.confidence = match (known, site.quality >= 0.5) {
                (true, true) => 0.85,
                (true, false) => 0.65,
                (false, _) => 0.45,
            };
            return Some(found);
        }
    }
    None
}

fn poled(tokens: &[Token]) -> Vec<Poled<'_>> {
    tokens.iter().map(|t| Poled::new(&t.folded)).collect()
}

/// A preposition is held against another only before the same word.
fn follows_alike(scene: &Scene, site: &Site, here: usize, there: usize) -> bool {
    let next = |p: &Passage, at: usize| p.words[at + 1..].iter().take(4).find_map(|t| t.form);
    let mine = next(scene.held.passage, here);
    mine.is_some() && mine == next(site.passage, there)
}

/// Tells whether a negation stands close before a word.
fn denied(operators: &[Operator], at: usize) -> bool {
    let turns = Grades::of(&[Grade::Not, Grade::No, Grade::Without, Grade::None, Grade::Weak, Grade::Lexical]);
    operators.iter().any(|o| turns.has(o.grade) && o.at + o.length <= at && at - (o.at + o.length) < 4)
}
