//! Words that turn a claim in the rewrite and that its sources may lack.

use super::means::{apart, dimension, same};
use super::{Turn, before, common, is, kind, lack, next, stands};
use crate::drift::claim::Scene;
use crate::drift::operators::{Grade, Grades, Operator, grades, is_idle};
use crate::drift::site::Site;

pub(super) fn turns(scene: &Scene) -> Vec<Turn> {
    let mut found: Vec<Turn> = Vec::new();
    let mut last = usize::MAX;
    for &mine in &scene.mine {
        // A word that stands in several grades is one candidate, by the first of them.
        if mine.at == last || scene.is_quoted(mine.at) {
            continue;
        }
        last = mine.at;
        if !proves(mine.grade) || is_idle(scene.held.passage, mine) {
            continue;
        }
        if let Some(site) = scene.sites.iter().find(|s| s.clause.contains(&mine.at)) {
            found.push(turn(scene, site, mine));
        }
    }
    found
}

/// Whether a word of a grade that is put in says something by itself; what others say is weighed by who says it.
fn proves(grade: Grade) -> bool {
    use Grade::*;
    !matches!(grade, Lexical | Weak | Done | Say | Claim | Think | Show)
}

fn turn(scene: &Scene, site: &Site, mine: Operator) -> Turn {
    let passage = scene.held.passage;
    let token = &passage.words[mine.at];
    let all: Grades =
        scene.mine.iter().filter(|o| o.at == mine.at).fold(Grades::default(), |set, o| set.and(same(o.grade)));
    let theirs = site.operators.iter().copied().find(|o| apart(mine.grade).has(o.grade) && site.is_local(o.at));
    let here = site.local().any(all);
    let near = site.near.any(all) || site.whole().any(all) || site.rivals.any(all);
    let word = scene.held.near(0.05).any(|(_, p, _)| p.words.iter().any(|t| t.folded == token.folded));
    let window = site.around.clone();
    let after = next(passage, mine);
    let first = before(passage, mine);
    let held = |at: Option<usize>| at.is_some_and(|i| stands(&passage.words[i], site.passage, window.clone()));
    let clause = grades(&scene.mine, site.clause.start, site.clause.end);
    let mut measures = vec![
        ("gain.bias", 1.0),
        ("gain.here", is(here)),
        ("gain.near", is(near)),
        ("gain.word", is(word)),
        ("gain.apart", is(theirs.is_some())),
        ("gain.apart_bare", is(theirs.is_some() && !here && !near)),
        ("gain.after", is(held(after))),
        ("gain.before", is(held(first))),
        ("gain.after_lack", after.map_or(0.0, |i| lack(scene, i..i + 1))),
        ("gain.own_lack", lack(scene, mine.at..mine.at + mine.length)),
        ("gain.unsure", is(clause.any(crate::drift::operators::UNSURE))),
        ("gain.phrase", is(mine.length > 1)),
    ];
    let [quality, shared, supported, alike, lack] = common(scene, site);
    measures.extend([
        ("gain.quality", quality.1),
        ("gain.shared", shared.1),
        ("gain.supported", supported.1),
        ("gain.alike", alike.1),
        ("gain.lack", lack.1),
        (GRADES[mine.grade as usize], 1.0),
        (BARE[mine.grade as usize], is(!here && !near && !word)),
        (HERE[dimension(mine.grade)], is(here)),
        (SURE[dimension(mine.grade)], if here || near { 0.0 } else { quality.1 }),
    ]);
    let from = mine.at;
    let to = mine.at + mine.length - 1;
    let (source, explain) = match theirs {
        Some(o) => {
            let words = site.operator(o);
            let explain = format!("the source says “{}”", words.text);
            (words, explain)
        }
        None => {
            let words = site.words(site.window.start, site.window.end - 1);
            (words, format!("the source does not say “{}” here", scene.words(from, to).text))
        }
    };
    Turn { kind: kind(mine.grade), rewrite: scene.words(from, to), source, explain, measures }
}

/// The measure of each grade, in their order.
const GRADES: [&str; 35] = [
    "gain.certain",
    "gain.must",
    "gain.possible",
    "gain.likely",
    "gain.seeming",
    "gain.said",
    "gain.hoped",
    "gain.open",
    "gain.would",
    "gain.not",
    "gain.no",
    "gain.without",
    "gain.weak",
    "gain.lexical",
    "gain.all",
    "gain.most",
    "gain.many",
    "gain.some",
    "gain.few",
    "gain.oneof",
    "gain.none",
    "gain.only",
    "gain.because",
    "gain.so",
    "gain.answer",
    "gain.blame",
    "gain.will",
    "gain.set",
    "gain.plan",
    "gain.try",
    "gain.done",
    "gain.say",
    "gain.claim",
    "gain.think",
    "gain.show",
];

/// The same where no source has anything like it.
const BARE: [&str; 35] = [
    "gain.bare_certain",
    "gain.bare_must",
    "gain.bare_possible",
    "gain.bare_likely",
    "gain.bare_seeming",
    "gain.bare_said",
    "gain.bare_hoped",
    "gain.bare_open",
    "gain.bare_would",
    "gain.bare_not",
    "gain.bare_no",
    "gain.bare_without",
    "gain.bare_weak",
    "gain.bare_lexical",
    "gain.bare_all",
    "gain.bare_most",
    "gain.bare_many",
    "gain.bare_some",
    "gain.bare_few",
    "gain.bare_oneof",
    "gain.bare_none",
    "gain.bare_only",
    "gain.bare_because",
    "gain.bare_so",
    "gain.bare_answer",
    "gain.bare_blame",
    "gain.bare_will",
    "gain.bare_set",
    "gain.bare_plan",
    "gain.bare_try",
    "gain.bare_done",
    "gain.bare_say",
    "gain.bare_claim",
    "gain.bare_think",
    "gain.bare_show",
];

/// By dimension: that something like it stands at the place.
const HERE: [&str; 6] =
    ["gain.here_told", "gain.here_cause", "gain.here_many", "gain.here_not", "gain.here_ahead", "gain.here_sure"];

/// By dimension: how surely the place is the right one where nothing like it stands there.
const SURE: [&str; 6] =
    ["gain.sure_told", "gain.sure_cause", "gain.sure_many", "gain.sure_not", "gain.sure_ahead", "gain.sure_sure"];
