//! The newsroom from the command line: reports are kept, found, backed up, forgotten; nothing that was told is lost.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::program::{self, Run};

/// A folder that goes when it is dropped, with a record in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Desk { folder: tempfile::tempdir().expect("there is room for a folder") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("desk.db")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = program::program();
        command.args(args).env("VARIORUM_STORE", self.path());
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        program::feed(self.command(args), b"")
    }

    fn count(&self, noun: &str) -> u64 {
        let found = self.run(&["doctor", "--json"]).ended_with(0).json();
        let counts = found["counts"].as_array().expect("counts are a list");
        let count = counts.iter().find(|count| count[0] == noun);
        count.unwrap_or_else(|| panic!("{noun} is not counted"))[1].as_u64().expect("a count is a number")
    }
}

fn line(n: usize) -> String {
    let places = ["Delmare", "Karsholm", "Vesterland", "Port Brava"];
    let text =
        format!("A ferry lost its rudder off {} on day {n}. Ada Orr said that {n} people were safe.", places[n % 4]);
    let report = json!({"id": format!("r{n}"), "url": format!("https://herald.example/{n}"), "outlet": "Delmare Herald",
        "title": format!("Ferry adrift, number {n}"), "published": "2026-03-05", "language": "en", "text": text});
    format!("{report}\n")
}

#[test]
fn reports_are_kept_and_their_stories_made() {
    let desk = Desk::new();
    let reports = "corpus/harbour-leak/reports";
    let out = desk.run(&["add", reports]).ended_with(0).out;
    assert!(out.contains("10 reports: 10 new, 0 known, 0 revised."), "{out}");
    assert!(out.contains("holds 10 reports in ") && out.contains("`variorum serve`"), "{out}");
    let stories = desk.count("stories");
    assert!(stories >= 1 && desk.count("stories to be made anew") == 0);
    let out = desk.run(&["add", reports]).ended_with(0).out;
    assert!(out.contains("10 reports: 0 new, 10 known, 0 revised."), "{out}");
    assert_eq!((desk.count("reports"), desk.count("stories"), desk.count("editions")), (10, stories, stories));
}

#[test]
fn the_record_is_exported_as_a_site() {
    let desk = Desk::new();
    desk.run(&["add", "corpus/harbour-leak/reports"]).ended_with(0);
    let site = desk.folder.path().join("site");
    let out = site.display().to_string();
    let said = desk.run(&["export", "site", "--out", &out]).ended_with(0).out;
    assert!(said.starts_with("Wrote ") && said.contains("index.html"), "{said}");
    let pages = |kind: &str| {
        let found = std::fs::read_dir(site.join(kind)).expect("the folder is there").flatten();
        found.filter(|entry| entry.path().extension().is_some_and(|end| end == "html")).count() as u64
    };
    assert_eq!((pages("report"), pages("story")), (10, desk.count("stories")));
    let front = std::fs::read_to_string(site.join("index.html")).expect("the front page is there");
    assert!(front.contains(" href=\"story/") && !front.contains("<form"), "{front}");
    desk.run(&["export", "site", "--out", &out]).ended_with(0);
    let folder = desk.folder.path().display().to_string();
    assert!(desk.run(&["export", "site", "--out", &folder]).ended_with(1).err.contains("hint:"));
}

#[test]
fn a_report_with_other_words_is_a_revision() {
    let desk = Desk::new();
    program::feed(desk.command(&["add", "-"]), line(1).as_bytes()).ended_with(0);
    let out = program::feed(desk.command(&["add", "-"]), line(1).replace("rudder", "anchor").as_bytes());
    assert!(out.ended_with(0).out.contains("1 report: 0 new, 0 known, 1 revised."));
    assert_eq!(desk.count("earlier revisions"), 1);
    let found = desk.run(&["search", "anchor", "--json"]).ended_with(0).json();
    assert_eq!(found["total"], 1, "{found}");
    assert_eq!(desk.run(&["search", "rudder", "--json"]).ended_with(0).json()["total"], 0);
}

#[test]
fn what_cannot_be_used_is_told_and_kept_as_a_problem() {
    let desk = Desk::new();
    let input = format!("{}{{\"id\": 1}}\n{}", line(1), line(2));
    let run = program::feed(desk.command(&["add", "-", "--no-work"]), input.as_bytes()).ended_with(0);
    assert!(run.out.contains("2 reports: 2 new, 0 known, 0 revised; 1 problem."), "{}", run.out);
    assert!(run.out.contains("wait for `variorum serve`") && run.err.contains("problem: "), "{}{}", run.out, run.err);
    assert_eq!((desk.count("problems"), desk.count("stories")), (1, 0));
    let run = desk.run(&["add", "no/such/folder"]).ended_with(1);
    assert!(run.err.contains("no such file or folder"), "{}", run.err);
    program::feed(desk.command(&["add", "-", "--strict"]), b"{}\n").ended_with(1);
}

#[test]
fn a_search_shows_where_to_look() {
    let desk = Desk::new();
    let input: String = (0..30).map(line).collect();
    program::feed(desk.command(&["add", "-"]), input.as_bytes()).ended_with(0);
    let out = desk.run(&["search", "ferries", "Delmare", "--limit", "3"]).ended_with(0).out;
    assert!(out.starts_with("8 reports; 3 of them, the newest first:\n"), "{out}");
    assert!(out.contains("Delmare Herald, r") && out.contains("story "), "{out}");
    let out = desk.run(&["search", "zeppelin"]).ended_with(0).out;
    assert!(out.starts_with("No report fits."), "{out}");
    let run = desk.run(&["search", "\"two ferries"]).ended_with(1);
    assert!(run.err.starts_with("error: "), "{}", run.err);
    let first = desk.run(&["search", "ferry", "--json", "--order", "best", "--limit", "20"]).ended_with(0).json();
    let after = first["next"].as_str().unwrap();
    let args = ["search", "ferry", "--json", "--order", "best", "--after", after];
    assert_eq!(desk.run(&args).ended_with(0).json()["hits"].as_array().map(Vec::len), Some(10));
}

