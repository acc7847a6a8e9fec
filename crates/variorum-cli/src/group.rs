//! `variorum group`: reports in, the story of each out.

use std::collections::BTreeSet;

use variorum::news::{Problem, ReportId};
use variorum::{GroupOptions, Shelf};

use crate::{Outcome, lines};

/// Tell which story each report belongs to, as reports stream in
///
/// A line is answered from what came before it only. Later merges stand in lines of their own: the first story survives.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum clean reports/ | variorum group\n  variorum group --window 7 < stream.jsonl"
)]
pub struct Args {
    /// Forget stories that took no report for this many days (bounds memory)
    #[arg(long, value_name = "DAYS")]
    window: Option<u32>,
    /// Read all first; later reports may decide, and the order of input does not
    #[arg(long)]
    whole: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let options = GroupOptions { window: args.window };
    if args.whole { whole(&options) } else { stream(&options) }
}

fn stream(options: &GroupOptions) -> anyhow::Result<Outcome> {
    let mut shelf = Shelf::default();
    lines::for_each(|printer, line, number| match lines::report(line, number) {
        Ok(report) if variorum::holds(&shelf, &report.id) => printer.problem(twice(&report.id)),
        Ok(report) => {
            let mut answers = variorum::place(&mut shelf, report, options).into_iter();
            if let Some(placement) = answers.next() {
                printer.good(&placement)?;
            }
            answers.try_for_each(|merge| printer.line(&merge))
        }
        Err(problem) => printer.problem(problem),
    })
}

fn whole(options: &GroupOptions) -> anyhow::Result<Outcome> {
    let mut reports = Vec::new();
    let mut answers: Vec<Result<ReportId, Problem>> = Vec::new();
    let mut seen = BTreeSet::new();
    let read = lines::for_each(|_, line, number| {
        answers.push(match lines::report(line, number) {
            Ok(report) if !seen.insert(report.id.clone()) => Err(twice(&report.id)),
            Ok(report) => {
                let id = report.id.clone();
                reports.push(report);
                Ok(id)
            }
            Err(problem) => Err(problem),
        });
        Ok(())
    })?;
    let mut placements = variorum::group(&reports, options).into_iter();
    let mut printer = lines::Printer::new();
    for answer in answers {
        match answer {
            Ok(_) => match placements.next() {
                Some(placement) => printer.good(&placement)?,
                None => anyhow::bail!("a report was lost while grouping; please report this"),
            },
            Err(problem) => printer.problem(problem)?,
        }
    }
    let done = printer.end()?;
    Ok(Outcome { good: done.good, problems: done.problems + read.problems })
}

fn twice(id: &ReportId) -> Problem {
    Problem::of_id(id.as_ref(), "this id stood in an earlier line; give each report its own id")
}
