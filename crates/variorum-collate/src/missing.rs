//! The words that no source bears out.

use variorum_news::{Drift, DriftKind};

use crate::drift::Held;
use crate::witness::Passage;

/// In a sentence that is not borne out, a word that is likelier wrong than this is shown.
const IN_UNSUPPORTED: f64 = 0.25;
/// In a sentence that is, this sure it must be.
const IN_SUPPORTED: f64 = 0.5;

/// Returns the runs of words that no source bears out, besides those that were found to be bent.
pub(crate) fn missing(held: Held, found: &[Drift], unsupported: bool) -> Vec<Drift> {
    let (evidence, judgement) = (&held.support.evidence, &held.support.judgement);
    let least = if unsupported { IN_UNSUPPORTED } else { IN_SUPPORTED };
    let claim = held.witness.passages.len() == 1;
    let is_compared = compared(held);
    let mut runs: Vec<Run> = Vec::new();
    for (word, &chance) in evidence.words.iter().zip(&judgement.words) {
        // What a rewrite takes from another place of its source it may; what a claim does may not belong together.
        if chance < least || !claim && (!word.nowhere || is_compared(word.at)) {
            continue;
        }
        match runs.last_mut() {
            // Words of grammar may stand between the words of one run.
            Some(run) if word.at - run.to <= 4 && bridge(held.passage, run.to + 1, word.at) => {
                run.to = word.at;
                run.chance = run.chance.max(chance);
                run.nowhere |= word.nowhere;
            }
            _ => runs.push(Run { from: word.at, to: word.at, chance, nowhere: word.nowhere }),
        }
    }
    let words = &held.passage.words;
    let span = |run: &Run| held.witness.spanner.span(words[run.from].bytes.start..words[run.to].bytes.end);
    runs.iter()
        .map(|run| (span(run), run))
        .filter(|(span, _)| unsupported || found.iter().all(|d| d.rewrite.overlap(span) == 0))
        .map(|(span, run)| Drift {
            kind: DriftKind::Unsupported,
            rewrite: span,
            source: None,
            explain: if run.nowhere { "no source says this" } else { "no source says this of it" }.to_owned(),
            proposed: false,
            confidence: run.chance,
        })
        .collect()
}

/// Words in a row, by their places in the passage, and how likely the worst of them is wrong.
struct Run {
    from: usize,
    to: usize,
    chance: f64,
    /// Whether some word of it stands in no source.
    nowhere: bool,
}

/// Tells whether every word of a passage that is likely wrong stands somewhere in the sources.
pub(crate) fn all_printed(held: Held) -> bool {
    let words = held.support.evidence.words.iter().zip(&held.support.judgement.words);
    let is_compared = compared(held);
    words.into_iter().all(|(word, chance)| !word.nowhere || *chance < IN_UNSUPPORTED || is_compared(word.at))
}

/// Tells which words stand in a figure or a date: these are compared by what they tell ("seven in the morning" is "7am"), so
/// that their words say nothing more.
fn compared(held: Held) -> impl Fn(usize) -> bool {
    let notes = held.witness.notes;
    let figures = notes.figures[held.passage.figures.clone()].iter().map(|figure| &figure.span);
    let dates = notes.dates[held.passage.dates.clone()].iter().map(|date| &date.span);
    let slots: Vec<_> = figures.chain(dates).map(|span| held.witness.spanner.bytes(span)).collect();
    move |at| {
        let bytes = &held.passage.words[at].bytes;
        slots.iter().any(|slot| slot.start <= bytes.start && bytes.end <= slot.end)
    }
}

fn bridge(passage: &Passage, from: usize, to: usize) -> bool {
    passage.words[from..to].iter().all(|t| t.form.is_none())
}

/// A sentence borne out less surely than this is the rewriter's own.
const INVENTED: f64 = 0.05;
/// A sentence with fewer content words says too little to be called invented.
const LEAST_WORDS: usize = 5;

/// Returns the whole sentence as drift where the sources hold hardly a word of it.
pub(crate) fn invented(held: Held) -> Option<Drift> {
    let own = held.passage.forms.len() >= LEAST_WORDS && held.support.judgement.supported < INVENTED;
    own.then(|| Drift {
        kind: DriftKind::Unsupported,
        rewrite: held.passage.span.clone(),
        source: None,
        explain: "hardly a word of this stands in the source".to_owned(),
        proposed: false,
        confidence: 0.9,
    })
}

#[cfg(test)]
mod tests {
    use variorum_news::{Annotations, DriftKind, Report, Span, Spanner};

    use crate::{Options, check};

    const SOURCE: &str = "The ferry Orlava sank off Delmare on Monday after a fire in its engine room. \
        Harbour master Ada Orr closed the northern quay until Friday. \
        Rep. Tom Hale asked for an inquiry into the 2.52 million crowns that the ferry line was given in March. \
        Two of the A350-900 engines were sold. The line has 18 ships.";

    fn read(id: &str, text: &str) -> Report {
        let mut report = Report::of_text(id, text);
        let spanner = Spanner::new(&report.id, &report.text);
        let sentences: Vec<Span> =
            variorum_text::sentences(text).into_iter().map(|range| spanner.span(range)).collect();
        report.annotations = Some(Annotations { sentences, ..Annotations::default() });
        report
    }

    fn unsupported(rewrite: &str) -> Vec<String> {
        let check = check(&read("rewrite", rewrite), &[&read("source-1", SOURCE)], &Options { all: true });
        let found = check.drift.into_iter().filter(|d| d.kind == DriftKind::Unsupported);
        found.map(|d| d.rewrite.text).collect()
    }

    #[test]
    fn what_the_source_prints_anywhere_is_not_called_missing() {
        let rewrite = "The Orlava sank off Delmare after a fire. \
            Representative Hale wants an inquiry into 2.52 million crowns for a line of 18 ships, and two A350-900s.";
        let found = unsupported(rewrite);
        let printed = ["Representative", "Hale", "2.52", "18", "ships", "A350-900s", "Delmare", "inquiry"];
        assert!(found.iter().all(|run| printed.iter().all(|word| !run.starts_with(word))), "{found:?}");
    }

    #[test]
    fn an_invented_name_is_missing() {
        let found = unsupported(
            "The Orlava sank off Delmare after a fire. Governor Mira Tolland wept at the funeral of her brother Piet.",
        );
        assert!(found.iter().any(|run| run.contains("Tolland")), "{found:?}");
    }
}
