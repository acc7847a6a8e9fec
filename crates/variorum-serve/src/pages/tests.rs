//! What a reader of the pages relies on.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;
use variorum_news::Report;
use variorum_newsroom::{Desk, Options, Taken};
use variorum_store::Store;
use variorum_store::search::Search;

use crate::State;
use crate::address;
use crate::door::tests::{get, secret, words};

/// A newsroom of its own, gone with the test.
pub struct Room {
    _folder: TempDir,
    state: State,
}

/// The time of all tests.
pub fn now() -> i64 {
    1_772_700_000
}

/// Returns a newsroom with two reports that nobody placed yet.
pub fn newsroom() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("variorum.db")).unwrap();
    let search = Arc::new(Search::open(&store));
    let room = Room { _folder: folder, state: State { store, search, clock: now } };
    room.keep("first", "Delmare Herald", "A bakery in Calverra burned down on Sunday, Jon Weir said.");
    room.keep("<script>alert(1)</script>", "Karsholm <b>Post", "Snow closed the mountain pass of Tolmar.");
    room.state.search.catch_up(&room.state.store).unwrap();
    room
}

impl Room {
    /// Returns what a server is made from.
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// Keeps a report.
    pub fn keep(&self, id: &str, outlet: &str, text: &str) {
        let mut report = Report::of_text(id, text);
        report.title = Some(text.split('.').next().unwrap_or(id).to_owned());
        report.outlet = Some(outlet.to_owned());
        report.language = Some("en".to_owned());
        report.published = Some("2026-03-05".to_owned());
        self.state.store.keep(vec![report], now()).unwrap();
    }

    /// Places and makes all that waits.
    pub fn work(&self) {
        let Taken::Here(mut desk) = Desk::take(&self.state.store, Options::default()).unwrap() else {
            panic!("nobody has it")
        };
        loop {
            let worked = desk.work(now()).unwrap();
            if worked.unplaced == 0 && worked.stale == 0 {
                break;
            }
        }
        desk.leave().unwrap();
        self.state.search.catch_up(&self.state.store).unwrap();
    }

    /// Lets the story of an item gain an origin, an hour later.
    pub fn grow(&self, item: i64) {
        let grown = self.state.store.write(move |writing| {
            let item = writing.item("desk", item)?.unwrap();
            let mut card = writing.story_card(&item.story)?.unwrap();
            (card.origins, card.changed) = (card.origins + 1, now() + 3_600);
            let story: variorum_news::Story = writing.story(&item.story)?.unwrap();
            writing.put_story(&card, &story, writing.change()?)
        });
        grown.unwrap();
    }

    /// Returns the name of the story of a report.
    pub fn story_of(&self, report: &str) -> String {
        self.state.store.read(|view| Ok(view.placed(view.seq(report)?.unwrap())?.unwrap().story)).unwrap()
    }
}

pub const HERALD: &str = "Two ferries collided off Delmare on Monday morning and 12 people were injured, harbour master Ada Orr said.\n\
    The Aurora and the Petrel met in thick fog near the Karsholm light at 7 a.m.\n\
    The port authority of Delmare may suspend the service until Friday, Orr said.";
const COURIER: &str = "A collision of two ferries off Delmare on Monday injured 19 people, the coast guard of Vesterland said.\n\
    The coast guard sent three boats to the Karsholm light, spokesman Ivo Brandt said.\n\
    The ferries Aurora and Petrel had met in fog.";
const DIGEST: &str = "Two ferries collided off Delmare on Monday morning and 12 people were injured, harbour master Ada Orr said.\n\
    The Aurora and the Petrel met in thick fog near the Karsholm light at 7 a.m.\n\
    The port authority of Delmare will suspend the service until Friday, Orr said.";
const BALLOT: &str = "Voters in Ostrana rejected a new tram line on Sunday with 54 percent of the ballots.\n\
    Mayor Lena Falk said that the city would now buy buses for the hill district.";

/// Returns a newsroom with a story of three reports, one of one, and one of odd names; all made.
pub fn desk() -> Room {
    let room = newsroom();
    room.keep("herald-1", "Delmare Herald", HERALD);
    room.keep("courier/9?x.json", "Vesterland Courier", COURIER);
    room.keep("digest", "Daily Digest", DIGEST);
    room.keep("ballot", "Ostrana Observer", BALLOT);
    room.work();
    room
}

