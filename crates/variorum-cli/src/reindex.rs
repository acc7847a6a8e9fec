//! `variorum reindex`: the search index is made anew.

use variorum_store::search::Search;

use crate::Outcome;
use crate::record::{self, Record, counted};

/// Make the search index anew from the newsroom's record
///
/// Needed where `variorum doctor` says so; the old index answers until the new one is whole.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum reindex
  variorum reindex --store desk.db")]
pub struct Args {
    #[command(flatten)]
    record: Record,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let store = args.record.open()?;
    let reports = Search::open(&store).reindex(&store)?;
    record::print(&format!("The search index holds {}.\n", counted(reports, "report", "reports")))?;
    Ok(Outcome { good: 1, problems: 0 })
}
