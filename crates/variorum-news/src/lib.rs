#![doc = include_str!("../README.md")]

mod agency;
mod annotations;
mod collation;
mod dossier;
mod group;
mod lineage;
mod number;
mod page;
mod problem;
mod report;
mod span;

pub use agency::{Agency, agencies, agency};
pub use annotations::{
    Annotations, Attribution, DateKind, DateMention, DateModifier, Entity, Figure, Hedge, Name, NameKind, Party, Quote,
    QuoteKind, Trend,
};
pub use collation::{
    Check, CheckedSentence, Collation, Drift, DriftKind, Reading, SentenceVerdict, Statement, StatementKind, Value,
    Variant, VariantKind, Verdict,
};
pub use dossier::{AccountSentence, Dossier, Moment, Part, SCHEMA, Story, Telling, TimelineEntry, Uncertain};
pub use group::{GroupLine, Merge, Placement, Split};
pub use lineage::{Doubt, DoubtKind, Edge, EdgeKind, Evidence, Independence, Lineage, Source, TraceAnswer};
pub use number::{exact, exact_option};
pub use page::{Body, Page};
pub use problem::{Problem, ProblemLine};
pub use report::{Block, BlockKind, Credit, CreditKind, Note, Removed, Report};
pub use span::{ReportId, Span, Spanner};
