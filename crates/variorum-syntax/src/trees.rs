//! Dependency trees and the ends of sentences, made from the arcs of the parser.
//!
//! Arcs that cross others were learnt as lifted arcs with the label of their true head; they are put back here (Nivre and
//! Nilsson 2005). A sentence begins with the first token below each root.

use crate::labels::Label;

/// No token.
pub const NONE: usize = usize::MAX;

/// What an arc says: its label, and where it was lifted, the label of its true head.
#[derive(Clone, Copy, PartialEq)]
pub struct Arc {
    pub label: Label,
    pub lifted: Option<Label>,
}

/// What a token has that was not tied.
pub const ROOT: Arc = Arc { label: Label::Root, lifted: None };

/// A parsed text: for each token its head (itself for a root), its label, and whether a sentence begins with it.
pub struct Trees {
    pub heads: Vec<usize>,
    pub labels: Vec<Label>,
    pub begins: Vec<bool>,
}

impl Trees {
    /// Makes trees from the head and the arc of each token; `is_space` tells tokens that are white space.
    pub fn new(heads: Vec<usize>, arcs: Vec<Arc>, is_space: &[bool]) -> Self {
        let mut tree = Tree::new(heads, arcs, is_space);
        tree.put_back();
        tree.finish()
    }

    /// Makes sure of one root a sentence, and of heads in the sentence of their token, where crossing arcs left doubt.
    fn mend(&mut self) {
        let length = self.heads.len();
        let mut start = 0;
        for end in 1..=length {
            if end == length || self.begins[end] {
                self.mend_sentence(start, end);
                start = end;
            }
        }
        if let Some(first) = self.begins.first_mut() {
            *first = true;
        }
    }

    fn mend_sentence(&mut self, start: usize, end: usize) {
        let is_root = |at: usize, heads: &[usize]| heads[at] == at || !(start..end).contains(&heads[at]);
        let own = (start..end).find(|at| self.heads[*at] == *at);
        let root = own.or_else(|| (start..end).find(|at| is_root(*at, &self.heads)));
        let Some(root) = root else { return };
        for at in start..end {
            if at == root {
                (self.heads[at], self.labels[at]) = (at, Label::Root);
            } else if is_root(at, &self.heads) {
                (self.heads[at], self.labels[at]) = (root, Label::Dep);
            }
        }
    }
}

/// A text's arcs on their way to sentences.
struct Tree<'a> {
    heads: Vec<usize>,
    arcs: Vec<Arc>,
    is_space: &'a [bool],
    /// The first and the last token below each token.
    first: Vec<usize>,
    last: Vec<usize>,
}

impl<'a> Tree<'a> {
    fn new(mut heads: Vec<usize>, arcs: Vec<Arc>, is_space: &'a [bool]) -> Self {
        for (token, head) in heads.iter_mut().enumerate() {
            if *head == NONE {
                *head = token;
            }
        }
        let mut tree = Self { heads, arcs, is_space, first: Vec::new(), last: Vec::new() };
        tree.measure();
        tree
    }

    /// Finds the first and last token below each token, again until every head lies in the sentence of its token.
    fn measure(&mut self) {
        self.first = (0..self.heads.len()).collect();
        self.last = self.first.clone();
        for _ in 0..12 {
            for token in 0..self.heads.len() {
                self.widen(token);
            }
            for token in (0..self.heads.len()).rev() {
                self.widen(token);
            }
            if self.heads_are_near() {
                break;
            }
        }
    }

    fn widen(&mut self, token: usize) {
        let head = self.heads[token];
        self.first[head] = self.first[head].min(self.first[token]);
        self.last[head] = self.last[head].max(self.last[token]);
    }

    fn heads_are_near(&self) -> bool {
        let mut start = 0;
        for (token, begins) in self.begins().into_iter().enumerate() {
            if token > 0 && begins || token + 1 == self.heads.len() {
                if (start..token).any(|at| self.heads[at] < start || self.heads[at] > token) {
                    return false;
                }
                start = token;
            }
        }
        true
    }

    fn begins(&self) -> Vec<bool> {
        let mut begins = vec![false; self.heads.len()];
        for (token, head) in self.heads.iter().enumerate() {
            if token == *head {
                begins[self.first[token]] = true;
            }
        }
        begins
    }

    /// Puts lifted arcs back: under the first token below the head, level by level, that has the named label.
    fn put_back(&mut self) {
        // Lifted arcs are rare in language; in a text made of them the search may not take for ever.
        let mut patience = 1_000 + 200 * self.heads.len();
        let mut changed = false;
        for token in 0..self.heads.len() {
            if let Some(wanted) = self.arcs[token].lifted {
                let head = self.search(token, Arc { label: wanted, lifted: None }, &mut patience);
                self.heads[token] = head.unwrap_or(self.heads[token]);
                self.arcs[token].lifted = None;
                changed = true;
            }
        }
        if changed {
            self.measure();
        }
    }

    fn search(&self, token: usize, wanted: Arc, patience: &mut usize) -> Option<usize> {
        let mut level = vec![self.heads[token]];
        while !level.is_empty() {
            let mut below = Vec::new();
            for parent in level {
                let span = self.first[parent]..=self.last[parent];
                *patience = patience.checked_sub(span.end() - span.start() + 1)?;
                for child in span.filter(|child| *child != parent && self.heads[*child] == parent) {
                    if self.is_space[child] || child == token {
                        continue;
                    }
                    if self.arcs[child] == wanted {
                        return Some(child);
                    }
                    below.push(child);
                }
            }
            level = below;
        }
        None
    }

    fn finish(mut self) -> Trees {
        let begins = self.begins();
        let labels = (0..self.heads.len())
            .map(|token| if self.heads[token] == token { Label::Root } else { self.arcs[token].label })
            .collect();
        let mut trees = Trees { heads: std::mem::take(&mut self.heads), labels, begins };
        trees.mend();
        trees
    }
}
