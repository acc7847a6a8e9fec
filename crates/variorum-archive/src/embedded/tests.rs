//! The runner over stages that only tests have.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::crew::Crew;
use super::{Here, Machine, Sink};
use crate::{Error, Out, Row, Stage};

const FEW: u64 = 500;
const MUCH: u64 = 256 << 20;

fn stage(names: usize, is_grouped: bool) -> Stage {
    Stage { name: "ferries".to_owned(), names: (0..names).map(|n| format!("ferry-{n}")).collect(), is_grouped }
}

/// Runs a stage on so many threads with so much memory.
fn run(
    stage: &Stage,
    (threads, memory): (usize, u64),
    map: impl Fn(&str, Sink<'_>) -> Result<(), Error> + Sync,
    group: impl Fn(Vec<Row>) -> Result<Vec<String>, Error> + Sync,
) -> Result<Vec<String>, Error> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let folder = folder.path().join("regroup");
    std::fs::create_dir(&folder).expect("a folder can be made");
    std::fs::write(folder.join("0.arrow"), "left by a run that was killed").expect("a file can be written");
    let machine = Machine { threads: Some(threads), memory };
    let crew = Crew::new(&machine).expect("threads can be started");
    let here = Here { crew: &crew, memory, folder: folder.clone(), progress: &|_, _, _| () };
    let receipts = here.run(stage, map, group);
    assert!(receipts.is_err() || !folder.exists(), "rows of the stage are left");
    receipts
}

/// Every name gives 40 rows in five buckets.
fn passengers(name: &str, out: Sink<'_>) -> Result<(), Error> {
    (0..40)
        .try_for_each(|n| out(Out::Row(Row { bucket: n % 5 - 2, key: format!("{name}/{n}"), body: vec![n as u8; 9] })))
}

fn counted(mut rows: Vec<Row>) -> Result<Vec<String>, Error> {
    rows.sort_unstable();
    let bucket = rows[0].bucket;
    assert!(rows.iter().all(|row| row.bucket == bucket), "rows of several buckets in one");
    let words: Vec<String> = rows.iter().map(|row| format!("{}:{:?}", row.key, row.body)).collect();
    Ok(vec![format!("{bucket} {}", words.join(" "))])
}

#[test]
fn threads_and_memory_leave_no_trace() {
    let stage = stage(30, true);
    let alone = run(&stage, (1, MUCH), passengers, counted).expect("it runs");
    assert_eq!((alone.len(), alone.join(" ").matches("ferry-").count()), (5, 30 * 40));
    for threads in [1, 2, 8] {
        for memory in [FEW, 20_000, MUCH] {
            let receipts = run(&stage, (threads, memory), passengers, counted).expect("it runs");
            assert!(receipts == alone, "{threads} threads with {memory} bytes give other receipts");
        }
    }
}

#[test]
fn a_stage_without_groups_gives_the_receipts_of_its_map() {
    let map = |name: &str, out: Sink<'_>| out(Out::Receipt(name.to_owned()));
    for threads in [1, 2, 8] {
        let receipts = run(&stage(9, false), (threads, FEW), map, counted).expect("it runs");
        assert_eq!(receipts, stage(9, false).names);
    }
    assert!(run(&stage(0, true), (2, FEW), passengers, counted).expect("there is nothing to do").is_empty());
    let error = run(&stage(1, false), (1, FEW), passengers, counted).expect_err("rows that nobody groups");
    assert_eq!(error.to_string(), "stage `ferries`: rows came of a stage that groups none");
}

#[test]
fn an_error_ends_the_stage() {
    let begun = AtomicUsize::new(0);
    let map = |name: &str, out: Sink<'_>| {
        begun.fetch_add(1, Ordering::Relaxed);
        if name == "ferry-3" { Err(Error::Nothing { why: None }) } else { passengers(name, out) }
    };
    for threads in [1, 2, 8] {
        begun.store(0, Ordering::Relaxed);
        let error = run(&stage(5_000, true), (threads, MUCH), map, counted).expect_err("a step fails");
        assert!(matches!(error, Error::Nothing { .. }), "{error}");
        assert!(begun.load(Ordering::Relaxed) < 1_000, "{} steps were begun", begun.load(Ordering::Relaxed));
        let error = run(&stage(9, true), (threads, FEW), passengers, |_| Err(Error::Nothing { why: None }))
            .expect_err("a group fails");
        assert!(matches!(error, Error::Nothing { .. }), "{error}");
    }
}

#[test]
fn a_panic_names_stage_and_input() {
    let map = |name: &str, out: Sink<'_>| {
        assert!(name != "ferry-3", "no rudder");
        passengers(name, out)
    };
    let error = run(&stage(9, true), (2, FEW), map, counted).expect_err("a step breaks off");
    assert_eq!(error.to_string(), "stage `ferries` broke off at ferry-3: no rudder");
    let group = |rows: Vec<Row>| if rows[0].bucket == 1 { panic!("no {}", "port") } else { counted(rows) };
    let error = run(&stage(9, true), (2, FEW), passengers, group).expect_err("a group breaks off");
    assert_eq!(error.to_string(), "stage `ferries` broke off at bucket 1: no port");
}

#[test]
fn large_buckets_are_grouped_one_at_a_time() {
    let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let group = |rows| {
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::yield_now();
        let counted = counted(rows);
        now.fetch_sub(1, Ordering::SeqCst);
        counted
    };
    run(&stage(30, true), (8, FEW), passengers, group).expect("it runs");
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

#[test]
fn progress_ends_where_it_should() {
    let told: Mutex<BTreeMap<usize, usize>> = Mutex::default();
    let crew = Crew::new(&Machine { threads: Some(2), memory: MUCH }).expect("threads can be started");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let progress = |stage: &str, done: usize, of: usize| {
        assert_eq!(stage, "ferries");
        told.lock().unwrap().insert(of, done);
    };
    let here = Here { crew: &crew, memory: MUCH, folder: folder.path().join("regroup"), progress: &progress };
    here.run(&stage(30, true), passengers, counted).expect("it runs");
    assert_eq!(told.into_inner().unwrap(), BTreeMap::from([(5, 5), (30, 30)]));
}
