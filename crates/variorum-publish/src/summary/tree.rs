//! The reports as a tree: each with its letter, its outlet, its title, and whose words it has.

use super::pen::{Pen, clip, columns, fit};
use crate::edition::Edition;
use crate::phrase::{edge_kind, link};
use crate::stemma::{Hand, Node, lost_siglum, stemma};
use variorum_news::{EdgeKind, Source};

/// How many lines the tree may take.
const MOST_LINES: usize = 14;

/// One line of the tree before it is fit to the columns.
struct Row {
    branch: String,
    siglum: String,
    origin: usize,
    name: String,
    title: String,
    link: String,
}

/// Returns the lines that tell who has words from whom.
pub fn tree(pen: &Pen, edition: &Edition) -> Vec<String> {
    let stemma = stemma(edition);
    let mut rows = Vec::new();
    for tree in &stemma.trees {
        grow(edition, tree, "", None, &mut rows);
    }
    let left =
        rows.iter().filter(|r| !r.name.is_empty()).map(|r| columns(&r.branch) + columns(&r.siglum)).max().unwrap_or(0);
    let name = rows.iter().map(|r| columns(&r.name)).max().unwrap_or(0).min(pen.width / 4);
    let link = rows.iter().map(|r| columns(&r.link)).max().unwrap_or(0);
    let mut lines = vec![String::new()];
    lines.extend(rows.iter().take(MOST_LINES).map(|row| draw(pen, row, left, name, link)));
    if rows.len() > MOST_LINES {
        lines.push(pen.more(rows.len() - MOST_LINES));
    }
    if !stemma.beside.is_empty() {
        let told: Vec<String> = stemma
            .beside
            .iter()
            .take(MOST_LINES)
            .filter_map(|edge| {
                let from = match &edge.from {
                    Source::Report(id) => edition.witness(id)?.siglum.clone(),
                    Source::Outside { outside } => format!("«{outside}»"),
                };
                let of = if edge.kind == EdgeKind::SharedOrigin { "with" } else { "of" };
                Some(format!("{} {} {of} {from}", edition.witness(&edge.to)?.siglum, edge_kind(edge.kind)))
            })
            .collect();
        lines.push(pen.faint(&clip(&format!("  also {}", told.join(", ")), pen.width)));
    }
    lines
}

/// Walks a tree from its top; `last` says whether a node is the last below its parent, and is none at the top.
fn grow(edition: &Edition, node: &Node, before: &str, last: Option<bool>, rows: &mut Vec<Row>) {
    let (fork, below) = match last {
        None => ("", ""),
        Some(false) => ("├─ ", "│  "),
        Some(true) => ("└─ ", "   "),
    };
    let (siglum, origin, name, title) = match node.hand {
        Hand::Witness(n) => {
            let witness = &edition.witnesses[n];
            let title = witness.report.title.as_deref().unwrap_or("").to_owned();
            (witness.siglum.clone(), witness.origin, witness.name().to_owned(), title)
        }
        Hand::Outside(name) => (format!("«{name}»"), 0, String::new(), "not among the reports".to_owned()),
        Hand::Lost(n) => (lost_siglum(n), 0, String::new(), "an unseen text that these share".to_owned()),
    };
    let link = node.edge.map(link).unwrap_or_default();
    rows.push(Row { branch: format!("{before}{fork}"), siglum, origin, name, title, link });
    for (n, child) in node.children.iter().enumerate() {
        grow(edition, child, &format!("{before}{below}"), Some(n + 1 == node.children.len()), rows);
    }
}

fn draw(pen: &Pen, row: &Row, left: usize, name: usize, link: usize) -> String {
    // What is no report has no name of its own, and its words may run on under the names.
    if row.name.is_empty() {
        let told = clip(&row.siglum, pen.width / 2);
        let room = pen.width.saturating_sub(columns(&row.branch) + columns(&told) + 2);
        return format!("{}{told}  {}", row.branch, pen.faint(&clip(&row.title, room)));
    }
    let left = left.min(pen.width / 3);
    let indent = clip(&row.branch, left);
    let gap = left.saturating_sub(columns(&indent) + columns(&row.siglum));
    let siglum = pen.siglum(&row.siglum, row.origin);
    let room = pen.width.saturating_sub(left.max(columns(&indent) + columns(&row.siglum)) + name + link + 6);
    let line = format!("{indent}{siglum}{}  {}  {}", " ".repeat(gap), fit(&row.name, name), fit(&row.title, room));
    if row.link.is_empty() { line.trim_end().to_owned() } else { format!("{line}  {}", pen.faint(&row.link)) }
}
