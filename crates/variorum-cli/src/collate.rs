//! `variorum collate`: the main job.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;
use serde_json::Value;
use variorum::GroupOptions;
use variorum::news::{Dossier, Problem, Report};
use variorum_publish::Colour;

use crate::trace::Group;
use crate::{Outcome, inputs, lines, progress};

/// Collate reports: who copied whom, what they agree on, where they differ, what a rewrite bent
///
/// Reads files and folders (.txt, .html, .jsonl; `-` for standard input) and prints a summary; with --out it writes a
/// page that reads without network or script, and the dossier as JSON.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum collate reports/ --out page
  variorum collate a.txt b.txt --published 2025-03-27 --json
  variorum collate reports/ --one-story
  variorum clean reports/ | variorum collate - --json
  variorum collate --jsonl < stories.jsonl")]
pub struct Args {
    /// Files and folders; `-` is standard input (JSON Lines)
    #[arg(required_unless_present = "jsonl")]
    paths: Vec<PathBuf>,
    /// Write index.html and dossier.json into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the dossier as JSON instead of a summary
    #[arg(long)]
    json: bool,
    /// Collate many stories: a line {"id", "reports": […]} each, one dossier a line out
    #[arg(long, conflicts_with_all = ["paths", "out", "json"])]
    jsonl: bool,
    /// The reports tell one event: do not group them
    #[arg(long, conflicts_with = "jsonl")]
    one_story: bool,
    /// Publication date for texts that carry none (2025-03-27, or RFC 3339)
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// How many threads to use; the result is the same for any number
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Show less sure findings too
    #[arg(long)]
    all: bool,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build_global().context("cannot start threads")?;
    }
    let options = variorum::CollateOptions { all: args.all };
    let published = inputs::published(args.published.as_deref())?;
    if args.jsonl {
        return many(published, &options);
    }
    let (reports, problems) = inputs::reports(&args.paths, published);
    let stories = if args.one_story { Stories::One } else { Stories::Grouped };
    let dossier = dossier(reports, problems, stories, &options);
    let outcome = Outcome { good: dossier.reports.len(), problems: dossier.problems.len() };
    if let Some(folder) = &args.out {
        write(&dossier, folder)?;
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if args.json {
        serde_json::to_writer(&mut out, &dossier)?;
        out.write_all(b"\n")?;
    } else {
        out.write_all(variorum_publish::summary(&dossier, width(), colour()).as_bytes())?;
        if let Some(folder) = &args.out {
            writeln!(out, "\nPage: {}", folder.join("index.html").display())?;
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// How many stories the reports tell.
#[derive(Debug, Clone, Copy)]
enum Stories {
    /// As many as grouping finds.
    Grouped,
    /// One, because the user says so.
    One,
}

/// The same steps as `variorum::collate`, with the reports and the stories shared out among threads.
fn dossier(
    reports: Vec<Report>,
    problems: Vec<Problem>,
    stories: Stories,
    options: &variorum::CollateOptions,
) -> Dossier {
    let bar = progress::bar(reports.len(), "annotating");
    let reports = annotated(reports, || bar.inc(1));
    bar.finish_and_clear();
    let members = members(&reports, stories);
    let bar = progress::bar(members.len(), "collating");
    let stories = members
        .into_par_iter()
        .map(|(id, members)| variorum::story(id, &members, options))
        .inspect(|_| bar.inc(1))
        .collect();
    bar.finish_and_clear();
    variorum::dossier(reports, stories, problems)
}

/// Returns the reports with annotations; a text that stands in several outlets is read once.
fn annotated(mut reports: Vec<Report>, done: impl Fn() + Sync) -> Vec<Report> {
    let first = variorum::first_alike(&reports);
    let annotate = |(n, report): (usize, &mut Report)| {
        if first[n] == n {
            *report = variorum::annotated(std::mem::replace(report, Report::of_text("", "")));
        }
        done();
    };
    reports.par_iter_mut().enumerate().for_each(annotate);
    variorum::annotate_alike(&mut reports, &first);
    reports
}

/// Returns the reports of each story, by the story's name.
fn members(reports: &[Report], stories: Stories) -> Vec<(String, Vec<&Report>)> {
    match stories {
        Stories::Grouped => {
            let placements = variorum::group(reports, &GroupOptions::default());
            variorum::stories_of(reports, &placements).into_iter().collect()
        }
        Stories::One => {
            reports.first().map(|first| (format!("s{}", first.id), reports.iter().collect())).into_iter().collect()
        }
    }
}

fn many(published: Option<&str>, options: &variorum::CollateOptions) -> anyhow::Result<Outcome> {
    lines::for_each(|printer, line, number| {
        let group: Group = match serde_json::from_str(line) {
            Ok(group) => group,
            Err(e) => return printer.problem(lines::at(number, &format!("not a line {{\"id\", \"reports\"}}: {e}"))),
        };
        let pages = group.reports.iter().flat_map(|value: &Value| variorum_read::read_line(&value.to_string()));
        let cleaned = pages.map(|page| Ok(inputs::dated(variorum::clean_told(&page?)?, published)));
        let (reports, problems) = variorum::in_reading_order(cleaned.collect());
        let reports = annotated(reports, || ());
        let members: Vec<&Report> = reports.iter().collect();
        let stories = if members.is_empty() {
            Vec::new()
        } else {
            vec![variorum::story(format!("s{}", group.id), &members, options)]
        };
        let mut dossier = variorum::dossier(reports, stories, problems);
        dossier.id = Some(group.id);
        printer.good(&dossier)
    })
}

fn write(dossier: &Dossier, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let page = folder.join("index.html");
    std::fs::write(&page, variorum_publish::page(dossier))
        .with_context(|| format!("cannot write {}", page.display()))?;
    let json = folder.join("dossier.json");
    let mut bytes = serde_json::to_vec_pretty(dossier)?;
    bytes.push(b'\n');
    std::fs::write(&json, bytes).with_context(|| format!("cannot write {}", json.display()))
}

pub fn colour() -> Colour {
    let wanted = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    if wanted { Colour::Ansi } else { Colour::None }
}

pub fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(100).clamp(60, 120)
}
