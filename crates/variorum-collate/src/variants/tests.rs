//! Differences as a reader of several reports would see them, and what he would not call one.

use variorum_news::{
    Annotations, Collation, DateKind, DateMention, Figure, Lineage, Name, NameKind, Party, Quote, QuoteKind, Report,
    Spanner, Verdict,
};
use variorum_text::sentences;

use crate::{Options, collate};

/// A report: when it was published, its text, and what `annotate` found in it.
#[derive(Default)]
struct Told<'a> {
    published: &'a str,
    text: &'a str,
    figures: &'a [(&'a str, f64, &'a str)],
    dates: &'a [(&'a str, &'a str)],
    people: &'a [&'a str],
    quote: Option<(&'a str, &'a str)>,
}

fn report(n: usize, told: &Told) -> Report {
    let mut report = Report::of_text(format!("r{n}"), told.text);
    report.published = Some(told.published.to_owned()).filter(|p| !p.is_empty());
    let spanner = Spanner::new(&report.id, &report.text);
    let span = |words: &str| {
        let at = told.text.find(words).unwrap();
        spanner.span(at..at + words.len())
    };
    let figure = |(words, value, what): &(&str, f64, &str)| Figure {
        span: span(words),
        value: *value,
        high: None,
        unit: None,
        what: Some((*what).to_owned()),
        hedge: None,
        trend: None,
        per: None,
        vague: false,
    };
    let date = |(words, value): &(&str, &str)| DateMention {
        span: span(words),
        value: (*value).to_owned(),
        kind: DateKind::Date,
        modifier: None,
    };
    let name = |words: &&str| Name { span: span(words), kind: NameKind::Person, entity: "e1".to_owned(), sure: true };
    let quote = |(words, speaker): (&str, &str)| Quote {
        span: span(words),
        kind: QuoteKind::Direct,
        speaker: Some(Party { name: speaker.to_owned(), span: span(speaker) }),
        cue: None,
    };
    let notes = Annotations {
        sentences: sentences(told.text).into_iter().map(|range| spanner.span(range)).collect(),
        figures: told.figures.iter().map(figure).collect(),
        dates: told.dates.iter().map(date).collect(),
        names: told.people.iter().map(name).collect(),
        quotes: told.quote.into_iter().map(quote).collect(),
        ..Annotations::default()
    };
    report.annotations = Some(notes);
    report
}

fn collation(told: &[Told]) -> Collation {
    collation_with(told, Options::default())
}

fn collation_with(told: &[Told], options: Options) -> Collation {
    let reports: Vec<Report> = told.iter().enumerate().map(|(n, t)| report(n, t)).collect();
    collate(&reports.iter().collect::<Vec<_>>(), &Lineage::default(), &options)
}

/// The variants, each as `figure killed: 2 | 3`, with a `~` where time explains it.
fn differences(told: &[Told]) -> Vec<String> {
    let say = |v: &variorum_news::Variant| {
        let readings: Vec<&str> = v.readings.iter().map(|r| r.span.text.as_str()).collect();
        format!("{}{:?} {}: {}", if v.development { "~" } else { "" }, v.kind, v.about, readings.join(" | "))
    };
    collation(told).variants.iter().map(say).collect()
}

fn at<'a>(published: &'a str, text: &'a str) -> Told<'a> {
    Told { published, text, ..Told::default() }
}

#[test]
fn a_later_higher_toll_is_a_development() {
    assert_eq!(
        differences(&[
            at("2025-03-27T08:00:00Z", "Two people were killed when the Delmare ferry sank."),
            at("2025-03-28T08:00:00Z", "Five people were killed when the ferry sank off Delmare."),
        ]),
        ["~Figure killed: Two people | Five people"]
    );
}

#[test]
fn unlike_tolls_of_one_hour_contradict_each_other() {
    assert_eq!(
        differences(&[
            at("2025-03-27T08:00:00Z", "Two people were killed when the Delmare ferry sank."),
            at("2025-03-27T08:10:00Z", "Five people were killed when the ferry sank off Delmare."),
        ]),
        ["Figure killed: Two people | Five people"]
    );
}

#[test]
fn those_taken_to_hospital_are_held_against_their_like() {
    let early = "2025-03-27T08:00:00Z";
    let found = differences(&[
        at(early, "41 people were taken to a hospital after the Delmare leak."),
        at(early, "After the Delmare leak 46 people were treated in a hospital."),
    ]);
    assert_eq!(found, ["Figure injured: 41 people | 46 people"]);
    let none: [String; 0] = [];
    let hurt = [
        at(early, "41 people were taken to a hospital after the Delmare leak."),
        at(early, "The Delmare leak hurt 90 people."),
    ];
    assert_eq!(differences(&hurt), none);
}

