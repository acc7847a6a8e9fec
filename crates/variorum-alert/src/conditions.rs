//! What rules wait for in a story, each told by keys that name the thing and not the way in which it was found: so that a
//! story that is made anew, merged or parted tells nothing twice.
//!
//! A thing is news to a rule where words of it came after the rule was made. What the program is not sure of is left for a
//! later look, when it may be.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{DoubtKind, Drift, DriftKind, ReportId, Value, Variant, VariantKind};
use variorum_newsroom::{Told, drift_key, figure_changes, variant_key};
use variorum_store::alerts::{Line, NewAlert, Rule, When, Words};
use variorum_store::{Error, Seq, View};

use crate::given::Given;
use crate::look::Found;

/// The most lines of an alert.
const LINES: usize = 12;

/// Returns what a rule finds in a story. `fits` are the reports that its query finds, where it has one.
pub fn found(view: &View, rule: &Rule, told: &Told, fits: Option<&BTreeSet<Seq>>, now: i64) -> Result<Found, Error> {
    let given = Given::new(view, rule, told);
    let is_found = |seq: Seq| fits.is_some_and(|fits| fits.contains(&seq));
    let has_query = rule.watched.query.is_some();
    if has_query && rule.watched.when != When::Report && !told.reports.iter().any(|member| is_found(member.row.seq)) {
        return Ok(Found::default());
    }
    let mut heard = Heard::default();
    match rule.watched.when {
        When::Report => reports(&given, |seq| !has_query || is_found(seq), &mut heard)?,
        When::Origin => origins(&given, &mut heard)?,
        When::Figure => figures(&given, &mut heard)?,
        When::Drift => drift(&given, &mut heard)?,
        When::Revised => revised(&given, &mut heard)?,
        When::Silent | When::Failing => {}
    }
    Ok(heard.told(&given, now))
}

/// What is heard in a story.
#[derive(Default)]
struct Heard {
    says: &'static str,
    keys: Vec<String>,
    noted: Vec<String>,
    lines: Vec<Line>,
}

impl Heard {
    fn told(self, given: &Given, now: i64) -> Found {
        let Heard { says, keys, noted, mut lines } = self;
        if keys.is_empty() {
            return Found { alert: None, noted };
        }
        let more = lines.len().saturating_sub(LINES);
        lines.truncate(LINES);
        let story = &given.told.story;
        let words =
            Words { says: says.to_owned(), counts: Some(counts(given.told)), title: story.title.clone(), lines, more };
        let story = Some(given.told.card.id.clone());
        Found { alert: Some(NewAlert { rule: given.rule.n, at: now, story, keys, words }), noted }
    }
}

fn counts(told: &Told) -> String {
    let card = &told.card;
    let number = |n: u32, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let unsure = if card.uncertain > 0 { format!(" ({} uncertain)", card.uncertain) } else { String::new() };
    let publishers = match card.publishers {
        0 => "publishers not named".to_owned(),
        n => number(n, "publisher"),
    };
    format!("{}, {publishers}, {}{unsure}", number(card.reports, "report"), number(card.origins, "independent origin"))
}

fn reports(given: &Given, fits: impl Fn(Seq) -> bool, heard: &mut Heard) -> Result<(), Error> {
    let mut members: Vec<_> = given.told.reports.iter().collect();
    members.sort_by_key(|member| member.row.seq);
    for member in members {
        let id = &member.row.id;
        let key = format!("report/{id}");
        if !fits(member.row.seq) || !given.came(id)? || given.is_told(&key)? {
            continue;
        }
        let label = match member.flags.original {
            Some(false) => "A new report, with words of another",
            _ => "A new report",
        };
        heard.keys.push(key);
        heard.lines.push(given.opening(label, id));
    }
    heard.says = if heard.lines.len() > 1 { "New reports" } else { "A new report" };
    Ok(())
}

/// The origin that the story began with is none that it gained. What once belonged to an origin that is known makes no new
/// one when it is counted apart later.
fn origins(given: &Given, heard: &mut Heard) -> Result<(), Error> {
    let story = &given.told.story;
    let doubts = story.independence.iter().flat_map(|of| &of.doubts);
    let doubtful: BTreeSet<&ReportId> = doubts
        .filter(|doubt| matches!(doubt.kind, DoubtKind::Apart | DoubtKind::Short))
        .flat_map(|doubt| &doubt.reports)
        .collect();
    let mut groups: Vec<Vec<&ReportId>> = story.origins.iter().map(|group| group.iter().collect()).collect();
    groups.iter_mut().for_each(|group| group.sort_by_key(|id| given.seq(id)));
    groups.sort_by_key(|group| group.first().map_or(i64::MAX, |id| given.seq(id)));
    let key = |id: &ReportId| format!("origin/{id}");
    let mut known = Vec::new();
    for group in &groups {
        let mut is_known = false;
        for id in group {
            is_known |= !given.came(id)? || given.is_told(&key(id))?;
        }
        known.push(is_known);
    }
    if !known.contains(&true)
        && let Some(first) = known.first_mut()
    {
        *first = true;
    }
    for (group, is_known) in groups.iter().zip(known) {
        let Some(root) = group.first() else { continue };
        if is_known {
            for id in group {
                let key = key(id);
                if given.came(id)? && !given.is_told(&key)? {
                    heard.noted.push(key);
                }
            }
        } else if !group.iter().any(|id| doubtful.contains(*id)) {
            heard.keys.extend(group.iter().map(|id| key(id)));
            heard.lines.push(given.opening("An independent origin that the story did not have", root));
        }
    }
    heard.says = if heard.lines.len() > 1 { "New independent origins" } else { "A new independent origin" };
    Ok(())
}

