//! Names as a newsreader would point at them.

use proptest::prelude::*;
use variorum_news::{NameKind, Report};

/// Names stand as `[words] kind entity`, in order.
fn check(text: &str, expected: &str) {
    let found = crate::annotate(&Report::of_text("t", text), crate::Depth::Grammar);
    let shown: Vec<String> =
        found.names.iter().map(|n| format!("[{}] {} {}", n.span.text, kind(n.kind), n.entity)).collect();
    assert_eq!(shown.join("; "), expected, "in {text:?}");
}

fn kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organisation => "organisation",
        NameKind::Place => "place",
        NameKind::Event => "event",
        NameKind::Work => "work",
        NameKind::Other => "other",
    }
}

#[test]
fn a_surname_belongs_to_its_full_name() {
    check(
        "Norway's President Ada Orr left. Orr returned on Monday.",
        "[Norway] place e1; [Ada Orr] person e2; [Orr] person e2",
    );
    check("Officials met Jan van Dyk. Mr van Dyk agreed.", "[Jan van Dyk] person e1; [van Dyk] person e1");
}

#[test]
fn a_title_is_no_part_of_a_name() {
    check("Foreign Minister Laura Ortiz met Prime Minister Bo Lind.", "[Laura Ortiz] person e1; [Bo Lind] person e2");
    check("The Spanish Prime Minister spoke.", "");
}

#[test]
fn a_plain_noun_that_opens_a_sentence_is_no_name() {
    check("Ferry fares to rise\nThe Delmare Ferry Company said so.", "[Delmare Ferry Company] organisation e1");
}

#[test]
fn an_office_with_of_is_split_from_its_holder() {
    check("Minister of Trade Laura Ortiz resigned.", "[Laura Ortiz] person e1");
}

#[test]
fn letters_in_brackets_stand_for_the_words_before() {
    check(
        "The Harbour Safety Board (HSB) met. The HSB agreed.",
        "[Harbour Safety Board] organisation e1; [HSB] organisation e1; [HSB] organisation e1",
    );
}

#[test]
fn bodies_are_told_by_their_words() {
    check(
        "The Ministry of Trade and Industry sued Orr Motors Inc.",
        "[Ministry of Trade and Industry] organisation e1; [Orr Motors Inc] organisation e2",
    );
}

#[test]
fn places_are_told_by_lists_and_prepositions() {
    check("They met in Oslo and near Vellmark.", "[Oslo] place e1; [Vellmark] place e2");
    check("The U.S. envoy left.", "[U.S.] place e1");
}

#[test]
fn a_country_is_one_by_all_its_names() {
    check("Britain agreed. The United Kingdom paid.", "[Britain] place e1; [United Kingdom] place e1");
}

#[test]
fn a_first_word_is_no_name_for_its_capital_alone() {
    check("Meetings were held. However, nobody came. Recently it rained.", "");
    check("It opened in May and closed in July.", "");
}

#[test]
fn a_surname_that_is_a_word_needs_its_full_name() {
    check("Theresa May won. May said so.", "[Theresa May] person e1; [May] person e1");
}

#[test]
fn a_headline_names_only_what_the_text_names() {
    check(
        "Orr Opens Long Awaited Bridge In Norway\nMayor Ada Orr came by boat.",
        "[Orr] person e1; [Norway] place e2; [Ada Orr] person e1",
    );
}

#[test]
fn the_fullest_form_is_the_name() {
    let found = crate::annotate(&Report::of_text("t", "Mr Orr spoke. Later Ada Orr left."), crate::Depth::Grammar);
    assert_eq!(found.entities.len(), 1);
    assert_eq!((found.entities[0].name.as_str(), found.entities[0].mentions), ("Ada Orr", 2));
}

proptest! {
    #[test]
    fn spans_hold_their_words(text in "[A-Za-z .,'’“”()\n-]{0,120}") {
        let found = crate::annotate(&Report::of_text("t", text.clone()), crate::Depth::Grammar);
        let chars: Vec<char> = text.chars().collect();
        for name in &found.names {
            let slice: String = chars[name.span.start..name.span.end].iter().collect();
            prop_assert_eq!(&slice, &name.span.text);
            prop_assert!(found.entities.iter().any(|e| e.id == name.entity));
        }
        for quote in &found.quotes {
            let slice: String = chars[quote.span.start..quote.span.end].iter().collect();
            prop_assert_eq!(&slice, &quote.span.text);
        }
    }
}

#[test]
fn in_other_languages_only_lists_tell() {
    let names = |language: &str, text: &str| {
        let report = Report { language: Some(language.to_owned()), ..Report::of_text("t", text) };
        let found = crate::annotate(&report, crate::Depth::Grammar);
        found.names.iter().map(|n| format!("{} {}", n.span.text, kind(n.kind))).collect::<Vec<_>>().join("; ")
    };
    let german = "Der Hafen wird am Montag geschlossen, sagte Bürgermeisterin Anna Schmidt. Niemand verliert seine Arbeit, sagte Schmidt.";
    assert_eq!(names("de", german), "Anna Schmidt person; Schmidt person");
    let spanish = "La alcaldesa María Orr dijo en Madrid que nadie quedará sin trabajo. Orr viaja mañana.";
    assert_eq!(names("es", spanish), "María Orr person; Madrid place; Orr person");
}
