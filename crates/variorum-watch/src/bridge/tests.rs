//! Accounts, read from a stand-in on this machine that answers as the documentation of each program says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use variorum_fetch::{Door, Policy};
use variorum_store::{Placed, Store};

use super::{Error, FreshRss, Miniflux, OnlyTell, Reader, Round, Together, mark_together, read};

const NOW: i64 = 1_772_700_000;
const KEY: &str = "wz-Kf0_8";

/// An entry of the stand-in: feed, title, text, whether it is read, when it changed.
#[derive(Clone)]
struct Row {
    feed: &'static str,
    title: &'static str,
    text: String,
    read: bool,
    changed: i64,
}

type Rows = Arc<Mutex<BTreeMap<i64, Row>>>;

struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
    door: Door,
    rows: Rows,
    address: String,
}

const FERRY: &str = "Two ferries collided off Delmare on Monday and 12 people were hurt, harbour master Ada Orr said. \
                     The Aurora and the Petrel met in thick fog near the Karsholm light.";

fn row(feed: &'static str, title: &'static str, text: &str) -> Row {
    Row { feed, title, text: text.to_owned(), read: false, changed: NOW - 100 }
}

fn desk(answer: fn(&Rows, &Ask) -> (u16, String)) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("v.db")).unwrap();
    let door = Door::new(Policy { allow: vec!["127.0.0.0/8".parse().unwrap()], ..Policy::default() }).unwrap();
    let rows: Rows = Arc::default();
    rows.lock().unwrap().extend([
        (4, row("Delmare Herald", "Ferries collide off Delmare", FERRY)),
        (7, row("Daily Tidings", "Ferries collide", FERRY)),
        (
            9,
            row(
                "Ostrana Observer",
                "Voters reject a tram line",
                "Voters in Ostrana rejected a tram line on Sunday, Lena Falk said.",
            ),
        ),
    ]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let shared = rows.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let ask = Ask::read(&stream);
            let (status, body) = answer(&shared, &ask);
            let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = (&stream).write_all(format!("{head}{body}").as_bytes());
        }
    });
    Desk { _folder: folder, store, door, rows, address }
}

/// What the stand-in is asked.
struct Ask {
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    headers: String,
    body: String,
}

impl Ask {
    fn read(stream: &TcpStream) -> Self {
        let mut reader = BufReader::new(stream);
        let (mut first, mut headers) = (String::new(), String::new());
        reader.read_line(&mut first).unwrap();
        while !headers.ends_with("\r\n\r\n") && headers != "\r\n" {
            reader.read_line(&mut headers).unwrap();
        }
        let length = headers
            .to_lowercase()
            .split("content-length: ")
            .nth(1)
            .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let mut words = first.split(' ');
        let (method, target) = (words.next().unwrap().to_owned(), words.next().unwrap());
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Ask { method, path: path.to_owned(), query, headers, body: String::from_utf8(body).unwrap() }
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.query.get(name).map(|text| text.parse().unwrap())
    }
}

fn stamp(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).unwrap().to_string()
}

/// Miniflux, as <https://miniflux.app/docs/api.html> describes it.
fn miniflux(rows: &Rows, ask: &Ask) -> (u16, String) {
    if !ask.headers.to_lowercase().contains(&format!("x-auth-token: {}", KEY.to_lowercase())) {
        return (401, json!({ "error_message": "Access Unauthorized" }).to_string());
    }
    let mut rows = rows.lock().unwrap();
    match (ask.method.as_str(), ask.path.as_str()) {
        ("GET", "/v1/me") => (200, json!({ "id": 1, "username": "ada" }).to_string()),
        ("GET", "/v1/entries") => {
            assert_eq!((ask.query["order"].as_str(), ask.query["direction"].as_str()), ("id", "asc"));
            let after = ask.number("after_entry_id").unwrap();
            let changed = ask.number("changed_after").unwrap_or(i64::MIN);
            let wanted = rows.iter().filter(|(id, row)| **id > after && row.changed > changed);
            let entries: Vec<Value> = wanted
                .take(ask.number("limit").unwrap() as usize)
                .map(|(id, row)| {
                    json!({
                        "id": id, "user_id": 1, "feed_id": 3, "status": if row.read { "read" } else { "unread" },
                        "title": row.title, "url": format!("https://{}.example/{id}", row.feed.replace(' ', "-")),
                        "published_at": "2026-03-05T06:00:00Z", "created_at": "2026-03-05T06:10:00.5Z",
                        "changed_at": stamp(row.changed), "content": format!("<p>{}</p>", row.text), "author": "Mira Sand",
                        "starred": false, "reading_time": 1, "enclosures": null, "tags": [],
                        "feed": { "id": 3, "title": row.feed, "site_url": "https://a.example" },
                    })
                })
                .collect();
            (200, json!({ "total": rows.len(), "entries": entries }).to_string())
        }
        ("PUT", "/v1/entries") => {
            let asked: Value = serde_json::from_str(&ask.body).unwrap();
            assert_eq!(asked["status"], "read");
            for id in asked["entry_ids"].as_array().unwrap() {
                rows.get_mut(&id.as_i64().unwrap()).unwrap().read = true;
            }
            (204, String::new())
        }
        _ => (404, json!({ "error_message": "Resource Not Found" }).to_string()),
    }
}

