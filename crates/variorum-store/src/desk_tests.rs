//! What a desk does with the record: places, corrects, forgets, copies, examines.

use serde_json::json;
use variorum_news::Annotations;

use crate::invented::{NOW, report, store, store_of};
use crate::*;

fn place(writing: &Writing, report: Seq, story: &str) -> Result<(), Error> {
    let (automatic, story) = (story.to_owned(), story.to_owned());
    writing.place(&Placed { report, automatic, story, score: 0.5, duplicate_of: None })
}

fn card(id: &str, changed: i64, reports: u32) -> StoryCard {
    StoryCard {
        id: id.to_owned(),
        made: Some([7; 16]),
        changed,
        first_seen: NOW,
        newest: NOW + changed,
        reports,
        publishers: reports,
        origins: 1,
        uncertain: 0,
        variants: 0,
        drift: reports / 2,
        title: Some(format!("Story {id}")),
        lead: None,
        language: Some("en".to_owned()),
    }
}

#[test]
fn work_that_fails_is_undone_alone() {
    let (_folder, store) = store();
    let failed = store.write(|writing| {
        writing.put_setting("a", "1")?;
        Err::<(), _>(Error::Cursor)
    });
    assert!(matches!(failed, Err(Error::Cursor)));
    let broke = store.write(|writing| -> Result<(), Error> {
        writing.put_setting("a", "1")?;
        panic!("as a fault of the program does")
    });
    assert!(matches!(broke, Err(Error::BrokeOff)));
    store.write(|writing| writing.put_setting("b", "2")).unwrap();
    assert_eq!(store.read(|view| Ok((view.setting("a")?, view.setting("b")?))).unwrap(), (None, Some("2".to_owned())));
}

#[test]
fn a_read_sees_one_moment() {
    let (_folder, store) = store_of(0..3);
    let (before, after) = store
        .read(|view| {
            let before = view.count()?;
            store.keep(vec![report(9)], NOW)?;
            Ok((before, view.count()?))
        })
        .unwrap();
    assert_eq!((before, after), (3, 3));
    assert_eq!(store.read(|view| view.count()).unwrap(), 4);
}

#[test]
fn reports_are_placed_and_logged() {
    let (_folder, store) = store_of(0..3);
    store
        .write(|writing| {
            place(writing, 1, "s1")?;
            place(writing, 3, "s1")?;
            writing.log_line(NOW, LogKind::Placed, Some(1), &json!({ "story": "s1" }))?;
            writing.log_line(NOW, LogKind::Merged, None, &json!({ "merge": ["s1", "s2"] }))
        })
        .unwrap();
    store
        .read(|view| {
            assert_eq!((view.reports_of_story("s1")?, view.unplaced_after(0, 9)?), (vec![1, 3], vec![2]));
            assert_eq!(view.placed(3)?.unwrap().automatic, "s1");
            assert_eq!(view.log_of(1)?[0].body["story"], "s1");
            assert_eq!(view.log_after(1, 9)?[0].kind, LogKind::Merged);
            assert_eq!(view.log_before(i64::MAX, 1)?[0].n, 2);
            Ok(())
        })
        .unwrap();
    assert!(matches!(store.write(|writing| place(writing, 99, "s1")), Err(Error::Unknown { .. })));
}

#[test]
fn stories_are_listed_page_by_page() {
    let (_folder, store) = store();
    store
        .write(|writing| {
            for n in 0..7 {
                writing.put_story(&card(&format!("s{n}"), n / 2, 1 + n as u32), &json!({ "n": n }), 0)?;
            }
            writing.mark_stale("new")
        })
        .unwrap();
    let mut list = StoryList { limit: 3, ..StoryList::default() };
    let mut seen = Vec::new();
    loop {
        let page = store.read(|view| view.stories(&list)).unwrap();
        seen.extend(page.items.iter().map(|card| card.id.clone()));
        list.after = page.next;
        if list.after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["s6", "s5", "s4", "s3", "s2", "s1", "s0"], "a story that was never made is on no list");
    let few = StoryList { least_publishers: 6, only_differing: Differing::Drift, ..StoryList::default() };
    assert_eq!(store.read(|view| view.stories(&few)).unwrap().items.len(), 2);
    let other = StoryList { after: Some("0123456789".to_owned()), ..StoryList::default() };
    assert!(matches!(store.read(|view| view.stories(&other)), Err(Error::Cursor)));
    assert_eq!(store.read(|view| view.story::<serde_json::Value>("s3")).unwrap(), Some(json!({ "n": 3 })));
}

