//! One walk over a page that gathers every place where it states a fact; the finders of single facts read only this.

mod names;

use std::collections::BTreeMap;

use names::{Class, Names};
use trafilatura::dom::{Document, NodeId};

/// Bounds on what one page may state; honest pages stay far below them.
const MOST_METAS: usize = 600;
const MOST_LINES: usize = 6_000;
const MOST_MARKS: usize = 600;
const MOST_DEPTH: usize = 400;
/// The words of an element are read up to here.
const MOST_WORDS_BYTES: usize = 800;
/// A box of so many bytes, white space and all, can be the line with author and date.
const SMALL_BOX: usize = 1_000;

/// Everything on a page that may state a fact, in the order of the page.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// `<meta>` contents by name, property or itemprop in lower case.
    pub metas: BTreeMap<String, Vec<String>>,
    /// The language of `<html>`.
    pub language: String,
    /// The title of the window.
    pub window: String,
    /// The address in `rel=canonical`.
    pub canonical: Option<String>,
    /// The texts of JSON-LD scripts.
    pub scripts: Vec<String>,
    pub headings: Vec<Heading>,
    pub lines: Vec<Line>,
    pub marks: Vec<Mark>,
    /// The links of a breadcrumb trail.
    pub crumbs: Vec<String>,
}

impl Gathered {
    /// Where the headline itself stands in something that is named like a box beside the article, what stands around it
    /// is the article's.
    pub(crate) fn keep_around(&mut self, headline: usize, before: usize, after: usize) {
        if !self.lines.get(headline).is_some_and(|line| line.beside) {
            return;
        }
        let near = headline.saturating_sub(before)..headline + after;
        self.lines.iter_mut().enumerate().filter(|(at, _)| near.contains(at)).for_each(|(_, line)| line.beside = false);
        self.marks.iter_mut().filter(|mark| near.contains(&mark.line)).for_each(|mark| mark.beside = false);
    }
}

/// A heading of the first or second rank, or an element that says `itemprop=headline`.
#[derive(Debug)]
pub(crate) struct Heading {
    pub text: String,
    /// The texts that its elements part, such as a line over the headline.
    pub parts: Vec<String>,
    pub rank: u8,
    /// The line at which it stands.
    pub line: usize,
    pub beside: bool,
}

/// A line as readers see it: the text of a block up to the next one.
#[derive(Debug)]
pub(crate) struct Line {
    pub text: String,
    /// It stands beside the article: in navigation, comments, teasers.
    pub beside: bool,
}

/// An element that says which fact it holds.
#[derive(Debug)]
pub(crate) struct Mark {
    pub node: NodeId,
    pub says: Says,
    /// The number of lines before it.
    pub line: usize,
    pub beside: bool,
}

/// What an element says of itself, by tag, class, id, itemprop, property or rel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// `itemprop=datePublished`, `<time pubdate>`, `<time class="published">`.
    Published,
    /// `itemprop=dateModified`, `<time class="updated">`.
    Modified,
    /// Another `<time>`.
    Time,
    /// A class such as "date" or "timestamp".
    Date,
    /// `rel=author`, `itemprop=author`, a link to an author's page, a class such as "byline".
    Author,
    /// A class such as "standfirst".
    Standfirst,
}

/// Returns everything on a page that may state a fact.
pub(crate) fn gather(document: &Document) -> Gathered {
    let mut walk = Walk {
        document,
        found: Gathered::default(),
        line: String::new(),
        beside: false,
        letters: None,
        classes: BTreeMap::new(),
    };
    walk.inside(document.root(), 0);
    walk.end_line();
    walk.found
}

struct Walk<'a> {
    document: &'a Document,
    found: Gathered,
    line: String,
    beside: bool,
    /// The length of all text, once it is asked for.
    letters: Option<usize>,
    classes: BTreeMap<String, Class>,
}

