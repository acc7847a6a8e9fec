//! A stream that is cut and gone on with.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use serde_json::json;

use crate::program;

fn reports() -> Vec<String> {
    let report = |n: usize| {
        let (place, day) = (["Marrowick", "Delmare", "Port Adran"][n % 3], 10 + n / 4);
        json!({"id": format!("r{n}"), "published": format!("2025-10-{day}"), "text": format!("The harbour of {place} was closed on \
            Tuesday after a gas leak of {} hours, the fire service of {place} said.", n % 3 + 2)})
        .to_string()
    };
    (0..12).map(report).collect()
}

fn group(lines: &[String], args: &[&str]) -> program::Run {
    program::run_with(&lines.join("\n"), [&["group", "--window", "3"], args].concat())
}

fn in_folder(check: impl Fn(&Path, &str)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("news.shelf");
    check(folder.path(), file.to_str().expect("a plain path"));
}

#[test]
fn cut_at_every_line_the_stream_gives_the_bytes_of_one_run() {
    let lines = reports();
    let at_once = group(&lines, &[]).ended_with(0).out;
    for cut in 0..=lines.len() {
        in_folder(|folder, file| {
            let first = group(&lines[..cut], &["--shelf", file]);
            let second = group(&lines[cut..], &["--shelf", file, "--save-every", "2"]);
            assert_eq!(first.out + &second.out, at_once, "cut at {cut}");
            assert_eq!(std::fs::read_dir(folder).expect("the folder").count(), 1, "a file was left behind");
        });
    }
}

#[test]
fn a_damaged_a_foreign_and_another_window_s_shelf_are_told_and_kept() {
    in_folder(|_, file| {
        group(&reports(), &["--shelf", file]).ended_with(0);
        let whole = std::fs::read(file).expect("it was saved");
        let other = program::run_with("", ["group", "--shelf", file]).ended_with(1);
        assert!(
            other.err.contains("window of 3 days") && other.err.contains("hint: go on with --window 3"),
            "{}",
            other.err
        );
        for (bytes, says) in [(&whole[..whole.len() / 2], "damaged"), (b"{}\n", "no shelf")] {
            std::fs::write(file, bytes).expect("it can be written");
            let refused = group(&reports(), &["--shelf", file]).ended_with(1);
            assert!(refused.err.contains(says) && refused.err.contains("hint: "), "{}", refused.err);
            assert_eq!(std::fs::read(file).expect("it is there"), bytes, "what could not be read was overwritten");
        }
    });
}

#[test]
fn a_shelf_that_cannot_be_saved_is_told_at_the_start() {
    let run = program::run_with("", ["group", "--shelf", "/nowhere/at/all.shelf"]).ended_with(1);
    assert!(run.err.contains("cannot write into") && run.err.contains("hint: "), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn killed_at_any_time_the_file_is_whole_and_what_it_holds_was_answered() {
    for answers in [1, 4, 9] {
        in_folder(|_, file| {
            let mut child = program::program()
                .args(["group", "--window", "3", "--shelf", file, "--save-every", "1"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("the program was built with this test");
            let mut stdin = child.stdin.take().expect("it was piped");
            let lines = reports();
            stdin.write_all((lines.join("\n") + "\n").as_bytes()).expect("the program reads");
            let mut out = BufReader::new(child.stdout.take().expect("it was piped")).lines();
            let mut printed: Vec<String> = out.by_ref().take(answers).map_while(Result::ok).collect();
            child.kill().expect("it runs");
            child.wait().expect("it ran");
            printed.extend(out.map_while(Result::ok));
            let answered = printed.iter().filter(|line| line.contains("\"id\"")).count();
            // What is on the shelf is answered as known: no more than was printed, and all but the last of that.
            let again = group(&lines, &["--shelf", file]).ended_with(0);
            let known = again.lines().iter().filter(|line| line.get("problem").is_some()).count();
            assert!(known <= answered && answered <= known + 1, "{known} on the shelf, {answered} answered");
        });
    }
}
