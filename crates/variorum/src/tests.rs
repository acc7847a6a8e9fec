//! What a reader would say of a rewrite and of two reports, across the stages.

mod borne_out;
mod slots;

use variorum_news::{DriftKind, Report, VariantKind};

/// Checks a rewrite against one source; answers each drift as `kind: words of the rewrite`.
fn check(source: &str, rewrite: &str) -> Vec<String> {
    let check = crate::check(rewrite, &[source.to_owned()], &crate::CollateOptions::default());
    check.drift.iter().map(|d| format!("{}: {}", kind(d.kind), d.rewrite.text)).collect()
}

fn kind(kind: DriftKind) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()
}

/// Collates reports as one story; answers each variant as `kind: reading | reading`.
fn variants(texts: &[&str]) -> Vec<String> {
    let reports: Vec<Report> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| crate::annotate(Report::of_text(format!("r{n}"), *text), crate::Depth::Grammar))
        .collect();
    let story = crate::story("s".to_owned(), &reports.iter().collect::<Vec<_>>(), &crate::CollateOptions::default());
    story
        .variants
        .iter()
        .map(|v| {
            format!(
                "{}: {}",
                variant(v.kind),
                v.readings.iter().map(|r| r.span.text.as_str()).collect::<Vec<_>>().join(" | ")
            )
        })
        .collect()
}

fn variant(kind: VariantKind) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()
}

const WIRE: &str = "A barge struck a pier of the Orlava bridge on Monday, January 26. \
    According to Mayor Ines Dorn, 15 people were hurt and 1,500 residents were moved to shelters. \
    The city council will meet Governor Pavel Rusk in Lenz on Friday. \
    “We were lucky that no train was on the bridge at that hour,” Dorn said. \
    Some schools in the old town stayed closed. \
    Engineers did not find cracks in the second pier.";

fn holds(found: &[String], wanted: &str) {
    assert!(found.iter().any(|f| f.starts_with(wanted)), "{wanted:?} not among {found:#?}");
}

#[test]
fn a_true_copy_has_no_drift() {
    assert_eq!(check(WIRE, WIRE), Vec::<String>::new());
}

#[test]
fn a_year_that_the_source_does_not_give_is_drift() {
    holds(&check(WIRE, "A barge struck a pier of the Orlava bridge on January 26, 2023."), "date: January 26, 2023");
}

#[test]
fn a_hedge_that_the_source_does_not_have_is_drift() {
    holds(
        &check(WIRE, "According to Mayor Ines Dorn, approximately 15 people were hurt."),
        "hedge: approximately 15 people",
    );
}

#[test]
fn another_figure_is_drift() {
    holds(
        &check(WIRE, "According to Mayor Ines Dorn, 51 people were hurt and 1,500 residents were moved to shelters."),
        "figure: 51 people",
    );
}

#[test]
fn a_source_made_vague_is_drift() {
    holds(
        &check(WIRE, "Reports indicate that 15 people were hurt and 1,500 residents were moved to shelters."),
        "attribution: Reports indicate",
    );
}

#[test]
fn a_source_whose_name_is_kept_back_is_vague() {
    holds(
        &check(WIRE, "A person familiar with the matter said that 15 people were hurt."),
        "attribution: A person familiar with the matter said",
    );
    assert_eq!(check(WIRE, "15 people were hurt, according to Mayor Dorn."), Vec::<String>::new());
}

#[test]
fn altered_quoted_words_are_drift() {
    holds(
        &check(WIRE, "“We were lucky that no bus was on the bridge at that hour,” Dorn said."),
        "quote: We were lucky that no bus",
    );
}

#[test]
fn a_name_that_no_source_prints_is_drift() {
    holds(&check(WIRE, "The city council will meet Governor Oskar Brandt in Lenz on Friday."), "name: Oskar Brandt");
}

#[test]
fn a_denial_turned_round_is_drift() {
    holds(&check(WIRE, "Engineers found cracks in the second pier."), "polarity: ");
}

#[test]
fn some_is_not_all() {
    holds(&check(WIRE, "All schools in the old town stayed closed."), "scope: ");
}

#[test]
fn a_faithful_rewrite_has_no_drift() {
    let rewrite = "On Monday a barge hit one of the piers of the Orlava bridge. Fifteen people were hurt and 1,500 residents \
        had to move to shelters, Mayor Ines Dorn said. On Friday the city council will meet Governor Pavel Rusk.";
    let found: Vec<String> = check(WIRE, rewrite).into_iter().filter(|d| !d.starts_with("unsupported")).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn two_counts_of_the_same_people_differ() {
    let found = variants(&[
        "An explosion at the Lenz mill killed 12 people on Monday, police said. The mill makes flour for three towns in the valley.",
        "Fifteen people died when a blast tore through the flour mill in Lenz. The fire burned for a day.",
    ]);
    holds(&found, "figure: ");
}

#[test]
fn the_injured_are_not_the_dead() {
    let found = variants(&[
        "An explosion at the Lenz mill killed 12 people on Monday, police said.",
        "The explosion at the Lenz mill on Monday injured 40 people, police said.",
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn shares_of_different_things_do_not_differ() {
    let found = variants(&[
        "The government put a 25% tariff on steel imports on Tuesday, the ministry said.",
        "The government put a 10% tariff on timber imports on Tuesday, the ministry said.",
    ]);
    assert_eq!(found, Vec::<String>::new());
}
