//! `variorum archive`: the same stages over a whole archive, to tables of columns.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use variorum::news::Problem;
use variorum_archive::{Config, Error, Flaw, Machine, Manifest, Options, Ran, Spent};

use crate::keeping::told;
use crate::progress::{self, Stages};
use crate::record::{self, bytes, counted, grouped};
use crate::{Outcome, inputs, lines};

/// Read a whole archive: reports and their stories as tables of Parquet, with a manifest
///
/// Does with millions of pages what `collate` does with a few: cleans, annotates, groups, traces, collates, composes. What
/// comes is the same, byte for byte, on any number of threads and on a cluster (`python -m variorum.spark`), and stands in
/// `DIR/manifest.json` with a SHA-256 for each file. A run that was stopped goes on where it stopped: give the same command
/// again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum archive crawl/ --out archive
  variorum archive CC-NEWS-*.warc.gz --out archive --threads 8 --timings
  variorum archive back-file.parquet --out archive --published 2019-05-01
  variorum archive --verify archive     every file is held against its SHA-256
  variorum import archive               bring it into the record of the newsroom")]
pub struct Args {
    /// Files and folders: WARC, Parquet, JSON Lines, feeds, agency items, pages
    #[arg(required_unless_present = "verify", conflicts_with = "verify")]
    paths: Vec<PathBuf>,
    /// The folder of the archive; a new one, or one that the same command began
    #[arg(long, value_name = "DIR", required_unless_present = "verify", conflicts_with = "verify")]
    out: Option<PathBuf>,
    /// Days after which a story takes no more reports
    #[arg(long, value_name = "DAYS", default_value_t = Options::default().window, conflicts_with = "verify")]
    window: u32,
    /// Publication date for texts that carry none (2025-03-27, or RFC 3339)
    #[arg(long, value_name = "DATE", conflicts_with = "verify")]
    published: Option<String>,
    /// How many threads to use; the result is the same for any number
    #[arg(long, value_name = "N", conflicts_with = "verify")]
    threads: Option<usize>,
    /// Keep what the steps between wrote, so that a later run with more inputs cleans and annotates only those
    #[arg(long, conflicts_with = "verify")]
    keep_work: bool,
    /// Tell on standard error what each stage took
    #[arg(long, conflicts_with = "verify")]
    timings: bool,
    /// Hold every file of an archive against its SHA-256 in the manifest; status 1 where one is not as it was
    #[arg(long, value_name = "DIR")]
    verify: Option<PathBuf>,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    match (&args.verify, &args.out) {
        (Some(archive), _) => verify(archive),
        (None, Some(out)) => make(&args, out),
        (None, None) => unreachable!("one of them is required"),
    }
}

fn make(args: &Args, out: &Path) -> anyhow::Result<Outcome> {
    let published = inputs::published(args.published.as_deref())?;
    if args.paths.iter().any(|path| path == Path::new("-")) {
        bail!("an archive is made from files\nhint: write standard input to a file first");
    }
    let config = Config {
        inputs: args.paths.clone(),
        out: out.to_owned(),
        options: Options { window: args.window, published: published.map(str::to_owned) },
        keep_work: args.keep_work,
    };
    let machine = Machine { threads: args.threads.map(|n| n.max(1)), ..Machine::default() };
    let stages = Stages::new();
    let ran = variorum_archive::run(config, &machine, &|stage, done, of| stages.tell(stage, done, of));
    stages.end();
    let Ran { summary, spent } = ran.map_err(hinted)?;
    if args.timings {
        timings(&spent, summary.manifest.reports).iter().for_each(|line| lines::say(line));
    }
    let manifest = &summary.manifest;
    if summary.was_whole {
        record::print(&format!("{} is whole already; nothing was left to do.\n", out.display()))?;
    }
    record::print(&closing(out, manifest))?;
    let count = |n| usize::try_from(n).unwrap_or(usize::MAX);
    Ok(Outcome { good: count(manifest.reports), problems: count(manifest.problems) })
}

/// Returns an error of an archive with what to do about it.
pub fn hinted(error: Error) -> anyhow::Error {
    let hint = error.hint();
    anyhow::anyhow!("{error}\nhint: {hint}")
}

