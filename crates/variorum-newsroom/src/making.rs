//! A story is made: from its reports alone, so that the same reports give the same story whatever came before.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::json;
use variorum::CollateOptions;
use variorum_news::{Annotations, Report, Story};
use variorum_store::{Error, Fingerprint, Flags, ReportRow, Seq, Store, StoryCard, Tally, View, Writing};
use xxhash_rust::xxh3::xxh3_128;

use crate::editions::Shown;
use crate::{Decision, cards, findings};

/// What made the stories of a record: the setting of that name.
const MADE_BY: &str = "stories made by";

/// Marks everything to be made anew where another program, or one with other options, made it.
pub fn of_this_program(store: &Store, options: &CollateOptions) -> Result<(), Error> {
    let this = format!("variorum {} all={}", env!("CARGO_PKG_VERSION"), options.all);
    let before = store.read(|view| view.setting(MADE_BY))?;
    if before.as_deref() == Some(&this) {
        return Ok(());
    }
    store.write(move |writing| {
        if before.is_some() {
            writing.drop_readings()?;
            writing.mark_all_stale()?;
        }
        writing.put_setting(MADE_BY, &this)
    })
}

/// A story that was made, ready to be put into the record.
#[derive(Debug)]
pub struct Made {
    id: String,
    as_of: i64,
    /// None where no report is in the story any more.
    told: Option<Parts>,
    readings: Vec<(Seq, Annotations)>,
}

#[derive(Debug)]
struct Parts {
    card: StoryCard,
    story: Story,
    flags: Vec<(Seq, Flags)>,
    tallies: Vec<Tally>,
    shown: Shown,
}

/// What a story is made from.
struct Inputs {
    as_of: i64,
    made: Fingerprint,
    /// The story as it stands, where it was made from the same.
    same: Option<Story>,
    rows: Vec<(ReportRow, Fingerprint)>,
    reports: Vec<Report>,
}

/// Makes a story anew.
pub fn make(store: &Store, id: String, options: &CollateOptions) -> Result<Made, Error> {
    let Inputs { as_of, made, same, mut rows, reports } = store.read(|view| inputs(view, &id, options))?;
    if rows.is_empty() {
        return Ok(Made { id, as_of, told: None, readings: Vec::new() });
    }
    let (story, readings) = match same {
        Some(story) => (story, Vec::new()),
        None => {
            let unread: BTreeSet<usize> = (0..reports.len()).filter(|n| reports[*n].annotations.is_none()).collect();
            let reports = annotated(reports);
            let story = variorum::story(id.clone(), &reports.iter().collect::<Vec<_>>(), options);
            let read = reports.into_iter().zip(&rows).enumerate().filter(|(n, _)| unread.contains(n));
            let readings = read.filter_map(|(_, (report, (row, _)))| Some((row.seq, report.annotations?))).collect();
            (story, readings)
        }
    };
    let decisions = store.read(|view| findings::decisions(view, &story))?;
    rows.sort_by_key(|(row, _)| row.seq);
    let told = parts(made, story, &rows, &decisions);
    Ok(Made { id, as_of, told: Some(told), readings })
}

fn parts(
    made: Fingerprint,
    story: Story,
    rows: &[(ReportRow, Fingerprint)],
    decisions: &BTreeMap<String, Decision>,
) -> Parts {
    let card = cards::card(made, &story, rows.iter().map(|(row, _)| row), decisions);
    let flags = cards::flags(&story, decisions);
    let tallies = cards::tallies(&story, rows.iter().map(|(row, _)| row), &flags, decisions);
    let shown = Shown::of(&story, rows, decisions);
    let flags = rows.iter().filter_map(|(row, _)| Some((row.seq, *flags.get(&row.id)?))).collect();
    Parts { card, story, flags, tallies, shown }
}

/// Reports in the order in which a dossier has them: by time, undated last, then by file and name.
fn inputs(view: &View, id: &str, options: &CollateOptions) -> Result<Inputs, Error> {
    let as_of = view.change()?;
    let mut found = Vec::new();
    for seq in view.reports_of_story(id)? {
        let (row, report, print) = (view.report_row(seq)?, view.report(seq)?, view.fingerprint(seq)?);
        let (Some(row), Some(report), Some(print)) = (row, report, print) else { continue };
        found.push(((row, print), report));
    }
    found.sort_by(|(_, a), (_, b)| order(a).cmp(&order(b)));
    let mut names = format!("{} {} {id}", env!("CARGO_PKG_VERSION"), options.all).into_bytes();
    for ((row, print), _) in &found {
        names.extend_from_slice(row.id.as_bytes());
        names.extend_from_slice(print);
    }
    let made = xxh3_128(&names).to_le_bytes();
    let card = view.story_card(id)?;
    let same = match card.is_some_and(|card| card.made == Some(made)) {
        // A body that cannot be read back is made again like one that is not there.
        true => view.story::<Story>(id).ok().flatten(),
        false => None,
    };
    let (rows, mut reports): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    if same.is_none() {
        for (report, (row, _)) in reports.iter_mut().zip(&rows) {
            report.annotations = view.reading(row.seq).ok().flatten();
        }
    }
    Ok(Inputs { as_of, made, same, rows, reports })
}

fn order(report: &Report) -> (bool, &str, &str, &str) {
    let published = report.published.as_deref().unwrap_or("");
    (published.is_empty(), published, report.path.as_deref().unwrap_or(""), &report.id)
}

/// Returns reports with annotations; a text that stands in several outlets is read once.
fn annotated(reports: Vec<Report>) -> Vec<Report> {
    let first = variorum::first_alike(&reports);
    let read = |(n, report): (usize, Report)| if first[n] == n { variorum::annotated(report) } else { report };
    let mut reports: Vec<Report> = reports.into_par_iter().enumerate().map(read).collect();
    variorum::annotate_alike(&mut reports, &first);
    reports
}

impl Made {
    /// Puts the story into the record. What changed while it was made is marked, and makes it again.
    pub fn put(self, writing: &Writing, now: i64) -> Result<(), Error> {
        for (seq, annotations) in &self.readings {
            if writing.report_row(*seq)?.is_some() {
                writing.put_reading(*seq, annotations)?;
            }
        }
        // It may have gone into another, or have been forgotten, while it was made.
        let Some(before) = writing.story_card(&self.id)? else { return Ok(()) };
        let Some(Parts { mut card, story, flags, tallies, shown }) = self.told else {
            return if writing.has_reports(&self.id)? { Ok(()) } else { writing.drop_story(&self.id) };
        };
        card.changed = before.changed;
        let last: Option<Shown> = writing.shown(&self.id).ok().flatten();
        if let Some(edition) = shown.since(last.as_ref()) {
            writing.put_edition(&self.id, now, &json!(edition))?;
            writing.put_shown(&self.id, &shown)?;
            card.changed = now;
        } else if before.made.is_none() {
            card.changed = now;
        }
        writing.put_story(&card, &story, self.as_of)?;
        writing.put_tallies(&self.id, &tallies)?;
        for (seq, flags) in flags {
            if writing.placed(seq)?.is_some_and(|placed| placed.story == self.id) {
                writing.flag(seq, flags)?;
            }
        }
        Ok(())
    }
}
