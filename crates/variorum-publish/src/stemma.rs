//! The family tree of the reports: one parent each, as editors draw it.

use std::collections::BTreeMap;

use variorum_news::{Edge, EdgeKind, Source};

use crate::edition::Edition;

/// What stands at a place of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand<'a> {
    /// A report, by its place among the witnesses.
    Witness(usize),
    /// A credited source that is not among the reports.
    Outside(&'a str),
    /// A text that several reports descend from and that nobody names, by its number.
    Lost(usize),
}

/// A place in the tree, and what hangs from it.
#[derive(Debug)]
pub struct Node<'a> {
    pub hand: Hand<'a>,
    /// The link to what it hangs from; none at the top, and none below a lost text.
    pub edge: Option<&'a Edge>,
    /// The links that show a lost text.
    pub shared: Vec<&'a Edge>,
    pub children: Vec<Node<'a>>,
}

impl Node<'_> {
    /// Returns the places of the witnesses at and below this node.
    pub fn witnesses(&self) -> Vec<usize> {
        let own = if let Hand::Witness(n) = self.hand { Some(n) } else { None };
        let mut found: Vec<usize> = own.into_iter().chain(self.children.iter().flat_map(Node::witnesses)).collect();
        found.sort_unstable();
        found
    }
}

/// The trees of a story, and the links that no tree can show because a report hangs from one place only.
#[derive(Debug)]
pub struct Stemma<'a> {
    pub trees: Vec<Node<'a>>,
    pub beside: Vec<&'a Edge>,
}

/// Returns the trees of a story, in order of their first witness.
pub fn stemma<'a>(edition: &Edition<'a>) -> Stemma<'a> {
    let mut links = Links::default();
    for edge in surest_first(&edition.story.lineage) {
        links.hang(edition, edge);
    }
    let lost = links.share(edition);
    let mut trees = links.trees(edition, &lost);
    trees.sort_by_key(|t| t.witnesses().first().copied());
    Stemma { trees, beside: links.beside }
}

fn surest_first(edges: &[Edge]) -> Vec<&Edge> {
    let mut edges: Vec<&Edge> = edges.iter().collect();
    edges.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(b.credited.cmp(&a.credited))
            .then_with(|| (a.kind, &a.from, &a.to).cmp(&(b.kind, &b.from, &b.to)))
    });
    edges
}

/// Parents found so far; sources outside are numbered after the witnesses.
#[derive(Default)]
struct Links<'a> {
    parents: BTreeMap<usize, (usize, &'a Edge)>,
    outside: BTreeMap<&'a str, usize>,
    beside: Vec<&'a Edge>,
    /// Links between trees that share a lost text, each with one of its tree tops.
    shared: Vec<(usize, &'a Edge)>,
}

impl<'a> Links<'a> {
    fn hang(&mut self, edition: &Edition<'a>, edge: &'a Edge) {
        let Some(child) = edition.place(&edge.to) else { return };
        let parent = match &edge.from {
            Source::Report(_) if edge.kind == EdgeKind::SharedOrigin => None,
            Source::Report(id) => edition.place(id),
            Source::Outside { outside } => {
                let next = edition.witnesses.len() + self.outside.len();
                Some(*self.outside.entry(outside).or_insert(next))
            }
        };
        match parent {
            Some(parent) if !self.parents.contains_key(&child) && self.top(parent) != child => {
                self.parents.insert(child, (parent, edge));
            }
            _ => self.beside.push(edge),
        }
    }

    fn top(&self, mut node: usize) -> usize {
        while let Some((parent, _)) = self.parents.get(&node) {
            node = *parent;
        }
        node
    }

    /// Returns, for each tree top that shares an unseen text with others, the number of that text.
    fn share(&mut self, edition: &Edition<'a>) -> BTreeMap<usize, usize> {
        let n = edition.witnesses.len();
        let mut group: Vec<usize> = (0..n + self.outside.len()).collect();
        let mut kept = Vec::new();
        for edge in std::mem::take(&mut self.beside) {
            let from = match &edge.from {
                Source::Report(id) if edge.kind == EdgeKind::SharedOrigin => edition.place(id),
                _ => None,
            };
            let ends = from.zip(edition.place(&edge.to)).map(|(a, b)| (self.top(a), self.top(b)));
            match ends {
                // A tree that already hangs from a named source says more than "some text".
                Some((a, b)) if a != b && a < n && b < n => {
                    let (low, high) = (group[a].min(group[b]), group[a].max(group[b]));
                    if low != high {
                        group.iter_mut().filter(|g| **g == high).for_each(|g| *g = low);
                    }
                    self.shared.push((a, edge));
                }
                _ => kept.push(edge),
            }
        }
        self.beside = kept;
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (node, &g) in group.iter().enumerate() {
            members.entry(g).or_default().push(node);
        }
        let shared = members.into_values().filter(|m| m.len() > 1).enumerate();
        shared.flat_map(|(number, m)| m.into_iter().map(move |node| (node, number))).collect()
    }

    fn trees(&self, edition: &Edition<'a>, lost: &BTreeMap<usize, usize>) -> Vec<Node<'a>> {
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (&child, &(parent, _)) in &self.parents {
            children.entry(parent).or_default().push(child);
        }
        let names: BTreeMap<usize, &'a str> = self.outside.iter().map(|(&name, &n)| (n, name)).collect();
        let all = edition.witnesses.len() + self.outside.len();
        let mut built: BTreeMap<usize, Node<'a>> = BTreeMap::new();
        for node in self.deepest_first(all) {
            let below = children.get(&node).into_iter().flatten().filter_map(|c| built.remove(c)).collect();
            let hand = names.get(&node).map_or(Hand::Witness(node), |name| Hand::Outside(name));
            built.insert(
                node,
                Node { hand, edge: self.parents.get(&node).map(|p| p.1), shared: Vec::new(), children: below },
            );
        }
        let mut below: BTreeMap<usize, Node<'a>> = BTreeMap::new();
        for (node, &number) in lost {
            let empty = || Node { hand: Hand::Lost(number), edge: None, shared: Vec::new(), children: Vec::new() };
            below.entry(number).or_insert_with(empty).children.extend(built.remove(node));
        }
        for (top, edge) in &self.shared {
            if let Some(node) = lost.get(top).and_then(|number| below.get_mut(number)) {
                node.shared.push(edge);
            }
        }
        let mut trees: Vec<Node> = below.into_values().collect();
        trees.extend(built.into_values().filter(|t| !t.witnesses().is_empty()));
        trees
    }

    fn deepest_first(&self, all: usize) -> Vec<usize> {
        let depth = |mut node: usize| {
            let mut depth = 0;
            while let Some((parent, _)) = self.parents.get(&node) {
                (node, depth) = (*parent, depth + 1);
            }
            depth
        };
        let mut order: Vec<(usize, usize)> = (0..all).map(|n| (depth(n), n)).collect();
        order.sort_by_key(|&(depth, n)| (std::cmp::Reverse(depth), n));
        order.into_iter().map(|(_, n)| n).collect()
    }
}

/// Returns the Greek letter by which editors name a lost text: α, β … ω, then α2 ….
pub fn lost_siglum(n: usize) -> String {
    const LETTERS: &str = "αβγδεζηθικλμνξοπρστυφχψω";
    let letter = LETTERS.chars().nth(n % 24).expect("the remainder is below the count of the letters");
    if n < 24 { letter.to_string() } else { format!("{letter}{}", n / 24 + 1) }
}
