//! What stood inside the article's container without being the article's: it is taken out, and kept as such.

use std::collections::BTreeMap;

use trafilatura::dom::NodeId;

use crate::piece::{Piece, folded};

/// The share of the article that its container holds at least; a stray line may stand outside.
const HOLDS: f64 = 0.9;

/// Returns the lines of the container that are not in the article, in the order of the page.
pub(crate) fn left_out(lines: &[(String, Vec<NodeId>)], article: &[Piece]) -> Vec<String> {
    let words = format!(" {} ", article.iter().map(|piece| folded(&piece.text)).collect::<Vec<_>>().join(" "));
    let is_kept: Vec<bool> = lines.iter().map(|(line, _)| words.contains(&format!(" {} ", folded(line)))).collect();
    let depth = depth_of_container(lines, &is_kept);
    let Some(container) = depth else { return Vec::new() };
    let beside = lines.iter().zip(&is_kept).filter(|((_, holders), kept)| !**kept && holders.contains(&container));
    let beside: Vec<String> = beside.map(|((line, _), _)| line.clone()).collect();
    // A container that holds more of other things than of the article is the page, not the article's.
    let is_page = beside.iter().map(String::len).sum::<usize>() > words.len();
    if is_page { Vec::new() } else { beside }
}

/// Returns the deepest element that holds nearly all of the article.
fn depth_of_container(lines: &[(String, Vec<NodeId>)], is_kept: &[bool]) -> Option<NodeId> {
    let kept = || lines.iter().zip(is_kept).filter(|(_, kept)| **kept).map(|(line, _)| line);
    let all: usize = kept().map(|(line, _)| line.len()).sum();
    let mut container = None;
    for depth in 0.. {
        let mut held: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (line, holders) in kept() {
            if let Some(holder) = holders.get(depth) {
                *held.entry(*holder).or_default() += line.len();
            }
        }
        match held.into_iter().find(|(_, letters)| *letters as f64 >= HOLDS * all as f64) {
            Some((holder, _)) => container = Some(holder),
            None => break,
        }
    }
    container
}
