//! `variorum check`: is a rewrite true to its sources?

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;
use variorum::news::{Body, Problem};

use crate::{Outcome, lines};

/// Hold a rewrite, a summary or a model's answer against its sources
///
/// Prints JSON: a verdict for every sentence, and each drift with the words of both sides.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  variorum check summary.txt --against report-1.txt report-2.txt\n  variorum check --jsonl < pairs.jsonl"
)]
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
}

#[derive(Debug, Deserialize)]
struct Pair {
    id: String,
    rewrite: String,
    sources: Vec<String>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let options = variorum::CollateOptions { all: args.all };
    let Some(rewrite) = args.rewrite else { return many(&options) };
    let text = words_of(&rewrite)?;
    let sources = args.against.iter().map(|path| words_of(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut printer = lines::Printer::new();
    printer.good(&variorum::check(&text, &sources, &options))?;
    printer.end()
}

fn many(options: &variorum::CollateOptions) -> anyhow::Result<Outcome> {
    lines::for_each(|printer, line, number| match serde_json::from_str::<Pair>(line) {
        Ok(pair) => {
            let mut check = variorum::check(&pair.rewrite, &pair.sources, options);
            check.id = Some(pair.id);
            printer.good(&check)
        }
        Err(e) => {
            let id =
                serde_json::from_str::<serde_json::Value>(line).ok().and_then(|v| v["id"].as_str().map(str::to_owned));
            let reason = format!("not a line {{\"id\", \"rewrite\", \"sources\"}}: {e}");
            printer.problem(match id {
                Some(id) => Problem::of_id(id, reason),
                None => lines::at(number, &reason),
            })
        }
    })
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
