use proptest::prelude::*;
use serde_json::json;
use variorum_news::Report;

use super::{Ask, CaughtUp, Facets, Order, Search};
use crate::invented::{NOW, report, store, store_of};
use crate::{Error, Flags, Placed, Seq, Store, Writing};

/// Returns the names of what is found, in order.
fn find(search: &Search, store: &Store, query: &str) -> String {
    let found = search.find(store, &Ask::newest(query)).unwrap();
    found.hits.iter().map(|hit| &*hit.report.id).collect::<Vec<_>>().join(" ")
}

fn told(id: &str, title: &str, text: &str) -> Report {
    let mut report = Report::of_text(id, text);
    (report.title, report.language) = (Some(title.to_owned()), Some("en".to_owned()));
    report.published = Some("2026-03-05T08:00:00Z".to_owned());
    report.outlet = Some("Delmare Herald".to_owned());
    report
}

/// A small record of different reports, searched.
fn small() -> (tempfile::TempDir, Store, Search) {
    let (folder, store) = store();
    let mut french = told("f", "Le ferry a coulé", "Les élections sont reportées.");
    (french.language, french.published, french.outlet) =
        (Some("fr-FR".into()), Some("2025-12-31".into()), Some("Le Journal".into()));
    french.byline = vec!["Zoé Ness".to_owned()];
    let reports = vec![
        told("a", "Two ferries sank", "Ada Orr called it a storm. The ferry-boat was old."),
        told("b", "Storm over Delmare", "Ferries stayed in port; no ferry sank. The U.S. sent 1,500 people."),
        french,
        told("d", "渡船沈没", "渡船在港口沈没。"),
    ];
    store.keep(reports, NOW).unwrap();
    let search = Search::open(&store);
    assert_eq!(search.catch_up(&store).unwrap(), CaughtUp::Here(4));
    (folder, store, search)
}

#[test]
fn words_are_found_in_any_inflection() {
    let (_folder, store, search) = small();
    for (query, expected) in [
        ("ferry", "b a f"),
        ("FERRIES sank", "b a"),
        ("\"ferry sank\"", "b a"),
        ("ferry -sank", "f"),
        ("-ferry", "d"),
        ("boat OR élection", "a f"),
        ("ferry-boat", "a"),
        ("elections", "f"),
        ("1500 US", "b"),
        ("title:storm", "b"),
        ("沈没", "d"),
        ("没沈", ""),
        ("nothing", ""),
        ("(storm OR \"le ferry\") -\"ada orr\"", "b f"),
    ] {
        assert_eq!(find(&search, &store, query), expected, "{query}");
    }
}

#[test]
fn operators_narrow_what_is_found() {
    let (_folder, store, search) = small();
    for (query, expected) in [
        ("outlet:herald", "d b a"),
        ("outlet:\"Le Journal\"", "f"),
        ("author:zoe", "f"),
        ("lang:fr", "f"),
        ("-lang:en", "f"),
        ("date:2026-03", "d b a"),
        ("date:..2025 ferry", "f"),
        ("date:2026-03-05.. ferry", "b a"),
        ("date:2027", ""),
        ("outlet:journal OR title:storm", "b f"),
    ] {
        assert_eq!(find(&search, &store, query), expected, "{query}");
    }
    let error = search.find(&store, &Ask::newest("has:wings")).unwrap_err();
    assert!(error.to_string().starts_with("the query cannot be read at character 1: write `has:drift`"), "{error}");
}

fn place(writing: &Writing, report: Seq, story: &str, flags: Flags) -> Result<(), Error> {
    let (automatic, story) = (story.to_owned(), story.to_owned());
    writing.place(&Placed { report, automatic, story, score: 1.0, duplicate_of: None })?;
    writing.flag(report, flags)
}

