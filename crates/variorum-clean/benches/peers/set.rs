//! Pages with what a careful reader finds on them, and the clock that counts CPU time alone.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

/// A page and its gold.
#[derive(Debug)]
pub struct Page {
    pub html: String,
    pub url: Option<String>,
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub authors: Vec<String>,
}

/// Returns the pages of a folder; a set that is not there ends the run, because there is nothing to measure.
pub fn pages(folder: &str) -> Vec<Page> {
    let folder = Path::new(folder);
    let gold = text_of(&folder.join("gold.jsonl")).expect("the folder holds gold.jsonl or gold.jsonl.gz");
    gold.lines().filter_map(|line| page(folder, &serde_json::from_str(line).ok()?)).collect()
}

fn page(folder: &Path, gold: &Value) -> Option<Page> {
    let words = |name: &str| gold[name].as_str().filter(|words| !words.is_empty()).map(str::to_owned);
    let authors = gold["authors"].as_array().map(|names| names.iter().filter_map(|n| n.as_str()).map(str::to_owned));
    Some(Page {
        html: text_of(&folder.join("pages").join(format!("{}.html", gold["id"].as_str()?)))?,
        url: words("url"),
        text: words("text")?,
        title: words("title"),
        published: words("published"),
        authors: authors.map(Iterator::collect).unwrap_or_default(),
    })
}

/// Returns the text of a file, or of its packed twin.
fn text_of(path: &Path) -> Option<String> {
    if let Ok(bytes) = fs::read(path) {
        return Some(String::from_utf8_lossy(&bytes).into_owned());
    }
    let packed = fs::File::open(format!("{}.gz", path.display())).ok()?;
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the CPU time of this process and of its children that ended. Linux counts it in hundredths of a second;
/// elsewhere the time since the epoch stands in.
pub fn cpu() -> Duration {
    let ticks = || {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        (11..15).map(|at| fields.get(at)?.parse::<u64>().ok()).sum::<Option<u64>>()
    };
    let clock = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    ticks().map_or_else(clock, |ticks| Duration::from_millis(ticks * 10))
}
