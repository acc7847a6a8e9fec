//! Reports on their way into the record: many at a time, and told once they are on the disk.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use variorum::news::{Annotations, Problem, Report};
use variorum_store::{Receipt, Store};

use crate::record::{self, Record, Worked, counted};
use crate::{Outcome, lines};

/// Reports that go to the disk together.
const BATCH: usize = 1_000;

/// Bytes of text from which on a batch is full.
const BATCH_BYTES: usize = 16 << 20;

/// A pipe may fall silent: what came in is not held back for longer than this once more comes.
const PATIENCE: Duration = Duration::from_millis(200);

/// Problems that are told one by one; all are in the record.
const TOLD: u64 = 20;

/// What became of what came in.
#[derive(Debug, Default)]
pub struct Kept {
    new: u64,
    known: u64,
    revised: u64,
    problems: u64,
}

impl Kept {
    fn reports(&self) -> u64 {
        self.new + self.known + self.revised
    }

    /// Returns how the command ended.
    pub fn outcome(&self) -> Outcome {
        let count = |n| usize::try_from(n).unwrap_or(usize::MAX);
        Outcome { good: count(self.reports()), problems: count(self.problems) }
    }
}

/// What is done with the annotations that a report brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readings {
    /// They are left out, and made anew when a story needs them.
    Drop,
    /// They are kept: this version made them.
    Keep,
}

/// Hands reports to the record.
pub struct Keeping<'a> {
    store: &'a Store,
    readings: Readings,
    is_pipe: bool,
    /// Problems that are in the record already.
    known: BTreeSet<Problem>,
    printer: Option<lines::Printer>,
    waiting: Vec<Report>,
    bytes: usize,
    since: Instant,
    troubles: Vec<Problem>,
    kept: Kept,
}

impl<'a> Keeping<'a> {
    /// Begins to hand in reports; `printer`, where there is one, tells of each.
    pub fn new(store: &'a Store, readings: Readings, printer: Option<lines::Printer>) -> Self {
        Keeping {
            store,
            readings,
            is_pipe: false,
            known: BTreeSet::new(),
            printer,
            waiting: Vec::new(),
            bytes: 0,
            since: Instant::now(),
            troubles: Vec::new(),
            kept: Kept::default(),
        }
    }

    /// Holds nothing back for long: who writes into a pipe may fall silent.
    pub fn of_pipe(self) -> Self {
        Keeping { is_pipe: true, ..self }
    }

    /// Does not write down again what the record knows.
    pub fn knowing(self, known: BTreeSet<Problem>) -> Self {
        Keeping { known, ..self }
    }

    /// Takes a report.
    pub fn report(&mut self, report: Report) -> anyhow::Result<()> {
        self.bytes += report.text.len();
        self.waiting.push(report);
        self.keep_if_full()
    }

    /// Takes a problem.
    pub fn problem(&mut self, problem: Problem) -> anyhow::Result<()> {
        self.troubles.push(problem);
        self.keep_if_full()
    }

    /// Keeps what waits, and returns what became of all.
    pub fn end(mut self) -> anyhow::Result<Kept> {
        self.keep()?;
        Ok(self.kept)
    }

    fn keep_if_full(&mut self) -> anyhow::Result<()> {
        let is_late = self.is_pipe && self.since.elapsed() > PATIENCE;
        let is_full = self.waiting.len() + self.troubles.len() >= BATCH || self.bytes > BATCH_BYTES;
        if is_late || is_full { self.keep() } else { Ok(()) }
    }

    /// Nothing is told before it is on the disk.
    fn keep(&mut self) -> anyhow::Result<()> {
        (self.bytes, self.since) = (0, Instant::now());
        let now = record::now();
        let mut reports = std::mem::take(&mut self.waiting);
        let readings = self.readings_of(&mut reports);
        let receipts = self.store.keep(reports, now)?;
        self.keep_readings(readings, &receipts)?;
        let troubles = std::mem::take(&mut self.troubles);
        let noted: Vec<Problem> = troubles.iter().filter(|problem| !self.known.contains(*problem)).cloned().collect();
        if !noted.is_empty() {
            self.store.write(move |writing| noted.iter().try_for_each(|problem| writing.put_problem(now, problem)))?;
        }
        self.tell(&receipts, troubles)
    }

    fn readings_of(&self, reports: &mut [Report]) -> Vec<(variorum::news::ReportId, Option<Annotations>)> {
        match self.readings {
            Readings::Drop => Vec::new(),
            Readings::Keep => reports.iter_mut().map(|r| (r.id.clone(), r.annotations.take())).collect(),
        }
    }

    fn keep_readings(
        &self,
        readings: Vec<(variorum::news::ReportId, Option<Annotations>)>,
        receipts: &[Receipt],
    ) -> anyhow::Result<()> {
        let of_receipt = |((id, reading), receipt): ((_, Option<Annotations>), &Receipt)| {
            // The spans of a reading name its report: that of one which got another name fits no longer.
            reading.filter(|_| *receipt.id() == id).map(|reading| (receipt.seq(), reading))
        };
        let readings: Vec<_> = readings.into_iter().zip(receipts).filter_map(of_receipt).collect();
        if readings.is_empty() {
            return Ok(());
        }
        Ok(self
            .store
            .write(move |writing| readings.iter().try_for_each(|(seq, reading)| writing.put_reading(*seq, reading)))?)
    }

    fn tell(&mut self, receipts: &[Receipt], troubles: Vec<Problem>) -> anyhow::Result<()> {
        for receipt in receipts {
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
}

/// Returns a problem as a person reads it.
pub fn told(problem: &Problem) -> String {
    let name = problem.path.as_deref().or(problem.id.as_deref()).unwrap_or("a report");
    format!("problem: {name}: {}", problem.reason)
}

/// Returns what a person wants to know at the end: what was kept, what the record holds, where to go next.
pub fn closing(store: &Store, kept: &Kept, worked: Option<&Worked>, record: &Record) -> anyhow::Result<String> {
    let problems = match kept.problems {
        0 => String::new(),
        n if n > TOLD => format!("; {}, the first {TOLD} of them told above", counted(n, "problem", "problems")),
        n => format!("; {}", counted(n, "problem", "problems")),
    };
    if kept.reports() == 0 {
        return Ok(format!("Nothing was kept{problems}.\n"));
    }
    let Kept { new, known, revised, .. } = kept;
    let mut text = counted(kept.reports(), "report", "reports");
    text.push_str(&format!(": {new} new, {known} known, {revised} revised{problems}.\n"));
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
