//! What pages, feeds and the API read: stories with their reports, decisions and changes; reports; outlets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use variorum_news::{DriftKind, Report, ReportId, Story};
use variorum_store::{Correction, Flags, OutletRow, Placed, ReportRow, StoryCard, Tally, View};

use crate::editions::{self, Edition};
use crate::{Decision, Error, cards, findings};

/// A story as it stands, with all that a page shows of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// What lists show.
    pub card: StoryCard,
    /// The story. Findings that a person dismissed are still in it; pages show them apart.
    pub story: Story,
    /// Its reports in the order of the story, with annotations where they are kept.
    pub reports: Vec<Member>,
    /// What people said of findings, by key.
    pub decisions: BTreeMap<String, Decision>,
    /// The corrections that name the story, standing or not, in order.
    pub corrections: Vec<Correction>,
}

/// A report as it stands.
#[derive(Debug, Clone)]
pub struct Member {
    /// What the record says of it.
    pub row: ReportRow,
    /// Its words, with annotations.
    pub report: Report,
    /// Its story; none until it is placed.
    pub placed: Option<Placed>,
    /// What the collation says of it.
    pub flags: Flags,
}

/// A moment to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// An edition of the story, by number.
    Edition(u32),
    /// A time, in seconds since 1970.
    Time(i64),
}

/// What changed in a story since it was last looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The edition that it is compared with, and when it was; none where the story was not there yet.
    pub from: Option<(u32, i64)>,
    /// The edition of now, and when it was made.
    pub to: (u32, i64),
    /// Reports that came.
    pub came: Vec<ReportId>,
    /// Reports that left.
    pub left: Vec<ReportId>,
    /// Reports whose words changed.
    pub revised: Vec<ReportId>,
    /// How many independent origins there were, and are.
    pub origins: (u32, u32),
    /// Keys of variants that are new.
    pub new_variants: Vec<String>,
    /// How many variants are gone.
    pub settled_variants: usize,
    /// Keys of drift that is new.
    pub new_drift: Vec<String>,
    /// How many drift is gone.
    pub settled_drift: usize,
}

/// An outlet, counted. No rating: counts alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outlet {
    /// How much of it is here.
    pub row: OutletRow,
    /// Reports in stories that others tell too.
    pub shared: u64,
    /// … of these, with words of their own.
    pub original: u64,
    /// … of these, with words of another.
    pub copied: u64,
    /// Whose words it has, with how many reports, most first.
    pub sources: Vec<(String, u64)>,
    /// Who has its words, with how many reports, most first.
    pub rewritten_by: Vec<(String, u64)>,
    /// What its rewrites bent, by kind.
    pub drift: BTreeMap<DriftKind, u64>,
    /// What rewrites of it bent, by kind.
    pub bent_by_others: BTreeMap<DriftKind, u64>,
}

/// Returns a story as it stands, also by a name that was merged away; none where there is none, or it was not made yet.
pub fn told(view: &View, story: &str) -> Result<Option<Told>, Error> {
    let name = view.resolve(story)?;
    let (Some(card), Some(story)) = (view.story_card(&name)?, view.story::<Story>(&name)?) else { return Ok(None) };
    // A report that left since, until the desk has made the story anew, is not there to be shown.
    let members = story.reports.iter().map(|id| member(view, id));
    let reports = members.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    let decisions = findings::decisions(view, &story)?;
    let mut corrections = view.corrections_of_story(&name)?;
    for alias in view.aliases_of(&name)? {
        corrections.extend(view.corrections_of_story(&alias)?);
    }
    corrections.sort_by_key(|correction| correction.n);
    corrections.dedup_by_key(|correction| correction.n);
    Ok(Some(Told { card, story, reports, decisions, corrections }))
}

/// Returns a report as it stands.
pub fn member(view: &View, report: &str) -> Result<Option<Member>, Error> {
    let Some(seq) = view.seq(report)? else { return Ok(None) };
    let (Some(row), Some(mut report)) = (view.report_row(seq)?, view.report(seq)?) else { return Ok(None) };
    report.annotations = view.reading(seq)?;
    let flags = view.flags(seq)?.unwrap_or_default();
    Ok(Some(Member { row, report, placed: view.placed(seq)?, flags }))
}

/// Returns what changed in a story; none where there is none of that name, or it was not made yet.
///
/// A story that went into another is asked for as of the time of its edition.
pub fn changes(view: &View, story: &str, since: Since) -> Result<Option<Changes>, Error> {
    let name = view.resolve(story)?;
    if view.story_card(&name)?.is_none() {
        return Ok(None);
    }
    let editions = view.editions(&name)?;
    let Some(&to) = editions.last() else { return Ok(None) };
    let from = match since {
        Since::Edition(n) if name == story => editions.iter().rev().find(|(m, _)| *m <= n),
        Since::Edition(n) => {
            let at = view.editions(story)?.into_iter().rev().find(|(m, _)| *m <= n).map(|(_, at)| at);
            editions.iter().rev().find(|(_, then)| at.is_some_and(|at| *then <= at))
        }
        Since::Time(at) => editions.iter().rev().find(|(_, then)| *then <= at),
    };
    let after = from.map_or(0, |(n, _)| *n);
    let mut news: Vec<Edition> = Vec::new();
    for (n, _) in editions.iter().filter(|(n, _)| *n > after) {
        news.extend(view.edition(&name, *n)?);
    }
    let mut changes = editions::sum(&news, from.copied(), to);
    if news.is_empty() {
        // Nothing changed: there are as many origins as there were.
        let last: Option<Edition> = view.edition(&name, to.0)?;
        changes.origins = last.map_or((0, 0), |last| (last.origins_after(), last.origins_after()));
    }
    Ok(Some(changes))
}

/// Returns what an outlet did here.
pub fn outlet(view: &View, name: &str) -> Result<Option<Outlet>, Error> {
    let Some(row) = view.outlet_row(name)? else { return Ok(None) };
    let (own, others) = (view.totals_of(name)?, view.totals_with(name)?);
    let count = |what: &str| own.iter().filter(|tally| tally.what == what).map(|tally| tally.n).sum();
    let took = |tally: &&Tally| tally.what == cards::TOOK;
    Ok(Some(Outlet {
        row,
        shared: count(cards::SHARED),
        original: count(cards::ORIGINAL),
        copied: count(cards::COPIED),
        sources: most_first(own.iter().filter(took).map(|tally| (tally.other.clone(), tally.n))),
        rewritten_by: most_first(others.iter().filter(took).map(|tally| (tally.outlet.clone(), tally.n))),
        drift: bent(&own),
        bent_by_others: bent(others.iter().filter(|tally| tally.outlet != name)),
    }))
}

fn most_first(counts: impl Iterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<_> = counts.collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn bent<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> BTreeMap<DriftKind, u64> {
    let mut kinds = BTreeMap::new();
    for tally in tallies {
        let kind = tally.what.strip_prefix(cards::BENT).map(|kind| serde_json::from_value(kind.into()));
        if let Some(Ok(kind)) = kind {
            *kinds.entry(kind).or_default() += tally.n;
        }
    }
    kinds
}
