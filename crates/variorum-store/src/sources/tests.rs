use super::{Checked, Found, Health, ItemState, NewItem, NewSource, Source, Sources, moment};
use crate::Store;
use crate::invented::{NOW, report, store};

const FEED: &str = "https://user:secret@herald.example/feed.xml";

fn listed(store: &Store, new: NewSource) -> (i64, bool) {
    store.write(move |writing| writing.list_source(&new, NOW)).unwrap()
}

fn note(store: &Store, n: i64, at: i64, found: Found) {
    let checked = Checked { at, due: at + 3600, held: None, every: Some(3600), moved: None, found };
    store.write(move |writing| writing.note_source(n, &checked)).unwrap();
}

fn of(store: &Store, n: i64) -> Source {
    store.read(|view| view.source(n)).unwrap().unwrap()
}

fn read(items: u64, new: u64) -> Found {
    let etag = Some("W/\"a b\"".to_owned());
    Found::Read { etag, last_modified: None, title: Some("Sea".into()), outlet: None, remark: None, items, new }
}

#[test]
fn a_source_goes_with_its_list_and_comes_back_with_it() {
    let (_folder, store) = store();
    let new = NewSource { by_list: true, folder: Some("Sea/North".into()), ..NewSource::of(FEED) };
    let (n, is_new) = listed(&store, new.clone());
    assert!(is_new && !listed(&store, new.clone()).1);
    assert_eq!(of(&store, n).shown, "https://herald.example/…");
    store.write(move |writing| writing.drop_source(n, NOW + 5)).unwrap();
    assert!(store.read(|view| view.sources(Sources::Watched)).unwrap().is_empty());
    assert_eq!(of(&store, n).health(NOW), Health::Dropped);
    assert_eq!(listed(&store, new), (n, true));
    assert!(of(&store, n).by_list);
    // What a person names does not go with the list any more.
    listed(&store, NewSource::of(FEED));
    assert!(!of(&store, n).by_list);
}

#[test]
fn unchanged_after_a_failure_is_still_a_failure() {
    let (_folder, store) = store();
    let (n, _) = listed(&store, NewSource::of(FEED));
    note(&store, n, NOW, read(3, 3));
    assert_eq!(of(&store, n).sentence(NOW), "Something new on 5 March 2026, 08:40 UTC.");
    note(&store, n, NOW + 10, Found::Failed("it answered 500".into()));
    note(&store, n, NOW + 20, Found::Unchanged);
    let source = of(&store, n);
    assert_eq!(
        (source.health(NOW), source.failing, source.failures, source.answered),
        (Health::Failing, Some(NOW + 10), 1, Some(NOW))
    );
    assert!(source.sentence(NOW).contains("once: it answered 500."), "{}", source.sentence(NOW));
    note(&store, n, NOW + 30, read(3, 0));
    let source = of(&store, n);
    assert_eq!(
        (source.health(NOW), source.etag.as_deref(), source.fresh),
        (Health::Well, Some("W/\"a b\""), Some(NOW))
    );
    let late = NOW + 9 * 86_400;
    assert!(source.sentence(late).starts_with("Silent since 5 March 2026"), "{}", source.sentence(late));
}

#[test]
fn what_is_gone_is_asked_only_after_a_person_says_so() {
    let (_folder, store) = store();
    let (n, _) = listed(&store, NewSource::of(FEED));
    let due = |now| store.read(|view| view.sources_due(now, 10)).unwrap().len();
    assert_eq!(due(NOW), 1);
    note(&store, n, NOW, Found::Gone("the server says that it is gone for good (410)".into()));
    assert_eq!((due(NOW + 999_999), of(&store, n).health(NOW)), (0, Health::Gone));
    store.write(move |writing| writing.resume_source(n, NOW + 60)).unwrap();
    assert_eq!(due(NOW + 60), 1);
}

#[test]
fn nobody_is_asked_before_the_time_it_asked_for() {
    let (_folder, store) = store();
    let (n, _) = listed(&store, NewSource::of(FEED));
    let found = Found::Failed("it asked to wait".into());
    let checked = Checked { at: NOW, due: NOW + 500, held: Some(NOW + 500), every: None, moved: None, found };
    store.write(move |writing| writing.note_source(n, &checked)).unwrap();
    store.write(move |writing| writing.hurry_source(n, NOW + 10)).unwrap();
    assert_eq!(of(&store, n).due, NOW + 500);
}

#[test]
fn an_item_waits_with_its_words_until_its_page_comes() {
    let (_folder, store) = store();
    let (n, _) = listed(&store, NewSource::of(FEED));
    let items: Vec<NewItem> = (0..1_200_i64)
        .map(|key| NewItem {
            key,
            state: if key < 3 { ItemState::Waiting } else { ItemState::Kept },
            report: None,
            waits: (key < 3).then(|| (format!("https://herald.example/{key}"), Box::new(report(1)))),
        })
        .collect();
    store.write(move |writing| writing.put_items(n, &items, NOW)).unwrap();
    let keys: Vec<i64> = (1_100..1_300).collect();
    assert_eq!(store.read(|view| view.known_items(n, &keys)).unwrap().len(), 100);
    let waiting = store.read(|view| view.waiting_items(NOW, 2, 10)).unwrap();
    assert_eq!(waiting.len(), 2);
    assert_eq!(waiting[0].report, report(1));
    let first = waiting[0].n;
    store.write(move |writing| writing.settle_item(first, ItemState::Kept, Some("r1"))).unwrap();
    let second = waiting[1].n;
    store.write(move |writing| writing.postpone_item(second, NOW + 60)).unwrap();
    assert_eq!(store.read(|view| view.waiting_items(NOW, 5, 10)).unwrap().len(), 1);
    assert_eq!(store.read(|view| view.waiting_count(n)).unwrap(), 2);
}

#[test]
fn moments_are_those_of_the_calendar() {
    assert_eq!(moment(0), "1 January 1970, 00:00 UTC");
    assert_eq!(moment(951_782_400), "29 February 2000, 00:00 UTC");
    assert_eq!(moment(-1), "31 December 1969, 23:59 UTC");
    assert_eq!(moment(1_772_700_000), "5 March 2026, 08:40 UTC");
}
