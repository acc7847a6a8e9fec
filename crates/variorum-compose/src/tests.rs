//! What a reader of an account and a timeline relies on.

use variorum_news::{
    Annotations, Collation, DateKind, DateMention, Lineage, Part, Reading, Report, Span, Spanner, Statement,
    StatementKind, Telling, Verdict,
};
use variorum_text::sentences;

use crate::compose;

/// A report whose lines are paragraphs, with its sentences.
fn report(id: &str, published: Option<&str>, text: &str) -> Report {
    let mut report = Report::of_text(id, text);
    report.published = published.map(str::to_owned);
    let spanner = Spanner::new(&report.id, &report.text);
    let spans = sentences(text).into_iter().map(|s| spanner.span(s)).collect();
    report.annotations = Some(Annotations { sentences: spans, ..Annotations::default() });
    report
}

/// A date in a report, by its words.
fn date(report: &mut Report, words: &str, value: &str) {
    let at = report.text.find(words).expect("the words stand in the text");
    let span = Spanner::new(&report.id, &report.text).span(at..at + words.len());
    let notes = report.annotations.as_mut().expect("the report is annotated");
    notes.dates.push(DateMention { span, value: value.into(), kind: DateKind::Date, modifier: None });
}

/// A story of independent reports; sentences that begin with the same words are one statement.
fn told(reports: &[Report]) -> Telling {
    told_in(reports, &(0..reports.len()).collect::<Vec<_>>())
}

/// The same, with the reports given in another order.
fn told_in(reports: &[Report], order: &[usize]) -> Telling {
    let head = |span: &Span| span.text.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let mut groups: Vec<(String, Vec<Span>)> = Vec::new();
    for span in reports.iter().flat_map(|r| &r.annotations.as_ref().expect("annotated").sentences) {
        match groups.iter_mut().find(|(name, _)| *name == head(span)) {
            Some((_, group)) => group.push(span.clone()),
            None => groups.push((head(span), vec![span.clone()])),
        }
    }
    let statement = |(name, group): (String, Vec<Span>)| Statement {
        id: name,
        kind: StatementKind::Event,
        gist: group[0].clone(),
        about: None,
        reports: group.len(),
        origins: group.len(),
        verdict: if group.len() > 1 { Verdict::Agreed } else { Verdict::SingleOrigin },
        readings: group.into_iter().map(reading).collect(),
        confidence: 1.0,
    };
    let collation = Collation { statements: groups.into_iter().map(statement).collect(), ..Collation::default() };
    let lineage = Lineage { origins: reports.iter().map(|r| vec![r.id.clone()]).collect(), ..Lineage::default() };
    compose(&order.iter().map(|&n| &reports[n]).collect::<Vec<_>>(), &lineage, &collation)
}

fn reading(span: Span) -> Reading {
    Reading {
        sentence: span.clone(),
        span,
        value: None,
        hedge: None,
        speaker: None,
        attributed_to: None,
        derived: false,
        when: None,
    }
}

fn texts(telling: &Telling) -> Vec<&str> {
    telling.account.iter().map(|s| s.text.as_str()).collect()
}

#[test]
fn the_news_comes_first_and_is_marked() {
    let a = report(
        "a",
        None,
        "The ferry Aurora sank off Delmare in a storm. The harbour was closed for a day by its master.",
    );
    let b = report(
        "b",
        None,
        "The ferry Aurora sank near Delmare in a storm. Fishermen pulled eleven people from the water.",
    );
    let telling = told(&[a, b]);
    let first = &telling.account[0];
    assert_eq!((first.part, first.mark, first.origins), (Part::Lead, Verdict::Agreed, 2));
    assert!(first.text.starts_with("The ferry Aurora sank"), "{:?}", texts(&telling));
    assert_eq!(telling.account.len(), 3);
    assert_eq!(telling.account[1].mark, Verdict::SingleOrigin);
}

#[test]
fn nothing_is_told_twice() {
    let a = report("a", None, "The ferry Aurora sank off Delmare in a heavy storm on Monday night.");
    let b = report("b", None, "In a heavy storm, the ferry Aurora sank off Delmare on Monday.");
    assert_eq!(texts(&told(&[a, b])).len(), 1);
}

