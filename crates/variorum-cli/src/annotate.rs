//! `variorum annotate`: reports in, the same reports with annotations out.

use variorum::Depth;

use crate::{Outcome, in_order, lines};

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
    in_order::for_each(move |line, number| lines::report(line, number).map(|report| variorum::annotate(report, depth)))
}
