//! Amounts in Spanish, Portuguese, French, Italian and German: digits with their marks, scales, units, hedges, and the
//! noun after them. A number before no unit and no noun is left alone.

mod digits;
mod lexicon;
#[cfg(test)]
mod tests;

use std::ops::Range;

use variorum_news::{Figure, Hedge};

use crate::Reading;
use digits::Piece;
use lexicon::Lexicon;

/// Adjectives before the noun that is counted.
const MAX_BEFORE: usize = 3;

/// An amount in bytes of the text.
struct Amount {
    span: Range<usize>,
    value: f64,
    unit: Option<&'static str>,
    what: Option<Range<usize>>,
    hedge: Option<Hedge>,
}

/// Returns the reader of a language, where one is known here.
pub(super) fn lexicon(language: &str) -> Option<&'static Lexicon> {
    lexicon::of(language)
}

/// Returns the amounts of a text in one of these languages, in order, none of which touches a range of `taken`.
pub(super) fn figures(reading: &Reading, lexicon: &Lexicon, taken: &[Range<usize>]) -> Vec<Figure> {
    let mut found = Vec::new();
    // Lines, because sentences are cut after "Mio." where English has no such word.
    for line in variorum_text::lines(reading.text) {
        let pieces = digits::pieces(reading.text, line);
        let mut at = 0;
        while at < pieces.len() {
            let read = Reader { text: reading.text, pieces: &pieces, lexicon }.amount(at);
            at += 1;
            let Some((amount, next)) = read else { continue };
            at = next;
            if !super::touches(taken, &amount.span) {
                found.push(figure(reading, &amount));
            }
        }
    }
    found
}

fn figure(reading: &Reading, amount: &Amount) -> Figure {
    Figure {
        span: reading.spanner.span(amount.span.clone()),
        value: amount.value,
        high: None,
        unit: amount.unit.map(str::to_owned),
        what: amount.what.clone().map(|what| reading.text[what].to_owned()),
        hedge: amount.hedge,
        trend: None,
        per: None,
        vague: false,
    }
}

struct Reader<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    /// Returns the amount that begins at a piece, and the piece after it.
    fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        let money = self.unit(at).filter(|(unit, next)| unit.len() == 3 && self.is_digits(*next));
        let first = money.map_or(at, |(_, next)| next);
        let mut value = self.number(first)?;
        let mut next = first + 1;
        let scale = self.find(next, |l, words| l.scale(words));
        if let Some((scale, end)) = scale {
            (value, next) = (value * scale, end);
        }
        let before_unit = if scale.is_some() { self.skip_link(next) } else { next };
        let unit = money.or_else(|| self.unit(before_unit));
        if let Some((_, end)) = unit.filter(|_| money.is_none()) {
            next = end;
        }
        let what = if unit.is_none() { self.counted(next, scale.is_some(), value) } else { None };
        if unit.is_none() && what.is_none() && scale.is_none() || self.is_refused(at, first, next, unit.is_some()) {
            return None;
        }
        let end = what.as_ref().map_or(self.pieces[next - 1].range.end, |what| what.end);
        let (hedge, start) = self.hedge(at);
        let after = self.pieces.partition_point(|piece| piece.range.end <= end);
        let span = start..end;
        Some((Amount { span, value, unit: unit.map(|(unit, _)| unit), what, hedge }, after.max(next)))
    }

    fn word(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |piece| &self.text[piece.range.clone()])
    }

    fn is_digits(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.value.is_some())
    }

    fn number(&self, at: usize) -> Option<f64> {
        let piece = self.pieces.get(at)?;
        piece.value.or_else(|| self.lexicon.number(&self.word(at).to_lowercase()))
    }

    /// Looks a phrase of up to three pieces up, the longest first.
    fn find<T>(&self, at: usize, look: impl Fn(&Lexicon, &str) -> Option<T>) -> Option<(T, usize)> {
        (1..=3).rev().find_map(|length| {
            let last = self.pieces.get(at + length - 1)?;
            let phrase = &self.text[self.pieces[at].range.start..last.range.end];
            look(self.lexicon, phrase).map(|found| (found, at + length))
        })
    }

    fn unit(&self, at: usize) -> Option<(&'static str, usize)> {
        let found = self.find(at, |lexicon, words| lexicon.unit(words))?;
        let glued = self.pieces.get(found.1).is_some_and(|piece| piece.glued && self.is_word(found.1));
        (!glued).then_some(found)
    }

    fn is_word(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_alphabetic)
    }

    fn skip_link(&self, at: usize) -> usize {
        if self.lexicon.is("link", self.word(at)) { at + 1 } else { at }
    }

    /// Returns the noun after a number: in German the first capitalised word, elsewhere a word that looks plural.
    fn counted(&self, at: usize, scaled: bool, value: f64) -> Option<Range<usize>> {
        let first = if scaled { self.skip_link(at) } else { at };
        let mut noun = first;
        while noun < first + MAX_BEFORE && self.lexicon.is_before_noun(self.word(noun)) {
            noun += 1;
        }
        let word = self.word(noun);
        let fits = self.is_word(noun)
            && !self.pieces[first].glued
            && !["stop", "month", "link", "name"].iter().any(|class| self.lexicon.is(class, word))
            && (value == 1.0 || self.lexicon.may_be_plural(word));
        fits.then(|| self.pieces[first].range.start..self.pieces[noun].range.end)
    }

    /// Years, days, numbered things, and numbers glued to something.
    fn is_refused(&self, start: usize, number: usize, next: usize, unit: bool) -> bool {
        let piece = &self.pieces[number];
        let before = start.checked_sub(1).map(|before| self.word(before));
        let named = before.is_some_and(|word| self.lexicon.is("name", word.trim_end_matches('.')));
        let dotted = before == Some(".") && start > 1 && self.lexicon.is("name", self.word(start - 2));
        let bound = piece.glued && before.is_some_and(|word| !matches!(word, "(" | "«" | "\"" | "“" | "„" | "¡" | "¿"));
        let year = piece.plain && next == number + 1 && !unit && self.word(number).len() == 4 && self.is_year(number);
        let month = self.lexicon.is("month", self.word(self.skip_link(next)));
        let capital = before.is_some_and(|word| start > 1 && word.starts_with(char::is_uppercase));
        let model = capital && piece.plain && !unit && !self.lexicon.has_capital_nouns();
        let glued_before = bound && start == number;
        named || dotted || glued_before || year || month || model
    }

    fn is_year(&self, at: usize) -> bool {
        self.pieces[at].value.is_some_and(|value| (1500.0..=2100.0).contains(&value))
    }

    /// Returns the hedge before an amount, and where the amount begins with it.
    fn hedge(&self, at: usize) -> (Option<Hedge>, usize) {
        let start = self.pieces[at].range.start;
        let found = (1..=3).rev().find_map(|length| {
            let first = self.pieces.get(at.checked_sub(length)?)?;
            let last = &self.pieces[at - 1];
            let phrase = &self.text[first.range.start..last.range.end];
            self.lexicon.hedge(phrase).map(|hedge| (Some(hedge), first.range.start))
        });
        found.unwrap_or((None, start))
    }
}
