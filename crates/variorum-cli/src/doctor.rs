//! `variorum doctor`: is the record sound, and what to do where it is not.

use std::path::Path;

use variorum_store::search::Search;
use variorum_store::{Examination, Store, examine};

use crate::Outcome;
use crate::record::{self, Record, grouped};

/// Examine the newsroom's record: is it sound, what does it hold, what is to be done
///
/// Reads every page, reference, body and checksum, and the search index; mends nothing. Exit status 1 where anything is wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum doctor
  variorum doctor --store desk.db --json")]
pub struct Args {
    #[command(flatten)]
    record: Record,
    /// Print counts and findings as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let path = args.record.path();
    let mut found = examine(&path)?;
    // The index is derived: a record that is damaged has other worries, and one without an index never was searched.
    if found.is_sound() && index(&path).is_dir() {
        let store = Store::open_existing(&path)?;
        found.findings = Search::open(&store).examine(&store)?;
    }
    let text = if args.json { format!("{}\n", serde_json::to_string(&found)?) } else { said(&path, &found) };
    record::print(&text)?;
    let sound = found.is_sound();
    Ok(Outcome { good: usize::from(sound), problems: found.findings.len() })
}

fn index(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".search");
    name.into()
}

fn said(path: &Path, found: &Examination) -> String {
    let mut text = format!("{}\n", path.display());
    for (noun, n) in &found.counts {
        text.push_str(&format!("  {:>15}  {noun}\n", grouped(*n)));
    }
    if found.is_sound() {
        text.push_str("All is well.\n");
    }
    for finding in &found.findings {
        text.push_str(&format!("wrong: {}\n   do: {}\n", finding.what, finding.advice));
    }
    text
}
