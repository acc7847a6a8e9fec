//! Names of files for names of any letters.

use sha2::{Digest, Sha256};

/// Names of more bytes are shortened; with a folder and a suffix they stay under what disks take.
const LONGEST: usize = 80;
/// How many letters of a name that is not safe are kept for who reads the folder.
const KEPT: usize = 40;

/// Returns the name of a file for a name, without a suffix. Two names have two files, also where a disk takes upper and
/// lower case for the same, and none leads out of a folder.
pub fn file(name: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    if (1..=LONGEST).contains(&name.len()) && name.bytes().all(is_plain) && !is_device(name) {
        return name.to_owned();
    }
    let mut shown = String::new();
    for letter in name.chars().take(KEPT) {
        match letter.to_ascii_lowercase() {
            plain @ ('a'..='z' | '0'..='9' | '_') => shown.push(plain),
            _ if shown.ends_with('-') => {}
            _ => shown.push('-'),
        }
    }
    // A plain name holds no tilde, so the two kinds never meet.
    let mark: String = Sha256::digest(name).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{}~{mark}", shown.trim_matches('-'))
}

/// Windows takes some names for machines.
fn is_device(name: &str) -> bool {
    let numbered = |kind| name.strip_prefix(kind).is_some_and(|n: &str| n.len() == 1);
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::file;

    #[test]
    fn odd_names_have_safe_files_of_their_own() {
        let (long, longer) = ("x".repeat(300), format!("{}y", "x".repeat(299)));
        let odd = [
            "a/b?c.json",
            "a-b-c-json",
            "..",
            ".",
            "",
            "/",
            " ",
            "Ferry",
            "ferry",
            "FERRY",
            "🚢",
            "é",
            "nul",
            "com1",
            "~",
            "a~",
        ];
        let names: Vec<&str> = odd.into_iter().chain([long.as_str(), longer.as_str()]).collect();
        let files: BTreeSet<String> = names.iter().map(|name| file(name).to_lowercase()).collect();
        assert_eq!(files.len(), names.len());
        for name in files {
            assert!(name.len() <= 80 && !name.is_empty() && name != "nul" && name != "com1", "{name}");
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-~".contains(&b)), "{name}");
        }
        assert_eq!(file("ferry-12"), "ferry-12");
    }
}