/// FreshRSS, as its greader.php answers: numbers are moments in millionths of a second.
fn freshrss(rows: &Rows, ask: &Ask) -> (u16, String) {
    let mut rows = rows.lock().unwrap();
    let path = ask.path.strip_prefix("/api/greader.php").unwrap_or("/nothing");
    if path == "/accounts/ClientLogin" {
        let is_known = ask.body == format!("Email=ada&Passwd={KEY}");
        return if is_known { (200, "SID=ada/1\nLSID=null\nAuth=ada/1\n".to_owned()) } else { (401, "no".to_owned()) };
    }
    if !ask.headers.to_lowercase().contains("authorization: googlelogin auth=ada/1") {
        return (401, "Unauthorized!".to_owned());
    }
    let micros = |id: i64| (NOW - 1_000 + id) * 1_000_000;
    let page = |wanted: Vec<i64>| {
        let n = ask.number("n").unwrap() as usize;
        let more = wanted.len() > n;
        let part: Vec<i64> = wanted.into_iter().take(n).collect();
        let next = part.last().filter(|_| more).map(i64::to_string);
        (part, next)
    };
    match path {
        "/reader/api/0/stream/contents/user/-/state/com.google/reading-list" => {
            assert_eq!(ask.query["r"], "o");
            let from = ask.number("ot").unwrap_or(0) * 1_000_000;
            let after = ask.number("c").unwrap_or(i64::MIN);
            let (part, next) = page(rows.keys().copied().filter(|id| micros(*id) >= from && *id > after).collect());
            let items: Vec<Value> = part
                .iter()
                .map(|id| {
                    let row = &rows[id];
                    let mut categories = vec!["user/-/state/com.google/reading-list"];
                    categories.extend(row.read.then_some("user/-/state/com.google/read"));
                    json!({
                        "id": format!("tag:google.com,2005:reader/item/{:016x}", micros(*id)),
                        "timestampUsec": micros(*id).to_string(), "published": NOW - 200, "title": row.title,
                        "canonical": [{ "href": format!("https://{}.example/{id}", row.feed.replace(' ', "-")) }],
                        "categories": categories, "origin": { "streamId": "feed/3", "title": format!("{} ＆ Son", row.feed) },
                        "summary": { "content": format!("<p>{}</p>", row.text) }, "author": "Mira Sand",
                    })
                })
                .collect();
            (200, json!({ "id": "x", "updated": NOW, "items": items, "continuation": next }).to_string())
        }
        "/reader/api/0/stream/items/ids" => {
            assert_eq!(ask.query["xt"], "user/-/state/com.google/read");
            let (part, next) = page(rows.iter().filter(|(_, row)| !row.read).map(|(id, _)| *id).collect());
            let refs: Vec<Value> = part.iter().map(|id| json!({ "id": micros(*id).to_string() })).collect();
            (200, json!({ "itemRefs": refs, "continuation": next }).to_string())
        }
        "/reader/api/0/token" => (200, "T57\n".to_owned()),
        "/reader/api/0/edit-tag" => {
            let fields: Vec<(String, String)> = url::form_urlencoded::parse(ask.body.as_bytes()).into_owned().collect();
            assert!(fields.contains(&("T".to_owned(), "T57".to_owned())));
            assert!(fields.contains(&("a".to_owned(), "user/-/state/com.google/read".to_owned())));
            for (_, name) in fields.iter().filter(|(field, _)| field == "i") {
                let digits = name.rsplit('/').next().unwrap();
                let id = i64::from_str_radix(digits, 16).unwrap() / 1_000_000 - NOW + 1_000;
                rows.get_mut(&id).unwrap().read = true;
            }
            (200, "OK".to_owned())
        }
        _ => (404, String::new()),
    }
}

