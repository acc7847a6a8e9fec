//! `variorum add`: reports are kept, and their stories made.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use variorum::RepeatedLines;
use variorum::news::{Problem, Report};
use variorum_store::{Receipt, Store};

use crate::record::{self, Record, Worked, counted};
use crate::spool::Entry;
use crate::{Outcome, clean, inputs, lines, progress};

/// Keep reports in the newsroom's record, and make their stories
///
/// Reads what `collate` reads: files, folders, archives, or JSON Lines on standard input for `-`. A report that is there
/// already is known; one with other words is a revision, and the earlier words are kept. What is told is on the disk: it
/// is there after a crash.
///
/// Each page is cleaned by itself, so that its words do not depend on what else came with it; `variorum clean PATH… |
/// variorum add -` takes out lines that an outlet repeats, too.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum add reports/
  variorum add crawl.warc.gz --store desk.db
  variorum clean pages/ | variorum add -
  variorum add feed.xml --json     a line for each report, as soon as it is on the disk")]
pub struct Args {
    /// Files and folders; `-` is standard input (JSON Lines)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    record: Record,
    /// Keep the reports only; `variorum serve`, or the next `variorum add`, places them and makes their stories
    #[arg(long)]
    no_work: bool,
    /// Publication date for texts that carry none (2025-03-27, or RFC 3339)
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Take out the lines of this table, written by `variorum clean --write-repeated-lines`
    #[arg(long, value_name = "FILE")]
    repeated_lines: Option<PathBuf>,
    /// Print a line of JSON for each report once it is on the disk, and for each problem
    #[arg(long)]
    json: bool,
}

/// Reports that go to the disk together.
const BATCH: usize = 1_000;

/// Bytes of text from which on a batch is full.
const BATCH_BYTES: usize = 16 << 20;

/// A pipe may fall silent: what came in is not held back for longer than this once more comes.
const PATIENCE: Duration = Duration::from_millis(200);

/// Problems that are told one by one; all are in the record.
const TOLD: u64 = 20;

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let published = inputs::published(args.published.as_deref())?;
    let table = args.repeated_lines.as_deref().map(clean::read_table).transpose()?.unwrap_or_default();
    let store = args.record.open_or_make()?;
    let mut keeping = Keeping::new(&store, table, &args);
    let mut count = progress::count("keeping");
    clean::each_entry(&args.paths, published, |entry| {
        count.step();
        keeping.take(entry)
    })?;
    count.end();
    let kept = keeping.end()?;
    let worked = if args.no_work { None } else { Some(record::work(&store)?) };
    if !args.json {
        record::print(&closing(&store, &kept, worked.as_ref(), &args.record)?)?;
    }
    Ok(Outcome { good: usize::try_from(kept.reports()).unwrap_or(usize::MAX), problems: kept.problems as usize })
}

/// What became of what came in.
#[derive(Debug, Default)]
struct Kept {
    new: u64,
    known: u64,
    revised: u64,
    problems: u64,
}

impl Kept {
    fn reports(&self) -> u64 {
        self.new + self.known + self.revised
    }
}

/// Hands reports to the record, many at a time.
struct Keeping<'a> {
    store: &'a Store,
    table: RepeatedLines,
    is_pipe: bool,
    printer: Option<lines::Printer>,
    waiting: Vec<Report>,
    bytes: usize,
    since: Instant,
    troubles: Vec<Problem>,
    kept: Kept,
}

impl<'a> Keeping<'a> {
    fn new(store: &'a Store, table: RepeatedLines, args: &Args) -> Self {
        Keeping {
            store,
            table,
            is_pipe: args.paths.iter().any(|path| path == Path::new("-")),
            printer: args.json.then(lines::Printer::new),
            waiting: Vec::new(),
            bytes: 0,
            since: Instant::now(),
            troubles: Vec::new(),
            kept: Kept::default(),
        }
    }

