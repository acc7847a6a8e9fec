//! Who says it in the rewrite, and whether the sources have them say it.

use super::{Turn, common, is, lack, stands};
use crate::drift::attribution::{Handed, content, handed, is_called, is_vague, named_there};
use crate::drift::claim::Scene;
use crate::drift::site::Site;
use crate::witness::Passage;
use crate::word_lists::{List, listed};
use variorum_news::DriftKind;

pub(super) fn turns(scene: &Scene) -> Vec<Turn> {
    let handed = handed(scene.held.witness, scene.held.passage, &scene.mine);
    handed.iter().filter_map(|h| turn(scene, h)).collect()
}

fn turn(scene: &Scene, handed: &Handed) -> Option<Turn> {
    let passage = scene.held.passage;
    let site = scene.site(content(scene, handed))?;
    let named: Vec<usize> = handed.source.clone().filter(|&i| passage.words[i].form.is_some()).collect();
    let cue = passage.words[handed.cue.start].folded.as_str();
    let share = |held: &dyn Fn(usize) -> bool| {
        if named.is_empty() { 1.0 } else { named.iter().filter(|&&i| held(i)).count() as f64 / named.len() as f64 }
    };
    let beside = beside(&site);
    let all = |p: &Passage| 0..p.words.len();
    let here = share(&|i| stands(&passage.words[i], site.passage, all(site.passage)));
    let near = share(&|i| beside.iter().any(|p| stands(&passage.words[i], p, all(p))));
    let anywhere = share(&|i| scene.held.sources.has(&passage.words[i]));
    let theirs = named_there(&site);
    let called = |name: &str| is_called(name, named.iter().map(|&i| passage.words[i].folded.as_str()));
    let same = theirs.as_ref().is_some_and(|(name, _)| called(name));
    if same {
        return None;
    }
    let has_cue = stands(&passage.words[handed.cue.start], site.passage, all(site.passage));
    let vague = is_vague(passage, &handed.source);
    let capital = named.iter().any(|&i| passage.words[i].capital && i > 0);
    let (from, to) = (handed.cue.start.min(handed.source.start), handed.cue.end.max(handed.source.end) - 1);
    let [quality, shared, supported, alike, _] = common(scene, &site);
    let admits = listed(List::Admission, cue);
    let measures = vec![
        ("voice.bias", 1.0),
        ("voice.here", here),
        ("voice.near", near),
        ("voice.anywhere", anywhere),
        ("voice.theirs", is(theirs.is_some())),
        ("voice.other", is(theirs.is_some())),
        ("voice.other_far", if theirs.is_some() { 1.0 - near } else { 0.0 }),
        ("voice.cue", is(has_cue)),
        ("voice.admits", is(admits)),
        ("voice.admits_alone", is(admits && !has_cue)),
        ("voice.vague", is(vague)),
        ("voice.capital", is(capital)),
        ("voice.capital_far", if capital { 1.0 - near } else { 0.0 }),
        ("voice.pronoun", is(named.is_empty())),
        ("voice.lack", lack(scene, handed.source.clone())),
        ("voice.lack_cue", lack(scene, handed.cue.clone())),
        ("voice.quality", quality.1),
        ("voice.quality_far", quality.1 * (1.0 - near)),
        ("voice.shared", shared.1),
        ("voice.supported", supported.1),
        ("voice.alike", alike.1),
    ];
    let (source, explain) = match theirs {
        Some((name, span)) => (span, format!("the source gives this to {name}")),
        None => {
            let words = site.words(site.window.start, site.window.end - 1);
            (words, format!("the source does not say “{}” here", scene.words(from, to).text))
        }
    };
    Some(Turn { kind: DriftKind::Attribution, rewrite: scene.words(from, to), source, explain, measures })
}

/// The site's passage, those beside it, and the title and first sentence, where roles are told.
fn beside<'a>(site: &Site<'a, '_>) -> Vec<&'a Passage> {
    let passages = &site.witness.passages;
    let at = passages.iter().position(|p| p.span == site.passage.span).unwrap_or(0);
    passages[at.saturating_sub(2)..passages.len().min(at + 2)].iter().collect()
}
