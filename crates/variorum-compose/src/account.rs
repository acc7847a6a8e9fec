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
    let events: Vec<&Statement> =
        collation.statements.iter().filter(|s| s.kind == StatementKind::Event && is_told(s, &derived)).collect();
    let Some(base) = base(reports, &events, &derived) else { return Vec::new() };
    let mut ordered: Vec<(Place, &Statement)> = places(reports, base, &events);
    ordered.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
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

/// What only a rewrite tells is the rewriter's, not reporting; what its source tells is told in the source's words. A
/// clause is told with its sentence.
fn is_told(statement: &Statement, derived: &BTreeSet<&ReportId>) -> bool {
    let is_clause = statement.readings.iter().all(|r| r.sentence != statement.gist);
    !is_clause && statement.readings.iter().any(|r| !derived.contains(r.report()))
}

/// The report whose order the account follows: the one that tells most of what others tell, not itself a rewrite.
fn base<'a>(reports: &[&'a Report], events: &[&Statement], derived: &BTreeSet<&ReportId>) -> Option<&'a Report> {
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
    ranked.first().map(|r| **r)
}

/// Where a statement comes in the account: what the base report tells, in its order; what other origins agree on, after the
/// paragraph of the base that tells what they told just before, so that a quotation or a paragraph is not cut in two; at the
/// end, report by report, what one origin alone adds.
type Place = (usize, u8, usize, usize);

fn places<'a>(reports: &[&Report], base: &Report, events: &[&'a Statement]) -> Vec<(Place, &'a Statement)> {
    let in_base = |s: &Statement| s.readings.iter().filter(|r| *r.report() == base.id).map(|r| r.sentence.start).min();
    let rank: BTreeMap<&ReportId, usize> = reports.iter().enumerate().map(|(n, r)| (&r.id, n)).collect();
    // For each other report: where it tells something that the base tells too, and where the base's paragraph of it ends.
    let mut shared: BTreeMap<&ReportId, Vec<(usize, usize)>> = BTreeMap::new();
    for statement in events {
        let Some(at) = in_base(statement) else { continue };
        for reading in statement.readings.iter().filter(|r| *r.report() != base.id) {
            shared.entry(reading.report()).or_default().push((reading.sentence.start, paragraph_end(base, at)));
        }
    }
    shared.values_mut().for_each(|list| list.sort_unstable());
    let place = |s: &Statement| -> Place {
        if let Some(at) = in_base(s) {
            return (at, 0, 0, at);
        }
        let start = s.gist.start;
        let told = shared.get(&s.gist.report).map_or(&[][..], Vec::as_slice);
        let before = told[..told.partition_point(|(at, _)| *at < start)].last();
        let anchor = before.filter(|_| s.origins > 1).map_or(usize::MAX, |(_, end)| *end);
        (anchor, 1, rank.get(&s.gist.report).copied().unwrap_or(usize::MAX), start)
    };
    events.iter().map(|s| (place(s), *s)).collect()
}

fn paragraph_end(report: &Report, at: usize) -> usize {
    report.blocks.iter().find(|b| at < b.end).map_or(at, |b| b.end)
}

/// The statements that are told when not all can be: those of more origins first, then those that hold a name, a number
/// or a quotation, then the earlier.
fn best<'a>(ordered: &[(Place, &'a Statement)], most: usize) -> BTreeSet<&'a str> {
    let mut ranked: Vec<&(Place, &Statement)> = ordered.iter().collect();
    let agreed = |s: &Statement| s.verdict != Verdict::SingleOrigin;
    ranked.sort_by(|a, b| {
        let key = |s: &Statement| (agreed(s), s.origins, holds_a_fact(&s.gist.text));
        key(b.1).cmp(&key(a.1)).then(a.0.cmp(&b.0)).then_with(|| a.1.id.cmp(&b.1.id))
    });
    ranked.into_iter().take(most).map(|(_, s)| s.id.as_str()).collect()
}

fn holds_a_fact(text: &str) -> bool {
    text.contains(['“', '"']) || words(text).iter().skip(1).any(|w| w.has_digit() || w.is_capitalised())
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
