//! Living docs: what a page names is there.
//!
//! The commands and flags of `variorum` itself are checked where the program is at hand, in the integration tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::CHORES;

/// First parts of a path that is meant to exist; others name a reader's own files.
const OURS: &[&str] =
    &["crates", "corpus", "docs", "xtask", "tests", "benches", "fuzz", "examples", "src", "data", ".ci", ".cargo"];

/// Commands that cargo has by itself or by a well-known addition.
const CARGO: &[&str] =
    &["build", "run", "test", "nextest", "fmt", "clippy", "doc", "bench", "deny", "fuzz", "install", "metadata", "add"];

/// Complains of every path, link, script, chore and cargo command in a page that does not exist.
pub fn complaints(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "md")) {
        let text = fs::read_to_string(root.join(file)).unwrap_or_default();
        let folder = root.join(file).parent().expect("a file lies in a folder").to_owned();
        let mut complain = |what: String| complaints.push(format!("docs: {}: {what}", file.display()));
        for path in code(&text).iter().filter_map(|c| path_in(c)).chain(links(&text)) {
            let roots = [folder.clone(), root.to_owned(), root.join("crates")];
            if !roots.iter().any(|r| r.join(&path).exists()) {
                complain(format!("{path} is not there"));
            }
        }
        for words in code(&text).iter().flat_map(|c| c.lines()).map(|l| l.split_whitespace().collect::<Vec<_>>()) {
            for pair in words.windows(2).filter(|pair| pair[0] == "cargo" && !pair[1].starts_with(['-', '<'])) {
                if pair[1] != "xtask" && !CARGO.contains(&pair[1].trim_matches(['`', '.', ','])) {
                    complain(format!("there is no `cargo {}`", pair[1]));
                }
            }
            for chore in words.windows(3).filter(|w| w[0] == "cargo" && w[1] == "xtask").map(|w| w[2]) {
                if !CHORES.iter().any(|(name, _)| *name == chore) {
                    complain(format!("there is no `cargo xtask {chore}`"));
                }
            }
        }
    }
    complaints
}

/// Returns what stands in fences and between backticks.
fn code(text: &str) -> Vec<String> {
    let mut code = Vec::new();
    for (n, part) in text.split("```").enumerate() {
        if n % 2 == 1 {
            // The first line of a fence names its language.
            code.push(part.split_once('\n').map_or(part, |(_, body)| body).to_owned());
        } else {
            code.extend(part.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    code
}

/// Returns the path that a piece of code is, where it is one of ours.
fn path_in(code: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    if code.is_empty() || !code.chars().all(plain) {
        return None;
    }
    let path = code.strip_prefix("./").unwrap_or(code);
    let first = path.split('/').next()?;
    let ours = path.contains('/') && (OURS.contains(&first) || first.starts_with("variorum"));
    let script = code.starts_with("./") && !path.contains('/');
    let page = !path.contains('/') && (path.ends_with(".md") || path.ends_with(".toml") || path == "floors.json");
    (ours || script || page).then(|| path.to_owned())
}

/// Returns the targets of links and pictures that lie in the project.
fn links(text: &str) -> Vec<String> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#', ' ']).next())
        .filter(|to| !to.is_empty() && !to.contains("://") && !to.starts_with("mailto:"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{code, links, path_in};

    #[test]
    fn paths_are_told_from_other_code() {
        assert_eq!(path_in("crates/variorum-news/src").as_deref(), Some("crates/variorum-news/src"));
        assert_eq!(path_in("./run").as_deref(), Some("run"));
        assert_eq!((path_in("reports/"), path_in("corpus/<story>/reports"), path_in("a/b")), (None, None, None));
    }

    #[test]
    fn code_and_links_are_found() {
        assert_eq!(code("a `b` c\n```sh\nd e\n```\n`f`"), ["b", "d e\n", "f"]);
        assert_eq!(links("[a](docs/b.md#c) ![d](e.png) [f](https://g.example)"), ["docs/b.md", "e.png"]);
    }
}
