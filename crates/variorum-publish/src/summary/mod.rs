//! The summary that a person reads in a terminal.

mod check;
mod pen;
mod sections;
mod tree;

use variorum_news::{Dossier, Doubt, DoubtKind, Problem, Report, Verdict};

use crate::edition::{Edition, editions};
use crate::phrase::counted;
pub use check::check_summary;
use pen::{Pen, clip};

/// Whether a summary may use terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// ANSI colours.
    Ansi,
    /// Plain text.
    None,
}

/// A finding that is less sure than this says how sure it is.
pub(crate) const SURE: f64 = 0.9;
/// How many stories are told before the rest is counted.
const MOST_STORIES: usize = 8;
/// How many doubts of one story are told before the rest is counted.
const MOST_DOUBTS: usize = 3;
/// How many problems are told before the rest is counted.
const MOST_PROBLEMS: usize = 3;

/// Returns a summary of a dossier that fits a terminal of `width` columns.
///
/// One story is told on about one screen; of many stories each gets a short block, the one with most reports first.
pub fn summary(dossier: &Dossier, width: usize, colour: Colour) -> String {
    let pen = Pen { width: width.max(40), colour };
    let (editions, untold) = editions(dossier);
    let mut lines = Vec::new();
    match editions.as_slice() {
        [] => lines.push(pen.strong(&format!("{}, no story", counted(dossier.reports.len(), "report")))),
        [one] => lines.extend(whole(&pen, one)),
        _ => lines.extend(many(&pen, dossier, &editions)),
    }
    if !untold.is_empty() && !editions.is_empty() {
        lines.push(clip(
            &format!("{} outside any story: {}", counted(untold.len(), "report"), names(&untold)),
            pen.width,
        ));
    }
    lines.extend(problems(&pen, &dossier.problems));
    if !editions.is_empty() {
        lines.push(pen.faint("These numbers count reporting, not truth."));
    }
    lines.join("\n") + "\n"
}

fn whole(pen: &Pen, edition: &Edition) -> Vec<String> {
    let mut lines = head(pen, edition);
    lines.extend(tree::tree(pen, edition));
    lines.extend(doubts(pen, edition));
    lines.extend(sections::agreed(pen, edition));
    lines.extend(sections::variants(pen, edition));
    lines.extend(sections::drift(pen, edition));
    lines.extend(sections::timeline(pen, edition));
    lines
}

fn head(pen: &Pen, edition: &Edition) -> Vec<String> {
    vec![pen.strong(&edition.counts()), clip(edition.title(), pen.width)]
}

/// What makes an origin uncertain: the reports by their letters, and how likely it is that they are kin.
fn doubts(pen: &Pen, edition: &Edition) -> Vec<String> {
    let doubts = edition.story.independence.as_ref().map_or(&[][..], |counted| &counted.doubts);
    let told = |doubt: &Doubt| {
        let places = doubt.reports.iter().filter_map(|id| edition.place(id));
        let sigla: Vec<&str> = places.map(|n| edition.witnesses[n].siglum.as_str()).collect();
        let likely = doubt.probability.map_or(String::new(), |p| format!(", {:.0} % likely to be kin", p * 100.0));
        match doubt.kind {
            DoubtKind::Together => format!("{} counted once{likely}", sigla.join(" and ")),
            DoubtKind::Apart => format!("{} counted as two{likely}", sigla.join(" and ")),
            DoubtKind::Short => format!("{} too short to tell", sigla.join(" ")),
        }
    };
    let lines = doubts.iter().take(MOST_DOUBTS).map(|doubt| clip(&format!("  uncertain: {}", told(doubt)), pen.width));
    let mut lines: Vec<String> = lines.collect();
    lines.extend((doubts.len() > MOST_DOUBTS).then(|| pen.more(doubts.len() - MOST_DOUBTS)));
    lines
}

fn many(pen: &Pen, dossier: &Dossier, editions: &[Edition]) -> Vec<String> {
    let counts = format!("{}, {}", counted(dossier.reports.len(), "report"), counted(editions.len(), "story"));
    let mut lines = vec![pen.strong(&counts)];
    for edition in editions.iter().take(MOST_STORIES) {
        lines.push(String::new());
        lines.extend(head(pen, edition));
        lines.push(clip(&witnesses(edition), pen.width));
        lines.extend(found(edition).map(|found| clip(&found, pen.width)));
    }
    if editions.len() > MOST_STORIES {
        lines.extend([String::new(), pen.more(editions.len() - MOST_STORIES)]);
    }
    lines
}

fn witnesses(edition: &Edition) -> String {
    let named: Vec<String> = edition.witnesses.iter().map(|w| format!("{} {}", w.siglum, w.name())).collect();
    named.join("  ")
}

/// What was found in a story, in one line; none where there is nothing to tell.
fn found(edition: &Edition) -> Option<String> {
    let story = edition.story;
    let agreed = story.statements.iter().filter(|s| s.verdict == Verdict::Agreed).count();
    let counts = [(story.variants.len(), "difference"), (agreed, "agreed statement"), (story.drift.len(), "change")];
    let told: Vec<String> = counts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| counted(n, what) + if what == "change" { " by rewrites" } else { "" })
        .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

fn names(reports: &[&Report]) -> String {
    reports.iter().map(|r| crate::edition::name(r)).collect::<Vec<_>>().join(", ")
}

fn problems(pen: &Pen, problems: &[Problem]) -> Vec<String> {
    if problems.is_empty() {
        return Vec::new();
    }
    let told = |problem: &Problem| {
        let name = problem.path.as_deref().or(problem.id.as_deref()).unwrap_or("input");
        format!("{name}: {}", problem.reason)
    };
    let title = format!("{} could not be used", counted(problems.len(), "input"));
    if let [one] = problems {
        return vec![String::new(), pen.warning(&clip(&format!("{title}: {}", told(one)), pen.width))];
    }
    let mut lines = vec![String::new(), pen.warning(&title)];
    lines.extend(problems.iter().take(MOST_PROBLEMS).map(|p| clip(&format!("  {}", told(p)), pen.width)));
    if problems.len() > MOST_PROBLEMS {
        lines.push(pen.more(problems.len() - MOST_PROBLEMS));
    }
    lines
}
