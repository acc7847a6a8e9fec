//! A bad input becomes a problem that names it and says what to do; the good reports still come out.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::corpus::entries;
use crate::program::{self, Run};

const GOOD: &str = "Harbour bridge closed after crash\n\nMARROWICK — The harbour bridge was closed on Tuesday after a lorry hit a pillar, Mayor Tomas Breck said. Two people were hurt.\n\n\"We will not take risks,\" Breck said.\n";

/// The most memory that any input may take, in bytes.
const MEMORY: u64 = 4 << 30;

#[test]
fn an_empty_file() {
    one_problem("empty.txt", b"", "empty");
    one_problem("blank.html", b" \n\n  ", "empty");
}

#[test]
fn a_binary_file() {
    let bytes: Vec<u8> = (0..4096u32).map(|n| (n * 167 % 256) as u8).collect();
    one_problem("photo.txt", &bytes, "not text");
}

#[test]
fn encodings_are_told_apart() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let text = "The café on the quay was closed on Tuesday, the mayor said. Its owner, Zoë Brändli, was not hurt.";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(text.bytes()).collect();
    for (name, bytes) in [("latin.txt", latin), ("wide.txt", wide), ("marked.txt", marked)] {
        fs::write(scratch.path().join(name), bytes).expect("the scratch folder can be written");
    }
    let dossier = collate(scratch.path()).ended_with(0).json();
    assert_eq!(entries(&dossier, "reports").len(), 3);
    for report in entries(&dossier, "reports") {
        assert!(
            report["text"].as_str().is_some_and(|t| t.contains("Zoë Brändli")),
            "{}: {}",
            report["path"],
            report["text"]
        );
    }
}

#[test]
fn mixed_encodings_in_one_file() {
    let mut bytes = "The café on the quay was closed. ".repeat(20).into_bytes();
    bytes.extend("The caf\u{e9} opened again. ".repeat(20).chars().map(|c| c as u8));
    bytes.extend([0xC3, 0x28, 0xA0, 0xFF, 0xFE, 0x80]);
    lenient("mixed.txt", &bytes);
}

#[test]
fn a_report_of_one_word() {
    lenient("word.txt", b"Fire.");
    lenient("letter.txt", b"x");
    lenient("marks.txt", "\u{201c}\u{201d} \u{2014} \u{2026}".as_bytes());
}

#[test]
fn the_same_report_five_times() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    for n in 1..=5 {
        fs::write(scratch.path().join(format!("copy-{n}.txt")), GOOD).expect("the scratch folder can be written");
    }
    let dossier = collate(scratch.path()).ended_with(0).json();
    assert_eq!((entries(&dossier, "reports").len(), entries(&dossier, "problems").len()), (1, 4));
    assert!(names(&entries(&dossier, "problems")[0], "copy-2.txt"));
}

#[test]
fn the_same_words_under_five_names_are_one_origin() {
    let lines: Vec<String> = (1..=5).map(|n| json!({"id": format!("r{n}"), "text": GOOD}).to_string()).collect();
    let dossier = program::run_with(&lines.join("\n"), ["collate", "-", "--json"]).ended_with(0).json();
    assert_eq!(entries(&dossier, "reports").len(), 5);
    let stories = entries(&dossier, "stories");
    assert_eq!((stories.len(), entries(&stories[0], "origins").len()), (1, 1));
}

#[test]
fn a_folder_without_reports() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let run = collate(scratch.path()).ended_with(1);
    let problem = &entries(&run.json(), "problems")[0].clone();
    assert!(names(problem, scratch.path().to_str().expect("the path is UTF-8")), "{problem}");
}

