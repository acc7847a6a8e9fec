//! A stream that is cut and gone on with.

use std::path::Path;

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