#[test]
fn the_dead_do_not_grow_fewer() {
    let found = differences(&[
        at("2025-03-27T08:00:00Z", "Five people were killed when the Delmare ferry sank."),
        at("2025-03-28T08:00:00Z", "Two people were killed when the ferry sank off Delmare."),
    ]);
    assert_eq!(found, ["Figure killed: Five people | Two people"]);
}

#[test]
fn fewer_injured_later_are_a_development() {
    let found = differences(&[
        at("2025-03-27T08:00:00Z", "Nine people were injured in the Delmare fire."),
        at("2025-03-28T08:00:00Z", "Seven people were injured in the Delmare fire."),
    ]);
    assert_eq!(found, ["~Figure injured: Nine people | Seven people"]);
}

#[test]
fn equal_or_open_tolls_are_no_difference() {
    let none: [String; 0] = [];
    let early = "2025-03-27T08:00:00Z";
    assert_eq!(differences(&[at(early, "Two people died in the fire."), at(early, "The fire killed two.")]), none);
    assert_eq!(
        differences(&[at(early, "At least two people died in the fire."), at(early, "The fire killed four people.")]),
        none
    );
    assert_eq!(
        differences(&[at(early, "A man died in the fire."), at(early, "The fire killed four people in all.")]),
        none
    );
    assert_eq!(
        differences(&[at(early, "Dozens were hurt in the fire."), at(early, "The fire injured 41 people.")]),
        none
    );
    assert_eq!(
        differences(&[at(early, "Two people were killed."), at(early, "Two people were killed and nine were hurt.")]),
        none
    );
}

#[test]
fn an_older_incident_is_no_difference() {
    let none: [String; 0] = [];
    let early = "2025-03-27T08:00:00Z";
    assert_eq!(
        differences(&[
            at(early, "Two people died in the Delmare fire."),
            at(early, "Two people died in the fire. Three years ago a fire on the same pier killed eleven people."),
        ]),
        none
    );
}

#[test]
fn each_report_has_one_reading_with_its_time() {
    let found = collation(&[
        at(
            "2025-03-28T08:00:00Z",
            "Five people were killed when the Delmare ferry sank. Two of the dead were children.",
        ),
        at("2025-03-27T08:00:00+02:00", "A sailor died when the Delmare ferry sank."),
        at("2025-03-29", "The ferry was raised."),
    ]);
    let statement = found.statements.iter().find(|s| s.about.as_deref() == Some("killed")).unwrap();
    let read: Vec<(&str, Option<&str>)> =
        statement.readings.iter().map(|r| (r.span.text.as_str(), r.when.as_deref())).collect();
    assert_eq!(read, [("A sailor", Some("2025-03-27T06:00")), ("Five people", Some("2025-03-28T08:00"))]);
    assert_eq!(statement.gist.text, "Five people");
}

#[test]
fn a_development_that_two_origins_end_on_is_agreed() {
    let found = collation(&[
        at("2025-03-27T08:00:00Z", "Two people were killed when the Delmare ferry sank."),
        at("2025-03-28T08:00:00Z", "Five people were killed when the ferry sank off Delmare."),
        at("2025-03-28T18:00:00Z", "The sinking of the ferry killed five people."),
    ]);
    let statement = found.statements.iter().find(|s| s.about.as_deref() == Some("killed")).unwrap();
    assert_eq!(statement.verdict, Verdict::Agreed);
    let contradiction = collation(&[
        at("2025-03-27T08:00:00Z", "Two people were killed when the Delmare ferry sank."),
        at("2025-03-27T08:00:00Z", "Five people were killed when the ferry sank off Delmare."),
    ]);
    let statement = contradiction.statements.iter().find(|s| s.about.as_deref() == Some("killed")).unwrap();
    assert_eq!(statement.verdict, Verdict::Differs);
}

#[test]
fn an_amount_differs_where_the_same_party_does_the_same() {
    let a = Told {
        text: "The Delmare council bought three ferries for the harbour.",
        figures: &[("three ferries", 3.0, "ferries")],
        ..Told::default()
    };
    let b = Told {
        text: "The Delmare council bought four ferries for the old harbour.",
        figures: &[("four ferries", 4.0, "ferries")],
        ..Told::default()
    };
    assert_eq!(differences(&[a, b]), ["Figure ferries: three ferries | four ferries"]);
}

#[test]
fn an_amount_of_another_party_is_no_difference() {
    let a = Told {
        text: "Ada Orr scored nine goals for the Delmare harbour club.",
        figures: &[("nine goals", 9.0, "goals")],
        ..Told::default()
    };
    let b = Told {
        text: "Ben Lee scored four goals for the Delmare harbour club.",
        figures: &[("four goals", 4.0, "goals")],
        ..Told::default()
    };
    assert_eq!(differences(&[a, b]), [] as [String; 0]);
}

