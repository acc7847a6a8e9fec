#![doc = include_str!("../README.md")]

mod align;
mod check;
mod clauses;
mod confidence;
mod dates;
mod drift;
mod evidence;
mod figures;
mod ids;
mod lexicon;
mod missing;
mod proposals;
mod sources;
mod statements;
mod status;
mod tolls;
mod variants;
mod verdict;
mod witness;
mod word_lists;

pub use proposals::{Proposal, ProposedVerdict, Refused};

use std::collections::BTreeMap;

use variorum_news::{
    Annotations, Check, Collation, Drift, DriftKind, EdgeKind, Lineage, Report, ReportId, Source, Span,
};

#[doc(hidden)]
pub use crate::align::MEASURES;

use crate::sources::Sources;
use crate::witness::{Forms, Witness};

/// What a caller may choose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Gives the findings too that are less sure than the ones shown by default.
    pub all: bool,
}

impl Options {
    /// Tells whether a finding is shown.
    pub(crate) fn shows(&self, drift: &Drift) -> bool {
        self.all || drift.confidence >= confidence::SHOWN
    }
}

/// Returns the statements, variants and drift of the reports of one story, which must be annotated.
///
/// The result does not depend on the order of the reports, but for the order of readings, which follows it.
pub fn collate(reports: &[&Report], lineage: &Lineage, options: &Options) -> Collation {
    let empty = Annotations::default();
    let mut forms = Forms::default();
    let witnesses: Vec<Witness> = reports.iter().map(|report| Witness::new(report, &empty, &mut forms)).collect();
    let story = Told { witnesses: &witnesses, forms: &forms, kin: Kin::new(reports, lineage) };
    let (statements, groups) = statements::statements(&story);
    let drift = drift_of(&story, lineage, options);
    let variants = variants::variants(&story, &statements, &groups, &drift, options);
    let statements = statements::judged(statements, &variants);
    Collation { statements, variants, drift }
}

/// Returns whether a rewrite is true to its sources; all must be annotated.
pub fn check(rewrite: &Report, sources: &[&Report], options: &Options) -> Check {
    check::check(rewrite, sources, options)
}

/// Measures by their names.
pub type Named = Vec<(&'static str, f64)>;

/// What the sources hold of a sentence of a rewrite, measure by measure.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The sentence.
    pub span: Span,
    /// Measures of the sentence, by name.
    pub sentence: Named,
    /// Its content words, each with its weight and its measures by name.
    pub words: Vec<(Span, f64, Named)>,
    /// What was found in it, of every strength, with the kind that it is weighed as, and its measures by name.
    pub findings: Vec<(Drift, DriftKind, Named)>,
}

/// Returns what the verdicts of `check` rest on: what their weights are fitted on.
pub fn measures(rewrite: &Report, sources: &[&Report]) -> Vec<Measured> {
    check::measures(rewrite, sources)
}

/// Returns the words of a rewrite that may turn a claim, each with what is measured of it, for those who fit the weights.
#[doc(hidden)]
pub fn turned(rewrite: &Report, sources: &[&Report]) -> Vec<(Drift, Named)> {
    check::turned(rewrite, sources)
}

/// Returns a check with what a model proposed, as far as the texts confirm it word for word, and what they do not.
pub fn confirm(check: Check, rewrite: &Report, sources: &[&Report], proposals: &[Proposal]) -> (Check, Vec<Refused>) {
    proposals::confirm(check, rewrite, sources, proposals)
}

/// Returns what pairs of sentences of annotated reports have in common, by name: for those who fit the weights.
///
/// A sentence is named by its report and its place among the report's sentences.
#[doc(hidden)]
pub fn measured(reports: &[&Report], pairs: &[[(usize, usize); 2]]) -> Vec<BTreeMap<&'static str, f64>> {
    let empty = Annotations::default();
    let mut forms = Forms::default();
    let witnesses: Vec<Witness> = reports.iter().map(|report| Witness::new(report, &empty, &mut forms)).collect();
    let place = |(witness, passage): (usize, usize)| align::Place { witness, passage };
    let pairs: Vec<(align::Place, align::Place)> = pairs.iter().map(|[a, b]| (place(*a), place(*b))).collect();
    align::measured(&witnesses, &forms, &pairs)
}

/// The witnesses of one story, and how they are related.
#[derive(Debug)]
pub(crate) struct Told<'a, 'r> {
    /// The witnesses, in the order of the reports.
    pub witnesses: &'a [Witness<'r>],
    /// The forms of their words.
    pub forms: &'a Forms,
    /// Who has words from whom.
    pub kin: Kin,
}

/// Which origin each witness belongs to, and which witnesses have their words from another.
#[derive(Debug)]
pub(crate) struct Kin {
    /// The origin of each witness.
    pub origin: Vec<usize>,
    /// Whether each witness has its words from another report of the story.
    pub derived: Vec<bool>,
}

impl Kin {
    fn new(reports: &[&Report], lineage: &Lineage) -> Self {
        let home: BTreeMap<&ReportId, usize> =
            lineage.origins.iter().enumerate().flat_map(|(n, group)| group.iter().map(move |id| (id, n))).collect();
        let is_derived = |id: &ReportId| {
            lineage
                .edges
                .iter()
                .any(|e| e.to == *id && e.kind != EdgeKind::SharedOrigin && matches!(e.from, Source::Report(_)))
        };
        // A report that stands in no group is an origin of its own.
        let origin = reports
            .iter()
            .enumerate()
            .map(|(n, r)| home.get(&r.id).copied().unwrap_or(lineage.origins.len() + n))
            .collect();
        Kin { origin, derived: reports.iter().map(|r| is_derived(&r.id)).collect() }
    }
}

/// Returns the drift of every report that has its words from another report of the story.
fn drift_of(story: &Told, lineage: &Lineage, options: &Options) -> Vec<Drift> {
    let place = |id: &ReportId| story.witnesses.iter().position(|w| w.report.id == *id);
    let mut sources_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for edge in &lineage.edges {
        let Source::Report(from) = &edge.from else { continue };
        // An excerpt takes only part of its words from the source, so what the source lacks is no drift.
        if !matches!(edge.kind, EdgeKind::Copy | EdgeKind::Rewrite) {
            continue;
        }
        if let (Some(from), Some(to)) = (place(from), place(&edge.to)) {
            sources_of.entry(to).or_default().push(from);
        }
    }
    let mut found = Vec::new();
    for (rewrite, sources) in sources_of {
        let sources = Sources::new(story.witnesses, &sources, story.forms);
        let witness = &story.witnesses[rewrite];
        for (_, passage) in witness.told() {
            let support = sources.support(witness, passage);
            let held = drift::Held { witness, passage, sources: &sources, support: &support };
            let mut bent = drift::drift(held);
            bent.retain(|d| options.shows(d));
            found.extend(missing::invented(held).filter(|_| bent.is_empty()));
            found.extend(bent);
        }
    }
    // What was bent comes before what was added: a reader checks the facts first.
    let key = |d: &Drift| (d.kind == DriftKind::Unsupported, d.rewrite.clone(), d.kind);
    found.sort_by_cached_key(key);
    found
}
