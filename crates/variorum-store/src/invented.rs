//! Invented reports for the tests.

use variorum_news::{Credit, CreditKind, Report, Span};

use crate::Store;

/// Some time in 2026, in seconds since 1970.
pub const NOW: i64 = 1_772_700_000;

const PLACES: [&str; 4] = ["Delmare", "Port Orr", "Saint Ava", "Lower Ness"];
const EVENTS: [&str; 4] = ["A ferry sank", "The bridge was closed", "Teachers walked out", "A fire broke out"];

/// Returns report `n`, of its own address, as different from others as news is.
pub fn report(n: usize) -> Report {
    let (place, event) = (PLACES[n % 4], EVENTS[n / 4 % 4]);
    let text =
        format!("{event} off {place} on day {n}.\nAda Orr said that {n} people were safe, the Tribune reported.");
    let mut report = Report::of_text(format!("r{n}"), text.as_str());
    report.url = Some(format!("https://www.herald.example/news/{n}"));
    report.outlet = Some(["Delmare Herald", "The Tribune", "Le Journal"][n % 3].to_owned());
    report.title = Some(format!("{event} off {place}"));
    report.byline = vec!["Mira Sand".to_owned()];
    report.published = Some(format!("2026-{:02}-{:02}", n % 12 + 1, n % 28 + 1));
    report.language = Some(["en", "en-GB", "fr"][n % 3].to_owned());
    let start = text.chars().count() - 13;
    let span = Span { report: report.id.clone(), start, end: start + 7, text: "Tribune".to_owned() };
    report.credits = vec![Credit {
        source: "Tribune".to_owned(),
        kind: CreditKind::ReportedBy,
        text: "the Tribune reported".to_owned(),
        span: Some(span),
    }];
    report
}

/// Returns an empty record in a folder that goes when it is dropped.
pub fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("v.db")).unwrap();
    (folder, store)
}

/// Returns a record that holds the reports of a range.
pub fn store_of(range: std::ops::Range<usize>) -> (tempfile::TempDir, Store) {
    let (folder, store) = store();
    store.keep(range.map(report).collect(), NOW).unwrap();
    (folder, store)
}
