//! What a revision of a report did to its figures.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{Figure, Report, Span};

/// An amount that a revision replaced by another.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureChange {
    /// The amount before, and the sentence around it; both in the words of the earlier revision.
    pub before: (Span, Span),
    /// The amount now, and the sentence around it.
    pub after: (Span, Span),
}

/// How much of the words of two sentences must be the same for the one to stand in place of the other.
const ALIKE: f64 = 0.5;

/// Returns the amounts that a later revision of a report gives in place of others: of the same thing, in a sentence that
/// is else much the same. What is only added or only left out replaces nothing.
pub fn figure_changes(earlier: &Report, later: &Report) -> Vec<FigureChange> {
    let (earlier, later) = (variorum::annotated(earlier.clone()), variorum::annotated(later.clone()));
    let (before, after) = (by_thing(&earlier), by_thing(&later));
    let mut changes = Vec::new();
    for (thing, now) in &after {
        let Some(was) = before.get(thing) else { continue };
        let gone: Vec<_> = was.iter().filter(|(figure, _)| !has(now, figure)).collect();
        let mut taken = BTreeSet::new();
        for (figure, sentence) in now.iter().filter(|(figure, _)| !has(was, figure)) {
            let from = (0..gone.len()).find(|n| !taken.contains(n) && alike(gone[*n].1, sentence));
            if let Some(n) = from {
                taken.insert(n);
                let before = (gone[n].0.span.clone(), gone[n].1.clone());
                changes.push(FigureChange { before, after: (figure.span.clone(), (*sentence).clone()) });
            }
        }
    }
    changes
}

type Said<'a> = (&'a Figure, &'a Span);

/// What is counted and in what unit: amounts of other things do not replace each other.
type Thing = (Option<String>, Option<String>, Option<String>);

fn by_thing(report: &Report) -> BTreeMap<Thing, Vec<Said<'_>>> {
    let mut things: BTreeMap<_, Vec<Said>> = BTreeMap::new();
    let Some(found) = &report.annotations else { return things };
    for figure in
        found.figures.iter().filter(|figure| !figure.vague && (figure.what.is_some() || figure.unit.is_some()))
    {
        let Some(sentence) = found.sentences.iter().find(|sentence| sentence.holds(&figure.span)) else { continue };
        let what = figure.what.as_ref().map(|what| what.to_lowercase());
        things.entry((what, figure.unit.clone(), figure.per.clone())).or_default().push((figure, sentence));
    }
    things
}

fn has(figures: &[Said], wanted: &Figure) -> bool {
    figures.iter().any(|(figure, _)| figure.value == wanted.value && figure.high == wanted.high)
}

fn alike(a: &Span, b: &Span) -> bool {
    let words = |span: &Span| -> BTreeSet<String> {
        let words = span.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter(|word| !word.chars().any(|c| c.is_ascii_digit())).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared as f64 >= ALIKE * a.len().max(b.len()) as f64 && shared > 0
}

#[cfg(test)]
mod tests {
    use variorum_news::Report;

    use super::figure_changes;

    fn check(earlier: &str, later: &str, expected: &[(&str, &str)]) {
        let found = figure_changes(&Report::of_text("a", earlier), &Report::of_text("a", later));
        let found: Vec<(&str, &str)> =
            found.iter().map(|change| (&*change.before.0.text, &*change.after.0.text)).collect();
        assert_eq!(found, expected, "{later}");
    }

    const FIRST: &str = "Two ferries collided off Delmare on Monday and 12 people were injured, Ada Orr said. The service was suspended.";

    #[test]
    fn a_revision_that_gives_another_figure() {
        check(FIRST, &FIRST.replace("12 people", "14 people"), &[("12 people", "14 people")]);
        check(FIRST, &FIRST.replace("12 people", "at least 14 people"), &[("12 people", "at least 14 people")]);
    }

    #[test]
    fn a_revision_that_leaves_the_figures() {
        check(FIRST, FIRST, &[]);
        check(FIRST, &FIRST.replace("12 people", "twelve people"), &[]);
        check(FIRST, &FIRST.replace("was suspended", "will be suspended until Friday"), &[]);
    }

    #[test]
    fn what_is_added_or_left_out_replaces_nothing() {
        check(FIRST, &format!("{FIRST} Three boats were sent to the Karsholm light."), &[]);
        check(FIRST, "Two ferries collided off Delmare on Monday, Ada Orr said. The service was suspended.", &[]);
        check(FIRST, &format!("{FIRST} In the town hall 300 people lit candles for a sailor."), &[]);
    }
}
