//! `variorum clean`: pages in, reports out.

use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;
use variorum::RepeatedLines;
use variorum::news::{Body, Page, Problem};

use crate::inputs::Cleaned;
use crate::lines::{self, Printer};
use crate::spool::{Entry, Spool};
use crate::{Outcome, inputs, progress};

/// Clean pages to the article's own words: one report a line
///
/// Reads files, folders, archives, or JSON Lines on standard input; what was taken out stands in `removed`. Lines that
/// an outlet repeats on its pages are learned from the files and folders of a run, and taken out too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum clean page.html notes.txt > reports.jsonl
  variorum clean pages/ --write-repeated-lines table.json > reports.jsonl
  variorum clean --repeated-lines table.json < pages.jsonl")]
pub struct Args {
    /// Files and folders; standard input (JSON Lines) where none is named, or for `-`
    paths: Vec<PathBuf>,
    /// Publication date for texts that carry none (2025-03-27, or RFC 3339)
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Take out the lines of this table instead of learning what repeats in the run
    #[arg(long, value_name = "FILE")]
    repeated_lines: Option<PathBuf>,
    /// Write the table of the lines that repeat in the files and folders of this run
    #[arg(long, value_name = "FILE", conflicts_with = "repeated_lines", requires = "paths")]
    write_repeated_lines: Option<PathBuf>,
}

/// Pages that are cleaned together, on all cores; what is printed does not depend on it.
const BATCH: usize = 64;

/// Bytes from which on a batch is full, so that large pages do not pile up.
const BATCH_BYTES: usize = 16 << 20;

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let published = inputs::published(args.published.as_deref())?;
    let table = args.repeated_lines.as_deref().map(read_table).transpose()?;
    let is_pipe = args.paths.is_empty() || args.paths == [PathBuf::from("-")];
    if is_pipe && inputs::holds_lines()? {
        let table = table.unwrap_or_default();
        return lines::for_each(|printer, line, number| {
            variorum_read::read_line(line).into_iter().try_for_each(|page| {
                let page = page
                    .map_err(|problem| if problem.id.is_some() { problem } else { lines::at(number, &problem.reason) });
                print(printer, entry(page, published), &table)
            })
        });
    }
    let paths = if is_pipe { vec![PathBuf::from("-")] } else { args.paths };
    match table {
        Some(table) => at_once(&paths, published, &table),
        None => learned(&paths, published, args.write_repeated_lines.as_deref()),
    }
}

/// Answers every page as it is read.
fn at_once(paths: &[PathBuf], published: Option<&str>, table: &RepeatedLines) -> anyhow::Result<Outcome> {
    let mut printer = Printer::new();
    each_entry(paths, published, |entry| print(&mut printer, entry, table))?;
    printer.end()
}

/// Cleans all pages first; the reports wait on disk until the run knows what repeats in them.
fn learned(paths: &[PathBuf], published: Option<&str>, write_to: Option<&Path>) -> anyhow::Result<Outcome> {
    let mut spool = Spool::new()?;
    let mut count = progress::count("cleaning");
    each_entry(paths, published, |entry| {
        count.step();
        spool.push(&entry)
    })?;
    count.end();
    let (table, entries) = spool.learned()?;
    let mut printer = Printer::new();
    for entry in entries {
        print(&mut printer, entry?, &table)?;
    }
    if let Some(path) = write_to {
        write_table(path, &table)?;
    }
    printer.end()
}

/// Cleans pages on all cores and hands on what they gave in their order.
pub fn each_entry(
    paths: &[PathBuf],
    published: Option<&str>,
    mut each: impl FnMut(Entry) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut clean = |batch: &mut Vec<Result<Page, Problem>>| {
        let batch = std::mem::take(batch);
        let entries: Vec<Entry> = batch.into_par_iter().map(|page| entry(page, published)).collect();
        entries.into_iter().try_for_each(&mut each)
    };
    // Who writes into a pipe may wait for an answer before it writes on.
    let most = if paths.iter().any(|path| path == Path::new("-")) { 1 } else { BATCH };
    let (mut batch, mut bytes) = (Vec::new(), 0);
    let mut done = Ok(());
    inputs::pages(paths, |page| {
        if done.is_err() {
            return;
        }
        bytes += size(&page);
        batch.push(page);
        if batch.len() >= most || bytes > BATCH_BYTES {
            done = clean(&mut batch);
            bytes = 0;
        }
    });
    done?;
    clean(&mut batch)
}

fn size(page: &Result<Page, Problem>) -> usize {
    match page.as_ref().map(|page| &page.body) {
        Ok(Body::Text(words) | Body::Html(words) | Body::Fragment(words)) => words.len(),
        _ => 0,
    }
}

fn entry(page: Result<Page, Problem>, published: Option<&str>) -> Entry {
    let cleaned = Cleaned::of(&page);
    match page.and_then(|page| variorum::clean(&page)) {
        Ok(report) => {
            Entry::Report { report: Box::new(inputs::dated(report, published)), before: cleaned == Cleaned::Before }
        }
        Err(problem) => Entry::Problem(problem),
    }
}

fn print(printer: &mut Printer, entry: Entry, table: &RepeatedLines) -> anyhow::Result<()> {
    match entry {
        Entry::Report { report, before: true } => printer.good(&report),
        Entry::Report { report, before: false } => printer.good(&variorum::strip_repeated(*report, table)),
        Entry::Problem(problem) => printer.problem(problem),
    }
}

/// Returns the table of repeated lines in a file.
pub fn read_table(path: &Path) -> anyhow::Result<RepeatedLines> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| {
        format!(
            "{} is no table of repeated lines\nhint: `variorum clean PATH… --write-repeated-lines FILE` writes one",
            path.display()
        )
    })
}

fn write_table(path: &Path, table: &RepeatedLines) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(table)?;
    text.push('\n');
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