#[test]
fn a_day_differs_where_the_same_party_does_the_same() {
    let a = Told {
        text: "The Delmare council closed the old harbour on Monday.",
        dates: &[("Monday", "2025-03-24")],
        ..Told::default()
    };
    let b = Told {
        text: "The council closed Delmare's old harbour on Tuesday.",
        dates: &[("Tuesday", "2025-03-25")],
        ..Told::default()
    };
    assert_eq!(differences(&[a, b]), ["Date Monday: Monday | Tuesday"]);
}

#[test]
fn today_in_two_reports_is_no_difference() {
    let a = Told {
        published: "2025-03-24",
        text: "The Delmare council closed the old harbour today.",
        dates: &[("today", "2025-03-24")],
        ..Told::default()
    };
    let b = Told {
        published: "2025-03-25",
        text: "The Delmare council closed the old harbour today.",
        dates: &[("today", "2025-03-25")],
        ..Told::default()
    };
    assert_eq!(differences(&[a, b]), [] as [String; 0]);
}

#[test]
fn another_act_has_its_own_day() {
    let a = Told {
        text: "The Delmare council closed the old harbour on Monday.",
        dates: &[("Monday", "2025-03-24")],
        ..Told::default()
    };
    let b = Told {
        text: "The Delmare council will open the old harbour on Tuesday.",
        dates: &[("Tuesday", "2025-03-25")],
        ..Told::default()
    };
    assert_eq!(differences(&[a, b]), [] as [String; 0]);
}

#[test]
fn three_spellings_are_one_finding() {
    let told = |text, person| Told { text, people: person, ..Told::default() };
    let found = differences(&[
        told("Mayor Marta Kowalski opened the pier.", &["Marta Kowalski"]),
        told("The pier was opened by Marta Kowalsky.", &["Marta Kowalsky"]),
        told("Marta Kowalsli opened a new pier in Delmare.", &["Marta Kowalsli"]),
    ]);
    assert_eq!(found, ["Name Marta Kowalski: Marta Kowalski | Marta Kowalsky | Marta Kowalsli"]);
}

#[test]
fn a_quote_in_other_words_differs() {
    let told = |text, quote| Told { text, quote: Some(quote), ..Told::default() };
    let found = collation(&[
        told(
            "“We will not close the harbour this year,” Ada Orr said.",
            ("We will not close the harbour this year", "Ada Orr"),
        ),
        told(
            "“We will never close the harbour this year,” Ada Orr told us.",
            ("We will never close the harbour this year", "Ada Orr"),
        ),
    ]);
    let quotes: Vec<_> = found.statements.iter().filter(|s| s.kind == variorum_news::StatementKind::Quote).collect();
    assert_eq!(quotes.len(), 1);
    assert_eq!((quotes[0].verdict, quotes[0].readings.len()), (Verdict::Differs, 2));
}

#[test]
fn one_quote_of_two_people_is_a_difference() {
    let told = |text, quote| Told { text, quote: Some(quote), ..Told::default() };
    let found = collation_with(
        &[
            told(
                "“We will not close the harbour this year,” Ada Orr said.",
                ("We will not close the harbour this year", "Ada Orr"),
            ),
            told(
                "“We will not close the harbour this year,” Ben Lee said.",
                ("We will not close the harbour this year", "Ben Lee"),
            ),
        ],
        Options { all: true },
    );
    assert_eq!(found.variants.len(), 1);
    assert_eq!(found.variants[0].kind, variorum_news::VariantKind::Attribution);
}

#[test]
fn a_last_name_alone_is_no_second_person() {
    let told = |text, quote| Told { text, quote: Some(quote), ..Told::default() };
    let found = differences(&[
        told(
            "“We will not close the harbour this year,” Ada Orr said.",
            ("We will not close the harbour this year", "Ada Orr"),
        ),
        told(
            "“We will not close the harbour this year,” Orr said.",
            ("We will not close the harbour this year", "Orr"),
        ),
    ]);
    assert_eq!(found, [] as [String; 0]);
}

#[test]
fn a_denial_of_the_same_act_is_a_difference() {
    let found = differences(&[
        at("", "The Delmare council closed the old harbour after the storm."),
        at("", "The Delmare council did not close the old harbour after the storm."),
    ]);
    assert_eq!(found, ["Polarity closed: closed | not close"]);
}

#[test]
fn a_denial_of_another_act_is_none() {
    let none: [String; 0] = [];
    let told = "The Delmare council closed the old harbour after the storm.";
    assert_eq!(differences(&[at("", told), at("", "The council did not close the new harbour school.")]), none);
    assert_eq!(
        differences(&[at("", told), at("", "The council may not close the old harbour after the storm.")]),
        none
    );
    assert_eq!(differences(&[at("", told), at("", "Ada Orr did not close the old harbour after the storm.")]), none);
}
