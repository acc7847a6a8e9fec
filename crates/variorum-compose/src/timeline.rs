//! The timeline: what happened when, one entry a day and happening; what no day is known for stands last.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{
    DateKind, DateMention, DateModifier, DriftKind, Moment, Reading, Span, TimelineEntry, Uncertain, Value, VariantKind,
};

use crate::calendar::day_number;
use crate::days::days_that_matter;
use crate::lexis::{Content, Lexis};
use crate::passage::Passage;
use crate::told::{Line, Told};

/// A story that names more days than this is long: only the days that matter are kept, with what happened on each.
const FEW_DAYS: usize = 15;
/// So many happenings are kept of one day, in a short story and in a long one.
const MOST_A_DAY: usize = 4;
const MOST_OF_A_LONG_DAY: usize = 1;
/// A timeline has so many entries at most.
const MOST_ENTRIES: usize = 40;
/// Entries of one day that share so much are one happening; so are an exact and a coarser entry.
const SAME: f64 = 0.5;
/// So many sentences of one day are compared.
const LOOKED_AT: usize = 60;
/// So many tellings of one happening are looked at.
const TELLINGS: usize = 12;
/// A sentence of so many bytes is long for a timeline.
const LONG: usize = 240;
/// A day without a year is near where it is so many days from its report, and far from so many on.
const NEAR: i64 = 100;
const FAR: i64 = 200;

/// A date in a sentence.
#[derive(Debug)]
pub(crate) struct Mention<'a> {
    /// The sentence.
    pub line: Line,
    /// The date.
    pub date: &'a DateMention,
    /// Its value.
    pub value: String,
    /// The day, where it is known.
    pub day: Option<i64>,
    /// The statement that the sentence tells.
    pub statement: usize,
}

/// A happening: the mentions that tell it.
#[derive(Debug)]
struct Happening<'a, 'm> {
    mentions: Vec<&'m Mention<'a>>,
    /// The sentence that tells it best, and what that holds.
    line: Line,
    content: Content,
}

/// Returns what happened when.
pub(crate) fn timeline(told: &Told) -> Vec<TimelineEntry> {
    let mentions = mentions(told);
    let days: BTreeSet<i64> = mentions.iter().filter_map(|m| m.day).collect();
    let is_long = days.len() > FEW_DAYS;
    let kept = if is_long { days_that_matter(told, &mentions) } else { days };
    let mut by_time: BTreeMap<(bool, &str), Vec<&Mention>> = BTreeMap::new();
    for mention in &mentions {
        // In a long story, months and years are the frame of what happened and no happenings.
        if mention.day.map_or(!is_long, |day| kept.contains(&day)) {
            let key = if mention.day.is_some() { &mention.value[..10] } else { mention.value.as_str() };
            by_time.entry((mention.value.starts_with('X'), key)).or_default().push(mention);
        }
    }
    let most = if is_long { MOST_OF_A_LONG_DAY } else { MOST_A_DAY };
    let mut lexis = Lexis::default();
    let mut found: Vec<(&str, Happening)> = Vec::new();
    for ((_, key), mentions) in &by_time {
        let mut happenings = happenings(told, &mut lexis, mentions);
        happenings.sort_by(|a, b| {
            weight(told, b).total_cmp(&weight(told, a)).then_with(|| told.span(a.line).cmp(told.span(b.line)))
        });
        happenings.truncate(most);
        found.extend(happenings.into_iter().map(|h| (*key, h)));
    }
    let exact: Vec<(&str, Content)> =
        found.iter().filter(|(key, _)| day_number(key).is_some()).map(|(key, h)| (*key, h.content.clone())).collect();
    let is_exacter = |key: &str, content: &Content| {
        day_number(key).is_none()
            && exact.iter().any(|(day, other)| may_be(day, key) && is_same(&lexis, content, other))
    };
    let mut entries: Vec<TimelineEntry> =
        found.iter().filter(|(key, h)| !is_exacter(key, &h.content)).map(|(_, h)| entry(told, h)).collect();
    shorten(&mut entries);
    entries
}

/// Leaves as many entries as a reader reads: those of most reports, then those with an exact day.
fn shorten(entries: &mut Vec<TimelineEntry>) {
    if entries.len() <= MOST_ENTRIES {
        return;
    }
    let mut ranked: Vec<usize> = (0..entries.len()).collect();
    let exact = |n: usize| day_number(&entries[n].when.value).is_some();
    ranked.sort_by_key(|&n| std::cmp::Reverse((entries[n].reports.len() > 1, exact(n), entries[n].reports.len())));
    let kept: BTreeSet<usize> = ranked.into_iter().take(MOST_ENTRIES).collect();
    let mut n = 0;
    entries.retain(|_| {
        n += 1;
        kept.contains(&(n - 1))
    });
}

