//! Lines that an outlet repeats are learned from a run, and a thousand pages lose none but the broken ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::program;

const NOTICE: &str = "Our newsroom is funded by subscribers; please consider joining them today.";

/// Returns a story that shares hardly a word with the others.
fn story(n: usize) -> String {
    let mut seed = n as u64 * 2_654_435_761 + 12_345;
    let mut syllable = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ["ba", "lu", "mer", "tos", "vin", "kra", "dol", "nes", "pil", "gor", "fan", "wex"][(seed >> 33) as usize % 12]
    };
    let mut word = || format!("{}{}{}", syllable(), syllable(), syllable());
    let mut sentence =
        || format!("The {} {} of {} was {} by the {} of {}.", word(), word(), word(), word(), word(), word());
    format!("{}\n\n{}\n\n{}", sentence(), sentence(), sentence())
}

fn line(n: usize) -> String {
    let text = format!("{}\n\n{NOTICE}", story(n));
    json!({"id": format!("r{n}"), "url": format!("https://delmare-courier.example/news/{n}"), "title": format!("Story {n}"), "text": text})
        .to_string()
}

fn web_page(n: usize) -> String {
    let body: String = story(n).split("\n\n").chain([NOTICE]).map(|line| format!("<p>{line}</p>")).collect();
    format!(
        "<html><head><title>Story {n}</title><link rel=\"canonical\" href=\"https://delmare-courier.example/news/{n}\">\
         </head><body><article><h1>Story {n}</h1>{body}</article></body></html>"
    )
}

/// Ten pages that hold no report, each in its own way.
fn broken() -> Vec<(&'static str, Vec<u8>)> {
    let page = |title: &str, body: &str| {
        format!("<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>").into_bytes()
    };
    let teasers: String = (0..20)
        .map(|n| format!("<div><h3><a href=\"/{n}\">The ferry of day {n} was late again</a></h3><p>Why it was late on day {n}, and what the crew says.</p></div>"))
        .collect();
    let listing = page(
        "Ferries",
        &format!("<script type=\"application/ld+json\">{{\"@type\":\"CollectionPage\"}}</script>{teasers}"),
    );
    vec![
        ("empty.html", Vec::new()),
        ("blank.txt", b"  \n \n".to_vec()),
        ("photo.txt", (0..4096u32).map(|n| (n * 167 % 256) as u8).collect()),
        ("gone.html", page("404 Not Found", "<p>Sorry, this page has gone.</p>")),
        (
            "wall.html",
            page("Just a moment...", "<p>Checking your browser before accessing delmare-courier.example.</p>"),
        ),
        ("script.html", page("Delmare Courier", "<p>You need to enable JavaScript to run this app.</p>")),
        ("login.html", page("Log in", "<form><input type=\"password\"></form><p>Forgot your password?</p>")),
        (
            "stub.html",
            page(
                "Ferry strike",
                "<p>The ferry to Ostrava was cancelled on Monday after its crew walked out over pay.</p><p>Subscribe to continue reading.</p>",
            ),
        ),
        ("listing.html", listing),
        ("deep.html", format!("<html><body>{}x", "<div>".repeat(20_000)).into_bytes()),
    ]
}

fn a_thousand_pages(folder: &Path) {
    let lines: Vec<String> = (0..970).map(line).collect();
    fs::write(folder.join("lines.jsonl"), lines.join("\n")).expect("the scratch folder can be written");
    for n in 970..990 {
        fs::write(folder.join(format!("page-{n}.html")), web_page(n)).expect("the scratch folder can be written");
    }
    for (name, bytes) in broken() {
        fs::write(folder.join(name), bytes).expect("the scratch folder can be written");
    }
}

fn clean(args: &[&str], input: &str) -> Vec<Value> {
    program::run_with(input, ["clean"].iter().chain(args)).ended_with(0).lines()
}

#[test]
fn a_thousand_pages_of_which_ten_are_broken() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let folder = scratch.path().join("pages");
    fs::create_dir(&folder).expect("the scratch folder can be written");
    a_thousand_pages(&folder);
    let table = scratch.path().join("table.json").display().to_string();
    let lines = clean(&[&folder.display().to_string(), "--write-repeated-lines", &table], "");
    let (problems, reports): (Vec<&Value>, Vec<&Value>) = lines.iter().partition(|line| !line["problem"].is_null());
    assert_eq!((reports.len(), problems.len()), (990, 10), "{problems:#?}");
    let names: BTreeSet<&str> = reports.iter().filter_map(|report| report["repeated_lines"].as_str()).collect();
    assert_eq!(names.len(), 1, "one table for the run");
    for report in &reports {
        assert!(!report["text"].as_str().expect("a text").contains(NOTICE), "{report}");
        let removed = report["removed"].as_array().expect("a list");
        let notice =
            removed.iter().find(|line| line["text"] == NOTICE).expect("the notice stands among what was removed");
        let reason = notice["reason"].as_str().expect("a reason");
        assert!(reason.contains("of 200 pages of delmare-courier.example (table "), "{reason}");
    }
    for problem in problems {
        let reason = problem["problem"]["reason"].as_str().expect("a reason");
        assert!(reason.contains(';') || reason.contains("empty"), "no next step: {reason}");
    }
    // A stream is answered line by line: it learns nothing, and takes a table that was learned before.
    let one = line(5);
    assert!(clean(&[], &one)[0]["text"].as_str().expect("a text").contains(NOTICE));
    let held = &clean(&["--repeated-lines", &table], &one)[0];
    assert_eq!(held, *reports.iter().find(|report| report["id"] == "r5").expect("it was cleaned before"));
    let again = &clean(&["--repeated-lines", &table], &held.to_string())[0];
    assert_eq!(again, held, "a report that was cleaned before is taken as it is");
}

#[test]
fn no_order_of_files_matters() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let file = |name: &str, numbers: std::ops::Range<usize>| {
        let path = scratch.path().join(name);
        fs::write(&path, numbers.map(line).collect::<Vec<_>>().join("\n")).expect("the scratch folder can be written");
        path.display().to_string()
    };
    let (first, second) = (file("a.jsonl", 0..9), file("b.jsonl", 9..20));
    let mut there = clean(&[&first, &second], "");
    let back = clean(&[&second, &first], "");
    there.rotate_left(9);
    assert_eq!(there, back);
    assert!(there.iter().all(|report| report["repeated_lines"].is_string()));
    let dossier = program::run(["collate", &first, &second, "--json"]).ended_with(0).json();
    let reports = dossier["reports"].as_array().expect("a list");
    assert_eq!(reports.len(), 20);
    assert!(reports.iter().all(|report| !report["text"].as_str().expect("a text").contains(NOTICE)));
}

#[test]
fn a_file_that_is_no_table() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let path = scratch.path().join("table.json");
    fs::write(&path, "{\"schema\": \"another\"}").expect("the scratch folder can be written");
    let run = program::run_with("{}", ["clean".as_ref(), "--repeated-lines".as_ref(), path.as_os_str()]).ended_with(1);
    assert!(run.err.contains("no table of repeated lines") && run.err.contains("hint:"), "{}", run.err);
}
