//! A witness: one report, taken apart into the passages that are compared.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use variorum_lexicon::Word;
use variorum_news::{Annotations, BlockKind, Report, Span, Spanner};
use variorum_text::{Word as Printed, fold, is_stop_word, words};

use crate::lexicon::lexicon;

/// One report with its passages.
#[derive(Debug)]
pub(crate) struct Witness<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its annotations.
    pub notes: &'a Annotations,
    /// Makes spans of byte ranges.
    pub spanner: Spanner<'a>,
    /// Its sentences, in order.
    pub passages: Vec<Passage>,
}

/// One sentence, with what is compared of it.
#[derive(Debug)]
pub(crate) struct Passage {
    /// The sentence.
    pub span: Span,
    /// What part of the report it stands in.
    pub block: BlockKind,
    /// Every word, in order.
    pub words: Vec<Token>,
    /// The forms of its content words, sorted, each once.
    pub forms: Vec<u32>,
    /// Indexes of the annotations that stand in it.
    pub figures: Range<usize>,
    /// See `figures`.
    pub dates: Range<usize>,
    /// Quotes that overlap it.
    pub quotes: Vec<usize>,
    /// See `figures`.
    pub names: Range<usize>,
    /// Attributions that overlap it.
    pub attributions: Vec<usize>,
}

/// A word of a passage.
#[derive(Debug)]
pub(crate) struct Token {
    /// Bytes in the report's text.
    pub bytes: Range<usize>,
    /// The folded word.
    pub folded: String,
    /// The form it is compared by; none for words of grammar.
    pub form: Option<u32>,
    /// What is known of its meaning.
    pub word: Word,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it holds a digit.
    pub digit: bool,
}

/// The forms of a set of reports, as numbers.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    /// Every folded word that was met: news repeats its words, and a form takes a microsecond to find.
    words: FxHashMap<String, (Option<u32>, Word)>,
    ids: FxHashMap<String, u32>,
    factors: Vec<f64>,
    /// How many passages hold each form.
    pub passages: Vec<u32>,
    /// How many passages there are.
    pub total: u32,
    /// The weight of each form, reckoned when one is first asked for after the last passage was counted.
    weights: OnceLock<Vec<f64>>,
}

/// What a word that carries little content weighs, as a share of what its rarity would give it.
const LIGHT: f64 = 0.35;

impl Forms {
    /// Returns the number of a folded word's form, none for a word of grammar, and what is known of its meaning.
    fn of(&mut self, folded: &str) -> (Option<u32>, Word) {
        if let Some(&known) = self.words.get(folded) {
            return known;
        }
        let form = (!is_stop_word(folded)).then(|| self.id(&lexicon().known_key(folded)));
        let found = (form, Word::met(folded));
        self.words.insert(folded.to_owned(), found);
        found
    }

    /// Returns the number of a form, new or known.
    pub fn id(&mut self, form: &str) -> u32 {
        if let Some(&id) = self.ids.get(form) {
            return id;
        }
        let id = self.factors.len() as u32;
        self.ids.insert(form.to_owned(), id);
        self.factors.push(if lexicon().is_light(form) { LIGHT } else { 1.0 });
        self.passages.push(0);
        self.weights.take();
        id
    }

    /// Returns the number of a form that is known.
    pub fn known(&self, form: &str) -> Option<u32> {
        self.ids.get(form).copied()
    }

    /// Returns the weight of a form: rarer among the passages weighs more (inverse document frequency).
    pub fn weight(&self, form: u32) -> f64 {
        self.weights()[form as usize]
    }

    /// Returns the weights of all forms, by number.
    pub fn weights(&self) -> &[f64] {
        self.weights.get_or_init(|| (0..self.factors.len()).map(|form| self.reckoned(form)).collect())
    }

    fn reckoned(&self, form: usize) -> f64 {
        let (total, with) = (f64::from(self.total), f64::from(self.passages[form]));
        (1.0 + (total + 1.0) / (with + 0.5)).ln() * self.factors[form]
    }

    /// Tells whether a form carries little content.
    pub fn is_light(&self, form: u32) -> bool {
        self.factors[form as usize] < 1.0
    }

    fn count(&mut self, forms: &[u32]) {
        self.total += 1;
        self.weights.take();
        for &form in forms {
            self.passages[form as usize] += 1;
        }
    }
}

impl<'a> Witness<'a> {
    /// Takes a report apart. A report without annotations gives a witness without passages.
    pub fn new(report: &'a Report, empty: &'a Annotations, forms: &mut Forms) -> Self {
        let notes = report.annotations.as_ref().unwrap_or(empty);
        let spanner = Spanner::new(&report.id, &report.text);
        let mut passages = Vec::with_capacity(notes.sentences.len());
        for sentence in notes.sentences.iter().flat_map(|sentence| parts(&spanner, sentence)) {
            let passage = passage(report, notes, &spanner, &sentence, forms);
            forms.count(&passage.forms);
            passages.push(passage);
        }
        Witness { report, notes, spanner, passages }
    }

    /// Returns the passages that are running text: headings and captions repeat what the text says.
    pub fn told(&self) -> impl Iterator<Item = (usize, &Passage)> {
        self.passages.iter().enumerate().filter(|(_, p)| p.is_told())
    }

