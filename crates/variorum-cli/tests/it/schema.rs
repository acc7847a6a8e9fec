//! What the program prints fits the schema that is committed under `docs/schema/`.

use std::fs;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{corpus, program};

#[test]
fn dossiers_fit() {
    let schema = schema("dossier");
    for story in corpus::stories() {
        let reports = story.reports.to_str().expect("the path is UTF-8");
        fits(&schema, &program::run(["collate", reports, "--json"]).ended_with(0).json());
    }
    fits(&schema, &program::run_with(&group_line(), ["collate", "--jsonl"]).ended_with(0).json());
}

#[test]
fn report_lines_fit() {
    let cleaned = cleaned();
    let schema = schema("report");
    for line in cleaned.lines() {
        fits(&schema, &serde_json::from_str(line).expect("a line is JSON"));
    }
    for line in program::run_with(&cleaned, ["annotate"]).ended_with(0).lines() {
        fits(&schema, &line);
    }
}

#[test]
fn group_lines_fit() {
    let schema = schema("group-line");
    for args in [&["group"][..], &["group", "--whole"]] {
        program::run_with(&cleaned(), args).ended_with(0).lines().iter().for_each(|line| fits(&schema, line));
    }
}

#[test]
fn edges_fit() {
    let edge = schema("edge");
    program::run_with(&cleaned(), ["trace"]).ended_with(0).lines().iter().for_each(|line| fits(&edge, line));
    fits(&schema("trace-answer"), &program::run_with(&group_line(), ["trace", "--jsonl"]).ended_with(0).json());
}

#[test]
fn checks_fit() {
    let line = json!({"id": "c1", "rewrite": "Twelve people died on Friday.", "sources": ["Ten people died."]});
    let check = program::run_with(&line.to_string(), ["check", "--jsonl"]).ended_with(0).json();
    assert_eq!(check["id"], "c1");
    fits(&schema("check"), &check);
}

#[test]
fn problem_lines_fit() {
    let schema = schema("problem-line");
    for command in ["clean", "annotate", "group", "trace"] {
        let lines = program::run_with("{broken", [command]).ended_with(1).lines();
        assert_eq!(lines.len(), 1, "{command} prints one line for a broken one");
        fits(&schema, &lines[0]);
    }
}

fn cleaned() -> String {
    let story = corpus::story("harbour-leak");
    program::run(["clean", story.reports.to_str().expect("the path is UTF-8")]).ended_with(0).out
}

fn group_line() -> String {
    let reports: Vec<Value> = cleaned().lines().map(|l| serde_json::from_str(l).expect("a line is JSON")).collect();
    json!({"id": "g1", "reports": reports}).to_string()
}

fn schema(name: &str) -> Validator {
    let path = program::root().join("docs/schema").join(format!("{name}.json"));
    let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    jsonschema::validator_for(&serde_json::from_slice(&bytes).expect("a schema is JSON")).expect("it is a schema")
}

#[track_caller]
fn fits(schema: &Validator, value: &Value) {
    if let Err(error) = schema.validate(value) {
        panic!("{error} at {} in {}", error.instance_path(), program::cut(&value.to_string()));
    }
}
