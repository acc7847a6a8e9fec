//! The project's own chores: `cargo xtask schema`, `tidy`, `floors`, `bench` and `models`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a chore talks to the person who called it")]

mod bench;
mod floors;
mod models;
mod schema;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The chores by name, each with what it does.
const CHORES: &[(&str, &str)] = &[
    ("schema", "write the JSON Schema of every shape to docs/schema/, and docs/api/openapi.json"),
    ("tidy", "check the walls: direction, purity, words, living docs"),
    ("floors", "measure the quality on the corpus and raise floors.json"),
    ("bench", "time the release program on invented reports"),
    ("models", "build the weights of variorum-syntax from their package; --check compares"),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.first().map(String::as_str) {
        Some("schema") => schema::write(&root()),
        Some("tidy") => tidy::run(&root()),
        Some("floors") => floors::raise(&root()),
        Some("bench") => bench::run(&root(), &args[1..]),
        Some("models") => models::build(&root(), &args[1..]),
        _ => Err(usage()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let chores = CHORES.iter().map(|(name, what)| format!("  cargo xtask {name:8} {what}"));
    format!("usage:\n{}", chores.collect::<Vec<_>>().join("\n"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the project").to_owned()
}
