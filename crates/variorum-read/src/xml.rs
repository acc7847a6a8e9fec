//! A bounded, forgiving tree of an XML document: what feeds, lists of feeds and agency files are read from.
//!
//! No declaration of a document type is followed and no entity of its own is expanded, so neither a local file nor a
//! billion laughs can come out of one. All work is linear in the size of the document.

mod element;
mod references;
mod repair;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use quick_xml::errors::SyntaxError;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use quick_xml::{Error, Reader};

use crate::Origin;
use crate::charset::{declared, decode};

pub(crate) use element::Element;
pub(crate) use references::resolved;

/// Elements inside more others than this are taken as parts of the innermost one that counts.
const MOST_DEPTH: usize = 256;

/// The most elements and runs of text that are held of one document.
const MOST_NODES: usize = 4_000_000;

/// The most tags without an end that are passed over.
const MOST_REPAIRS: usize = 50;

/// The most attributes of one element that are looked at.
const MOST_ATTRIBUTES: usize = 256;

/// The most namespaces that are declared at one place.
const MOST_SPACES: usize = 256;

/// Elements of HTML that have no end tag; in markup that was pasted into a feed they are often written without one.
const VOID: &[&str] = &["br", "hr", "img", "wbr", "input"];

/// An XML document, as far as it goes.
#[derive(Debug)]
pub(crate) struct Tree {
    source: String,
    nodes: Vec<Node>,
    spaces: Vec<String>,
    /// How the document ended.
    pub end: End,
}

/// How a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// With the end tag of its first element.
    Whole,
    /// Before that: the rest was not delivered or not saved.
    CutOff,
    /// With more elements than are held.
    TooMany,
}

/// Places are bytes of the source, other nodes are named by their place in the list; 0 is the document and no child.
#[derive(Debug, Clone, Copy)]
struct Node {
    kind: Kind,
    start: u32,
    end: u32,
    space: u32,
    first: u32,
    last: u32,
    next: u32,
    is_closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The whole tag between its brackets.
    Element,
    /// Text with references.
    Text,
    /// Text as it stands.
    Literal,
}

impl Tree {
    /// Returns the tree of a document's bytes, in the charset that the server, a mark or the document itself states.
    pub(crate) fn of_bytes(origin: Origin<'_>, bytes: &[u8]) -> Tree {
        // For XML the server's word comes before the document's own (RFC 7303, section 3).
        let charset = origin.charset.map(str::to_owned).or_else(|| declared(bytes));
        Tree::of(&decode(bytes, charset.as_deref()))
    }

    /// Returns the tree of a document.
    pub(crate) fn of(text: &str) -> Tree {
        let source = repair::repaired(text).into_owned();
        let mut builder = Builder::default();
        let end = builder.build(&source);
        Tree { nodes: builder.nodes, spaces: builder.spaces, end, source }
    }

    /// Returns the first element of the document.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        Element::first(self)
    }
}

/// What is open while a document is read.
#[derive(Debug, Default)]
struct Builder<'s> {
    nodes: Vec<Node>,
    /// Names of namespaces; the first stands for none.
    spaces: Vec<String>,
    known: HashMap<String, u32>,
    open: Vec<Open<'s>>,
    /// How many elements of a name are open: an end tag without a start tag is told at once.
    counts: HashMap<&'s str, usize>,
    /// Declared namespaces, innermost last: at which depth, for which prefix, which.
    declared: Vec<(usize, &'s str, u32)>,
}

#[derive(Debug)]
struct Open<'s> {
    name: &'s str,
    node: u32,
}

impl<'s> Builder<'s> {
    fn build(&mut self, source: &'s str) -> End {
        self.spaces.push(String::new());
        self.nodes.push(Node::of(Kind::Element, (0, 0), 0));
        let mut from = 0;
        for _ in 0..=MOST_REPAIRS {
            match self.read(source, from) {
                Err(next) => from = next,
                Ok(end) => return end,
            }
        }
        End::CutOff
    }

