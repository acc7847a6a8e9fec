//! How sure it is: certainty added or taken away.

use variorum_news::{Drift, DriftKind};

use super::claim::Scene;
use super::of;
use super::operators::{Grade, Grades, grades};
use super::site::Site;

const DOUBT: Grades =
    Grades::of(&[Grade::Possible, Grade::Likely, Grade::Seeming, Grade::Said, Grade::Hoped, Grade::Open]);

pub(super) fn drift(scene: &Scene, site: &Site) -> Option<Drift> {
    if site.shared.len() < 2 {
        return None;
    }
    made_certain(scene, site)
}

/// The rewrite is sure in so many words where its source is not.
fn made_certain(scene: &Scene, site: &Site) -> Option<Drift> {
    let sure = Grades::of(&[Grade::Certain, Grade::Must, Grade::Will]);
    if site.quality < 0.4 {
        return None;
    }
    let here = grades(&scene.mine, site.clause.start, site.clause.end);
    for mine in scene.of(site).filter(|o| sure.has(o.grade) && !scene.is_quoted(o.at)) {
        let certain = mine.grade == Grade::Certain;
        let licence = match mine.grade {
            Grade::Certain => Grades::of(&[Grade::Certain]),
            Grade::Must => Grades::of(&[Grade::Must, Grade::Set, Grade::Will]),
            _ => Grades::of(&[Grade::Will, Grade::Set, Grade::Plan, Grade::Certain, Grade::Must, Grade::Would]),
        };
        if site.here().any(licence) || certain && site.near.any(licence) {
            continue;
        }
        if !certain && here.any(DOUBT) {
            continue;
        }
        let theirs = site.operators.iter().find(|o| DOUBT.has(o.grade) && site.is_local(o.at));
        let (source, explain, confidence) = match theirs {
            Some(&o) => {
                let words = site.operator(o);
                let explain = format!("the source is less sure: it says “{}”", words.text);
                (words, explain, 0.85)
            }
            None if certain => {
                let words = site.words(site.window.start, site.window.end - 1);
                (words, "the source is not so sure".to_owned(), 0.6)
            }
            None => continue,
        };
        let to = mine.at + mine.length - 1;
        let mut found = of(DriftKind::Hedge, scene.words(mine.at, to), Some(source), explain);
        found.confidence = confidence;
        return Some(found);
    }
    None
}
