//! The judgement on one pair of reports: linked or not, which way, what was done.

use variorum_news::EdgeKind;

use crate::credit::{self, Named};
use crate::direction::by_date;
use crate::likeness::{Likeness, likeness};
use crate::model::{self, weight};
use crate::profile::Profile;

/// What holds between two reports.
#[derive(Debug, Clone)]
pub struct Link {
    /// Log odds that they are kin.
    pub odds: f64,
    /// Log odds that the first is the source of the second.
    pub direction: f64,
    /// What was done, seen from the side that `direction` favours.
    pub kind: EdgeKind,
    /// The credit that the second gives to the first, and the first to the second.
    pub credits: [Option<Named>; 2],
    pub likeness: Likeness,
}

impl Link {
    /// Tells whether the two are linked.
    pub fn holds(&self) -> bool {
        self.odds >= weight("decision")
            && (!self.likeness.matches.is_empty() || self.credits.iter().any(Option::is_some))
    }

    /// Tells whether the first report is the source rather than the second.
    pub fn forward(&self) -> bool {
        self.direction >= 0.0
    }
}

/// Judges two reports.
pub fn judge(a: &Profile<'_>, b: &Profile<'_>) -> Link {
    let likeness = likeness(a, b);
    let credits = [credit::given(b, a), credit::given(a, b)];
    let [forth, back] = [credits[0].is_some(), credits[1].is_some()];
    let common = a.outside.iter().any(|source| b.outside.contains(source));
    let mut odds = model::link(&likeness);
    if forth || back {
        odds += weight("credit.link");
    } else if common {
        odds += weight("credit.link_shared");
    }
    let direction = model::direction(&likeness)
        + weight("credit.direction") * f64::from(i32::from(forth) - i32::from(back))
        + weight("date.direction") * f64::from(by_date(a.report, b.report));
    let known_elsewhere = !(forth || back) && (common || absent_source(a, b) || absent_source(b, a));
    let kind = kind(&likeness, direction >= 0.0, forth || back, known_elsewhere);
    Link { odds, direction, kind, credits, likeness }
}

/// Tells whether a report names a source that is not at hand while the other's outlet is known: then they share it.
fn absent_source(report: &Profile<'_>, other: &Profile<'_>) -> bool {
    !report.outside.is_empty() && !other.identity.is_empty()
}

/// Share of three-word runs that stand word for word in the other text: a sentence loses three for each word changed,
/// so a copy edited in one word of fifteen keeps about four fifths.
const VERBATIM: f64 = 0.78;
/// The same for the source, which may be longer by a paragraph before the copy is but an excerpt.
const WHOLE: f64 = 0.66;

fn kind(likeness: &Likeness, forward: bool, credited: bool, known_elsewhere: bool) -> EdgeKind {
    let (source, derived) = if forward { (&likeness.a, &likeness.b) } else { (&likeness.b, &likeness.a) };
    let (most, least) = (source.verbatim.max(derived.verbatim), source.verbatim.min(derived.verbatim));
    if most >= VERBATIM {
        return if least >= WHOLE { EdgeKind::Copy } else { EdgeKind::Excerpt };
    }
    if known_elsewhere || (!credited && model::sharing(likeness) > 0.0) {
        EdgeKind::SharedOrigin
    } else {
        EdgeKind::Rewrite
    }
}
