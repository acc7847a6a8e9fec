//! Reports that wait get their stories, in the order they came in.
//!
//! A report is placed once, by the words that it came with first: so the answer depends on nothing but the order of
//! coming, whenever the desk gets to it and whatever was revised since, and what was placed after the last snapshot of the
//! shelf can be placed again with the same answers. A revised report stays where it is (its story is made anew); people
//! move it where the words became another story's.

use serde_json::{Value, json};
use variorum::{GroupOptions, Shelf};
use variorum_news::{GroupLine, Report};
use variorum_store::{Error, LogKind, Placed, Seq, Store, Writing};

use crate::overlay;

/// Reports that are read and placed in one transaction.
const AT_ONCE: usize = 500;

/// Placements after which the shelf is written down.
const SNAPSHOT: usize = 2_000;

/// Placements after which a clean stop writes the shelf down; fewer are placed again sooner than it is written.
const SMALL: usize = 200;

/// Bytes of a shelf that a report on it takes, about: a large shelf is written down less often.
const BYTES: usize = 4_096;

/// A snapshot that is larger cannot be kept in the record.
const MOST: usize = 900 << 20;

/// The shelf, and how far it has come.
#[derive(Debug)]
pub struct Placing {
    shelf: Shelf,
    options: GroupOptions,
    /// The last report on the shelf.
    upto: Seq,
    /// Placements since the shelf was written down.
    since: usize,
    /// Bytes of the last snapshot.
    bytes: usize,
}

/// What the shelf said of a report.
#[derive(Debug)]
struct Answer {
    seq: Seq,
    lines: Vec<GroupLine>,
}

impl Placing {
    /// Takes up the shelf as it was written down, and puts on it what was placed since.
    pub fn resume(store: &Store, options: &GroupOptions, now: i64) -> Result<Placing, Error> {
        let kept = store.read(|view| view.shelf())?;
        let kept = kept.and_then(|(upto, bytes)| Some((Shelf::resume(&bytes, options).ok()?, upto, bytes.len())));
        let (shelf, upto, bytes) = kept.unwrap_or_default();
        let mut placing = Placing { shelf, options: options.clone(), upto, since: 0, bytes };
        while placing.catch_up(store, now)? {}
        Ok(placing)
    }

    /// Puts reports on the shelf that have their stories already; tells whether there are more.
    fn catch_up(&mut self, store: &Store, now: i64) -> Result<bool, Error> {
        let upto = self.upto;
        let known = store.read(|view| {
            let placed = view.placed_after(upto, AT_ONCE)?.into_iter();
            let read = |placed: Placed| Ok((view.first_words(placed.report)?, placed));
            placed.map(read).collect::<Result<Vec<_>, Error>>()
        })?;
        let Some((_, last)) = known.last() else { return Ok(false) };
        let last = last.report;
        let mut other = Vec::new();
        for (report, placed) in known {
            let Some(report) = report else { continue };
            let answer = self.ask(placed.report, report);
            if let Some(GroupLine::Placement(said)) = answer.lines.first()
                && said.story != placed.automatic
            {
                other.push((said.story.clone(), placed.automatic));
            }
        }
        self.upto = last;
        if !other.is_empty() {
            // What was forgotten since is missing on the shelf, which then calls a story by a name of its own.
            store
                .write(move |writing| other.iter().try_for_each(|(name, story)| known_as(writing, name, story, now)))?;
        }
        Ok(true)
    }

    /// Places some of the reports that wait and returns how many.
    pub fn place(&mut self, store: &Store, now: i64) -> Result<usize, Error> {
        let upto = self.upto;
        let waiting = store.read(|view| {
            let seqs = view.unplaced_after(upto, AT_ONCE)?.into_iter();
            seqs.map(|seq| Ok((seq, view.first_words(seq)?))).collect::<Result<Vec<_>, Error>>()
        })?;
        let Some((last, _)) = waiting.last() else { return Ok(0) };
        let last = *last;
        let answers: Vec<Answer> =
            waiting.into_iter().filter_map(|(seq, report)| Some(self.ask(seq, report?))).collect();
        let n = answers.len();
        store.write(move |writing| answers.into_iter().try_for_each(|answer| apply(writing, answer, now)))?;
        self.upto = last;
        if self.since >= SNAPSHOT.max(self.bytes / BYTES / 4) {
            self.write_down(store)?;
        }
        Ok(n)
    }

    /// Writes the shelf down where that saves the next start some work.
    pub fn leave(&mut self, store: &Store) -> Result<(), Error> {
        if self.since >= SMALL { self.write_down(store) } else { Ok(()) }
    }

