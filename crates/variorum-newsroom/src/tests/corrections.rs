use variorum_news::Report;
use variorum_store::{LogKind, Standing};

use super::{NOW, add, by, by_story, bytes, desk, merge, report, split, store, story_of, tell, work};
use crate::{Action, Error, Ruling, correct, drift_key, overlay, undo, variant_key};

fn two_stories() -> (tempfile::TempDir, variorum_store::Store, String, String) {
    let (folder, store) = store();
    add(&store, (0..3).flat_map(|n| [report(0, n), report(1, n)]).collect(), NOW);
    let (ferry, school) = (story_of(&store, "e0-0"), story_of(&store, "e1-0"));
    assert_ne!(ferry, school);
    (folder, store, ferry, school)
}

#[test]
fn a_merge_stands_for_later_reports_until_it_is_taken_back() {
    let (_folder, store, ferry, school) = two_stories();
    let before = (by_story(&store), bytes(&store));
    let n = merge(&store, &ferry, &school);
    assert_eq!(story_of(&store, "e1-2"), ferry);
    add(&store, vec![report(1, 4)], NOW + 60);
    assert_eq!(story_of(&store, "e1-4"), ferry, "the machine's story goes by the name that a person gave it");
    assert_eq!(tell(&store, &school).card.id, ferry);
    assert_eq!(tell(&store, &school).card.reports, 7);
    assert_eq!(tell(&store, &ferry).corrections.len(), 1);

    undo(&store, n, "Tomas Bree", NOW + 120).unwrap();
    let mut desk = desk(&store);
    work(&mut desk, NOW + 120);
    assert_eq!(story_of(&store, "e1-4"), school);
    let seq = store.read(|view| view.seq("e1-4")).unwrap().unwrap();
    store.forget(vec![seq], NOW).unwrap();
    work(&mut desk, NOW + 180);
    assert_eq!((by_story(&store), bytes(&store)), before);
    let kinds: Vec<LogKind> = store.read(|view| view.log_after(0, 100)).unwrap().iter().map(|l| l.kind).collect();
    assert!(kinds.contains(&LogKind::Corrected) && kinds.contains(&LogKind::Undone));
    assert_eq!(tell(&store, &ferry).corrections[0].undone, Some((NOW + 120, "Tomas Bree".to_owned())));
}

#[test]
fn what_a_person_parted_stays_apart() {
    let (_folder, store, ferry, _) = two_stories();
    let n = split(&store, &ferry, &["e0-0"]);
    let own = story_of(&store, "e0-0");
    assert_eq!(own, format!("c{n}"));
    // e0-7 has the words of e0-0, so it follows; what e0-5 tells in words of its own is the machine's to place.
    let mut other = report(0, 5);
    other.text = "Divers in Delmare searched the ferry Amalia again on Tuesday. Ada Orr told families that nobody was \
                  missing from the harbour wall wreck, and that tugs had pulled the flooded vessel clear."
        .to_owned();
    add(&store, vec![report(0, 7), other], NOW + 60);
    assert_eq!(story_of(&store, "e0-7"), own);
    assert_eq!(story_of(&store, "e0-5"), ferry);
    store.write(|writing| writing.mark_all_stale()).unwrap();
    let mut desk = desk(&store);
    work(&mut desk, NOW + 120);
    assert_eq!(story_of(&store, "e0-0"), own);
    assert_eq!(tell(&store, &own).corrections.len(), 1);
    undo(&store, n, "Tomas Bree", NOW + 120).unwrap();
    work(&mut desk, NOW + 180);
    assert_eq!(story_of(&store, "e0-7"), ferry);
    assert_eq!(by_story(&store).len(), 2);
}

#[test]
fn the_machine_may_not_bring_back_what_a_person_parted() {
    let (_folder, store, ferry, school) = two_stories();
    split(&store, &ferry, &["e0-0", "e0-1"]);
    let own = story_of(&store, "e0-0");
    // The machine finds that both stories are one.
    let line = [school.clone(), ferry.clone()];
    store.write(move |writing| crate::placing::merge(writing, &line, NOW)).unwrap();
    assert_eq!(story_of(&store, "e0-2"), school);
    assert_eq!(story_of(&store, "e0-0"), own);
    let mut desk = desk(&store);
    work(&mut desk, NOW + 60);
    assert_eq!(tell(&store, &ferry).card.id, school);
    assert_eq!(tell(&store, &own).card.reports, 2);
}

#[test]
fn what_a_person_joined_stays_one_when_the_machine_gives_a_part_another_name() {
    let (_folder, store, ferry, school) = two_stories();
    add(&store, vec![report(2, 0), report(2, 1)], NOW);
    let bridge = story_of(&store, "e2-0");
    let n = merge(&store, &ferry, &school);
    let line = [bridge.clone(), school.clone()];
    store.write(move |writing| crate::placing::merge(writing, &line, NOW)).unwrap();
    assert_eq!(by_story(&store).len(), 1, "the person joined two and the machine the third");
    assert_eq!(story_of(&store, "e2-0"), ferry);
    undo(&store, n, "Tomas Bree", NOW).unwrap();
    assert_eq!(story_of(&store, "e0-0"), ferry);
    assert_eq!(story_of(&store, "e1-0"), bridge);
    assert_eq!(store.read(|view| view.resolve(&school)).unwrap(), bridge);
}

