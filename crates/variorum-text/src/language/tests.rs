//! Texts and their languages.

use super::{language, language_tag};

const CASES: &str = include_str!("../../cases/languages.tsv");

fn of_text(text: &str) -> Option<String> {
    language(text).map(|language| language.tag.to_owned())
}

fn cases() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let rows = CASES.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t').map(|(language, text)| (language, text.split('|').collect())))
}

/// Every text of five sentences is told, and none is sure of another language.
#[test]
fn texts_of_five_sentences() {
    for (tag, sentences) in cases() {
        let text = sentences.join(" ");
        assert_eq!(of_text(&text).as_deref(), Some(tag), "{text}");
    }
}

/// The least share of single sentences that are told, and the most that are told wrongly; the rest are left open.
const FLOOR: f64 = 0.88;
const WRONG: f64 = 0.03;

#[test]
fn single_sentences() {
    let (mut told, mut all, mut wrong) = (0, 0, Vec::new());
    for (tag, sentences) in cases() {
        for sentence in sentences {
            all += 1;
            let found = language(sentence);
            assert!(found.is_none_or(|found| !found.is_sure || found.tag == tag), "{sentence}: {found:?}");
            match found {
                Some(found) if found.tag == tag => told += 1,
                found => wrong.push((tag, found.map(|found| found.tag), sentence)),
            }
        }
    }
    let n_wrong = wrong.iter().filter(|(_, found, _)| found.is_some()).count();
    assert!(told as f64 >= FLOOR * all as f64, "{told} of {all}: {wrong:#?}");
    assert!(n_wrong as f64 <= WRONG * all as f64, "{n_wrong} of {all}: {wrong:#?}");
}

#[test]
fn plain_languages() {
    let english =
        "The ferry sank at dawn near the harbour wall, and the crew was brought ashore by three fishing boats.";
    assert_eq!(of_text(english).as_deref(), Some("en"));
    assert_eq!(of_text("Ferry"), None);
    assert_eq!(of_text(""), None);
}

#[test]
fn tags() {
    assert_eq!(language_tag("EN_us").as_deref(), Some("en-US"));
    assert_eq!(language_tag("zh-Hant-TW").as_deref(), Some("zh-Hant-TW"));
    assert_eq!(language_tag("English"), None);
}
