//! Who stands behind a statement: made vague, exchanged, or left out.
//!
//! What the rewrite hands to somebody is looked up in the sources, without the words that hand it over; whoever is named
//! beside it there may stand behind it.

use std::ops::Range;

use variorum_news::{Drift, DriftKind, Span};
use variorum_text::{fold, is_stop_word, words};

use super::claim::{Scene, words_span};
use super::operators::{Grade, Grades, Operator, TOLD, UNSURE, grades, operators};
use super::site::Site;
use super::{Held, of};
use crate::lexicon::lexicon;
use crate::witness::{Passage, Token, Witness};
use crate::word_lists::{List, listed, phrased};

pub(super) fn drift(scene: &Scene) -> Option<Drift> {
    let handed = handed(scene.held.witness, scene.held.passage, &scene.mine);
    handed.iter().find_map(|h| exchanged(scene, h)).or_else(|| left_out(scene))
}

/// Words that hand something to a source, and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Handed {
    pub cue: Range<usize>,
    pub source: Range<usize>,
}

/// The verb or phrase may stand so far from the words that name its source.
const PHRASE: usize = 9;

/// Returns what a passage hands over, by the order of its words: "Orr said", "said Orr", "according to Orr".
pub(super) fn handed(witness: &Witness, passage: &Passage, operators: &[Operator]) -> Vec<Handed> {
    let tokens = &passage.words;
    let marks = |at: usize, wanted: &[char]| {
        at == 0 || witness.report.text[tokens[at - 1].bytes.end..tokens[at].bytes.start].contains(wanted)
    };
    let mark = |at: usize| marks(at, &[',', ';', ':', '“', '”', '"', '–', '—', '(']);
    let mut found: Vec<Handed> = Vec::new();
    for operator in operators.iter().filter(|o| TOLD.has(o.grade) && listed(List::Telling, &tokens[o.at].folded)) {
        let cue = operator.at..operator.at + operator.length;
        if found.iter().any(|h| h.cue == cue) {
            continue;
        }
        // "“…,” said Orr", "…, says Orr": the source follows; "Orr, the mayor, said" has a mark before the verb too.
        let forward = cue.len() > 1 || cue.start > 0 && mark(cue.start) && !apposed(passage, cue.start, &marks);
        let source = if forward {
            let from = cue.end;
            let most = tokens.len().min(from + PHRASE);
            let ends = |at: &usize| *at > from && (mark(*at) || listed(List::SourceEnd, &tokens[*at].folded));
            from..(from..most).find(ends).unwrap_or(most)
        } else {
            let to = cue.start;
            let least = to.saturating_sub(PHRASE);
            let from = (least..to).rev().find(|&at| mark(at) && at + 1 < to.max(1)).unwrap_or(least);
            from..to
        };
        if !source.is_empty() {
            found.push(Handed { cue, source });
        }
    }
    found
}

/// "Orr, the mayor, said": the mark before the verb closes an apposition, and whoever speaks stands before it.
fn apposed(passage: &Passage, verb: usize, marks: &impl Fn(usize, &[char]) -> bool) -> bool {
    let comma = |at: usize| marks(at, &[',']) && !marks(at, &['“', '”', '"']);
    let follows = passage.words.get(verb + 1).is_some_and(|t| t.capital || t.folded == "the" || t.folded == "a");
    comma(verb) && !follows && (verb.saturating_sub(8)..verb).any(|at| at > 0 && comma(at))
}

