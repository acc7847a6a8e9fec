//! Why two reports share a story, or do not, in a few sentences that quote what stands in them.

mod said;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use variorum_news::Report;

use crate::counts::Counts;
use crate::gist::Gist;
use crate::languages::{self, language_of};
use crate::likeness::{Weighed, evidence, probability};
use crate::profile::{Profile, profile};
use crate::same::Reading;
use crate::shelf::{BELONGS, strongest};
use said::{Figure, Said};

/// Words, names or figures that are quoted of one kind.
const QUOTED: usize = 4;

/// Reports on the way from one to the other that are all named.
const WAY: usize = 3;

/// A link between two reports is looked for through so many others.
const BESIDE: usize = 200;

/// A report with all that explaining needs.
struct Known<'a> {
    report: &'a Report,
    profile: Profile,
    weighed: Weighed,
    gist: Gist,
}

impl Known<'_> {
    fn of<'a>(report: &'a Report, language: &str, counts: &Counts) -> Known<'a> {
        let mut profile = profile(report, language);
        let weighed = strongest(&mut profile, counts);
        let gist = Gist::of(&weighed);
        Known { report, profile, weighed, gist }
    }

    fn alike(&self, other: &Known) -> f32 {
        probability(evidence(&other.gist, &self.gist))
    }
}

/// Returns the reasons as sentences for a person, the outcome first.
pub fn explain(a: &Report, b: &Report, among: &[&Report]) -> Vec<String> {
    let (language, other_language) = (language_of(a), language_of(b));
    if language != other_language {
        return vec![format!(
            "They are in two stories: one is read as “{language}”, the other as “{other_language}”, and reports are grouped within their language."
        )];
    }
    let is_beside = |other: &&&Report| other.id != a.id && other.id != b.id && language_of(other) == language;
    let mut all = vec![a, b];
    all.extend(among.iter().filter(is_beside));
    let mut counts = Counts::default();
    all.iter().for_each(|report| counts.add(&profile(report, &language).terms));
    let (one, other) = (Known::of(a, &language, &counts), Known::of(b, &language, &counts));
    let stories: Vec<String> = languages::group(&all).into_iter().map(|placed| placed.story).collect();
    let alike = one.alike(&other);
    let is_together = stories[0] == stories[1];
    let mut said = vec![outcome(is_together, alike)];
    if is_together && alike < BELONGS {
        let of_story = all.iter().zip(&stories).skip(2).filter(|(_, story)| **story == stories[0]);
        let others = of_story.take(BESIDE).map(|(report, _)| Known::of(report, &language, &counts)).collect();
        said.extend(through(&one, &other, others));
    }
    if Reading::of(&one.profile.sketch).is_copy(&other.profile.sketch) {
        said.push("They have the same text, up to small edits, a frame or a cut.".to_owned());
    }
    let (words, other_words) = (Said::of(a, &language, &one.weighed), Said::of(b, &language, &other.weighed));
    said.extend(ties(&words, &other_words, is_together));
    said.extend(figures_apart(&words, &other_words));
    said.extend(names_apart(&words, &other_words));
    said.extend(times(&one, &other));
    said
}

fn outcome(is_together: bool, alike: f32) -> String {
    match (is_together, alike >= BELONGS) {
        (true, true) => format!("They share a story: their likeness is {alike:.2}, and {BELONGS:.2} is needed."),
        (true, false) => format!(
            "They share a story through other reports: their own likeness is {alike:.2}, less than the {BELONGS:.2} that two alone need."
        ),
        (false, true) => format!(
            "They are in two stories although their likeness is {alike:.2}: each is more like the reports around it."
        ),
        (false, false) => {
            format!("They are in two stories: their likeness is {alike:.2}, and {BELONGS:.2} is needed.")
        }
    }
}

/// Returns through which reports the two are linked: the way whose weakest link is the strongest.
fn through(one: &Known, other: &Known, beside: Vec<Known>) -> Option<String> {
    // The best way to each report: its weakest link, and the report before it. A tie goes to the earlier report.
    let mut best: Vec<(f32, Option<usize>)> = beside.iter().map(|report| (one.alike(report), None)).collect();
    let mut open: BTreeSet<usize> = (0..beside.len()).collect();
    let mut ends: Option<(f32, usize)> = None;
    while let Some(at) = open.iter().copied().max_by(|&i, &j| best[i].0.total_cmp(&best[j].0).then(j.cmp(&i))) {
        open.remove(&at);
        let end = best[at].0.min(beside[at].alike(other));
        if ends.is_none_or(|(weakest, _)| end > weakest) {
            ends = Some((end, at));
        }
        for &next in &open {
            let way = best[at].0.min(beside[at].alike(&beside[next]));
            if way > best[next].0 {
                best[next] = (way, Some(at));
            }
        }
    }
    let (weakest, end) = ends?;
    let mut way = vec![end];
    while let Some(before) = way.last().and_then(|&at| best[at].1) {
        way.push(before);
    }
    let names: Vec<String> = way.iter().rev().map(|&at| beside[at].report.name()).collect();
    let way = match &names[..] {
        [first, .., last] if names.len() > WAY => format!("a row of {} reports, from {first} to {last}", names.len()),
        _ => listed(&names),
    };
    Some(format!("What links them is {way}: no step on that way has a likeness below {weakest:.2}."))
}

