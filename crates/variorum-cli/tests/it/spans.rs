//! No span, no claim: every span that any command prints is the very slice of the text that it names.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use crate::{corpus, program};

type Texts = BTreeMap<String, Vec<char>>;

#[test]
fn every_span_of_a_dossier_is_its_slice() {
    for paths in subsets() {
        let dossier = collate(&paths);
        hold(&dossier, &texts_of(corpus::entries(&dossier, "reports")));
    }
}

#[test]
fn every_span_of_the_filters_is_its_slice() {
    for story in corpus::stories() {
        let reports = story.reports.to_str().expect("the path is UTF-8");
        let cleaned = program::run(["clean", reports]).ended_with(0);
        let texts = texts_of(&cleaned.lines());
        cleaned.lines().iter().for_each(|line| hold(line, &texts));
        let annotated = program::run_with(&cleaned.out, ["annotate"]).ended_with(0);
        for (before, after) in cleaned.lines().iter().zip(annotated.lines()) {
            assert_eq!(before["text"], after["text"], "`annotate` changed a text");
            hold(&after, &texts);
        }
        program::run_with(&cleaned.out, ["trace"]).ended_with(0).lines().iter().for_each(|edge| hold(edge, &texts));
    }
}

#[test]
fn every_span_of_a_check_is_its_slice() {
    let story = corpus::story("harbour-leak");
    let file = |name: &str| story.reports.join(name);
    let check = program::run([
        PathBuf::from("check"),
        file("estuary-daily.txt"),
        PathBuf::from("--against"),
        file("wire.txt"),
        file("inland-post.txt"),
    ])
    .ended_with(0)
    .json();
    let mut texts = Texts::new();
    texts.insert("rewrite".to_owned(), chars(&check["rewrite"]));
    for (n, source) in corpus::entries(&check, "sources").iter().enumerate() {
        texts.insert(format!("source-{}", n + 1), chars(source));
    }
    hold(&check, &texts);
}

#[test]
fn every_block_lies_in_its_text() {
    for report in corpus::entries(&collate(&all_files()), "reports") {
        let length = chars(&report["text"]).len() as u64;
        let mut before = 0;
        for block in corpus::entries(report, "blocks") {
            let (start, end) = (block["start"].as_u64().expect("a number"), block["end"].as_u64().expect("a number"));
            assert!(before <= start && start < end && end <= length, "{}: a block from {start} to {end}", report["id"]);
            before = end;
        }
    }
}

#[test]
fn the_account_has_no_word_of_its_own() {
    for paths in subsets() {
        let dossier = collate(&paths);
        for sentence in corpus::entries(&dossier, "stories").iter().flat_map(|s| corpus::entries(s, "account")) {
            let (text, sources) = (squashed(&sentence["text"]), corpus::entries(sentence, "sources"));
            let first = sources.first().unwrap_or_else(|| panic!("no source for {text:?}"));
            assert!(squashed(&first["text"]).contains(&text), "{text:?} does not stand in {first}");
        }
    }
}

/// Returns every report alone, every story, and all together.
fn subsets() -> Vec<Vec<PathBuf>> {
    let files = all_files();
    let mut subsets: Vec<Vec<PathBuf>> = files.iter().map(|file| vec![file.clone()]).collect();
    subsets.extend(corpus::stories().into_iter().map(|story| vec![story.reports]));
    subsets.push(files);
    subsets
}

fn all_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = corpus::stories()
        .iter()
        .flat_map(|story| std::fs::read_dir(&story.reports).expect("a story has reports"))
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    files.sort();
    files
}

fn collate(paths: &[PathBuf]) -> Value {
    let args = [PathBuf::from("collate"), PathBuf::from("--json")].into_iter().chain(paths.iter().cloned());
    program::run(args).ended_with(0).json()
}

fn texts_of(reports: &[Value]) -> Texts {
    reports.iter().map(|r| (r["id"].as_str().expect("a report has an id").to_owned(), chars(&r["text"]))).collect()
}

fn chars(value: &Value) -> Vec<char> {
    value.as_str().unwrap_or_default().chars().collect()
}

fn squashed(value: &Value) -> String {
    value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Walks a value and checks whatever looks like a span.
fn hold(value: &Value, texts: &Texts) {
    if let (Some(report), Some(start), Some(end), Some(text)) =
        (value["report"].as_str(), value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
    {
        let whole = texts.get(report).unwrap_or_else(|| panic!("a span names {report}, which is not there: {value}"));
        let slice = whole.get(start as usize..end as usize).map(|s| s.iter().collect::<String>());
        assert_eq!(slice.as_deref(), Some(text), "not the slice that it names: {value}");
    }
    match value {
        Value::Object(fields) => fields.values().for_each(|v| hold(v, texts)),
        Value::Array(list) => list.iter().for_each(|v| hold(v, texts)),
        _ => {}
    }
}
