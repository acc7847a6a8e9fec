use proptest::prelude::*;

use super::{Expr, Query};

/// Reads a query and says it back with every bracket, or with the place and beginning of the complaint.
fn check(text: &str, expected: &str) {
    let said = match Query::read(text) {
        Ok(query) => say(&query.expr),
        Err(error) => format!("{}: {}", error.at, error.reason),
    };
    let fits = said == expected || expected.strip_suffix('…').is_some_and(|start| said.starts_with(start));
    assert!(fits, "{text}\n  gives {said}");
}

fn say(expr: &Expr) -> String {
    let list = |parts: &[Expr], by: &str| parts.iter().map(say).collect::<Vec<_>>().join(by);
    match expr {
        Expr::All(parts) => format!("({})", list(parts, " ")),
        Expr::Any(parts) => format!("[{}]", list(parts, " | ")),
        Expr::Not(part) => format!("-{}", say(part)),
        Expr::Words(words) => words.clone(),
        Expr::Days(first, last) => format!("{first}..{last}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn words_stand_together_and_or_binds_closer() {
    check("ferry Delmare", "(ferry Delmare)");
    check("ferry Delmare OR Port -storm", "(ferry [Delmare | Port] -storm)");
    check("a OR b OR c d", "([a | b | c] d)");
    check("(a b) OR c AND d", "([(a b) | c] d)");
    check("-(a OR b)", "(-([a | b]))");
    check("“two ferries” sank", "(two ferries sank)");
    check("", "()");
    check("ferry & boat – gone", "(ferry boat gone)");
    check("10:30 https://herald.example/ferry", "(10:30 https://herald.example/ferry)");
}

#[test]
fn operators_narrow() {
    check("date:2026-03..2026-05", "(20260300..20260599)");
    check("date:2026 -date:..2025-02-03", "(20260000..20269999 -1..20250203)");
    check("lang:pt-BR", r#"(Language("pt"))"#);
    check("outlet:\"Delmare Herald\" Title:ferry", r#"(Outlet("Delmare Herald") Title("ferry"))"#);
    check("-origin:copied has:drift", "(-Origin(Copied) Has(Drift))");
}

#[test]
fn what_cannot_be_read_says_where() {
    check("ferry \"two", "7: this quotation mark has no partner…");
    check("(ferry", "1: this bracket is not closed…");
    check("ferry)", "6: this bracket closes nothing");
    check("OR ferry", "1: there is nothing before `OR`…");
    check("ferry OR", "7: there is nothing after `OR`…");
    check("a note:x", "3: there is no operator `note:`…");
    check("has:wings", "1: write `has:drift` or…");
    check("date:2026-13", "1: `2026-13` is no day…");
    check("date:2026..2025", "1: `2026..2025` is no day…");
    check("outlet: x", "1: `outlet:` needs something…");
    check("?!", "1: there is no word in it…");
    check(&"(".repeat(50), "13: brackets stand 12 deep already");
    check(&"a ".repeat(101), "201: it has more than 100 words");
}

#[test]
fn marks_are_words_in_any_inflection() {
    let query = Query::read("\"two ferries\" -storm has:drift").unwrap();
    let text = "A ferry sank; the storm took Two boats.";
    let found: Vec<&str> = query.marks(text, Some("en-GB")).into_iter().map(|at| &text[at]).collect();
    assert_eq!(found, ["ferry", "Two"]);
}

proptest! {
    #[test]
    fn any_text_is_a_query_or_a_sentence(text in "\\PC{0,60}|[-a-z()\":. OR]{0,80}") {
        match Query::read(&text) {
            Ok(query) => drop(query.marks(&text, None)),
            Err(error) => prop_assert!(error.at > 0 && !error.reason.is_empty()),
        }
    }
}
