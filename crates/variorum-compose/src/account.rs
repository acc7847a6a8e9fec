//! The account: each thing told once, in the words of its best witness, lead first.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{
    AccountSentence, Collation, EdgeKind, Lineage, Report, ReportId, Source, Statement, StatementKind, Verdict,
};
use variorum_text::{fold, is_stop_word, words};

/// A sentence that shares so much of its words with one that is told adds nothing.
const TOLD: f64 = 0.75;

/// Returns the account of a story.
pub(crate) fn account(
    reports: &[&Report],
    lineage: &Lineage,
    collation: &Collation,
    most: usize,
) -> Vec<AccountSentence> {
    let derived = derived(lineage);
    let lengths = lengths(reports);
    let events: Vec<&Statement> =
        collation.statements.iter().filter(|s| s.kind == StatementKind::Event && is_told(s, &derived)).collect();
    let Some(base) = base(reports, &events, &derived) else { return Vec::new() };
    let mut ordered: Vec<(f64, &Statement)> = events.iter().map(|s| (position(s, &base, &lengths), *s)).collect();
    ordered.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let kept = best(&ordered, most);
    let mut told: Vec<BTreeSet<String>> = Vec::new();
    let mut account = Vec::new();
    for (_, statement) in ordered.iter().filter(|(_, s)| kept.contains(s.id.as_str())) {
        let content = content(&statement.gist.text);
        if told.iter().any(|earlier| held(&content, earlier) >= TOLD) {
            continue;
        }
        told.push(content);
        account.push(sentence(statement));
    }
    account
}

fn sentence(statement: &Statement) -> AccountSentence {
    let mut sources = vec![statement.gist.clone()];
    sources.extend(statement.readings.iter().map(|r| r.sentence.clone()).filter(|s| *s != statement.gist));
    AccountSentence { text: statement.gist.text.clone(), sources }
}

/// The reports that have their words from another report of the story.
fn derived(lineage: &Lineage) -> BTreeSet<&ReportId> {
    let has_source =
        |kind: EdgeKind, from: &Source| kind != EdgeKind::SharedOrigin && matches!(from, Source::Report(_));
    lineage.edges.iter().filter(|e| has_source(e.kind, &e.from)).map(|e| &e.to).collect()
}

/// What only a rewrite tells is the rewriter's, not reporting; what its source tells is told in the source's words.
fn is_told(statement: &Statement, derived: &BTreeSet<&ReportId>) -> bool {
    statement.readings.iter().any(|r| !derived.contains(r.report()))
}

/// The report whose order the account follows: the one that tells most of what others tell, not itself a rewrite.
fn base(reports: &[&Report], events: &[&Statement], derived: &BTreeSet<&ReportId>) -> Option<ReportId> {
    let mut worth: BTreeMap<&ReportId, f64> = BTreeMap::new();
    for statement in events {
        let of: BTreeSet<&ReportId> = statement.readings.iter().map(|r| r.report()).collect();
        for id in of {
            *worth.entry(id).or_default() += statement.origins as f64 - 0.9;
        }
    }
    let rank =
        |r: &&&Report| worth.get(&r.id).copied().unwrap_or(0.0) * if derived.contains(&r.id) { 0.5 } else { 1.0 };
    let mut ranked: Vec<&&Report> = reports.iter().collect();
    ranked.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then_with(|| a.id.cmp(&b.id)));
    ranked.first().map(|r| r.id.clone())
}

/// The length of each report, in code points.
fn lengths<'a>(reports: &[&'a Report]) -> BTreeMap<&'a ReportId, usize> {
    reports.iter().map(|r| (&r.id, r.text.chars().count().max(1))).collect()
}

/// Where a statement comes in the account: where the base report tells it; else as early as its own report does.
fn position(statement: &Statement, base: &ReportId, lengths: &BTreeMap<&ReportId, usize>) -> f64 {
    let share = |id: &ReportId, start: usize| start as f64 / lengths.get(id).copied().unwrap_or(1) as f64;
    let in_base = statement
        .readings
        .iter()
        .filter(|r| r.report() == base)
        .map(|r| share(base, r.sentence.start))
        .min_by(f64::total_cmp);
    match in_base {
        Some(at) => at,
        // What the base does not tell follows what it tells at the same height, and never comes before the lead.
        None => statement.readings.iter().map(|r| share(r.report(), r.sentence.start)).fold(1.0, f64::min) + 0.05,
    }
}

/// The statements that are told when not all can be: those of more origins first, then the earlier.
fn best<'a>(ordered: &[(f64, &'a Statement)], most: usize) -> BTreeSet<&'a str> {
    let mut ranked: Vec<&(f64, &Statement)> = ordered.iter().collect();
    let agreed = |s: &Statement| s.verdict != Verdict::SingleOrigin;
    ranked.sort_by(|a, b| {
        (agreed(b.1), b.1.origins)
            .cmp(&(agreed(a.1), a.1.origins))
            .then(a.0.total_cmp(&b.0))
            .then_with(|| a.1.id.cmp(&b.1.id))
    });
    ranked.into_iter().take(most).map(|(_, s)| s.id.as_str()).collect()
}

fn content(text: &str) -> BTreeSet<String> {
    words(text).iter().map(|w| fold(w.text)).filter(|w| !is_stop_word(w)).map(|w| variorum_text::stem(&w)).collect()
}

/// The share of some words that stand among others.
fn held(words: &BTreeSet<String>, among: &BTreeSet<String>) -> f64 {
    if words.is_empty() {
        return 1.0;
    }
    words.intersection(among).count() as f64 / words.len() as f64
}
