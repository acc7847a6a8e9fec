use proptest::prelude::*;

use super::lexicon::TABLES;
use super::{sentences, sentences_in};

/// The case is the text with ` | ` where one sentence ends and the next begins.
fn check(case: &str) {
    check_in("en", case);
}

fn check_in(language: &str, case: &str) {
    let text = case.replace(" | ", " ");
    let found: Vec<&str> = sentences_in(&text, language).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found.join(" | "), case);
}

#[test]
fn every_row_has_an_example_that_holds() {
    for (language, table) in TABLES {
        for row in table.lines().filter(|line| !line.starts_with('#')) {
            check_in(language, row.split('\t').nth(2).expect("a row has three cells"));
        }
    }
}

#[test]
fn abbreviations_do_not_end_a_sentence() {
    check("Gen. Ada Orr met the U.S. envoy. | The talks failed.");
    check("She lives in the U.S. | The move was in 2019.");
    check("It ranks No. 10. | Sales rose 3.5 percent.");
    check("Orr Inc. Chief Executive Ada Bell left on Jan. 5. | Shares fell.");
    check("J. R. Orr, of Orr & Bell Ltd., spoke at 7 a.m. on Monday. | Nobody came.");
    check("The team of Bell et al. found nothing. | They wrote to St. Mary's.");
}

#[test]
fn an_hour_may_end_a_sentence() {
    check("It closed at 9 p.m. | Officers searched the hall.");
    check("It closed at 9 p.m. Tuesday. | Officers searched the hall.");
}

#[test]
fn quotations_keep_their_marks() {
    check("“We left.” | They stayed.");
    check("“We left. | We will return.” | Orr smiled.");
    check("\"It is over,\" Orr said. | \"We lost.\" | He wept.");
    check("“Is it over?” he asked. | Nobody knew.");
    check("“Is it over?” Ada Orr asked. | Nobody knew.");
    check("“Is it over?” | The crowd was silent.");
    check("He called it “a disgrace.” | She did not.");
}

#[test]
fn marks_inside_names_and_numbers_end_nothing() {
    check("Yahoo! said it would appeal. | It lost.");
    check("Prices rose 3.5 percent to $4.20. | See www.example.org/a.html for more.");
    check("He waited … and left. | She stayed.");
    check("He waited... | Then he left.");
}

#[test]
fn brackets_stay_with_their_sentence() {
    check("(The vote was close.) | The bill passed.");
    check("The bill (see Fig. 3) passed. | It was late.");
}

#[test]
fn sentences_may_begin_small_or_with_a_sign() {
    check("Sales fell. | iPhone prices did not.");
    check("The mayor lost. | 12 people left.");
    check("The price fell. | $5 is enough.");
    check("He lost. | “No,” she said.");
    check("El Niño ended. | Él volvió.");
}

#[test]
fn a_missing_space_is_mended_but_addresses_are_not() {
    let text = "The mayor left.She stayed at www.Example.Org and ate.";
    let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, ["The mayor left.", "She stayed at www.Example.Org and ate."]);
}

#[test]
fn every_line_is_its_own() {
    let text = "Flood hits town\n\n- Orr left\n1. Wash the rice. Dry it.\n";
    let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, ["Flood hits town", "- Orr left", "1. Wash the rice.", "Dry it."]);
}

#[test]
fn stops_of_other_scripts_count() {
    let text = "彼は去った。彼女は残った。";
    assert_eq!(sentences(text).len(), 2);
}

#[test]
fn long_lines_of_one_thing_are_read_at_once() {
    for unit in ["a", "a ", "a.", ". ", "\"", "…”", "A. "] {
        // Work that grows with the square of the length runs into the runner's time limit.
        let text = unit.repeat(200_000 / unit.len());
        assert!(!sentences(&text).is_empty());
    }
}

/// The ends of sentences inside a text that are found and those that are there, of the cases of a language.
fn ends(language: &str) -> (usize, usize, usize, Vec<String>) {
    let (mut hits, mut found, mut gold, mut wrong) = (0, 0, 0, Vec::new());
    let cases = include_str!("../../cases/sentences.tsv").lines().filter_map(|row| row.split_once('\t'));
    for (_, case) in cases.filter(|(tag, _)| *tag == language) {
        let text = case.replace(" | ", " ");
        let ours: Vec<usize> = sentences_in(&text, language).iter().map(|range| range.end).collect();
        let theirs: Vec<usize> = case.match_indices(" | ").enumerate().map(|(n, (at, _))| at - 2 * n).collect();
        let right = theirs.iter().filter(|end| ours.contains(end)).count();
        (hits, found, gold) = (hits + right, found + ours.len() - 1, gold + theirs.len());
        if right < theirs.len() || ours.len() - 1 > right {
            wrong.push(case.to_owned());
        }
    }
    (hits, found, gold, wrong)
}

/// The least F1 of sentence ends in invented news, in thousandths.
const FLOORS: [(&str, usize); 6] = [("en", 980), ("de", 980), ("es", 980), ("fr", 980), ("it", 980), ("pt", 980)];

#[test]
fn invented_news_in_six_languages() {
    for (language, floor) in FLOORS {
        let (hits, found, gold, wrong) = ends(language);
        let f1 = 2_000 * hits / (found + gold);
        assert!(f1 >= floor, "{language}: {f1} of a thousand, {wrong:#?}");
    }
}

proptest! {
    #[test]
    fn sentences_cover_all_words_in_order(text in "([A-Za-z]{1,6}|[.!?…”“\"' \n()0-9é]){0,80}") {
        let found = sentences(&text);
        let mut at = 0;
        for range in &found {
            prop_assert!(range.start >= at && range.end > range.start);
            prop_assert!(text[at..range.start].trim().is_empty());
            prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
            at = range.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
