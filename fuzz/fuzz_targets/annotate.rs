//! Any text: every span that `annotate` finds is the very slice that it names.

#![no_main]

use libfuzzer_sys::fuzz_target;
use variorum::news::{Report, Span};

fuzz_target!(|text: &str| {
    let report = variorum::annotate(Report::of_text("r", text), variorum::Depth::Grammar);
    let chars: Vec<char> = report.text.chars().collect();
    let holds = |span: &Span| chars[span.start..span.end].iter().collect::<String>() == span.text;
    let Some(found) = &report.annotations else { return };
    assert!(found.sentences.iter().all(holds));
    assert!(found.quotes.iter().all(|quote| holds(&quote.span)));
    assert!(found.figures.iter().all(|figure| holds(&figure.span)));
    assert!(found.dates.iter().all(|date| holds(&date.span)));
    assert!(found.names.iter().all(|name| holds(&name.span)));
    assert!(found.attributions.iter().all(|attribution| holds(&attribution.span)));
});
