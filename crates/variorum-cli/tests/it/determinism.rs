//! Same reports in, same bytes out: in whatever order they are named, on however many threads.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{corpus, program};

const SHUFFLES: u64 = 20;
const THREADS: &[&str] = &["1", "2", "4"];

#[test]
fn order_and_threads_leave_no_trace() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let mut first: Option<(String, Vec<u8>)> = None;
    for seed in 0..SHUFFLES {
        let paths = shuffled_paths(seed, scratch.path());
        for threads in THREADS {
            let out = scratch.path().join("out");
            let run = program::run(
                paths
                    .iter()
                    .map(PathBuf::as_path)
                    .chain([Path::new("--json"), Path::new("--threads"), Path::new(threads)])
                    .chain([Path::new("--out"), &out])
                    .fold(vec![Path::new("collate")], |mut args, arg| {
                        args.push(arg);
                        args
                    }),
            )
            .ended_with(0);
            let page = fs::read(out.join("index.html")).expect("the page was written");
            match &first {
                None => first = Some((run.out, page)),
                Some((json, html)) => {
                    assert!(*json == run.out, "shuffle {seed} on {threads} threads gives another dossier");
                    assert!(*html == page, "shuffle {seed} on {threads} threads gives another page");
                }
            }
        }
    }
}

#[test]
fn whole_grouping_does_not_see_the_order() {
    let reports = cleaned_lines();
    let mut first: Option<Vec<String>> = None;
    for seed in 0..5 {
        let lines = shuffled(reports.clone(), seed);
        let out = program::run_with(&lines.join("\n"), ["group", "--whole"]).ended_with(0).out;
        let mut answers: Vec<String> = out.lines().map(str::to_owned).collect();
        answers.sort();
        match &first {
            None => first = Some(answers),
            Some(before) => assert_eq!(*before, answers, "shuffle {seed} gives other stories"),
        }
    }
}

#[test]
fn later_reports_change_no_answer_of_a_stream() {
    let reports = cleaned_lines();
    let all = program::run_with(&reports.join("\n"), ["group"]).ended_with(0).out;
    let half = program::run_with(&reports[..reports.len() / 2].join("\n"), ["group"]).ended_with(0).out;
    assert!(all.starts_with(&half), "the second half of a stream changed the answers to the first");
}

fn cleaned_lines() -> Vec<String> {
    let folder = program::root().join("corpus");
    let folders: Vec<PathBuf> = corpus::stories().iter().map(|s| folder.join(&s.name).join("reports")).collect();
    let args = [PathBuf::from("clean")].into_iter().chain(folders);
    program::run(args).ended_with(0).out.lines().map(str::to_owned).collect()
}

/// Returns the files of every story in another order; files of JSON Lines with their lines in another order.
fn shuffled_paths(seed: u64, scratch: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for story in corpus::stories() {
        for entry in fs::read_dir(&story.reports).expect("a story has reports") {
            let path = entry.expect("it can be listed").path();
            if path.extension().is_none_or(|e| e != "jsonl") {
                paths.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("the corpus is UTF-8");
            let lines = shuffled(text.lines().map(str::to_owned).collect(), seed);
            let copy = scratch.join(path.file_name().expect("a file has a name"));
            fs::write(&copy, lines.join("\n")).expect("the scratch folder can be written");
            paths.push(copy);
        }
    }
    paths.sort();
    shuffled(paths, seed)
}

/// Returns a list in another order: Fisher and Yates with a small generator, the same on every machine.
fn shuffled<T>(mut list: Vec<T>, seed: u64) -> Vec<T> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D;
    for at in (1..list.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(at, (state >> 33) as usize % (at + 1));
    }
    list
}
