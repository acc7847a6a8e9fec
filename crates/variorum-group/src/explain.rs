//! Why two reports share a story, or do not.

use std::collections::BTreeMap;

use variorum_news::Report;
use variorum_text::words;

use crate::counts::{Class, Counts};
use crate::likeness::{Weighed, WeighedTerm, apart, likeness};
use crate::profile::{Profile, key_of_word, profile};
use crate::same::Reading;
use crate::shelf::{BELONGS, strongest};
use crate::whole;

/// Words that are quoted in one sentence.
const QUOTED: usize = 6;

/// Returns the reasons as sentences for a person, the outcome first.
pub fn explain(a: &Report, b: &Report, among: &[&Report]) -> Vec<String> {
    let mut counts = Counts::default();
    let beside = among.iter().filter(|other| other.id != a.id && other.id != b.id);
    [a, b].into_iter().chain(beside.copied()).for_each(|report| counts.add(&profile(report).terms));
    let (mut of_a, mut of_b) = (profile(a), profile(b));
    let same_text = Reading::of(&of_a.sketch).is_copy(&of_b.sketch);
    let (one, other) = (strongest(&mut of_a, &counts), strongest(&mut of_b, &counts));
    let mut said = vec![outcome(a, b, among, likeness(&one, &of_b.terms, &other.norms, other.day))];
    if same_text {
        said.push("They have the same text, up to small edits, a frame or a cut.".to_owned());
    }
    let shared = part(&one, |term| holds(&of_b, term));
    said.extend(quoted("Both have the names", &shared, Class::Name, a));
    said.extend(quoted("Both have the numbers", &shared, Class::Number, a));
    said.extend(quoted("Both have the words", &shared, Class::Plain, a));
    said.extend(lacking(a, &one, &of_b));
    said.extend(lacking(b, &other, &of_a));
    said.extend(times(a, b, one.day, other.day));
    said
}

fn outcome(a: &Report, b: &Report, among: &[&Report], alike: f32) -> String {
    let border = BELONGS;
    match (share_a_story(a, b, among), alike >= border) {
        (true, true) => format!("They share a story: their likeness is {alike:.2}, and {border:.2} is needed."),
        (true, false) => format!(
            "They share a story through other reports: their own likeness is {alike:.2}, less than the {border:.2} that two alone need."
        ),
        (false, true) => format!(
            "They are in two stories although their likeness is {alike:.2}: each is more like the reports around it."
        ),
        (false, false) => format!("They are in two stories: their likeness is {alike:.2}, and {border:.2} is needed."),
    }
}

fn share_a_story(a: &Report, b: &Report, among: &[&Report]) -> bool {
    let mut all = vec![a, b];
    all.extend(among.iter().filter(|other| other.id != a.id && other.id != b.id));
    let placements = whole::group(&all);
    placements[0].story == placements[1].story
}

/// Returns the terms that pass, the strongest first.
fn part(weighed: &Weighed, keep: impl Fn(&WeighedTerm) -> bool) -> Vec<WeighedTerm> {
    let mut kept: Vec<WeighedTerm> = weighed.terms.iter().filter(|term| keep(term)).copied().collect();
    kept.sort_by(|a, b| b.weight().total_cmp(&a.weight()).then(a.term.key.cmp(&b.term.key)));
    kept
}

fn holds(profile: &Profile, weighed: &WeighedTerm) -> bool {
    profile.terms.binary_search_by_key(&weighed.term.key, |term| term.key).is_ok()
}

fn quoted(lead: &str, terms: &[WeighedTerm], class: Class, report: &Report) -> Option<String> {
    let written = written(report);
    let words: Vec<String> = terms
        .iter()
        .filter(|weighed| weighed.class == class)
        .filter_map(|weighed| written.get(&weighed.term.key).map(|word| format!("“{word}”")))
        .take(QUOTED)
        .collect();
    (!words.is_empty()).then(|| format!("{lead} {}.", words.join(", ")))
}

/// The names and numbers that hold two reports apart.
fn lacking(report: &Report, weighed: &Weighed, other: &Profile) -> Option<String> {
    let only = part(weighed, |term| term.class != Class::Plain && !holds(other, term));
    let written = written(report);
    let words: Vec<String> = only
        .iter()
        .filter_map(|term| written.get(&term.term.key))
        .take(QUOTED)
        .map(|word| format!("“{word}”"))
        .collect();
    (!words.is_empty()).then(|| format!("Only {} has {}.", report.name(), words.join(", ")))
}

fn times(a: &Report, b: &Report, day_a: Option<i32>, day_b: Option<i32>) -> Option<String> {
    let (day_a, day_b) = (day_a?, day_b?);
    let days = day_a.abs_diff(day_b);
    let (of_a, of_b) = (a.published.as_deref()?, b.published.as_deref()?);
    Some(match (days, apart(Some(day_a), Some(day_b)) > 0.0) {
        (0, _) => format!("Both were published on one day ({of_a}, {of_b})."),
        (1, _) => format!("They were published a day apart ({of_a}, {of_b})."),
        (_, _) => format!("They were published {days} days apart ({of_a}, {of_b}), which counts against one story."),
    })
}

/// Returns how a report first writes each word.
fn written(report: &Report) -> BTreeMap<u32, &str> {
    let mut written = BTreeMap::new();
    for text in [report.text.as_str(), report.title.as_deref().unwrap_or_default()] {
        for word in words(text) {
            if let Some(key) = key_of_word(&word) {
                written.entry(key).or_insert(word.text);
            }
        }
    }
    written
}
