//! `variorum add`: reports are kept, and their stories made.

use std::path::{Path, PathBuf};

use crate::keeping::{self, Keeping, Readings};
use crate::record::{self, Record};
use crate::spool::Entry;
use crate::{Outcome, clean, inputs, lines, progress};

/// Keep reports in the newsroom's record, and make their stories
///
/// Reads what `collate` reads: files, folders, archives, or JSON Lines on standard input for `-`. A report that is there
/// already is known; one with other words is a revision, and the earlier words are kept. What is told is on the disk: it
/// is there after a crash.
///
/// Each page is cleaned by itself, so that its words do not depend on what else came with it; `variorum clean PATH… |
/// variorum add -` takes out lines that an outlet repeats, too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum add reports/
  variorum add crawl.warc.gz --store desk.db
  variorum clean pages/ | variorum add -
  variorum add feed.xml --json     a line for each report, as soon as it is on the disk")]
pub struct Args {
    /// Files and folders; `-` is standard input (JSON Lines)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    record: Record,
    /// Keep the reports only; `variorum serve`, or the next `variorum add`, places them and makes their stories
    #[arg(long)]
    no_work: bool,
    /// Publication date for texts that carry none (2025-03-27, or RFC 3339)
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Take out the lines of this table, written by `variorum clean --write-repeated-lines`
    #[arg(long, value_name = "FILE")]
    repeated_lines: Option<PathBuf>,
    /// Print a line of JSON for each report once it is on the disk, and for each problem
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let published = inputs::published(args.published.as_deref())?;
    let table = args.repeated_lines.as_deref().map(clean::read_table).transpose()?.unwrap_or_default();
    let store = args.record.open_or_make()?;
    let mut keeping = Keeping::new(&store, Readings::Drop, args.json.then(lines::Printer::new));
    if args.paths.iter().any(|path| path == Path::new("-")) {
        keeping = keeping.of_pipe();
    }
    let mut count = progress::count("keeping");
    clean::each_entry(&args.paths, published, |entry| {
        count.step();
        match entry {
            Entry::Report { report, before: true } => keeping.report(*report),
            Entry::Report { report, before: false } => keeping.report(variorum::strip_repeated(*report, &table)),
            Entry::Problem(problem) => keeping.problem(problem),
        }
    })?;
    count.end();
    let kept = keeping.end()?;
    let worked = if args.no_work { None } else { Some(record::work(&store)?) };
    if !args.json {
        record::print(&keeping::closing(&store, &kept, worked.as_ref(), &args.record)?)?;
    }
    Ok(kept.outcome())
}
