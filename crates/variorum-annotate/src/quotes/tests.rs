//! Quotes as a newsreader would hear them.

mod cases;

use variorum_news::{Quote, QuoteKind, Report};

fn quotes(text: &str) -> Vec<Quote> {
    crate::annotate(&Report::of_text("t", text), crate::Depth::Grammar).quotes
}

/// Quotes stand as `kind words — speaker`, a line each.
fn check(text: &str, expected: &[&str]) {
    let shown: Vec<String> = quotes(text)
        .iter()
        .filter(|q| q.kind != QuoteKind::Indirect)
        .map(|q| {
            let kind = if q.kind == QuoteKind::Direct { "direct" } else { "mixed" };
            format!("{kind} {} — {}", q.span.text, q.speaker.as_ref().map_or("nobody", |s| s.name.as_str()))
        })
        .collect();
    assert_eq!(shown, expected, "in {text:?}");
}

#[test]
fn the_verb_may_stand_before_after_and_inside() {
    check("Ada Orr said: “We left early.”", &["direct We left early. — Ada Orr"]);
    check("“We left early,” said Ada Orr.", &["direct We left early, — Ada Orr"]);
    check(
        "“We left early,” Ada Orr told reporters. “Nobody saw us go.”",
        &["direct We left early, — Ada Orr", "direct Nobody saw us go. — Ada Orr"],
    );
    check(
        "“We left,” Ada Orr, the mayor of Vell, said, “and nobody saw us go.”",
        &["direct We left, — Ada Orr", "direct and nobody saw us go. — Ada Orr"],
    );
}

#[test]
fn marks_may_be_straight_crossed_or_british() {
    check("\"We left early,\" Ada Orr said.", &["direct We left early, — Ada Orr"]);
    check("Ada Orr condemned the ”reckless” builders.", &["mixed reckless — Ada Orr"]);
    check(
        "‘We can’t wait for the ministers’ reply,’ Ada Orr said.",
        &["direct We can’t wait for the ministers’ reply, — Ada Orr"],
    );
    check("It was the ministers' choice, Ada Orr's friends said.", &[]);
}

#[test]
fn a_speech_goes_on_over_paragraphs() {
    check(
        "Ada Orr said: “We left early today.\n“Nobody saw us go.”",
        &["direct We left early today. — Ada Orr", "direct Nobody saw us go. — Ada Orr"],
    );
}

#[test]
fn the_sentence_before_may_name_the_speaker() {
    check("Ada Orr reacted at once. “We shall mend the bridge.”", &["direct We shall mend the bridge. — Ada Orr"]);
}

#[test]
fn pronouns_and_roles_stand_for_names() {
    check("Mayor Ada Orr met Bo Lind. “We left early,” she said.", &["direct We left early, — Ada Orr"]);
    check("Mayor Ada Orr resigned. “I am tired of it,” the mayor said.", &["direct I am tired of it, — Ada Orr"]);
    check("“We know nothing of it,” a spokesman said.", &["direct We know nothing of it, — a spokesman"]);
}

#[test]
fn some_words_belong_to_the_subject_of_their_verb() {
    check("Ada Orr has called on the court to “weigh” the case.", &["mixed weigh — Ada Orr"]);
    check("The plan is “dead for now,” Ada Orr said.", &["mixed dead for now, — Ada Orr"]);
    check("The bridge was described by Ada Orr as “old and tired”.", &["mixed old and tired — Ada Orr"]);
}

#[test]
fn words_that_nobody_says_have_no_speaker() {
    check("Ada Orr toured a “mega-bridge” in Oslo.", &["mixed mega-bridge — nobody"]);
    check("Ada Orr posted on “Wire” that she had left.", &["mixed Wire — nobody"]);
}

#[test]
fn titles_headings_and_nicknames_are_said_by_nobody() {
    check("Col. John “Jack” Orr met Ben Lee.", &["mixed Jack — nobody"]);
    let said = quotes("“We left,” said John “J.D.” Orr, the captain. “Nobody saw us.”");
    assert_eq!(said.iter().map(|q| q.speaker.is_some()).collect::<Vec<_>>(), [true, false, true]);
    check("Ada Orr spoke of the sea (see ‘The long tide’).", &["mixed The long tide — nobody"]);
    check(
        "“We left early,” Ada Orr said.\n“The long way home”\nNobody saw them.",
        &["direct We left early, — Ada Orr", "direct The long way home — nobody"],
    );
}

#[test]
fn paragraphs_may_be_quoted_by_a_signature() {
    check("It burned.\nWe lost all we had. Ada Orr, baker", &["direct We lost all we had. — Ada Orr"]);
    check("It burned.\nThey lost all they had. Ada Orr, baker", &[]);
    check("Nobody asked us\n— Ada Orr (@adaorr) May 3", &["direct Nobody asked us — Ada Orr"]);
}

#[test]
fn the_clause_of_a_verb_may_be_over() {
    check("Ada Orr said no, and Ben Lee toured the “ghost market” in Vell.", &["mixed ghost market — nobody"]);
}

#[test]
fn every_example_of_the_verbs_has_its_speaker() {
    for example in super::cues::examples() {
        let found = quotes(example);
        let name = found.first().and_then(|q| q.speaker.as_ref()).map(|s| s.name.as_str());
        assert_eq!(name, Some("Ada Orr"), "in {example:?}");
    }
}

#[test]
fn who_speaks_is_not_guessed_in_other_languages() {
    let text = "El puerto de Delmare cerrará el lunes, según la alcaldesa. «Nadie quedará sin trabajo», dijo Orr.";
    let report = Report { language: Some("es".to_owned()), ..Report::of_text("t", text) };
    let found = crate::annotate(&report, crate::Depth::Grammar);
    assert_eq!(found.quotes.len(), 1);
    assert!(found.quotes[0].speaker.is_none() && found.attributions.is_empty());
}
