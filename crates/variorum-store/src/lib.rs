#![doc = include_str!("../README.md")]

pub mod alerts;
mod backup;
mod body;
mod bridged;
mod connection;
mod cursor;
mod desk;
mod doctor;
mod error;
mod forget;
mod identity;
mod intake;
mod lock;
mod marks;
mod overlay;
mod people;
mod placed;
mod readers;
mod reports;
mod schema;
pub mod search;
mod sources;
mod state_of;
mod store;
mod stories;
mod tallies;
mod writer;

pub use body::Fingerprint;
pub use bridged::{BridgeAccount, BridgeEntry, BridgeTold};
pub use desk::{Correction, LogKind, LogLine, NewCorrection, SavedSearch, Standing};
pub use doctor::{Examination, Finding, examine};
pub use error::Error;
pub use forget::{Forgotten, Retention};
pub use identity::{FEED_HOST, key};
pub use intake::Receipt;
pub use lock::{Editing, Editor};
pub use marks::{Item, ItemNumber, Items, Mark, Part, Place, UNREAD_AGAIN, UnreadAgain};
pub use overlay::Join;
pub use people::{ApiToken, Audited, Deed, IDLE, KeyHash, LONGEST, NewToken, Role, Scope, Session, User};
pub use placed::{Flags, Placed};
pub use reports::{Gone, OutletRow, ReportRow, Revision};
pub use sources::{
    Checked, Found, Health, ItemState, NewItem, NewSource, Source, SourceKind, Sources, WaitingItem, moment,
};
pub use store::{Store, View, Writing};
pub use stories::{Differing, Page, StoryCard, StoryList, StoryOrder};
pub use tallies::{StorySums, Tally};

/// The number of a report: the order in which it came in. Never used again, also after it was forgotten.
pub type Seq = i64;

#[cfg(test)]
mod crash_tests;
#[cfg(test)]
mod desk_tests;
#[cfg(test)]
mod invented;
