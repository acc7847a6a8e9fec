mod alike;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use variorum_news::{GroupLine, Placement, Report};

use crate::{Options, Shelf, explain, group, place};

const LISSEN: &str = "A magnitude 6.1 earthquake struck the island of Lissen on Tuesday, killing 14 people. Governor Tamas Orvel said \
    rescue teams from Port Adran were digging through 40 collapsed houses in the village of Meru.";
const LISSEN_TOO: &str = "At least 14 people died when a 6.1 quake hit Lissen, Governor Tamas Orvel told reporters in Port Adran. \
    Teams searched some 40 houses that fell in the village of Meru.";
const KORVA: &str = "A magnitude 5.4 earthquake struck the Korva valley on Tuesday, killing 3 people. Mayor Ilse Brandt said rescue \
    teams from Dunmere were digging through 9 collapsed houses in the town of Hask.";
const KORVA_TOO: &str = "Three people were killed and the town of Hask lost its school in a 5.4 quake, Mayor Ilse Brandt said. The \
    Korva valley waits for teams from Dunmere to clear 9 houses.";
const BANK: &str = "Shares of Novalis Bank fell 12% after its chief executive, Petra Lindqvist, resigned over loans to a shipping \
    company. The central bank of Estmark will review 300 million crowns of credit.";

fn report(id: &str, text: &str) -> Report {
    Report::of_text(id, text)
}

fn dated(id: &str, text: &str, published: &str) -> Report {
    Report { published: Some(published.to_owned()), ..report(id, text) }
}

/// Streams the reports; returns the first answers and the story of each report after all merges.
fn stream(reports: &[Report], options: &Options) -> (Vec<Placement>, BTreeMap<String, String>) {
    let mut shelf = Shelf::default();
    let (mut placements, mut story): (Vec<Placement>, BTreeMap<String, String>) = Default::default();
    for line in reports.iter().flat_map(|report| place(&mut shelf, report, options)) {
        match line {
            GroupLine::Placement(placement) => {
                story.insert(placement.id.to_string(), placement.story.clone());
                placements.push(placement);
            }
            GroupLine::Merge(merge) => {
                let [first, second] = merge.merge;
                story.values_mut().filter(|name| **name == second).for_each(|name| name.clone_from(&first));
            }
            GroupLine::Split(split) => {
                let [first, second] = split.split;
                for id in &split.reports {
                    assert_eq!(story.insert(id.to_string(), second.clone()), Some(first.clone()));
                }
            }
        }
    }
    (placements, story)
}

fn whole(reports: &[Report]) -> Vec<Placement> {
    group(&reports.iter().collect::<Vec<_>>(), &Options::default())
}

/// Returns the ids of each story, joined by "+", in order.
fn stories(of: impl IntoIterator<Item = (String, String)>) -> String {
    let mut members: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, story) in of {
        members.entry(story).or_default().insert(id);
    }
    let lines: BTreeSet<String> =
        members.into_values().map(|ids| ids.into_iter().collect::<Vec<_>>().join("+")).collect();
    lines.into_iter().collect::<Vec<_>>().join(" ")
}

/// Both ways must find the same stories.
fn check(reports: &[Report], expected: &str) {
    assert_eq!(stories(stream(reports, &Options::default()).1), expected, "streamed");
    let placed = whole(reports).into_iter().map(|placed| (placed.id.to_string(), placed.story));
    assert_eq!(stories(placed), expected, "whole");
}

#[test]
fn two_reports_of_one_quake_share_a_story() {
    check(&[report("a", LISSEN), report("b", BANK), report("c", LISSEN_TOO)], "a+c b");
}

#[test]
fn two_quakes_of_one_day_stay_apart() {
    check(&[report("a", LISSEN), report("b", KORVA), report("c", LISSEN_TOO), report("d", KORVA_TOO)], "a+c b+d");
}

#[test]
fn the_name_of_a_story_comes_from_its_first_report() {
    let (streamed, _) = stream(&[report("a", LISSEN)], &Options::default());
    let (again, _) = stream(&[report("a", LISSEN), report("c", LISSEN_TOO)], &Options::default());
    assert_eq!(streamed[0].story, again[1].story);
    assert_eq!(streamed[0].story, whole(&[report("a", LISSEN)])[0].story);
}

fn duplicate(first: &str, second: &str) -> Option<String> {
    let placed = whole(&[report("a", first), report("b", second)]);
    let (streamed, _) = stream(&[report("a", first), report("b", second)], &Options::default());
    assert_eq!(placed[1].duplicate_of, streamed[1].duplicate_of);
    placed[1].duplicate_of.as_deref().map(str::to_owned)
}

