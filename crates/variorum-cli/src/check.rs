//! `variorum check`: is a rewrite true to its sources?

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context;
use serde::Deserialize;
use variorum::CollateOptions;
use variorum::news::{Body, Check, Problem};

use crate::{Outcome, in_order, lines};

/// Hold a rewrite, a summary or a model's answer against its sources
///
/// Prints JSON: a verdict for every sentence, and each drift with the words of both sides.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum check summary.txt --against report-1.txt report-2.txt
  variorum check summary.txt --against report.txt --summary
  variorum check draft.txt --against wire.txt --fail-under 0.9 > findings.json
  variorum check --jsonl < pairs.jsonl
  variorum check draft.txt --against wire.txt --model http://localhost:8080/v1

With --model, sentences that are not borne out are sent with the sources to that address (a key in VARIORUM_MODEL_KEY goes along). What comes back is shown only where the texts print its words, and marked `proposed`. Without it nothing leaves this machine.")]
pub struct Args {
    /// The text to check
    #[arg(required_unless_present = "jsonl")]
    rewrite: Option<PathBuf>,
    /// The texts that it was made from
    #[arg(long, num_args = 1.., value_name = "SOURCE", required_unless_present = "jsonl")]
    against: Vec<PathBuf>,
    /// Check many: a line {"id", "rewrite": "…", "sources": ["…"]} each
    #[arg(long, conflicts_with_all = ["rewrite", "against"])]
    jsonl: bool,
    /// Show less sure findings too
    #[arg(long)]
    all: bool,
    /// Print for a person to read, not JSON
    #[arg(long)]
    summary: bool,
    /// End with status 1 where a text is less faithful than this (0 to 1)
    #[arg(long, value_name = "SHARE", value_parser = share)]
    fail_under: Option<f64>,
    #[command(flatten)]
    model: crate::model::Advisor,
}

#[derive(Debug, Deserialize)]
struct Pair {
    id: String,
    rewrite: String,
    sources: Vec<String>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let bar = Bar { least: args.fail_under, under: 0 };
    match &args.rewrite {
        Some(rewrite) => one(&args, rewrite, bar),
        None => many(&args, bar),
    }
}

/// The least faithfulness that passes, and how many texts fell under it.
#[derive(Debug)]
struct Bar {
    least: Option<f64>,
    under: usize,
}

impl Bar {
    fn see(&mut self, check: &Check) {
        self.under += usize::from(self.least.is_some_and(|least| check.faithful < least));
    }

    fn end(&self, outcome: Outcome) -> anyhow::Result<Outcome> {
        let Some(least) = self.least.filter(|_| self.under > 0) else { return Ok(outcome) };
        let of = outcome.good;
        anyhow::bail!(
            "{} of {of} {} less faithful than {least}\n  hint: each entry of `drift` names the words and what the source says",
            self.under,
            if of == 1 { "text is" } else { "texts are" }
        )
    }
}

fn one(args: &Args, rewrite: &Path, mut bar: Bar) -> anyhow::Result<Outcome> {
    let text = words_of(rewrite)?;
    let sources = args.against.iter().map(|path| words_of(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let check = args.model.improve(variorum::check(&text, &sources, &args.options()))?;
    bar.see(&check);
    if args.summary {
        let names: Vec<String> = args.against.iter().map(|path| path.display().to_string()).collect();
        let text = variorum_publish::check_summary(&check, &names, crate::collate::width(), crate::collate::colour());
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return bar.end(Outcome { good: 1, problems: 0 });
    }
    let mut printer = lines::Printer::new();
    printer.good(&check)?;
    bar.end(printer.end()?)
}

fn many(args: &Args, mut bar: Bar) -> anyhow::Result<Outcome> {
    let options = args.options();
    if !args.model.is_asked() {
        return at_once(options, bar);
    }
    let outcome = lines::for_each(|printer, line, number| match serde_json::from_str::<Pair>(line) {
        Ok(pair) => {
            let mut check = args.model.improve(variorum::check(&pair.rewrite, &pair.sources, &options))?;
            check.id = Some(pair.id);
            bar.see(&check);
            printer.good(&check)
        }
        Err(e) => printer.problem(no_pair(line, number, &e)),
    })?;
    bar.end(outcome)
}

/// Checks pairs on all cores; the answers come in the order of the lines.
fn at_once(options: CollateOptions, mut bar: Bar) -> anyhow::Result<Outcome> {
    let (under, least) = (Arc::new(AtomicUsize::new(0)), bar.least);
    let seen = Arc::clone(&under);
    let outcome = in_order::for_each(move |line, number| {
        let pair: Pair = serde_json::from_str(line).map_err(|e| no_pair(line, number, &e))?;
        let mut check = variorum::check(&pair.rewrite, &pair.sources, &options);
        check.id = Some(pair.id);
        let mut bar = Bar { least, under: 0 };
        bar.see(&check);
        seen.fetch_add(bar.under, Ordering::Relaxed);
        Ok(check)
    })?;
    bar.under = under.load(Ordering::Relaxed);
    bar.end(outcome)
}

/// Returns the problem of a line that is no pair.
fn no_pair(line: &str, number: usize, error: &serde_json::Error) -> Problem {
    let id = serde_json::from_str::<serde_json::Value>(line).ok().and_then(|v| v["id"].as_str().map(str::to_owned));
    let reason = format!("not a line {{\"id\", \"rewrite\", \"sources\"}}: {error}");
    match id {
        Some(id) => Problem::of_id(id, reason),
        None => lines::at(number, &reason),
    }
}

impl Args {
    fn options(&self) -> CollateOptions {
        CollateOptions { all: self.all }
    }
}

/// Reads a share, from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let wrong = || format!("`{text}` is no share; give a number from 0 to 1, such as 0.9");
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(wrong)
}

/// Returns the words of a file: plain text as it stands, a web page cleaned first.
fn words_of(path: &Path) -> anyhow::Result<String> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    let mut pages = variorum_read::read_bytes(&shown, &bytes).into_iter();
    let page = match (pages.next(), pages.next()) {
        (Some(Ok(page)), None) => page,
        (Some(Err(problem)), _) => anyhow::bail!("{shown}: {}", problem.reason),
        _ => anyhow::bail!("{shown} holds several reports; use `check --jsonl`"),
    };
    match page.body {
        Body::Text(text) => Ok(text),
        _ => match variorum::clean(&page) {
            Ok(report) => Ok(report.text),
            Err(problem) => anyhow::bail!("{shown}: {}", problem.reason),
        },
    }
}
