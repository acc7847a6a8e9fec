//! The grammar of a report: its tokens and trees, over the whole text.

#[cfg(test)]
mod tests;

use std::ops::Range;

use variorum_syntax::{Coarse, Depth, Label, NameKind, Tag};

/// The tokens of a text in order, each with its place in the tree of its sentence. No layer need have one: other
/// languages have no trees, and who is in a hurry asks for none.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    tokens: Vec<Token>,
    /// The children of token `n` are `children[first_child[n]..first_child[n + 1]]`.
    first_child: Vec<u32>,
    children: Vec<u32>,
    /// The names that the parser sees, as ranges of tokens.
    pub names: Vec<(Range<usize>, NameKind)>,
}

/// A token and its place in the tree. Tokens are told by their index in the text, not in their sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// The first byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The token that this one hangs on; a root hangs on itself.
    pub head: usize,
    /// What the token is to its head.
    pub label: Label,
    /// Its part of speech, finely.
    pub tag: Tag,
    /// Its part of speech, coarsely.
    pub coarse: Coarse,
    /// The first token of its subtree.
    pub first: usize,
    /// One past the last token of its subtree.
    pub last: usize,
}

impl Grammar {
    /// Parses an English text. Lines are parsed apart, because a heading is no part of the sentence after it.
    pub fn new(text: &str, depth: Depth) -> Grammar {
        let mut grammar = Grammar::default();
        for line in variorum_text::lines(text) {
            for sentence in variorum_syntax::parse_to(&text[line.clone()], depth) {
                grammar.add(&sentence, line.start);
            }
        }
        grammar.index();
        grammar
    }

    fn add(&mut self, sentence: &variorum_syntax::Sentence, offset: usize) {
        let base = self.tokens.len();
        for (at, token) in sentence.tokens.iter().enumerate() {
            self.tokens.push(Token {
                start: offset + token.start,
                end: offset + token.end,
                head: base + token.head,
                label: token.label,
                tag: token.tag,
                coarse: token.coarse,
                first: base + at,
                last: base + at + 1,
            });
        }
        self.names.extend(sentence.names.iter().map(|name| (base + name.first..base + name.end, name.kind)));
        self.span_subtrees(base);
    }

    /// Widens each token to its subtree, leaves first.
    fn span_subtrees(&mut self, base: usize) {
        let tokens = &mut self.tokens[base..];
        let mut waiting = vec![0_u32; tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            waiting[token.head - base] += u32::from(token.head - base != at);
        }
        let mut leaves: Vec<usize> = (0..tokens.len()).filter(|&at| waiting[at] == 0).collect();
        while let Some(at) = leaves.pop() {
            let Token { head, first, last, .. } = tokens[at];
            let head = head - base;
            if head == at {
                continue;
            }
            tokens[head].first = tokens[head].first.min(first);
            tokens[head].last = tokens[head].last.max(last);
            waiting[head] -= 1;
            if waiting[head] == 0 {
                leaves.push(head);
            }
        }
    }

    fn index(&mut self) {
        let count = self.tokens.len();
        self.first_child = vec![0; count + 1];
        let is_child = |(at, token): &(usize, &Token)| token.head != *at;
        for (_, token) in self.tokens.iter().enumerate().filter(is_child) {
            self.first_child[token.head + 1] += 1;
        }
        for at in 0..count {
            self.first_child[at + 1] += self.first_child[at];
        }
        let mut next = self.first_child.clone();
        self.children = vec![0; self.first_child[count] as usize];
        for (at, token) in self.tokens.iter().enumerate().filter(is_child) {
            let slot = &mut next[token.head];
            self.children[*slot as usize] = at as u32;
            *slot += 1;
        }
    }

    /// Returns all tokens.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Returns the tokens that hang on a token, in order.
    pub fn children(&self, of: usize) -> impl DoubleEndedIterator<Item = usize> {
        let range = self.first_child[of] as usize..self.first_child[of + 1] as usize;
        self.children[range].iter().map(|&at| at as usize)
    }

    /// Returns the child of a token with a label.
    pub fn child(&self, of: usize, label: Label) -> Option<usize> {
        self.children(of).find(|&at| self.tokens[at].label == label)
    }

    /// Returns the tokens that lie wholly in a range of bytes.
    pub fn within(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.start < bytes.start);
        let end = self.tokens.partition_point(|token| token.end <= bytes.end);
        first..end.max(first)
    }

    /// Returns the token that covers a byte.
    pub fn at(&self, byte: usize) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.end <= byte);
        self.tokens.get(at).is_some_and(|token| token.start <= byte).then_some(at)
    }

    /// Returns the token of a range that all its others hang below: the head of a phrase.
    pub fn head(&self, of: Range<usize>) -> Option<usize> {
        of.clone().find(|&at| {
            let head = self.tokens[at].head;
            head == at || !of.contains(&head)
        })
    }

    /// Returns the bytes of the subtree of a token.
    pub fn subtree(&self, of: usize) -> Range<usize> {
        let Token { first, last, .. } = self.tokens[of];
        self.tokens[first].start..self.tokens[last - 1].end
    }
}
