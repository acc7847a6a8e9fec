//! A name that no source prints.

use variorum_news::{Drift, DriftKind, Name, NameKind};
use variorum_text::{fold, is_stop_word, words};

use super::{Held, of};

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let names = &held.witness.notes.names[held.passage.names.clone()];
    let dates = &held.witness.notes.dates[held.passage.dates.clone()];
    names
        .iter()
        .filter(|name| is_compared(name) && dates.iter().all(|d| d.span.overlap(&name.span) == 0))
        .filter_map(|name| one(held, name))
        .collect()
}

fn is_compared(name: &Name) -> bool {
    matches!(name.kind, NameKind::Person | NameKind::Organisation | NameKind::Place)
}

fn one(held: Held, name: &Name) -> Option<Drift> {
    let folded: Vec<String> =
        words(&name.span.text).iter().map(|w| fold(w.text)).filter(|w| !is_stop_word(w)).collect();
    let last = folded.last()?;
    let known = folded.iter().filter(|w| held.sources.has_word(w)).count();
    let borne_out = match name.kind {
        NameKind::Person => held.sources.has_word(last) || (folded.len() > 2 && known + 1 >= folded.len()),
        _ => known * 2 >= folded.len() && known > 0,
    };
    if borne_out || in_pieces(held, last) || spelled_out(held, &folded) || is_outlet(held, name) {
        return None;
    }
    let source = beside(held, name);
    let explain = match &source {
        Some(other) => format!("the source names “{}”", other.text),
        None => "no source prints this name".to_owned(),
    };
    Some(of(DriftKind::Name, name.span.clone(), source, explain))
}

/// A hyphenated or joined name whose parts the sources print.
fn in_pieces(held: Held, word: &str) -> bool {
    word.contains('-') && word.split('-').all(|part| part.len() > 1 && held.sources.has_word(part))
}

/// "World Food Agency" where the source prints "WFA".
fn spelled_out(held: Held, folded: &[String]) -> bool {
    let initials: String = folded.iter().filter_map(|w| w.chars().next()).collect();
    initials.len() > 1 && held.sources.prints(&initials)
}

/// A report may name itself, and those whom it credits.
fn is_outlet(held: Held, name: &Name) -> bool {
    let report = held.witness.report;
    let named = name.span.text.to_lowercase();
    let holds = |other: &str| other.to_lowercase().contains(&named);
    report.outlet.as_deref().is_some_and(holds) || report.credits.iter().any(|c| holds(&c.text) || holds(&c.source))
}

/// The one name of its kind that the likest source passage has and the rewrite's passage has not.
fn beside(held: Held, name: &Name) -> Option<variorum_news::Span> {
    let (witness, passage, _) = held.near(0.4).next()?;
    let mine: Vec<&str> = held.passage.words.iter().map(|t| t.folded.as_str()).collect();
    let mut free = witness.notes.names[passage.names.clone()].iter().filter(|other| {
        other.kind == name.kind
            && words(&other.span.text).last().is_some_and(|w| !mine.contains(&fold(w.text).as_str()))
    });
    let first = free.next()?;
    free.next().is_none().then(|| first.span.clone())
}
