//! What a reader of news would say the time is.

use proptest::prelude::*;
use variorum_news::{DateModifier, ReportId, Spanner};

use super::dates;
use super::languages;
use super::lexicon::rows_with_examples;
use crate::Reading;

/// Returns every mention of a text as "[words] value".
fn read(text: &str, published: Option<&str>) -> String {
    read_in(None, text, published)
}

fn read_in(language: Option<&str>, text: &str, published: Option<&str>) -> String {
    let spanner = Spanner::new(&ReportId::from("r"), text);
    let sentences = variorum_text::sentences(text);
    let reading = Reading { text, spanner: &spanner, sentences: &sentences, published, language, grammar: None };
    let said: Vec<String> = dates(&reading).iter().map(|d| format!("[{}] {}", d.span.text, d.value)).collect();
    said.join(" ")
}

/// A report of Thursday 27 March 2025.
fn check(text: &str, expected: &str) {
    assert_eq!(read(text, Some("2025-03-27")), expected, "{text}");
}

/// The same report, with its trees.
fn check_with_trees(text: &str, expected: &str) {
    let grammar = crate::grammar::Grammar::new(text, variorum_syntax::Depth::Trees);
    let spanner = Spanner::new(&ReportId::from("r"), text);
    let sentences = variorum_text::sentences(text);
    let published = Some("2025-03-27");
    let reading = Reading {
        text,
        spanner: &spanner,
        sentences: &sentences,
        published,
        language: Some("en"),
        grammar: Some(&grammar),
    };
    let said: Vec<String> = dates(&reading).iter().map(|d| format!("[{}] {}", d.span.text, d.value)).collect();
    assert_eq!(said.join(" "), expected, "{text}");
}

/// A text of which nobody knows when it was published.
fn undated(text: &str, expected: &str) {
    assert_eq!(read(text, None), expected, "{text}");
}

#[test]
fn the_examples_of_the_rows_hold() {
    for example in rows_with_examples() {
        let (text, value) = example.split_once(" => ").expect("an example has an arrow");
        let (before, rest) = text.split_once('[').expect("an example marks its mention");
        let (words, after) = rest.split_once(']').expect("an example marks its mention");
        check(&format!("{before}{words}{after}"), &format!("[{words}] {value}"));
    }
}

#[test]
fn the_examples_of_other_languages_hold() {
    for (language, example) in languages::examples() {
        let (text, value) = example.split_once(" => ").expect("an example has an arrow");
        let (before, rest) = text.split_once('[').expect("an example marks its mention");
        let (words, after) = rest.split_once(']').expect("an example marks its mention");
        let text = format!("{before}{words}{after}");
        assert_eq!(read_in(Some(language), &text, Some("2025-03-27")), format!("[{words}] {value}"), "{text}");
    }
}

#[test]
fn other_languages() {
    let says = |language: &str, text: &str, expected: &str| {
        let language = Some(language).filter(|language| !language.is_empty());
        assert_eq!(read_in(language, text, Some("2025-03-27")), expected, "{text}");
    };
    says("es", "El puente abrió el martes 4 de marzo.", "[martes 4 de marzo] 2025-03-04");
    says("es", "En mayo de 2019 y en 2021 hubo huelga.", "[mayo de 2019] 2019-05 [2021] 2021");
    says("fr-FR", "Le 1er mai, puis vendredi dernier.", "[1er mai] 2025-05-01 [vendredi dernier] 2025-03-21");
    says(
        "de",
        "Am Montag, den 3. März 2025, und am 5.4.2025.",
        "[Montag, den 3. März 2025] 2025-03-03 [5.4.2025] 2025-04-05",
    );
    says(
        "pt",
        "Em 3 de março, na terça-feira e hoje.",
        "[3 de março] 2025-03-03 [terça-feira] 2025-03-25 [hoje] 2025-03-27",
    );
    says("it", "Il 3 marzo e domani a Orr.", "[3 marzo] 2025-03-03 [domani] 2025-03-28");
    // Without a stated language a month that only one of them has tells it.
    says("", "El puente abrió el 3 de enero de 2024, un lunes.", "[3 de enero de 2024] 2024-01-03 [lunes] 2025-03-24");
    says(
        "",
        "On Bastille Day, the 14 juillet, it rained on the 3 May parade.",
        "[Bastille Day] 2025-07-14 [the 3 May] 2025-05-03",
    );
}

#[test]
fn whole_dates() {
    check("The ferry sank on February 3, 2023, off Orr.", "[February 3, 2023] 2023-02-03");
    check("The ferry sank on 3 February 2023.", "[3 February 2023] 2023-02-03");
    check("It sank on Tuesday, July 7, 2015.", "[Tuesday, July 7, 2015] 2015-07-07");
    check("It opened on the 5th of May, 1988.", "[the 5th of May, 1988] 1988-05-05");
    check("Filed 2024-11-05 at the court.", "[2024-11-05] 2024-11-05");
    check("Filed 05.11.2024 at the court.", "[05.11.2024] 2024-11-05");
}

