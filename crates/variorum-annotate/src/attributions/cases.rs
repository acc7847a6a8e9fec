//! The cases of `cases/attributions`, scored: what a careful reader finds in invented sentences.

use variorum_news::{Attribution, Report};

use crate::{Depth, annotate};

/// What a reader finds.
struct Expected<'a> {
    cue: &'a str,
    source: &'a str,
    name: &'a str,
    content: &'a str,
    hedged: bool,
    within: Option<&'a str>,
}

struct Case<'a> {
    text: &'a str,
    expected: Vec<Expected<'a>>,
}

fn cases(data: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case> = Vec::new();
    for line in data.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('\t') {
            Some(row) => cases.last_mut().expect("a text stands before its rows").expected.push(expected(row)),
            None => cases.push(Case { text: line, expected: Vec::new() }),
        }
    }
    cases
}

fn expected(row: &str) -> Expected<'_> {
    let mut columns = row.split('|').map(str::trim);
    let mut next = || columns.next().expect("four columns");
    let (cue, who, content, flags) = (next(), next(), next(), next());
    let (source, name) = who.split_once(" = ").unwrap_or((who, who));
    let within = flags.split(", ").find_map(|flag| flag.strip_prefix("in "));
    Expected { cue, source, name, content, hedged: flags.contains("hedged"), within }
}

/// How many things of a kind were right, found and wanted.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Count {
    fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(self) -> f64 {
        self.right as f64 / self.wanted.max(1) as f64
    }

    fn add(&mut self, right: bool, found: bool, wanted: bool) {
        self.right += usize::from(right);
        self.found += usize::from(found);
        self.wanted += usize::from(wanted);
    }
}

#[derive(Debug, Default)]
struct Score {
    cue: Count,
    source: Count,
    name: Count,
    content: Count,
    overlap: Count,
    hedged: Count,
    within: Count,
    false_alarms: usize,
    negatives: usize,
}

fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric())
}

fn dice(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<&str>, Vec<&str>) =
        (a.split_whitespace().map(bare).collect(), b.split_whitespace().map(bare).collect());
    let shared = a.iter().filter(|w| b.contains(w)).count();
    2.0 * shared as f64 / (a.len() + b.len()).max(1) as f64
}

fn score(data: &str, depth: Depth) -> (Score, String) {
    let (mut total, mut troubles) = (Score::default(), String::new());
    for case in cases(data) {
        let found = annotate(&Report::of_text("t", case.text), depth).attributions;
        let mut free: Vec<bool> = vec![true; found.len()];
        total.negatives += usize::from(case.expected.is_empty());
        for wanted in &case.expected {
            let at =
                (0..found.len()).find(|&i| free[i] && found[i].cue.text == wanted.cue && is_place(&found[i], wanted));
            if let Some(at) = at {
                free[at] = false;
            }
            let said = at.map(|at| &found[at]);
            if let Some(trouble) = total.hold(wanted, said, &found) {
                troubles += &format!(
                    "{}\n    wanted {} | {} | {}: {trouble}\n",
                    case.text, wanted.cue, wanted.source, wanted.content
                );
            }
        }
        for (extra, _) in found.iter().zip(&free).filter(|(_, free)| **free) {
            total.false_alarms += usize::from(case.expected.is_empty());
            total.cue.add(false, true, false);
            total.source.add(false, extra.source.is_some(), false);
            total.name.add(false, extra.source.is_some(), false);
            total.content.add(false, extra.content.is_some(), false);
            total.overlap.add(false, extra.content.is_some(), false);
            troubles += &format!(
                "{}\n    extra {} | {:?} | {:?}\n",
                case.text,
                extra.cue.text,
                extra.source.as_ref().map(|s| &s.span.text),
                extra.content.as_ref().map(|s| &s.text)
            );
        }
    }
    (total, troubles)
}

/// Two cues of one word are told apart by their content.
fn is_place(found: &Attribution, wanted: &Expected) -> bool {
    match &found.content {
        Some(content) if wanted.content != "-" && wanted.content != "?" => dice(&content.text, wanted.content) > 0.3,
        _ => true,
    }
}

