//! The labelled reports of `cases/`: how many quoted words get their speaker, and how many a wrong one.

use variorum_news::{Quote, QuoteKind, Report};

use crate::Depth;

/// Quoted words that a case labels: one past their closing mark, and who may be named for them.
struct Label<'a> {
    end: usize,
    speakers: Vec<&'a str>,
}

/// Speakers found against those that the cases name.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: usize,
    asked: usize,
}

impl Score {
    fn precision(&self) -> usize {
        self.right * 100 / (self.right + self.wrong).max(1)
    }

    fn recall(&self) -> usize {
        self.right * 100 / self.asked.max(1)
    }
}

#[test]
fn open_cases() {
    check(include_str!("../../../cases/quotes.txt"), Depth::Grammar, (96, 96));
}

#[test]
fn open_cases_fast() {
    check(include_str!("../../../cases/quotes.txt"), Depth::Fast, (88, 83));
}

#[test]
fn blind_cases() {
    check(include_str!("../../../cases/quotes-blind.txt"), Depth::Grammar, (97, 94));
}

#[test]
fn blind_cases_fast() {
    check(include_str!("../../../cases/quotes-blind.txt"), Depth::Fast, (94, 88));
}

/// Holds precision and recall of the speakers against a floor, in percent.
fn check(cases: &str, depth: Depth, floor: (usize, usize)) {
    let mut score = Score::default();
    let mut log = String::new();
    for case in cases.split("\n## ").skip(1) {
        let (title, marked) = case.split_once('\n').unwrap_or((case, ""));
        let (text, labels) = read(marked.trim_end());
        let mut quotes = crate::annotate(&Report::of_text("t", &text), depth).quotes;
        // Speech without marks has cases of its own, among those of attributions.
        quotes.retain(|quote| quote.kind != QuoteKind::Indirect);
        weigh(&text, &labels, &quotes, title, &mut score, &mut log);
    }
    let (precision, recall) = (score.precision(), score.recall());
    let counts = format!("{} right, {} wrong of {}", score.right, score.wrong, score.asked);
    assert!(precision >= floor.0 && recall >= floor.1, "precision {precision} recall {recall} ({counts}):\n{log}");
}

/// Parts a case into its text and its labels.
fn read(marked: &str) -> (String, Vec<Label<'_>>) {
    let (mut text, mut labels, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('{') {
        text.extend(before.chars().filter(|c| !matches!(c, '⟦' | '⟧')));
        let (speakers, left) = after.split_once('}').expect("a label is closed");
        labels.push(Label { end: text.chars().count(), speakers: speakers.split('|').collect() });
        rest = left;
    }
    text.push_str(rest);
    (text, labels)
}

fn weigh(text: &str, labels: &[Label], quotes: &[Quote], title: &str, score: &mut Score, log: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    let mut met = vec![false; quotes.len()];
    for label in labels {
        let nobody = label.speakers.contains(&"-");
        score.asked += usize::from(!nobody);
        let at = quotes.iter().position(|quote| {
            quote.span.end <= label.end
                && label.end - quote.span.end < 3
                && chars[quote.span.end..label.end].iter().all(|c| !c.is_alphanumeric())
        });
        let speaker = at.and_then(|at| quotes[at].speaker.as_ref());
        if let Some(at) = at {
            met[at] = true;
        }
        let fits = speaker.map(|s| label.speakers.iter().any(|name| names(&s.name, name) || names(&s.span.text, name)));
        match fits {
            Some(true) => score.right += usize::from(!nobody),
            Some(false) => score.wrong += 1,
            None if nobody => continue,
            None => {}
        }
        if fits != Some(true) {
            let words: String = chars[label.end.saturating_sub(30)..label.end].iter().collect();
            let found = speaker.map_or("nobody".to_owned(), |s| format!("{} [{}]", s.name, s.span.text));
            let missing = if at.is_none() { " (no quote)" } else { "" };
            log.push_str(&format!("{title}: {words:?} is {}, got {found}{missing}\n", label.speakers.join(" or ")));
        }
    }
    for (quote, _) in quotes.iter().zip(met).filter(|(quote, met)| !met && quote.speaker.is_some()) {
        score.wrong += 1;
        let name = quote.speaker.as_ref().map_or("", |s| &s.name);
        log.push_str(&format!("{title}: {:?} is no quote, got {name}\n", quote.span.text));
    }
}

/// Tells whether one name is the other or a part of it, in whole words.
fn names(found: &str, wanted: &str) -> bool {
    let plain = |name: &str| format!(" {} ", name.to_lowercase().replace('’', "'"));
    let (found, wanted) = (plain(found), plain(wanted));
    found.contains(&wanted) || wanted.contains(&found)
}
