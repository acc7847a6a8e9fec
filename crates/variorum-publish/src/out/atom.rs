//! Atom (RFC 4287), in parts (RFC 5005, section 3).

use super::times::rfc3339;
use super::xml::Pen;
use super::{Feed, FeedStory, FeedWitness, language, linked};

/// The scheme of what a person did with an entry, as Google Reader named it and programs still do.
const READER: &str = "http://www.google.com/reader/";

/// Returns a view as an Atom feed.
///
/// The name of an entry is made from the record and the story, and its time is that of the last change of what a reader
/// sees: a story that did not change is the same entry at every address.
pub fn atom(feed: &Feed) -> String {
    write(feed, |story| Known { id: feed.room.urn("story", &story.id), states: Vec::new() })
}

/// What a program that reads for somebody knows an entry by, and what that person did with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub id: String,
    /// What was done with it, as such programs name it: the whole name, and its last word.
    pub states: Vec<(String, String)>,
}

/// Returns a view as an Atom feed for one person's reader, which has names of its own for the entries.
pub fn atom_for_reader(feed: &Feed, known: impl Fn(&FeedStory) -> Known) -> String {
    write(feed, known)
}

fn write(feed: &Feed, known: impl Fn(&FeedStory) -> Known) -> String {
    let mut pen = Pen::new();
    pen.element("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en")], |pen| {
        pen.words("id", &[], &feed.room.urn("feed", &feed.first));
        pen.words("title", &[], &feed.title);
        pen.words("updated", &[], &rfc3339(feed.updated()));
        pen.element("author", &[], |pen| pen.words("name", &[], "Variorum"));
        pen.words("generator", &[("version", feed.room.version.as_str())], "Variorum");
        link(pen, "self", "application/atom+xml", &feed.at(&feed.itself));
        link(pen, "alternate", "text/html", &feed.at(&feed.page));
        link(pen, "first", "application/atom+xml", &feed.at(&feed.first));
        if let Some(next) = &feed.next {
            link(pen, "next", "application/atom+xml", &feed.at(next));
        }
        for story in &feed.stories {
            entry(pen, feed, story, &known(story));
        }
    });
    pen.done()
}

fn link(pen: &mut Pen, rel: &str, kind: &str, href: &str) {
    pen.empty("link", &[("rel", rel), ("type", kind), ("href", href)]);
}

fn entry(pen: &mut Pen, feed: &Feed, story: &FeedStory, known: &Known) {
    let language = language(story.language.as_deref()).unwrap_or("und");
    pen.element("entry", &[("xml:lang", language)], |pen| {
        pen.words("id", &[], &known.id);
        pen.words("title", &[], story.headline());
        pen.words("published", &[], &rfc3339(story.first_seen));
        pen.words("updated", &[], &rfc3339(story.changed));
        link(pen, "alternate", "text/html", &feed.room.story(&story.id));
        for witness in &story.witnesses {
            via(pen, witness);
        }
        for (term, label) in &known.states {
            pen.empty("category", &[("scheme", READER), ("term", term), ("label", label)]);
        }
        pen.words("summary", &[("xml:lang", "en")], &story.summary());
        pen.words("content", &[("type", "html")], &story.html(&feed.room));
    });
}

/// The source of the words: the report at its publisher.
fn via(pen: &mut Pen, witness: &FeedWitness) {
    if let Some(url) = linked(witness.url.as_deref()) {
        pen.empty("link", &[("rel", "via"), ("type", "text/html"), ("href", url), ("title", &witness.name)]);
    }
}
