//! Attributions as a newsreader would point at them.

use proptest::prelude::*;
use variorum_news::{Annotations, QuoteKind, Report};

use super::lexicon::examples;
use crate::{Depth, annotate};

fn read(text: &str, depth: Depth) -> Annotations {
    annotate(&Report::of_text("t", text), depth)
}

/// Attributions stand as `cue — source`, in order.
fn check(text: &str, expected: &[&str]) {
    let shown: Vec<String> = read(text, Depth::Grammar)
        .attributions
        .iter()
        .map(|a| format!("{} — {}", a.cue.text, a.source.as_ref().map_or("nobody", |s| s.name.as_str())))
        .collect();
    assert_eq!(shown, expected, "in {text:?}");
}

/// Speech without marks stands as `speaker: words`.
fn check_indirect(text: &str, expected: &[&str]) {
    let quotes = read(text, Depth::Grammar).quotes;
    let shown: Vec<String> = quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Indirect)
        .map(|q| format!("{}: {}", q.speaker.as_ref().map_or("nobody", |s| s.name.as_str()), q.span.text))
        .collect();
    assert_eq!(shown, expected, "in {text:?}");
}

#[test]
fn a_source_may_stand_first_or_last() {
    check("According to Ada Orr, the bridge is shut.", &["According to — Ada Orr"]);
    check("The bridge is shut, Ada Orr said.", &["said — Ada Orr"]);
    check("Ada Orr warned that the bridge may fall.", &["warned — Ada Orr"]);
}

#[test]
fn a_source_may_have_no_name() {
    check("Reports indicate that the bridge is shut.", &["indicate — Reports"]);
    check("Officials familiar with the plan said it was dropped.", &["said — Officials familiar with the plan"]);
    check("The bridge was reportedly shut.", &["reportedly — nobody"]);
    check("It is believed that the bridge is shut.", &["It is believed — nobody"]);
}

#[test]
fn an_act_is_no_statement() {
    check("Ada Orr left early and went home.", &[]);
    check("Ada Orr would not say whether the bridge was shut.", &[]);
}

#[test]
fn who_keeps_his_distance_is_hedged() {
    let hedged = |text: &str| read(text, Depth::Grammar).attributions.iter().map(|a| a.hedged).collect::<Vec<_>>();
    assert_eq!(hedged("Ada Orr said the bridge was shut."), [false]);
    assert_eq!(hedged("Sources said the bridge was shut."), [true]);
    assert_eq!(hedged("One aide, speaking on condition of anonymity, said the bridge was shut."), [true]);
}

#[test]
fn one_may_tell_what_another_told() {
    let found = read("Ada Orr said that Ben Lee had told her the bridge was shut.", Depth::Grammar).attributions;
    assert_eq!(found[1].within, Some(0));
    assert_eq!(found[1].span.text, "Ben Lee had told her the bridge was shut");
}

#[test]
fn speech_without_marks_is_quoted_where_its_source_has_a_name() {
    check_indirect("Mayor Ada Orr met the council. She said the bridge was shut.", &["Ada Orr: the bridge was shut"]);
    check_indirect("The bridge is shut, according to Ada Orr.", &["Ada Orr: The bridge is shut"]);
    check_indirect("Officials said the bridge was shut.", &[]);
    check_indirect("Ada Orr believes the bridge is shut.", &[]);
}

#[test]
fn words_between_marks_are_not_quoted_twice() {
    check_indirect("“The bridge is shut for good,” Ada Orr said.", &[]);
    check_indirect("Ada Orr said that “the bridge is shut for good”.", &[]);
}

#[test]
fn every_example_of_the_table_is_an_attribution() {
    for (kind, example) in examples() {
        let found = read(example, Depth::Grammar).attributions;
        assert_eq!(found.len(), usize::from(kind != "manner"), "in {example:?}");
    }
}

#[test]
fn a_text_may_break_off_after_that() {
    for text in [", saying said said reportedly and and reportedly that", "Orr said she was reportedly told that"] {
        for depth in [Depth::Grammar, Depth::Fast] {
            let notes = read(text, depth);
            assert!(notes.attributions.iter().all(|one| one.span.holds(&one.cue)), "{text:?}");
        }
    }
}

proptest! {
    #[test]
    fn spans_stand_in_their_text(words in proptest::collection::vec(
        prop_oneof![
            Just("Ada Orr"), Just("said"), Just("that"), Just("the bridge"), Just("is shut"), Just(","), Just("“"),
            Just("”"), Just("."), Just("according to"), Just("reportedly"), Just("claims"), Just("saying"), Just("😀"),
            Just("\n"), Just("they"), Just("is believed to"), Just("citing"), Just("sources"), Just("and"),
        ], 0..40)
    ) {
        let text = words.join(" ");
        for depth in [Depth::Grammar, Depth::Fast] {
            let notes = read(&text, depth);
            for (at, one) in notes.attributions.iter().enumerate() {
                prop_assert!(one.span.holds(&one.cue));
                prop_assert!(one.content.as_ref().is_none_or(|content| one.span.holds(content)));
                prop_assert!(one.source.as_ref().is_none_or(|source| one.span.holds(&source.span)));
                prop_assert!(one.within.is_none_or(|outer| outer != at && outer < notes.attributions.len()));
            }
            prop_assert!(notes.quotes.is_sorted_by_key(|quote| quote.span.start));
        }
    }
}
