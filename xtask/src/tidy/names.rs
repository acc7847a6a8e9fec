//! Names from the field, and no place that only one machine has.

use std::fs;
use std::path::{Path, PathBuf};

/// Endings of type names that say nothing.
const EMPTY_ENDINGS: &[&str] = &["Manager", "Helper", "Helpers", "Util", "Utils"];

/// Folders and files that stand for a change that was not finished.
const UNFINISHED: &[&str] = &["new", "legacy", "v2", "experimental", "old", "util", "utils", "helpers"];

/// What no committed file may name: hosts of package registries, and places on one machine. The pieces are joined here
/// so that this file does not name them itself.
const FOREIGN: &[&str] = &[
    concat!("registry.npm", "js.org"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("pypi", ".org"),
    concat!("files.python", "hosted.org"),
    concat!("deb.debian", ".org"),
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("../sha", "red"),
];

/// Complains of names that say nothing, of unfinished folders and of foreign places.
pub fn complaints(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let shown = file.display();
        for part in file.iter().filter_map(|p| p.to_str()) {
            let stem = part.strip_suffix(".rs").unwrap_or(part);
            if UNFINISHED.contains(&stem) {
                complaints.push(format!("words: {shown}: `{stem}` names no thing; replace, then delete"));
            }
        }
        let Ok(text) = fs::read_to_string(root.join(file)) else { continue };
        complaints.extend(FOREIGN.iter().filter(|f| text.contains(**f)).map(|f| format!("places: {shown} names {f}")));
        if file.extension().is_some_and(|e| e == "rs") {
            let types =
                text.lines().filter_map(type_name).filter(|name| EMPTY_ENDINGS.iter().any(|e| name.ends_with(e)));
            complaints.extend(types.map(|name| format!("words: {shown}: `{name}` does not say what it is")));
        }
        if file.as_os_str() == "Cargo.lock" {
            let foreign = text.lines().filter(|l| l.starts_with("source = ") && !l.contains("crates.io-index"));
            complaints.extend(foreign.map(|line| format!("places: Cargo.lock has a foreign {line}")));
        }
    }
    complaints
}

/// Returns the name of the type that a line declares.
fn type_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|w| w.starts_with("pub"));
    if !matches!(words.next()?, "struct" | "enum" | "trait" | "type") {
        return None;
    }
    words.next()?.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

#[cfg(test)]
mod tests {
    use super::type_name;

    #[test]
    fn types_are_found_where_they_are_declared() {
        assert_eq!(type_name("pub(crate) struct Judge<'a> {"), Some("Judge"));
        assert_eq!(type_name("    type Answer = Vec<u8>;"), Some("Answer"));
        assert_eq!(type_name("let kind = 3;"), None);
    }
}
