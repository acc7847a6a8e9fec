//! The own voice: where the running text stands densest.
//!
//! A light one beside the two crates, over the lines that are read anyway. It knows nothing but lines, the elements
//! that hold them, and the names that builders of pages give to what stands beside an article.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use trafilatura::dom::{Document, NodeId};
use variorum_news::BlockKind;

use super::blocks::Line;
use super::choice::Choice;
use crate::credits;
use crate::piece::ends_as_sentence;

const NAMES: &str = include_str!("../../data/beside-names.tsv");

/// A paragraph has this many letters, or ends as a sentence and has so many.
const PROSE: usize = 80;
const SENTENCE: usize = 30;
/// A part of the article has this share of the text of its largest part.
const PART: f64 = 0.2;
/// So many lines after the last paragraph can hold a credit.
const TAIL: usize = 5;
/// A name that stands over this share of the article says nothing.
const PAGE: f64 = 0.25;

/// Returns the lines that stand where most of the running text does.
pub(crate) fn choose(document: &Document, lines: &[Line], marks: &Marks, seen: &Choice) -> Choice {
    let beside = marks.beside(lines, seen);
    let prose: Vec<usize> =
        lines.iter().zip(&beside).map(|(line, beside)| if *beside { 0 } else { prose(line) }).collect();
    let Some(home) = home(document, lines, &prose) else { return Choice(vec![false; lines.len()]) };
    let at_home: Vec<bool> = lines.iter().map(|line| line.holders.contains(&home)).collect();
    let is_prose = |at: &usize| at_home[*at] && prose[*at] > 0;
    let (Some(first), Some(last)) = ((0..lines.len()).find(is_prose), (0..lines.len()).rfind(is_prose)) else {
        return Choice(vec![false; lines.len()]);
    };
    // Credits stand under the last paragraph, and say whose the article is.
    let is_credit = |at: &usize| at_home[*at] && !credits::line(&lines[*at].piece.text).is_empty();
    let last = (last..lines.len().min(last + 1 + TAIL)).rfind(is_credit).unwrap_or(last);
    // The line before the first paragraph is its standfirst where it says something.
    let says = |at: &usize| lines[*at].piece.text.len() >= SENTENCE;
    let first = first.checked_sub(1).filter(says).unwrap_or(first);
    let chosen = |at: usize| {
        let piece = &lines[at].piece;
        let is_own = !beside[at] && !piece.linked && piece.kind != BlockKind::Caption;
        at_home[at] && is_own && (first..=last).contains(&at)
    };
    Choice((0..lines.len()).map(chosen).collect())
}

/// Returns the letters of a line of running text; none for other lines.
pub(crate) fn prose(line: &Line) -> usize {
    let n_letters = line.piece.text.len();
    let runs = matches!(line.piece.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem);
    let is_prose = n_letters >= PROSE || n_letters >= SENTENCE && ends_as_sentence(&line.piece.text);
    if runs && is_prose && !line.piece.linked { n_letters } else { 0 }
}

/// For every line a bit for each name of something beside the article that stands over it.
#[derive(Debug)]
pub(crate) struct Marks(Vec<u64>);

impl Marks {
    /// Reads the names of the elements that hold the lines.
    pub(crate) fn of(document: &Document, lines: &[Line]) -> Self {
        let mut of_element: BTreeMap<NodeId, u64> = BTreeMap::new();
        // Pages use the same few names over and over.
        let mut of_names: BTreeMap<String, u64> = BTreeMap::new();
        let mut of_line = |line: &Line| {
            let mut of_holder =
                |holder| *of_element.entry(holder).or_insert_with(|| marks(document, holder, &mut of_names));
            line.holders.iter().fold(0, |all, holder| all | of_holder(*holder))
        };
        Marks(lines.iter().map(&mut of_line).collect())
    }

