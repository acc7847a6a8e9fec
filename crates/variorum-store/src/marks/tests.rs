//! What who reads on a telephone relies on.

use super::{Items, Mark, Part};
use crate::invented::{NOW, store};
use crate::{Store, StoryCard};

/// A story with so many origins, differences and things bent.
fn card(id: &str, counts: [u32; 3], changed: i64) -> StoryCard {
    let [origins, variants, drift] = counts;
    StoryCard {
        id: id.to_owned(),
        made: None,
        changed,
        first_seen: NOW,
        newest: changed,
        reports: origins.max(1) + 1,
        publishers: 1,
        origins,
        uncertain: 0,
        variants,
        drift,
        title: None,
        lead: None,
        language: None,
    }
}

fn put(store: &Store, id: &str, counts: [u32; 3], changed: i64) {
    let card = card(id, counts, changed);
    store.write(move |writing| writing.mark_stale(&card.id).and_then(|()| writing.put_story(&card, &(), 9))).unwrap();
}

fn mark(store: &Store, who: &'static str, story: &'static str, mark: Mark) {
    store
        .write(move |writing| {
            let n = writing.item_of(who, story)?.unwrap().n;
            writing.mark(who, &[n], mark, NOW)
        })
        .unwrap();
}

fn is_read(store: &Store, who: &str, story: &str) -> bool {
    store.read(|view| Ok(view.item_of(who, story)?.unwrap().read)).unwrap()
}

fn names(store: &Store, items: &Items) -> String {
    let items = Items { limit: 100, ..items.clone() };
    let found = store.read(|view| view.items("ada", &items)).unwrap();
    found.into_iter().map(|item| item.story).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_story_keeps_its_number() {
    let (_folder, store) = store();
    put(&store, "ferry", [1, 0, 0], NOW);
    let n = || store.read(|view| Ok(view.item_of("ada", "ferry")?.map(|item| item.n))).unwrap();
    let first = n().unwrap();
    put(&store, "ferry", [2, 1, 0], NOW + 9);
    assert_eq!(n(), Some(first));
    store.write(|writing| writing.drop_story("ferry")).unwrap();
    assert_eq!(n(), None);
    put(&store, "bakery", [1, 0, 0], NOW + 10);
    put(&store, "ferry", [1, 0, 0], NOW + 11);
    assert_eq!(n(), Some(first));
}

#[test]
fn a_merged_story_is_the_one_it_went_into() {
    let (_folder, store) = store();
    put(&store, "ferry", [1, 0, 0], NOW);
    put(&store, "crash", [1, 0, 0], NOW);
    let n = store.read(|view| Ok(view.item_of("ada", "crash")?.unwrap().n)).unwrap();
    store.write(|writing| writing.drop_story("crash").and_then(|()| writing.put_alias("crash", "ferry", NOW))).unwrap();
    store.write(move |writing| writing.mark("ada", &[n, 77], Mark::Read, NOW)).unwrap();
    assert!(is_read(&store, "ada", "ferry"));
}

#[test]
fn a_copy_leaves_a_story_read_and_a_new_origin_does_not() {
    let (_folder, store) = store();
    put(&store, "ferry", [1, 0, 0], NOW);
    assert!(!is_read(&store, "ada", "ferry"));
    mark(&store, "ada", "ferry", Mark::Read);
    let mut copied = card("ferry", [1, 0, 0], NOW + 5);
    copied.reports = 40;
    store.write(move |writing| writing.put_story(&copied, &(), 9)).unwrap();
    assert!(is_read(&store, "ada", "ferry"));
    put(&store, "ferry", [2, 0, 0], NOW + 6);
    assert!(!is_read(&store, "ada", "ferry"));
    mark(&store, "ada", "ferry", Mark::Read);
    // What was there once and comes again is nothing new.
    put(&store, "ferry", [1, 0, 0], NOW + 7);
    put(&store, "ferry", [2, 0, 0], NOW + 8);
    assert!(is_read(&store, "ada", "ferry"));
    put(&store, "ferry", [2, 0, 1], NOW + 9);
    assert!(!is_read(&store, "ada", "ferry"));
}

#[test]
fn what_makes_a_story_unread_again_is_a_setting() {
    let after = |setting: &'static str, counts| {
        let (_folder, store) = store();
        store.write(move |writing| writing.put_setting("unread-again", setting)).unwrap();
        put(&store, "ferry", [1, 0, 0], NOW);
        mark(&store, "ada", "ferry", Mark::Read);
        put(&store, "ferry", counts, NOW + 1);
        is_read(&store, "ada", "ferry")
    };
    assert!(after("origins", [1, 1, 0]) && !after("origins", [2, 0, 0]));
    assert!(after("differences", [2, 0, 0]) && !after("differences", [1, 1, 0]));
    assert!(after("never", [9, 9, 9]) && !after("both", [2, 0, 0]));
}

