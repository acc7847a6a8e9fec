//! Files that a path names: itself, or those of a folder.

use std::path::{Path, PathBuf};

use variorum_news::Problem;

/// Endings that are read when a folder is walked; a file that is named is read whatever its ending.
const KNOWN: &[&str] = &[
    "txt", "text", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "xml", "rss", "rdf", "atom", "opml", "warc",
    "gz", "gzip", "zst", "zstd", "parquet",
];

/// Returns the files that a path names: itself, or those of a folder by name.
pub fn files(path: &Path) -> Result<Vec<Result<PathBuf, Problem>>, Problem> {
    if path == Path::new("-") {
        return Ok(vec![Ok(path.to_owned())]);
    }
    let shown = path.display().to_string();
    if !path.exists() {
        return Err(Problem::of_path(shown, "no such file or folder; check the path"));
    }
    if !path.is_dir() {
        return Ok(vec![Ok(path.to_owned())]);
    }
    let mut found = Vec::new();
    walk(path, &mut found);
    if found.is_empty() {
        return Err(Problem::of_path(shown, "the folder holds no reports; put .txt, .html or .jsonl files into it"));
    }
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<Result<PathBuf, Problem>>) {
    let shown = folder.display().to_string();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(Problem::of_path(shown, format!("cannot be listed ({error})")))),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        // A link to a folder could lead round in a circle.
        if path.is_dir() {
            if !path.is_symlink() {
                walk(&path, found);
            }
            continue;
        }
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        found.push(if KNOWN.contains(&ending.as_str()) {
            Ok(path)
        } else {
            Err(Problem::of_path(
                path.display().to_string(),
                "not a format that is read from a folder; name the file itself to read it as text",
            ))
        });
    }
}
