//! The account: each thing told once, in the words of its best witness, the news before the background.

mod lead;
mod marks;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{AccountSentence, Span, Statement};

use crate::lexis::{Content, Lexis, union};
use crate::order::arranged;
use crate::passage::Passage;
use crate::told::Told;
use lead::lead;
use marks::Marks;
use parts::Parts;

/// How many sentences an account has: some, and more for each origin, within limits; and how many of them one origin alone
/// may tell at least.
const SOME: usize = 9;
const FOR_EACH_ORIGIN: usize = 2;
const MOST: usize = 28;
const ALONE_LEAST: usize = 6;
/// How many statements are looked at: those that most origins tell first.
const LOOKED_AT: usize = 240;
/// How many tellings of one statement are looked at.
const TELLINGS: usize = 12;
/// A passage adds nothing where so much of it stands in one that is told, or in three of them together; a passage whose
/// names and numbers are all new must be held so much more.
const HELD: f64 = 0.5;
const HELD_TOGETHER: f64 = 0.66;
const FOR_NEW_FACTS: f64 = 0.35;
/// What one origin alone tells must add more.
const STRICTER_ALONE: f64 = 0.08;
/// The first sentences of two reports tell the same news, in however different words, where they share so much.
const HELD_AT_THE_HEAD: f64 = 0.27;
/// Passages with a figure or quotation that is one statement tell the same where they share so much.
const HELD_WITH_A_PART: f64 = 0.25;
/// A passage that holds so much of a told one tells it again, whatever it adds.
const TELLS_AGAIN: f64 = 0.75;
const ADDS_LITTLE: f64 = 0.3;
/// What one origin alone tells matters so much less.
const ALONE: f64 = 0.6;
/// A figure, date or quotation that origins agree on makes its sentence matter so much more.
const AGREED_PART: f64 = 0.4;

/// A statement that the account may tell.
#[derive(Debug)]
pub(crate) struct Pick<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// How much it matters.
    pub worth: f64,
    /// The words that tell it.
    pub passage: Passage,
    /// What those words hold.
    pub content: Content,
    /// The figures, dates and quotations in it that other reports tell too, by the places of their statements.
    parts: BTreeSet<usize>,
    /// Whether it is the news in one sentence.
    pub leads: bool,
}

/// Returns the account of a story.
pub(crate) fn account(told: &Told) -> Vec<AccountSentence> {
    let mut lexis = Lexis::default();
    let picks = picks(told, &mut lexis);
    let marks = Marks::new(told);
    let placed = arranged(told, &lexis, picks);
    placed
        .into_iter()
        .map(|placed| {
            let statement = placed.pick.statement;
            let sources = sources(told, &placed.pick);
            let (mark, variants) = marks.of(&placed.pick);
            AccountSentence {
                text: placed.pick.passage.span.text.clone(),
                sources,
                mark,
                origins: statement.origins,
                statement: statement.id.clone(),
                variants,
                part: placed.part,
                paragraph: placed.paragraph,
            }
        })
        .collect()
}

/// The words first, then every other sentence that says it.
fn sources(told: &Told, pick: &Pick) -> Vec<Span> {
    let mut sources = vec![pick.passage.span.clone()];
    for line in told.lines(pick.statement) {
        let span = told.span(line);
        // The sentence itself may be told without its dateline.
        if sources[0].overlap(span) == 0 {
            sources.push(span.clone());
        }
    }
    sources
}

/// Returns what the account tells, the most worth first.
fn picks<'a>(told: &Told<'a>, lexis: &mut Lexis) -> Vec<Pick<'a>> {
    let parts = Parts::new(told);
    let mut ranked: Vec<(f64, &Statement)> =
        told.events.iter().filter(|s| is_reported(told, s)).map(|s| (worth(told, s, &parts), *s)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    ranked.truncate(LOOKED_AT);
    let mut candidates: Vec<Pick> = ranked
        .into_iter()
        .filter_map(|(worth, statement)| candidate(told, lexis, &parts, (worth, statement)))
        .collect();
    candidates.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| a.statement.id.cmp(&b.statement.id)));
    let origins = told.origin.iter().collect::<BTreeSet<_>>().len();
    let most = (SOME + FOR_EACH_ORIGIN * origins).min(MOST);
    let mut kept: Vec<Pick> = lead(told, lexis, &parts).into_iter().collect();
    // What origins agree on comes first; what one alone tells fills the rest.
    let (agreed, alone): (Vec<Pick>, Vec<Pick>) = candidates.into_iter().partition(|c| c.statement.origins > 1);
    for (candidates, most) in [(agreed, most - ALONE_LEAST), (alone, most)] {
        for candidate in candidates {
            if kept.len() < most && !is_told(lexis, &candidate, &kept) {
                kept.push(candidate);
            }
        }
    }
    kept
}

/// What only a rewrite tells is the rewriter's, not reporting; what its source tells is told in the source's words.
fn is_reported(told: &Told, statement: &Statement) -> bool {
    statement.readings.iter().any(|r| told.place(r.report()).is_some_and(|n| !told.derived[n]))
}

