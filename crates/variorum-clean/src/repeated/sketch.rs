//! What is kept of a page while its host is learned: its lines as hashes, and what each line speaks of.

use serde::{Deserialize, Serialize};
use variorum_text::{fold, is_stop_word, words};
use xxhash_rust::xxh3::xxh3_64;

use super::Edge;
use crate::piece::folded;

/// One line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LineSketch {
    pub hash: u64,
    /// Where it stands; none in the middle.
    pub edge: Option<Edge>,
    /// The folded words, for lines that may be repeated.
    pub words: Option<String>,
    /// What it speaks of: hashes of its longer words, sorted, each once.
    pub topics: Vec<u32>,
}

/// Returns the name of a text, and its lines; the same for the same text.
pub(super) fn of_text(text: &str) -> (u64, Vec<LineSketch>) {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let n_lines = lines.len();
    let sketches: Vec<LineSketch> =
        lines.iter().enumerate().map(|(at, line)| of_line(line, Edge::of(at, n_lines))).collect();
    let all: Vec<u8> = sketches.iter().flat_map(|line| line.hash.to_le_bytes()).collect();
    (xxh3_64(&all), sketches)
}

fn of_line(line: &str, edge: Option<Edge>) -> LineSketch {
    let words = folded(line);
    let hash = xxh3_64(words.as_bytes());
    let keeps = edge.is_some() && may_repeat(line);
    LineSketch { hash, edge, topics: topics(line), words: keeps.then_some(words) }
}

/// The longest line that is kept, in bytes; a notice under an article is a few sentences at most.
const LONGEST: usize = 900;

/// Tells whether a line can be an outlet's notice at all: what somebody said and what was counted or dated is news.
pub(super) fn may_repeat(line: &str) -> bool {
    let quotes = line.contains(['"', '“', '”', '„', '«', '»', '「', '」', '『', '』', '‹', '›']);
    let is_contact = line.contains(['@', '©']) || line.contains("://") || line.contains("www.");
    let counts = line.chars().any(char::is_numeric) && !is_contact;
    line.len() <= LONGEST && line.chars().any(char::is_alphabetic) && !quotes && !counts
}

/// Returns what a line speaks of. A stem of six letters joins the forms of a word in most languages; scripts without
/// spaces between words give pairs of characters.
pub(super) fn topics(line: &str) -> Vec<u32> {
    let mut topics = Vec::new();
    for word in words(line) {
        if word.text.chars().any(is_unspaced) {
            let characters: Vec<char> = word.text.chars().collect();
            topics.extend(characters.windows(2).map(|pair| hash(&pair.iter().collect::<String>())));
            continue;
        }
        let is_name = word.is_capitalised();
        let word = fold(word.text);
        let n_letters = word.chars().count();
        let fewest = match word.is_ascii() {
            _ if is_name => 3,
            true => 5,
            false => 4,
        };
        if n_letters >= fewest && !is_stop_word(&word) {
            topics.push(hash(&word.chars().take(6).collect::<String>()));
        }
    }
    topics.sort_unstable();
    topics.dedup();
    topics
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn hash(word: &str) -> u32 {
    (xxh3_64(word.as_bytes()) >> 32) as u32
}
