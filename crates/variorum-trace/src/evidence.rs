//! The passages that a link rests on.

use variorum_news::Evidence;

use crate::likeness::Match;
use crate::profile::Profile;

/// The most pairs of passages shown for one edge.
const SHOWN: usize = 4;

/// Returns the matched sentences that prove most, in the order of the second report; `forward` says that `from` is the
/// first report of the matches.
pub fn passages(from: &Profile<'_>, to: &Profile<'_>, matches: &[Match], forward: bool) -> Vec<Evidence> {
    let mut best = matches.to_vec();
    best.sort_by(|x, y| y.proof.total_cmp(&x.proof).then((x.a, x.b).cmp(&(y.a, y.b))));
    best.truncate(SHOWN);
    let mut places: Vec<(usize, usize)> = best.iter().map(|m| if forward { (m.b, m.a) } else { (m.a, m.b) }).collect();
    places.sort_unstable();
    let span = |profile: &Profile<'_>, sentence: usize| profile.spanner.span(profile.sentences[sentence].clone());
    places.into_iter().map(|(b, a)| Evidence { from: Some(span(from, a)), to: span(to, b) }).collect()
}