#[test]
fn what_comes_while_a_story_is_made_keeps_it_stale() {
    let (_folder, store) = store();
    store.write(|writing| writing.mark_stale("s")).unwrap();
    let as_of = store.read(|view| view.change()).unwrap();
    store.write(|writing| writing.mark_stale("s")).unwrap();
    store.write(move |writing| writing.put_story(&card("s", 1, 1), &1, as_of)).unwrap();
    assert_eq!(store.read(|view| view.stale_stories(9)).unwrap(), ["s"]);
    store.write(move |writing| writing.put_story(&card("s", 1, 1), &1, as_of + 1)).unwrap();
    assert_eq!(store.read(|view| view.story_counts()).unwrap(), (1, 0));
}

#[test]
fn names_of_merged_stories_lead_on_and_editions_tell_the_past() {
    let (_folder, store) = store();
    store
        .write(|writing| {
            writing.put_alias("a", "b", NOW)?;
            writing.put_alias("b", "c", NOW)?;
            assert!(writing.put_alias("c", "a", NOW).is_err(), "a ring leads nowhere");
            assert_eq!(writing.put_edition("c", NOW, &json!(["r1"]))?, 1);
            assert_eq!(writing.put_edition("c", NOW + 60, &json!(["r1", "r2"]))?, 2);
            Ok(())
        })
        .unwrap();
    store
        .read(|view| {
            assert_eq!((view.resolve("a")?, view.resolve("x")?), ("c".to_owned(), "x".to_owned()));
            assert_eq!((view.edition_at("c", NOW + 59)?, view.edition_at("c", 0)?), (Some(1), None));
            assert_eq!(view.edition::<serde_json::Value>("c", 2)?, Some(json!(["r1", "r2"])));
            Ok(())
        })
        .unwrap();
    store.write(|writing| writing.drop_alias("b")).unwrap();
    assert_eq!(store.read(|view| view.resolve("a")).unwrap(), "b");
}

fn correction(reports: Vec<Seq>) -> NewCorrection {
    let body = json!({ "move": { "to": "s2" } });
    NewCorrection {
        at: NOW,
        who: "Ada".to_owned(),
        reason: "another fire".to_owned(),
        body,
        reports,
        stories: vec!["s2".to_owned()],
    }
}

#[test]
fn corrections_stand_until_they_are_taken_back() {
    let (_folder, store) = store_of(0..2);
    let n = store.write(|writing| writing.correct(&correction(vec![1]))).unwrap();
    assert!(store.write(|writing| writing.correct(&correction(vec![99]))).is_err());
    store.write(move |writing| writing.undo(n, NOW + 5, "Bo")).unwrap();
    assert!(store.write(move |writing| writing.undo(n, NOW + 6, "Bo")).is_err(), "nothing is taken back twice");
    store
        .read(|view| {
            assert!(view.corrections(Standing::Standing)?.is_empty());
            let all = view.corrections(Standing::All)?;
            assert_eq!((all.len(), all[0].undone.clone()), (1, Some((NOW + 5, "Bo".to_owned()))));
            assert_eq!((view.correction(n)?.as_ref(), view.corrections_of_story("s2")?.len()), (Some(&all[0]), 1));
            Ok(())
        })
        .unwrap();
}

#[test]
fn small_things_are_kept() {
    let (_folder, store) = store_of(0..1);
    let reading = Annotations::default();
    let expected = reading.clone();
    store
        .write(move |writing| {
            writing.put_shelf(12, b"shelf")?;
            writing.put_reading(1, &reading)?;
            let first = writing.save_search("ferries", "ferry", NOW)?;
            assert_eq!(writing.save_search("ferries", "ferry OR boat", NOW)?, first);
            writing.put_setting("x", "y")?;
            writing.drop_setting("x")
        })
        .unwrap();
    store
        .read(|view| {
            assert_eq!(view.shelf()?, Some((12, b"shelf".to_vec())));
            assert_eq!(view.reading(1)?, Some(expected.clone()));
            assert_eq!(view.saved_searches()?[0].query, "ferry OR boat");
            assert_eq!(view.setting("x")?, None);
            Ok(())
        })
        .unwrap();
    let mut revised = report(0);
    revised.text.push('!');
    store.keep(vec![revised], NOW).unwrap();
    assert_eq!(store.read(|view| view.reading(1)).unwrap(), None, "a reading is of the words that it read");
}

