//! A report alone: its text with what was found in it, each kind in a class of its own.

use maud::{Markup, html};
use variorum_news::{Block, BlockKind, QuoteKind, Report, Spanner};

use crate::page::{language, whole};

/// How many kinds of finding there are.
const KINDS: usize = 5;
const CLASSES: [&str; KINDS] = ["quote", "figure", "date", "name", "attribution"];

/// Returns the text of a report, block by block. Words that were found stand in elements of the classes `a` and `quote`,
/// `figure`, `date`, `name` or `attribution`, so that a style can show or hide each kind.
pub fn annotated_text(report: &Report) -> Markup {
    let spanner = Spanner::new(&report.id, &report.text);
    let layers = Layers::of(report);
    let mut walk = Walk { layers: &layers, next: 0, open: [0; KINDS] };
    html! { @for block in whole(report, &spanner) { (shown(&block, &mut walk, &spanner)) } }
}

/// Returns the kinds of finding in a report, with how many there are of each; those that it has.
pub fn found(report: &Report) -> Vec<(&'static str, usize)> {
    let layers = Layers::of(report);
    (0..KINDS).map(|kind| (CLASSES[kind], layers.counts[kind])).filter(|found| found.1 > 0).collect()
}

/// Where findings begin and end, in order: the place, its kind, and whether one more or one less is open.
struct Layers {
    edges: Vec<(usize, usize, i32)>,
    counts: [usize; KINDS],
}

impl Layers {
    fn of(report: &Report) -> Self {
        let mut layers = Layers { edges: Vec::new(), counts: [0; KINDS] };
        let length = report.text.chars().count();
        if let Some(found) = &report.annotations {
            let marked = found.quotes.iter().filter(|quote| quote.kind != QuoteKind::Indirect);
            marked.for_each(|quote| layers.add(0, quote.span.start, quote.span.end, length));
            found.figures.iter().for_each(|figure| layers.add(1, figure.span.start, figure.span.end, length));
            found.dates.iter().for_each(|date| layers.add(2, date.span.start, date.span.end, length));
            found.names.iter().for_each(|name| layers.add(3, name.span.start, name.span.end, length));
            found.attributions.iter().for_each(|said| layers.add(4, said.cue.start, said.cue.end, length));
        }
        layers.edges.sort_unstable();
        layers
    }

    fn add(&mut self, kind: usize, start: usize, end: usize, length: usize) {
        if start < end && end <= length {
            self.edges.extend([(start, kind, 1), (end, kind, -1)]);
            self.counts[kind] += 1;
        }
    }
}

fn shown(block: &Block, walk: &mut Walk, spanner: &Spanner) -> Markup {
    let words = words(block, walk, spanner);
    let lang = block.language.as_deref();
    match block.kind {
        BlockKind::Heading => html! { h3 lang=[lang] dir="auto" { (words) } },
        BlockKind::Quote => html! { blockquote lang=[lang] dir="auto" { (words) } },
        BlockKind::Caption => html! { p class="caption" lang=[lang] dir="auto" { (words) } },
        BlockKind::Table => html! { p class="rows" lang=[lang] dir="auto" { (words) } },
        BlockKind::ListItem => html! { p class="item" lang=[lang] dir="auto" { (words) } },
        BlockKind::Paragraph => html! { p lang=[lang] dir="auto" { (words) } },
    }
}

/// The way through the findings, once from the first block to the last.
struct Walk<'l> {
    layers: &'l Layers,
    next: usize,
    open: [i32; KINDS],
}

impl Walk<'_> {
    /// Passes what begins or ends up to a place, and returns where; none where nothing more does before `end`.
    fn step(&mut self, end: usize) -> Option<usize> {
        let &(place, kind, change) = self.layers.edges.get(self.next).filter(|edge| edge.0 < end)?;
        self.open[kind] += change;
        self.next += 1;
        Some(place)
    }
}

/// Findings overlap, so the text is cut wherever one begins or ends, and each piece says all that it belongs to.
fn words(block: &Block, walk: &mut Walk, spanner: &Spanner) -> Markup {
    let mut pieces: Vec<(usize, usize, String)> = Vec::new();
    let mut at = block.start;
    loop {
        let class = class(&walk.open);
        let Some(place) = walk.step(block.end) else {
            pieces.push((at, block.end, class));
            break;
        };
        if at < place {
            pieces.push((at, place, class));
            at = place;
        }
    }
    html! { @for (start, end, class) in &pieces {
        @let words = spanner.text().get(spanner.byte_range(*start, *end)).unwrap_or("");
        @if class.is_empty() { (words) } @else { span class=(class) { (words) } }
    } }
}

fn class(open: &[i32; KINDS]) -> String {
    let names: Vec<&str> = (0..KINDS).filter(|kind| open[*kind] > 0).map(|kind| CLASSES[kind]).collect();
    if names.is_empty() { String::new() } else { format!("a {}", names.join(" ")) }
}

/// Returns the language of a report, where it has the shape of one.
pub fn language_of(report: &Report) -> Option<&str> {
    language(report)
}

#[cfg(test)]
mod tests {
    use variorum_news::{Annotations, DateKind, DateMention, Name, NameKind, Report, Span};

    use super::annotated_text;

    #[test]
    fn findings_that_overlap_are_cut_where_they_do() {
        let mut report = Report::of_text("r", "Ada Orr spoke on <Monday>.\nShe left.");
        let span = |start, end| Span { report: "r".into(), start, end, text: String::new() };
        let name = Name { span: span(0, 7), kind: NameKind::Person, entity: "e1".into(), sure: true };
        let date = DateMention { span: span(4, 13), value: "x".into(), kind: DateKind::Date, modifier: None };
        report.annotations = Some(Annotations { names: vec![name], dates: vec![date], ..Annotations::default() });
        let shown = annotated_text(&report).0;
        assert!(shown.contains(r#"<span class="a name">Ada </span><span class="a date name">Orr</span><span class="a date"> spoke</span>"#), "{shown}");
        assert!(shown.contains("&lt;Monday&gt;.</p><p dir=\"auto\">She left.</p>"), "{shown}");
    }
}
