//! What must hold of the annotations of any report.

use proptest::prelude::*;
use variorum_news::{Annotations, Report, Span};

use crate::{Depth, annotate};

/// Returns every span of the annotations.
fn spans(found: &Annotations) -> Vec<&Span> {
    let mut spans: Vec<&Span> = found.sentences.iter().collect();
    for quote in &found.quotes {
        spans.extend([&quote.span].into_iter().chain(&quote.cue).chain(quote.speaker.as_ref().map(|one| &one.span)));
    }
    spans.extend(found.figures.iter().map(|figure| &figure.span));
    spans.extend(found.dates.iter().map(|date| &date.span));
    spans.extend(found.names.iter().map(|name| &name.span));
    for attribution in &found.attributions {
        spans.extend([&attribution.span, &attribution.cue].into_iter().chain(&attribution.content));
        spans.extend(attribution.source.as_ref().map(|source| &source.span));
    }
    spans
}

/// Checks what must hold of any report, at both depths.
fn check(text: &str) {
    let chars: Vec<char> = text.chars().collect();
    let report = Report { published: Some("2025-03-27".to_owned()), ..Report::of_text("r", text) };
    for depth in [Depth::Grammar, Depth::Fast] {
        let found = annotate(&report, depth);
        for span in spans(&found) {
            assert!(span.start < span.end && span.end <= chars.len(), "{span:?} of {} characters", chars.len());
            assert_eq!(chars[span.start..span.end].iter().collect::<String>(), span.text, "a span is its slice");
            assert_eq!(&*span.report, "r");
        }
        assert_order(&found);
        assert_links(&found);
        let again = Report { annotations: Some(found.clone()), ..report.clone() };
        assert_eq!(annotate(&again, depth), found, "what was annotated before leaves no trace");
    }
}

/// Sentences follow one another; all else stands in the order of the text.
fn assert_order(found: &Annotations) {
    assert!(found.sentences.windows(2).all(|two| two[0].end <= two[1].start));
    assert!(found.quotes.is_sorted_by_key(|quote| quote.span.start));
    assert!(found.figures.is_sorted_by_key(|figure| figure.span.start));
    assert!(found.dates.is_sorted_by_key(|date| date.span.start));
    assert!(found.names.is_sorted_by_key(|name| name.span.start));
}

/// What points to something else in the annotations finds it there.
fn assert_links(found: &Annotations) {
    for name in &found.names {
        assert!(found.entities.iter().any(|entity| entity.id == name.entity), "{name:?} has no entity");
    }
    for entity in &found.entities {
        let mentions = found.names.iter().filter(|name| name.entity == entity.id).count();
        assert_eq!(mentions, entity.mentions, "{entity:?}");
    }
    for (at, attribution) in found.attributions.iter().enumerate() {
        let outer = attribution.within;
        assert!(outer.is_none_or(|outer| outer != at && outer < found.attributions.len()), "{attribution:?}");
    }
}

#[test]
fn odd_texts() {
    let odd = [
        "",
        " ",
        "\n\n",
        ".",
        "“”",
        "\"",
        "“““",
        "’s",
        "12",
        "$",
        "$ 5,",
        "\u{0}\u{1b}[31m red",
        "שלום עולם, אמר Ada Orr ב־27 במרץ.",
        "وقالت Ada Orr إن ١٢ شخصًا.",
        "🚢 Two ferries 👩‍👩‍👧 sank, Orr said 🚢.",
        "Cafe\u{301} Orr said “non\u{301}” on March\u{a0}27.",
        "\u{feff}Ada Orr said: “Stop",
        "“One. “Two. “Three,” Orr said.",
        "ADA ORR SAID 12 FERRIES SANK",
        "Orr said Lee said Bell said Sand said they said.",
        "from 5 to 6 to 7 to 8 percent from 1 to",
        "彼は去った。「はい」とオアは言った。",
    ];
    odd.iter().for_each(|text| check(text));
}

#[test]
fn long_texts_of_one_thing() {
    // Work that grows with the square of the length runs into the runner's time limit; `cargo bench` measures it.
    for piece in ["a", "7", "Orr ", "\"", "“", ",", "A. ", "12, ", "Orr said that ", "about 5 to ", "🚢", "(", "x\n"]
    {
        check(&piece.repeat(4_000 / piece.len()));
    }
}

#[test]
fn the_order_of_reports_leaves_no_trace() {
    let texts = [
        "Ada Orr said 12 people were hurt on Tuesday.",
        "The mayor of Delmare, Ben Lee, said “no” twice.",
        "Der Hafen war am Dienstag wegen des Sturms geschlossen, sagte die Bürgermeisterin. Niemand wurde verletzt.",
    ];
    let one = |text: &str| annotate(&Report::of_text("r", text), Depth::Grammar);
    let forth: Vec<Annotations> = texts.iter().map(|text| one(text)).collect();
    let mut back: Vec<Annotations> = texts.iter().rev().map(|text| one(text)).collect();
    back.reverse();
    assert_eq!(forth, back);
}

#[test]
fn a_stated_language_decides() {
    let text = "Dr. Orr kam am 3. Oktober nach Delmare.";
    let n_sentences = |language: Option<&str>| {
        let report = Report { language: language.map(str::to_owned), ..Report::of_text("r", text) };
        annotate(&report, Depth::Fast).sentences.len()
    };
    assert_eq!((n_sentences(Some("de-AT")), n_sentences(Some("en"))), (1, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text(text in "\\PC{0,160}") {
        check(&text);
    }

    #[test]
    fn any_news(words in proptest::collection::vec(prop_oneof![
        "[a-z]{1,8}", "[A-Z][a-z]{1,6}", "[0-9,.]{1,5}", "[“”‘’\"'().,;:!?—%$€-]{1,2}", "[ \n]{1,2}",
        "(said|told|according to|Mr\\.|mayor of|he|that|who|not)",
        "(about|million|percent|between|and|to|from|per|people|dozen|half)",
        "(on Tuesday|March|27|2025|last|week|two|years|ago|early|p\\.m\\.)",
    ], 0..60)) {
        check(&words.join(" "));
    }
}
