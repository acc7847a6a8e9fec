//! Markup to typed lines.

use trafilatura::dom::{Document, NodeId};
use variorum_news::BlockKind;
use variorum_text::nfc;

use super::quoted;
use crate::piece::{Piece, ends_as_sentence, visible};

/// Returns the typed lines of extracted markup.
pub(crate) fn of_markup(html: &str) -> Vec<Piece> {
    let document = Document::parse(html);
    walk(&document).pieces
}

/// Returns the typed lines of markup that is an article; forms in it ask for something else.
pub(crate) fn of_article(html: &str) -> Vec<Piece> {
    let document = Document::parse(html);
    let walk = walk(&document);
    let in_form = |holders: &[NodeId]| holders.iter().any(|holder| document.tag_name(*holder) == "form");
    let lines = walk.pieces.into_iter().zip(&walk.holders);
    lines.filter(|(_, holders)| !in_form(holders)).map(|(piece, _)| piece).collect()
}

/// One line of a page with where it stands.
#[derive(Debug)]
pub(crate) struct Line {
    pub piece: Piece,
    /// The elements that hold it, the outermost first.
    pub holders: Vec<NodeId>,
    /// Its letters and digits in lower case: what is compared, for extractors lose spaces.
    pub key: String,
    /// It stands in an element that sets the words of somebody else apart.
    pub quotation: bool,
}

/// Returns all lines of a page.
pub(crate) fn lines_of(document: &Document) -> Vec<Line> {
    let walk = walk(document);
    let with_holders = walk.pieces.into_iter().zip(walk.holders).zip(walk.quotations);
    let line =
        |((piece, holders), quotation): ((Piece, _), _)| Line { key: key(&piece.text), piece, holders, quotation };
    with_holders.map(line).collect()
}

/// Returns the letters and digits of a text in lower case.
pub(crate) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() { key.push(c.to_ascii_lowercase()) } else { key.extend(c.to_lowercase()) }
    }
    key
}

fn walk(document: &Document) -> Walk<'_> {
    let mut walk = Walk {
        document,
        pieces: Vec::new(),
        holders: Vec::new(),
        quotations: Vec::new(),
        in_quotation: false,
        holder: Vec::new(),
        line: String::new(),
        linked: 0,
        in_link: false,
    };
    let root = document.body().unwrap_or_else(|| document.root());
    walk.inside(root, BlockKind::Paragraph, 0);
    walk.end_line(BlockKind::Paragraph);
    walk
}

/// The guard bounds the depth of a page; what an extractor builds from it is bounded here.
const MOST_DEPTH: usize = 400;

/// A linked line of fewer words can be the name of a person or a place.
const FEWEST_WORDS: usize = 4;

struct Walk<'a> {
    document: &'a Document,
    pieces: Vec<Piece>,
    /// For every piece the elements that hold it.
    holders: Vec<Vec<NodeId>>,
    /// For every piece whether it stands in a quotation.
    quotations: Vec<bool>,
    in_quotation: bool,
    /// The elements that are open.
    holder: Vec<NodeId>,
    line: String,
    /// How many bytes of the line stand in links.
    linked: usize,
    in_link: bool,
}

impl Walk<'_> {
    fn inside(&mut self, parent: NodeId, kind: BlockKind, depth: usize) {
        if depth > MOST_DEPTH {
            return;
        }
        for node in self.document.child_nodes(parent) {
            if self.document.is_text(node) {
                let text = self.document.text_content(node);
                self.linked += if self.in_link { text.trim().len() } else { 0 };
                self.line.push_str(&text);
            } else if self.document.is_element(node) {
                self.element(node, kind, depth);
            }
        }
    }

    fn element(&mut self, node: NodeId, kind: BlockKind, depth: usize) {
        let tag = self.document.tag_name(node).to_owned();
        if matches!(
            tag.as_str(),
            "script" | "style" | "template" | "noscript" | "iframe" | "svg" | "button" | "select" | "textarea"
        ) {
            return;
        }
        if tag == "br" || tag == "hr" {
            self.end_line(kind);
            return;
        }
        // A row is one line of a table; its cells stay apart.
        if matches!(tag.as_str(), "td" | "th") && kind == BlockKind::Table {
            self.inside(node, kind, depth + 1);
            self.line.push(' ');
            return;
        }
        if tag == "a" && !self.in_link {
            self.in_link = true;
            self.inside(node, kind, depth + 1);
            self.in_link = false;
            return;
        }
        let Some(own) = kind_of(&tag, kind) else {
            self.inside(node, kind, depth + 1);
            return;
        };
        let is_quotation = tag == "blockquote" || quoted::is_quotation(self.document, node, &tag);
        let own = if is_quotation { BlockKind::Quote } else { own };
        self.end_line(kind);
        self.holder.push(node);
        let around = self.in_quotation;
        self.in_quotation |= is_quotation;
        self.inside(node, own, depth + 1);
        self.end_line(own);
        self.in_quotation = around;
        self.holder.pop();
    }

    fn end_line(&mut self, kind: BlockKind) {
        let line = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        let text = visible(&line.split_whitespace().collect::<Vec<_>>().join(" "));
        let text = nfc(text.trim()).into_owned();
        if !text.is_empty() {
            let is_link = !ends_as_sentence(&text)
                && linked * 20 >= text.len() * 19
                && crate::piece::word_count(&text) >= FEWEST_WORDS;
            self.holders.push(self.holder.clone());
            self.quotations.push(self.in_quotation);
            self.pieces.push(Piece { kind, text, linked: is_link && kind != BlockKind::Table });
        }
    }
}

/// Returns what an element makes of the lines inside it; none for an element inside a line.
fn kind_of(tag: &str, outer: BlockKind) -> Option<BlockKind> {
    Some(match tag {
        "a" | "abbr" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "font" | "i"
        | "ins" | "kbd" | "label" | "mark" | "nobr" | "q" | "s" | "samp" | "small" | "span" | "strike" | "strong"
        | "sub" | "sup" | "time" | "tt" | "u" | "var" | "wbr" | "ruby" | "rt" | "rp" | "hi" | "img" => return None,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "figcaption" | "caption" => BlockKind::Caption,
        "blockquote" => BlockKind::Quote,
        "tr" => BlockKind::Table,
        // A paragraph inside an item or a quotation is part of it.
        _ => match outer {
            BlockKind::Heading | BlockKind::Table => BlockKind::Paragraph,
            outer => outer,
        },
    })
}