const EVERY: [&str; 9] =
    ["/", "/search?q=ferries", "/search?q=%22", "/saved", "/corrections", "/status", "/about", "/keys", "/nowhere"];

fn every(room: &Room) -> Vec<String> {
    let mut all: Vec<String> = EVERY.iter().map(|path| (*path).to_owned()).collect();
    for id in ["herald-1", "courier/9?x.json", "<script>alert(1)</script>"] {
        all.extend([address::report(id), address::story(&room.story_of(id))]);
    }
    all.extend(["Delmare Herald", "Karsholm <b>Post"].map(address::outlet));
    all.push(format!("{}?since=1", address::story(&room.story_of("herald-1"))));
    all
}

#[tokio::test]
async fn no_page_has_style_or_script_in_it() {
    let room = desk();
    let app = crate::app(room.state());
    for path in every(&room) {
        let page = words(get(&app, &path).await).await;
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("</html>"), "{path}");
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains("javascript:"), "{path}");
        for script in page.split("<script").skip(1) {
            assert!(script.starts_with(" defer src=\"/static/"), "{path}: {script}");
        }
        for tag in page.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            assert!(!tag.contains(" on") || tag.contains("=\""), "{path}: {tag}");
            for attribute in ["onclick", "onload", "onerror", "onsubmit"] {
                assert!(!tag.contains(attribute), "{path}: {tag}");
            }
        }
        assert_eq!(page.matches("<main").count(), 1, "{path}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn every_link_of_a_page_leads_somewhere() {
    let room = desk();
    let app = crate::app(room.state());
    for path in every(&room) {
        let page = words(get(&app, &path).await).await;
        let values = |name: &str| -> Vec<String> {
            page.split(&format!(" {name}=\""))
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
                .collect()
        };
        let ids = values("id");
        for href in values("href") {
            if let Some(place) = href.strip_prefix('#') {
                assert_eq!(ids.iter().filter(|id| *id == place).count(), 1, "{path}: #{place}");
                continue;
            }
            let to = href.split('#').next().unwrap();
            let handed = address::is_handed_out(&axum::http::Method::GET, to.split('?').next().unwrap());
            if to.starts_with('/') && !handed {
                let answer = get(&app, to).await;
                assert!(
                    answer.status().is_success() || answer.status().is_redirection(),
                    "{path}: {to} is {}",
                    answer.status()
                );
            }
        }
        let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{path}: a name stands twice: {ids:?}");
    }
}

#[tokio::test]
async fn words_of_a_report_stay_words() {
    let room = desk();
    let app = crate::app(room.state());
    for path in every(&room) {
        let page = words(get(&app, &path).await).await;
        assert!(!page.contains("<script>alert") && !page.contains("<b>Post"), "{path}");
    }
    let page = words(get(&app, &address::outlet("Karsholm <b>Post")).await).await;
    assert!(page.contains("Karsholm &lt;b&gt;Post"));
}

