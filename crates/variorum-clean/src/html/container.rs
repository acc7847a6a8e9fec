//! What stood inside the article's container without being the article's: it is taken out, and kept as such.

use std::collections::BTreeMap;

use trafilatura::dom::NodeId;

use super::blocks::Line;

/// The share of the article that its container holds at least; a stray line may stand outside.
const HOLDS: f64 = 0.9;

/// Returns the places of the container's lines that are not in the article, in the order of the page.
pub(crate) fn left_out(lines: &[Line], is_kept: &[bool]) -> Vec<usize> {
    let Some(container) = container(lines, is_kept) else { return Vec::new() };
    let beside = (0..lines.len()).filter(|at| !is_kept[*at] && lines[*at].holders.contains(&container));
    let beside: Vec<usize> = beside.collect();
    // A container that holds more of other things than of the article is the page, not the article's.
    let kept: usize = lines.iter().zip(is_kept).filter(|(_, kept)| **kept).map(|(line, _)| line.piece.text.len()).sum();
    let is_page = beside.iter().map(|at| lines[*at].piece.text.len()).sum::<usize>() > kept;
    if is_page { Vec::new() } else { beside }
}

/// Returns the deepest element that holds nearly all of the article.
pub(crate) fn container(lines: &[Line], is_kept: &[bool]) -> Option<NodeId> {
    let kept = || lines.iter().zip(is_kept).filter(|(_, kept)| **kept).map(|(line, _)| line);
    let all: usize = kept().map(|line| line.piece.text.len()).sum();
    let mut container = None;
    for depth in 0.. {
        let mut held: BTreeMap<NodeId, usize> = BTreeMap::new();
        for line in kept() {
            if let Some(holder) = line.holders.get(depth) {
                *held.entry(*holder).or_default() += line.piece.text.len();
            }
        }
        match held.into_iter().find(|(_, letters)| *letters as f64 >= HOLDS * all as f64) {
            Some((holder, _)) => container = Some(holder),
            None => break,
        }
    }
    container
}
