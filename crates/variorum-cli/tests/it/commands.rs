//! What a person meets first: help, exit statuses, colours, and the answers of `explain`.

use crate::{corpus, program};

const COMMANDS: &[&str] = &[
    "collate", "check", "clean", "annotate", "group", "trace", "explain", "feeds", "models", "add", "search", "doctor",
    "backup", "reindex", "forget", "archive", "import",
];

#[test]
fn help_shows_an_example() {
    assert!(program::run(["--help"]).ended_with(0).out.contains("Examples:\n  variorum "));
    for command in COMMANDS {
        let help = program::run([command, "--help"]).ended_with(0).out;
        assert!(
            help.contains(&format!("  variorum {command}")) || help.contains(&format!("| variorum {command}")),
            "{help}"
        );
        assert!(help.contains("Example"), "{command}: {help}");
    }
}

#[test]
fn every_command_is_listed() {
    let help = program::run(["--help"]).ended_with(0).out;
    for command in COMMANDS {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "{command} is missing in\n{help}");
    }
}

#[test]
fn wrong_usage_is_status_two() {
    for args in [&["collate"][..], &["collat"], &["clean", "--nonsense"], &["check", "a.txt"], &[]] {
        program::run(args).ended_with(2);
    }
}

#[test]
fn a_date_that_is_none_is_refused() {
    let run = program::run(["collate", "corpus/harbour-leak/reports", "--published", "yesterday"]).ended_with(1);
    assert!(run.err.contains("`yesterday` is not a date") && run.err.contains("hint: "), "{}", run.err);
}

#[test]
fn a_pipe_gets_no_colours() {
    let reports = corpus::story("harbour-leak").reports;
    let mut command = program::program();
    command.arg("collate").arg(&reports).env("CLICOLOR_FORCE", "0");
    let plain = program::feed(command, b"").ended_with(0);
    assert!(!plain.out.contains('\u{1b}') && !plain.err.contains('\u{1b}'), "escape codes in a pipe:\n{}", plain.out);
    let mut command = program::program();
    command.arg("collate").arg(&reports).env("NO_COLOR", "1");
    assert_eq!(program::feed(command, b"").ended_with(0).out, plain.out);
}

#[test]
fn the_summary_fits_a_screen() {
    let reports = corpus::story("harbour-leak").reports;
    let out = program::run(["collate", "--one-story", reports.to_str().expect("the path is UTF-8")]).ended_with(0).out;
    assert!(out.contains("10 reports, ") && out.contains("5 independent origins"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "a line is wider than the screen:\n{out}");
    assert!(out.lines().count() <= 60, "{} lines", out.lines().count());
}

#[test]
fn the_page_reads_without_network_or_script() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let (reports, out) = (corpus::story("harbour-leak").reports, scratch.path().join("page"));
    let run = program::run([
        "collate".as_ref(),
        "--one-story".as_ref(),
        reports.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
    ])
    .ended_with(0);
    assert!(run.out.contains("index.html"), "{}", run.out);
    let page = std::fs::read_to_string(out.join("index.html")).expect("the page was written");
    for outside in ["<script src", "<link rel=\"stylesheet\" href=\"http", "src=\"http", "@import", "url(http"] {
        assert!(!page.contains(outside), "the page loads {outside}");
    }
    assert!(page.contains("counts reporting, not truth") || page.contains("Counts reporting, not truth"));
    assert!(page.contains("March 9, 2022") && page.contains("<svg"));
    let dossier = std::fs::read_to_string(out.join("dossier.json")).expect("the dossier was written");
    assert!(dossier.contains("variorum/dossier@1"));
}

#[test]
fn explain_answers_in_sentences() {
    let story = corpus::story("harbour-leak");
    let file = |name: &str| story.reports.join(name).to_str().expect("the path is UTF-8").to_owned();
    let run = program::run(["explain".to_owned(), file("wire.txt"), file("estuary-daily.txt")]).ended_with(0);
    assert!(run.out.starts_with("Story\n") && run.out.contains("\nLineage\n"), "{}", run.out);
}

#[test]
fn explain_gives_reasons() {
    let story = corpus::story("harbour-leak");
    let reports = story.reports.to_str().expect("the path is UTF-8");
    let run = program::run(["explain", "wire.txt", "estuary-daily.txt", "--among", reports]).ended_with(0);
    assert!(run.out.lines().filter(|line| line.starts_with("  ")).count() >= 4, "{}", run.out);
}

#[test]
fn explain_names_a_report_that_is_missing() {
    let run =
        program::run(["explain", "nowhere.txt", "wire.txt", "--among", "corpus/harbour-leak/reports"]).ended_with(1);
    assert!(run.err.contains("no report is called nowhere.txt") && run.err.contains("hint: "), "{}", run.err);
}

#[test]
fn an_id_and_unknown_fields_are_kept() {
    let line = r#"{"id":"mine","text":"The bridge is closed, the mayor said.","desk":"city"}"#;
    let report = program::run_with(line, ["clean"]).ended_with(0).json();
    assert_eq!((&report["id"], &report["extra"]["desk"]), (&"mine".into(), &"city".into()));
}
