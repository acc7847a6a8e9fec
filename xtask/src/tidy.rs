//! The walls of the house, held by machine.

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
        direction::complaints(root),
        purity::complaints(root),
        names::complaints(root, &files),
        docs::complaints(root, &files),
    ]
    .concat()
}

/// Returns every file that is or could be committed, relative to the root.
fn files(root: &Path) -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root)
        .output()
        .expect("git is there");
    assert!(output.status.success(), "git cannot list the files: {}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let mut files: Vec<PathBuf> = listed.split('\0').filter(|p| !p.is_empty()).map(PathBuf::from).collect();
    files.retain(|file| root.join(file).is_file());
    files.sort();
    files.dedup();
    files
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        let complaints = super::complaints(&crate::root());
        assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    }
}