#[test]
fn marks_are_of_one_person() {
    let (_folder, store) = store();
    put(&store, "ferry", [1, 0, 0], NOW);
    mark(&store, "ada", "ferry", Mark::Read);
    mark(&store, "jon", "ferry", Mark::Starred);
    assert!(is_read(&store, "ada", "ferry") && !is_read(&store, "jon", "ferry"));
    mark(&store, "ada", "ferry", Mark::Unread);
    assert!(!is_read(&store, "ada", "ferry"));
    let starred = |who| store.read(|view| Ok(view.item_of(who, "ferry")?.unwrap().starred)).unwrap();
    assert!(!starred("ada") && starred("jon"));
    mark(&store, "jon", "ferry", Mark::Read);
    assert!(starred("jon"));
    mark(&store, "jon", "ferry", Mark::Unstarred);
    assert!(!starred("jon") && is_read(&store, "jon", "ferry"));
}

#[test]
fn lists_are_told_by_what_stories_hold_and_what_is_marked() {
    let (_folder, store) = store();
    put(&store, "plain", [1, 0, 0], NOW);
    put(&store, "differs", [2, 3, 0], NOW + 1);
    put(&store, "drifts", [2, 1, 1], NOW + 2);
    // Marked to be made, but never made.
    store.write(|writing| writing.mark_stale("waits")).unwrap();
    let all = Items::default();
    assert_eq!(names(&store, &all), "drifts differs plain");
    assert_eq!(names(&store, &Items { oldest_first: true, ..all.clone() }), "plain differs drifts");
    for (part, expected) in [(Part::Drifting, "drifts"), (Part::Differing, "differs"), (Part::Others, "plain")] {
        assert_eq!(names(&store, &Items { part, ..all.clone() }), expected);
    }
    assert_eq!(names(&store, &Items { from: Some(NOW + 1), to: Some(NOW + 1), ..all.clone() }), "differs");
    assert_eq!(names(&store, &Items { after: Some((NOW + 1, i64::MAX)), ..all.clone() }), "differs plain");
    mark(&store, "ada", "differs", Mark::Read);
    mark(&store, "ada", "plain", Mark::Starred);
    assert_eq!(names(&store, &Items { read: Some(false), ..all.clone() }), "drifts plain");
    assert_eq!(names(&store, &Items { read: Some(true), ..all.clone() }), "differs");
    assert_eq!(names(&store, &Items { starred: Some(true), ..all }), "plain");
    assert_eq!(store.read(|view| view.unread("ada", Part::All)).unwrap(), (2, NOW + 2));
    assert_eq!(store.read(|view| view.unread("ada", Part::Differing)).unwrap(), (0, 0));
}

#[test]
fn ten_thousand_marks_are_one_write() {
    let (_folder, store) = store();
    store
        .write(|writing| {
            for n in 0..10_000 {
                writing.put_story(&card(&format!("s{n}"), [1, u32::from(n % 4 == 0), 0], NOW + n / 100), &(), 9)?;
            }
            Ok(())
        })
        .unwrap();
    store.write(|writing| writing.mark_all_read("ada", Part::All, (NOW + 49, i64::MAX), NOW)).unwrap();
    assert_eq!(store.read(|view| view.unread("ada", Part::All)).unwrap(), (5_000, NOW + 99));
    store.write(|writing| writing.mark_all_read("ada", Part::Differing, (i64::MAX, 0), NOW)).unwrap();
    assert_eq!(store.read(|view| view.unread("ada", Part::All)).unwrap(), (3_750, NOW + 99));
    assert_eq!(store.read(|view| view.unread("jon", Part::All)).unwrap().0, 10_000);
    store.write(|writing| writing.drop_marks("ada")).unwrap();
    assert_eq!(store.read(|view| view.unread("ada", Part::All)).unwrap().0, 10_000);
}
