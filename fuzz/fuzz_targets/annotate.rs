//! Any text, at both depths: every span that `annotate` finds is the very slice that it names, and what was annotated
//! before leaves no trace.

#![no_main]

use libfuzzer_sys::fuzz_target;
use variorum::Depth;
use variorum::news::{Annotations, Report, Span};

fuzz_target!(|text: &str| {
    let chars: Vec<char> = text.chars().collect();
    for depth in [Depth::Grammar, Depth::Fast] {
        let report = variorum::annotate(Report::of_text("r", text), depth);
        let Some(found) = &report.annotations else { continue };
        for span in spans(found) {
            assert_eq!(chars[span.start..span.end].iter().collect::<String>(), span.text);
        }
        let count = found.attributions.len();
        assert!(found.attributions.iter().all(|one| one.within.is_none_or(|outer| outer < count)));
        assert_eq!(variorum::annotate(report.clone(), depth), report);
    }
});

fn spans(found: &Annotations) -> impl Iterator<Item = &Span> {
    let quotes = found.quotes.iter().flat_map(|quote| {
        [&quote.span].into_iter().chain(&quote.cue).chain(quote.speaker.as_ref().map(|speaker| &speaker.span))
    });
    let attributions = found.attributions.iter().flat_map(|one| {
        [&one.span, &one.cue].into_iter().chain(&one.content).chain(one.source.as_ref().map(|source| &source.span))
    });
    let figures = found.figures.iter().map(|figure| &figure.span);
    let dates = found.dates.iter().map(|date| &date.span);
    let names = found.names.iter().map(|name| &name.span);
    found.sentences.iter().chain(quotes).chain(figures).chain(dates).chain(names).chain(attributions)
}