/// Returns what a person wants to know at the end: what the archive holds, where it is, what to do with it.
fn closing(out: &Path, manifest: &Manifest) -> String {
    let shown = out.display();
    let (langs, days) = (parts(manifest, "lang="), parts(manifest, "day="));
    let dated = days.iter().filter(|day| day.as_str() != "unknown").count() as u64;
    let size = manifest.files.iter().map(|file| file.bytes).sum();
    let mut text = format!(
        "{} in {}: {}, {}.\n",
        counted(manifest.reports, "report", "reports"),
        counted(manifest.stories, "story", "stories"),
        counted(langs.len() as u64, "language", "languages"),
        counted(dated, "day", "days"),
    );
    if manifest.problems > 0 {
        text.push_str(&format!(
            "{}, told in {shown}/problems; the first:\n  {}\n",
            counted(manifest.problems, "problem", "problems"),
            first_problem(out, manifest).as_ref().map(told).unwrap_or_default(),
        ));
    }
    text.push_str(&format!(
        "{} in {} under {shown}, each with its SHA-256 in {shown}/manifest.json.\n",
        bytes(size),
        counted(manifest.files.len() as u64, "file", "files"),
    ));
    if manifest.reports > 0 {
        text.push_str(&format!(
            "Next: `variorum import {shown}` brings it into the record; `variorum archive --verify {shown}` checks it.\n\
             To read it:\n  \
             DuckDB  SELECT lang, day, count(*) FROM '{shown}/reports/**/*.parquet' GROUP BY ALL;\n  \
             polars  pl.scan_parquet(\"{shown}/reports\", hive_partitioning=True)\n  \
             pandas  pd.read_parquet(\"{shown}/stories\")\n",
        ));
    }
    text
}

/// Returns the values that a partition has among the reports.
fn parts(manifest: &Manifest, key: &str) -> BTreeSet<String> {
    let reports = manifest.files.iter().filter(|file| file.path.starts_with("reports/"));
    reports.flat_map(|file| file.path.split('/')).filter_map(|part| part.strip_prefix(key)).map(str::to_owned).collect()
}

fn first_problem(out: &Path, manifest: &Manifest) -> Option<Problem> {
    let file = manifest.files.iter().find(|file| file.path.starts_with("problems/"))?;
    let mut first = None;
    // Reading ends with an error after the first one; what else goes wrong here only leaves it untold.
    let _ = variorum_archive::problems_of(&out.join(&file.path), &mut |problem| {
        first = Some(problem);
        Err(Error::Nothing { why: None })
    });
    first
}

/// Returns a table of what the stages took.
fn timings(spent: &[Spent], reports: u64) -> Vec<String> {
    let mut lines =
        vec![format!("{:<10} {:>8} {:>10} {:>10} {:>24}", "stage", "parts", "wall", "cores", "reports a core-second")];
    let seconds = |time: std::time::Duration| format!("{:.2} s", time.as_secs_f64());
    let line = |name: &str, parts: usize, wall: std::time::Duration, cpu: Option<std::time::Duration>| {
        let pace = cpu.filter(|cpu| !cpu.is_zero()).map(|cpu| grouped((reports as f64 / cpu.as_secs_f64()) as u64));
        let (cpu, pace) = (cpu.map_or_else(|| "–".to_owned(), seconds), pace.unwrap_or_else(|| "–".to_owned()));
        format!("{name:<10} {:>8} {:>10} {cpu:>10} {pace:>24}", grouped(parts as u64), seconds(wall))
    };
    lines.extend(spent.iter().map(|spent| line(&spent.stage, spent.names, spent.wall, spent.cpu)));
    lines.push(line(
        "all",
        spent.iter().map(|spent| spent.names).sum(),
        spent.iter().map(|spent| spent.wall).sum(),
        spent.iter().map(|spent| spent.cpu).sum(),
    ));
    lines
}

fn verify(archive: &Path) -> anyhow::Result<Outcome> {
    let manifest = variorum_archive::manifest(archive).map_err(hinted)?;
    let bar = progress::bar(manifest.files.len(), "checking");
    let flaws = variorum_archive::verify(archive, &manifest, || bar.inc(1));
    bar.finish_and_clear();
    let flaws = flaws.map_err(hinted)?;
    record::print(&found(archive, &manifest, &flaws))?;
    Ok(Outcome { good: if flaws.is_empty() { manifest.files.len() } else { 0 }, problems: flaws.len() })
}

fn found(archive: &Path, manifest: &Manifest, flaws: &[Flaw]) -> String {
    let files = counted(manifest.files.len() as u64, "file", "files");
    let shown = archive.display();
    if flaws.is_empty() {
        let size = manifest.files.iter().map(|file| file.bytes).sum();
        return format!("{shown} is whole: {files}, {}, each as its manifest says.\n", bytes(size));
    }
    let mut text: String = flaws.iter().map(|flaw| format!("{flaw}\n")).collect();
    text.push_str(&format!(
        "{shown} is not as its manifest says: {} among {files}.\n\
         Copy those anew from where the archive was made; or name an empty folder and make it again.\n",
        counted(flaws.len() as u64, "flaw", "flaws"),
    ));
    text
}