    /// Returns what stands in a line's place by the names over it, the first row that fits.
    pub(crate) fn reason(&self, line: usize) -> Option<&'static str> {
        let first = self.0[line].trailing_zeros() as usize;
        PARTS.get(first).map(|(_, reason)| *reason)
    }

    /// Tells for every line whether an element that holds it is named as one beside the article.
    ///
    /// A name under which the other voice finds much of the article says nothing on this page ("with-sidebar").
    fn beside(&self, lines: &[Line], seen: &Choice) -> Vec<bool> {
        let seen: Vec<(u64, usize)> = lines
            .iter()
            .zip(&self.0)
            .zip(&seen.0)
            .filter(|(_, seen)| **seen)
            .map(|((line, marks), _)| (*marks, line.key.len()))
            .collect();
        let all: usize = seen.iter().map(|(_, letters)| letters).sum();
        let says_nothing = (0..64).map(|bit| 1_u64 << bit).filter(|bit| {
            let under: usize = seen.iter().filter(|(marks, _)| marks & bit != 0).map(|(_, letters)| letters).sum();
            under as f64 >= PAGE * all.max(1) as f64
        });
        let says_nothing = says_nothing.fold(0, |all, bit| all | bit);
        self.0.iter().map(|marks| marks & !says_nothing != 0).collect()
    }
}

/// Returns the marks of an element, a bit for every row that its names hold and for every tag.
fn marks(document: &Document, element: NodeId, of_names: &mut BTreeMap<String, u64>) -> u64 {
    let tag = document.tag_name(element);
    let of_tag = TAGS.iter().position(|name| *name == tag).map_or(0, |at| 1 << (63 - at));
    let names = format!("{} {}", document.class_name(element), document.id_attr(element));
    if names.len() == 1 {
        return of_tag;
    }
    of_tag | *of_names.entry(names).or_insert_with_key(|names| rows_in(&names.to_ascii_lowercase()))
}

fn rows_in(names: &str) -> u64 {
    let rows = PARTS.iter().enumerate();
    rows.filter(|(_, (part, _))| names.contains(*part)).fold(0, |all, (at, _)| all | 1 << at)
}

/// What the names of elements beside an article hold, and what such an element is; a bit for each must be free.
static PARTS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let row = |row: &'static str| row.split_once('\t').and_then(|(part, rest)| Some((part, rest.split('\t').next()?)));
    NAMES.lines().filter_map(row).take(64 - TAGS.len()).collect()
});

/// Elements that say by themselves that they stand beside the article.
const TAGS: &[&str] = &["aside", "nav", "footer", "dialog", "form"];

/// Returns the element that holds the densest running text, and the other parts of the same article.
fn home(document: &Document, lines: &[Line], prose: &[usize]) -> Option<NodeId> {
    let mut parts: BTreeMap<NodeId, (usize, usize)> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| prose[*at] > 0) {
        if let Some(part) = part_of(document, line) {
            let (letters, _) = parts.entry(part).or_insert((0, at));
            *letters += prose[at];
        }
    }
    let (most, &(letters, at)) = parts.iter().max_by_key(|(_, (letters, at))| (*letters, std::cmp::Reverse(*at)))?;
    let path = &lines[at].holders;
    let depth = path.iter().position(|holder| holder == most)?;
    let is_part = |n: usize| n as f64 >= PART * letters as f64 && n >= 200;
    let mut home = depth;
    for above in (0..depth).rev() {
        let tag = document.tag_name(path[above + 1]);
        if matches!(tag, "article" | "main") {
            break;
        }
        let others = parts.values().filter(|(n, at)| {
            is_part(*n) && lines[*at].holders.contains(&path[above]) && !lines[*at].holders.contains(&path[home])
        });
        if others.count() > 0 {
            home = above;
        }
    }
    Some(path[home])
}

/// Returns the element whose lines a line is among: what holds its paragraph.
fn part_of(document: &Document, line: &Line) -> Option<NodeId> {
    let is_line = |element: &NodeId| {
        matches!(
            document.tag_name(*element),
            "p" | "li"
                | "ul"
                | "ol"
                | "blockquote"
                | "dl"
                | "dd"
                | "dt"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "figcaption"
                | "pre"
        )
    };
    line.holders.iter().rev().find(|element| !is_line(element)).copied()
}
