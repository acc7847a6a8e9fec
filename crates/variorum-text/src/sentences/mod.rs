//! Sentences of running text.

mod judge;
mod lexicon;
mod mark;
#[cfg(test)]
mod tests;

use std::ops::Range;

use lexicon::Lexicon;
use mark::Mark;

/// Returns the byte ranges of the sentences of an English text, without white space at their ends.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    sentences_in(text, "en")
}

/// Returns the byte ranges of the sentences of a text in a language (`de`), without white space at their ends.
///
/// A line break always ends a sentence. A full stop, question or exclamation mark ends one when what follows can begin
/// one and the word before is no abbreviation; closing quotation marks and brackets stay with the sentence they close.
/// Inside a quotation a full stop ends a sentence too. Takes time linear in the length of the text.
pub fn sentences_in(text: &str, language: &str) -> Vec<Range<usize>> {
    let lexicon = Lexicon::of(language);
    let mut found = Vec::new();
    for range in crate::words::lines(text) {
        let line = Line { text: &text[range.clone()], lexicon };
        line.split(range.start, &mut found);
    }
    found
}

/// A line of a text, with the words that decide in its language.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    lexicon: &'static Lexicon,
}

impl Line<'_> {
    fn split(self, offset: usize, found: &mut Vec<Range<usize>>) {
        let (mut start, mut at) = (0, 0);
        while let Some(stop) = self.text[at..].find(mark::is_stop).map(|found| at + found) {
            let mark = Mark::read(self.text, stop);
            at = mark.end;
            if mark.end < self.text.len() && self.ends_at(start, &mark) {
                found.push(offset + start..offset + mark.end);
                start = mark.end + leading_space(&self.text[mark.end..]);
                at = start;
            }
        }
        if start < self.text.len() {
            found.push(offset + start..offset + self.text.len());
        }
    }
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// What decides about a stop stands within this many bytes after it; looking no farther keeps the work linear.
const LOOK: usize = 160;

fn near(rest: &str) -> &str {
    if rest.len() <= LOOK {
        return rest;
    }
    let end = (LOOK..LOOK + 4).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
    &rest[..end]
}