#[test]
fn the_doctor_says_what_to_do() {
    let desk = Desk::new();
    let run = desk.run(&["doctor"]).ended_with(1);
    assert!(run.err.contains("there is no record at") && run.err.contains("hint: "), "{}", run.err);
    program::feed(desk.command(&["add", "-"]), line(1).as_bytes()).ended_with(0);
    assert!(desk.run(&["doctor"]).ended_with(0).out.ends_with("All is well.\n"));
    let index = desk.folder.path().join("desk.db.search");
    for file in std::fs::read_dir(&index).unwrap().map(|file| file.unwrap().path()) {
        std::fs::write(file, "torn").unwrap();
    }
    let out = desk.run(&["doctor"]).ended_with(1).out;
    assert!(out.contains("wrong: ") && out.contains("do: `variorum reindex`"), "{out}");
    assert_eq!(desk.run(&["reindex"]).ended_with(0).out, "The search index holds 1 report.\n");
    desk.run(&["doctor"]).ended_with(0);
}

#[test]
fn a_backup_is_a_record() {
    let desk = Desk::new();
    program::feed(desk.command(&["add", "-"]), line(1).as_bytes()).ended_with(0);
    let copy = desk.folder.path().join("copy.db");
    let name = copy.to_str().unwrap();
    assert!(desk.run(&["backup", name]).ended_with(0).out.starts_with("Copied "));
    let found = desk.run(&["search", "ferry", "--store", name, "--json"]).ended_with(0).json();
    assert_eq!(found["total"], 1);
    let run = desk.run(&["backup", name]).ended_with(1);
    assert!(run.err.contains("it is there already"), "{}", run.err);
}

#[test]
fn what_is_forgotten_is_gone_from_stories_and_search() {
    let desk = Desk::new();
    let input: String = (0..8).map(line).collect();
    program::feed(desk.command(&["add", "-"]), input.as_bytes()).ended_with(0);
    let out = desk.run(&["forget", "--report", "r3", "--dry-run"]).ended_with(0).out;
    assert_eq!(out, "1 report would be forgotten. Nothing was.\n");
    assert!(desk.run(&["forget", "--report", "r3"]).ended_with(0).out.starts_with("Forgot 1 report"));
    assert_eq!(desk.count("reports"), 7);
    assert_eq!(desk.run(&["search", "ferry", "--json"]).ended_with(0).json()["total"], 7);
    assert!(desk.run(&["forget", "--report", "r3"]).ended_with(1).err.contains("there is no report `r3`"));
    assert!(desk.run(&["forget", "--larger-than", "much"]).ended_with(1).err.contains("is no size"));
    assert!(desk.run(&["forget", "--older-than", "1"]).ended_with(0).out.starts_with("Forgot 0 reports"));
    assert!(desk.run(&["forget", "--larger-than", "0"]).ended_with(0).out.starts_with("Forgot 7 reports"));
    assert_eq!((desk.count("reports"), desk.count("stories")), (0, 0));
    desk.run(&["forget"]).ended_with(2);
    desk.run(&["forget", "--older-than", "1", "--report", "r1"]).ended_with(2);
}

#[test]
fn a_kill_in_the_middle_loses_no_report_that_was_told() {
    let desk = Desk::new();
    // What came before the kill may reach into the next round's reports, so names are told apart.
    let mut told = BTreeSet::new();
    for round in 0..3 {
        let names = killed(&desk, 1_000 * round, 40 + 700 * round);
        assert!(!names.is_empty());
        told.extend(names);
    }
    assert!(desk.count("reports") >= told.len() as u64);
    let again: String = told.iter().map(|name| line(name[1..].parse().unwrap())).collect();
    let run = program::feed(desk.command(&["add", "-", "--json", "--no-work"]), again.as_bytes()).ended_with(0);
    assert!(run.lines().iter().all(|line| line.get("known").is_some()), "a report was lost");
}

/// Starts an `add`, kills it after so many receipts, and returns the names that it had told.
fn killed(desk: &Desk, first: usize, receipts: usize) -> Vec<String> {
    let mut child = desk
        .command(&["add", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built with this test");
    let mut stdin = child.stdin.take().expect("it was piped");
    let out = BufReader::new(child.stdout.take().expect("it was piped"));
    std::thread::scope(|scope| {
        // The pipe breaks when the program is killed.
        scope.spawn(move || (first..first + 5_000).try_for_each(|n| stdin.write_all(line(n).as_bytes())));
        let mut names = Vec::new();
        for line in out.lines().map_while(Result::ok) {
            // The last line may be cut.
            let Ok(receipt) = serde_json::from_str::<Value>(&line) else { break };
            let kept = receipt.as_object().and_then(|receipt| receipt.values().next()).cloned().unwrap_or_default();
            names.extend(kept["id"].as_str().map(str::to_owned));
            if names.len() == receipts {
                child.kill().expect("it is ours");
            }
        }
        child.wait().expect("it can be waited for");
        names
    })
}

#[test]
fn a_file_that_is_no_record_is_refused() {
    let desk = Desk::new();
    std::fs::write(desk.path(), "Ada Orr called about the ferry. ".repeat(200)).unwrap();
    let run = desk.run(&["add", "corpus/harbour-leak/reports"]).ended_with(1);
    assert!(run.err.contains("is no record of variorum") && run.err.contains("hint: "), "{}", run.err);
    assert!(Path::new(&desk.path()).is_file());
}
