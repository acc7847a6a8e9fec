#![doc = include_str!("../README.md")]

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

pub use annotations::{
    Annotations, Attribution, DateKind, DateMention, DateModifier, Entity, Figure, Hedge, Name, NameKind, Party, Quote,
    QuoteKind, Trend,
};
pub use collation::{
    Check, CheckedSentence, Collation, Drift, DriftKind, Reading, SentenceVerdict, Statement, StatementKind, Value,
    Variant, VariantKind, Verdict,
};
pub use dossier::{AccountSentence, Dossier, Moment, SCHEMA, Story, Telling, TimelineEntry};
pub use group::{GroupLine, Merge, Placement, Split};
pub use lineage::{Edge, EdgeKind, Evidence, Lineage, Source, TraceAnswer};
pub use number::{exact, exact_option};
pub use page::{Body, Page};
pub use problem::{Problem, ProblemLine};
pub use report::{Block, BlockKind, Credit, CreditKind, Note, Removed, Report};
pub use span::{ReportId, Span, Spanner};