#[test]
fn stories_narrow_without_a_new_index() {
    let (_folder, store, search) = small();
    let original = Flags { original: Some(true), ..Flags::default() };
    let copied = Flags { original: Some(false), drift: true, variants: true };
    store
        .write(move |writing| {
            place(writing, 1, "s1", original)?;
            place(writing, 2, "s1", copied)?;
            place(writing, 3, "s2", Flags::default())?;
            writing.put_alias("old", "s1", NOW)
        })
        .unwrap();
    assert_eq!(find(&search, &store, "origin:original"), "a");
    assert_eq!(find(&search, &store, "-origin:original"), "d b f");
    assert_eq!(find(&search, &store, "has:drift has:variants origin:copied"), "b");
    assert_eq!(find(&search, &store, "story:old ferry"), "b a");
    let facets = search.find(&store, &Ask::newest("")).unwrap().facets;
    assert_eq!((facets.original, facets.copied), (1, 1));
    store.write(move |writing| writing.flag(2, original)).unwrap();
    assert_eq!(find(&search, &store, "origin:original"), "b a");
    store.write(|writing| writing.drop_placed()).unwrap();
    assert_eq!(find(&search, &store, "origin:original OR has:drift"), "");
}

#[test]
fn counts_stand_beside() {
    let (_folder, store, search) = small();
    let found = search.find(&store, &Ask::newest("ferry")).unwrap();
    assert_eq!(found.total, 3);
    assert_eq!(found.facets.outlets, [("Delmare Herald".to_owned(), 2), ("Le Journal".to_owned(), 1)]);
    assert_eq!(found.facets.languages, [("en".to_owned(), 2), ("fr".to_owned(), 1)]);
    assert_eq!(found.facets.months, [("2025-12".to_owned(), 1), ("2026-03".to_owned(), 2)]);
    let left = search.find(&store, &Ask { facets: Facets::Left, ..Ask::newest("ferry") }).unwrap();
    assert!(left.facets.outlets.is_empty() && left.total == 3);
}

#[test]
fn the_best_has_the_words_in_its_title() {
    let (_folder, store, search) = small();
    let ask = Ask { order: Order::Best, ..Ask::newest("storm") };
    let found = search.find(&store, &ask).unwrap();
    let ids: Vec<&str> = found.hits.iter().map(|hit| &*hit.report.id).collect();
    assert_eq!(ids, ["b", "a"]);
    assert!(found.hits[0].score > found.hits[1].score && found.hits[1].score > 0.0);
}

#[test]
fn pages_follow_one_another_without_gap_or_repeat() {
    let (_folder, store) = store_of(0..57);
    let search = Search::open(&store);
    search.catch_up(&store).unwrap();
    for order in [Order::Newest, Order::Best] {
        let mut ask = Ask { order, limit: 10, ..Ask::newest("safe OR ferry") };
        let mut seen = Vec::new();
        loop {
            let found = search.find(&store, &ask).unwrap();
            assert_eq!(found.total, 57);
            seen.extend(found.hits.iter().map(|hit| hit.report.seq));
            ask.after = found.next;
            if ask.after.is_none() {
                break;
            }
        }
        let all = search.find(&store, &Ask { order, limit: 100, ..Ask::newest("safe OR ferry") }).unwrap();
        assert_eq!(seen, all.hits.iter().map(|hit| hit.report.seq).collect::<Vec<_>>());
        assert_eq!(seen.len(), 57);
    }
    let first = search.find(&store, &Ask { limit: 1, ..Ask::newest("safe") }).unwrap();
    let other = Ask { after: first.next, ..Ask::newest("ferry") };
    assert!(matches!(search.find(&store, &other), Err(Error::Cursor)));
}

#[test]
fn search_follows_the_record() {
    let (_folder, store, search) = small();
    let mut revised = told("a", "Two boats sank", "Ada Orr called it a gale.");
    revised.id = "a".into();
    store.keep(vec![revised, report(7)], NOW).unwrap();
    assert_eq!(search.catch_up(&store).unwrap(), CaughtUp::Here(2));
    assert_eq!((find(&search, &store, "gale"), find(&search, &store, "\"two ferries\"")), ("a".into(), String::new()));
    store.forget(vec![1], NOW).unwrap();
    assert_eq!(find(&search, &store, "gale"), "", "what is gone is not shown, also before the index follows");
    search.catch_up(&store).unwrap();
    assert_eq!(search.find(&store, &Ask::newest("gale")).unwrap().total, 0);
    assert_eq!(search.catch_up(&store).unwrap(), CaughtUp::Here(0));
    assert!(search.examine(&store).unwrap().is_empty());
}

