//! The promise of the receipt, held against kills: this test program starts itself as the one that writes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::invented::{NOW, report};
use crate::{Store, examine};

/// What the child is told: the record, the number of its first report, and how many batches it keeps.
const TOLD: &str = "VARIORUM_STORE_TEST_CHILD";

/// Not a test: the child that keeps reports and prints the name of each after its receipt.
#[test]
#[ignore = "started by the tests below"]
fn child() {
    let Ok(told) = std::env::var(TOLD) else { return };
    let mut told = told.splitn(3, ' ');
    let mut number = || told.next().and_then(|number| number.parse::<usize>().ok()).unwrap();
    let (first, batches) = (number(), number());
    let store = Store::open(told.next().unwrap()).unwrap();
    let mut next = first;
    for batch in 0..batches {
        let reports = (next..next + 1 + batch % 40).map(report).collect();
        let receipts = store.keep(reports, NOW).unwrap();
        next += receipts.len();
        let names: String = receipts.iter().map(|receipt| format!("\nkept {}\n", receipt.id())).collect();
        let mut out = std::io::stdout();
        out.write_all(names.as_bytes()).and_then(|()| out.flush()).unwrap();
    }
}

fn start(path: &Path, first: usize, batches: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["crash_tests::child", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(TOLD, format!("{first} {batches} {}", path.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Reads the names that a child acknowledges, kills it after so many, and returns all that it had printed.
fn acknowledged(mut child: Child, kill_after: usize) -> Vec<String> {
    let mut names = Vec::new();
    let out = BufReader::new(child.stdout.take().unwrap());
    for line in out.lines().map_while(Result::ok) {
        names.extend(line.strip_prefix("kept ").map(str::to_owned));
        if names.len() == kill_after {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    names
}

fn all_there(path: &Path, names: &[String]) {
    let store = Store::open(path).unwrap();
    for name in names {
        let n: usize = name[1..].parse().unwrap();
        let kept = store.read(|view| view.seq(name)?.map_or(Ok(None), |seq| view.report(seq))).unwrap();
        assert_eq!(kept, Some(report(n)), "{name} was acknowledged");
    }
}

#[test]
fn twenty_five_kills_lose_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.db");
    let mut names = Vec::new();
    for round in 0..25 {
        let child = start(&path, round * 1_000_000, usize::MAX);
        let kept = acknowledged(child, 1 + round * 37 % 400);
        assert!(!kept.is_empty(), "the child of round {round} wrote nothing");
        names.extend(kept);
    }
    let examination = examine(&path).unwrap();
    assert!(examination.is_sound(), "{examination:?}");
    all_there(&path, &names);
}

#[test]
fn two_processes_write_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.db");
    let children = [start(&path, 0, 30), start(&path, 1_000_000, 30)];
    let names: Vec<String> = children.into_iter().flat_map(|child| acknowledged(child, usize::MAX)).collect();
    assert_eq!(names.len(), 2 * (1..=30).sum::<usize>());
    all_there(&path, &names);
    assert!(examine(&path).unwrap().is_sound());
}
