//! `variorum annotate`: reports in, the same reports with annotations out.

use variorum::Depth;

use crate::{Outcome, lines};

/// Find quotes, figures, dates, names and attributions in each report
///
/// Reads reports as JSON Lines on standard input and prints the same reports with `annotations`; the text stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  variorum clean reports/ | variorum annotate > annotated.jsonl")]
pub struct Args {
    /// Leave the grammar out: many times faster, and more is missed
    #[arg(long)]
    fast: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let depth = if args.fast { Depth::Fast } else { Depth::Grammar };
    lines::for_each(|printer, line, number| match lines::report(line, number) {
        Ok(report) => printer.good(&variorum::annotate(report, depth)),
        Err(problem) => printer.problem(problem),
    })
}
