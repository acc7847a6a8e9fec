//! `variorum clean`: pages in, reports out.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use variorum::news::{Body, Page, Problem, Report};

use crate::lines::{self, Printer};
use crate::{Outcome, inputs};

/// Clean pages to the article's own words: one report a line
///
/// Reads files, folders, archives, or JSON Lines on standard input; what was taken out stands in `removed`.
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

/// Pages that are cleaned together, on all cores; what is printed does not depend on it.
const BATCH: usize = 64;

/// Bytes from which on a batch is full, so that large pages do not pile up.
const BATCH_BYTES: usize = 16 << 20;

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let published = inputs::published(args.published.as_deref())?;
    let reads_input = args.paths.iter().any(|path| path == Path::new("-"));
    let is_pipe = args.paths.is_empty() || args.paths == [PathBuf::from("-")];
    if is_pipe && inputs::holds_lines()? {
        return lines::for_each(|printer, line, number| {
            variorum_read::read_line(line).into_iter().try_for_each(|page| {
                let page = page
                    .map_err(|problem| if problem.id.is_some() { problem } else { lines::at(number, &problem.reason) });
                answer(printer, page, published)
            })
        });
    }
    let paths = if is_pipe { vec![PathBuf::from("-")] } else { args.paths };
    // Who writes into a pipe may wait for an answer before it writes on.
    let most = if reads_input { 1 } else { BATCH };
    let mut printer = Printer::new();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    let mut done = Ok(());
    inputs::pages(&paths, |page| {
        if done.is_err() {
            return;
        }
        bytes += size(&page);
        batch.push(page);
        if batch.len() >= most || bytes > BATCH_BYTES {
            done = answer_all(&mut printer, std::mem::take(&mut batch), published);
            bytes = 0;
        }
    });
    done?;
    answer_all(&mut printer, batch, published)?;
    printer.end()
}

fn size(page: &Result<Page, Problem>) -> usize {
    match page.as_ref().map(|page| &page.body) {
        Ok(Body::Text(words) | Body::Html(words) | Body::Fragment(words)) => words.len(),
        _ => 0,
    }
}

/// Cleans pages on all cores and prints them in their order.
fn answer_all(printer: &mut Printer, pages: Vec<Result<Page, Problem>>, published: Option<&str>) -> anyhow::Result<()> {
    let cleaned: Vec<Result<Report, Problem>> =
        pages.into_par_iter().map(|page| page.and_then(|page| variorum::clean(&page))).collect();
    cleaned.into_iter().try_for_each(|report| print(printer, report, published))
}

fn answer(printer: &mut Printer, page: Result<Page, Problem>, published: Option<&str>) -> anyhow::Result<()> {
    print(printer, page.and_then(|page| variorum::clean(&page)), published)
}

fn print(printer: &mut Printer, report: Result<Report, Problem>, published: Option<&str>) -> anyhow::Result<()> {
    match report {
        Ok(report) => printer.good(&inputs::dated(report, published)),
        Err(problem) => printer.problem(problem),
    }
}