#[test]
fn a_missing_year_comes_from_publication() {
    check("The two met on February 3.", "[February 3] 2025-02-03");
    check("He was charged in November.", "[November] 2024-11");
    check("The trial will begin in January.", "[January] 2026-01");
    check("The fair is to open on May 16.", "[May 16] 2025-05-16");
    check("He would not speak on Tuesday of the May 6 hearing.", "[Tuesday] 2025-03-25 [May 6] 2025-05-06");
    check("The fair opens on 11/20 in Orr.", "[11/20] 2025-11-20");
    check("It will close on Friday 4th.", "[Friday 4th] 2025-04-04");
    check("By mid-March the lake had frozen.", "[mid-March] 2025-03");
}

#[test]
fn an_hour_may_be_told_by_the_part_of_its_day() {
    undated("The ferry left at six in the morning.", "[six in the morning] T06:00");
    undated("It sank about 9 in the evening.", "[9 in the evening] T21:00");
    undated("Two in the morning crew were ill.", "");
}

#[test]
fn without_publication_the_year_stays_open() {
    undated("The two met on February 3.", "[February 3] XXXX-02-03");
    undated("They met on Thursday morning.", "[Thursday morning] XXXX-WXX-4TMO");
    undated("A jail opened by the mayor in 2019 is full. He left in May.", "[2019] 2019 [May] XXXX-05");
}

#[test]
fn a_narrative_carries_its_own_time() {
    undated(
        "On 3 May 1871, the miners struck. Two days later, troops came. In June, they left.",
        "[3 May 1871] 1871-05-03 [Two days later] 1871-05-05 [June] 1871-06",
    );
    undated("The town fell in December 1641. In January, it rose.", "[December 1641] 1641-12 [January] 1642-01");
    undated("The king died in 480 BC. The next year, his son fled.", "[480 BC] BC0480 [The next year] BC0479");
    undated(
        "They met on 9 June 1900. The following day, it rained.",
        "[9 June 1900] 1900-06-09 [The following day] 1900-06-10",
    );
}

#[test]
fn the_clause_turns_a_weekday() {
    check("The envoy met the king on Wednesday.", "[Wednesday] 2025-03-26");
    check("The envoy will meet the king on Wednesday.", "[Wednesday] 2025-04-02");
    check("On Friday, the choir is due to sing.", "[Friday] 2025-03-28");
    check("Orr to visit Tamar on Monday", "[Monday] 2025-03-31");
    check("She left Monday after talks that will go on.", "[Monday] 2025-03-24");
    check("It began at 4:20 a.m. on a Sunday.", "[4:20 a.m.] T04:20 [Sunday] XXXX-WXX-7");
    check("She said talks would resume on Wednesday.", "[Wednesday] 2025-04-02");
    check("They strike on Thursday next week.", "[Thursday next week] 2025-04-03");
    check("We met on Tuesday of last week.", "[Tuesday of last week] 2025-03-18");
}

#[test]
fn the_tree_turns_a_weekday() {
    check_with_trees("He managed to flee on Saturday.", "[Saturday] 2025-03-22");
    check_with_trees("He plans to return on Saturday.", "[Saturday] 2025-03-29");
    check_with_trees("Police say the man died on Sunday.", "[Sunday] 2025-03-23");
    check_with_trees(
        "She told reporters Monday that the army would leave Friday.",
        "[Monday] 2025-03-24 [Friday] 2025-03-28",
    );
    check_with_trees("The letter is dated November 21.", "[November 21] 2024-11-21");
    check_with_trees("It had been set for Tuesday, officials said.", "[Tuesday] 2025-03-25");
    check_with_trees("Troops may march. They fall in love in May.", "[May] 2025-05");
}

#[test]
fn times_of_day() {
    check("They met on Thursday at 9 a.m. in Orr.", "[Thursday at 9 a.m.] 2025-03-27T09:00");
    check("She spoke at 5:30 p.m. on Tuesday.", "[5:30 p.m. on Tuesday] 2025-03-25T17:30");
    check("It burned down last night.", "[last night] 2025-03-26TNI");
    check("Rain fell yesterday afternoon.", "[yesterday afternoon] 2025-03-26TAF");
    check("The curfew began at midnight.", "[midnight] T00:00");
    check("He died on the night of June 12, 1944.", "[the night of June 12, 1944] 1944-06-12TNI");
}

#[test]
fn told_from_another_time() {
    check("Sales fell last month.", "[last month] 2025-02");
    check("It closed two years ago.", "[two years ago] 2023");
    check("The talks resume next week.", "[next week] 2025-W14");
    check("It was built earlier this year.", "[earlier this year] 2025");
    check("They will vote in two weeks.", "[two weeks] 2025-W15");
    check("They voted in two weeks.", "[two weeks] P2W");
    check("He fell ill two days before Christmas.", "[two days before Christmas] 2024-12-23");
    check("It was sold in the spring of last year.", "[the spring of last year] 2024-SP");
}

