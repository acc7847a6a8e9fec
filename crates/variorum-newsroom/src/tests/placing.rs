use variorum_store::{LogKind, Store};

use super::{NOW, add, by_story, desk, members, report, store, work};

fn some(range: std::ops::Range<usize>) -> Vec<variorum_news::Report> {
    range.map(|n| report(n % 6, n / 6)).collect()
}

#[test]
fn a_crash_after_the_snapshot_changes_no_answer() {
    let (_folder, whole) = store();
    add(&whole, some(0..24), NOW);

    let (_folder, store) = store();
    for part in 0..4 {
        store.keep(some(6 * part..6 * part + 6), NOW).unwrap();
        let mut desk = desk(&store);
        work(&mut desk, NOW);
        // No leave: the shelf is lost with the process, as it is in a crash.
        drop(desk);
    }
    assert_eq!(by_story(&store), by_story(&whole));
    assert_eq!(store.read(|view| view.shelf()).unwrap(), None);
    assert_eq!(placements(&store), placements(&whole));
}

/// Returns the story that each report was first given to, as the log has it.
fn placements(store: &Store) -> Vec<(Option<i64>, String)> {
    let log = store.read(|view| view.log_after(0, 10_000)).unwrap();
    let placed = log.into_iter().filter(|line| line.kind == LogKind::Placed);
    placed.map(|line| (line.report, line.body["story"].as_str().unwrap_or_default().to_owned())).collect()
}

#[test]
fn a_story_whose_first_report_is_forgotten_before_a_crash_goes_on() {
    let (_folder, store) = store();
    add(&store, some(0..6), NOW);
    add(&store, some(6..12), NOW);
    let story = super::story_of(&store, "e0-1");
    let first = store.read(|view| view.seq("e0-0")).unwrap().unwrap();
    store.forget(vec![first], NOW).unwrap();
    add(&store, vec![report(0, 2), report(0, 5)], NOW);
    assert_eq!(super::story_of(&store, "e0-2"), story);
    assert_eq!(super::story_of(&store, "e0-5"), story);
    assert_eq!(members(&store).len(), 6);
}

#[test]
fn a_report_that_was_forgotten_may_come_again_while_the_desk_works() {
    let (_folder, store) = store();
    store.keep(some(0..12), NOW).unwrap();
    let mut desk = desk(&store);
    work(&mut desk, NOW);
    let first = store.read(|view| view.seq("e0-1")).unwrap().unwrap();
    store.forget(vec![first], NOW).unwrap();
    store.keep(vec![report(0, 1)], NOW).unwrap();
    work(&mut desk, NOW);
    assert_eq!(super::story_of(&store, "e0-1"), super::story_of(&store, "e0-0"));
    let placed = store.read(|view| view.placed(view.seq("e0-1")?.unwrap_or_default())).unwrap().unwrap();
    assert_ne!(placed.duplicate_of.as_deref(), Some("e0-1"), "nothing is a copy of itself");
}

#[test]
fn one_process_has_the_desk() {
    let (_folder, store) = store();
    let first = desk(&store);
    assert!(matches!(
        crate::Desk::take(&store, crate::Options::default()).unwrap(),
        crate::Taken::Elsewhere(Some(pid)) if pid == std::process::id()
    ));
    first.leave().unwrap();
    desk(&store);
}
