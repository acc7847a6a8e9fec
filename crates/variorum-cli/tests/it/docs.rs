//! Living docs: every `variorum` command and flag that a page names is one of the program's.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program;

/// Commands that have commands of their own.
const FAMILIES: [&str; 4] = ["alerts", "export", "models", "users"];

#[test]
fn every_command_in_the_docs_is_one() {
    let mut helps: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for page in pages(&program::root()) {
        let text = fs::read_to_string(&page).expect("a page can be read");
        for call in calls(&text) {
            let mut words = call.split_whitespace();
            let command = words.next().unwrap_or_default().to_owned();
            let is_flag = command.starts_with('-');
            let mut name = if is_flag { String::new() } else { command.clone() };
            // A command that has commands of its own: `variorum export site`.
            let mut rest = words.clone();
            if let Some(inner) =
                rest.next().filter(|word| FAMILIES.contains(&command.as_str()) && !word.starts_with('-'))
            {
                name = format!("{command} {inner}");
                words = rest;
            }
            let help = helps.entry(name).or_insert_with_key(|name| help_of(name));
            let Some(help) = help else {
                wrong.push(format!("{}: there is no `variorum {command}`", page.display()));
                continue;
            };
            let flags = is_flag.then_some(command.as_str()).into_iter().chain(words).filter(|w| w.starts_with("--"));
            for flag in flags.map(|f| f.split(['=', ']', ',', '`']).next().unwrap_or(f)) {
                if flag.len() > 2 && !help.contains(flag) {
                    wrong.push(format!("{}: `variorum {call}`: there is no {flag}", page.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(helps.len() > 5, "the docs name hardly any command: {:?}", helps.keys());
}

/// Returns the help of a command, or of the program; none where there is no such command.
fn help_of(command: &str) -> Option<String> {
    let args = command.split(' ').chain(["--help"]).filter(|a| !a.is_empty());
    let run = program::run(args);
    (run.code == Some(0)).then_some(run.out)
}

/// Returns what follows the program's name in each piece of code, up to a pipe or a redirection.
fn calls(text: &str) -> Vec<String> {
    let mut calls = Vec::new();
    for (n, part) in text.split("```").enumerate() {
        let code: Vec<&str> =
            if n % 2 == 1 { part.lines().skip(1).collect() } else { part.split('`').skip(1).step_by(2).collect() };
        for call in code.iter().flat_map(|line| line.split(['|', '#', ';'])) {
            let words = call.trim().trim_start_matches("$ ");
            let after = words.strip_prefix("variorum ").or_else(|| words.strip_prefix("target/release/variorum "));
            calls.extend(after.map(|rest| rest.split(['>', '<']).next().unwrap_or(rest).trim().to_owned()));
        }
    }
    calls.retain(|call| call.starts_with(|c: char| c.is_ascii_lowercase() || c == '-'));
    calls
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be listed") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() && !name.starts_with('.') && name != "target" && name != "node_modules" {
            found.extend(pages(&path));
        } else if name.ends_with(".md") {
            found.push(path);
        }
    }
    found.sort();
    found
}
