//! A look at what moved: which rules find something in it, told once.

use std::collections::{BTreeMap, BTreeSet};

use variorum_newsroom::{Told, told};
use variorum_store::alerts::{NewAlert, Rule, When};
use variorum_store::search::{CaughtUp, Search};
use variorum_store::{Error, Seq, Store, View};

use crate::{conditions, sources};

/// How many lines of what moved a rule takes up at once.
pub(crate) const AT_ONCE: usize = 64;
/// Reports of one burst are told together: so many seconds after a rule told of new reports of a story, it tells of
/// further ones.
const GATHER: i64 = 600;

/// Why a look came to nothing.
pub type LookError = Error;

/// What a look came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// Alerts that were told.
    pub told: usize,
    /// Whether more waits to be looked at.
    pub more: bool,
}

/// What one rule looks at.
struct Task {
    rule: Rule,
    /// The last line of what moved that this look takes up.
    upto: i64,
    stories: BTreeSet<String>,
    /// Reports that a query must be asked about.
    asked: Vec<Seq>,
}

/// What one rule found.
#[derive(Default)]
struct Findings {
    alerts: Vec<NewAlert>,
    noted: Vec<String>,
    hold: Vec<(String, i64)>,
    let_go: Vec<String>,
}

/// What a rule found in one story.
#[derive(Debug, Default)]
pub struct Found {
    /// What is told.
    pub alert: Option<NewAlert>,
    /// What is there, and need not be told.
    pub noted: Vec<String>,
}

/// Looks at some of what moved since the last look, and tells of what rules wait for. To be called until nothing is left,
/// and again when something moved; a look that broke off is made again from where the last one ended.
pub fn look(store: &Store, search: &Search, now: i64) -> Result<Looked, LookError> {
    look_at(store, search, now, AT_ONCE)
}

/// The same, with another number of lines at once: the answer must not depend on it.
pub(crate) fn look_at(store: &Store, search: &Search, now: i64, at_once: usize) -> Result<Looked, Error> {
    let tasks = store.read(|view| tasks(view, now, at_once))?;
    if tasks.is_empty() {
        return Ok(Looked::default());
    }
    let more = tasks.iter().any(|(_, more)| *more);
    let tasks: Vec<Task> = tasks.into_iter().map(|(task, _)| task).collect();
    // After what moved was read: so all of it is in the index when it is asked.
    let asks = |task: &&Task| !task.asked.is_empty();
    if tasks.iter().any(|task| asks(&task)) && search.catch_up(store)? == CaughtUp::Elsewhere {
        return Ok(Looked { told: 0, more: true });
    }
    let mut fits = BTreeMap::new();
    for task in tasks.iter().filter(asks) {
        let query = task.rule.watched.query.as_deref().unwrap_or_default();
        fits.insert(task.rule.n, search.among(store, query, &task.asked)?);
    }
    let found = store.read(|view| {
        let mut known = BTreeMap::new();
        tasks.into_iter().map(|task| findings(view, task, &fits, &mut known, now)).collect::<Result<Vec<_>, Error>>()
    })?;
    if found.iter().all(Option::is_none) {
        return Ok(Looked { told: 0, more });
    }
    let told = store.write(move |writing| {
        let mut told = 0;
        for (rule, upto, found) in found.into_iter().flatten() {
            for alert in &found.alerts {
                told += usize::from(writing.tell(alert)?.is_some());
            }
            writing.note_told(rule, &found.noted)?;
            found.let_go.iter().try_for_each(|story| writing.let_go(rule, story))?;
            found.hold.iter().try_for_each(|(story, due)| writing.hold(rule, story, *due))?;
            writing.rule_saw(rule, upto)?;
        }
        writing.drop_moved()?;
        Ok(told)
    })?;
    Ok(Looked { told, more })
}

/// Returns what each rule has to look at, and whether there is more than that.
fn tasks(view: &View, now: i64, at_once: usize) -> Result<Vec<(Task, bool)>, Error> {
    let mut tasks = Vec::new();
    let last = view.moved()?;
    for rule in view.rules_on()? {
        let moved = view.moved_after(rule.seen, at_once.max(1))?;
        let upto = if moved.len() < at_once.max(1) { last } else { moved.last().map_or(last, |(n, _)| *n) };
        let more = upto < last;
        let mut stories = BTreeSet::new();
        let about = rule.watched.story.as_deref().map(|story| view.resolve(story)).transpose()?;
        for story in moved.into_iter().map(|(_, story)| story).chain(view.held_until(rule.n, now)?) {
            let story = view.resolve(&story)?;
            if !rule.watched.when.is_of_sources() && about.as_ref().is_none_or(|about| *about == story) {
                stories.insert(story);
            }
        }
        let mut asked = Vec::new();
        if rule.watched.query.is_some() {
            for story in &stories {
                asked.extend(match rule.watched.when {
                    When::Report => view.untold_of_story(rule.n, story, rule.from_seq)?,
                    _ => view.reports_of_story(story)?,
                });
            }
        }
        tasks.push((Task { rule, upto, stories, asked }, more));
    }
    Ok(tasks)
}

type Known = BTreeMap<String, Option<Told>>;

/// Returns what a rule found; none where it found nothing and stands where it stood.
fn findings(
    view: &View,
    task: Task,
    fits: &BTreeMap<i64, BTreeSet<Seq>>,
    known: &mut Known,
    now: i64,
) -> Result<Option<(i64, i64, Findings)>, Error> {
    let Task { rule, upto, stories, .. } = task;
    let mut findings = Findings::default();
    if rule.watched.when.is_of_sources() {
        findings.alerts = sources::found(view, &rule, now)?;
    }
    let held: BTreeSet<String> = view.held_until(rule.n, i64::MAX)?.into_iter().collect();
    for story in stories {
        if !known.contains_key(&story) {
            known.insert(story.clone(), read(view, &story)?);
        }
        let Some(Some(told)) = known.get(&story) else { continue };
        let wait = match rule.watched.when {
            When::Report => view.last_told(rule.n, &story)?.map(|at| at + GATHER).filter(|due| *due > now),
            _ => None,
        };
        let found = conditions::found(view, &rule, told, fits.get(&rule.n), now)?;
        match wait.filter(|_| found.alert.is_some()) {
            Some(due) => findings.hold.push((story, due)),
            None => {
                findings.alerts.extend(found.alert);
                findings.noted.extend(found.noted);
                if held.contains(&story) {
                    findings.let_go.push(story);
                }
            }
        }
    }
    // A name that was held and merged away since is looked at under the new one.
    let gone = held.into_iter().filter(|story| view.resolve(story).is_ok_and(|now| now != *story));
    findings.let_go.extend(gone);
    let nothing = upto == rule.seen
        && findings.alerts.is_empty()
        && findings.noted.is_empty()
        && findings.hold.is_empty()
        && findings.let_go.is_empty();
    Ok((!nothing).then_some((rule.n, upto, findings)))
}

/// A story that went into another since, or was forgotten, has nothing to tell.
fn read(view: &View, story: &str) -> Result<Option<Told>, Error> {
    match told(view, story) {
        Ok(told) => Ok(told),
        Err(variorum_newsroom::Error::Store(error)) => Err(error),
        Err(variorum_newsroom::Error::Refused(_)) => Ok(None),
    }
}
