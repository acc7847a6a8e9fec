//! One story as the parts of a page see it.

use maud::{Markup, html};
use variorum_news::{Report, Span};

use super::marks::Marks;
use crate::context::context;
use crate::edition::{Edition, Witness};

/// How many colours the style sheet has for origins.
const COLOURS: usize = 8;

/// One story with the places in its reports that links lead to.
pub struct Sheet<'a> {
    pub edition: Edition<'a>,
    /// The number of the story on the page; every name of a place begins with it.
    pub number: usize,
    /// The level of the story's own heading.
    pub level: u8,
    pub marks: Vec<Marks>,
    /// Where the rest of a long list is to be found.
    pub rest: &'static str,
}

impl<'a> Sheet<'a> {
    /// Collects the places of a story that are linked to.
    pub fn new(edition: Edition<'a>, number: usize, level: u8) -> Self {
        let mut compared: Vec<Vec<(usize, usize)>> = vec![Vec::new(); edition.witnesses.len()];
        let readings = edition.story.variants.iter().flat_map(|v| v.readings.iter().map(|r| &r.span));
        let drift = edition.story.drift.iter().flat_map(|d| [Some(&d.rewrite), d.source.as_ref()]).flatten();
        for span in readings.chain(drift) {
            if let Some(place) = edition.place(&span.report) {
                compared[place].push((span.start, span.end));
            }
        }
        let marks = edition.witnesses.iter().zip(compared).map(|(w, c)| Marks::new(w.report, c)).collect();
        Sheet { edition, number, level, marks, rest: "dossier.json" }
    }

    /// Returns the full name of a place in the story.
    pub fn id(&self, part: &str) -> String {
        format!("s{}-{part}", self.number)
    }

    /// Returns the full name of the place that shows a variant, by its place among them.
    pub fn variant(&self, place: usize) -> String {
        self.id(&format!("variant-{}", place + 1))
    }

    /// Returns the address of the place that shows a span best.
    fn address(&self, place: usize, span: &Span) -> String {
        let siglum = &self.edition.witnesses[place].siglum;
        match self.marks[place].target(span) {
            Some(target) => format!("#s{}-{siglum}-{target}", self.number),
            None => format!("#s{}-{siglum}", self.number),
        }
    }

    /// Returns a heading some levels below the story's own.
    pub fn heading(&self, below: u8, inner: Markup) -> Markup {
        heading(self.level + below, inner)
    }

    /// Returns the sigla of the reports of some spans, each a link to its words.
    pub fn sigla<'s>(&self, spans: impl IntoIterator<Item = &'s Span>) -> Markup {
        let mut first: Vec<(usize, &Span)> =
            spans.into_iter().filter_map(|s| Some((self.edition.place(&s.report)?, s))).collect();
        // The sort is stable: of several spans of one report the first is the one that was named first.
        let origin = |place: usize| self.edition.witnesses[place].origin;
        first.sort_by_key(|f| (origin(f.0), f.0));
        first.dedup_by_key(|f| f.0);
        self.runs(&first)
    }

    /// Returns the sigla of an account's sentence: the report whose words they are, then those that say the same.
    pub fn sources(&self, sources: &[Span]) -> Markup {
        let Some((own, others)) = sources.split_first() else { return html! {} };
        let others = others.iter().filter(|s| s.report != own.report);
        html! { span class="own" { (self.sigla([own])) } (self.sigla(others)) }
    }

    /// The sigla of one origin stand closer together than those of two.
    fn runs(&self, found: &[(usize, &Span)]) -> Markup {
        let origin = |place: usize| self.edition.witnesses[place].origin;
        html! { @for run in found.chunk_by(|a, b| origin(a.0) == origin(b.0)) {
            span class="run" { @for &(place, span) in run { (self.siglum(place, Some(span))) } } " "
        } }
    }

    /// Returns a siglum as a link to some words of its report, or to the report.
    pub fn siglum(&self, place: usize, span: Option<&Span>) -> Markup {
        let witness = &self.edition.witnesses[place];
        let address = match span {
            Some(span) => self.address(place, span),
            None => format!("#s{}-{}", self.number, witness.siglum),
        };
        html! { a class=(format!("siglum {}", colour(witness))) href=(address)
        aria-label=(format!("{}: {}", witness.siglum, witness.name())) title=(witness.name()) { (witness.siglum) } }
    }

    /// Returns words of a report in the language of that report.
    pub fn words(&self, span: &Span, inner: Markup) -> Markup {
        let language = self.edition.witness(&span.report).and_then(|w| language(w.report));
        html! { span lang=[language] dir="auto" { (inner) } }
    }

    /// Returns a sentence with the words that matter marked.
    pub fn in_sentence(&self, sentence: &Span, words: &Span) -> Markup {
        let cut = context(sentence, words);
        self.words(words, html! { (cut.before) mark { (cut.words) } (cut.after) })
    }
}

/// Returns the class that gives a witness the colour of its origin.
pub fn colour(witness: &Witness) -> String {
    format!("o{}", witness.origin % COLOURS)
}

/// Returns a heading of a level; there are six.
pub fn heading(level: u8, inner: Markup) -> Markup {
    match level {
        0 | 1 => html! { h1 { (inner) } },
        2 => html! { h2 { (inner) } },
        3 => html! { h3 { (inner) } },
        4 => html! { h4 { (inner) } },
        5 => html! { h5 { (inner) } },
        _ => html! { h6 { (inner) } },
    }
}

/// Returns the language of a report, where it has the shape of one; a browser must not be told nonsense.
pub fn language(report: &Report) -> Option<&str> {
    let language = report.language.as_deref()?;
    let primary = language.split('-').next()?;
    let shaped = matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && language.len() <= 35
        && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !language.ends_with('-');
    shaped.then_some(language)
}
