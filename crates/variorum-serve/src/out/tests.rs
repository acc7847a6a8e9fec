//! What is handed out, as a program that follows it meets it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;
use variorum_news::{Report, Story};
use variorum_newsroom::{Desk, Options, Taken};
use variorum_store::search::Search;
use variorum_store::{Store, StoryCard};

use crate::State;

const NOW: i64 = 1_772_700_000;

struct Newsroom {
    state: State,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

fn empty() -> Newsroom {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("variorum.db")).unwrap();
    let search = Arc::new(Search::open(&store));
    Newsroom { state: State { store, search, clock: || NOW }, _folder: folder }
}

/// A newsroom with one story of two reports, and one of one report with an odd name.
fn newsroom() -> Newsroom {
    let room = empty();
    let told = "Two ferries collided off Delmare on Monday and 12 passengers were hurt, harbour master Ada Orr said. \
                The ferries had left Karsholm at dawn in thick fog. The port was closed until the evening.";
    let again = "Two ferries collided off Delmare on Monday and 14 passengers were hurt, harbour master Ada Orr said, the \
                 Karsholm Courier reported. The ferries had left Karsholm at dawn in thick fog. The port was closed.";
    room.keep("courier", "Karsholm Courier", "Two ferries collide off Delmare", told);
    room.keep("tidings", "Daily Tidings", "Ferries collide off Delmare", again);
    let bakers = "Bakers in Vesterland voted to raise the price of rye bread, their guild said.";
    room.keep("a/b?c.json", "Vesterland Post", "Bread & <b>butter</b>", bakers);
    room.work(NOW + 60);
    room
}

impl Newsroom {
    fn keep(&self, id: &str, outlet: &str, title: &str, text: &str) {
        let mut report = Report::of_text(id, text);
        report.outlet = Some(outlet.to_owned());
        report.title = Some(title.to_owned());
        report.url = Some(format!("https://{}.example/{}", outlet.replace(' ', "-").to_lowercase(), id.len()));
        report.published = Some("2026-03-05T06:00:00Z".to_owned());
        report.language = Some("en".to_owned());
        self.state.store.keep(vec![report], NOW).unwrap();
    }

    /// Places what waits and makes what is stale, as the desk does.
    fn work(&self, now: i64) {
        let Taken::Here(mut desk) = Desk::take(&self.state.store, Options::default()).unwrap() else { panic!() };
        loop {
            let worked = desk.work(now).unwrap();
            if worked.unplaced == 0 && worked.stale == 0 {
                break;
            }
        }
        self.state.search.catch_up(&self.state.store).unwrap();
    }

    fn story_of(&self, report: &str) -> String {
        let told = |view: &variorum_store::View| {
            let seq = view.seq(report)?.unwrap();
            Ok(view.placed(seq)?.unwrap().story)
        };
        self.state.store.read(told).unwrap()
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header(header::HOST, "localhost:8080").body(Body::empty()).unwrap()).await
    }

    /// The same, through the door of the whole server.
    async fn get_at_the_door(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, "localhost:8080").body(Body::empty()).unwrap();
        answered(crate::app(self.state.clone()), request).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        answered(super::routes().with_state(self.state.clone()), request).await
    }
}