impl Desk {
    fn round(&self, reader: &Reader) -> Round {
        read(&self.door, reader, &self.store, NOW).unwrap().1
    }

    fn mark(&self, reader: &Reader, together: Together, only_tell: OnlyTell) -> Vec<i64> {
        let account = read(&self.door, reader, &self.store, NOW).unwrap().0;
        let marked = mark_together(&self.door, reader, &self.store, &account, (together, only_tell), NOW).unwrap();
        marked.into_iter().map(|one| one.entry).collect()
    }

    /// Puts the first two reports into one story, the second as a copy of the first; the third into the same where asked.
    fn place(&self, third: &'static str) {
        self.store
            .write(move |writing| {
                let first = writing.report_row(1)?.unwrap().id;
                for (report, story, duplicate_of) in [(1, "ferry", None), (2, "ferry", Some(first)), (3, third, None)] {
                    let story = story.to_owned();
                    writing.place(&Placed { report, automatic: story.clone(), story, score: 1.0, duplicate_of })?;
                }
                Ok(())
            })
            .unwrap();
    }

    fn read_there(&self) -> Vec<i64> {
        self.rows.lock().unwrap().iter().filter(|(_, row)| row.read).map(|(id, _)| *id).collect()
    }

    fn open_there(&self, id: i64) {
        let mut rows = self.rows.lock().unwrap();
        let row = rows.get_mut(&id).unwrap();
        (row.read, row.changed) = (true, NOW);
    }
}

fn of_miniflux(desk: &Desk) -> Reader {
    Reader::Miniflux(Miniflux::new(&format!("{}/", desk.address), KEY))
}

fn of_freshrss(desk: &Desk) -> Reader {
    Reader::FreshRss(FreshRss::new(&desk.address, "ada", KEY))
}

#[test]
fn an_account_of_miniflux_is_read_once() {
    let desk = desk(miniflux);
    let reader = of_miniflux(&desk);
    assert_eq!(desk.round(&reader), Round { entries: 3, new: 3, revised: 0, problems: 0 });
    let report = desk.store.read(|view| view.report(1)).unwrap().unwrap();
    assert_eq!(
        (report.outlet.as_deref(), report.title.as_deref()),
        (Some("Delmare Herald"), Some("Ferries collide off Delmare"))
    );
    assert_eq!(
        (report.byline.as_slice(), report.text.contains("harbour master Ada Orr")),
        (&["Mira Sand".to_owned()][..], true)
    );
    assert_eq!(report.url.as_deref(), Some("https://delmare-herald.example/4"));
    desk.rows
        .lock()
        .unwrap()
        .insert(12, row("Daily Tidings", "Port opens", "The port of Delmare opened again, Ada Orr said."));
    let again = desk.round(&reader);
    assert_eq!((again.new, again.revised), (1, 0));
    assert_eq!(desk.round(&reader).new, 0);
    assert_eq!(desk.store.read(|view| view.count()).unwrap(), 4);
}

#[test]
fn many_entries_come_page_by_page() {
    let desk = desk(miniflux);
    let text =
        |n: i64| format!("On day {n} the port of Delmare counted {n} ships, Ada Orr of the harbour office said.");
    desk.rows.lock().unwrap().extend((100..350).map(|n| (n, row("Delmare Herald", "Ships", &text(n)))));
    assert_eq!(desk.round(&of_miniflux(&desk)).new, 253);
}

#[test]
fn words_that_changed_there_are_a_revision_here() {
    let desk = desk(miniflux);
    let reader = of_miniflux(&desk);
    desk.round(&reader);
    let changed = Row {
        changed: NOW,
        text: FERRY.replace("12", "14"),
        ..row("Delmare Herald", "Ferries collide off Delmare", "")
    };
    desk.rows.lock().unwrap().insert(4, changed);
    assert_eq!(desk.round(&reader).revised, 1);
}

