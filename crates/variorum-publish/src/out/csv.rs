//! Tables (RFC 4180): the differences of a story and what its rewrites bent, a row a reading.

use variorum_news::{Drift, Reading, ReportId, Span, Value, VariantKind};

use super::{Finding, Handout, Index, Ruled, linked};
use crate::phrase;

/// Returns the variants of a story, a row for each reading. Dismissed ones are rows too, with that word beside them.
pub fn variants_csv(handout: &Handout) -> String {
    let mut table = Table::new(&[
        "story",
        "finding",
        "kind",
        "about",
        "development",
        "confidence",
        "ruling",
        "report",
        "outlet",
        "published",
        "address",
        "value",
        "says",
        "words",
        "start",
        "end",
        "sentence",
        "speaker",
        "attributed_to",
        "derived",
        "when",
    ]);
    let index = handout.index();
    for (n, variant) in handout.story.variants.iter().enumerate() {
        let finding = handout.variants.get(n);
        let told = [
            handout.story.id.clone(),
            key(finding, &variant.id),
            kind(variant.kind),
            variant.about.clone(),
            variant.development.to_string(),
            variant.confidence.to_string(),
            ruling(finding),
        ];
        for reading in &variant.readings {
            table.row(&[&told[..], &reading_cells(&index, reading, variant.kind)].concat());
        }
    }
    table.written
}

fn reading_cells(index: &Index, reading: &Reading, kind: VariantKind) -> Vec<String> {
    let value = match &reading.value {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Word(word)) => word.clone(),
        None => String::new(),
    };
    let mut cells = report(index, &reading.span.report).to_vec();
    cells.extend([value, phrase::value(reading, kind)]);
    cells.extend(place(&reading.span));
    cells.extend([
        reading.sentence.text.clone(),
        reading.speaker.clone().unwrap_or_default(),
        reading.attributed_to.clone().unwrap_or_default(),
        reading.derived.to_string(),
        reading.when.clone().unwrap_or_default(),
    ]);
    cells
}

/// Returns the drift of a story, a row each. Dismissed ones are rows too, with that word beside them.
pub fn drift_csv(handout: &Handout) -> String {
    let mut table = Table::new(&[
        "story",
        "finding",
        "kind",
        "confidence",
        "ruling",
        "proposed_by_model",
        "rewrite_report",
        "rewrite_outlet",
        "rewrite_published",
        "rewrite_address",
        "rewrite_words",
        "rewrite_start",
        "rewrite_end",
        "source_report",
        "source_outlet",
        "source_published",
        "source_address",
        "source_words",
        "source_start",
        "source_end",
        "explain",
    ]);
    let index = handout.index();
    for (n, drift) in handout.story.drift.iter().enumerate() {
        table.row(&drift_row(&handout.story.id, &index, drift, handout.drift.get(n)));
    }
    table.written
}

fn drift_row(story: &str, index: &Index, drift: &Drift, finding: Option<&Finding>) -> Vec<String> {
    let mut row = vec![
        story.to_owned(),
        key(finding, ""),
        kind(drift.kind),
        drift.confidence.to_string(),
        ruling(finding),
        drift.proposed.to_string(),
    ];
    row.extend(report(index, &drift.rewrite.report));
    row.extend(place(&drift.rewrite));
    match &drift.source {
        Some(source) => {
            row.extend(report(index, &source.report));
            row.extend(place(source));
        }
        None => row.extend(std::iter::repeat_n(String::new(), 7)),
    }
    row.push(drift.explain.clone());
    row
}

fn key(finding: Option<&Finding>, id: &str) -> String {
    finding.map_or_else(|| id.to_owned(), |finding| finding.key.clone())
}

fn ruling(finding: Option<&Finding>) -> String {
    match finding.and_then(|finding| finding.ruling) {
        Some(Ruled::Confirmed) => "confirmed",
        Some(Ruled::Dismissed) => "dismissed",
        None => "",
    }
    .to_owned()
}

/// Returns a kind by the name that it has in every output.
pub(super) fn kind(kind: impl serde::Serialize) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn report(index: &Index, id: &ReportId) -> [String; 4] {
    let report = index.get(&**id).map(|kept| kept.report);
    let known = |field: Option<&str>| field.unwrap_or_default().to_owned();
    [
        id.to_string(),
        known(report.and_then(|r| r.outlet.as_deref())),
        known(report.and_then(|r| r.published.as_deref())),
        known(linked(report.and_then(|r| r.url.as_deref()))),
    ]
}

fn place(span: &Span) -> [String; 3] {
    [span.text.clone(), span.start.to_string(), span.end.to_string()]
}

/// Rows parted by CR LF, the names of the columns first.
struct Table {
    written: String,
}

impl Table {
    fn new(columns: &[&str]) -> Self {
        Table { written: columns.join(",") + "\r\n" }
    }

    fn row(&mut self, cells: &[String]) {
        for (n, cell) in cells.iter().enumerate() {
            self.written.push_str(if n > 0 { "," } else { "" });
            self.written.push_str(&quoted(cell));
        }
        self.written.push_str("\r\n");
    }
}

/// A spreadsheet runs what begins like a formula, so such a cell gets an apostrophe before it. The full-width forms are
/// read as the plain ones where East Asian keyboards are at home.
fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guarded = if runs { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}
