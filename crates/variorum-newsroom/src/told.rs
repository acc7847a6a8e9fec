//! What pages, feeds and the API read: stories with their reports, decisions and changes; reports; outlets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use variorum_news::{DriftKind, Report, ReportId, Story};
use variorum_store::{Correction, Flags, OutletRow, Placed, ReportRow, StoryCard, View};

use crate::{Decision, Error};

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
pub fn told(_view: &View, _story: &str) -> Result<Option<Told>, Error> {
    unimplemented!()
}

/// Returns a report as it stands.
pub fn member(_view: &View, _report: &str) -> Result<Option<Member>, Error> {
    unimplemented!()
}

/// Returns what changed in a story.
pub fn changes(_view: &View, _story: &str, _since: Since) -> Result<Option<Changes>, Error> {
    unimplemented!()
}

/// Returns what an outlet did here.
pub fn outlet(_view: &View, _name: &str) -> Result<Option<Outlet>, Error> {
    unimplemented!()
}
