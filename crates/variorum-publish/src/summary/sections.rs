//! The parts of a summary below the tree.

use variorum_news::{Reading, Span, Statement, Variant, Verdict};

use super::pen::{Pen, clip, clip_start, columns, fit, plain};
use crate::context::context;
use crate::edition::Edition;
use crate::phrase::{counted, development, drift_kind, same_values, sign, uncertain, unsure, variant_kind};
use crate::when::moment;

const MOST_AGREED: usize = 3;
const MOST_TOLD: usize = 3;
const MOST_VARIANTS: usize = 3;
const MOST_READINGS: usize = 3;
const MOST_DRIFT: usize = 2;
const MOST_MOMENTS: usize = 3;

/// Returns the account's first sentences, each with the sign of its mark; where there is no account, what origins agree on.
pub fn account(pen: &Pen, edition: &Edition) -> Vec<String> {
    let sentences = &edition.story.account;
    let agreed: Vec<_> = edition.story.statements.iter().filter(|s| s.verdict == Verdict::Agreed).collect();
    let title = title(edition, agreed.len());
    if sentences.is_empty() {
        let places = |s: &Statement| edition.places(s.readings.iter().map(|r| &r.span));
        let rows = agreed.iter().map(|s| (places(s), told(edition, &s.gist))).collect();
        return title.map_or_else(Vec::new, |title| section(pen, edition, &title, rows, MOST_AGREED));
    }
    let rows =
        sentences.iter().map(|s| (edition.places(&s.sources), format!("{}  {}", sign(s.mark), s.text))).collect();
    section(pen, edition, &title.unwrap_or_else(|| "Account".into()), rows, MOST_TOLD)
}

/// How many statements are agreed, and how many one origin alone tells; none where there are none.
fn title(edition: &Edition, agreed: usize) -> Option<String> {
    let alone = edition.story.statements.iter().filter(|s| s.verdict == Verdict::SingleOrigin).count();
    Some(match (agreed, alone) {
        (0, 0) => return None,
        (0, alone) => format!("{} told by one origin alone", counted(alone, "statement")),
        (n, 0) => format!("{} agreed by independent origins", counted(n, "statement")),
        (n, alone) => {
            format!("{} agreed by independent origins, {alone} told by one origin alone", counted(n, "statement"))
        }
    })
}

/// Returns what happened when.
pub fn timeline(pen: &Pen, edition: &Edition) -> Vec<String> {
    let entries = &edition.story.timeline;
    if entries.is_empty() {
        return Vec::new();
    }
    // A screen has room for few: those that most reports tell, in order of time.
    let mut ranked: Vec<usize> = (0..entries.len()).collect();
    ranked.sort_by_key(|&n| (std::cmp::Reverse(entries[n].reports.len()), n));
    ranked.truncate(MOST_MOMENTS);
    ranked.sort_unstable();
    let kept: Vec<_> = ranked.into_iter().map(|n| &entries[n]).collect();
    let rest = entries.len() - kept.len();
    let rows = kept
        .into_iter()
        .map(|e| {
            let places = e.reports.iter().filter_map(|id| edition.place(id)).collect();
            let doubt = e.uncertain.and_then(uncertain).map_or_else(String::new, |why| format!(" ({why})"));
            (places, format!("{}{doubt}: {}", moment(&e.when.value), e.what.text))
        })
        .collect();
    let mut lines = section(pen, edition, "Timeline", rows, MOST_MOMENTS);
    if rest > 0 {
        lines.push(pen.more(rest));
    }
    lines
}

fn section(pen: &Pen, edition: &Edition, title: &str, rows: Vec<(Vec<usize>, String)>, most: usize) -> Vec<String> {
    let mut lines = vec![String::new(), pen.strong(title)];
    let rest = rows.len().saturating_sub(most);
    let rows: Vec<(Vec<usize>, String)> = rows.into_iter().take(most).collect();
    let wide = rows.iter().map(|(places, _)| sigla_width(edition, places)).max().unwrap_or(0);
    for (places, words) in rows {
        let room = pen.width.saturating_sub(wide + 4);
        lines.push(format!("  {}  {}", sigla(pen, edition, &places, wide), clip(&words, room)));
    }
    if rest > 0 {
        lines.push(pen.more(rest));
    }
    lines
}

/// Returns where independent tellings differ, each reading in its words.
pub fn variants(pen: &Pen, edition: &Edition) -> Vec<String> {
    let variants = &edition.story.variants;
    if variants.is_empty() {
        return Vec::new();
    }
    let developments = variants.iter().filter(|v| v.development).count();
    let title = match (variants.len() - developments, developments) {
        (differences, 0) => counted(differences, "difference"),
        (0, developments) => counted(developments, "development"),
        (differences, developments) => {
            format!("{}, {}", counted(differences, "difference"), counted(developments, "development"))
        }
    };
    let mut lines = vec![String::new(), pen.strong(&title)];
    // What contradicts comes before what time explains.
    let mut ordered: Vec<&Variant> = variants.iter().collect();
    ordered.sort_by_key(|v| v.development);
    for variant in ordered.into_iter().take(MOST_VARIANTS) {
        let doubt = unsure(variant.confidence).map_or_else(String::new, |unsure| format!(", {unsure}"));
        let kind = variant_kind(variant.kind);
        match development(variant) {
            Some(went) => lines.push(clip(&format!("  {} ({kind}{doubt}): {went}", variant.about), pen.width)),
            None => {
                lines.push(clip(&format!("  {} ({kind}{doubt})", variant.about), pen.width));
                lines.extend(readings(pen, edition, variant));
            }
        }
    }
    if variants.len() > MOST_VARIANTS {
        lines.push(pen.more(variants.len() - MOST_VARIANTS));
    }
    lines
}

