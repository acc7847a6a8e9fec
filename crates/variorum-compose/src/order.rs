//! The order of an account: the lead, what happened, who said what, what was before; in paragraphs of what belongs together.

use std::collections::BTreeMap;

use variorum_news::Part;

use crate::account::Pick;
use crate::calendar::day_number;
use crate::lexis::Lexis;
use crate::told::{Line, Told};

/// A pick with its place in the account.
#[derive(Debug)]
pub(crate) struct Placed<'a> {
    /// What is told.
    pub pick: Pick<'a>,
    /// What it is to the story.
    pub part: Part,
    /// The number of its paragraph.
    pub paragraph: usize,
}

/// A paragraph has so many sentences at most.
const PARAGRAPH: usize = 4;
/// Picks at least so near belong to one paragraph.
const NEAR: f64 = 0.16;
/// A passage with so much in quotation marks is someone's voice.
const VOICE: f64 = 0.4;
/// What is dated so many days before its report is background.
const BEFORE: i64 = 45;
/// Background is not told in the first sentences of a report.
const FIRST: usize = 3;

/// Returns the picks in the order in which a reader needs them.
///
/// Picks that reports tell near one another, or that share their words, make a paragraph (the cohesion that R. Barzilay,
/// N. Elhadad and K. McKeown found readers to need, JAIR 2002); in it they stand as most reports order them.
pub(crate) fn arranged<'a>(told: &Told, lexis: &Lexis, picks: Vec<Pick<'a>>) -> Vec<Placed<'a>> {
    let lines: Vec<BTreeMap<usize, usize>> = picks.iter().map(|pick| positions(told, pick)).collect();
    let parts = parts(told, &picks, &lines);
    let mut order: Vec<(usize, usize)> = Vec::new();
    let mut paragraph = 0;
    for part in [Part::Lead, Part::News, Part::Voices, Part::Background] {
        let mut left: Vec<usize> = (0..picks.len()).filter(|&n| parts[n] == part).collect();
        while !left.is_empty() {
            let block = block(lexis, &picks, &lines, &mut left);
            order.extend(block.into_iter().map(|n| (n, paragraph)));
            paragraph += 1;
        }
    }
    let mut picks: Vec<Option<Pick>> = picks.into_iter().map(Some).collect();
    let mut placed: Vec<Placed> = order
        .into_iter()
        .filter_map(|(n, paragraph)| picks[n].take().map(|pick| Placed { pick, part: parts[n], paragraph }))
        .collect();
    settle(&mut placed);
    placed
}

/// Where each report tells a pick.
fn positions(told: &Told, pick: &Pick) -> BTreeMap<usize, usize> {
    let mut lines: Vec<Line> = told.lines(pick.statement);
    lines.sort_unstable_by(|a, b| b.cmp(a));
    lines.into_iter().collect()
}

/// What each pick is to the story.
fn parts(told: &Told, picks: &[Pick], lines: &[BTreeMap<usize, usize>]) -> Vec<Part> {
    let mut parts: Vec<Part> = picks
        .iter()
        .zip(lines)
        .map(|(pick, lines)| {
            if is_background(told, pick, lines) {
                Part::Background
            } else if pick.passage.quoted(told) >= VOICE {
                Part::Voices
            } else {
                Part::News
            }
        })
        .collect();
    let first = picks.iter().position(|pick| pick.leads).or((!picks.is_empty()).then_some(0));
    if let Some(lead) = first {
        parts[lead] = Part::Lead;
    }
    parts
}

/// Background is dated long before its report, and told after the head of it.
fn is_background(told: &Told, pick: &Pick, lines: &BTreeMap<usize, usize>) -> bool {
    if lines.values().any(|&at| at < FIRST) {
        return false;
    }
    let (report, span) = (pick.passage.line.0, &pick.passage.span);
    let Some(notes) = &told.reports[report].annotations else { return false };
    let dates = notes.dates.iter().filter(|d| span.holds(&d.span));
    let year = |value: &str| value.get(..4)?.parse::<i64>().ok();
    let published = told.published[report];
    let newest_year = notes.dates.iter().filter_map(|d| year(&d.value)).max();
    let mut old = false;
    for date in dates {
        match (day_number(&date.value), published, year(&date.value)) {
            (Some(day), Some(published), _) if published - day < BEFORE => return false,
            (Some(_), Some(_), _) => old = true,
            (None, Some(_), Some(year)) => {
                let of = told.reports[report].day().and_then(|d| d.get(..4)?.parse().ok());
                old |= of.is_some_and(|of: i64| year < of);
            }
            (_, None, Some(year)) => old |= newest_year.is_some_and(|newest| year < newest),
            _ => {}
        }
    }
    old
}