impl Score {
    fn hold(&mut self, wanted: &Expected, said: Option<&Attribution>, all: &[Attribution]) -> Option<String> {
        let source = said.and_then(|s| s.source.as_ref());
        let content = said.and_then(|s| s.content.as_ref());
        self.cue.add(said.is_some(), said.is_some(), true);
        let mut troubles = Vec::new();
        if said.is_none() {
            troubles.push("not found".to_owned());
        }
        if wanted.source != "?" {
            let is_wanted = wanted.source != "-";
            let article = |words: &str| {
                words.trim_start_matches("the ").trim_start_matches("The ").trim_end_matches("’s").to_owned()
            };
            let right = is_wanted && source.is_some_and(|s| article(&s.span.text) == article(wanted.source));
            let named =
                is_wanted && source.is_some_and(|s| article(&s.name).eq_ignore_ascii_case(&article(wanted.name)));
            self.source.add(right, source.is_some(), is_wanted);
            self.name.add(named, source.is_some(), is_wanted);
            if said.is_some() && (is_wanted && !(right && named) || !is_wanted && source.is_some()) {
                troubles.push(format!("source {:?}", source.map(|s| (&s.span.text, &s.name))));
            }
        }
        if wanted.content != "?" {
            let is_wanted = wanted.content != "-";
            let exact = is_wanted && content.is_some_and(|c| bare(&c.text) == bare(wanted.content));
            let overlap = is_wanted && content.is_some_and(|c| dice(&c.text, wanted.content) >= 0.5);
            self.content.add(exact, content.is_some(), is_wanted);
            self.overlap.add(overlap, content.is_some(), is_wanted);
            if said.is_some() && (is_wanted && !exact || !is_wanted && content.is_some()) {
                troubles.push(format!("content {:?}", content.map(|c| &c.text)));
            }
        }
        let hedged = said.is_some_and(|s| s.hedged);
        self.hedged.add(hedged && wanted.hedged, hedged, wanted.hedged);
        let outer = said.and_then(|s| s.within).map(|at| all[at].cue.text.as_str());
        self.within.add(outer.is_some() && outer == wanted.within, outer.is_some(), wanted.within.is_some());
        if said.is_some() && (hedged != wanted.hedged || outer != wanted.within) {
            troubles.push(format!("hedged {hedged}, within {outer:?}"));
        }
        (!troubles.is_empty()).then(|| troubles.join("; "))
    }

    fn show(&self) -> String {
        let line = |name: &str, c: Count| {
            format!("{name}: precision {:.3} recall {:.3} of {}\n", c.precision(), c.recall(), c.wanted)
        };
        line("cue", self.cue)
            + &line("source", self.source)
            + &line("name", self.name)
            + &line("content exact", self.content)
            + &line("content half", self.overlap)
            + &line("hedged", self.hedged)
            + &line("within", self.within)
            + &format!("false alarms on {} negatives: {}\n", self.negatives, self.false_alarms)
    }
}

const OPEN: &str = include_str!("../../cases/attributions/open.txt");
const HELD_OUT: &str = include_str!("../../cases/attributions/held-out.txt");

/// Holds every score but those of hedges and nesting to a floor; fails with all that is missed or too much.
fn hold(data: &str, depth: Depth, floor: Floor) {
    let (score, troubles) = score(data, depth);
    let all = [score.cue, score.source, score.name, score.content, score.overlap];
    let good = all.iter().all(|c| c.precision() >= floor.precision && c.recall() >= floor.recall);
    assert!(good && score.false_alarms <= floor.false_alarms, "{troubles}\n{}", score.show());
}

struct Floor {
    precision: f64,
    recall: f64,
    false_alarms: usize,
}

#[test]
fn the_open_cases_are_found() {
    hold(OPEN, Depth::Grammar, Floor { precision: 0.98, recall: 0.98, false_alarms: 0 });
}

#[test]
fn the_held_out_cases_are_found() {
    hold(HELD_OUT, Depth::Grammar, Floor { precision: 0.95, recall: 0.94, false_alarms: 0 });
}

#[test]
fn the_cases_in_a_hurry() {
    hold(OPEN, Depth::Fast, Floor { precision: 0.84, recall: 0.45, false_alarms: 0 });
    hold(HELD_OUT, Depth::Fast, Floor { precision: 0.8, recall: 0.4, false_alarms: 2 });
}

#[test]
#[ignore = "fails with all that is missed or too much"]
fn troubles() {
    let all = [(OPEN, Depth::Grammar), (HELD_OUT, Depth::Grammar), (OPEN, Depth::Fast), (HELD_OUT, Depth::Fast)];
    let shown = all.map(|(data, depth)| {
        let (score, troubles) = score(data, depth);
        format!("{troubles}\n{}", score.show())
    });
    panic!("{}", shown.join("\n"));
}