    /// Returns the tokens of a passage whose bytes lie in a span of this report.
    pub fn tokens_in<'p>(&self, passage: &'p Passage, span: &Span) -> &'p [Token] {
        let bytes = self.spanner.bytes(span);
        let from = passage.words.partition_point(|t| t.bytes.end <= bytes.start);
        let to = passage.words.partition_point(|t| t.bytes.start < bytes.end);
        &passage.words[from..to.max(from)]
    }
}

impl Passage {
    /// Returns the forms of the content words that end right before a word, numbers apart: the clause that a slot belongs to.
    pub fn clause_before(&self, at: usize, most: usize) -> Vec<u32> {
        let mut forms: Vec<u32> =
            self.words[..at].iter().rev().take(most).filter(|t| !t.digit).filter_map(|t| t.form).collect();
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// Tells whether the passage is running text rather than a heading or a caption.
    pub fn is_told(&self) -> bool {
        !matches!(self.block, BlockKind::Heading | BlockKind::Caption) && !self.forms.is_empty()
    }

    /// Returns the folded words.
    pub fn folded(&self) -> Vec<&str> {
        self.words.iter().map(|t| t.folded.as_str()).collect()
    }
}

/// A sentence with more words is a list, a table or a text without stops; what is compared is a part of it.
const LONGEST: usize = 400;

/// Cuts a sentence in parts that a comparison can bear.
fn parts<'s>(spanner: &Spanner, sentence: &'s Span) -> Vec<Cow<'s, Span>> {
    if sentence.end - sentence.start <= 2 * LONGEST {
        return vec![Cow::Borrowed(sentence)];
    }
    let words = words(&sentence.text);
    if words.len() <= LONGEST {
        return vec![Cow::Borrowed(sentence)];
    }
    let from = spanner.bytes(sentence).start;
    let part = |words: &[variorum_text::Word]| {
        let bytes = words.first().map_or(0, |w| w.start)..words.last().map_or(0, |w| w.end);
        Cow::Owned(spanner.span(from + bytes.start..from + bytes.end))
    };
    words.chunks(LONGEST).map(part).collect()
}

fn passage(report: &Report, notes: &Annotations, spanner: &Spanner, span: &Span, forms: &mut Forms) -> Passage {
    let bytes = spanner.bytes(span);
    let mut tokens: Vec<Token> = Vec::with_capacity(bytes.len() / 5);
    let mut take = |word: Printed| {
        let folded = fold(word.text);
        let (form, meaning) = forms.of(&folded);
        tokens.push(Token {
            bytes: bytes.start + word.start..bytes.start + word.end,
            form,
            word: meaning,
            capital: word.is_capitalised(),
            digit: word.has_digit(),
            folded,
        });
    };
    for word in words(&report.text[bytes.clone()]) {
        if is_loose(&word) { compounded(&word).for_each(&mut take) } else { take(word) }
    }
    let mut held: Vec<u32> = tokens.iter().filter_map(|t| t.form).collect();
    held.sort_unstable();
    held.dedup();
    let block = report.blocks.iter().find(|b| b.start <= span.start && span.end <= b.end);
    Passage {
        block: block.map_or(BlockKind::Paragraph, |b| b.kind),
        forms: held,
        words: tokens,
        figures: within(&notes.figures, span, |f| &f.span),
        dates: within(&notes.dates, span, |d| &d.span),
        quotes: touching(&notes.quotes, span, |q| &q.span),
        names: within(&notes.names, span, |n| &n.span),
        attributions: touching(&notes.attributions, span, |a| &a.span),
        span: span.clone(),
    }
}

/// Tells whether a compound is told as well by its parts: "a 20-foot-deep well" is "a well 20 feet deep".
///
/// What a dictionary has as one word stays one ("father-in-law"), and so does a short prefix with its word ("co-founder").
fn is_loose(word: &Printed) -> bool {
    let is_part = |part: &str| part.chars().count() > 2 || !part.is_empty() && part.chars().all(char::is_numeric);
    word.text.contains('-') && word.text.split('-').all(is_part) && !variorum_lexicon::is_known(&fold(word.text))
}

fn compounded<'a>(word: &Printed<'a>) -> impl Iterator<Item = Printed<'a>> {
    let mut start = word.start;
    word.text.split('-').map(move |text| {
        let from = start;
        start = from + text.len() + 1;
        Printed { text, start: from, end: from + text.len() }
    })
}

/// Annotations stand in order of their place, so those that begin in a sentence are a run.
fn within<T>(layer: &[T], sentence: &Span, span: impl Fn(&T) -> &Span) -> Range<usize> {
    let from = layer.partition_point(|x| span(x).start < sentence.start);
    let to = layer.partition_point(|x| span(x).start < sentence.end);
    from..to.max(from)
}

fn touching<T>(layer: &[T], sentence: &Span, span: impl Fn(&T) -> &Span) -> Vec<usize> {
    // Spans of one layer may nest, so ends are not sorted; a sentence's own are few, and all begin before it ends.
    let to = layer.partition_point(|x| span(x).start < sentence.end);
    (0..to)
        .rev()
        .take(40)
        .filter(|&i| span(&layer[i]).end > sentence.start)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect()
}
