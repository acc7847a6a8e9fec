//! An invented desk, whose story grows step by step.

use std::cell::RefCell;

use tempfile::TempDir;
use variorum_news::Report;
use variorum_newsroom::{Action, By, Desk, Options, Taken, correct};
use variorum_store::alerts::{Alert, NewChannel, NewRule, Watched, When};
use variorum_store::search::Search;
use variorum_store::{Receipt, Store};

use crate::look::look_at;

/// Some time in 2026, in seconds since 1970.
pub const NOW: i64 = 1_772_700_000;

pub const HERALD: &str = "Two ferries collided off Delmare on Monday morning and 12 people were injured, harbour master Ada Orr said.\n\
    The Aurora and the Petrel met in thick fog near the Karsholm light at 7 a.m.\n\
    The port authority of Delmare may suspend the service until Friday, Orr said.";
pub const COURIER: &str = "A collision of two ferries off Delmare on Monday injured 19 people, the coast guard of Vesterland said.\n\
    The coast guard sent three boats to the Karsholm light, spokesman Ivo Brandt said.\n\
    The ferries Aurora and Petrel had met in fog.\n\
    Divers of the Vesterland rescue service went down to a hole below the waterline and found the engine room half full of water, he added.\n\
    A tug is to tow one of the two vessels to a shipyard at Port Brava, where surveyors will look at the damage before anybody sails again.\n\
    Passengers spent the night in a school gym that the town had opened for them, and many waited for buses until the morning.";
/// The same in so few words that nobody can tell whose they are.
pub const SHORT: &str = "A collision of two ferries off Delmare on Monday injured 19 people, the coast guard of Vesterland said.\n\
    The coast guard sent three boats to the Karsholm light, spokesman Ivo Brandt said.\n\
    The ferries Aurora and Petrel had met in fog.";
pub const DIGEST: &str = "Two ferries collided off Delmare on Monday morning and 12 people were injured, harbour master Ada Orr said.\n\
    The Aurora and the Petrel met in thick fog near the Karsholm light at 7 a.m.\n\
    The port authority of Delmare will suspend the service until Friday, Orr said.";
pub const BALLOT: &str = "Voters in Ostrana rejected a new tram line on Sunday with 54 percent of the ballots.\n\
    Mayor Lena Falk said that the city would now buy buses for the hill district.";

/// A desk of its own, gone with the test.
pub struct Room {
    folder: TempDir,
    pub store: Store,
    pub search: Search,
    /// How many lines of what moved a look takes up.
    pub at_once: usize,
    /// The reports in the order they came, which is that of their publication.
    came: RefCell<Vec<String>>,
}

