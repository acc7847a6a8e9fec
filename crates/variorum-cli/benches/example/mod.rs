//! The reports of the example, which several benches measure on.

use std::path::{Path, PathBuf};

use variorum::news::Page;

/// Returns the pages of the example, in order of their names.
pub fn pages() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/harbour-leak/reports");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the example is in the checkout")
        .filter_map(|e| e.ok())
        .map(|e| e.path())
        .collect();
    files.sort();
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).expect("the example can be read");
        variorum_read::read_bytes(&path.display().to_string(), &bytes)
    };
    files.iter().flat_map(read).filter_map(Result::ok).collect()
}
