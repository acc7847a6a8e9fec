//! `variorum clean`: pages in, reports out.

use std::path::PathBuf;

use variorum::news::{Page, Problem};

use crate::lines::{self, Printer};
use crate::{Outcome, inputs};

/// Clean pages to the article's own words: one report a line
///
/// Reads files, folders, or JSON Lines on standard input; what was taken out stands in `removed`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum clean page.html notes.txt > reports.jsonl\n  variorum clean < pages.jsonl"
)]
pub struct Args {
    /// Files and folders; standard input (JSON Lines) where none is named, or for `-`
    paths: Vec<PathBuf>,
    /// Publication date for texts that carry none (2025-03-27, or RFC 3339)
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let published = inputs::published(args.published.as_deref())?;
    if args.paths.is_empty() || args.paths == [PathBuf::from("-")] {
        return lines::for_each(|printer, line, number| {
            variorum_read::read_line(line).into_iter().try_for_each(|page| {
                let page = page
                    .map_err(|problem| if problem.id.is_some() { problem } else { lines::at(number, &problem.reason) });
                answer(printer, page, published)
            })
        });
    }
    let mut printer = Printer::new();
    let mut failed = None;
    inputs::pages(&args.paths, |page| {
        if failed.is_none() {
            failed = answer(&mut printer, page, published).err();
        }
    });
    match failed {
        Some(error) => Err(error),
        None => printer.end(),
    }
}

fn answer(printer: &mut Printer, page: Result<Page, Problem>, published: Option<&str>) -> anyhow::Result<()> {
    match page.and_then(|page| variorum::clean(&page)) {
        Ok(report) => printer.good(&inputs::dated(report, published)),
        Err(problem) => printer.problem(problem),
    }
}