impl Room {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("v.db")).unwrap();
        let search = Search::open(&store);
        Room { folder, store, search, at_once: 64, came: RefCell::default() }
    }

    /// Closes the record and opens it again, as after a crash.
    pub fn again(self) -> Self {
        let Room { folder, store, search, at_once, came } = self;
        drop((store, search));
        let store = Store::open(folder.path().join("v.db")).unwrap();
        let search = Search::open(&store);
        Room { folder, store, search, at_once, came }
    }

    pub fn keep(&self, id: &str, outlet: &str, text: &str) -> Receipt {
        let mut report = Report::of_text(id, text);
        report.title = Some(text.split(['.', '\n']).next().unwrap_or(id).to_owned());
        report.outlet = Some(outlet.to_owned());
        report.language = Some("en".to_owned());
        report.url = Some(format!("https://{id}.example/a"));
        let mut came = self.came.borrow_mut();
        let n = came.iter().position(|known| known == id).unwrap_or_else(|| {
            came.push(id.to_owned());
            came.len() - 1
        });
        report.published = Some(format!("2026-03-05T{:02}:00:00Z", 6 + n));
        self.store.keep(vec![report], NOW).unwrap().remove(0)
    }

    /// Places and makes all that waits.
    pub fn work(&self) {
        let Taken::Here(mut desk) = Desk::take(&self.store, Options::default()).unwrap() else {
            panic!("nobody has it")
        };
        loop {
            let worked = desk.work(NOW).unwrap();
            if worked.unplaced == 0 && worked.stale == 0 {
                break;
            }
        }
        desk.leave().unwrap();
    }

    /// Keeps a report, and does all that follows.
    pub fn comes(&self, id: &str, outlet: &str, text: &str) {
        self.keep(id, outlet, text);
        self.work();
    }

    pub fn rule(&self, when: When, story: Option<&str>, query: Option<&str>) -> i64 {
        self.rule_to(when, story, query, Vec::new())
    }

    pub fn rule_to(&self, when: When, story: Option<&str>, query: Option<&str>, channels: Vec<NewChannel>) -> i64 {
        let watched = Watched { when, story: story.map(str::to_owned), query: query.map(str::to_owned), source: None };
        let name = format!("{when:?} {story:?} {query:?} {}", self.store.read(|view| view.rules()).unwrap().len());
        let rule = NewRule { name, watched, channels, who: "Mira Sand".to_owned(), at: NOW };
        self.store.write(move |writing| writing.make_rule(rule)).unwrap().unwrap().n
    }

    /// Looks until nothing is left, and returns what was told, in order.
    pub fn look(&self, now: i64) -> Vec<Alert> {
        let before = self.store.read(|view| view.alerts(None, i64::MAX, 1)).unwrap().first().map_or(0, |alert| alert.n);
        for _ in 0..100 {
            if !look_at(&self.store, &self.search, now, self.at_once).unwrap().more {
                break;
            }
        }
        let mut told = self.store.read(|view| view.alerts(None, i64::MAX, 1_000)).unwrap();
        told.retain(|alert| alert.n > before);
        told.reverse();
        told
    }

    pub fn story_of(&self, report: &str) -> String {
        self.store.read(|view| Ok(view.placed(view.seq(report)?.unwrap())?.unwrap().story)).unwrap()
    }

    pub fn merge(&self, story: &str, with: &str) {
        let by = By { who: "Mira Sand".to_owned(), reason: "one night".to_owned() };
        let action = Action::Merge { story: story.to_owned(), with: with.to_owned() };
        correct(&self.store, action, by, NOW).unwrap();
        self.work();
    }

    pub fn split(&self, story: &str, report: &str) {
        let by = By { who: "Mira Sand".to_owned(), reason: "another night".to_owned() };
        let action = Action::Split { story: story.to_owned(), reports: vec![report.into()] };
        correct(&self.store, action, by, NOW).unwrap();
        self.work();
    }

    /// Makes every story anew, as after a new version of the program.
    pub fn make_anew(&self) {
        self.store
            .write(|writing| {
                writing.drop_readings()?;
                writing.mark_all_stale()?;
                Ok(())
            })
            .unwrap();
        self.work();
        // A line for every story, as though each had shown a reader something else.
        let stories = self.store.read(|view| view.story_ids()).unwrap();
        self.store
            .write(move |writing| {
                let shown = serde_json::json!({ "came": [], "left": [], "revised": [], "origins": [0, 0], "new_variants": [],
                    "gone_variants": [], "new_drift": [], "gone_drift": [] });
                stories.iter().try_for_each(|story| writing.put_edition(story, NOW, &shown).map(|_| ()))
            })
            .unwrap();
    }
}

/// Returns what alerts say, in a line each: our words, and those of reports.
pub fn said(alerts: &[Alert]) -> Vec<String> {
    let line = |alert: &Alert| {
        let words = alert.words.clone().unwrap();
        let lines = words.lines.iter().map(|line| {
            let span = line.span.as_ref().map(|span| format!(" “{}”", span.text)).unwrap_or_default();
            format!("{} {}{span}", line.label, line.report.as_deref().unwrap_or_default())
        });
        format!("{} | {}", words.says, lines.collect::<Vec<_>>().join(" | "))
    };
    alerts.iter().map(line).collect()
}
