//! The walls of the house, held by machine.

mod attacks;
mod direction;
mod docs;
mod names;
mod purity;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Checks every wall and says which are broken.
pub fn run(root: &Path) -> Result<(), String> {
    let complaints = complaints(root);
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
}

fn complaints(root: &Path) -> Vec<String> {
    let files = files(root);
    [
        attacks::complaints(root, &files),
        direction::complaints(root),
        purity::complaints(root),
        names::complaints(root, &files),
        docs::complaints(root, &files),
    ]
    .concat()
}

/// Returns every file that is or could be committed, relative to the root.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = listed(root).unwrap_or_else(|| {
        // An unpacked archive has no history; then all that is not built is taken for committed.
        let mut found = Vec::new();
        walk(root, Path::new(""), &mut found);
        found
    });
    files.retain(|file| root.join(file).is_file());
    files.sort();
    files.dedup();
    files
}

fn listed(root: &Path) -> Option<Vec<PathBuf>> {
    let args = ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    let output = Command::new("git").args(args).current_dir(root).output().ok().filter(|o| o.status.success())?;
    let listed = String::from_utf8(output.stdout).ok()?;
    Some(listed.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect())
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let path = folder.join(&name);
        if !entry.path().is_dir() {
            found.push(path);
        } else if !["target", "out", ".git", "node_modules"].iter().any(|skipped| name == *skipped) {
            walk(root, &path, found);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        let complaints = super::complaints(&crate::root());
        assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    }
}
