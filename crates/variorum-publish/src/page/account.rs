//! The account, the timeline, and what is agreed or told by one origin alone: all in the words of the reports.

use maud::{Markup, html};
use variorum_news::{AccountSentence, Part, ReportId, Statement, TimelineEntry, Variant, Verdict};

use super::sheet::Sheet;
use crate::phrase::{counted, uncertain};
use crate::when::moment;

/// Returns the account: each sentence with the sigla of the reports that say it.
pub fn account(sheet: &Sheet) -> Markup {
    let sentences = &sheet.edition.story.account;
    if sentences.is_empty() {
        return html! {};
    }
    let parts: Vec<&[AccountSentence]> = sentences.chunk_by(|a, b| heading(a.part) == heading(b.part)).collect();
    html! { section id=(sheet.id("account")) {
        (sheet.heading(1, html! { "The account" }))
        p class="lede" { "Every sentence is word for word that of the report with the filled letter; the other letters say the same. A letter leads to the words." }
        @for part in &parts {
            @if parts.len() > 1 { (sheet.heading(2, html! { (heading(part[0].part)) })) }
            ol class="account" { @for (n, sentence) in part.iter().enumerate() {
                li class=[(n > 0 && part[n - 1].paragraph != sentence.paragraph).then_some("begins")] {
                    (told(sheet, sentence))
                    p class=(format!("weight {}", class(sentence.mark))) { (mark(sheet, sentence)) }
                }
            } }
        }
    } }
}

fn heading(part: Part) -> &'static str {
    match part {
        Part::Lead | Part::News => "What happened",
        Part::Voices => "Who said what",
        Part::Background => "What was before",
    }
}

fn class(mark: Verdict) -> &'static str {
    match mark {
        Verdict::Agreed => "agreed",
        Verdict::SingleOrigin => "alone",
        Verdict::Differs => "differs",
    }
}

fn told(sheet: &Sheet, sentence: &AccountSentence) -> Markup {
    html! { p {
        @if let Some(first) = sentence.sources.first() { (sheet.words(first, html! { (sentence.text) })) }
        @else { (sentence.text) }
        "\u{a0}" span class="marks" { (sheet.sources(&sentence.sources)) }
    } }
}

/// Whether origins agree on a sentence, one alone tells it, or reports differ in it, with the way to where they differ.
fn mark(sheet: &Sheet, sentence: &AccountSentence) -> Markup {
    let all = sheet.edition.origins();
    let origins = sheet.edition.origins_of(&sheet.edition.places(&sentence.sources));
    let variants = &sheet.edition.story.variants;
    let differing: Vec<(usize, &Variant)> = variants
        .iter()
        .enumerate()
        .filter(|(_, v)| sentence.variants.contains(&v.id) && v.development == (sentence.mark != Verdict::Differs))
        .collect();
    html! {
        @match sentence.mark {
            Verdict::Agreed => { "agreed: " (weight(origins, all)) }
            Verdict::SingleOrigin => { (weight(origins.min(1), all)) }
            Verdict::Differs => { "reports differ" }
        }
        @for (n, (place, variant)) in differing.iter().enumerate() {
            @if n == 0 && sentence.mark == Verdict::Differs { ": " } @else if n == 0 { "; over time: " } @else { ", " }
            a href=(format!("#{}", sheet.variant(*place))) { bdi { (variant.about) } }
        }
    }
}

fn weight(origins: usize, all: usize) -> String {
    match origins {
        0 | 1 => "one origin alone".to_owned(),
        n if n == all => format!("all {n} origins"),
        n => format!("{n} of {all} origins"),
    }
}

/// Returns what happened when.
pub fn timeline(sheet: &Sheet) -> Markup {
    let entries = &sheet.edition.story.timeline;
    if entries.is_empty() {
        return html! {};
    }
    html! { section id=(sheet.id("timeline")) {
        (sheet.heading(1, html! { "What happened when" }))
        ol class="timeline" { @for entry in entries { li { (moment_of(sheet, entry)) } } }
    } }
}

fn moment_of(sheet: &Sheet, entry: &TimelineEntry) -> Markup {
    let told = entry.reports.iter().filter_map(|id| sheet.edition.place(id));
    let others = told.filter(|n| Some(*n) != sheet.edition.place(&entry.what.report));
    let inside = entry.what.holds(&entry.when.text);
    html! {
        p class="when" {
            (moment(&entry.when.value))
            @if let Some(why) = entry.uncertain.and_then(uncertain) { " " span class="doubt" { "(" (why) ")" } }
        }
        p {
            @if inside { (sheet.in_sentence(&entry.what, &entry.when.text)) } @else { (sheet.words(&entry.what, html! { (entry.what.text) })) }
            " "
            span class="marks" { (sheet.sigla([&entry.what])) @for n in others { (sheet.siglum(n, None)) } }
            @if !inside { " " span class="given" { "given as “" (sheet.words(&entry.when.text, html! { (entry.when.text.text) })) "”" } }
        }
    }
}

/// Returns what independent origins agree on, and what one origin alone tells, folded.
pub fn statements(sheet: &Sheet) -> Markup {
    let of = |verdict| sheet.edition.story.statements.iter().filter(move |s| s.verdict == verdict).collect::<Vec<_>>();
    let (agreed, alone) = (of(Verdict::Agreed), of(Verdict::SingleOrigin));
    if agreed.is_empty() && alone.is_empty() {
        return html! {};
    }
    html! { section id=(sheet.id("statements")) {
        (sheet.heading(1, html! { "Agreed, and told once" }))
        @if !agreed.is_empty() { (folded(sheet, &format!("{} agreed by independent origins", counted(agreed.len(), "statement")), &agreed)) }
        @if !alone.is_empty() { (folded(sheet, &format!("{} that one origin alone tells", counted(alone.len(), "statement")), &alone)) }
    } }
}

/// Returns the statements that a report alone tells.
pub fn alone(sheet: &Sheet, report: &ReportId) -> Vec<Markup> {
    let of = |s: &&Statement| s.reports == 1 && s.gist.report == *report && s.verdict == Verdict::SingleOrigin;
    sheet.edition.story.statements.iter().filter(of).map(|statement| told_once(sheet, statement)).collect()
}

fn folded(sheet: &Sheet, title: &str, statements: &[&Statement]) -> Markup {
    html! { details { summary { (title) } ul class="statements" { @for statement in statements { li { (told_once(sheet, statement)) } } } } }
}

fn told_once(sheet: &Sheet, statement: &Statement) -> Markup {
    html! {
        (sheet.in_sentence(sheet.edition.sentence(&statement.gist), &statement.gist)) " "
        span class="marks" { (sheet.sigla(statement.readings.iter().map(|r| &r.span))) }
    }
}
