//! Sources that went silent or cannot be read.

use variorum_store::alerts::{Line, NewAlert, Rule, When, Words};
use variorum_store::{Error, Health, Source, Sources, View};

/// A source that failed once is asked again; one that fails so often in a row is told of.
const FAILURES: u32 = 2;

/// Returns what a rule finds among sources: each silence and each failure once, and none that had begun when the rule was
/// made.
pub fn found(view: &View, rule: &Rule, now: i64) -> Result<Vec<NewAlert>, Error> {
    let mut alerts = Vec::new();
    for source in view.sources(Sources::Watched)? {
        let is_meant = rule.watched.source.as_ref().is_none_or(|n| *n == source.n.to_string());
        let Some(key) = key(&source, rule, now).filter(|_| is_meant) else { continue };
        if view.is_told(rule.n, &key)? {
            continue;
        }
        let says = match rule.watched.when {
            When::Silent => "A source went silent",
            _ => "A source cannot be read",
        };
        let line = Line {
            label: source.sentence(now),
            outlet: source.outlet.clone().or_else(|| source.title.clone()),
            url: Some(source.shown.clone()),
            ..Line::default()
        };
        let words = Words { says: says.to_owned(), lines: vec![line], ..Words::default() };
        alerts.push(NewAlert { rule: rule.n, at: now, story: None, keys: vec![key], words });
    }
    Ok(alerts)
}

/// Returns the name of the silence or failure that a source is in, where the rule waits for it.
fn key(source: &Source, rule: &Rule, now: i64) -> Option<String> {
    let n = source.n;
    match (rule.watched.when, source.health(now)) {
        (When::Silent, Health::Silent) => {
            let had_begun = source.health(rule.at) == Health::Silent;
            source.fresh.filter(|_| !had_begun).map(|since| format!("silent/{n}/{since}"))
        }
        (When::Failing, Health::Failing) if source.failures >= FAILURES => {
            source.failing.filter(|since| *since >= rule.at).map(|since| format!("failing/{n}/{since}"))
        }
        (When::Failing, Health::Gone) => {
            let since = source.paused.as_ref().map(|(since, _)| *since);
            since.filter(|since| *since >= rule.at).map(|since| format!("failing/{n}/{since}"))
        }
        _ => None,
    }
}
