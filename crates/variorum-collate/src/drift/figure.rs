//! A figure that the sources do not give, or give otherwise.

use variorum_news::{Drift, DriftKind, Figure, Hedge, Span};

use super::{Held, of};
use crate::align::likeness;
use crate::figures::{Amounts, Counted, Same, amounts, hedge_family};
use crate::sources::Sources;

/// A figure of a source, held against one of the rewrite.
struct Match<'a> {
    figure: &'a Figure,
    same: Same,
    amounts: Amounts,
    alike: f64,
    /// Both limit the same noun by the same name.
    limited: bool,
}

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let figures = &held.witness.notes.figures[held.passage.figures.clone()];
    // "Dozens" is no number that could be wrong.
    figures.iter().filter(|figure| !figure.vague).filter_map(|figure| one(held, figure)).collect()
}

fn one(held: Held, figure: &Figure) -> Option<Drift> {
    let counted = Counted::new(figure, held.witness, held.passage);
    let matches = matches(&counted, held);
    let equal = matches
        .iter()
        .filter(|m| m.amounts == Amounts::Equal && m.same != Same::No)
        .max_by(|a, b| rank(a).total_cmp(&rank(b)));
    if let Some(equal) = equal {
        let surely_other =
            matches.iter().any(|m| m.same == Same::Yes && m.amounts == Amounts::Differ && m.alike > equal.alike + 0.25);
        if equal.same == Same::Yes || !surely_other {
            return hedge(figure, equal, &matches);
        }
    }
    let counts_it = |m: &&Match| m.same == Same::Yes && m.alike >= 0.3 || m.limited && m.alike >= 0.15;
    let near = matches.iter().filter(counts_it).max_by(|a, b| rank(a).total_cmp(&rank(b)));
    if let Some(near) = near {
        return match near.amounts {
            Amounts::Differ => {
                let explain = format!("the source says “{}”", near.figure.span.text);
                Some(of(DriftKind::Figure, figure.span.clone(), Some(near.figure.span.clone()), explain))
            }
            _ => None,
        };
    }
    let rounded = |m: &Match| m.amounts != Amounts::Differ && m.same != Same::No && m.alike >= 0.2;
    let given = |m: &Match| m.amounts == Amounts::Equal && base(m.figure) == base(figure);
    if matches.iter().any(|m| rounded(m) || given(m)) || stands_there(figure, held.sources) {
        return None;
    }
    if small_and_in_words(figure) {
        return None;
    }
    // The one figure of its kind in a passage that says the same is what the rewrite changed.
    let swapped = matches
        .iter()
        .filter(|m| m.alike >= if m.same == Same::No { 1.0 } else { 0.3 } && m.figure.unit == figure.unit)
        .max_by(|a, b| rank(a).total_cmp(&rank(b)));
    let (source, explain): (Option<Span>, String) = match swapped {
        Some(m) => (Some(m.figure.span.clone()), format!("the source says “{}”", m.figure.span.text)),
        None => (None, "no source gives this figure".to_owned()),
    };
    Some(of(DriftKind::Figure, figure.span.clone(), source, explain))
}

/// "9 million euros a day" is 9 million euros.
fn base(figure: &Figure) -> Option<&str> {
    figure.unit.as_deref().map(|unit| unit.split('/').next().unwrap_or(unit))
}

fn rank(m: &Match) -> f64 {
    m.alike + if m.same == Same::Yes { 1.0 } else { 0.0 }
}

fn matches<'a>(counted: &Counted, held: Held<'a, '_>) -> Vec<Match<'a>> {
    let mut found = Vec::new();
    for (place, passage) in held.sources.passages() {
        let range = passage.figures.clone();
        if range.is_empty() {
            continue;
        }
        let (witness, _) = held.sources.at(place);
        let alike = likeness(held.passage, passage, held.sources.forms).score;
        for figure in &witness.notes.figures[range] {
            let other = Counted::new(figure, witness, passage);
            let (same, limited) = (counted.same(&other, alike), counted.shares_the_limit_of(&other));
            found.push(Match { figure, same, amounts: amounts(counted.figure, figure), alike, limited });
        }
    }
    found
}

/// The number is right; is it as sure as the source has it?
fn hedge(figure: &Figure, equal: &Match, matches: &[Match]) -> Option<Drift> {
    let as_sure = |m: &Match| hedge_family(m.figure.hedge) == hedge_family(figure.hedge);
    if matches.iter().any(|m| m.amounts == Amounts::Equal && m.same != Same::No && as_sure(m))
        || equal.alike < 0.12 && equal.same != Same::Yes
    {
        return None;
    }
    let explain = match (figure.hedge, equal.figure.hedge) {
        (Some(_), None) => "the source gives the figure without this hedge".to_owned(),
        (None, Some(_)) => format!("the source hedges it: “{}”", equal.figure.span.text),
        _ => format!("the source hedges it otherwise: “{}”", equal.figure.span.text),
    };
    // "Between" is a range, which is a figure of its own.
    if figure.hedge == Some(Hedge::Between) || equal.figure.hedge == Some(Hedge::Between) {
        return None;
    }
    Some(of(DriftKind::Hedge, figure.span.clone(), Some(equal.figure.span.clone()), explain))
}

/// The number stands in the sources, if only as a word that no figure was read from.
fn stands_there(figure: &Figure, sources: &Sources) -> bool {
    let plain = if figure.value.fract() == 0.0 && figure.value.abs() < 1e15 {
        format!("{}", figure.value as i64)
    } else {
        format!("{}", figure.value)
    };
    let forms = sources.forms;
    let known =
        forms.known(&plain).is_some_and(|form| sources.passages().any(|(_, p)| p.forms.binary_search(&form).is_ok()));
    known && figure.unit.is_none()
}

/// A writer counts up to four without being told ("the two men").
fn small_and_in_words(figure: &Figure) -> bool {
    figure.value <= 4.0 && !figure.span.text.bytes().any(|b| b.is_ascii_digit())
}