#[test]
fn an_index_that_was_never_made_is_made_when_asked() {
    let (_folder, store) = store_of(0..5);
    let search = Search::open(&store);
    assert!(!search.examine(&store).unwrap().is_empty());
    search.catch_up(&store).unwrap();
    assert_eq!(search.find(&store, &Ask::newest("safe")).unwrap().total, 5);
    assert_eq!(search.reindex(&store).unwrap(), 5);
    assert_eq!(search.find(&store, &Ask::newest("safe")).unwrap().total, 5);
    // Another program that opens it reads what is there.
    let other = Search::open(&store);
    assert_eq!(other.find(&store, &Ask::newest("safe")).unwrap().total, 5);
}

#[test]
fn a_broken_index_is_made_anew() {
    for harm in 0..3 {
        let (folder, store) = store_of(0..30);
        Search::open(&store).catch_up(&store).unwrap();
        let index = folder.path().join("v.db.search");
        for entry in std::fs::read_dir(&index).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match harm {
                0 if name == "meta.json" => std::fs::write(path, "{").unwrap(),
                1 if !name.ends_with(".json") && !name.starts_with('.') => std::fs::write(path, "torn").unwrap(),
                2 if !name.ends_with(".json") && !name.starts_with('.') => std::fs::remove_file(path).unwrap(),
                _ => {}
            }
        }
        let search = Search::open(&store);
        assert!(!search.examine(&store).unwrap().is_empty(), "harm {harm}");
        search.catch_up(&store).unwrap();
        assert_eq!(search.find(&store, &Ask::newest("safe")).unwrap().total, 30, "harm {harm}");
        assert!(search.examine(&store).unwrap().is_empty(), "harm {harm}");
    }
}

#[test]
fn the_index_of_another_record_is_not_believed() {
    let (folder, store) = store_of(0..9);
    Search::open(&store).catch_up(&store).unwrap();
    store.backup(folder.path().join("back.db")).unwrap();
    let path = store.path().to_owned();
    drop(store);
    // A person goes back to the backup and leaves the index where it was.
    std::fs::rename(folder.path().join("back.db"), &path).unwrap();
    let store = Store::open(&path).unwrap();
    store.keep((20..25).map(report).collect(), NOW).unwrap();
    let search = Search::open(&store);
    assert_eq!(search.catch_up(&store).unwrap(), CaughtUp::Here(14));
}

#[test]
fn one_process_at_a_time_writes_the_index() {
    let (_folder, store) = store_of(0..3);
    let (here, there) = (Search::open(&store), Search::open(&store));
    let lock = here.lock_file().unwrap();
    lock.lock().unwrap();
    assert_eq!(there.catch_up(&store).unwrap(), CaughtUp::Elsewhere);
    drop(lock);
    there.catch_up(&store).unwrap();
    here.catch_up(&store).unwrap();
    assert_eq!(find(&here, &store, "safe"), find(&there, &store, "safe"));
}

#[test]
fn odd_reports_can_be_searched() {
    let (_folder, store) = store();
    let mut odd = Report::of_text("odd", "\u{0}\u{200b}".to_owned() + &"x".repeat(70_000) + " ferry");
    (odd.language, odd.published) = (Some("ZZ\n-odd".to_owned()), Some("9999-99-99".to_owned()));
    (odd.outlet, odd.title) = (Some(String::new()), Some("\n\n".to_owned()));
    odd.extra.insert("text".to_owned(), json!("no ferry"));
    store.keep(vec![odd, Report::of_text("empty", "")], NOW).unwrap();
    let search = Search::open(&store);
    search.catch_up(&store).unwrap();
    assert_eq!(find(&search, &store, "ferry"), "odd");
    assert_eq!(find(&search, &store, ""), "odd empty");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn any_query_finds_or_says_why(queries in proptest::collection::vec("\\PC{0,30}|[-a-z()\":. OR]{0,60}|(outlet|date|story|lang|has|title):\\PC{0,9}", 30)) {
        thread_local! {
            static SMALL: (tempfile::TempDir, Store, Search) = small();
        }
        SMALL.with(|(_, store, search)| {
            for query in &queries {
                for order in [Order::Newest, Order::Best] {
                    match search.find(store, &Ask { order, ..Ask::newest(query.as_str()) }) {
                        Ok(found) => assert!(found.hits.len() as u64 == found.total),
                        Err(error) => assert!(matches!(error, Error::Query(_)), "{query}: {error}"),
                    }
                }
            }
        });
    }
}
