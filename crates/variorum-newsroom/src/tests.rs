//! The newsroom as its readers and editors meet it.

mod corrections;
mod making;
mod placing;
mod sequences;

use std::collections::{BTreeMap, BTreeSet};

use tempfile::TempDir;
use variorum_news::{Report, Story};
use variorum_store::Store;

use crate::{Action, By, Desk, Options, Taken, Told, Worked, correct, told};

/// Some time in 2026, in seconds since 1970.
const NOW: i64 = 1_772_700_000;

/// What happened: place, person, lead, what else is told. Reports of one row tell one story.
const EVENTS: [(&str, &str, &str, &str); 6] = [
    (
        "Delmare",
        "Ada Orr",
        "The ferry Amalia ran aground near the Delmare harbour wall at dusk, and divers searched its flooded hull",
        "Tugs pulled the vessel off the rocks with the morning tide",
    ),
    (
        "Karsholm",
        "Jonas Veld",
        "Teachers at the Karsholm primary school walked out over unpaid overtime and unheated classrooms",
        "The ministry called the strike unlawful and offered to negotiate salaries",
    ),
    (
        "Vesterland",
        "Ines Marlow",
        "Engineers closed the Vesterland bridge after cracks were found in two of its northern pillars",
        "Lorries were sent round by the motorway while steel plates were welded",
    ),
    (
        "Port Brava",
        "Rolf Adame",
        "A blaze in the Port Brava cannery burned all night and the roof of the packing hall collapsed",
        "Firefighters blamed an overheated sardine oven for the flames",
    ),
    (
        "Saint Ava",
        "Lena Quist",
        "Doctors in Saint Ava warned that the new measles vaccine had not reached rural clinics",
        "Parents queued at the hospital pharmacy, and infections doubled in a fortnight",
    ),
    (
        "Lower Ness",
        "Piet Samson",
        "Auditors found that the Lower Ness savings bank had lent forty million crowns to its own director",
        "Prosecutors froze the accounts and seized a yacht bought with depositors' money",
    ),
];

const OUTLETS: [&str; 4] = ["Delmare Herald", "The Tribune", "Coast Post", "Northern Wire"];

/// Returns telling `n` of event `event`: `n` of 3 copies the first, others tell it in words of their own.
fn report(event: usize, n: usize) -> Report {
    let (place, person, lead, more) = EVENTS[event % EVENTS.len()];
    let surname = person.split(' ').next_back().unwrap_or_default();
    let told = if n % 4 == 3 { 0 } else { n };
    let people = 12 + 7 * event + 2 * (told % 2);
    let own = [
        format!(
            "{lead}. {person} said that {people} people were hurt on Monday. \"We will ask who knew of it,\" {surname} said. {more}."
        ),
        format!("{lead}, officials said. At least {people} people were hurt, according to {person}. {more}."),
        format!("{more}. It had begun on Monday: {lead}. {person} put the number of people hurt at {people}."),
    ];
    let text = own[told % 3].clone();
    let mut report = Report::of_text(format!("e{event}-{n}"), text);
    report.url = Some(format!("https://{}.example/e{event}/{n}", ["herald", "tribune", "post", "wire"][n % 4]));
    report.outlet = Some(OUTLETS[n % 4].to_owned());
    report.title = Some(format!("{people} hurt in {place}, {person} says"));
    report.published = Some(format!("2026-03-{:02}T{:02}:00:00Z", 2 + event % 3, 6 + n % 12));
    report.language = Some("en".to_owned());
    report
}

fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("v.db")).unwrap();
    (folder, store)
}

fn desk(store: &Store) -> Desk {
    match Desk::take(store, Options::default()).unwrap() {
        Taken::Here(desk) => desk,
        Taken::Elsewhere(pid) => panic!("process {pid:?} has the desk"),
    }
}

/// Works until nothing is left and returns how many stories were made.
fn work(desk: &mut Desk, now: i64) -> usize {
    let mut made = 0;
    loop {
        let Worked { made: n, unplaced, stale, .. } = desk.work(now).unwrap();
        made += n;
        if unplaced == 0 && stale == 0 {
            return made;
        }
    }
}

/// Keeps reports and works until nothing is left.
fn add(store: &Store, reports: Vec<Report>, now: i64) -> usize {
    store.keep(reports, now).unwrap();
    let mut desk = desk(store);
    let made = work(&mut desk, now);
    desk.leave().unwrap();
    made
}

/// Returns the names of the reports of each story, in any order of stories.
fn members(store: &Store) -> BTreeSet<Vec<String>> {
    by_story(store).into_values().collect()
}

/// Returns the names of the reports of each story, by its name.
fn by_story(store: &Store) -> BTreeMap<String, Vec<String>> {
    let mut stories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    store
        .read(|view| {
            for placed in view.placed_after(0, usize::MAX >> 1)? {
                let row = view.report_row(placed.report)?.unwrap();
                stories.entry(placed.story).or_default().push(row.id.to_string());
            }
            Ok(())
        })
        .unwrap();
    stories.values_mut().for_each(|reports| reports.sort());
    stories
}

/// Returns the story that a report is in.
fn story_of(store: &Store, report: &str) -> String {
    store.read(|view| Ok(view.placed(view.seq(report)?.unwrap())?.unwrap().story)).unwrap()
}

fn tell(store: &Store, story: &str) -> Told {
    store.read(|view| Ok(told(view, story))).unwrap().unwrap().unwrap()
}

/// Returns all stories as bytes, without their names, which tell who came first.
fn bytes(store: &Store) -> BTreeSet<String> {
    let stories = by_story(store).into_keys().map(|story| {
        let story: Story = store.read(|view| view.story(&story)).unwrap().unwrap();
        serde_json::to_string(&Story { id: String::new(), ..story }).unwrap()
    });
    stories.collect()
}

fn by() -> By {
    By { who: "Mira Sand".to_owned(), reason: "the same night at the harbour".to_owned() }
}

fn merge(store: &Store, story: &str, with: &str) -> i64 {
    let action = Action::Merge { story: story.to_owned(), with: with.to_owned() };
    correct(store, action, by(), NOW).unwrap()
}

fn split(store: &Store, story: &str, reports: &[&str]) -> i64 {
    let reports = reports.iter().map(|id| (*id).into()).collect();
    correct(store, Action::Split { story: story.to_owned(), reports }, by(), NOW).unwrap()
}