pub async fn json(app: &Router, path: &str) -> Value {
    let answer = get(app, path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    serde_json::from_str(&words(answer).await).unwrap()
}

#[tokio::test]
async fn the_json_of_a_page_has_its_facts() {
    let room = desk();
    let app = crate::app(room.state());
    let story = address::story(&room.story_of("herald-1"));
    let (facts, page) = (json(&app, &format!("{story}.json")).await, words(get(&app, &story).await).await);
    assert_eq!(facts["reports"].as_array().unwrap().len(), 3, "the three are one story");
    for id in facts["story"]["reports"].as_array().unwrap() {
        assert!(page.contains(&address::report(id.as_str().unwrap())), "{id}");
    }
    for key in facts["variant_keys"].as_array().unwrap().iter().chain(facts["drift_keys"].as_array().unwrap()) {
        assert!(page.contains(&format!("id=\"f-{}\"", key.as_str().unwrap())), "{key}");
    }
    let front = json(&app, "/index.json").await;
    let page = words(get(&app, "/").await).await;
    for card in front["stories"].as_array().unwrap() {
        assert!(page.contains(&address::story(card["id"].as_str().unwrap())));
    }
    let report = json(&app, &format!("{}.json", address::report("courier/9?x.json"))).await;
    assert_eq!(report["report"]["text"], COURIER);
    assert_eq!(json(&app, "/status.json").await["reports"], 6);
    assert_eq!(json(&app, "/search.json?q=fog").await["total"], 3);
    assert_eq!(json(&app, &format!("{}.json", address::outlet("Daily Digest"))).await["shared"], 1);
}

pub async fn post(app: &Router, secret: &(String, String), path: &str, fields: &str) -> Response {
    let request = Request::post(path)
        .header(header::HOST, "localhost:8417")
        .header(header::ORIGIN, "http://localhost:8417")
        .header(header::COOKIE, &secret.0)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    app.clone().oneshot(request.body(Body::from(format!("token={}&{fields}", secret.1))).unwrap()).await.unwrap()
}

#[tokio::test]
async fn two_stories_become_one_and_two_again() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    let (ferries, ballot) = (room.story_of("herald-1"), room.story_of("ballot"));
    let to = format!("/story/{}/merge", address::encode(&ferries));
    let unsaid = post(&app, &secret, &to, &format!("with={}&who=Ada&reason=+", address::encode(&ballot))).await;
    assert_eq!(unsaid.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let with = address::encode(&format!("http://localhost:8417{}", address::story(&ballot)));
    let done = post(&app, &secret, &to, &format!("with={with}&who=Ada&reason=one+day")).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    room.work();
    let moved = get(&app, &format!("{}.json", address::story(&ballot))).await;
    assert_eq!(moved.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(moved.headers()[header::LOCATION], format!("{}.json", address::story(&ferries)));
    let back = done.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let page = words(get(&app, &back).await).await;
    assert!(page.contains("merged into") && page.contains("Take it back") && page.contains("one day"), "{page}");
    let n = json(&app, "/corrections.json").await["corrections"][0]["n"].clone();
    assert_eq!(post(&app, &secret, &format!("/corrections/{n}/undo"), "who=Ada").await.status(), StatusCode::SEE_OTHER);
    room.work();
    assert_eq!(get(&app, &address::story(&ballot)).await.status(), StatusCode::OK);
    assert!(words(get(&app, "/corrections").await).await.contains("taken back by"));
}

#[tokio::test]
async fn a_report_is_split_off_and_moved_back() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    let story = room.story_of("herald-1");
    let at = |verb: &str, story: &str| format!("/story/{}/{verb}", address::encode(story));
    let nothing = post(&app, &secret, &at("split", &story), "who=Ada&reason=other").await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let fields = format!("report={}&who=Ada&reason=other", address::encode("courier/9?x.json"));
    assert_eq!(post(&app, &secret, &at("split", &story), &fields).await.status(), StatusCode::SEE_OTHER);
    room.work();
    let own = room.story_of("courier/9?x.json");
    assert_ne!(own, room.story_of("herald-1"));
    let fields =
        format!("report={}&story={}&who=Ada&reason=same", address::encode("courier/9?x.json"), address::encode(&story));
    assert_eq!(post(&app, &secret, &at("move", &own), &fields).await.status(), StatusCode::SEE_OTHER);
    room.work();
    assert_eq!(room.story_of("courier/9?x.json"), room.story_of("herald-1"));
    assert_eq!(
        post(&app, &secret, &at("merge", &story), "with=nobody&who=Ada&reason=x").await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_finding_is_dismissed_and_comes_back() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    let story = room.story_of("herald-1");
    let facts = json(&app, &format!("{}.json", address::story(&story))).await;
    let keys = |name: &str| facts[name].as_array().unwrap().first().map(|key| key.as_str().unwrap().to_owned());
    let key = keys("variant_keys").or_else(|| keys("drift_keys")).expect("12 and 19 people differ");
    let fields = format!("finding={key}&ruling=dismissed&who=Ada&reason=counted+twice");
    let ruled = post(&app, &secret, &format!("/story/{}/rule", address::encode(&story)), &fields).await;
    assert_eq!(ruled.status(), StatusCode::SEE_OTHER);
    room.work();
    let page = words(get(&app, &address::story(&story)).await).await;
    let folded = page.split("id=\"dismissed\"").nth(1).expect("it stands apart");
    assert!(folded.contains(&format!("id=\"f-{key}\"")) && folded.contains("counted twice"));
    let n = json(&app, "/corrections.json").await["corrections"][0]["n"].clone();
    post(&app, &secret, &format!("/corrections/{n}/undo"), "who=Ada").await;
    room.work();
    assert!(!words(get(&app, &address::story(&story)).await).await.contains("id=\"dismissed\""));
}

#[tokio::test]
async fn what_was_dismissed_stays_so_in_the_story_that_takes_its_reports() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    let (ferries, ballot) = (room.story_of("herald-1"), room.story_of("ballot"));
    let named = |front: &Value| {
        let stories = front["stories"].as_array().unwrap().iter();
        stories.map(|story| story["differs"].as_array().unwrap().len()).sum::<usize>()
    };
    let before = named(&json(&app, "/index.json").await);
    let facts = json(&app, &format!("{}.json", address::story(&ferries))).await;
    let keys: Vec<&str> = facts["variant_keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    assert!(before > 0 && !keys.is_empty());
    for key in keys {
        let fields = format!("finding={key}&ruling=dismissed&who=Ada&reason=two+counts");
        post(&app, &secret, &format!("/story/{}/rule", address::encode(&ferries)), &fields).await;
    }
    // The story that stays is the other one: the rulings name a story that is gone.
    let fields = format!("with={}&who=Ada&reason=one+day", address::encode(&ferries));
    post(&app, &secret, &format!("/story/{}/merge", address::encode(&ballot)), &fields).await;
    room.work();
    assert_eq!(named(&json(&app, "/index.json").await), 0);
}

#[tokio::test]
async fn what_was_forgotten_says_so() {
    let room = desk();
    let app = crate::app(room.state());
    let story = room.story_of("ballot");
    let seq = room.state.store.read(|view| view.seq("ballot")).unwrap().unwrap();
    room.state.store.forget(vec![seq], now()).unwrap();
    for path in [address::report("ballot"), address::story(&story)] {
        assert_eq!(get(&app, &path).await.status(), StatusCode::GONE, "{path}");
    }
}

#[tokio::test]
async fn a_story_in_the_making_says_so() {
    let room = newsroom();
    room.keep("late", "Delmare Herald", HERALD);
    let app = crate::app(room.state());
    room.state.store.write(|writing| writing.mark_stale("s-new")).unwrap();
    let answer = get(&app, "/story/s-new").await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    assert!(words(answer).await.contains("in the making"));
    let page = words(get(&app, &address::report("late")).await).await;
    assert!(page.contains("not placed in a story yet"));
}

#[tokio::test]
async fn what_changed_since_an_edition_is_told() {
    let room = desk();
    let app = crate::app(room.state());
    let story = address::story(&room.story_of("herald-1"));
    room.keep("late", "Karsholm Post", &HERALD.replace("12 people", "14 people"));
    room.work();
    let page = words(get(&app, &format!("{story}?since=1")).await).await;
    assert!(page.contains("id=\"changes\"") && page.contains("1 report came"), "{page}");
    assert_eq!(get(&app, &format!("{story}?since=odd")).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_revision_shows_the_words_that_changed() {
    let room = desk();
    let app = crate::app(room.state());
    room.keep("ballot", "Ostrana Observer", &BALLOT.replace("54 percent", "56 percent"));
    let page = words(get(&app, &address::report("ballot")).await).await;
    assert!(page.contains("<del>54</del>") && page.contains("<ins>56</ins>"), "{page}");
}

#[tokio::test]
async fn the_page_is_kept_no_longer_than_it_is_true() {
    let room = desk();
    let app = crate::app(room.state());
    assert_eq!(
        to_bytes(get(&app, "/").await.into_body(), 1 << 24).await.unwrap(),
        to_bytes(get(&app, "/").await.into_body(), 1 << 24).await.unwrap()
    );
    room.keep("goats", "Isle Letter", "Forty goats left a farm on the isle of Marrow. A shepherd brought them back.");
    room.work();
    assert!(words(get(&app, "/").await).await.contains("Forty goats left"));
}
