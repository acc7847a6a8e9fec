//! The words right beside a name, which tell its part more surely than those around it.

use std::ops::Range;

use crate::witness::{Forms, Passage};

/// The words of content right beside a name, with nothing but grammar between: "fundraiser in _", "_ of Lark Lines".
#[derive(Debug, Default)]
pub(super) struct Beside {
    before: Option<(u32, Option<String>)>,
    after: Option<(u32, Option<String>)>,
}

impl Beside {
    /// Reads the words beside a name.
    pub fn of(text: &str, passage: &Passage, at: &Range<usize>, forms: &Forms) -> Self {
        let words = &passage.words;
        let plain =
            |from: usize, to: usize| !text[from..to].contains(['.', ';', ':', '?', '!', '"', '”', '“', ',', '(']);
        let mut beside = Beside::default();
        let mut link = None;
        for i in (0..at.start).rev().take(4) {
            if !plain(words[i].bytes.end, words[i + 1].bytes.start) {
                break;
            }
            match words[i].form {
                Some(form) => {
                    beside.before = (!forms.is_light(form)).then_some((form, link));
                    break;
                }
                None => link = link.or_else(|| is_link(&words[i].folded).then(|| words[i].folded.clone())),
            }
        }
        link = None;
        for i in (at.end..words.len()).take(4) {
            if !plain(words[i - 1].bytes.end, words[i].bytes.start) {
                break;
            }
            match words[i].form {
                Some(form) => {
                    beside.after = (!forms.is_light(form)).then_some((form, link));
                    break;
                }
                None => link = link.or_else(|| is_link(&words[i].folded).then(|| words[i].folded.clone())),
            }
        }
        beside
    }

    /// Returns how many sides are the same.
    pub fn shared(&self, other: &Beside) -> usize {
        let same = |a: &Option<(u32, Option<String>)>, b: &Option<(u32, Option<String>)>| a.is_some() && a == b;
        usize::from(same(&self.before, &other.before)) + usize::from(same(&self.after, &other.after))
    }
}

fn is_link(folded: &str) -> bool {
    matches!(folded, "in" | "at" | "to" | "from" | "of" | "by" | "with" | "for" | "against" | "on" | "into" | "over")
}
