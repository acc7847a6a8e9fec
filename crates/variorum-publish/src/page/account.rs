//! The account, the timeline, and what is agreed or told by one origin alone: all in the words of the reports.

use maud::{Markup, html};
use variorum_news::{Statement, TimelineEntry, Verdict};

use super::sheet::Sheet;
use crate::phrase::counted;
use crate::when::moment;

/// Returns the account: each sentence with the sigla of the reports that say it.
pub fn account(sheet: &Sheet) -> Markup {
    let sentences = &sheet.edition.story.account;
    if sentences.is_empty() {
        return html! {};
    }
    let all = sheet.edition.origins();
    html! { section id=(sheet.id("account")) {
        (sheet.heading(1, html! { "The account" }))
        p class="lede" { "Every sentence is word for word that of the report with the filled letter; the other letters say the same. A letter leads to the words." }
        ol class="account" { @for sentence in sentences { li {
            p {
                @if let Some(first) = sentence.sources.first() { (sheet.words(first, html! { (sentence.text) })) }
                @else { (sentence.text) }
                "\u{a0}" span class="marks" { (sheet.sources(&sentence.sources)) }
            }
            p class="weight" { (weight(sheet.edition.origins_of(&sheet.edition.places(&sentence.sources)), all)) }
        } } }
    } }
}

fn weight(origins: usize, all: usize) -> String {
    match origins {
        1 => "one origin alone".to_owned(),
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
        p class="when" { (moment(&entry.when.value)) }
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

fn folded(sheet: &Sheet, title: &str, statements: &[&Statement]) -> Markup {
    html! { details { summary { (title) } ul class="statements" { @for statement in statements { li {
        (sheet.in_sentence(sheet.edition.sentence(&statement.gist), &statement.gist)) " "
        span class="marks" { (sheet.sigla(statement.readings.iter().map(|r| &r.span))) }
    } } } } }
}