#[test]
fn a_copy_is_a_copy_under_furniture_edits_and_cuts() {
    let long = format!("{LISSEN} {BANK} {KORVA}");
    assert_eq!(duplicate(&long, &long).as_deref(), Some("a"));
    assert_eq!(
        duplicate(&long, &format!("Original Source: herald.example\n{long}\nShare this page")).as_deref(),
        Some("a")
    );
    assert_eq!(duplicate(&long, &long.replace("rescue", "relief").replace("fell", "dropped")).as_deref(), Some("a"));
    assert_eq!(duplicate(&long, &format!("{LISSEN} {BANK}")).as_deref(), Some("a"));
}

#[test]
fn another_telling_and_a_form_letter_are_no_copies() {
    assert_eq!(duplicate(LISSEN, LISSEN_TOO), None);
    let form = "Police arrested {} in the {} district late on {} after a short chase through the market and the old town hall. \
        The suspect will appear before a judge within two days, a spokesman for the force said. Witnesses may call {}.";
    let fill = |words: [&str; 4]| words.iter().fold(form.to_owned(), |text, word| text.replacen("{}", word, 1));
    assert_eq!(
        duplicate(&fill(["Juno Abel", "Carrow", "Monday", "555"]), &fill(["Marit Osk", "Velden", "Friday", "880"])),
        None
    );
}

#[test]
fn empty_and_tiny_reports_are_no_copies_of_other_tiny_ones() {
    assert_eq!(duplicate("", ""), None);
    assert_eq!(duplicate("Updates", "Photos"), None);
    check(&[report("a", ""), report("b", ""), report("c", "Quake")], "a b c");
}

#[test]
fn a_hundred_identical_reports_are_one_story_and_copies_of_the_first() {
    let reports: Vec<Report> = (0..100).map(|n| report(&format!("r{n:03}"), LISSEN)).collect();
    let (streamed, _) = stream(&reports, &Options::default());
    for placed in [streamed, whole(&reports)] {
        assert!(placed.iter().all(|answer| answer.story == placed[0].story));
        assert!(placed[1..].iter().all(|answer| answer.duplicate_of.as_deref() == Some("r000")));
        assert_eq!(placed[0].duplicate_of, None);
    }
}

#[test]
fn the_earlier_report_is_the_original_whatever_comes_first() {
    let reports = [dated("z", LISSEN, "2031-04-02T08:00:00Z"), dated("a", LISSEN, "2031-04-02T12:00:00+03:00")];
    assert_eq!(whole(&reports)[1].duplicate_of.as_deref(), Some("z"));
    let reports = [dated("z", LISSEN, "2031-04-02T10:00:00Z"), dated("a", LISSEN, "2031-04-02T12:00:00+03:00")];
    assert_eq!(whole(&reports)[0].duplicate_of.as_deref(), Some("a"));
}

#[test]
fn years_apart_is_another_quake() {
    let texts = [("a", LISSEN, "2021-04-02"), ("b", LISSEN_TOO, "2031-04-03")];
    let reports = texts.map(|(id, text, published)| dated(id, text, published));
    assert!(whole(&reports)[0].score > 0.0);
    let near = [dated("a", LISSEN, "2031-04-02"), dated("b", LISSEN_TOO, "2031-04-03")];
    assert!(whole(&near)[1].score > whole(&reports)[1].score || whole(&reports)[0].story != whole(&reports)[1].story);
}

#[test]
fn the_window_forgets_and_a_single_wrong_date_does_not() {
    let options = Options { window: Some(3), ..Options::default() };
    let mut shelf = Shelf::default();
    let old = dated("old", LISSEN, "2031-04-02");
    place(&mut shelf, &old, &options);
    for n in 0..4 {
        place(&mut shelf, &dated(&format!("same{n}"), BANK, "2031-04-03"), &options);
    }
    place(&mut shelf, &dated("wrong", KORVA, "2099-01-01"), &options);
    place(&mut shelf, &dated("odd", KORVA_TOO, "yesterday"), &options);
    assert!(shelf.holds(&old.id));
    for n in 0..6 {
        place(&mut shelf, &dated(&format!("late{n}"), BANK, "2031-04-20"), &options);
    }
    assert!(!shelf.holds(&old.id));
    assert!(shelf.holds(&"late5".into()));
}

