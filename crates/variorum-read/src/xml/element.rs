//! An element of a tree: what readers of formats ask of it.

use super::{Kind, Node, Tree, attributes, name_of, references};

/// An element of a document; a place in its tree, so that it is copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t Tree,
    at: u32,
}

impl<'t> Element<'t> {
    pub(super) fn first(tree: &'t Tree) -> Option<Element<'t>> {
        Element { tree, at: 0 }.children().next()
    }

    /// Returns the name without its prefix.
    pub(crate) fn name(self) -> &'t str {
        let name = name_of(self.tag());
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Returns the prefix of the name as it is written, or nothing.
    pub(crate) fn prefix(self) -> &'t str {
        name_of(self.tag()).rsplit_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// Returns the address of the namespace; none where the prefix was never declared.
    pub(crate) fn namespace(self) -> Option<&'t str> {
        let space = self.node().space as usize;
        (space > 0).then(|| self.tree.spaces[space].as_str())
    }

    /// Tells whether the end tag was there, or was implied by that of an element around it.
    pub(crate) fn is_whole(self) -> bool {
        self.node().is_closed
    }

    /// Returns the elements right inside, in their order.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let tree = self.tree;
        self.nodes().filter(|(_, node)| node.kind == Kind::Element).map(move |(at, _)| Element { tree, at })
    }

    /// Returns the elements right inside that have this name, whatever their namespace.
    pub(crate) fn named(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// Returns the first element right inside that has this name, whatever its namespace.
    pub(crate) fn child(self, name: &str) -> Option<Element<'t>> {
        self.named(name).next()
    }

    /// Returns all elements inside, at any depth, in the order of the document.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let mut open: Vec<Element<'t>> = self.children().collect();
        open.reverse();
        std::iter::from_fn(move || {
            let next = open.pop()?;
            let from = open.len();
            open.extend(next.children());
            open[from..].reverse();
            Some(next)
        })
    }

    /// Returns the value of an attribute, by its name as written (`href`, `xml:lang`).
    pub(crate) fn attribute(self, name: &str) -> Option<String> {
        self.attributes().find(|(written, _)| *written == name).map(|(_, value)| value)
    }

    /// Returns all attributes: names as written, values with their references resolved.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'t str, String)> {
        attributes(self.tag()).map(|(name, value)| (name, references::resolved(value).into_owned()))
    }

    /// Returns the words inside, at any depth, as they stand, with references resolved.
    pub(crate) fn text(self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    /// Returns the words inside on one line; none where there are none.
    pub(crate) fn line(self) -> Option<String> {
        let text = self.text();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// Returns the words of the first element right inside that has this name and any words, on one line.
    pub(crate) fn line_of(self, name: &str) -> Option<String> {
        self.named(name).find_map(Element::line)
    }

    /// Returns what is inside as markup without prefixes: what XHTML in a feed or an agency file says.
    pub(crate) fn inner_markup(self) -> String {
        let mut markup = String::new();
        self.add_markup(&mut markup);
        markup
    }

    fn add_text(self, text: &mut String) {
        for (at, node) in self.nodes() {
            match node.kind {
                Kind::Element => Element { tree: self.tree, at }.add_text(text),
                Kind::Text => text.push_str(&references::resolved(self.source(node))),
                Kind::Literal => text.push_str(self.source(node)),
            }
        }
    }

    fn add_markup(self, markup: &mut String) {
        for (at, node) in self.nodes() {
            match node.kind {
                Kind::Element => Element { tree: self.tree, at }.add_tags(markup),
                Kind::Text => escape(&references::resolved(self.source(node)), markup),
                Kind::Literal => escape(self.source(node), markup),
            }
        }
    }

    fn add_tags(self, markup: &mut String) {
        let name = self.name();
        markup.push('<');
        markup.push_str(name);
        for (name, value) in self.attributes().filter(|(name, _)| !name.starts_with("xmlns")) {
            markup.push(' ');
            markup.push_str(name.rsplit_once(':').map_or(name, |(_, local)| local));
            markup.push_str("=\"");
            escape(&value, markup);
            markup.push('"');
        }
        markup.push('>');
        if super::VOID.contains(&name) {
            return;
        }
        self.add_markup(markup);
        markup.push_str("</");
        markup.push_str(name);
        markup.push('>');
    }

    fn nodes(self) -> impl Iterator<Item = (u32, &'t Node)> {
        let nodes = &self.tree.nodes;
        let mut at = self.node().first;
        std::iter::from_fn(move || {
            let now = at;
            let node = &nodes[now as usize];
            at = node.next;
            (now != 0).then_some((now, node))
        })
    }

    fn node(self) -> &'t Node {
        &self.tree.nodes[self.at as usize]
    }

    fn tag(self) -> &'t str {
        self.source(self.node())
    }

    fn source(self, node: &Node) -> &'t str {
        &self.tree.source[node.start as usize..node.end as usize]
    }
}

fn escape(text: &str, markup: &mut String) {
    for c in text.chars() {
        match c {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            _ => markup.push(c),
        }
    }
}
