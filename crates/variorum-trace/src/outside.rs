//! Sources that are credited and whose text is not at hand.

use variorum_news::{Edge, EdgeKind, Source};

use crate::credit::{self, Named};
use crate::evidence;
use crate::forest::Links;
use crate::profile::Profile;

/// Returns an edge for each credit to a source that is not among the reports, or whose report here does not hold what is
/// told.
pub fn edges(profiles: &[Profile<'_>], links: &Links, family: &[usize]) -> Vec<Edge> {
    let absent = profiles.iter().enumerate().flat_map(|(at, profile)| {
        let sources = credit::outside(profile, profiles).into_iter();
        sources.map(move |named| edge(profile, named, kind(at, named, profiles, links), absent_score(named)))
    });
    let unheld = profiles.iter().enumerate().flat_map(|(at, profile)| {
        let sources = unheld(at, profiles, family).into_iter();
        sources.map(move |named| edge(profile, named, EdgeKind::Rewrite, UNHELD))
    });
    absent.chain(unheld).collect()
}

/// How sure an edge is that rests on the words of a credit alone; nobody can look it up here.
fn absent_score(named: &Named) -> f64 {
    if named.whole { 0.9 } else { 0.7 }
}

/// The same where the outlet's own report is at hand and does not tell it.
const UNHELD: f64 = 0.5;

fn edge(to: &Profile<'_>, named: &Named, kind: EdgeKind, score: f64) -> Edge {
    Edge {
        from: Source::Outside { outside: named.source.clone() },
        to: to.report.id.clone(),
        kind,
        credited: true,
        score,
        evidence: named.span.iter().map(evidence::of_credit).collect(),
        explain: explain(to, named, score),
    }
}

fn explain(to: &Profile<'_>, named: &Named, score: f64) -> String {
    let words = named.span.as_ref().map_or(String::new(), |span| format!(" (“{}”)", span.text));
    let (to, source) = (to.report.outlet.clone().unwrap_or_else(|| to.report.name()), &named.source);
    let what = match named {
        named if named.wire && named.whole => format!("{to} prints it as copy of {source}{words}"),
        named if named.whole => format!("{to} says that it has its text from {source}{words}"),
        _ => format!("{to} says that it has a part or a detail from {source}{words}"),
    };
    let known = if score == UNHELD {
        "The report of that outlet which is at hand does not hold it, so another must be meant, or the credit is wrong."
    } else {
        "That text is not among the reports, so the credit rests on the words of the report alone."
    };
    format!("{what}. {known}")
}

/// Two mastheads that print the same words under one agency's name have printed the agency's words; of what a report
/// alone has from a text that nobody here can read, only that it tells it is known.
fn kind(at: usize, named: &Named, profiles: &[Profile<'_>], links: &Links) -> EdgeKind {
    let bears = |other: usize| profiles[other].credits.iter().any(|theirs| theirs.wire && theirs.key == named.key);
    let printed = links.iter().any(|(&(a, b), link)| {
        (a == at && bears(b) || b == at && bears(a)) && crate::link::is_verbatim(&link.likeness)
    });
    if named.wire && named.whole && printed { EdgeKind::Copy } else { EdgeKind::Rewrite }
}

/// Returns the credits of a report to outlets among the reports with none of which it was found to share a text.
fn unheld<'a>(at: usize, profiles: &'a [Profile<'_>], family: &[usize]) -> Vec<&'a Named> {
    let report = &profiles[at];
    let kin = |other: usize| family[at] == family[other];
    let named = report.credits.iter().filter(|named| named.whole && !report.identity.contains(&named.key));
    named
        .filter(|named| {
            let mut bearers = (0..profiles.len()).filter(|other| profiles[*other].identity.contains(&named.key));
            let first = bearers.next();
            first.is_some_and(|first| !kin(first)) && !bearers.any(kin)
        })
        .collect()
}