#[test]
fn a_stream_that_leaps_over_the_window_keeps_what_came_after_the_leap() {
    let options = Options { window: Some(14), ..Options::default() };
    let mut shelf = Shelf::default();
    for n in 0..5 {
        place(&mut shelf, &dated(&format!("autumn{n}"), BANK, "2030-10-15"), &options);
    }
    let placed: Vec<GroupLine> = [("first", LISSEN), ("other", KORVA), ("third", KORVA_TOO), ("again", LISSEN_TOO)]
        .into_iter()
        .flat_map(|(id, text)| place(&mut shelf, &dated(id, text, "2031-03-05"), &options))
        .collect();
    let story = |id: &str| {
        placed.iter().find_map(|line| match line {
            GroupLine::Placement(placement) if &*placement.id == id => Some(placement.story.clone()),
            _ => None,
        })
    };
    assert_eq!(story("first"), story("again"));
    assert!(!shelf.holds(&"autumn0".into()));
}

#[test]
fn a_shelf_that_was_put_away_goes_on_as_before() {
    let mut shelf = Shelf::default();
    let options = Options::default();
    place(&mut shelf, &report("a", LISSEN), &options);
    place(&mut shelf, &report("b", KORVA), &options);
    let kept = serde_json::to_string(&shelf).unwrap();
    let mut again: Shelf = serde_json::from_str(&kept).unwrap();
    assert_eq!(serde_json::to_string(&again).unwrap(), kept);
    assert_eq!(
        place(&mut shelf, &report("c", LISSEN_TOO), &options),
        place(&mut again, &report("c", LISSEN_TOO), &options)
    );
}

#[test]
fn a_megabyte_is_read_in_bounded_time() {
    let text = (0..120_000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let (placed, _) = stream(&[report("a", &text), report("b", &text)], &Options::default());
    assert_eq!(placed[1].duplicate_of.as_deref(), Some("a"));
}

#[test]
fn an_explanation_quotes_what_stands_in_the_reports() {
    let (a, b, c) = (dated("a", LISSEN, "2031-04-02"), dated("b", LISSEN_TOO, "2031-04-03"), report("c", KORVA));
    let said = explain(&a, &b, &[&a, &b, &c], &Options::default()).join("\n");
    assert!(said.starts_with("They share a story"), "{said}");
    assert!(said.contains("“Lissen”") && said.contains("“6.1”") && said.contains("a day apart"), "{said}");
    let said = explain(&a, &c, &[&a, &b, &c], &Options::default()).join("\n");
    assert!(said.starts_with("They are in two stories"), "{said}");
    assert!(said.contains("Only a names") && said.contains("only c names"), "{said}");
}

/// Small texts that often share words, names, dates and whole sentences.
pub fn some_reports() -> impl Strategy<Value = Vec<Report>> {
    let parts = prop::sample::select(vec![LISSEN, LISSEN_TOO, KORVA, KORVA_TOO, BANK, "", "Quake.", "Meru waits."]);
    let text = prop::collection::vec(parts, 0..3).prop_map(|parts| parts.join(" "));
    let day = prop::option::of(prop::sample::select(vec!["2031-04-02", "2031-04-03T07:00:00Z", "2030-01-01", "soon"]));
    prop::collection::vec((text, day), 1..12).prop_map(|rows| {
        let report = |(n, (text, day)): (usize, (String, Option<&str>))| Report {
            published: day.map(str::to_owned),
            ..report(&format!("r{n}"), &text)
        };
        rows.into_iter().enumerate().map(report).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_whole_is_the_same_in_every_order(reports in some_reports(), turn in 0usize..12) {
        let mut turned = reports.clone();
        turned.reverse();
        let by = turn % turned.len();
        turned.rotate_left(by);
        let by_id = |placed: Vec<Placement>| {
            placed.into_iter().map(|one| (one.id.clone(), format!("{one:?}"))).collect::<BTreeMap<_, _>>()
        };
        prop_assert_eq!(by_id(whole(&reports)), by_id(whole(&turned)));
        prop_assert_eq!(whole(&reports), whole(&reports));
    }

    #[test]
    fn a_streamed_answer_does_not_know_the_future(reports in some_reports(), cut in 0usize..12) {
        let cut = cut.min(reports.len());
        let options = Options { window: Some(2), ..Options::default() };
        let (all, _) = stream(&reports, &options);
        let (first, _) = stream(&reports[..cut], &options);
        prop_assert_eq!(&all[..cut], &first[..]);
        prop_assert!(all.iter().all(|answer| (0.0..=1.0).contains(&answer.score)));
    }
}
