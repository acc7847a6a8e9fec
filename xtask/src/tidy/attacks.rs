//! Attacks as tests: each row of the list of attacks names a case, and each case that it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = "docs/attacks.md";

/// Complains of every attack without a case, and of every case that no file has.
pub fn complaints(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let list = fs::read_to_string(root.join(LIST)).unwrap_or_default();
    if list.is_empty() {
        return vec![format!("attacks: {LIST} is not there")];
    }
    let known = tests(root, files);
    let mut complaints = Vec::new();
    for row in rows(&list) {
        let cases = cases(row);
        if cases.is_empty() {
            complaints.push(format!("attacks: no case is named in `{}`", row.trim()));
        }
        // A path is looked for with those of all other pages.
        for case in cases.iter().filter(|case| !case.contains('/') && !known.contains(**case)) {
            complaints.push(format!("attacks: there is no test `{case}`"));
        }
    }
    complaints
}

/// Returns the rows of all tables, without their heads.
fn rows(list: &str) -> impl Iterator<Item = &str> {
    let mut in_table = false;
    list.lines().filter(move |line| {
        let is_row = line.starts_with('|');
        let is_rule = is_row && line.chars().all(|c| "|-: ".contains(c));
        in_table = is_row && (in_table || is_rule);
        in_table && !is_rule
    })
}

/// Returns what stands in backticks in the last cell of a row.
fn cases(row: &str) -> Vec<&str> {
    let last = row.trim().trim_end_matches('|').rsplit('|').next().unwrap_or_default();
    last.split('`').skip(1).step_by(2).collect()
}

/// Returns the names of all functions of tests in Rust.
fn tests(root: &Path, files: &[PathBuf]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(root.join(file)).unwrap_or_default();
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            let name = line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            match name {
                Some(name) if is_test => _ = names.insert(name.to_owned()),
                _ => {}
            }
            // Between the attribute and the function others may stand.
            is_test = line.contains("test]") || line.contains("test(") || (is_test && line.starts_with("#["));
            is_test |= line.starts_with("proptest!") || (is_test && line.is_empty());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{cases, rows};

    #[test]
    fn rows_and_their_cases_are_found() {
        let list = "# A\n| attack | case |\n|---|---|\n| `<script>` | `one_test`, `tests/b.mjs` |\n| two | none |\n\ntext | `no`\n";
        let found: Vec<Vec<&str>> = rows(list).map(cases).collect();
        assert_eq!(found, [vec!["one_test", "tests/b.mjs"], vec![]]);
    }
}
