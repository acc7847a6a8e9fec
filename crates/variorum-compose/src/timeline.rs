//! The timeline: what happened when, one entry a day and happening; what no day is known for stands last.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{
    DateKind, DateMention, DateModifier, DriftKind, Moment, Span, TimelineEntry, Uncertain, VariantKind,
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
/// Who names a day of the year and no year seldom means one so many days ahead.
const AHEAD: i64 = 60;

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
            weight(told, b).total_cmp(&weight(told, a)).then_with(|| first(told, a).cmp(first(told, b)))
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
    mentions.sort_by(|a, b| {
        let key = |m: &Mention| (told.reports[m.line.0].id.clone(), m.date.span.start, m.date.span.end);
        key(a).cmp(&key(b))
    });
    mentions
}

/// A day far ahead whose year the text does not give is last year's, where other mentions are of that day.
fn set_years(told: &Told, mentions: &mut [Mention]) {
    let known: BTreeSet<String> =
        mentions.iter().filter(|m| m.day.is_some()).map(|m| m.value[..10].to_owned()).collect();
    for mention in mentions {
        let (Some(day), Some(published)) = (mention.day, told.published[mention.line.0]) else { continue };
        let Some(year) = mention.value.get(..4).and_then(|y| y.parse::<u32>().ok()) else { continue };
        if day - published < AHEAD || mention.date.span.text.contains(&mention.value[..4]) {
            continue;
        }
        let before = format!("{:04}{}", year.saturating_sub(1), &mention.value[4..]);
        if known.contains(&before[..10]) {
            mention.day = day_number(&before);
            mention.value = before;
        }
    }
}

/// A point in time that can be put in order: a day, a month, a year; no duration, no "now".
fn is_dated(date: &DateMention) -> bool {
    let first = date.value.as_bytes().first();
    let shaped =
        date.value.len() >= 4 && date.value.is_ascii() && first.is_some_and(|b| b.is_ascii_digit() || *b == b'X');
    // "Last year" and "last week" where no year is known can be put nowhere.
    let shaped = shaped && !matches!(date.value.as_str(), "XXXX" | "XXXX-WXX" | "XXXX-XX");
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
        let content = lexis.read(&told.span(best_line(told, &mentions)).text);
        match found.iter_mut().find(|h| is_same(lexis, &content, &h.content)) {
            Some(same) => same.mentions.extend(mentions),
            None => found.push(Happening { mentions, content }),
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

fn first<'a>(told: &Told<'a>, happening: &Happening) -> &'a Span {
    told.span(best_line(told, &happening.mentions))
}

/// The sentence that tells a happening best: fit to stand alone, an origin's, the likest to all others, the shorter.
fn best_line(told: &Told, mentions: &[&Mention]) -> Line {
    let rank = |mention: &&&Mention| {
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
            *span == statement.gist,
            std::cmp::Reverse(span.clone()),
        )
    };
    mentions.iter().take(LOOKED_AT).max_by_key(rank).map_or((0, 0), |m| m.line)
}

fn entry(told: &Told, happening: &Happening) -> TimelineEntry {
    let line = best_line(told, &happening.mentions);
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
        uncertain: uncertain(told, happening, mention),
    }
}

/// The sentence, with the one before it where it cannot be read without.
fn what(told: &Told, line: Line) -> Span {
    let passage = Passage::of(told, line).filter(|p| p.fitness.score > 0.0);
    let longer = passage.as_ref().filter(|p| p.fitness.lean.is_some()).and_then(|p| p.with_the_sentence_before(told));
    let longer = longer.filter(|p| p.fitness.score > 0.0 && p.fitness.lean.is_none());
    longer.or(passage).map_or_else(|| told.span(line).clone(), |p| p.span)
}

fn uncertain(told: &Told, happening: &Happening, mention: &Mention) -> Option<Uncertain> {
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
    let apart = told.collation.variants.iter().filter(|v| v.kind == VariantKind::Date && !v.development);
    let mut lines = apart.flat_map(|v| &v.readings).filter_map(|r| told.line_of(&r.sentence));
    lines.any(|line| happening.mentions.iter().any(|m| m.line == line)).then_some(Uncertain::Disputed)
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
