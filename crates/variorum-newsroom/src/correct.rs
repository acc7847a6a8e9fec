//! What people correct. Their word lies over the machine's, also after all is computed again.

mod refuse;

use serde::{Deserialize, Serialize};
use serde_json::json;
use variorum_news::ReportId;
use variorum_store::{Join, LogKind, NewCorrection, Seq, Store, Writing};

use crate::{Error, Ruling, overlay};

/// What a correction does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Action {
    /// Two stories are one; the first name stays.
    Merge {
        /// The story that stays.
        story: String,
        /// The story that goes into it.
        with: String,
    },
    /// Some reports of a story are a story of their own.
    Split {
        /// The story.
        story: String,
        /// The reports that leave it.
        reports: Vec<ReportId>,
    },
    /// A report belongs to another story.
    Move {
        /// The report.
        report: ReportId,
        /// Where it belongs.
        story: String,
    },
    /// A variant or a drift is confirmed or dismissed.
    Rule {
        /// The story it is told in.
        story: String,
        /// The key of the finding: [`crate::variant_key`], [`crate::drift_key`].
        finding: String,
        /// What is said of it.
        ruling: Ruling,
    },
}

/// Who corrects, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The person's name.
    pub who: String,
    /// Why; never empty.
    pub reason: String,
}

/// What a step in the record came to: its answer, or a sentence why it is refused.
type Asked<T> = Result<Result<T, String>, variorum_store::Error>;

/// Corrects, and returns the number of the correction. Works from any process; the stories it touches are moved at once
/// and made anew by the desk.
pub fn correct(store: &Store, action: Action, by: By, now: i64) -> Result<i64, Error> {
    store.write(move |writing| corrected(writing, action, &by, now))?.map_err(Error::Refused)
}

/// Takes a correction back. It stays in the log, with who took it back.
pub fn undo(store: &Store, correction: i64, who: &str, now: i64) -> Result<(), Error> {
    let who = who.trim().to_owned();
    store.write(move |writing| undone(writing, correction, &who, now))?.map_err(Error::Refused)
}

/// Nothing is written before all that can be refused was looked at.
fn corrected(writing: &Writing, action: Action, by: &By, now: i64) -> Asked<i64> {
    let checked = match refuse::person(by) {
        Ok(()) => refuse::action(writing, action)?,
        Err(reason) => Err(reason),
    };
    let (action, reports) = match checked {
        Ok(checked) => checked,
        Err(reason) => return Ok(Err(reason)),
    };
    let stories = match &action {
        Action::Merge { story, with } => vec![story.clone(), with.clone()],
        Action::Split { story, .. } | Action::Rule { story, .. } => vec![story.clone()],
        Action::Move { story, .. } => left_by(writing, &reports)?.into_iter().chain([story.clone()]).collect(),
    };
    let body = serde_json::to_value(&action)
        .map_err(|error| variorum_store::Error::Body { what: "a correction".to_owned(), reason: error.to_string() })?;
    let (who, reason) = (by.who.trim().to_owned(), by.reason.trim().to_owned());
    let line = json!({ "who": who, "reason": reason, "action": body });
    let new = NewCorrection { at: now, who, reason, body, reports: reports.clone(), stories };
    let n = writing.correct(&new)?;
    let mut line = line;
    line["correction"] = n.into();
    writing.log_line(now, LogKind::Corrected, None, &line)?;
    apply(writing, n, &action, &reports, now)?;
    Ok(Ok(n))
}

fn left_by(writing: &Writing, reports: &[Seq]) -> Result<Vec<String>, variorum_store::Error> {
    let placed = reports.iter().map(|seq| writing.placed(*seq));
    placed.filter_map(|placed| placed.map(|placed| placed.map(|placed| placed.story)).transpose()).collect()
}

fn apply(writing: &Writing, n: i64, action: &Action, reports: &[Seq], now: i64) -> Result<(), variorum_store::Error> {
    match action {
        Action::Merge { story, with } => {
            let moved = writing.reports_of_story(with)?;
            writing.put_join(&Join { correction: n, story: story.clone(), with: with.clone() })?;
            overlay::rename(writing, now)?;
            overlay::settle(writing, moved)
        }
        Action::Split { reports: ids, .. } => {
            let story = format!("c{n}");
            writing.touch(n, &story)?;
            pin(writing, n, ids, &story, reports)
        }
        Action::Move { report, story } => pin(writing, n, std::slice::from_ref(report), story, reports),
        Action::Rule { story, finding, .. } => {
            writing.put_ruling(finding, n)?;
            writing.mark_stale(story)
        }
    }
}

fn pin(writing: &Writing, n: i64, ids: &[ReportId], story: &str, reports: &[Seq]) -> Result<(), variorum_store::Error> {
    let upto = writing.last_seq()?;
    ids.iter().try_for_each(|id| writing.put_pin(n, id, story, upto))?;
    overlay::settle(writing, reports.iter().copied())
}

fn undone(writing: &Writing, n: i64, who: &str, now: i64) -> Asked<()> {
    if who.is_empty() {
        return Ok(Err(refuse::NOBODY.to_owned()));
    }
    let Some(correction) = writing.correction(n)? else {
        return Ok(Err(format!("there is no correction {n}; the list of corrections shows their numbers")));
    };
    if let Some((_, other)) = correction.undone {
        return Ok(Err(format!("correction {n} was taken back already, by {other}")));
    }
    let action: Option<Action> = serde_json::from_value(correction.body).ok();
    let mut pinned = Vec::new();
    for id in writing.pins_of(n)? {
        pinned.extend(writing.seq(&id)?);
    }
    let mut touched = overlay::with_copies(writing, &pinned)?;
    if let Some(Action::Merge { story, .. }) = &action {
        touched.extend(writing.reports_of_story(&writing.resolve(story)?)?);
    }
    writing.undo(n, now, who)?;
    writing.log_line(now, LogKind::Undone, None, &json!({ "correction": n, "who": who }))?;
    overlay::rename(writing, now)?;
    overlay::settle(writing, touched)?;
    if let Some(Action::Rule { story, .. }) = &action {
        overlay::mark(writing, &writing.resolve(story)?)?;
    }
    Ok(Ok(()))
}
