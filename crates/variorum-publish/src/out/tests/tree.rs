//! XML as a tree, strict: what does not close, or names an entity that XML lacks, is no document.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// An element with its attributes and what is in it.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Tree>,
    pub text: String,
}

impl Tree {
    pub fn read(document: &str) -> Tree {
        let mut reader = Reader::from_str(document);
        let mut open = vec![Tree::default()];
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => open.push(begun(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(begun(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
                Event::GeneralRef(named) => open.last_mut().unwrap().text.push_str(&referred(&named)),
                Event::Decl(_) => {}
                Event::Eof => break,
                other => panic!("we write no {other:?}"),
            }
        }
        assert_eq!((open.len(), open[0].children.len()), (1, 1), "one root");
        open.remove(0).children.remove(0)
    }

    pub fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t Tree> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub fn one<'t>(&'t self, name: &'t str) -> &'t Tree {
        let mut found = self.all(name);
        let first = found.next().unwrap_or_else(|| panic!("{} has no {name}", self.name));
        assert!(found.next().is_none(), "{} has more than one {name}", self.name);
        first
    }

    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    /// Calls with every element.
    pub fn each(&self, call: &mut impl FnMut(&Tree)) {
        call(self);
        self.children.iter().for_each(|child| child.each(call));
    }
}

fn begun(start: &BytesStart) -> Tree {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("each attribute once, in quotes");
        (attribute.key.as_ref().to_owned(), unescaped(&attribute.value))
    });
    Tree { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Tree::default() }
}

fn unescaped(value: &str) -> String {
    let mut parts = value.split('&');
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').expect("a reference ends");
        text.push_str(&referred(name));
        text.push_str(rest);
    }
    text
}

fn referred(name: &str) -> String {
    match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "#9" => "\t".into(),
        "#10" => "\n".into(),
        "#13" => "\r".into(),
        other => panic!("we write no &{other};"),
    }
}