/// Every date of the story that can be put in order, where a statement is told; none that a rewrite changed or invented,
/// for that is shown as drift.
fn mentions<'a>(told: &Told<'a>) -> Vec<Mention<'a>> {
    let bent: BTreeSet<&Span> =
        told.collation.drift.iter().filter(|d| d.kind == DriftKind::Date).map(|d| &d.rewrite).collect();
    let mut mentions = Vec::new();
    for (report, of) in told.reports.iter().enumerate() {
        let Some(notes) = &of.annotations else { continue };
        for date in notes.dates.iter().filter(|d| is_dated(d) && !bent.contains(&d.span)) {
            let Some(line) = told.line_at(report, date.span.start) else { continue };
            let Some(statement) = told.statement(line) else { continue };
            let day = day_number(&date.value);
            mentions.push(Mention { line, date, value: date.value.clone(), day, statement });
        }
    }
    set_years(told, &mut mentions);
    mentions.sort_by_key(|m| (m.line, m.date.span.start, m.date.span.end));
    mentions
}

/// A day of the year far from its report is that of the year next to it, where the story knows the nearer day: who writes
/// "Dec. 20" in October means no day ten months ago.
fn set_years(told: &Told, mentions: &mut [Mention]) {
    let known: BTreeSet<String> =
        mentions.iter().filter(|m| m.day.is_some()).map(|m| m.value[..10].to_owned()).collect();
    for mention in mentions {
        let (Some(day), Some(published)) = (mention.day, told.published[mention.line.0]) else { continue };
        let Some(year) = mention.value.get(..4).and_then(|y| y.parse::<u32>().ok()) else { continue };
        let gap = (day - published).abs();
        if gap < FAR || mention.date.span.text.contains(&mention.value[..4]) {
            continue;
        }
        let year = if day > published { year.saturating_sub(1) } else { year + 1 };
        let nearer = format!("{year:04}{}", &mention.value[4..]);
        let at = day_number(&nearer).filter(|at| (at - published).abs() <= NEAR && known.contains(&nearer[..10]));
        if at.is_some() {
            mention.day = at;
            mention.value = nearer;
        }
    }
}

/// A point in time that can be put in order: a day, a month, a year; no duration, no "now".
fn is_dated(date: &DateMention) -> bool {
    let first = date.value.as_bytes().first();
    let shaped =
        date.value.len() >= 4 && date.value.is_ascii() && first.is_some_and(|b| b.is_ascii_digit() || *b == b'X');
    // "Last year" and "last week" where no year is known can be put nowhere.
    let shaped = shaped && !matches!(date.value.as_str(), "XXXX" | "XXXX-WXX") && !date.value.starts_with("XXXX-XX");
    matches!(date.kind, DateKind::Date | DateKind::Time) && shaped
}

/// The happenings of one time: mentions in one statement, and in statements that share their words.
fn happenings<'a, 'm>(told: &Told, lexis: &mut Lexis, mentions: &[&'m Mention<'a>]) -> Vec<Happening<'a, 'm>> {
    let mut by_statement: BTreeMap<&str, Vec<&'m Mention<'a>>> = BTreeMap::new();
    for mention in mentions {
        by_statement.entry(told.events[mention.statement].id.as_str()).or_default().push(mention);
    }
    let mut groups: Vec<Vec<&Mention>> = by_statement.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.truncate(LOOKED_AT);
    let mut found: Vec<Happening> = Vec::new();
    for mentions in groups {
        let line = best_line(told, &mentions);
        let content = lexis.read(&told.span(line).text);
        match found.iter_mut().find(|h| is_same(lexis, &content, &h.content)) {
            Some(same) => same.mentions.extend(mentions),
            None => found.push(Happening { mentions, line, content }),
        }
    }
    found
}

fn is_same(lexis: &Lexis, a: &Content, b: &Content) -> bool {
    lexis.held(&a.words, &b.words).max(lexis.held(&b.words, &a.words)) >= SAME
}

/// How many origins tell a happening, and how near to the head of their reports.
fn weight(told: &Told, happening: &Happening) -> f64 {
    let mut heads: BTreeMap<usize, f64> = BTreeMap::new();
    for mention in &happening.mentions {
        let head = 1.0 + 1.0 / (1.0 + mention.line.1 as f64 / 3.0);
        let best = heads.entry(told.origin[mention.line.0]).or_default();
        *best = best.max(head);
    }
    heads.values().sum()
}