    fn ask(&mut self, seq: Seq, mut report: Report) -> Answer {
        // A report that was forgotten and came again is on the shelf already.
        if variorum::holds(&self.shelf, &report.id) {
            report.id = format!("{}~{seq}", report.id).into();
        }
        self.since += 1;
        Answer { seq, lines: variorum::place(&mut self.shelf, report, &self.options) }
    }

    fn write_down(&mut self, store: &Store) -> Result<(), Error> {
        let mut bytes = Vec::with_capacity(self.bytes);
        if let Err(error) = self.shelf.save(&self.options, &mut bytes) {
            return Err(Error::Body { what: "the shelf".to_owned(), reason: error.to_string() });
        }
        (self.bytes, self.since) = (bytes.len(), 0);
        let upto = self.upto;
        if bytes.len() > MOST {
            return store.write(|writing| writing.drop_shelf());
        }
        store.write(move |writing| writing.put_shelf(upto, &bytes))
    }
}

/// Lets a name of the shelf stand for a story of the record, where nothing else has that name.
fn known_as(writing: &Writing, name: &str, story: &str, now: i64) -> Result<(), Error> {
    let taken = writing.merged(name)? != name || !writing.reports_placed_automatically(name)?.is_empty();
    if taken {
        return Ok(());
    }
    writing.put_merged(name, story)?;
    overlay::rename(writing, now)
}

fn apply(writing: &Writing, answer: Answer, now: i64) -> Result<(), Error> {
    for line in answer.lines {
        match line {
            GroupLine::Placement(said) => {
                // It may have been forgotten since it was read.
                let Some(row) = writing.report_row(answer.seq)? else { return Ok(()) };
                let duplicate_of = match said.duplicate_of.filter(|id| *id != row.id) {
                    Some(id) => writing.seq(&id)?.map(|_| id),
                    None => None,
                };
                let automatic = writing.merged(&said.story)?;
                let story = automatic.clone();
                let mut placed = Placed { report: answer.seq, automatic, story, score: said.score, duplicate_of };
                placed.story = overlay::story_of(writing, &placed, &row.id)?;
                writing.place(&placed)?;
                writing.mark_stale(&placed.story)?;
                let body =
                    json!({ "story": placed.automatic, "score": placed.score, "duplicate_of": placed.duplicate_of });
                writing.log_line(now, LogKind::Placed, Some(answer.seq), &body)?;
            }
            GroupLine::Merge(said) => {
                merge(writing, &said.merge, now)?;
                writing.log_line(now, LogKind::Merged, None, &value(&said)?)?;
            }
            GroupLine::Split(said) => {
                part(writing, &said.split, &said.reports, now)?;
                writing.log_line(now, LogKind::Split, None, &value(&said)?)?;
            }
        }
    }
    Ok(())
}

fn value(line: &impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(line)
        .map_err(|error| Error::Body { what: "a line of the log".to_owned(), reason: error.to_string() })
}

/// Makes two automatic stories one; what people said of either still holds.
pub fn merge(writing: &Writing, [kept, gone]: &[String; 2], now: i64) -> Result<(), Error> {
    let (kept, gone) = (writing.merged(kept)?, writing.merged(gone)?);
    if kept == gone {
        return Ok(());
    }
    let automatic = writing.reports_placed_automatically(&gone)?;
    let mut moved = writing.reports_of_story(&writing.resolve(&gone)?)?;
    moved.extend(&automatic);
    let names = |name: &str| writing.merged(name).map(|name| name == kept || name == gone);
    let mut joined = false;
    for join in writing.joins()? {
        joined |= names(&join.story)? || names(&join.with)?;
    }
    if joined {
        moved.extend(writing.reports_of_story(&writing.resolve(&kept)?)?);
    }
    writing.put_merged(&gone, &kept)?;
    for seq in automatic {
        if let Some(placed) = writing.placed(seq)? {
            writing.place(&Placed { automatic: kept.clone(), ..placed })?;
        }
    }
    if joined {
        overlay::rename(writing, now)?
    } else {
        writing.realias(&gone, &kept, now)?
    }
    moved.sort_unstable();
    moved.dedup();
    overlay::settle(writing, moved)
}

/// Takes a merge of the machine back: the reports that leave get the name that they had.
fn part(
    writing: &Writing,
    [_, leaves]: &[String; 2],
    reports: &[variorum_news::ReportId],
    now: i64,
) -> Result<(), Error> {
    writing.drop_merged(leaves)?;
    let mut moved = Vec::new();
    for id in reports {
        let Some(seq) = writing.seq(id)? else { continue };
        let Some(placed) = writing.placed(seq)? else { continue };
        moved.extend(writing.reports_of_story(&placed.story)?);
        writing.place(&Placed { automatic: leaves.clone(), ..placed })?;
        moved.push(seq);
    }
    overlay::rename(writing, now)?;
    moved.sort_unstable();
    moved.dedup();
    overlay::settle(writing, moved)
}
