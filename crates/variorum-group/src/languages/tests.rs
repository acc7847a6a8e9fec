use std::collections::BTreeMap;

use variorum_news::{GroupLine, Report};

use super::{Shelf, group, language_of};
use crate::{Options, explain, place};

const CASES: &str = include_str!("../../cases/languages.tsv");

/// Returns the cases in turns (first reports of all events, then the second ones …), each with the name of its event.
fn cases() -> Vec<(String, String, Report)> {
    let rows: Vec<Vec<&str>> =
        CASES.lines().filter(|row| !row.starts_with('#')).map(|row| row.split('\t').collect()).collect();
    let mut cases = Vec::new();
    for turn in 0..3 {
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| at % 3 == turn) {
            cases.push((row[0].to_owned(), row[1].to_owned(), Report::of_text(format!("r{at}"), row[2])));
        }
    }
    cases
}

/// Returns the reports of two events that share a story, and those of one event that do not.
fn wrong(cases: &[(String, String, Report)], story_of: &BTreeMap<String, String>) -> [Vec<String>; 2] {
    let mut wrong = [Vec::new(), Vec::new()];
    for (n, (_, event, report)) in cases.iter().enumerate() {
        for (_, other, later) in &cases[n + 1..] {
            let together = story_of[report.id.as_ref()] == story_of[later.id.as_ref()];
            if together != (event == other) {
                wrong[usize::from(!together)].push(format!("{event} {} {other} {}", report.id, later.id));
            }
        }
    }
    wrong
}

fn streamed(reports: &[Report]) -> BTreeMap<String, String> {
    let mut shelf = Shelf::default();
    let mut story_of: BTreeMap<String, String> = BTreeMap::new();
    for line in reports.iter().flat_map(|report| place(&mut shelf, report, &Options::default())) {
        match line {
            GroupLine::Placement(placed) => {
                story_of.insert(placed.id.to_string(), placed.story);
            }
            GroupLine::Split(_) => unreachable!("splits were not asked for"),
            GroupLine::Merge(merge) => {
                let [first, second] = merge.merge;
                story_of.values_mut().filter(|story| **story == second).for_each(|story| story.clone_from(&first));
            }
        }
    }
    story_of
}

#[test]
fn alike_events_of_five_languages_are_told_apart() {
    let cases = cases();
    let reports: Vec<Report> = cases.iter().map(|(_, _, report)| report.clone()).collect();
    let placed = group(&reports.iter().collect::<Vec<_>>());
    let whole = placed.into_iter().map(|placed| (placed.id.to_string(), placed.story)).collect();
    assert_eq!(wrong(&cases, &whole), [const { Vec::<String>::new() }; 2], "whole");
    let [together, apart] = wrong(&cases, &streamed(&reports));
    assert_eq!(together, Vec::<String>::new(), "streamed");
    // A stream may leave one report of thirty alone, that is two pairs.
    assert!(apart.len() <= 2, "streamed: {apart:?}");
}

#[test]
fn a_few_lines_tell_their_language() {
    for (language, _, report) in cases() {
        assert_eq!(language_of(&report), language, "{}", report.text);
    }
}

#[test]
fn the_told_language_counts_unless_the_words_clearly_tell_another() {
    let told = |language: &str, text: &str| {
        language_of(&Report { language: Some(language.to_owned()), ..Report::of_text("a", text) })
    };
    let cases = cases();
    let spanish = &cases[0].2.text;
    assert_eq!(told("es-MX", spanish), "es");
    assert_eq!(told("en", spanish), "es");
    assert_eq!(told("und", spanish), "es");
    assert_eq!(told("pt_BR", "Ada Orr, Delmare"), "pt");
    assert_eq!(language_of(&Report::of_text("a", "Ada Orr, Delmare")), "en");
    assert_eq!(language_of(&Report::of_text("a", "")), "en");
}

#[test]
fn one_event_in_two_languages_is_two_stories() {
    let spanish = Report::of_text("a", cases()[0].2.text.clone());
    let english = Report::of_text(
        "b",
        "A ferry with 214 passengers ran aground off the port of Delmare on Monday and eight people were hurt, said the \
        harbour master, Ada Orr. Tugs needed five hours to free the Estrella del Norte.",
    );
    let placed = group(&[&spanish, &english]);
    assert_ne!(placed[0].story, placed[1].story);
    let said = explain(&spanish, &english, &[], &Options::default());
    assert!(said[0].contains("within their language"), "{said:?}");
}