/// The sentence that tells a happening best: fit to stand alone, an origin's, the likest to all others, the shorter.
fn best_line(told: &Told, mentions: &[&Mention]) -> Line {
    let rank = |mention: &Mention| {
        let statement = told.events[mention.statement];
        let span = told.span(mention.line);
        let passage = Passage::of(told, mention.line).filter(|p| p.first == p.last);
        let fit = passage.map_or(0, |p| match (p.fitness.score > 0.0, p.fitness.lean) {
            (true, None) => 2,
            (true, Some(_)) => 1,
            _ => 0,
        });
        (
            !told.derived[mention.line.0],
            fit,
            statement.origins,
            span.text.len() < LONG,
            *span == statement.gist,
            std::cmp::Reverse(span.clone()),
        )
    };
    // Those nearest to the heads of their reports are enough to choose from.
    let mut first: Vec<&&Mention> = mentions.iter().collect();
    first.sort_by_key(|m| (m.line.1, m.line.0));
    first.truncate(TELLINGS);
    first.iter().max_by_key(|m| rank(m)).map_or((0, 0), |m| m.line)
}

fn entry(told: &Told, happening: &Happening) -> TimelineEntry {
    let line = happening.line;
    let of_line: Vec<&&Mention> = happening.mentions.iter().filter(|m| m.line == line).collect();
    // A time of day says more than the day.
    let exactest = of_line.iter().max_by_key(|m| (m.value.len(), std::cmp::Reverse(m.date.span.start)));
    let mention = exactest.map_or(happening.mentions[0], |m| **m);
    let mut reports: Vec<usize> = happening.mentions.iter().map(|m| m.line.0).collect();
    reports.sort_unstable();
    reports.dedup();
    TimelineEntry {
        when: Moment { value: mention.value.clone(), text: mention.date.span.clone() },
        what: what(told, line),
        statement: told.events[mention.statement].id.clone(),
        reports: reports.into_iter().map(|n| told.reports[n].id.clone()).collect(),
        uncertain: uncertain(told, mention),
    }
}

/// The sentence, with the one before it where it cannot be read without.
fn what(told: &Told, line: Line) -> Span {
    let passage = Passage::of(told, line).filter(|p| p.fitness.score > 0.0);
    let longer = passage.as_ref().filter(|p| p.fitness.lean.is_some()).and_then(|p| p.with_the_sentence_before(told));
    let longer = longer.filter(|p| p.fitness.score > 0.0 && p.fitness.lean.is_none());
    longer.or(passage).map_or_else(|| told.span(line).clone(), |p| p.span)
}

fn uncertain(told: &Told, mention: &Mention) -> Option<Uncertain> {
    if let Some(rest) = mention.value.strip_prefix("XXXX") {
        let is_month = rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit) && rest.as_bytes().get(2) != Some(&b'X');
        return Some(if is_month { Uncertain::NoYear } else { Uncertain::NoDate });
    }
    if mention.value.get(4..6) == Some("-W") && mention.value.len() == 8 {
        return Some(Uncertain::WeekOnly);
    }
    let vague = [DateModifier::Approx, DateModifier::Start, DateModifier::Mid, DateModifier::End];
    if mention.date.modifier.is_some_and(|m| vague.contains(&m)) {
        return Some(Uncertain::About);
    }
    let value = |r: &Reading| match &r.value {
        Some(Value::Word(word)) => word.clone(),
        _ => r.span.text.clone(),
    };
    let of_this = |r: &Reading| told.line_of(&r.sentence).is_some_and(|line| line == mention.line);
    let apart = told.collation.variants.iter().filter(|v| v.kind == VariantKind::Date && !v.development);
    let disputed = apart.filter(|v| v.readings.iter().any(of_this));
    let mut others = disputed.flat_map(|v| v.readings.iter().map(value));
    others
        .any(|other| day_number(&other).is_some_and(|day| mention.day.is_some_and(|here| here != day)))
        .then_some(Uncertain::Disputed)
}

/// Tells whether a day may be the one that a coarser value means: of that month, year, week, weekday, or day of the year.
fn may_be(day: &str, coarse: &str) -> bool {
    let coarse = &coarse[..coarse.find('T').unwrap_or(coarse.len())];
    match coarse.strip_prefix("XXXX-") {
        Some(weekday) if weekday.starts_with("WXX-") => {
            let number = day_number(day).map(|n| (n + 3).rem_euclid(7) + 1);
            number.zip(weekday[4..].parse().ok()).is_some_and(|(number, weekday): (i64, i64)| number == weekday)
        }
        Some(rest) => day.get(5..).is_some_and(|day| day.starts_with(rest)),
        None if coarse.get(4..6) == Some("-W") => day.get(..4) == coarse.get(..4),
        None => day.starts_with(coarse),
    }
}
