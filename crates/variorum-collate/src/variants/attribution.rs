//! The same words, given to two people.

use variorum_news::{Reading, Statement, StatementKind, Value, Variant, VariantKind};
use variorum_text::{fold, is_stop_word, words};

use super::{BORNE_OUT, variant};

/// Shorter quotes may well be said by two people.
const LEAST: usize = 6;

pub(super) fn variants(statements: &[Statement]) -> Vec<Variant> {
    statements.iter().filter(|s| s.kind == StatementKind::Quote).filter_map(one).collect()
}

fn one(statement: &Statement) -> Option<Variant> {
    let told: Vec<&Reading> = statement
        .readings
        .iter()
        .filter(|r| r.speaker.as_deref().is_some_and(is_full_name) && words(&r.span.text).len() >= LEAST)
        .collect();
    let apart = |a: &Reading, b: &Reading| a.report() != b.report() && are_two(a, b);
    let shown: Vec<Reading> = told
        .iter()
        .filter(|a| told.iter().any(|b| apart(a, b)))
        .map(|r| Reading { value: r.speaker.clone().map(Value::Word), ..(*r).clone() })
        .collect();
    let mut found = variant(VariantKind::Attribution, statement.gist.text.clone(), &statement.id, shown)?;
    found.confidence = BORNE_OUT;
    Some(found)
}

/// A first name and a last name: "the company" and "he" may be anybody.
fn is_full_name(name: &str) -> bool {
    let all = words(name);
    all.len() >= 2 && all.iter().all(|w| w.is_capitalised() && !is_stop_word(&fold(w.text)))
}

fn are_two(a: &Reading, b: &Reading) -> bool {
    let names = |r: &Reading| -> Vec<String> {
        r.speaker.iter().flat_map(|s| words(s).iter().map(|w| fold(w.text)).collect::<Vec<_>>()).collect()
    };
    let (a, b) = (names(a), names(b));
    // "Ortiz" and "Ortis" are one person, spelled in two ways.
    let near = |x: &String, y: &String| x == y || super::name::distance(x, y) <= 2;
    !a.iter().any(|x| b.iter().any(|y| near(x, y)))
}
