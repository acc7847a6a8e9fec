//! The dateline before the first sentence of a report: "MARROWICK, Oct. 14 (CPA) —".

use variorum_news::{Report, Span, Spanner};

/// A dateline is over after so many words.
const WORDS: usize = 10;

/// Returns a span of a report without the dateline that it begins with.
pub(crate) fn without_dateline(report: &Report, span: Span) -> Span {
    let length = dateline(&span.text);
    if length == 0 {
        return span;
    }
    let spanner = Spanner::new(&report.id, &report.text);
    let skipped = span.text[..length].chars().count();
    spanner.span(spanner.byte_range(span.start + skipped, span.end))
}

/// Returns how many bytes of a text are its dateline, with the dash and the blanks after it.
fn dateline(text: &str) -> usize {
    let Some((at, dash)) = first_dash(text) else { return 0 };
    let (before, rest) = (&text[..at], text[at + dash..].trim_start());
    let words: Vec<&str> = before.split_whitespace().collect();
    let starts = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"'“‘".contains(c));
    if words.is_empty() || words.len() > WORDS || !starts || !is_place(&words) {
        return 0;
    }
    text.len() - rest.len()
}

/// The first dash that stands between words, and its length.
fn first_dash(text: &str) -> Option<(usize, usize)> {
    let dashes = ["—", "–", "--", " - "];
    dashes.iter().filter_map(|dash| Some((text.find(dash)?, dash.len()))).min()
}

/// A town in capitals, or an agency in brackets before the dash; else names, days and short forms only.
fn is_place(words: &[&str]) -> bool {
    let letters: String = words[0].chars().filter(|c| c.is_alphabetic()).collect();
    let shouts = letters.chars().count() > 2 && letters.chars().all(char::is_uppercase);
    let agency = words.last().is_some_and(|w| w.starts_with('(') || w.ends_with(')'));
    let named = |word: &&str| {
        let plain = word.trim_start_matches(['(', '“', '"']);
        plain.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(plain, "of" | "de" | "la" | "and")
    };
    (shouts || agency) && words.iter().all(named) && !words.iter().any(|w| w.ends_with(['?', '!', ':']))
}

#[cfg(test)]
mod tests {
    use super::dateline;

    fn rest(text: &str) -> &str {
        &text[dateline(text)..]
    }

    #[test]
    fn datelines_are_left_out() {
        assert_eq!(rest("MARROWICK, Oct. 14 (CPA) — The ferry sank."), "The ferry sank.");
        assert_eq!(rest("PORT DELMARE (AP) - Two men drowned."), "Two men drowned.");
        assert_eq!(rest("LINDOW, Norland – “We wait,” he said."), "“We wait,” he said.");
        assert_eq!(rest("Delmare (CPA) -- Ada Orr resigned."), "Ada Orr resigned.");
    }

    #[test]
    fn a_sentence_with_a_dash_stays_whole() {
        for text in ["The ferry — Old and slow — sank.", "Ada Orr — A minister — resigned."] {
            assert_eq!(rest(text), text);
        }
        assert_eq!(rest("The ferry sank."), "The ferry sank.");
        assert_eq!(
            rest("DELMARE officials said - again - that they knew."),
            "DELMARE officials said - again - that they knew."
        );
    }
}
