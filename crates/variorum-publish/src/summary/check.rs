//! A check as an editor reads it: the sentences that are not borne out, each with what its sources say.

use variorum_news::{Check, CheckedSentence, Drift, SentenceVerdict, Span};

use super::pen::{Pen, clip};
use super::{Colour, SURE};
use crate::phrase::{counted, drift_kind};

/// Returns a check for a terminal of `width` columns; `sources` are the names that its sources are shown by.
pub fn check_summary(check: &Check, sources: &[String], width: usize, colour: Colour) -> String {
    let pen = Pen { width: width.max(40), colour };
    let shown: Vec<&CheckedSentence> =
        check.sentences.iter().filter(|s| s.verdict != SentenceVerdict::Supported || touched(check, s)).collect();
    let mut lines = vec![pen.strong(&headline(check))];
    for sentence in &shown {
        lines.push(String::new());
        lines.extend(told(&pen, sentence));
        let drift: Vec<&Drift> = check.drift.iter().filter(|d| d.rewrite.overlap(&sentence.span) > 0).collect();
        lines.extend(drift.iter().map(|drift| clip(&finding(drift, sources), pen.width)));
        if drift.is_empty() {
            lines.push(clip(&nearest(sentence, sources), pen.width));
        }
    }
    if !shown.is_empty() {
        lines.push(String::new());
    }
    lines.push(pen.faint("This compares words with words; it does not know what is true."));
    lines.join("\n") + "\n"
}

fn touched(check: &Check, sentence: &CheckedSentence) -> bool {
    check.drift.iter().any(|d| d.rewrite.overlap(&sentence.span) > 0)
}

fn headline(check: &Check) -> String {
    let count = |verdict| check.sentences.iter().filter(|s| s.verdict == verdict).count();
    let parts = [
        (SentenceVerdict::Supported, "borne out"),
        (SentenceVerdict::Drifted, "changed"),
        (SentenceVerdict::Unsupported, "not borne out"),
    ];
    let parts = parts.into_iter().map(|(verdict, word)| (count(verdict), word)).filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, word)| format!("{n} {word}")).collect();
    format!("{}: {}; faithful {:.2}", counted(check.sentences.len(), "sentence"), parts.join(", "), check.faithful)
}

fn told(pen: &Pen, sentence: &CheckedSentence) -> Vec<String> {
    let (mark, words) = match sentence.verdict {
        SentenceVerdict::Supported => ("  ", "borne out"),
        SentenceVerdict::Drifted => ("! ", "changed"),
        SentenceVerdict::Unsupported => ("? ", "not borne out"),
    };
    let by = if sentence.proposed { ", proposed by a model" } else { "" };
    vec![pen.warning(&format!("{mark}{words}{by}")), clip(&format!("  {}", sentence.span.text), pen.width)]
}

fn finding(drift: &Drift, sources: &[String]) -> String {
    let place = drift.source.as_ref().map_or(String::new(), |span| format!(" ({})", name(span, sources)));
    let unsure =
        if drift.confidence < SURE { format!(", {:.0} % sure", drift.confidence * 100.0) } else { String::new() };
    format!("    {}{unsure}: “{}” — {}{place}", drift_kind(drift.kind), drift.rewrite.text, drift.explain)
}

/// What the sources have that is nearest to a sentence without a finding of its own.
fn nearest(sentence: &CheckedSentence, sources: &[String]) -> String {
    match sentence.sources.first() {
        Some(span) => format!("    nearest: “{}” ({})", span.text, name(span, sources)),
        None => "    no source has anything like it".to_owned(),
    }
}

fn name<'a>(span: &Span, sources: &'a [String]) -> &'a str {
    let number = span.report.strip_prefix("source-").and_then(|n| n.parse::<usize>().ok());
    number.and_then(|n| sources.get(n.checked_sub(1)?)).map_or("source", String::as_str)
}

#[cfg(test)]
mod tests {
    use variorum_news::{Check, CheckedSentence, Drift, DriftKind, Report, SentenceVerdict, Spanner};

    use super::super::Colour;
    use super::check_summary;

    #[test]
    fn an_editor_reads_what_was_changed_and_where_the_source_says_it() {
        let rewrite = "The ferry was full. Some 50 people were hurt.";
        let source = "All seats of the ferry were taken. Police said 40 were hurt.";
        let spans = (Report::of_text("rewrite", rewrite), Report::of_text("source-1", source));
        let of = |report: &Report, words: &str| {
            let at = report.text.find(words).unwrap();
            Spanner::new(&report.id, &report.text).span(at..at + words.len())
        };
        let sentence = |words, verdict| CheckedSentence {
            span: of(&spans.0, words),
            verdict,
            score: 0.7,
            sources: Vec::new(),
            proposed: false,
        };
        let drift = Drift {
            kind: DriftKind::Figure,
            rewrite: of(&spans.0, "50"),
            source: Some(of(&spans.1, "40")),
            explain: "the source says “40”".to_owned(),
            proposed: false,
            confidence: 0.8,
        };
        let check = Check {
            id: None,
            rewrite: rewrite.to_owned(),
            sources: vec![source.to_owned()],
            sentences: vec![
                sentence("The ferry was full.", SentenceVerdict::Supported),
                sentence("Some 50 people were hurt.", SentenceVerdict::Drifted),
            ],
            drift: vec![drift],
            faithful: 0.7,
        };
        let told = check_summary(&check, &["wire.txt".to_owned()], 100, Colour::None);
        assert_eq!(
            told,
            "2 sentences: 1 borne out, 1 changed; faithful 0.70\n\n! changed\n  Some 50 people were hurt.\n    \
             figure, 80 % sure: “50” — the source says “40” (wire.txt)\n\n\
             This compares words with words; it does not know what is true.\n"
        );
    }
}