#[test]
fn a_report_that_is_moved_stays_where_it_was_put() {
    let (_folder, store, ferry, school) = two_stories();
    let action = Action::Move { report: "e0-2".into(), story: school.clone() };
    let n = correct(&store, action, by(), NOW).unwrap();
    add(&store, vec![report(0, 4)], NOW + 60);
    assert_eq!(story_of(&store, "e0-2"), school);
    undo(&store, n, "Tomas Bree", NOW + 60).unwrap();
    assert_eq!(story_of(&store, "e0-2"), ferry);
}

#[test]
fn a_finding_that_is_dismissed_counts_no_more_and_comes_back_when_that_is_taken_back() {
    let (_folder, store, ferry, _) = two_stories();
    let before = tell(&store, &ferry);
    let keys: Vec<String> =
        before.story.variants.iter().map(variant_key).chain(before.story.drift.iter().map(drift_key)).collect();
    assert!(!keys.is_empty(), "the reports differ in how many were hurt");
    let rule = |finding: &str, ruling| {
        correct(&store, Action::Rule { story: ferry.clone(), finding: finding.to_owned(), ruling }, by(), NOW)
    };
    let rulings: Vec<i64> = keys.iter().map(|key| rule(key, Ruling::Dismissed).unwrap()).collect();
    assert!(matches!(rule(&keys[0], Ruling::Dismissed), Err(Error::Refused(_))));
    let mut desk = desk(&store);
    work(&mut desk, NOW + 60);
    let told = tell(&store, &ferry);
    assert_eq!((told.card.variants, told.card.drift), (0, 0));
    assert!(told.reports.iter().all(|member| !member.flags.variants && !member.flags.drift));
    assert_eq!(told.decisions.len(), keys.len());
    assert_eq!(told.story, before.story, "it is still told, as dismissed");
    // It survives a report that says what one said before, and making all anew.
    store.keep(vec![report(0, 3)], NOW + 60).unwrap();
    store.write(|writing| writing.mark_all_stale()).unwrap();
    work(&mut desk, NOW + 120);
    assert_eq!(tell(&store, &ferry).decisions.len(), keys.len());
    rulings.iter().for_each(|n| undo(&store, *n, "Tomas Bree", NOW).unwrap());
    work(&mut desk, NOW + 180);
    let told = tell(&store, &ferry);
    assert_eq!((told.card.variants, told.card.drift), (before.card.variants, before.card.drift));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_sentence() {
    let (_folder, store, ferry, school) = two_stories();
    let refused = |action: Action, who: &str, reason: &str, part: &str| {
        let by = crate::By { who: who.to_owned(), reason: reason.to_owned() };
        match correct(&store, action, by, NOW) {
            Err(Error::Refused(sentence)) => assert!(sentence.contains(part), "{sentence}"),
            other => panic!("{other:?}"),
        }
    };
    let merge = |story: &str, with: &str| Action::Merge { story: story.to_owned(), with: with.to_owned() };
    refused(merge(&ferry, &school), "Mira", " ", "say why");
    refused(merge(&ferry, &school), "", "same night", "say who");
    refused(merge(&ferry, "s0"), "Mira", "same night", "there is no story `s0`");
    refused(merge(&ferry, &ferry), "Mira", "same night", "one story already");
    let split = |reports: &[&str]| Action::Split {
        story: ferry.clone(),
        reports: reports.iter().map(|id| (*id).into()).collect(),
    };
    refused(split(&[]), "Mira", "two nights", "one at least");
    refused(split(&["e1-0"]), "Mira", "two nights", "is not in story");
    refused(split(&["nobody"]), "Mira", "two nights", "there is no report `nobody`");
    refused(split(&["e0-0", "e0-1", "e0-2"]), "Mira", "two nights", "every report");
    let moved = |report: &str, story: &str| Action::Move { report: report.into(), story: story.to_owned() };
    refused(moved("e0-0", &ferry), "Mira", "two nights", "already");
    refused(moved("e0-0", "nowhere"), "Mira", "two nights", "there is no story `nowhere`");
    let rule = Action::Rule { story: ferry.clone(), finding: "v0".to_owned(), ruling: Ruling::Confirmed };
    refused(rule, "Mira", "it is so", "no finding `v0`");
    store.keep(vec![Report::of_text("new", "A ferry sank off Delmare.")], NOW).unwrap();
    refused(moved("new", &ferry), "Mira", "two nights", "waits for its story");
    assert!(matches!(undo(&store, 7, "Mira", NOW), Err(Error::Refused(_))));
    assert!(store.read(|view| view.corrections(Standing::All)).unwrap().is_empty(), "nothing of it was kept");
    let n = super::merge(&store, &ferry, &school);
    undo(&store, n, "Mira", NOW).unwrap();
    assert!(matches!(undo(&store, n, "Mira", NOW), Err(Error::Refused(sentence)) if sentence.contains("already")));
}

#[test]
fn a_name_that_went_into_another_stands_for_what_that_is_now() {
    let (_folder, store, ferry, school) = two_stories();
    add(&store, vec![report(2, 0)], NOW);
    let bridge = story_of(&store, "e2-0");
    merge(&store, &ferry, &school);
    merge(&store, &bridge, &ferry);
    assert_eq!(tell_name(&store, &school), bridge);
    assert_eq!(by_story(&store).len(), 1);
    store.write(|writing| overlay::rename(writing, NOW)).unwrap();
    assert_eq!(tell_name(&store, &school), bridge);
}

fn tell_name(store: &variorum_store::Store, story: &str) -> String {
    store.read(|view| view.resolve(story)).unwrap()
}
