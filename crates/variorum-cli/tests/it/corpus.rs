//! The corpus: invented stories with their truth.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::program;

/// A story of the corpus.
#[derive(Debug)]
pub struct Story {
    pub name: String,
    pub reports: PathBuf,
    pub expected: Value,
}

/// Returns every story, by name.
pub fn stories() -> Vec<Story> {
    let folder = program::root().join("corpus");
    let mut stories: Vec<Story> = fs::read_dir(&folder)
        .expect("the corpus is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.join("expected.json").exists())
        .map(|path| Story {
            name: path.file_name().expect("a folder has a name").to_string_lossy().into_owned(),
            reports: path.join("reports"),
            expected: serde_json::from_slice(&fs::read(path.join("expected.json")).expect("it can be read"))
                .unwrap_or_else(|e| panic!("{}: {e}", path.display())),
        })
        .collect();
    stories.sort_by(|a, b| a.name.cmp(&b.name));
    stories
}

/// Returns a story by its name.
pub fn story(name: &str) -> Story {
    stories().into_iter().find(|s| s.name == name).unwrap_or_else(|| panic!("no story {name}"))
}

/// Returns the name that `expected.json` has for a report: its file without the ending, or its own id.
pub fn name_of(report: &Value) -> String {
    match report["path"].as_str() {
        Some(path) => PathBuf::from(path).file_stem().expect("a file has a name").to_string_lossy().into_owned(),
        None => report["id"].as_str().expect("a report has an id").to_owned(),
    }
}

/// Returns every entry of a list under `key`; none where the key is missing.
pub fn entries<'a>(expected: &'a Value, key: &str) -> &'a [Value] {
    expected[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn every_phrase_stands_in_its_report() {
    for story in stories() {
        let words = words_of(&story);
        let names: Vec<&String> = words.keys().collect();
        let mut listed: Vec<&str> = entries(&story.expected, "reports").iter().filter_map(Value::as_str).collect();
        listed.sort_unstable();
        assert_eq!(names, listed, "{}: `reports` and the files differ", story.name);
        each_phrase(&story.expected, &mut |report, text| {
            assert!(words[report].contains(text), "{}: {report} has no {text:?}", story.name);
        });
    }
}

fn each_phrase(value: &Value, check: &mut impl FnMut(&str, &str)) {
    if let (Some(report), Some(text)) = (value["report"].as_str(), value["text"].as_str()) {
        check(report, text);
    }
    match value {
        Value::Object(fields) => fields.values().for_each(|v| each_phrase(v, check)),
        Value::Array(list) => list.iter().for_each(|v| each_phrase(v, check)),
        _ => {}
    }
}

/// Returns the words of every report as they stand in its file, tags taken out.
fn words_of(story: &Story) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for entry in fs::read_dir(&story.reports).expect("a story has reports") {
        let path = entry.expect("it can be listed").path();
        let text = fs::read_to_string(&path).expect("the corpus is UTF-8");
        let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        match path.extension().and_then(|e| e.to_str()) {
            Some("jsonl") => {
                for line in text.lines() {
                    let report: Value = serde_json::from_str(line).expect("a line is JSON");
                    let field = |name: &str| report[name].as_str().unwrap_or_default().to_owned();
                    words.insert(field("id"), format!("{}\n{}", field("title"), field("text")));
                }
            }
            Some("html") => drop(words.insert(stem, without_tags(&text))),
            _ => drop(words.insert(stem, text)),
        }
    }
    words
}

fn without_tags(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    text.replace("&mdash;", "—").replace("&ldquo;", "“").replace("&rdquo;", "”").replace("&amp;", "&")
}
