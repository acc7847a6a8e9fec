//! `variorum backup`: a copy of the record, while it is used.

use std::path::PathBuf;

use crate::Outcome;
use crate::record::{self, Record};

/// Copy the newsroom's record to another file, while others read and write
///
/// The copy is whole under its name or not there at all. It is one file; its search index is made when it is first searched.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum backup desk-monday.db
  variorum backup /mnt/backup/desk.db --store desk.db")]
pub struct Args {
    /// The copy; a file that is not there yet
    to: PathBuf,
    #[command(flatten)]
    record: Record,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let store = args.record.open()?;
    store.backup(&args.to)?;
    let size = args.to.metadata().map_or(0, |about| about.len());
    let (to, size) = (args.to.display(), record::bytes(size));
    record::print(&format!("Copied {} to {to} ({size}).\n", store.path().display()))?;
    Ok(Outcome { good: 1, problems: 0 })
}
