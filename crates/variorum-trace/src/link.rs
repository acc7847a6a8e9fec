//! The judgement on one pair of reports: linked or not, which way, what was done.

use variorum_news::EdgeKind;

use crate::credit::{self, Named};
use crate::direction::{by_date, by_openness};
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
    /// What was done.
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

    /// Returns the calibrated probability that the two are kin: that one has words from the other, or both from a third.
    pub fn kinship(&self) -> f64 {
        model::calibrated(self.odds)
    }

    /// Returns how likely the report that is taken for the source is the source, if one of the two is.
    pub fn way(&self) -> f64 {
        model::probability(self.direction.abs())
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
    let (words, common) = (model::link(&likeness), credit::common(a, b));
    let contradicted = absent_source(a, b) || absent_source(b, a);
    let odds =
        words + credit::vote(words, &credits, common) + if contradicted { weight("credit.contradicted") } else { 0.0 };
    let (told, votes) = (model::direction(&likeness), votes(a, b, &credits));
    let direction = told * model::trust(&likeness) + votes;
    let undecided = (1.0 - (told + votes).abs() / DECIDED).max(0.0);
    let sharing = model::sharing(&likeness)
        + weight("sharing.undecided") * undecided
        + weight("credit.sharing") * f64::from(u8::from(common || contradicted));
    let kind = match kind(&likeness, !(forth || back) && sharing > 0.0) {
        _ if !(forth || back) && credit::one_wire(a, b) => EdgeKind::SharedOrigin,
        kind => kind,
    };
    Link { odds, direction, kind, credits, likeness }
}

/// Log odds from which a direction counts as told.
const DECIDED: f64 = 1.2;

/// Returns what credits, dates and marks say for the first report as the source of the second.
fn votes(a: &Profile<'_>, b: &Profile<'_>, credits: &[Option<Named>; 2]) -> f64 {
    let [forth, back] = credits.each_ref().map(|named| i32::from(named.is_some()));
    weight("credit.direction") * f64::from(forth - back)
        + weight("credit.confessed") * f64::from(i32::from(b.absent.confessed) - i32::from(a.absent.confessed))
        + weight("date.direction") * f64::from(by_date(a.report, b.report))
        + weight("credit.mark") * f64::from(credit::by_mark(a, b))
        + weight("date.given") * f64::from(by_openness(a.report, b.report))
}

/// Tells whether a report says that it has its text from elsewhere while the other's outlet is known: then they share it.
fn absent_source(report: &Profile<'_>, other: &Profile<'_>) -> bool {
    report.absent.confessed && !other.identity.is_empty()
}

/// Share of three-word runs that stand word for word in the other text: a sentence loses three for each word changed,
/// so a copy edited in one word of fifteen keeps about four fifths.
const VERBATIM: f64 = 0.78;
/// The same for the source, which may be longer by a paragraph before the copy is but an excerpt.
const WHOLE: f64 = 0.66;

/// Tells whether nearly all runs of one of two reports stand in the other.
pub fn is_verbatim(likeness: &Likeness) -> bool {
    likeness.a.verbatim.max(likeness.b.verbatim) >= VERBATIM
}

fn kind(likeness: &Likeness, shared: bool) -> EdgeKind {
    let (a, b) = (&likeness.a, &likeness.b);
    let (most, least) = (a.verbatim.max(b.verbatim), a.verbatim.min(b.verbatim));
    if most >= VERBATIM {
        return if least >= WHOLE { EdgeKind::Copy } else { EdgeKind::Excerpt };
    }
    if shared { EdgeKind::SharedOrigin } else { EdgeKind::Rewrite }
}