/// The rewrite hands to one what its source hands to another.
fn exchanged(scene: &Scene, handed: &Handed) -> Option<Drift> {
    let (held, mine) = (scene.held, &scene.mine);
    let tokens = &held.passage.words;
    let named: Vec<usize> = handed.source.clone().filter(|&i| tokens[i].form.is_some()).collect();
    let last = *named.last()?;
    let vague = is_vague(held.passage, &handed.source);
    let plain = handed.source.len() <= 5 && !mine.iter().any(|o| handed.source.contains(&o.at) && TOLD.has(o.grade));
    let site = scene.site(content(scene, handed))?;
    if site.quality < 0.5 || site.shared.len() < 3 || !vague && !plain {
        return None;
    }
    let unnamed = is_vague(site.passage, &(0..site.passage.words.len()));
    if vague && unnamed {
        return None;
    }
    let theirs = named_there(&site)?;
    if is_called(&theirs.0, named.iter().map(|&i| tokens[i].folded.as_str())) {
        return None;
    }
    let resolved = held.passage.attributions.iter().map(|&i| &held.witness.notes.attributions[i]).filter(|a| {
        let cue = held.witness.spanner.bytes(&a.cue);
        cue.start < tokens[handed.cue.end - 1].bytes.end && tokens[handed.cue.start].bytes.start < cue.end
    });
    let mut forms: Vec<Option<u32>> = named.iter().map(|&i| tokens[i].form).collect();
    for party in resolved.filter_map(|a| a.source.as_ref()) {
        let known = |w: &variorum_text::Word| held.sources.forms.known(&lexicon().key(&fold(w.text)));
        forms.extend(words(&party.name).iter().map(known));
    }
    if !vague && forms.iter().any(|&form| may_be(held, &site, &theirs, form)) {
        return None;
    }
    let plural = tokens[last].folded.ends_with('s') && !tokens[last].capital;
    let proper = tokens[last].capital && last > 0;
    let confidence = match (vague, proper, plural) {
        (true, ..) => 0.85,
        (_, true, _) if held.sources.has(&tokens[last]) => 0.6,
        (_, _, true) => 0.55,
        _ => 0.3,
    };
    let from = handed.cue.start.min(handed.source.start);
    let to = handed.cue.end.max(handed.source.end) - 1;
    let rewrite = words_span(held.witness, held.passage, from, to);
    let explain = format!("the source gives this to {}", theirs.0);
    let mut found = of(DriftKind::Attribution, rewrite, Some(theirs.1), explain);
    found.confidence = confidence;
    Some(found)
}

/// Tells whether one of some words is a word of a name, or its initials: "UN" for "the United Nations".
pub(super) fn is_called<'a>(name: &str, mut words_of: impl Iterator<Item = &'a str>) -> bool {
    let parts = words(name);
    let initials: String = parts.iter().filter(|w| w.is_capitalised()).filter_map(|w| w.text.chars().next()).collect();
    let initials = if initials.chars().count() > 1 { fold(&initials) } else { String::new() };
    let folded: Vec<String> = parts.iter().map(|w| fold(w.text)).filter(|w| !is_stop_word(w)).collect();
    words_of.any(|word| word == initials || folded.iter().any(|part| part == word))
}

/// Tells whether a word may name the source that the sources have: it stands in their passage or beside that name anywhere.
fn may_be(held: Held, site: &Site, theirs: &(String, Span), form: Option<u32>) -> bool {
    let Some(form) = form else { return false };
    let passages = &site.witness.passages;
    let at = passages.iter().position(|p| p.span == site.passage.span).unwrap_or(0);
    let around = &passages[at.saturating_sub(1)..passages.len().min(at + 2)];
    if around.iter().any(|p| p.forms.binary_search(&form).is_ok()) {
        return true;
    }
    let name: Vec<String> = words(&theirs.0).iter().filter(|w| w.is_capitalised()).map(|w| fold(w.text)).collect();
    held.sources.passages().any(|(_, p)| {
        p.forms.binary_search(&form).is_ok()
            && (0..p.words.len()).filter(|&j| p.words[j].form == Some(form)).any(|j| {
                let near = j.saturating_sub(BESIDE)..p.words.len().min(j + BESIDE + 1);
                p.words[near].iter().any(|t| name.contains(&t.folded))
            })
    })
}

/// A role stands so near to the name it belongs to.
const BESIDE: usize = 8;

/// Tells whether nobody is named whom one could ask.
pub(super) fn is_vague(passage: &Passage, source: &Range<usize>) -> bool {
    let words: Vec<&str> = passage.words[source.clone()].iter().map(|t| t.folded.as_str()).collect();
    let joined = words.join(" ");
    let known = passage.words[source.clone()].iter().any(|t| t.form.is_some());
    known && lexicon().is_vague(&joined) || phrased(List::Unnamed, &joined)
}

/// Tells whether some words hand something to nobody whom one could ask: "reports indicate", "according to sources".
pub(crate) fn names_nobody(words: &[Token]) -> bool {
    let source: Vec<&str> =
        words.iter().map(|t| t.folded.as_str()).filter(|w| !matches!(*w, "according" | "to")).collect();
    let vague = |words: &[&str]| {
        let joined = words.join(" ");
        !words.is_empty() && (lexicon().is_vague(&joined) || phrased(List::Unnamed, &joined))
    };
    // The verb stands before or behind: "reports indicate", "said sources".
    vague(&source)
        || source.split_last().is_some_and(|(_, before)| vague(before))
        || source.split_first().is_some_and(|(_, after)| vague(after))
}