impl Walk<'_> {
    fn inside(&mut self, parent: NodeId, depth: usize) {
        if depth > MOST_DEPTH {
            return;
        }
        for node in self.document.child_nodes(parent) {
            if self.document.is_text(node) {
                self.line.push_str(&self.document.text_content(node));
            } else if self.document.is_element(node) {
                self.element(node, depth);
            }
        }
    }

    fn element(&mut self, node: NodeId, depth: usize) {
        let document = self.document;
        let tag = document.tag_name(node);
        match tag {
            "meta" => return self.meta(node),
            "link" => return self.link(node),
            "title" => return self.window(node),
            "script" => return self.script(node),
            "style" | "template" | "noscript" | "iframe" | "svg" | "button" | "select" | "textarea" => return,
            "html" => self.found.language = attribute(document, node, "lang"),
            _ => {}
        }
        let names = self.names(node, tag);
        let outer = self.beside;
        self.beside = outer || names.is_beside(tag) && (names.class.of_others || !self.holds_article(node, tag));
        let is_block = !is_inline(tag);
        if is_block {
            self.end_line();
        }
        self.mark(node, tag, &names);
        if names.is_crumbs() && self.found.crumbs.is_empty() {
            self.found.crumbs = crumbs(document, node);
        }
        if tag == "br" {
            self.end_line();
        }
        self.inside(node, depth + 1);
        if is_block {
            self.end_line();
        } else if matches!(tag, "time" | "a" | "span") {
            // Elements of one line that touch are still words apart: "Ada Orr" and "27 March".
            self.gap(node);
        }
        self.beside = outer;
    }
}

impl Walk<'_> {
    fn meta(&mut self, node: NodeId) {
        if self.found.metas.len() >= MOST_METAS {
            return;
        }
        let content = attribute(self.document, node, "content").trim().to_owned();
        if content.is_empty() {
            return;
        }
        for key in ["property", "name", "itemprop"] {
            let name = attribute(self.document, node, key).trim().to_ascii_lowercase();
            // Microdata inside comments and teasers speaks of those.
            let of_others = key == "itemprop" && self.beside;
            if !name.is_empty() && !of_others {
                let values = self.found.metas.entry(name).or_default();
                if values.len() < 40 && !values.contains(&content) {
                    values.push(content.clone());
                }
            }
        }
    }

    fn link(&mut self, node: NodeId) {
        if self.found.canonical.is_none() && attribute(self.document, node, "rel").eq_ignore_ascii_case("canonical") {
            self.found.canonical = Some(attribute(self.document, node, "href"));
        }
    }

    /// Drawings have titles too: the first one is the window's.
    fn window(&mut self, node: NodeId) {
        if self.found.window.is_empty() {
            self.found.window = self.document.text_content(node);
        }
    }

    fn script(&mut self, node: NodeId) {
        let is_data = attribute(self.document, node, "type").to_ascii_lowercase().contains("ld+json");
        if is_data && self.found.scripts.len() < 40 {
            self.found.scripts.push(self.document.text_content(node));
        }
    }

    fn mark(&mut self, node: NodeId, tag: &str, names: &Names) {
        let rank = match tag {
            "h1" => 1,
            "h2" => 2,
            _ if names.itemprop == "headline" && tag != "meta" => 1,
            _ => 0,
        };
        if rank > 0 && self.found.headings.len() < 60 {
            let text = words(self.document, node);
            let parts = pieces(self.document, node);
            let (line, beside) = (self.found.lines.len(), self.beside);
            self.found.headings.push(Heading { text, parts, rank, line, beside });
        }
        for says in names.says(tag) {
            if self.found.marks.len() < MOST_MARKS {
                self.found.marks.push(Mark { node, says, line: self.found.lines.len(), beside: self.beside });
            }
        }
    }

    /// Tells whether an element that is named like something beside the article is a part of it all the same: it holds
    /// the headline or most of the page, or is a small box that says who and when.
    fn holds_article(&mut self, node: NodeId, tag: &str) -> bool {
        if tag == "nav" {
            return false;
        }
        let document = self.document;
        let text = document.text_content(node);
        if text.len() <= SMALL_BOX {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            return text.len() <= 160 && !text.contains('©') && !text.to_lowercase().contains("copyright");
        }
        let all = *self.letters.get_or_insert_with(|| document.text_content(document.root()).len());
        text.len() * 3 > all || !document.iter_descendants(node, &["h1"]).is_empty()
    }

    fn gap(&mut self, node: NodeId) {
        if self.document.next_sibling(node).is_some_and(|next| self.document.is_element(next)) {
            self.line.push(' ');
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if self.found.lines.len() < MOST_LINES && !line.trim().is_empty() {
            self.found.lines.push(Line { text: joined(&line), beside: self.beside });
        }
    }
}