/// Takes a paragraph from what is left: the pick that matters most, with those nearest to it.
fn block(lexis: &Lexis, picks: &[Pick], lines: &[BTreeMap<usize, usize>], left: &mut Vec<usize>) -> Vec<usize> {
    let worth = |&a: &usize, &b: &usize| picks[a].worth.total_cmp(&picks[b].worth).then(b.cmp(&a));
    let Some(seed) = left.iter().copied().max_by(worth) else { return Vec::new() };
    let mut block = vec![seed];
    left.retain(|&n| n != seed);
    while block.len() < PARAGRAPH {
        let near = |n: usize| {
            let all = block.iter().map(|&m| nearness(lexis, &picks[n], &picks[m], &lines[n], &lines[m]));
            all.fold(0.0, f64::max)
        };
        let next = left.iter().map(|&n| (near(n), n)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, next)) = next.filter(|(near, _)| *near >= NEAR) else { break };
        block.push(next);
        left.retain(|&n| n != next);
    }
    // As most reports order them; the one that matters most comes first where no report tells both.
    let mut ordered = vec![block[0]];
    for &n in &block[1..] {
        let before = |m: usize| precedence(&lines[n], &lines[m]) > 0;
        let at = ordered.iter().skip(1).position(|&m| before(m)).map_or(ordered.len(), |at| at + 1);
        ordered.insert(at, n);
    }
    ordered
}

/// How near two picks are: the share of the reports with both that tell them side by side, and the words they share.
fn nearness(lexis: &Lexis, a: &Pick, b: &Pick, of_a: &BTreeMap<usize, usize>, of_b: &BTreeMap<usize, usize>) -> f64 {
    let gaps: Vec<usize> =
        of_a.iter().filter_map(|(report, at)| of_b.get(report).map(|other| at.abs_diff(*other))).collect();
    let together = gaps.iter().map(|&gap| 1.0 / gap.max(1) as f64).filter(|near| *near > 0.2).sum::<f64>();
    let together = if gaps.is_empty() { 0.0 } else { together / gaps.len() as f64 };
    0.3 * together + 0.7 * lexis.likeness(&a.content, &b.content)
}

/// In how many more reports the first comes before the second than after it.
fn precedence(a: &BTreeMap<usize, usize>, b: &BTreeMap<usize, usize>) -> i64 {
    let both = a.iter().filter_map(|(report, at)| b.get(report).map(|other| (*at, *other)));
    both.map(|(at, other)| i64::from(at < other) - i64::from(at > other)).sum()
}

/// Puts what leans on its neighbour right behind it, and leaves out what leans on nothing that is told.
fn settle(placed: &mut Vec<Placed>) {
    let mut waiting: Vec<Placed> = Vec::new();
    let mut kept: Vec<Placed> = Vec::new();
    for pick in placed.drain(..) {
        if pick.pick.passage.fitness.lean.is_some() { waiting.push(pick) } else { kept.push(pick) }
    }
    // A leaning sentence may lean on one that leans itself, so that they settle in the order of their reports.
    waiting.sort_by(|a, b| a.pick.passage.span.cmp(&b.pick.passage.span));
    for mut pick in waiting {
        let (report, first) = (pick.pick.passage.line.0, pick.pick.passage.first);
        let before = |other: &Placed| {
            let passage = &other.pick.passage;
            passage.line.0 == report && passage.last + 1 == first
        };
        if let Some(at) = kept.iter().position(before) {
            pick.part = kept[at].part;
            pick.paragraph = kept[at].paragraph;
            if pick.part == Part::Lead {
                pick.part = Part::News;
            }
            kept.insert(at + 1, pick);
        }
    }
    *placed = kept;
    let (mut number, mut last) = (0, None);
    for placed in placed.iter_mut() {
        if last.is_some_and(|last| last != placed.paragraph) {
            number += 1;
        }
        last = Some(placed.paragraph);
        placed.paragraph = number;
    }
}
