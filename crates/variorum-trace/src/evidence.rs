//! The passages that a link rests on.

use variorum_news::{Evidence, Span};

use crate::likeness::Match;
use crate::profile::Profile;
use crate::runs::{self, Run};

/// The most pairs of passages shown for one edge.
const SHOWN: usize = 4;

/// Returns the matched sentences that prove most, in the order of the second report, with the words that stand in both;
/// `forward` says that `from` is the first report of the matches.
pub fn passages(from: &Profile<'_>, to: &Profile<'_>, matches: &[Match], forward: bool, runs: &[Run]) -> Vec<Evidence> {
    let mut best = matches.to_vec();
    best.sort_by(|x, y| y.proof.total_cmp(&x.proof).then((x.a, x.b).cmp(&(y.a, y.b))));
    best.truncate(SHOWN);
    let mut places: Vec<(usize, usize)> = best.iter().map(|m| if forward { (m.b, m.a) } else { (m.a, m.b) }).collect();
    places.sort_unstable();
    let span = |profile: &Profile<'_>, sentence: usize| profile.spanner.span(profile.sentences[sentence].clone());
    let shared = |b: usize, a: usize| {
        let told = runs.iter().filter(|run| runs::is_telling(to, run));
        let here = told.filter(|run| to.tokens[run.to].sentence == b && from.tokens[run.from].sentence == a);
        here.map(|run| to.spanner.span(runs::bytes(to, run.to, run.words))).collect()
    };
    let pair = |(b, a): (usize, usize)| Evidence { from: Some(span(from, a)), to: span(to, b), shared: shared(b, a) };
    places.into_iter().map(pair).collect()
}

/// Returns a credit as evidence.
pub fn of_credit(span: &Span) -> Evidence {
    Evidence { from: None, to: span.clone(), shared: Vec::new() }
}