#[test]
fn the_modifier_says_what_the_value_leaves_out() {
    let modifiers = |text: &str| {
        let spanner = Spanner::new(&ReportId::from("r"), text);
        let sentences = variorum_text::sentences(text);
        let reading = Reading {
            text,
            spanner: &spanner,
            sentences: &sentences,
            published: None,
            language: Some("en"),
            grammar: None,
        };
        dates(&reading).iter().map(|date| date.modifier).collect::<Vec<_>>()
    };
    use DateModifier::{Approx, End, LessThan, Mid, MoreThan, Start};
    assert_eq!(modifiers("It shut in early 2024, for about three weeks."), [Some(Start), Some(Approx)]);
    assert_eq!(modifiers("From mid-March to the end of May 2024."), [Some(Mid), Some(End)]);
    assert_eq!(modifiers("It took less than a week, more than two years ago."), [Some(LessThan), Some(MoreThan)]);
    assert_eq!(modifiers("It opened on 3 May 2024."), [None]);
}

#[test]
fn wire_news() {
    check(
        "In the year-earlier quarter, fiscal 1989, it lost.",
        "[the year-earlier quarter] 2023-Q4 [fiscal 1989] FY1989",
    );
    check(
        "Profit in the third quarter fell; it was $2 a year earlier.",
        "[the third quarter] 2024-Q3 [a year earlier] 2023",
    );
    check("It rose from last year's third quarter.", "[last year's third quarter] 2024-Q3");
    check(
        "It fell in the fourth quarter from the same quarter last year.",
        "[the fourth quarter] 2024-Q4 [the same quarter last year] 2023-Q4",
    );
    check("They scored in the third quarter of the match.", "");
    check("Monday, March 24, 2025\nThe mine shut today.", "[Monday, March 24, 2025] 2025-03-24 [today] 2025-03-24");
    check("He left in 2016. Two years later, he was back.", "[2016] 2016 [Two years later] 2018");
    check("They met last Wednesday and meet next Friday.", "[last Wednesday] 2025-03-19 [next Friday] 2025-04-04");
    check("It struck at half past seven in the evening.", "[half past seven in the evening] T19:30");
    check("The war of 499-493 BC is told.", "[499] BC0499 [493 BC] BC0493");
    check("Here Are A Second Term's Plans", "");
}

#[test]
fn lists_and_ranges_share_what_is_said_once() {
    undated("It ran from October 8 to November 3, 2014.", "[October 8] 2014-10-08 [November 3, 2014] 2014-11-03");
    undated("They fought on 8-11 August 1802.", "[8] 1802-08-08 [11 August 1802] 1802-08-11");
    undated("Votes were held on May 8 and 9, 1921.", "[May 8] 1921-05-08 [9, 1921] 1921-05-09");
    undated("The war of 1821-22 ended it.", "[1821] 1821 [22] 1822");
}

#[test]
fn longer_stretches() {
    check("In the late 1990s the mill closed.", "[the late 1990s] 199");
    check("It stood in the 19th century.", "[the 19th century] 18");
    check("Profit rose in the first quarter of 2024.", "[the first quarter of 2024] 2024-Q1");
    check("He ruled for more than two decades.", "[more than two decades] P2DE");
    check("He was jailed for five-and-a-half years.", "[five-and-a-half years] P5.5Y");
    check("An 11-year lull ended.", "[11-year] P11Y");
    check("They waited for hours.", "[hours] PTXH");
    check("It rains every Monday.", "[every Monday] XXXX-WXX-1");
}

#[test]
fn what_only_looks_like_a_time() {
    for text in [
        "Judge May Orr may march.",
        "Noel Christmas sailed to Easter Island.",
        "A count of 1802 householders.",
        "He reads the Orr Daily News now and then.",
        "The 1842 Harbour Defence Act was used.",
        "Police held 1,500 men and 2000 soldiers.",
        "The 42-year-old man came second.",
        "She read The Sunday Courier.",
        "A spring broke in the fall of the tower.",
        "Three quarters of the city burned.",
        "Call 206-555-1212 for news.",
    ] {
        check(text, "");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(words in proptest::collection::vec(
        prop_oneof![
            Just("May"), Just("5"), Just("1945"), Just(","), Just("-"), Just("the"), Just("of"), Just("end"),
            Just("next"), Just("year"), Just("days"), Just("later"), Just("B"), Just("."), Just("C"), Just("ago"),
            Just("99999999999"), Just("’"), Just("90s"), Just("a.m."), Just("Friday"), Just("é"), Just("two"),
            Just("century"), Just("before"), Just("Easter"), Just("9999"), Just("\n"),
        ], 0..24), dated in any::<bool>())
    {
        let text = words.join(" ");
        let spanner = Spanner::new(&ReportId::from("r"), &text);
        let sentences = variorum_text::sentences(&text);
        let published = dated.then_some("2025-03-27");
        let reading = Reading { text: &text, spanner: &spanner, sentences: &sentences, published, language: None, grammar: None };
        let mut last = 0;
        for date in dates(&reading) {
            prop_assert!(date.span.start >= last && date.span.start < date.span.end);
            prop_assert!(!date.value.is_empty());
            last = date.span.end;
        }
    }
}
