//! Words in their sentence, and words fit for one line.

use variorum_news::Span;

/// A sentence cut at the words that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    pub before: &'a str,
    pub words: &'a str,
    pub after: &'a str,
}

/// Returns a sentence cut at the words of an inner span; the words alone where the sentence does not hold them.
pub fn context<'a>(sentence: &'a Span, inner: &'a Span) -> Context<'a> {
    let alone = Context { before: "", words: &inner.text, after: "" };
    if !sentence.holds(inner) {
        return alone;
    }
    let byte = |n: usize| sentence.text.char_indices().map(|(at, _)| at).chain([sentence.text.len()]).nth(n);
    let ends = byte(inner.start - sentence.start).zip(byte(inner.end.saturating_sub(sentence.start)));
    match ends {
        Some((start, end)) if sentence.text.get(start..end) == Some(&inner.text) => {
            Context { before: &sentence.text[..start], words: &sentence.text[start..end], after: &sentence.text[end..] }
        }
        _ => alone,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use variorum_news::{Span, Spanner};

    use super::context;

    proptest! {
        #[test]
        fn the_parts_make_the_sentence(a in "\\PC{0,12}", b in "\\PC{0,12}", c in "\\PC{0,12}") {
            let text = format!("{a}{b}{c}");
            let id = Arc::from("x");
            let spanner = Spanner::new(&id, &text);
            let (sentence, inner) = (spanner.span(0..text.len()), spanner.span(a.len()..a.len() + b.len()));
            let cut = context(&sentence, &inner);
            prop_assert_eq!((cut.before, cut.words, cut.after), (a.as_str(), b.as_str(), c.as_str()));
        }
    }

    #[test]
    fn words_of_another_report_stand_alone() {
        let span = |report: &str, text: &str| Span {
            report: report.into(),
            start: 0,
            end: text.chars().count(),
            text: text.into(),
        };
        let (sentence, inner) = (span("a", "The bridge fell."), span("b", "The"));
        assert_eq!(context(&sentence, &inner).words, "The");
        assert_eq!(context(&sentence, &inner).after, "");
    }
}