/// How much a statement matters: each origin counts once, the more the nearer to the head of a report it tells it, and
/// the less the older its report is.
fn worth(told: &Told, statement: &Statement, parts: &Parts) -> f64 {
    let mut by_origin: BTreeMap<usize, f64> = BTreeMap::new();
    let lines = told.lines(statement);
    for line in &lines {
        let head = 1.0 / (1.0 + line.1 as f64 / 4.0);
        let best = by_origin.entry(told.origin[line.0]).or_default();
        *best = best.max((0.35 + 0.65 * head) * (0.5 + 0.5 * told.fresh(line.0)));
    }
    let told_by: f64 = by_origin.values().sum();
    let alone = if by_origin.len() > 1 { 1.0 } else { ALONE };
    let part = if lines.iter().any(|line| parts.agreed.contains(line)) { AGREED_PART } else { 0.0 };
    told_by * alone * (1.0 + 0.1 * (lines.len() as f64).ln()) + part
}

fn candidate<'a>(
    told: &Told<'a>,
    lexis: &mut Lexis,
    parts: &Parts,
    (worth, statement): (f64, &'a Statement),
) -> Option<Pick<'a>> {
    let mut lines = told.lines(statement);
    let gist = told.line_of(&statement.gist);
    // The likest to all others first, then reports that have their words from nobody.
    lines.sort_by_key(|&line| (Some(line) != gist, told.derived[line.0]));
    let mut tellings: Vec<(Passage, Content)> = Vec::new();
    for &line in lines.iter().take(TELLINGS) {
        let Some(passage) = stands(told, line) else { continue };
        let content = lexis.read(&passage.span.text);
        tellings.push((passage, content));
    }
    let score = |n: usize| {
        let (passage, content) = &tellings[n];
        let others = tellings.iter().enumerate().filter(|(m, _)| *m != n);
        let alike: f64 = others.map(|(_, other)| lexis.likeness(content, &other.1)).sum();
        let central = alike / (tellings.len().max(2) - 1) as f64;
        let derived = if told.derived[passage.line.0] { 0.4 } else { 1.0 };
        let leaning = if passage.fitness.lean.is_some() { 0.3 } else { 1.0 };
        let more = if passage.first < passage.last { 0.8 } else { 1.0 };
        let facts = 1.0 + 0.05 * content.facts.len().min(6) as f64;
        passage.fitness.score * derived * leaning * more * facts * (0.5 + central)
    };
    let best = (0..tellings.len()).map(|n| (score(n), n)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    let fit = (best.0 > 0.0).then(|| tellings.swap_remove(best.1))?;
    let bare = if fit.1.facts.is_empty() { 0.7 } else { 1.0 };
    let worth = worth * bare * fit.0.fitness.score.min(1.0);
    Some(Pick { statement, worth, parts: parts.of(&fit.0), passage: fit.0, content: fit.1, leads: false })
}

/// The passage of a line, with the sentence before it where it leans on that.
fn stands(told: &Told, line: (usize, usize)) -> Option<Passage> {
    let passage = Passage::of(told, line).filter(|p| p.fitness.score > 0.0)?;
    if passage.fitness.lean.is_none() {
        return Some(passage);
    }
    let longer = passage.with_the_sentence_before(told);
    Some(longer.filter(|p| p.fitness.score > 0.0 && p.fitness.lean.is_none()).unwrap_or(passage))
}

/// Tells whether what is told already holds a passage.
fn is_told(lexis: &Lexis, candidate: &Pick, kept: &[Pick]) -> bool {
    let content = &candidate.content;
    let mut held: Vec<(f64, usize)> =
        kept.iter().enumerate().map(|(n, pick)| (lexis.held(&content.words, &pick.content.words), n)).collect();
    held.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&(most, _)) = held.first() else { return false };
    let near = held.iter().take(3).fold(Content::default(), |all, (_, n)| {
        let content = &kept[*n].content;
        Content { words: union(&all.words, &content.words), facts: union(&all.facts, &content.words) }
    });
    let allowed = FOR_NEW_FACTS * (1.0 - lexis.held(&content.facts, &near.facts));
    let at_the_head = HELD_AT_THE_HEAD * if candidate.statement.origins > 1 { 1.0 } else { 0.6 };
    let again = |(held, n): &(f64, usize)| {
        let pick = &kept[*n];
        let both_heads = candidate.passage.first == 0 && pick.passage.first == 0;
        candidate.passage.span.overlap(&pick.passage.span) > 0
            || both_heads && *held >= at_the_head + allowed / 2.0
            || !candidate.parts.is_disjoint(&pick.parts) && *held >= HELD_WITH_A_PART + allowed
            || *held >= ADDS_LITTLE && lexis.held(&pick.content.words, &content.words) >= TELLS_AGAIN
    };
    let alone = if candidate.statement.origins > 1 { 0.0 } else { STRICTER_ALONE };
    most >= HELD + allowed - alone
        || lexis.held(&content.words, &near.words) >= HELD_TOGETHER + allowed - alone
        || held.iter().any(again)
}
