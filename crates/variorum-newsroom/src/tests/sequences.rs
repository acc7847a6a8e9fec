//! Whatever the machine and people do, in whatever order: the record holds what follows from it.

use proptest::prelude::*;
use variorum_store::{Seq, Standing, Store};

use super::{NOW, by, desk, report, store, work};
use crate::{Action, Error, correct, overlay, undo};

#[derive(Debug, Clone)]
enum Step {
    Add(usize, usize),
    Revise(usize),
    Merge(usize, usize),
    Split(usize),
    Move(usize, usize),
    Undo(usize),
    MachineMerge(usize, usize),
    Forget(usize),
    Work,
    Crash,
}

fn step() -> impl Strategy<Value = Step> {
    let n = || 0..64_usize;
    prop_oneof![
        4 => (0..5_usize, 0..6_usize).prop_map(|(event, n)| Step::Add(event, n)),
        1 => n().prop_map(Step::Revise),
        2 => (n(), n()).prop_map(|(a, b)| Step::Merge(a, b)),
        2 => n().prop_map(Step::Split),
        2 => (n(), n()).prop_map(|(a, b)| Step::Move(a, b)),
        2 => n().prop_map(Step::Undo),
        1 => (n(), n()).prop_map(|(a, b)| Step::MachineMerge(a, b)),
        1 => n().prop_map(Step::Forget),
        2 => Just(Step::Work),
        1 => Just(Step::Crash),
    ]
}

/// Returns the item of a number that may be larger than the list.
fn nth<T: Clone>(list: &[T], n: usize) -> Option<T> {
    list.get(n.checked_rem(list.len())?).cloned()
}

fn stories(store: &Store) -> Vec<String> {
    super::by_story(store).into_keys().collect()
}

fn reports(store: &Store) -> Vec<(Seq, String)> {
    let rows = store.read(|view| view.reports_after(0, 1000)).unwrap();
    rows.into_iter().map(|row| (row.seq, row.id.to_string())).collect()
}

fn take(store: &Store, desk: &mut Option<crate::Desk>, step: Step) {
    let corrected = |action| match correct(store, action, by(), NOW) {
        Ok(_) | Err(Error::Refused(_)) => {}
        Err(Error::Store(error)) => panic!("{error}"),
    };
    match step {
        Step::Add(event, n) => drop(store.keep(vec![report(event, n)], NOW).unwrap()),
        Step::Revise(n) => {
            if let Some((seq, _)) = nth(&reports(store), n) {
                let mut report = store.read(|view| view.report(seq)).unwrap().unwrap();
                report.text.push_str(" Nothing more was known at noon.");
                store.keep(vec![report], NOW).unwrap();
            }
        }
        Step::Merge(a, b) => {
            if let (Some(story), Some(with)) = (nth(&stories(store), a), nth(&stories(store), b)) {
                corrected(Action::Merge { story, with });
            }
        }
        Step::Split(n) => {
            if let Some((_, id)) = nth(&reports(store), n)
                && let Some(placed) = store.read(|view| view.placed(view.seq(&id)?.unwrap_or_default())).unwrap()
            {
                corrected(Action::Split { story: placed.story, reports: vec![id.into()] });
            }
        }
        Step::Move(a, b) => {
            if let (Some((_, id)), Some(story)) = (nth(&reports(store), a), nth(&stories(store), b)) {
                corrected(Action::Move { report: id.into(), story });
            }
        }
        Step::Undo(n) => {
            let standing = store.read(|view| view.corrections(Standing::Standing)).unwrap();
            if let Some(correction) = nth(&standing, n) {
                undo(store, correction.n, "Tomas Bree", NOW).unwrap();
            }
        }
        Step::MachineMerge(a, b) => {
            let automatic: std::collections::BTreeSet<String> =
                store.read(|view| view.placed_after(0, 1000)).unwrap().into_iter().map(|p| p.automatic).collect();
            let automatic: Vec<String> = automatic.into_iter().collect();
            if let (Some(a), Some(b)) = (nth(&automatic, a), nth(&automatic, b)) {
                store.write(move |writing| crate::placing::merge(writing, &[a, b], NOW)).unwrap();
            }
        }
        Step::Forget(n) => {
            if let Some((seq, _)) = nth(&reports(store), n) {
                store.forget(vec![seq], NOW).unwrap();
            }
        }
        Step::Work => drop(desk.get_or_insert_with(|| super::desk(store)).work(NOW).unwrap()),
        Step::Crash => *desk = None,
    }
}

/// Holds the record against what follows from the machine's decisions and the standing corrections, worked out anew.
fn holds(store: &Store) {
    store
        .read(|view| {
            let names = overlay::Names::read(view)?;
            for placed in view.placed_after(0, 1000)? {
                let row = view.report_row(placed.report)?.unwrap();
                assert_eq!(view.merged(&placed.automatic)?, placed.automatic, "the machine's names are flat");
                let expected = overlay::story_of(view, &placed, &row.id)?;
                assert_eq!(placed.story, expected, "report {}", row.id);
                assert_eq!(names.of(&expected), expected, "a story has the name that it goes by");
            }
            for (name, story) in view.aliases()? {
                assert_eq!(names.of(&name), story);
                assert!(!view.has_reports(&name)?, "`{name}` stands for `{story}` and has reports");
            }
            Ok(())
        })
        .unwrap();
}

/// Holds each story against one that is made from its reports alone.
fn is_as_from_scratch(store: &Store) {
    let listed = store.read(|view| view.story_ids()).unwrap();
    assert_eq!(listed, stories(store), "every story with reports is listed, and no other");
    let before = super::bytes(store);
    store
        .write(|writing| {
            writing.drop_readings()?;
            writing.mark_all_stale()
        })
        .unwrap();
    let mut desk = desk(store);
    work(&mut desk, NOW);
    assert_eq!(super::bytes(store), before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_record_holds_what_follows_from_it(steps in proptest::collection::vec(step(), 1..40)) {
        let (_folder, store) = store();
        let mut at_desk = None;
        for step in steps {
            take(&store, &mut at_desk, step);
            holds(&store);
        }
        work(at_desk.get_or_insert_with(|| desk(&store)), NOW);
        drop(at_desk);
        holds(&store);
        is_as_from_scratch(&store);
        // Taking back every correction leaves the machine's decisions.
        for correction in store.read(|view| view.corrections(Standing::Standing)).unwrap() {
            undo(&store, correction.n, "Tomas Bree", NOW).unwrap();
            holds(&store);
        }
        for placed in store.read(|view| view.placed_after(0, 1000)).unwrap() {
            prop_assert_eq!(&placed.story, &placed.automatic);
        }
    }
}