fn readings(pen: &Pen, edition: &Edition, variant: &Variant) -> Vec<String> {
    let groups = same_values(variant);
    let rest = groups.len().saturating_sub(MOST_READINGS);
    let rows: Vec<(Vec<usize>, &str, &Reading)> = groups
        .iter()
        .take(MOST_READINGS)
        .map(|(value, readings)| (edition.places(readings.iter().map(|r| &r.span)), value.as_str(), readings[0]))
        .collect();
    let wide = rows.iter().map(|(places, ..)| sigla_width(edition, places)).max().unwrap_or(0);
    let value = rows.iter().map(|(_, value, _)| columns(&plain(value))).max().unwrap_or(0).min(pen.width / 4);
    let room = pen.width.saturating_sub(wide + value + 8);
    let mut lines: Vec<String> = rows
        .iter()
        .map(|(places, words, reading)| {
            format!("    {}  {}  {}", sigla(pen, edition, places, wide), fit(words, value), in_line(reading, room))
        })
        .collect();
    if rest > 0 {
        lines.push(pen.more(rest));
    }
    lines
}

/// The compared words between brackets, with as much of their sentence around them as fits.
fn in_line(reading: &Reading, width: usize) -> String {
    let cut = context(&reading.sentence, &reading.span);
    let words = format!("[{}]", clip(cut.words, width.saturating_sub(2)));
    let room = width.saturating_sub(columns(&words));
    let (before, after) = (columns(&plain(cut.before)), columns(&plain(cut.after)));
    let left = before.min((room / 3).max(room.saturating_sub(after)));
    format!("{}{words}{}", clip_start(cut.before, left), clip(cut.after, room - left))
}

/// Returns what rewrites changed.
pub fn drift(pen: &Pen, edition: &Edition) -> Vec<String> {
    let drift = &edition.story.drift;
    if drift.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), pen.strong(&format!("{} by rewrites", counted(drift.len(), "change")))];
    for change in drift.iter().take(MOST_DRIFT) {
        let place = |span: &Span| edition.places([span]);
        let places = place(&change.rewrite);
        let doubt = unsure(change.confidence).map_or_else(String::new, |unsure| format!(", {unsure}"));
        let wide = sigla_width(edition, &places);
        let told = clip(
            &format!("{}{doubt}: {}", drift_kind(change.kind), change.explain),
            pen.width.saturating_sub(wide + 4),
        );
        lines.push(format!("  {}  {told}", sigla(pen, edition, &places, wide)));
        let source = change.source.as_ref().map_or(String::new(), |source| {
            let siglum = place(source).first().map_or("the source", |&n| &edition.witnesses[n].siglum);
            format!(" where {siglum} has [{}]", clip(&source.text, pen.width * 2 / 5))
        });
        let words = format!("{}[{}]{source}", " ".repeat(wide + 4), clip(&change.rewrite.text, pen.width * 2 / 5));
        lines.push(clip(&words, pen.width));
    }
    if drift.len() > MOST_DRIFT {
        lines.push(pen.more(drift.len() - MOST_DRIFT));
    }
    lines
}

/// The words of a gist; a bare amount says little, so its sentence is told.
fn told(edition: &Edition, gist: &Span) -> String {
    if gist.text.split_whitespace().count() < 4 { edition.sentence(gist).text.clone() } else { gist.text.clone() }
}

/// The most sigla that a line names; the rest is counted.
const MOST_SIGLA: usize = 8;

fn sigla_width(edition: &Edition, places: &[usize]) -> usize {
    columns(&sigla_words(edition, places).join(" "))
}

fn sigla_words(edition: &Edition, places: &[usize]) -> Vec<String> {
    let mut words: Vec<String> = places.iter().take(MOST_SIGLA).map(|&n| edition.witnesses[n].siglum.clone()).collect();
    if places.len() > MOST_SIGLA {
        words.push(format!("+{}", places.len() - MOST_SIGLA));
    }
    words
}

fn sigla(pen: &Pen, edition: &Edition, places: &[usize], width: usize) -> String {
    let words = sigla_words(edition, places);
    let used = columns(&words.join(" "));
    let drawn: Vec<String> = words
        .iter()
        .enumerate()
        .map(
            |(n, word)| {
                if n < MOST_SIGLA { pen.siglum(word, edition.witnesses[places[n]].origin) } else { word.clone() }
            },
        )
        .collect();
    drawn.join(" ") + &" ".repeat(width.saturating_sub(used))
}