    fn take(&mut self, entry: Entry) -> anyhow::Result<()> {
        match entry {
            Entry::Report { report, before } => {
                let report = if before { *report } else { variorum::strip_repeated(*report, &self.table) };
                self.bytes += report.text.len();
                self.waiting.push(report);
            }
            Entry::Problem(problem) => self.troubles.push(problem),
        }
        let is_late = self.is_pipe && self.since.elapsed() > PATIENCE;
        let is_full = self.waiting.len() + self.troubles.len() >= BATCH || self.bytes > BATCH_BYTES;
        if is_late || is_full { self.keep() } else { Ok(()) }
    }

    /// Nothing is told before it is on the disk.
    fn keep(&mut self) -> anyhow::Result<()> {
        (self.bytes, self.since) = (0, Instant::now());
        let now = record::now();
        let receipts = self.store.keep(std::mem::take(&mut self.waiting), now)?;
        let troubles = std::mem::take(&mut self.troubles);
        if !troubles.is_empty() {
            let noted = troubles.clone();
            self.store.write(move |writing| noted.iter().try_for_each(|problem| writing.put_problem(now, problem)))?;
        }
        for receipt in &receipts {
            match receipt {
                Receipt::New { .. } => self.kept.new += 1,
                Receipt::Known { .. } => self.kept.known += 1,
                Receipt::Revised { .. } => self.kept.revised += 1,
            }
        }
        if let Some(printer) = &mut self.printer {
            receipts.iter().try_for_each(|receipt| printer.good(receipt))?;
        }
        for problem in troubles {
            self.kept.problems += 1;
            match &mut self.printer {
                Some(printer) => printer.problem(problem)?,
                None if self.kept.problems <= TOLD => lines::say(&told(&problem)),
                None => {}
            }
        }
        self.printer.as_mut().map_or(Ok(()), lines::Printer::flush)
    }

    fn end(mut self) -> anyhow::Result<Kept> {
        self.keep()?;
        Ok(self.kept)
    }
}

fn told(problem: &Problem) -> String {
    let name = problem.path.as_deref().or(problem.id.as_deref()).unwrap_or("a report");
    format!("problem: {name}: {}", problem.reason)
}

/// Returns what a person wants to know at the end: what was kept, what the record holds, where to go next.
fn closing(store: &Store, kept: &Kept, worked: Option<&Worked>, record: &Record) -> anyhow::Result<String> {
    let mut text = format!("{}: {} new, {} known", counted(kept.reports(), "report", "reports"), kept.new, kept.known);
    text.push_str(&format!(", {} revised", kept.revised));
    text.push_str(match kept.problems {
        0 => ".\n",
        _ => "; ",
    });
    if kept.problems > 0 {
        let shown = if kept.problems > TOLD { format!("; the first {TOLD} are told above") } else { String::new() };
        text.push_str(&format!("{}{shown}.\n", counted(kept.problems, "problem", "problems")));
    }
    if kept.reports() == 0 {
        return Ok(text);
    }
    let (reports, sums) = store.read(|view| Ok((view.count()?, view.story_sums()?)))?;
    let path = store.path().display();
    match worked {
        Some(Worked::Here) => text.push_str(&format!(
            "{path} holds {} in {} with {}; in {} reports differ, in {} a rewrite bent its source.\n",
            counted(reports, "report", "reports"),
            counted(sums.stories, "story", "stories"),
            counted(sums.origins, "origin", "origins"),
            counted(sums.differing, "story", "stories"),
            counted(sums.drifting, "story", "stories"),
        )),
        Some(Worked::Elsewhere(pid)) => text.push_str(&format!("{}\n", record::elsewhere(*pid))),
        None => text.push_str(&format!(
            "{path} holds {}. Their stories wait for `variorum serve`, or for the next `variorum add` without --no-work.\n",
            counted(reports, "report", "reports"),
        )),
    }
    let option = record.option();
    text.push_str(&format!("Next: `variorum serve{option}` shows the stories in a browser; "));
    text.push_str(&format!("`variorum search{option} WORDS` finds reports.\n"));
    Ok(text)
}