async fn answered(app: Router, request: Request<Body>) -> Answer {
    let response = app.oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Answer { status, headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
}

impl Answer {
    fn kind(&self) -> &str {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.headers[header::CONTENT_TYPE].to_str().unwrap()
    }

    /// The words of each element of a name, in order.
    fn all(&self, name: &str) -> Vec<&str> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        self.body.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap()).collect()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[tokio::test]
async fn every_view_has_two_feeds() {
    let room = newsroom();
    room.state.store.write(|writing| writing.save_search("ferries", "ferry", NOW)).unwrap();
    for (atom, json, entries) in [
        ("/feed.atom", "/feed.json", 2),
        ("/feed.atom?lang=fr", "/feed.json?lang=fr", 0),
        ("/feed.atom?publishers=2&order=largest", "/feed.json?publishers=2&order=largest", 1),
        ("/search.atom?q=delmare", "/search.feed.json?q=delmare", 1),
        ("/search.atom", "/search.feed.json", 2),
        ("/outlet/Daily%20Tidings.atom", "/outlet/Daily%20Tidings.feed.json", 1),
        ("/saved/1.atom", "/saved/1.feed.json", 1),
    ] {
        let answer = room.get_at_the_door(atom).await;
        assert_eq!(answer.kind(), "application/atom+xml; charset=utf-8", "{atom}");
        assert_eq!(answer.all("updated").len(), entries + 1, "{atom}: {}", answer.body);
        let answer = room.get_at_the_door(json).await;
        assert_eq!(answer.kind(), "application/feed+json; charset=utf-8");
        assert_eq!(answer.json()["items"].as_array().unwrap().len(), entries, "{json}");
        assert_eq!(answer.json()["feed_url"], format!("http://localhost:8080{json}"));
    }
}

#[tokio::test]
async fn an_entry_leads_to_its_story_and_its_witnesses() {
    let room = newsroom();
    let feed = room.get("/feed.json?order=largest").await.json();
    let item = &feed["items"][0];
    assert_eq!(item["url"], format!("http://localhost:8080/story/{}", room.story_of("courier")));
    assert!(item["summary"].as_str().unwrap().starts_with("2 reports, 2 publishers, 1 independent origin"), "{item}");
    assert_eq!(item["_variorum"]["via"][0]["url"], "https://karsholm-courier.example/7");
    let odd = feed["items"][1]["_variorum"]["via"][0]["report"].as_str().unwrap();
    assert_eq!(odd, "http://localhost:8080/report/a%2Fb%3Fc%2Ejson");
    let words = feed["items"][1]["content_html"].as_str().unwrap();
    assert!(words.contains("Bread &amp; &lt;b&gt;butter&lt;/b&gt;"), "{words}");
}

#[tokio::test]
async fn an_unchanged_story_never_comes_again() {
    let room = newsroom();
    let before = room.get("/feed.json?order=largest").await.json();
    room.keep(
        "lighthouse",
        "Karsholm Courier",
        "Lighthouse sold",
        "The lighthouse of Port Vell was sold to a painter.",
    );
    room.work(NOW + 3_600);
    let after = room.get("/feed.json?order=largest").await.json();
    assert_eq!(after["items"].as_array().unwrap().len(), 3);
    for old in before["items"].as_array().unwrap() {
        let now = after["items"].as_array().unwrap().iter().find(|item| item["id"] == old["id"]).unwrap();
        assert_eq!(now, old, "the same in every word and time");
    }
}

#[tokio::test]
async fn a_long_view_comes_in_parts() {
    let room = empty();
    for n in 0..60_i64 {
        let card = StoryCard {
            id: format!("s{n}"),
            made: Some(Default::default()),
            changed: NOW + n,
            first_seen: NOW,
            newest: NOW + n,
            reports: 1,
            publishers: 1,
            origins: 1,
            uncertain: 0,
            variants: 0,
            drift: 0,
            title: Some(format!("Story {n}")),
            lead: None,
            language: None,
        };
        let story: Story = serde_json::from_value(serde_json::json!({
            "id": card.id, "title": null, "reports": [], "origins": [], "lineage": [], "statements": [],
            "variants": [], "drift": [], "timeline": [], "account": [],
        }))
        .unwrap();
        room.state.store.write(move |writing| writing.put_story(&card, &story, 0)).unwrap();
    }
    let first = room.get("/feed.json").await.json();
    assert_eq!(first["items"].as_array().unwrap().len(), 50);
    let next = first["next_url"].as_str().unwrap().strip_prefix("http://localhost:8080").unwrap();
    let second = room.get(next).await.json();
    assert_eq!(second["items"].as_array().unwrap().len(), 10);
    assert_eq!(second["next_url"], Value::Null);
    let atom = room.get(&next.replace(".json", ".atom")).await;
    assert!(atom.body.contains("rel=\"first\" type=\"application/atom+xml\" href=\"http://localhost:8080/feed.atom\""));
}

#[tokio::test]
async fn an_empty_newsroom_has_a_feed() {
    let room = empty();
    assert_eq!(room.get("/feed.atom").await.all("updated"), ["1970-01-01T00:00:00Z"]);
    assert_eq!(room.get("/search.feed.json?q=ferry").await.json()["items"], serde_json::json!([]));
}

#[tokio::test]
async fn a_story_is_handed_out_in_every_form() {
    let room = newsroom();
    let story = room.story_of("courier");
    for (suffix, kind, holds) in [
        (".jsonld", "application/ld+json", "\"isBasedOn\""),
        (".prov.json", "application/ld+json", "\"wasDerivedFrom\""),
        (".annotations.json", "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"", "TextQuoteSelector"),
        (".newsml.xml", "application/vnd.iptc.g2.newsmessage+xml", "<packageItem"),
        ("/variants.csv", "text/csv; charset=utf-8; header=present", "story,finding,kind"),
        ("/drift.csv", "text/csv; charset=utf-8; header=present", "12 passengers"),
    ] {
        let answer = room.get_at_the_door(&format!("/story/{story}{suffix}")).await;
        assert_eq!(answer.kind(), kind);
        assert!(answer.body.contains(holds), "{suffix}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let room = newsroom();
    let first = room.get("/feed.atom").await;
    let request = |host: &str| {
        let request = Request::get("/feed.atom").header(header::HOST, host);
        request.header(header::IF_NONE_MATCH, &first.headers[header::ETAG]).body(Body::empty()).unwrap()
    };
    let again = room.send(request("localhost:8080")).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let elsewhere = room.send(request("127.0.0.1:8080")).await;
    assert_eq!(elsewhere.status, StatusCode::OK, "its links name another host");
    assert_eq!(elsewhere.all("id"), first.all("id"), "its entries are the same");
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let room = newsroom();
    for (path, words) in [
        ("/story/nothing.jsonld", "there is no story `nothing` here"),
        ("/story/nothing/drift.csv", "there is no story `nothing` here"),
        ("/story/nothing.pdf", "form `.pdf` of a story"),
        ("/outlet/Nobody.atom", "there is no outlet `Nobody` here"),
        ("/outlet/Daily%20Tidings.rss", "form `.rss`"),
        ("/saved/7.atom", "there is no saved search `7` here"),
        ("/saved/x.atom", "there is no saved search `x` here"),
    ] {
        let answer = room.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains(words), "{path}: {}", answer.body);
    }
    for path in ["/feed.atom?order=oldest", "/feed.atom?publishers=many", "/search.atom?order=x", "/story/%zz.jsonld"] {
        assert_eq!(room.get(path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}

#[tokio::test]
async fn a_deceiving_host_is_not_repeated() {
    let room = newsroom();
    for host in ["evil\"><b", "a@b", ""] {
        let request = Request::get("/feed.atom").header(header::HOST, host).body(Body::empty()).unwrap();
        assert!(room.send(request).await.body.contains("href=\"http://localhost/feed.atom\""), "{host}");
    }
    room.state.store.write(|writing| writing.put_setting("address", "https://news.delmare.example/")).unwrap();
    let answer = room.get("/feed.atom").await;
    assert!(answer.body.contains("href=\"https://news.delmare.example/feed.atom\""), "{}", answer.body);
}

#[tokio::test]
async fn every_word_that_an_export_points_to_is_explained() {
    let room = newsroom();
    let story = room.story_of("courier");
    let explained = room.get_at_the_door("/about").await.body;
    let mut words = 0;
    for suffix in [".jsonld", ".prov.json", ".annotations.json", ".newsml.xml"] {
        let export = room.get(&format!("/story/{story}{suffix}")).await.body;
        for rest in export.split("/about#").skip(1) {
            let word: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            assert!(word.is_empty() || explained.contains(&format!("id=\"{word}\"")), "{suffix} points to {word}");
            words += 1;
        }
    }
    assert!(words > 5, "{words}");
}
