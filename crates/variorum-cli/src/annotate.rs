//! `variorum annotate`: reports in, the same reports with annotations out.

use crate::{Outcome, lines};

/// Find quotes, figures, dates, names and attributions in each report
///
/// Reads reports as JSON Lines on standard input and prints the same reports with `annotations`; the text stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  variorum clean reports/ | variorum annotate > annotated.jsonl")]
pub struct Args {}

pub fn run(_: Args) -> anyhow::Result<Outcome> {
    lines::for_each(|printer, line, number| match lines::report(line, number) {
        Ok(report) => printer.good(&variorum::annotate(report)),
        Err(problem) => printer.problem(problem),
    })
}