impl Walk<'_> {
    fn names(&mut self, node: NodeId, tag: &str) -> Names {
        let document = self.document;
        let get = |name: &str| document.get_attribute(node, name).map(|value| value.to_ascii_lowercase());
        let mut class = get("class").unwrap_or_default();
        if let Some(id) = get("id") {
            class.push(' ');
            class.push_str(&id);
        }
        let is_link = tag == "a";
        Names {
            class: self.class(class),
            itemprop: get("itemprop").or_else(|| get("property")).unwrap_or_default(),
            rel: if is_link { get("rel").unwrap_or_default() } else { String::new() },
            href: if is_link { get("href").unwrap_or_default() } else { String::new() },
            is_pubdate: tag == "time" && document.get_attribute(node, "pubdate").is_some(),
            label: if tag == "nav" { get("aria-label").unwrap_or_default() } else { String::new() },
        }
    }

    /// Pages use the same few classes over and over.
    fn class(&mut self, class: String) -> Class {
        if class.is_empty() {
            return Class::default();
        }
        *self.classes.entry(class).or_insert_with_key(|class| Class::of(class))
    }
}

fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
            | "ruby"
            | "rt"
            | "rp"
            | "img"
            | "picture"
            | "source"
    )
}

/// Returns the links of a breadcrumb trail, or its items where they are no links.
fn crumbs(document: &Document, node: NodeId) -> Vec<String> {
    let of = |tags: &[&str]| -> Vec<String> {
        let items = document.iter_descendants(node, tags).into_iter().take(12);
        items.map(|item| words(document, item)).filter(|text| !text.is_empty() && text.len() <= 60).collect()
    };
    let links = of(&["a"]);
    if links.is_empty() { of(&["li"]) } else { links }
}

/// Returns an attribute; none is empty.
pub(crate) fn attribute(document: &Document, node: NodeId, name: &str) -> String {
    document.get_attribute(node, name).unwrap_or_default()
}

/// Returns the words of an element with single spaces. Elements part words, but not from the marks after them, and
/// formatting parts nothing.
pub(crate) fn words(document: &Document, node: NodeId) -> String {
    parts(document, node).join("")
}

/// Returns the texts of an element as its elements part them, the later ones with a space before where they need one.
fn parts(document: &Document, node: NodeId) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut left = MOST_WORDS_BYTES;
    collect(document, node, &mut found, &mut left, 0);
    let mut out: Vec<String> = Vec::new();
    for part in found.iter().filter(|part| !part.trim().is_empty()) {
        let text = joined(part);
        let closes = text.starts_with([',', '.', ':', ';', '!', '?', ')', '”']) && !part.starts_with(' ');
        out.push(if out.is_empty() || closes { text } else { format!(" {text}") });
    }
    out
}

/// Returns the lines of an element: the texts that its elements part.
pub(crate) fn pieces(document: &Document, node: NodeId) -> Vec<String> {
    parts(document, node).into_iter().map(|part| part.trim().to_owned()).collect()
}

/// Collects texts until so many bytes are found: what states a fact is short, and marks can hold the whole page.
fn collect(document: &Document, node: NodeId, out: &mut Vec<String>, left: &mut usize, depth: usize) {
    if depth > 60 || out.len() > 200 {
        return;
    }
    for child in document.child_nodes(node) {
        if *left == 0 {
            return;
        }
        if document.is_text(child) {
            let text = document.text_content(child);
            *left = left.saturating_sub(text.trim().len());
            if let Some(last) = out.last_mut() {
                last.push_str(&text);
            }
            continue;
        }
        let tag = document.tag_name(child);
        if tag.is_empty() || matches!(tag, "script" | "style" | "svg" | "noscript" | "button" | "template") {
            continue;
        }
        let parts = !matches!(tag, "b" | "i" | "em" | "strong" | "u" | "mark" | "font" | "sup" | "sub" | "wbr");
        if parts {
            out.push(String::new());
        }
        collect(document, child, out, left, depth + 1);
        if parts {
            out.push(String::new());
        }
    }
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
