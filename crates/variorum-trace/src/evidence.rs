//! The passages that a link rests on.

use variorum_news::Evidence;

use crate::likeness::Match;
use crate::profile::Profile;

/// The most pairs of passages shown for one edge.
const SHOWN: usize = 4;

/// Returns the sentences that tell most alike, in the order of the second report.
pub fn passages(from: &Profile<'_>, to: &Profile<'_>, matches: &[(usize, usize, f32)]) -> Vec<Evidence> {
    let mut best = matches.to_vec();
    best.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.1.cmp(&y.1)));
    best.truncate(SHOWN);
    best.sort_by_key(|(_, to, _)| *to);
    best.into_iter()
        .map(|(a, b, _)| Evidence {
            from: Some(from.spanner.span(from.sentences[a].clone())),
            to: to.spanner.span(to.sentences[b].clone()),
        })
        .collect()
}

/// Returns matches as (sentence of the source, sentence of the other, likeness).
pub fn seen_from(matches: &[Match], forward: bool) -> Vec<(usize, usize, f32)> {
    matches.iter().map(|m| if forward { (m.a, m.b, m.likeness) } else { (m.b, m.a, m.likeness) }).collect()
}
