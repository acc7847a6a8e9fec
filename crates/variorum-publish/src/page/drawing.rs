//! The family tree as a drawing.

use maud::{Markup, html};
use variorum_news::EdgeKind;

use super::sheet::{Sheet, colour};
use crate::stemma::{Hand, Node, lost_siglum};

const COLUMN: usize = 52;
const ROW: usize = 64;
const RADIUS: usize = 15;
/// Wider trees are drawn as an indented list, so that the drawing stays readable on a telephone.
const MOST_COLUMNS: usize = 6;
/// How far an indented tree may step to the right.
const MOST_STEPS: usize = 8;
/// The letters of a name outside that are drawn; the list beside the drawing has it whole.
const MOST_LETTERS: usize = 16;

/// A node with its place on the drawing.
struct Placed<'n, 'a> {
    node: &'n Node<'a>,
    x: usize,
    y: usize,
    parent: Option<(usize, usize)>,
}

/// Returns the drawing of one tree, named in words for those who cannot see it.
pub fn drawing(sheet: &Sheet, tree: &Node) -> Markup {
    let mut placed = Vec::new();
    let columns = columns(tree);
    let upright = columns <= MOST_COLUMNS;
    if upright {
        stand(tree, 0, 0, None, &mut placed);
    } else {
        indent(tree, 0, None, &mut placed);
    }
    let height = placed.iter().map(|p| p.y).max().unwrap_or(0) + RADIUS + 8;
    let right =
        placed.iter().map(|p| p.x.max(label_width(p.node) / 2 + 2) + label_width(p.node) / 2).max().unwrap_or(0)
            + RADIUS
            + 5;
    let width = if upright { columns * COLUMN } else { right };
    html! {
        svg class="stemma" role="img" aria-label=(told(sheet, tree)) viewBox=(format!("0 0 {width} {height}"))
            width=(width) height=(height) {
            @for place in &placed { @if let Some(parent) = place.parent { (line(place, parent, upright)) } }
            @for place in &placed { (hand(sheet, place)) }
        }
    }
}

fn columns(node: &Node) -> usize {
    let below: usize = node.children.iter().map(columns).sum();
    below.max(label_width(node).div_ceil(COLUMN)).max(1)
}

fn label_width(node: &Node) -> usize {
    match node.hand {
        Hand::Outside(name) => letters(name).chars().count() * 8 + 20,
        _ => 0,
    }
}

fn letters(name: &str) -> String {
    if name.chars().count() <= MOST_LETTERS {
        return name.to_owned();
    }
    name.chars().take(MOST_LETTERS - 1).chain(['…']).collect()
}

/// Places a tree with its top above its children; `left` is its first column.
fn stand<'n, 'a>(
    node: &'n Node<'a>,
    left: usize,
    row: usize,
    parent: Option<(usize, usize)>,
    placed: &mut Vec<Placed<'n, 'a>>,
) {
    let own = columns(node);
    let (x, y) = (left * COLUMN + own * COLUMN / 2, row * ROW + RADIUS + 8);
    placed.push(Placed { node, x, y, parent });
    let below: usize = node.children.iter().map(columns).sum();
    // Children that are narrower than the label above them stand in its middle.
    let mut at = left + (own - below.min(own)) / 2;
    for child in &node.children {
        stand(child, at, row + 1, Some((x, y)), placed);
        at += columns(child);
    }
}

/// Places a tree a row a node, children to the right and below.
fn indent<'n, 'a>(node: &'n Node<'a>, depth: usize, parent: Option<(usize, usize)>, placed: &mut Vec<Placed<'n, 'a>>) {
    let (x, y) = (20 + depth.min(MOST_STEPS) * 30, placed.len() * 38 + RADIUS + 8);
    placed.push(Placed { node, x, y, parent });
    for child in &node.children {
        indent(child, depth + 1, Some((x, y)), placed);
    }
}

fn line(place: &Placed, (px, py): (usize, usize), upright: bool) -> Markup {
    let kind = match place.node.edge.map(|e| e.kind) {
        Some(EdgeKind::Copy) => "copy",
        Some(EdgeKind::Excerpt) => "excerpt",
        Some(EdgeKind::Rewrite) => "rewrite",
        Some(EdgeKind::SharedOrigin) | None => "shared",
    };
    if upright {
        return html! { path class=(kind) d=(format!("M{px} {py}V{}H{}V{}", (py + place.y) / 2, place.x, place.y)) {} };
    }
    // Children share the line down from their parent, so only the branch to each shows its kind.
    html! {
        path class="shared" d=(format!("M{px} {py}V{}", place.y)) {}
        path class=(kind) d=(format!("M{px} {}H{}", place.y, place.x)) {}
    }
}

fn hand(sheet: &Sheet, place: &Placed) -> Markup {
    let (x, y) = (place.x, place.y);
    match place.node.hand {
        Hand::Witness(n) => {
            let witness = &sheet.edition.witnesses[n];
            html! { g class=(colour(witness)) {
                circle cx=(x) cy=(y) r=(RADIUS) {}
                text x=(x) y=(y + 5) { (witness.siglum) }
            } }
        }
        Hand::Lost(n) => html! { g class="lost" {
            circle cx=(x) cy=(y) r=(RADIUS) {}
            text x=(x) y=(y + 5) { (lost_siglum(n)) }
        } },
        Hand::Outside(name) => {
            let width = label_width(place.node);
            // At the left edge of an indented tree the label moves right, to stay on the drawing.
            let left = x.saturating_sub(width / 2).max(2);
            html! { g class="outside" {
                rect x=(left) y=(y - RADIUS + 2) width=(width) height=(2 * RADIUS - 4) rx="3" {}
                text x=(left + width / 2) y=(y + 4) { (letters(name)) }
            } }
        }
    }
}

fn told(sheet: &Sheet, tree: &Node) -> String {
    let sigla: Vec<&str> = tree.witnesses().iter().map(|&n| sheet.edition.witnesses[n].siglum.as_str()).collect();
    format!("Family tree of {}, told in the list that follows", sigla.join(", "))
}
