//! An archive in the record: all of it once, however often it is brought in, and whatever is killed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::archive_job::{Material, file_names, started};
use crate::program::{self, Run};

fn import(material: &Material, more: &[&str]) -> Command {
    let mut command = program::program();
    command.arg("import").arg(material.path("archive")).args(more).env("VARIORUM_STORE", material.path("desk.db"));
    command
}

fn imported(material: &Material, more: &[&str]) -> Run {
    program::feed(import(material, more), b"")
}

fn count(record: &Path, noun: &str) -> u64 {
    let args = ["doctor".as_ref(), "--json".as_ref(), "--store".as_ref(), record.as_os_str()];
    let found = program::run(args).ended_with(0).json();
    let counts = found["counts"].as_array().expect("counts are a list").clone();
    counts.iter().find(|count| count[0] == noun).and_then(|count| count[1].as_u64()).expect("it is counted")
}

#[test]
fn an_archive_is_brought_in_once() {
    let material = Material::new();
    let manifest = material.archive("archive", &[]);
    let problems = manifest["problems"].as_u64().expect("a number");
    let out = imported(&material, &[]).ended_with(0).out;
    assert!(out.contains(&format!("50 reports: 50 new, 0 known, 0 revised; {problems} problem")), "{out}");
    let record = material.path("desk.db");
    let counts = |nouns: [&str; 4]| nouns.map(|noun| count(&record, noun));
    let nouns = ["reports", "reports placed", "readings", "problems"];
    assert_eq!(counts(nouns), [50, 50, 50, problems]);
    let out = imported(&material, &[]).ended_with(0).out;
    assert!(out.contains("50 reports: 0 new, 50 known, 0 revised"), "{out}");
    assert_eq!(counts(nouns), [50, 50, 50, problems]);
}

#[test]
fn a_killed_import_goes_on() {
    let material = Material::new();
    let manifest = material.archive("archive", &[]);
    for moment in [5, 15, 25, 35, 50, 80, 120, 200, 400] {
        let mut child = started(import(&material, &[]));
        std::thread::sleep(Duration::from_millis(moment));
        child.kill().expect("it is ours");
        child.wait().expect("it can be waited for");
    }
    imported(&material, &[]).ended_with(0);
    let record = material.path("desk.db");
    assert_eq!([count(&record, "reports"), count(&record, "readings"), count(&record, "reports placed")], [50; 3]);
    assert_eq!(Some(count(&record, "problems")), manifest["problems"].as_u64());
    assert_eq!(count(&record, "stories to be made anew"), 0);
}

#[test]
fn a_damaged_file_is_named_and_the_rest_goes_on() {
    let material = Material::new();
    let manifest = material.archive("archive", &[]);
    let name = file_names(&manifest).into_iter().find(|name| name.starts_with("reports/lang=en")).expect("a file");
    let path = material.path("archive").join(name);
    let rows = manifest["files"].as_array().expect("files").iter().find(|file| file["path"] == name);
    let rows = rows.and_then(|file| file["rows"].as_u64()).expect("a number");
    fs::write(&path, "another").expect("it is ours");
    let run = imported(&material, &["--no-work"]).ended_with(0);
    assert!(run.err.contains(name) && run.err.contains("not those that were sealed"), "{}", run.err);
    let record = material.path("desk.db");
    assert_eq!(count(&record, "reports"), 50 - rows);
    assert_eq!(Some(count(&record, "problems")), manifest["problems"].as_u64().map(|n| n + 1));
    let run = imported(&material, &["--no-work", "--json", "--strict"]).ended_with(1);
    assert!(run.lines().iter().any(|line| line["problem"]["path"].as_str() == path.to_str()), "{}", run.out);
}
