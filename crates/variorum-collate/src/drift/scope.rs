//! Of how many it is said: all, most, some, none, only.

use variorum_news::{Drift, DriftKind};

use super::claim::Scene;
use super::of;
use super::operators::{Grade, Grades, NEGATIVE, Operator, borne, grades, is_idle};
use super::site::Site;

pub(super) fn drift(scene: &Scene, site: &Site) -> Option<Drift> {
    if site.shared.len() < 2 || site.quality < 0.4 {
        return None;
    }
    for mine in scene.of(site).filter(|o| !scene.is_quoted(o.at)) {
        let Some((licence, apart)) = against(mine.grade).filter(|_| !is_idle(scene.held.passage, mine)) else {
            continue;
        };
        let lone = mine.grade == Grade::Only
            && site.local().has(Grade::OneOf)
            && !grades(&scene.mine, 0, usize::MAX).has(Grade::OneOf);
        if site.here().any(licence) && !lone {
            continue;
        }
        let theirs = site
            .operators
            .iter()
            .copied()
            .find(|o| (if lone { o.grade == Grade::OneOf } else { apart.has(o.grade) }) && site.is_local(o.at));
        let same = theirs.is_some_and(|o| bears_on_same(scene, site, mine, o));
        let strong = matches!(mine.grade, Grade::All | Grade::None | Grade::Only);
        let (source, explain, confidence) = match theirs {
            Some(o) => {
                let words = site.operator(o);
                let explain = format!("the source says “{}”", words.text);
                (words, explain, if same { 0.85 } else { 0.65 })
            }
            None if strong && site.quality >= 0.6 && !site.near.any(licence) && !site.whole().any(licence) => {
                let words = site.words(site.window.start, site.window.end - 1);
                (words, "the source does not say it of so many, or so few".to_owned(), 0.45)
            }
            None => continue,
        };
        let to = mine.at + mine.length - 1;
        let nobody = |grade: Grade| matches!(grade, Grade::None | Grade::No);
        let turned = nobody(mine.grade) || theirs.is_some_and(|o| nobody(o.grade));
        if turned && !nobody(mine.grade) && grades(&scene.mine, site.clause.start, site.clause.end).any(NEGATIVE) {
            continue;
        }
        let kind = if turned { DriftKind::Polarity } else { DriftKind::Scope };
        let mut found = of(kind, scene.words(mine.at, to), Some(source), explain);
        found.confidence = confidence;
        return Some(found);
    }
    None
}

/// What else means the same as a word of scope, and what excludes it.
fn against(grade: Grade) -> Option<(Grades, Grades)> {
    use Grade::{All, Few, Many, Most, No, None, OneOf, Only, Some};
    let sets = |licence: &[Grade], apart: &[Grade]| Option::Some((Grades::of(licence), Grades::of(apart)));
    match grade {
        All => sets(&[All, None, No], &[Some, Many, Most, Few]),
        Most => sets(&[Most, All], &[Some, Many, Few]),
        None => sets(&[None, No, All, Grade::Not, Grade::Lexical], &[Some, Many, Most]),
        Only => sets(&[Only, Few, None, No], &[Some, Most, All, Many, OneOf]),
        // "Several asked" where nobody did: a licence is any word that says how many did.
        Some | Many => sets(&[Some, Many, Most, All, Few, Only, OneOf], &[None]),
        _ => Option::None,
    }
}

fn bears_on_same(scene: &Scene, site: &Site, mine: Operator, theirs: Operator) -> bool {
    let (a, b) = (&scene.held.passage.words, &site.passage.words);
    borne(scene.held.passage, mine, 2).any(|i| borne(site.passage, theirs, 2).any(|j| a[i].form == b[j].form))
}