    /// Reads on from a place; where a tag never ends, returns the place of the tag after it.
    fn read(&mut self, source: &'s str, base: usize) -> Result<End, usize> {
        let mut reader = Reader::from_str(&source[base..]);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        loop {
            let from = base + reader.buffer_position() as usize;
            let event = reader.read_event();
            let range = (from, base + reader.buffer_position() as usize);
            match event {
                Ok(Event::Start(_)) => self.start(&source[range.0..range.1], (range.0 + 1, range.1 - 1)),
                Ok(Event::Empty(_)) => self.empty(&source[range.0..range.1], (range.0 + 1, range.1 - 2)),
                Ok(Event::End(tag)) => self.end(tag.name().into_inner()),
                Ok(Event::Text(_) | Event::GeneralRef(_)) => self.text(Kind::Text, range),
                Ok(Event::CData(_)) => {
                    self.text(Kind::Literal, (range.0 + "<![CDATA[".len(), range.1 - "]]>".len()));
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Ok(Event::Eof) => return Ok(End::CutOff),
                Err(error) => return after(source, from, &error).map_or(Ok(End::CutOff), Err),
            }
            if self.open.is_empty() && self.nodes.len() > 1 {
                return Ok(End::Whole);
            }
            if self.nodes.len().max(self.open.len()) > MOST_NODES {
                return Ok(End::TooMany);
            }
        }
    }

    fn start(&mut self, tag: &'s str, range: (usize, usize)) {
        let name = name_of(&tag[1..]);
        if VOID.contains(&name) {
            return self.empty(tag, range);
        }
        self.declare(tag);
        // Too deep: the tag is passed over, its words belong to the innermost element that counts.
        let node = if self.open.len() < MOST_DEPTH { self.element(name, range) } else { self.parent() };
        *self.counts.entry(name).or_default() += 1;
        self.open.push(Open { name, node });
    }

    fn empty(&mut self, tag: &'s str, range: (usize, usize)) {
        self.declare(tag);
        let node = self.element(name_of(&tag[1..]), range);
        self.nodes[node as usize].is_closed = true;
        self.leave();
    }

    /// Ends the innermost element of this name and all that was left open in it; without one the tag means nothing.
    fn end(&mut self, name: &str) {
        if self.counts.get(name).is_none_or(|open| *open == 0) {
            return;
        }
        while let Some(open) = self.open.pop() {
            if let Some(count) = self.counts.get_mut(open.name) {
                *count -= 1;
            }
            self.leave();
            if open.node != self.parent() {
                self.nodes[open.node as usize].is_closed = true;
            }
            if open.name == name {
                return;
            }
        }
    }

    fn leave(&mut self) {
        while self.declared.last().is_some_and(|(depth, ..)| *depth >= self.open.len()) {
            self.declared.pop();
        }
    }

    /// Adds text to the innermost element; what stands outside the first element is nobody's.
    fn text(&mut self, kind: Kind, (start, end): (usize, usize)) {
        if self.open.is_empty() || start >= end {
            return;
        }
        let last = self.nodes[self.parent() as usize].last as usize;
        let before = &mut self.nodes[last];
        if last != 0 && kind == Kind::Text && before.kind == Kind::Text && before.end as usize == start {
            before.end = end as u32;
        } else {
            self.push(Node::of(kind, (start, end), 0));
        }
    }

    fn element(&mut self, name: &str, range: (usize, usize)) -> u32 {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let space = self.declared.iter().rev().find(|(_, declared, _)| *declared == prefix).map_or(0, |found| found.2);
        self.push(Node::of(Kind::Element, range, space))
    }

    fn push(&mut self, node: Node) -> u32 {
        let at = self.nodes.len() as u32;
        let parent = self.parent() as usize;
        self.nodes.push(node);
        match self.nodes[parent].last {
            0 => self.nodes[parent].first = at,
            last => self.nodes[last as usize].next = at,
        }
        self.nodes[parent].last = at;
        at
    }

    fn parent(&self) -> u32 {
        self.open.last().map_or(0, |open| open.node)
    }

    /// Notes the namespaces that a tag declares, for itself and what is in it.
    fn declare(&mut self, tag: &'s str) {
        if !tag.contains("xmlns") {
            return;
        }
        for (name, value) in attributes(tag[1..].trim_end_matches(['>', '/'])) {
            let prefix = match name.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if name == "xmlns" => "",
                _ => continue,
            };
            if self.declared.len() < MOST_SPACES {
                let space = self.space(&references::resolved(value));
                self.declared.push((self.open.len(), prefix, space));
            }
        }
    }

    fn space(&mut self, name: &str) -> u32 {
        let name = name.trim();
        if name.is_empty() {
            return 0;
        }
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        self.spaces.push(name.to_owned());
        let space = self.spaces.len() as u32 - 1;
        self.known.insert(name.to_owned(), space);
        space
    }
}

impl Node {
    fn of(kind: Kind, (start, end): (usize, usize), space: u32) -> Node {
        let (start, end) = (start as u32, end as u32);
        Node { kind, start, end, space, first: 0, last: 0, next: 0, is_closed: false }
    }
}

/// Returns where the next tag begins behind one that never ends, as after a quote that was not closed.
///
/// A comment or literal text without an end takes the rest of the document with it: nothing in it is a tag.
fn after(source: &str, from: usize, error: &Error) -> Option<usize> {
    let is_text = matches!(error, Error::Syntax(SyntaxError::UnclosedCData | SyntaxError::UnclosedComment));
    let rest = source.get(from + 1..).filter(|_| !is_text)?;
    rest.find('<').map(|next| from + 1 + next)
}

/// Returns the name at the beginning of a tag.
fn name_of(tag: &str) -> &str {
    &tag[..tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(tag.len())]
}

/// Returns the attributes of a tag without its brackets: names and values as written.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut found = Attributes::html(tag, name_of(tag).len());
    found.with_checks(false);
    found.take(MOST_ATTRIBUTES).filter_map(Result::ok).filter_map(|attribute| match attribute.value {
        std::borrow::Cow::Borrowed(value) => Some((attribute.key.into_inner(), value)),
        std::borrow::Cow::Owned(_) => None,
    })
}