#[test]
fn a_path_that_is_not_there() {
    let run = program::run(["collate", "nowhere/at/all.txt", "--json"]).ended_with(1);
    assert!(names(&entries(&run.json(), "problems")[0], "nowhere/at/all.txt"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = with_good();
    let path = scratch.path().join("locked.txt");
    fs::write(&path, GOOD).expect("the scratch folder can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("it is our file");
    // Root may read everything, and then there is nothing to test.
    if fs::read(&path).is_err() {
        problem_beside_good(&scratch, "locked.txt", "cannot be read");
    }
}

#[test]
fn a_broken_line_of_json() {
    let lines = format!("{}\n{{\"id\": \"half\", \"text\": \"The mayor\n{}\n", good_line("a"), good_line("b"));
    let scratch = tempfile::tempdir().expect("a folder can be made");
    fs::write(scratch.path().join("reports.jsonl"), &lines).expect("the scratch folder can be written");
    let dossier = collate(scratch.path()).ended_with(0).json();
    assert_eq!(entries(&dossier, "reports").len(), 2);
    assert!(names(&entries(&dossier, "problems")[0], "reports.jsonl:2"), "{}", dossier["problems"]);
    for command in ["clean", "annotate", "group"] {
        let answers = program::run_with(&lines, [command]).ended_with(0).lines();
        assert_eq!(answers.len(), 3, "`variorum {command}` answers every line");
        assert_eq!(answers[1]["problem"]["path"], "stdin:2");
        assert!(answers[0]["problem"].is_null() && answers[2]["problem"].is_null());
    }
}

#[test]
fn lines_of_the_wrong_shape() {
    for line in ["[]", "7", "\"text\"", "{}", r#"{"id":7,"text":null}"#, r#"{"text":["a"]}"#, r#"{"id":{},"text":"a"}"#]
    {
        let run = program::run_with(line, ["clean"]).ended_with(1);
        assert!(run.json()["problem"]["reason"].is_string(), "{line}: {}", run.out);
    }
}

#[test]
fn a_page_without_an_article() {
    let page = "<!doctype html><html><head><title>Index</title></head><body><nav><ul><li><a href='/a'>News</a></li><li><a href='/b'>Sport</a></li></ul></nav><form><input name='q'><button>Search</button></form></body></html>";
    one_problem("index.html", page.as_bytes(), "");
}

#[test]
fn broken_markup() {
    lenient(
        "open.html",
        b"<html><body><article><p>The bridge is <b>closed<i>, the mayor <p>said on Tuesday.<table><tr><td>",
    );
    lenient("cut.html", b"<!doctype html><html><head><script>var a = '<p>'; <!-- <style> p {");
    lenient("entities.html", "<html><body><p>&#x110000; &#0; &bogus; &amp;amp; ".repeat(500).as_bytes());
}

#[test]
fn strict_turns_a_problem_into_a_failure() {
    let scratch = with_good();
    fs::write(scratch.path().join("empty.txt"), "").expect("the scratch folder can be written");
    collate(scratch.path()).ended_with(0);
    program::run(["collate".as_ref(), scratch.path().as_os_str(), "--json".as_ref(), "--strict".as_ref()])
        .ended_with(1);
    program::run(["clean".as_ref(), scratch.path().as_os_str(), "--strict".as_ref()]).ended_with(1);
    program::run(["clean".as_ref(), scratch.path().as_os_str()]).ended_with(0);
}

#[test]
fn nothing_usable_is_a_failure() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    fs::write(scratch.path().join("empty.txt"), "").expect("the scratch folder can be written");
    collate(scratch.path()).ended_with(1);
    program::run_with("", ["clean"]).ended_with(0);
}

#[test]
fn fifty_megabytes_of_text() {
    let scratch = with_good();
    let paragraph =
        "The harbour was closed for 3 hours on Tuesday, Mayor Tomas Breck said. \"We will see,\" he said.\n\n";
    fs::write(scratch.path().join("long.txt"), paragraph.repeat(50_000_000 / paragraph.len())).expect("there is room");
    bounded(&scratch, "long.txt");
}

#[test]
fn two_megabytes_of_text_are_read() {
    let scratch = with_good();
    let paragraph = |n: usize| {
        format!("Pier {n} was closed for {n} hours on Tuesday, Mayor Tomas Breck said. \"We will see,\" he said.\n\n")
    };
    fs::write(scratch.path().join("long.txt"), (0..20_000).map(paragraph).collect::<String>()).expect("there is room");
    bounded(&scratch, "long.txt");
}

#[test]
fn a_line_without_end() {
    let scratch = with_good();
    fs::write(scratch.path().join("word.txt"), "ab".repeat(1_000_000)).expect("there is room");
    fs::write(scratch.path().join("quotes.txt"), "\" ( ' “ 1,0".repeat(200_000)).expect("there is room");
    bounded(&scratch, "word.txt");
}

#[test]
fn two_million_nested_tags() {
    let scratch = with_good();
    let page = format!("<!doctype html><html><body>{}The mayor said so.", "<div>".repeat(2_000_000));
    fs::write(scratch.path().join("deep.html"), page).expect("there is room");
    bounded(&scratch, "deep.html");
}

#[test]
fn a_feed_whose_fields_are_floods() {
    let scratch = with_good();
    let item = |title: &str, more: &str| {
        format!("<item><title>{title}</title>{more}<description>The pier was closed, the mayor said.</description></item>")
    };
    let tags = "<category>pier</category><author>A. Orr</author>".repeat(10_000);
    let items = item(&"pier ".repeat(200_000), "") + &item("Many tags", &tags) + &item("An honest item", "");
    let feed = format!("<rss version=\"2.0\"><channel><title>{}</title>{items}</channel></rss>", "x".repeat(1_000_000));
    fs::write(scratch.path().join("flood.xml"), feed).expect("there is room");
    bounded(&scratch, "flood.xml");
    let dossier = fs::read_to_string(scratch.path().join("out.ignored")).expect("it was written");
    assert!(dossier.contains("An honest item"));
}

#[test]
fn a_list_of_a_million_feeds_and_a_deep_one() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let outline = |n: usize| format!("<outline text=\"f\" xmlUrl=\"https://h{n}.example/f\"/>\n");
    let lists = [
        ("long.opml", (0..1_000_000).map(outline).collect::<String>(), 1_000_000),
        ("deep.opml", "<outline text=\"folder\">".repeat(300_000) + &outline(1), 1),
    ];
    for (name, outlines, feeds) in lists {
        let path = scratch.path().join(name);
        fs::write(&path, format!("<opml version=\"2.0\"><body>{outlines}</body></opml>")).expect("there is room");
        let run = program::run(["feeds".as_ref(), path.as_os_str()]).ended_with(0);
        let found = run.out.lines().filter(|line| line.contains("\"url\"")).count();
        assert_eq!(found, feeds, "{name}: {}", run.err);
    }
}

#[test]
fn deeply_nested_json() {
    let line = format!("{{\"id\":\"deep\",\"text\":\"a\",\"extra\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let run = program::run_with(&line, ["clean"]).ended_with(1);
    assert!(run.json()["problem"].is_object());
}

/// Returns a folder that holds one good report.
fn with_good() -> TempDir {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    fs::write(scratch.path().join("good.txt"), GOOD).expect("the scratch folder can be written");
    scratch
}

fn good_line(id: &str) -> String {
    json!({"id": id, "text": GOOD}).to_string()
}

fn collate(folder: &Path) -> Run {
    program::run(["collate".as_ref(), folder.as_os_str(), "--json".as_ref()])
}

/// The file is a problem whose reason holds `reason`, in a dossier and in a stream; the good report comes out.
#[track_caller]
fn one_problem(name: &str, bytes: &[u8], reason: &str) {
    let scratch = with_good();
    fs::write(scratch.path().join(name), bytes).expect("the scratch folder can be written");
    problem_beside_good(&scratch, name, reason);
    let lines = program::run(["clean".as_ref(), scratch.path().as_os_str()]).ended_with(0).lines();
    assert!(lines.iter().any(|line| names(&line["problem"], name)), "{lines:?}");
}

#[track_caller]
fn problem_beside_good(scratch: &TempDir, name: &str, reason: &str) {
    let dossier = collate(scratch.path()).ended_with(0).json();
    good_came_out(&dossier);
    let problem = entries(&dossier, "problems").iter().find(|p| names(p, name));
    let said = problem.and_then(|p| p["reason"].as_str());
    assert!(said.is_some_and(|r| r.contains(reason)), "{name}: {said:?}");
}

/// The file may be a report or a problem, but it is not lost, and the good report comes out.
#[track_caller]
fn lenient(name: &str, bytes: &[u8]) {
    let scratch = with_good();
    fs::write(scratch.path().join(name), bytes).expect("the scratch folder can be written");
    let dossier = collate(scratch.path()).ended_with(0).json();
    good_came_out(&dossier);
    assert!(accounted_for(&dossier, name), "{name} is neither a report nor a problem");
}

/// As `lenient`, with an eye on time and memory.
fn bounded(scratch: &TempDir, name: &str) {
    // A debug build is some ten times slower than what people run.
    let patience = Duration::from_secs(if cfg!(debug_assertions) { 300 } else { 60 });
    let out = scratch.path().join("out.ignored");
    let mut child = program::program()
        .args(["collate".as_ref(), scratch.path().as_os_str(), "--json".as_ref()])
        .stdin(Stdio::null())
        .stdout(fs::File::create(&out).expect("there is room"))
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built with this test");
    let begin = Instant::now();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory_of(child.id()));
        if let Some(status) = child.try_wait().expect("it can be asked") {
            break status;
        }
        if begin.elapsed() > patience || peak > MEMORY {
            drop(child.kill());
            drop(child.wait());
            panic!("{name}: after {:?} and {} MB there is no end", begin.elapsed(), peak >> 20);
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(0), "{name}: {status}");
    let dossier: Value = serde_json::from_slice(&fs::read(&out).expect("it was written")).expect("it is JSON");
    good_came_out(&dossier);
    assert!(accounted_for(&dossier, name), "{name} is neither a report nor a problem");
}

/// Returns the peak memory of a process that runs; 0 where the system does not tell.
fn memory_of(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kb| kb << 10)
}

#[track_caller]
fn good_came_out(dossier: &Value) {
    let good =
        entries(dossier, "reports").iter().find(|r| r["path"].as_str().is_some_and(|p| p.ends_with("/good.txt")));
    assert!(
        good.is_some_and(|r| r["text"].as_str().is_some_and(|t| t.contains("We will not take risks"))),
        "the good report was lost"
    );
}

fn accounted_for(dossier: &Value, name: &str) -> bool {
    let report = entries(dossier, "reports").iter().any(|r| r["path"].as_str().is_some_and(|p| p.ends_with(name)));
    report || entries(dossier, "problems").iter().any(|p| names(p, name))
}

fn names(problem: &Value, name: &str) -> bool {
    problem["path"].as_str().is_some_and(|p| p.contains(name))
        && problem["reason"].as_str().is_some_and(|r| !r.is_empty())
}