/// What both hold: names, figures, and the words that tell most.
fn ties(a: &Said, b: &Said, is_together: bool) -> Option<String> {
    let names = quoted(a.names_in(b).into_iter());
    let figures = quoted(a.figures().into_iter().filter_map(|figure| both_give(&figure, b)));
    let words = quoted(a.words_in(b).into_iter());
    let parts: Vec<String> = [("name", names), ("give", figures), ("use the words", words)]
        .into_iter()
        .filter(|(_, quoted)| !quoted.is_empty())
        .map(|(verb, quoted)| format!("{verb} {}", listed(&quoted)))
        .collect();
    match (parts.is_empty(), is_together) {
        (true, _) => Some("They share no name, no figure and no telling word.".to_owned()),
        (false, true) => Some(format!("Both {}.", parts.join("; both "))),
        (false, false) => Some(format!("Both {}; that is not enough.", parts.join("; both "))),
    }
}

/// Returns a figure as both write it: with what it counts, or the number alone where that is no mere digit.
fn both_give<'a>(figure: &Figure<'a>, b: &Said) -> Option<&'a str> {
    let theirs: Vec<Figure> = b.figures().into_iter().filter(|other| other.key == figure.key).collect();
    let is_same = |other: &Figure| figure.what.is_some() && other.words.to_lowercase() == figure.words.to_lowercase();
    let is_longer = |other: &&Figure| other.longer.is_some() && other.longer == figure.longer;
    match theirs.iter().any(is_same) {
        true => theirs.iter().find(is_longer).and(figure.longer).or(Some(figure.words)),
        false => (!theirs.is_empty() && figure.number.len() > 1).then_some(figure.number),
    }
}

/// Figures of one thing that are not the same: "14 people" and "3 people".
fn figures_apart(a: &Said, b: &Said) -> Option<String> {
    let mut pairs: Vec<String> = Vec::new();
    let theirs = b.figures();
    for figure in a.figures() {
        let Some(what) = figure.what.filter(|_| theirs.iter().all(|other| other.key != figure.key)) else { continue };
        let other = theirs.iter().find(|other| other.what == Some(what) && !a.holds(other.key));
        pairs.extend(other.map(|other| {
            format!("“{}” in {}, “{}” in {}", figure.words, a.report.name(), other.words, b.report.name())
        }));
    }
    pairs.truncate(2);
    (!pairs.is_empty()).then(|| format!("The figures differ: {}.", pairs.join("; ")))
}

/// The names that one of them alone has.
fn names_apart(a: &Said, b: &Said) -> Option<String> {
    let only = |mine: &Said, theirs: &Said| {
        let names = quoted(mine.names_not_in(theirs).into_iter());
        (!names.is_empty()).then(|| format!("nly {} names {}", mine.report.name(), listed(&names)))
    };
    let parts: Vec<String> = [only(a, b), only(b, a)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("O{}.", parts.join("; o")))
}

fn times(a: &Known, b: &Known) -> Option<String> {
    let days = a.weighed.day?.abs_diff(b.weighed.day?);
    let (of_a, of_b) = (a.report.published.as_deref()?, b.report.published.as_deref()?);
    Some(match days {
        0 => format!("Both were published on one day ({of_a}, {of_b})."),
        1 => format!("They were published a day apart ({of_a}, {of_b})."),
        _ => format!("They were published {days} days apart ({of_a}, {of_b}), which counts against one story."),
    })
}

/// Returns the first few, each once, in quotation marks.
fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut quoted: Vec<String> = Vec::new();
    for word in words {
        let word = format!("“{word}”");
        if !quoted.contains(&word) {
            quoted.push(word);
        }
    }
    quoted.truncate(QUOTED);
    quoted
}

/// Returns "a, b and c".
fn listed(parts: &[String]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}
