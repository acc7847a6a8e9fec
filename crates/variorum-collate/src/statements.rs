//! Statements: what is told, by whom.

mod date;
mod event;
mod figure;
mod quote;
mod toll;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{
    QuoteKind, Reading, ReportId, Span, Statement, StatementKind, Value, Variant, VariantKind, Verdict,
};

use crate::Told;
use crate::align::{self, Place};

/// What the statements were made of, for those who look for differences.
#[derive(Debug)]
pub(crate) struct Groups {
    /// Pairs of passages that are compared, best first.
    pub pairs: Vec<(Place, Place, f64)>,
    /// Passages that say the same, with the name of their statement.
    pub events: Vec<(String, Vec<Place>)>,
    /// Figures that count the same.
    pub figures: Vec<FigureGroup>,
    /// The killed, the injured, the missing.
    pub tolls: Vec<TollGroup>,
}

/// Figures that count the same.
#[derive(Debug)]
pub(crate) struct FigureGroup {
    /// The name of their statement.
    pub statement: String,
    /// The figures, in order.
    pub told: Vec<ToldFigure>,
    /// Those of them that exclude each other, pair by pair.
    pub apart: Vec<(ToldFigure, ToldFigure)>,
}

pub(crate) use figure::Told as ToldFigure;
pub(crate) use toll::{TollGroup, figure, toll_reading};

/// Returns every statement of a story, in the order of its first words, and what they were made of.
pub(crate) fn statements(story: &Told) -> (Vec<Statement>, Groups) {
    let align::Alignment { pairs, clusters } = align::align(story.witnesses, story.forms);
    let (mut statements, events) = event::statements(story, &clusters);
    let told_tolls = crate::tolls::tolls(story);
    let (figure_statements, figures) = figure::statements(story, &pairs, &told_tolls);
    let (toll_statements, tolls) = toll::statements(story, &told_tolls);
    statements.extend(figure_statements);
    statements.extend(toll_statements);
    statements.extend(date::statements(story, &pairs));
    statements.extend(wording::joined(story, quote::statements(story)));
    let rank: BTreeMap<&ReportId, usize> = story.witnesses.iter().enumerate().map(|(n, w)| (&w.report.id, n)).collect();
    let place = |span: &Span| (rank.get(&span.report).copied(), span.start, span.end);
    statements
        .sort_by(|a, b| place(&a.gist).cmp(&place(&b.gist)).then(a.kind.cmp(&b.kind)).then_with(|| a.id.cmp(&b.id)));
    (statements, Groups { pairs, events, figures, tolls })
}

/// Returns the statements with the verdict `differs` where a variant belongs to one of kind figure or date.
pub(crate) fn judged(mut statements: Vec<Statement>, variants: &[Variant]) -> Vec<Statement> {
    let parts =
        |v: &&Variant| !v.development && matches!(v.kind, VariantKind::Figure | VariantKind::Date | VariantKind::Time);
    let differing: BTreeSet<&str> = variants.iter().filter(parts).map(|v| v.statement.as_str()).collect();
    for statement in &mut statements {
        let slots = matches!(statement.kind, StatementKind::Figure | StatementKind::Date);
        if slots && differing.contains(statement.id.as_str()) {
            statement.verdict = Verdict::Differs;
        }
    }
    statements
}

/// Returns a reading of some words of a passage.
pub(crate) fn reading(story: &Told, place: Place, span: Span, value: Option<Value>) -> Reading {
    let witness = &story.witnesses[place.witness];
    let passage = &witness.passages[place.passage];
    let speaker = passage
        .quotes
        .iter()
        .map(|&i| &witness.notes.quotes[i])
        .filter(|q| q.kind != QuoteKind::Indirect && q.span.overlap(&span) > 0)
        .find_map(|q| q.speaker.as_ref());
    let source = passage
        .attributions
        .iter()
        .map(|&i| &witness.notes.attributions[i])
        .filter(|a| a.span.overlap(&span) > 0)
        .find_map(|a| a.source.as_ref());
    Reading {
        sentence: passage.span.clone(),
        span,
        value,
        hedge: None,
        speaker: speaker.map(|s| s.name.clone()),
        attributed_to: source.map(|s| s.name.clone()),
        derived: story.kin.derived[place.witness],
        when: None,
    }
}

/// Returns how many reports and how many origins some witnesses are.
pub(crate) fn breadth(story: &Told, witnesses: impl Iterator<Item = usize>) -> (usize, usize) {
    let reports: BTreeSet<usize> = witnesses.collect();
    let origins: BTreeSet<usize> = reports.iter().map(|&w| story.kin.origin[w]).collect();
    (reports.len(), origins.len())
}

/// Returns the verdict on tellings that do not differ.
pub(crate) fn verdict(origins: usize) -> Verdict {
    if origins >= 2 { Verdict::Agreed } else { Verdict::SingleOrigin }
}

/// Three digits are what the method can tell apart.
pub(crate) fn rounded(chance: f64) -> f64 {
    (chance * 1000.0).round() / 1000.0
}

/// Returns how often statements of a kind were right where people read them, for kinds that are not weighed one by one.
pub(crate) fn share_right(kind: &str) -> f64 {
    let rows = include_str!("../data/agreed.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut shares =
        rows.filter_map(|line| line.strip_prefix(kind)?.strip_prefix('\t')?.split('\t').next()?.parse().ok());
    shares.next().unwrap_or(1.0)
}

/// Returns the first member of the group that a member belongs to.
pub(crate) fn root(home: &[usize], mut n: usize) -> usize {
    while home[n] != n {
        n = home[n];
    }
    n
}

/// Joins the groups of two members under the lesser first member.
pub(crate) fn join(home: &mut [usize], a: usize, b: usize) {
    let (x, y) = (root(home, a), root(home, b));
    home[x.max(y)] = x.min(y);
    // What was passed on the way is led straight to the first member, so that long chains stay cheap.
    home[a] = x.min(y);
    home[b] = x.min(y);
}