#[test]
fn what_was_kept_before_a_crash_is_known_after_it() {
    let desk = desk(miniflux);
    let reader = of_miniflux(&desk);
    desk.round(&reader);
    // As if the program had been killed after the reports were kept, before it noted how far it came.
    let other = tempfile::tempdir().unwrap();
    let store = Store::open(other.path().join("v.db")).unwrap();
    let reports =
        desk.store.read(|view| (1..=3).map(|n| Ok(view.report(n)?.unwrap())).collect::<Result<Vec<_>, _>>()).unwrap();
    store.keep(reports, NOW).unwrap();
    let round = read(&desk.door, &reader, &store, NOW).unwrap().1;
    assert_eq!(round, Round { entries: 3, new: 0, revised: 0, problems: 0 });
    assert_eq!(store.read(|view| view.count()).unwrap(), 3);
}

#[test]
fn who_has_read_one_copy_has_read_them_all() {
    for (stand_in, reader) in
        [(miniflux as fn(&Rows, &Ask) -> (u16, String), of_miniflux as fn(&Desk) -> Reader), (freshrss, of_freshrss)]
    {
        let desk = desk(stand_in);
        let reader = reader(&desk);
        desk.round(&reader);
        desk.place("ferry");
        assert!(desk.mark(&reader, Together::Story, OnlyTell::No).is_empty(), "nobody has read anything");
        desk.open_there(7);
        assert_eq!(desk.mark(&reader, Together::Copies, OnlyTell::Yes).len(), 1);
        assert_eq!(desk.read_there(), [7], "it was only told");
        assert_eq!(desk.mark(&reader, Together::Copies, OnlyTell::No).len(), 1);
        assert_eq!(desk.read_there(), [4, 7], "the third is no copy");
        assert!(desk.mark(&reader, Together::Copies, OnlyTell::No).is_empty());
        assert_eq!(desk.mark(&reader, Together::Story, OnlyTell::No).len(), 1);
        assert_eq!(desk.read_there(), [4, 7, 9]);
    }
}

#[test]
fn what_is_read_in_another_story_marks_nothing() {
    let desk = desk(miniflux);
    let reader = of_miniflux(&desk);
    desk.round(&reader);
    desk.place("tram");
    desk.open_there(9);
    assert!(desk.mark(&reader, Together::Story, OnlyTell::No).is_empty());
    assert_eq!(desk.read_there(), [9]);
}

#[test]
fn an_account_of_freshrss_is_read_once() {
    let desk = desk(freshrss);
    let reader = of_freshrss(&desk);
    assert_eq!(desk.round(&reader).new, 3);
    let report = desk.store.read(|view| view.report(1)).unwrap().unwrap();
    assert_eq!(report.outlet.as_deref(), Some("Delmare Herald & Son"), "as the outlet writes itself");
    assert_eq!(desk.round(&reader).new, 0);
    desk.rows
        .lock()
        .unwrap()
        .insert(12, row("Daily Tidings", "Port opens", "The port of Delmare opened again, Ada Orr said."));
    assert_eq!(desk.round(&reader).new, 1);
}

#[test]
fn who_is_not_let_in_is_told_what_to_do() {
    let desk = desk(miniflux);
    let wrong = Reader::Miniflux(Miniflux::new(&desk.address, "wrong"));
    let error = read(&desk.door, &wrong, &desk.store, NOW).unwrap_err();
    assert!(matches!(error, Error::Closed { status: 401, .. }) && error.to_string().contains("new API key"), "{error}");
    assert!(!format!("{wrong:?}").contains("wrong"), "a key is not shown");
    let wrong = Reader::FreshRss(FreshRss::new(&desk.address, "ada", "wrong"));
    assert!(matches!(read(&desk.door, &wrong, &desk.store, NOW).unwrap_err(), Error::Closed { status: 401, .. }));
    let closed = Door::new(Policy::default()).unwrap();
    let error = read(&closed, &of_miniflux(&desk), &desk.store, NOW).unwrap_err();
    assert!(matches!(error, Error::Fetch(_)), "a machine at home is asked where it is allowed: {error}");
}