#[test]
fn a_pronoun_is_not_told_without_its_person() {
    let a = report(
        "a",
        None,
        "Mayor Ada Orr closed the harbour of Delmare on Monday. She blamed the owners of the old ferry.",
    );
    let telling = told(&[a]);
    assert!(texts(&telling)[0].starts_with("Mayor Ada Orr"), "{:?}", texts(&telling));
    assert!(texts(&telling)[1].starts_with("She"), "right behind the sentence that names her");
    let alone = report(
        "a",
        None,
        "She blamed the owners of the old ferry for it.\nThe harbour of Delmare opens again on Friday.",
    );
    assert_eq!(texts(&told(&[alone])), ["The harbour of Delmare opens again on Friday."]);
}

#[test]
fn one_day_and_happening_is_one_entry() {
    let mut a = report("a", Some("2031-03-04"), "The ferry Aurora sank off Delmare on Monday.");
    date(&mut a, "Monday", "2031-03-03");
    let mut b = report("b", Some("2031-03-05"), "The ferry Aurora sank near Delmare on 3 March.");
    date(&mut b, "3 March", "2031-03-03");
    let telling = told(&[a, b]);
    assert_eq!(telling.timeline.len(), 1);
    assert_eq!(telling.timeline[0].when.value, "2031-03-03");
    assert_eq!(telling.timeline[0].reports.len(), 2);
}

#[test]
fn a_day_without_a_year_is_marked_and_gives_way_to_a_known_one() {
    let mut a = report("a", Some("2031-03-04"), "The ferry Aurora sank off Delmare on Monday.");
    date(&mut a, "Monday", "2031-03-03");
    let mut b = report("b", None, "Divers found the ferry Aurora on 9 March.");
    date(&mut b, "9 March", "XXXX-03-09");
    let mut c = report("c", None, "The ferry Aurora sank off Delmare on 3 March.");
    date(&mut c, "3 March", "XXXX-03-03");
    let telling = told(&[a, b, c]);
    let values: Vec<_> = telling.timeline.iter().map(|e| (e.when.value.as_str(), e.uncertain.is_some())).collect();
    assert_eq!(values, [("2031-03-03", false), ("XXXX-03-09", true)]);
}

#[test]
fn a_long_story_keeps_the_days_that_matter() {
    let mut reports = Vec::new();
    for day in 1..=28 {
        let text =
            format!("Dockers of Delmare met for talk number {day} on 1-{day}. The strike of Delmare began on 1-5.");
        let mut report = report(&format!("r{day:02}"), Some(&format!("2031-01-{day:02}")), &text);
        date(&mut report, &format!("1-{day}."), &format!("2031-01-{day:02}"));
        date(&mut report, "1-5.", "2031-01-05");
        reports.push(report);
    }
    let telling = told(&reports);
    assert!(telling.timeline.len() < 20, "{}", telling.timeline.len());
    assert!(telling.timeline.iter().any(|e| e.when.value == "2031-01-05"));
}

#[test]
fn the_order_of_the_reports_leaves_no_trace() {
    let texts = [
        "The ferry Aurora sank off Delmare. The harbour was closed for a day. Ada Orr visited the port.",
        "The ferry Aurora sank near Delmare. Fishermen pulled eleven people from the sea. The harbour was closed for days.",
        "Fishermen pulled eleven people out. The ferry Aurora sank at Delmare. Ben Lee owns the ferry.",
    ];
    let mut reports: Vec<Report> = (0..3).map(|n| report(&format!("r{n}"), None, texts[n])).collect();
    date(&mut reports[1], "days", "2031-03-03");
    let first = told_in(&reports, &[0, 1, 2]);
    assert!(first.account.len() > 2 && first.timeline.len() == 1);
    for order in [[2, 1, 0], [1, 2, 0], [0, 2, 1], [2, 0, 1]] {
        assert_eq!(told_in(&reports, &order), first);
    }
}

#[test]
fn odd_reports_do_no_harm() {
    for text in ["", "Fire", "😀 😀 😀", "“", "\n\n", "A \u{202e}. B. C."] {
        let telling = told(&[report("a", None, text), report("b", Some("odd"), text)]);
        assert!(telling.account.len() <= 2);
    }
}
