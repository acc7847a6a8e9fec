//! A model may propose; only what the texts print is shown. The model is a small server of our own on this machine.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use serde_json::{Value, json};

use crate::program;

const SOURCE: &str =
    "The harbour office of Lenz shut the old landing stage on Monday. Ada Orr, who runs it, spoke for 40 minutes.";
const REWRITE: &str = "Stevedores kept passers-by off a rotten pier all winter long. Ada Orr wept bitterly throughout.";

/// Answers so many questions with these proposals; returns its address and what it was sent.
fn model(proposals: Value, answers: usize) -> (String, JoinHandle<io::Result<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("this machine has a free port");
    let url = format!("http://{}/v1", listener.local_addr().expect("it was bound"));
    let content = json!({ "proposals": proposals }).to_string();
    let body = json!({ "choices": [{ "message": { "content": content } }] }).to_string();
    let serve = move || (0..answers).map(|_| answer(&listener, &body)).collect();
    (url, std::thread::spawn(serve))
}

/// Answers one request; returns what it was.
fn answer(listener: &TcpListener, body: &str) -> io::Result<String> {
    let (mut stream, _) = listener.accept()?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut asked, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        asked.push_str(&line);
    }
    let mut sent = vec![0; length];
    reader.read_exact(&mut sent)?;
    asked.push_str(&String::from_utf8_lossy(&sent));
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())?;
    Ok(asked)
}

fn check(args: &[&str]) -> program::Run {
    let line = json!({ "id": "p1", "rewrite": REWRITE, "sources": [SOURCE] }).to_string();
    program::run_with(&line, [&["check", "--jsonl"], args].concat())
}

#[test]
fn a_model_is_asked_about_doubtful_sentences_alone_and_its_words_are_held_against_the_texts() {
    let without = check(&[]).ended_with(0).json();
    assert_eq!(without["sentences"][0]["verdict"], "unsupported");
    let proposals = json!([
        { "sentence": 0, "verdict": "supported", "source_words": "The harbour office of Lenz shut the old landing stage" },
        { "sentence": 1, "verdict": "supported", "source_words": "Ada Orr cried for 40 minutes" },
        { "sentence": 7, "verdict": "unsupported", "rewrite_words": "wept" }
    ]);
    let (url, asked) = model(proposals, 1);
    let run = check(&["--model", &url, "--model-name", "small"]).ended_with(0);
    let found = run.json();
    assert_eq!(found["sentences"][0]["verdict"], "supported");
    assert_eq!(found["sentences"][0]["proposed"], true);
    assert!(found["sentences"][1]["proposed"].is_null(), "invented source words must bear nothing out");
    assert!(run.err.contains("no source prints these words") && run.err.contains("no such sentence"), "{}", run.err);
    assert_eq!(found["faithful"], without["faithful"], "the figure must not hang on a model");
    let asked = asked.join().unwrap().unwrap().remove(0);
    assert!(asked.contains("\"model\":\"small\"") && asked.contains("old landing stage"), "{asked}");
}

#[test]
fn nothing_leaves_the_machine_where_every_sentence_is_borne_out() {
    // Nobody listens there, so a question would fail.
    let line = json!({ "id": "p1", "rewrite": SOURCE, "sources": [SOURCE] }).to_string();
    program::run_with(&line, ["check", "--jsonl", "--model", "http://127.0.0.1:9/v1"]).ended_with(0);
}

#[test]
fn a_silent_model_is_named() {
    // A port that was free a moment ago: nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let run = check(&["--model", &format!("http://127.0.0.1:{port}/v1")]).ended_with(1);
    assert!(run.err.contains(&format!("no answer from http://127.0.0.1:{port}/v1/chat/completions")), "{}", run.err);
}

#[test]
fn a_text_that_is_less_faithful_than_asked_ends_with_status_one() {
    let run = check(&["--fail-under", "0.9"]).ended_with(1);
    assert!(run.err.contains("1 of 1 text is less faithful than 0.9"), "{}", run.err);
    assert_eq!(run.lines().len(), 1, "the findings are printed all the same");
    check(&["--fail-under", "0"]).ended_with(0);
    check(&["--fail-under", "2"]).ended_with(2);
}

#[test]
fn a_check_can_be_read_by_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let (rewrite, source) = (folder.path().join("rewrite.txt"), folder.path().join("source.txt"));
    std::fs::write(&rewrite, REWRITE).unwrap();
    std::fs::write(&source, SOURCE).unwrap();
    let args = ["check".as_ref(), rewrite.as_os_str(), "--against".as_ref(), source.as_os_str(), "--summary".as_ref()];
    let told = program::run(args).ended_with(0).out;
    assert!(told.starts_with("2 sentences: ") && told.contains("not borne out"), "{told}");
}

#[test]
fn a_file_that_is_not_the_known_one_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("model.safetensors"), "something else").unwrap();
    let models = folder.path().join("models");
    let add = |args: &[&std::ffi::OsStr]| {
        let mut command = program::program();
        command.env("VARIORUM_MODELS", &models).arg("models").args(args);
        program::feed(command, b"")
    };
    let run = add(&["add".as_ref(), "minilm".as_ref(), "--from".as_ref(), folder.path().as_os_str()]).ended_with(1);
    assert!(run.err.contains("is not the known file"), "{}", run.err);
    assert!(!models.join("minilm/weights.safetensors").exists());
    assert_eq!(add(&[]).ended_with(0).json()["here"], false);
    let run = add(&["add".as_ref(), "nonesuch".as_ref()]).ended_with(1);
    assert!(run.err.contains("hint: `variorum models` lists them"), "{}", run.err);
}