fn figures(given: &Given, heard: &mut Heard) -> Result<(), Error> {
    for variant in &given.told.story.variants {
        if variant.kind == VariantKind::Figure && given.stands(&variant_key(variant), variant.confidence) {
            figure(given, variant, heard)?;
        }
    }
    heard.says = "A figure is told differently";
    Ok(())
}

/// An amount is new where no report gave it before, and none that came with it was told.
fn figure(given: &Given, variant: &Variant, heard: &mut Heard) -> Result<(), Error> {
    let mut values: BTreeMap<String, Vec<&variorum_news::Reading>> = BTreeMap::new();
    for reading in &variant.readings {
        let value = match &reading.value {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Word(word)) => word.clone(),
            None => reading.span.text.to_lowercase(),
        };
        values.entry(value).or_default().push(reading);
    }
    let (mut keys, mut lines, mut is_news) = (Vec::new(), Vec::new(), false);
    for (value, mut readings) in values {
        readings.sort_by_key(|reading| given.seq(reading.report()));
        let key = |reading: &variorum_news::Reading| format!("figure/{}/{value}", reading.report());
        let mut is_new = true;
        for reading in &readings {
            is_new &= given.is_new(&reading.span)? && !given.is_told(&key(reading))?;
        }
        is_news |= is_new;
        keys.extend(readings.iter().map(|reading| key(reading)));
        let Some(first) = readings.first() else { continue };
        let label = match (is_new, variant.development) {
            (true, true) => "New; time may explain the difference",
            (true, false) => "New",
            (false, _) => "Beside it",
        };
        lines.push((!is_new, given.seq(first.report()), given.line(label, &first.span, Some(&first.sentence))));
    }
    if is_news {
        lines.sort_by_key(|(old, seq, _)| (*old, *seq));
        heard.keys.extend(keys);
        heard.lines.extend(lines.into_iter().map(|(_, _, line)| line));
    } else {
        for key in keys {
            // Known from now on under every report that gives it, so that it stays known when one of them is forgotten.
            if !given.is_told(&key)? {
                heard.noted.push(key);
            }
        }
    }
    Ok(())
}

fn drift(given: &Given, heard: &mut Heard) -> Result<(), Error> {
    for drift in &given.told.story.drift {
        let key = drift_key(drift);
        let is_confirmed = given.stands(&key, 0.0);
        if !given.stands(&key, drift.confidence) || drift.proposed && !is_confirmed {
            continue;
        }
        // The same words bent in the same way are one thing, whichever source they are held against.
        let keys = [format!("drift/{:?}/{}/{}", drift.kind, drift.rewrite.report, drift.rewrite.text), key];
        let mut is_known = false;
        for key in &keys {
            is_known |= given.is_told(key)?;
        }
        let mut is_new = given.is_new(&drift.rewrite)?;
        if let Some(source) = &drift.source {
            is_new |= given.is_new(source)?;
        }
        if is_known || !is_new {
            if is_known {
                for key in keys {
                    if !given.is_told(&key)? {
                        heard.noted.push(key);
                    }
                }
            }
            continue;
        }
        heard.keys.extend(keys);
        bent(given, drift, heard);
    }
    heard.says = "A rewrite changes what its source says";
    Ok(())
}

fn bent(given: &Given, drift: &Drift, heard: &mut Heard) {
    let (what, source) = match drift.kind {
        DriftKind::Figure => ("Another amount than in its source", "The source"),
        DriftKind::Date => ("Another time than in its source", "The source"),
        DriftKind::Name => ("Another name than in its source", "The source"),
        DriftKind::Quote => ("Quoted otherwise than in its source", "The source"),
        DriftKind::Hedge => ("More or less sure than its source", "The source"),
        DriftKind::Attribution => ("On another authority than in its source", "The source"),
        DriftKind::Polarity => ("The opposite of its source", "The source"),
        DriftKind::Status => ("Planned, held or cancelled otherwise than in its source", "The source"),
        DriftKind::Cause => ("Another cause than in its source", "The source"),
        DriftKind::Scope => ("Wider or narrower than its source", "The source"),
        DriftKind::Unsupported => ("Nothing in its source bears this out", "The source nearest to it"),
    };
    heard.lines.push(given.line(what, &drift.rewrite, None));
    if let Some(span) = &drift.source {
        heard.lines.push(given.line(source, span, None));
    }
}

fn revised(given: &Given, heard: &mut Heard) -> Result<(), Error> {
    for member in &given.told.reports {
        let row = &member.row;
        if row.revisions < 2 || row.change <= given.rule.from_change {
            continue;
        }
        let key = |n: u32| format!("revision/{}/{n}", row.id);
        if given.is_told(&key(row.revisions))? {
            continue;
        }
        let revisions = given.view.revisions(row.seq)?;
        for pair in revisions.windows(2) {
            let [earlier, later] = pair else { continue };
            let is_last = later.n == row.revisions;
            if given.is_told(&key(later.n))? || !is_last && later.seen < given.rule.at {
                continue;
            }
            let changes = figure_changes(&earlier.report, &later.report);
            if changes.is_empty() {
                heard.noted.push(key(later.n));
                continue;
            }
            heard.keys.push(key(later.n));
            for change in changes {
                let mut before = given.line("Before", &change.before.0, Some(&change.before.1));
                before.revision = Some(earlier.n);
                let mut after = given.line("Now", &change.after.0, Some(&change.after.1));
                after.revision = Some(later.n).filter(|_| !is_last);
                heard.lines.extend([before, after]);
            }
        }
    }
    heard.says = "A report was revised, and a figure in it is another one";
    Ok(())
}