#[test]
fn old_reports_are_forgotten_but_not_what_people_corrected() {
    let (_folder, store) = store_of(0..6);
    store.keep(vec![report(5)], NOW + 1000).unwrap();
    let n = store
        .write(|writing| {
            for seq in 1..=3 {
                place(writing, seq, "s1")?;
            }
            place(writing, 5, "s3")?;
            writing.correct(&correction(vec![2]))
        })
        .unwrap();
    let forgotten = store.retain(Retention::SeenBefore(NOW + 500), NOW + 2000).unwrap();
    assert_eq!((forgotten.reports, forgotten.stories), (4, 1));
    store
        .read(|view| {
            let left: Vec<Seq> = view.reports_after(0, 9)?.iter().map(|row| row.seq).collect();
            assert_eq!((left, view.stale_stories(9)?), (vec![2, 6], vec!["s1".to_owned()]));
            assert_eq!(
                (view.gone(Gone::Report, "r0")?, view.gone(Gone::Story, "s3")?),
                (Some(NOW + 2000), Some(NOW + 2000))
            );
            assert_eq!(view.gone(Gone::Report, "r1")?, None);
            Ok(())
        })
        .unwrap();
    store.write(move |writing| writing.undo(n, NOW, "Bo")).unwrap();
    assert_eq!(store.retain(Retention::Bytes(0), NOW).unwrap().reports, 2);
    assert!(examine(store.path()).unwrap().is_sound());
    assert_eq!(store.keep(vec![report(0)], NOW).unwrap()[0].seq(), 7, "a number is never used again");
}

#[test]
fn a_record_by_size_gives_room_back() {
    let (_folder, store) = store();
    let long = |n| {
        let mut long = report(n);
        long.extra.insert("noise".to_owned(), (0..400).map(|i| (n * 7919 + i * 104_729) % 99_991).collect());
        long
    };
    store.keep((0..1500).map(long).collect(), NOW).unwrap();
    let full = store.read(|view| view.bytes()).unwrap();
    let forgotten = store.retain(Retention::Bytes(full / 2), NOW).unwrap();
    assert!(forgotten.bytes <= full / 2 && forgotten.reports >= 500, "{forgotten:?} of {full}");
    assert!(store.read(|view| view.count()).unwrap() > 0);
}

#[test]
fn a_copy_is_whole_and_has_a_name_of_its_own() {
    let (folder, store) = store_of(0..50);
    let to = folder.path().join("copy.db");
    store.backup(&to).unwrap();
    assert!(store.backup(&to).unwrap_err().to_string().contains("it is there already"));
    store.keep(vec![report(99)], NOW).unwrap();
    assert!(examine(&to).unwrap().is_sound());
    let copy = Store::open(&to).unwrap();
    assert_eq!(copy.read(|view| view.report(50)).unwrap(), Some(report(49)));
    assert_eq!(copy.read(|view| view.count()).unwrap(), 50);
    assert_ne!(copy.read(|view| view.record()).unwrap(), store.read(|view| view.record()).unwrap());
    assert!(store.backup(folder.path().join("no/such/copy.db")).is_err());
}

#[test]
fn the_doctor_tells_what_is_wrong() {
    let (folder, store) = store_of(0..20);
    let path = store.path().to_owned();
    let sound = examine(&path).unwrap();
    assert!(sound.is_sound() && sound.counts.contains(&("reports".to_owned(), 20)), "{sound:?}");
    drop(store);

    let broken = rusqlite::Connection::open(&path).unwrap();
    broken.execute("UPDATE body SET body = x'28b52ffd00' WHERE report = 3", []).unwrap();
    broken.execute("UPDATE body SET body = (SELECT body FROM body WHERE report = 5) WHERE report = 4", []).unwrap();
    broken.close().unwrap();
    let said = format!("{:?}", examine(&path).unwrap().findings);
    assert!(said.contains("report 3 (`r2`) cannot be read back") && said.contains("report 4 (`r3`)"), "{said}");

    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xAA);
    std::fs::write(folder.path().join("torn.db"), bytes).unwrap();
    assert!(!examine(folder.path().join("torn.db")).unwrap().is_sound());
    assert!(matches!(examine(folder.path().join("none.db")), Err(Error::NotThere { .. })));
}