/// The words that are handed over: the clause beside the cue that says more.
pub(super) fn content(scene: &Scene, handed: &Handed) -> Range<usize> {
    let passage = scene.held.passage;
    let (from, to) = (handed.cue.start.min(handed.source.start), handed.cue.end.max(handed.source.end));
    let after = passage.words[to..].iter().filter(|t| t.form.is_some()).count();
    if after >= 3 {
        // A clause or two: what comes later may be somebody else's.
        let end = scene.clauses.iter().map(|c| c.end).find(|&end| end >= to + 8);
        to..end.unwrap_or(passage.words.len())
    } else {
        0..from
    }
}

/// The source that the site's passage names, as a reader would call it.
pub(super) fn named_there(site: &Site) -> Option<(String, Span)> {
    let (cue, _) = governing(site)?;
    let by_notes = site.passage.attributions.iter().map(|&i| &site.witness.notes.attributions[i]).find_map(|a| {
        let source = a.source.as_ref().filter(|_| !a.hedged && covers(site, &cue, &a.cue))?;
        Some((source.name.clone(), source.span.clone()))
    });
    by_notes.or_else(|| {
        let said = handed(site.witness, site.passage, &site.operators);
        let said = said.iter().find(|h| {
            cue.contains(&h.cue.start)
                && h.source.clone().any(|i| site.passage.words[i].form.is_some())
                && !is_vague(site.passage, &h.source)
        })?;
        let span = words_span(site.witness, site.passage, said.source.start, said.source.end - 1);
        Some((span.text.clone(), span))
    })
}

/// Tells whether words of the source's text stand in a run of words of the site's passage.
fn covers(site: &Site, run: &Range<usize>, span: &Span) -> bool {
    let bytes = site.witness.spanner.bytes(span);
    site.passage.words[run.clone()].iter().any(|t| bytes.start < t.bytes.end && t.bytes.start < bytes.end)
}

/// The rewrite says in its own voice what its source hands to somebody.
fn left_out(scene: &Scene) -> Option<Drift> {
    let held = scene.held;
    let here = grades(&scene.mine, 0, usize::MAX);
    if here.any(TOLD.and(SAID)) || !held.passage.quotes.is_empty() || goes_on(held) {
        return None;
    }
    scene.sites.iter().find_map(|site| {
        let clause = &site.clause;
        if site.quality < 0.6 || site.shared.len() < 4 || !plain_elsewhere(site) {
            return None;
        }
        let (cue, doubted) = governing(site)?;
        let contested = grades(&site.operators, site.window.start, site.window.end).any(UNSURE);
        let confidence = match (doubted, contested) {
            (true, _) => 0.6,
            (_, true) => 0.5,
            _ => 0.35,
        };
        let source = site.words(cue.start, cue.end - 1);
        let explain =
            format!("the source hands this to somebody: “{}”; the rewrite says it in its own voice", source.text);
        let rewrite = words_span(held.witness, held.passage, clause.start, clause.end - 1);
        let mut found = of(DriftKind::Attribution, rewrite, Some(source), explain);
        found.confidence = confidence;
        Some(found)
    })
}

const SAID: Grades = Grades::of(&[Grade::Said]);

/// No other place of the sources tells the same without handing it over.
fn plain_elsewhere(site: &Site) -> bool {
    site.rivals == Grades::default() || site.rivals.any(TOLD)
}

/// The attribution that covers the window: right before it, or right after it; and whether it doubts.
fn governing(site: &Site) -> Option<(Range<usize>, bool)> {
    let all = handed(site.witness, site.passage, &site.operators);
    let covers = |h: &&Handed| {
        let (from, to) = (h.cue.start.min(h.source.start), h.cue.end.max(h.source.end));
        to <= site.window.start + 1 && site.window.start < to + 8
            || from + 1 >= site.window.end && from < site.window.end + 4
    };
    let handed = all.iter().find(covers)?;
    let word = site.passage.words[handed.cue.start].folded.as_str();
    let doubts = site.operators.iter().any(|o| {
        o.at == handed.cue.start
            && (o.grade == Grade::Claim || o.grade == Grade::Think && !matches!(word, "found" | "saw"))
    });
    let (from, to) = (handed.cue.start.min(handed.source.start), handed.cue.end.max(handed.source.end));
    Some((from..to, doubts))
}

/// The sentence before names a source, so a reader hears it speak on.
fn goes_on(held: Held) -> bool {
    let at = held.witness.passages.iter().position(|p| p.span == held.passage.span);
    let Some(before) = at.and_then(|at| at.checked_sub(1)) else { return false };
    let before = &held.witness.passages[before];
    !before.attributions.is_empty() || !before.quotes.is_empty() || grades(&operators(before), 0, usize::MAX).any(TOLD)
}
