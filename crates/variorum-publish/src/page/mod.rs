//! The page that a person reads in a browser.

pub mod account;
pub mod apparatus;
mod drawing;
pub mod lineage;
mod marks;
pub mod sheet;
pub mod witnesses;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use variorum_news::{Dossier, Problem};

pub use marks::cut;
pub use sheet::language;
pub use witnesses::whole;

use crate::edition::editions;
use crate::phrase::counted;
use sheet::{Sheet, colour};

/// The style of the page; a page that is put together of [`crate::story_parts`] begins with it.
pub const STYLE: &str = include_str!("page.css");

/// Nothing may be loaded and nothing may run, whatever a report's text tries.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Returns the self-contained HTML page of a dossier: no network, no script, the same bytes for the same dossier.
pub fn page(dossier: &Dossier) -> String {
    let (editions, untold) = editions(dossier);
    let level = if editions.len() == 1 { 1 } else { 2 };
    let sheets: Vec<Sheet> =
        editions.into_iter().enumerate().map(|(n, edition)| Sheet::new(edition, n + 1, level)).collect();
    let title = match sheets.as_slice() {
        [one] => one.edition.title().to_owned(),
        many => format!("{}, {}", counted(many.len(), "story"), counted(dossier.reports.len(), "report")),
    };
    let main = html! {
        @if sheets.len() != 1 { (front(&sheets, &title)) }
        @for sheet in &sheets { (story(sheet)) }
        (witnesses::untold(&untold))
        (problems(&dossier.problems))
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (title) " · Variorum" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { "Skip to the text" }
                header class="top" { p { b { "Variorum" } " " span { "many reports, one sourced account" } } }
                (contents(&sheets, !untold.is_empty(), dossier.problems.len()))
                main id="main" tabindex="-1" { (main) }
                footer { p {
                    "Every statement here rests on words of a report, and its letter leads to them. The numbers count reporting, not truth: "
                    "reports with words from one source count once."
                } }
            }
        }
    }
    .into_string()
}

/// The contents: the parts of the one story, or the stories.
fn contents(sheets: &[Sheet], untold: bool, problems: usize) -> Markup {
    html! { nav aria-label="Contents" { ul {
        @match sheets {
            [one] => { @for (part, name) in parts(one) { li { a href=(format!("#{}", one.id(part))) { (name) } } } }
            many => { @for sheet in many { li { a href=(format!("#s{}", sheet.number)) { bdi { (sheet.edition.title()) } } } } }
        }
        @if untold { li { a href="#untold" { "Outside any story" } } }
        @if problems > 0 { li { a href="#problems" { (counted(problems, "problem")) } } }
    } } }
}

fn parts(sheet: &Sheet) -> Vec<(&'static str, &'static str)> {
    let story = sheet.edition.story;
    let told = story.statements.iter().any(|s| s.verdict != variorum_news::Verdict::Differs);
    [
        (!story.account.is_empty(), "account", "The account"),
        (true, "lineage", "Where the words come from"),
        (!story.variants.is_empty(), "variants", "Where the reports differ"),
        (!story.drift.is_empty(), "drift", "What rewrites changed"),
        (!story.timeline.is_empty(), "timeline", "What happened when"),
        (told, "statements", "Agreed, and told once"),
        (true, "reports", "The reports"),
    ]
    .into_iter()
    .filter(|part| part.0)
    .map(|part| (part.1, part.2))
    .collect()
}

fn front(sheets: &[Sheet], title: &str) -> Markup {
    html! {
        h1 { (title) }
        ul class="front" { @for sheet in sheets { li {
            a href=(format!("#s{}", sheet.number)) { bdi { (sheet.edition.title()) } }
            p { (sheet.edition.counts()) }
        } } }
    }
}

fn story(sheet: &Sheet) -> Markup {
    html! { article class="story" id=(format!("s{}", sheet.number)) {
        header class=(if sheet.edition.title().chars().count() > LONG { "head long" } else { "head" }) {
            @match &sheet.edition.story.title {
                Some(title) => { (sheet.heading(0, sheet.words(title, html! { (title.text) }))) }
                None => { (sheet.heading(0, html! { bdi { (sheet.edition.title()) } })) }
            }
            p class="counts" { (sheet.edition.counts()) span { " — counts reporting, not truth" } }
            (origins(sheet))
        }
        (account::account(sheet))
        (lineage::lineage(sheet))
        (apparatus::variants(sheet))
        (apparatus::drift(sheet))
        (account::timeline(sheet))
        (account::statements(sheet))
        (witnesses::witnesses(sheet))
    } }
}

/// A title of more letters than this is set smaller.
const LONG: usize = 70;
/// More reports than this are named by their letters alone at the head of a story; the lineage names them all.
const MOST_NAMES: usize = 12;

/// The sigla by origin: the reports that count once stand over one line.
pub fn origins(sheet: &Sheet) -> Markup {
    let witnesses = &sheet.edition.witnesses;
    let named = witnesses.len() <= MOST_NAMES;
    html! { ul class="origins" aria-label="Reports by independent origin" { @for origin in 0..sheet.edition.origins() {
        @let members: Vec<usize> = (0..witnesses.len()).filter(|&n| witnesses[n].origin == origin).collect();
        li class=(colour(&witnesses[members[0]])) { @for n in members {
            span { (sheet.siglum(n, None)) @if named { " " bdi { (witnesses[n].name()) } } } " "
        } }
    } } }
}

fn problems(problems: &[Problem]) -> Markup {
    if problems.is_empty() {
        return html! {};
    }
    html! { section id="problems" {
        h2 { (counted(problems.len(), "input")) " that could not be used" }
        ul { @for problem in problems { li {
            @if let Some(name) = problem.path.as_ref().or(problem.id.as_ref()) { code { bdi { (name) } } ": " }
            bdi { (problem.reason) }
        } } }
    } }
}
