//! Inputs that are wrong in the ways that inputs are.

use variorum_news::{Body, Page, Problem};

use crate::{MOST_TEXT, read_bytes as read, read_line, read_report};

fn reason(path: &str, bytes: &[u8]) -> String {
    match read(path, bytes).remove(0) {
        Err(problem) => {
            assert!(problem.path.is_some() || problem.id.is_some());
            problem.reason
        }
        Ok(page) => panic!("no problem: {page:?}"),
    }
}

fn page(line: &str) -> Page {
    read_line(line).remove(0).expect("a page")
}

#[test]
fn files_without_a_report_are_named_problems() {
    for (path, bytes, says) in [
        ("a.txt", b"".as_slice(), "empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.jsonl", b"{\"text\": \"cut o", "not JSON"),
        ("a.jsonl", b"[1, 2]", "not a JSON object"),
        ("a.jsonl", b"{\"id\": \"x\"}", "neither `text` nor `html`"),
        ("a.jsonl", b"{\"text\": \" \"}", "empty"),
        ("a.jsonl", b"{\"text\": 7}", "not a string"),
    ] {
        assert!(reason(path, bytes).contains(says), "{path}: {}", reason(path, bytes));
    }
}

#[test]
fn too_much_text_is_told_from_its_size() {
    let long = vec![b'a'; MOST_TEXT + 1];
    assert!(reason("a.txt", &long).contains("MiB"));
    let line = format!("{{\"text\":\"{}\"}}", "a".repeat(MOST_TEXT + 1));
    assert!(reason("a.jsonl", line.as_bytes()).contains("MiB"));
}

#[test]
fn a_broken_line_does_not_stop_the_others() {
    let found = read("a.jsonl", b"{\"text\":\"One sank.\"}\n{oops\n\n{\"text\":\"Two sank.\"}\n");
    assert_eq!(found.len(), 3);
    assert_eq!(found[1].as_ref().expect_err("a problem").path.as_deref(), Some("a.jsonl:2"));
    assert!(found[0].is_ok() && found[2].is_ok());
}

#[test]
fn a_line_keeps_what_nobody_knows() {
    let page = page(r#"{"id":"r1","text":"It sank.","desk":"sea","title":["odd"],"extra":{"n":1},"path":null}"#);
    assert_eq!(serde_json::to_string(&page.extra).expect("JSON"), r#"{"desk":"sea","n":1,"title":["odd"]}"#);
    assert_eq!((page.id.as_ref(), page.path), ("r1", None));
}

#[test]
fn names_come_from_the_bytes_alone() {
    let (a, b) = (read("a.txt", b"It sank."), read("elsewhere/b.txt", b"It sank."));
    assert_eq!(a[0].as_ref().expect("a page").id, b[0].as_ref().expect("a page").id);
    assert_eq!(page(r#"{"text":"It sank."}"#).id, page(r#"{ "text" : "It sank." }"#).id);
    assert_ne!(page(r#"{"text":"It sank."}"#).id, page(r#"{"text":"It sank!"}"#).id);
}

#[test]
fn a_cleaned_report_passes_as_it_is() {
    let line =
        r#"{"id":"r1","text":"It sank.  Twice.","blocks":[{"kind":"paragraph","start":0,"end":16}],"mood":"blue"}"#;
    let Body::Clean(report) = page(line).body else { panic!("not taken as cleaned") };
    assert_eq!(report.text, "It sank.  Twice.");
    assert_eq!(report.extra["mood"], "blue");
}

#[test]
fn facts_of_the_wrong_type_do_not_cost_the_report() {
    let page = page(r#"{"text":"It sank.","published":1743062400,"byline":[{"name":"Ada Orr"},"Ben Lee",3]}"#);
    assert_eq!(page.published.as_deref(), Some("1743062400"));
    assert_eq!(page.byline, ["Ada Orr", "Ben Lee"]);
}

#[test]
fn a_stage_line_without_text_names_its_report() {
    let problem: Problem = read_report(r#"{"id":"r9"}"#).expect_err("a problem");
    assert_eq!(problem.id.as_deref(), Some("r9"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_named(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        for path in ["a.txt", "a.html", "a.jsonl"] {
            proptest::prop_assert!(read(path, &bytes).len() <= bytes.len() + 1);
        }
    }
}
