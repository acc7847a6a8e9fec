//! Quality goes up and never silently down: `floors.json` pins what was reached.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{corpus, program, score};

/// Pinned figures by their names; more is better.
pub type Figures = BTreeMap<String, f64>;

#[test]
fn the_corpus_holds_its_floors() {
    let mut measured = Figures::new();
    let mut shown = String::new();
    for story in corpus::stories() {
        let reports = story.reports.to_str().expect("the path is UTF-8");
        let cleaned = program::run(["clean", reports]).ended_with(0);
        let group = program::run_with(&cleaned.out, ["group", "--whole"]).ended_with(0).lines();
        // The reports are given as one story, so that a slip of `group` is counted once and not in every later stage.
        let line = json!({"id": story.name, "reports": cleaned.lines()}).to_string();
        let dossier = program::run_with(&line, ["collate", "--jsonl"]).ended_with(0).json();
        let score = score::score(&story, &dossier, &group);
        let (mut found, mut expected) = (0, 0);
        for (aspect, (good, all)) in score.aspects {
            shown.push_str(&format!("{aspect:64} {good:3} / {all}\n"));
            (found, expected) = (found + good, expected + all);
            measured.insert(aspect, good as f64);
        }
        shown.push_str(&format!(
            "{:64} {found:3} / {expected} = {:.3}\n",
            format!("{}: total", story.name),
            found as f64 / expected as f64
        ));
        if std::env::var_os("VARIORUM_MISSES").is_some() {
            shown.push_str(&score.misses.iter().map(|m| format!("  {m}\n")).collect::<String>());
        }
    }
    hold("corpus", &measured, &shown);
}

/// Fails where a figure lies below its floor; with `VARIORUM_FLOORS=raise`, writes the higher ones down instead.
#[allow(clippy::print_stdout, reason = "a test shows its figures")]
pub fn hold(section: &str, measured: &Figures, shown: &str) {
    println!("{shown}");
    let path = file();
    let mut floors = read(&path);
    let pinned = &floors[section];
    let floor = |name: &str| pinned[name].as_f64();
    let fallen: Vec<String> = measured
        .iter()
        .filter(|(name, value)| floor(name).is_some_and(|f| **value < f - 1e-9))
        .map(|(name, value)| format!("  {name}: {value}, floor {}", floor(name).unwrap_or_default()))
        .collect();
    assert!(
        fallen.is_empty(),
        "{shown}\nfell below the floors of {section}:\n{}\nto lower a floor, edit floors.json by hand and give the reason in the commit",
        fallen.join("\n")
    );
    if std::env::var("VARIORUM_FLOORS").is_ok_and(|v| v == "raise") {
        floors[section] = measured.iter().map(|(name, value)| (name.clone(), number(*value))).collect();
        let mut text = serde_json::to_string_pretty(&floors).expect("it is JSON");
        text.push('\n');
        return fs::write(path, text).expect("floors.json can be written");
    }
    let unpinned: Vec<&String> = measured.keys().filter(|name| floor(name).is_none()).collect();
    assert!(unpinned.is_empty(), "no floor yet, run `cargo xtask floors`: {unpinned:#?}");
    let gone: Vec<&String> =
        pinned.as_object().into_iter().flat_map(|p| p.keys()).filter(|n| !measured.contains_key(*n)).collect();
    assert!(gone.is_empty(), "no longer measured, run `cargo xtask floors`: {gone:#?}");
}

/// Returns a figure as it is written down: a count without a fraction.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}

fn file() -> PathBuf {
    program::root().join("floors.json")
}

fn read(path: &PathBuf) -> Value {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).expect("floors.json is JSON"),
        Err(_) => json!({}),
    }
}
