//! `variorum export`: what is kept, for readers without this program.

use std::path::PathBuf;
use std::sync::Arc;

use variorum_serve::State;
use variorum_store::search::Search;

use crate::record::{self, Record, Worked, counted};
use crate::{Outcome, lines, progress};

/// Write what is kept for readers without this program
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Site(Site),
}

/// Write the whole record as web pages that any browser reads from a folder, offline
///
/// Stories, reports and outlets with their JSON, feeds and exports. Search and corrections need `variorum serve` and are
/// left out. An earlier export at the same place is replaced when the new one is whole.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum export site --out site           then open site/index.html
  variorum export site --store desk.db --out /mnt/stick/desk")]
struct Site {
    /// The folder: new, empty, or an earlier export
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    record: Record,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let What::Site(site) = args.what;
    let store = site.record.open()?;
    if let Worked::Elsewhere(_) = record::work(&store)? {
        lines::say("note: another process has the desk; what it has not made yet is not in this copy");
    }
    let search = Arc::new(Search::open(&store));
    let mut count = progress::count("writing");
    let written = variorum_serve::export(State { store, search, clock: record::now }, &site.out, || count.step());
    count.end();
    let written = written?;
    if written.moved {
        lines::say("note: the record changed while it was copied, so pages may be of different states; run it again");
    }
    let (files, bytes) = (counted(written.files as u64, "file", "files"), record::bytes(written.bytes));
    record::print(&format!("Wrote {files} ({bytes}); open {}\n", site.out.join("index.html").display()))?;
    Ok(Outcome { good: 1, problems: 0 })
}
