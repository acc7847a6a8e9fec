//! `variorum group`: reports in, the story of each out.

use std::collections::BTreeSet;
use std::num::NonZeroU64;
use std::path::PathBuf;

use variorum::news::{Problem, Report, ReportId};
use variorum::{GroupOptions, Shelf};

use crate::shelf_file::ShelfFile;
use crate::{Outcome, lines};

/// Tell which story each report belongs to, as reports stream in
///
/// A line is answered from what came before it only. Later merges stand in lines of their own: the first story survives.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum clean reports/ | variorum group\n  variorum group --window 7 < stream.jsonl\n  \
        variorum group --window 14 --shelf news.shelf < monday.jsonl\n  \
        variorum group --window 14 --shelf news.shelf < tuesday.jsonl   goes on as if both days were one stream"
)]
pub struct Args {
    /// Forget stories that took no report for this many days (bounds memory)
    #[arg(long, value_name = "DAYS")]
    window: Option<u32>,
    /// Undo merges that later reports contradict, as lines {"split":["s1","s2"],"reports":["id", …]}
    ///
    /// The story that leaves gets back the name that it had before the merge. Without this, stories only ever merge.
    #[arg(long, conflicts_with = "whole")]
    splits: bool,
    /// Read all first; later reports may decide, and the order of input does not
    #[arg(long)]
    whole: bool,
    /// Go on from the shelf in this file, if it is there, and save the shelf to it at the end
    ///
    /// The file is replaced whole: after a crash it is as it was last saved. Feed the lines since then again; those that
    /// are on the shelf already are told as problems. Go on with the same --window.
    #[arg(long, value_name = "FILE", conflicts_with = "whole")]
    shelf: Option<PathBuf>,
    /// Save the shelf after every so many lines too
    #[arg(long, value_name = "LINES", requires = "shelf")]
    save_every: Option<NonZeroU64>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let options = GroupOptions { window: args.window, splits: args.splits };
    if args.whole { whole(&options) } else { stream(&args, &options) }
}

fn stream(args: &Args, options: &GroupOptions) -> anyhow::Result<Outcome> {
    let (file, mut shelf) = match &args.shelf {
        Some(path) => ShelfFile::open(path, options).map(|(file, shelf)| (Some(file), shelf))?,
        None => (None, Shelf::default()),
    };
    let mut read = 0;
    let outcome = lines::for_each(|printer, line, number| {
        answer(&mut shelf, printer, lines::report(line, number), options)?;
        read += 1;
        match (&file, args.save_every) {
            (Some(file), Some(every)) if read % every == 0 => {
                // Who reads on from the saved shelf must have every answer that it rests on.
                printer.flush()?;
                file.save(&shelf, options)
            }
            _ => Ok(()),
        }
    })?;
    file.iter().try_for_each(|file| file.save(&shelf, options))?;
    Ok(outcome)
}

fn answer(
    shelf: &mut Shelf,
    printer: &mut lines::Printer,
    report: Result<Report, Problem>,
    options: &GroupOptions,
) -> anyhow::Result<()> {
    match report {
        Ok(report) if variorum::holds(shelf, &report.id) => printer.problem(twice(&report.id)),
        Ok(report) => {
            let mut answers = variorum::place(shelf, report, options).into_iter();
            if let Some(placement) = answers.next() {
                printer.good(&placement)?;
            }
            answers.try_for_each(|merge| printer.line(&merge))
        }
        Err(problem) => printer.problem(problem),
    }
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
