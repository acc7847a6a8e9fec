//! A line in is answered before the next is read.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::json;

use crate::program;

/// Long enough for a busy machine; an answer takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn reports_are_answered_one_by_one() {
    let line = |n: usize| {
        json!({"id": format!("r{n}"), "published": "2025-10-14", "text": format!("The harbour of Marrowick was closed for {n} hours on Tuesday after a gas leak, the fire service said.")}).to_string()
    };
    for command in ["clean", "annotate", "group"] {
        answers_in_turn(&[command], [line(2), line(3), line(4)]);
    }
}

#[test]
fn stories_and_pairs_are_answered_one_by_one() {
    let report =
        |n: usize| json!({"id": format!("r{n}"), "text": format!("Quay {n} was closed on Tuesday, the mayor said.")});
    let story = |n: usize| json!({"id": format!("g{n}"), "reports": [report(1), report(2)]}).to_string();
    answers_in_turn(&["trace", "--jsonl"], [story(1), story(2), story(3)]);
    answers_in_turn(&["collate", "--jsonl"], [story(1), story(2), story(3)]);
    let pair = |n: usize| {
        json!({"id": format!("p{n}"), "rewrite": "The quay was shut.", "sources": ["The quay was closed."]}).to_string()
    };
    answers_in_turn(&["check", "--jsonl"], [pair(1), pair(2), pair(3)]);
}

fn answers_in_turn(args: &[&str], lines: [String; 3]) {
    let mut child = program::program()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was built with this test");
    let mut stdin = child.stdin.take().expect("it was piped");
    let stdout = child.stdout.take().expect("it was piped");
    let (sender, answers) = mpsc::channel();
    let reader = std::thread::spawn(move || BufReader::new(stdout).lines().try_for_each(|line| sender.send(line)));
    for (n, line) in lines.iter().enumerate() {
        writeln!(stdin, "{line}").expect("the program reads");
        stdin.flush().expect("the program reads");
        let answer = answers.recv_timeout(PATIENCE);
        assert!(
            matches!(answer, Ok(Ok(_))),
            "`variorum {}` keeps line {} to itself: {answer:?}",
            args.join(" "),
            n + 1
        );
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    drop(reader.join().expect("the reader ends"));
}
