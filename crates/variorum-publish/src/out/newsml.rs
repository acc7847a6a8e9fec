//! NewsML-G2 (IPTC): a message with a package for the story and an item for each report, which says through whose hands
//! its words went (`hopHistory`).

use variorum_news::{BlockKind, Edge, Report, Source};
use variorum_text::Offsets;

use super::csv::kind;
use super::lineage::Descent;
use super::times::{When, rfc3339};
use super::xml::Pen;
use super::{Handout, Index, Kept, Room, language, linked};
use crate::edition::name;

const NAMESPACE: &str = "http://iptc.org/std/nar/2006-10-01/";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
/// The IPTC's own codes, and where our few are explained.
const CATALOG: &str = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml";

/// Returns a story as a NewsML-G2 message.
pub fn newsml(handout: &Handout) -> String {
    let index = handout.index();
    let descent = Descent::new(handout.story, &index);
    let mut pen = Pen::new();
    pen.element("newsMessage", &[("xmlns", NAMESPACE)], |pen| {
        pen.element("header", &[], |pen| {
            pen.words("sent", &[], &rfc3339(handout.changed));
            pen.words("sender", &[], "Variorum");
        });
        pen.element("itemSet", &[], |pen| {
            package(pen, handout);
            for kept in &handout.reports {
                item(pen, handout.room, kept, &index, &descent);
            }
        });
    });
    pen.done()
}

fn package(pen: &mut Pen, handout: &Handout) {
    let (guid, version) = (handout.room.urn("story", &handout.story.id), handout.edition.max(1).to_string());
    pen.element("packageItem", &of_item(&guid, &version, "en"), |pen| {
        catalogs(pen, handout.room);
        pen.element("itemMeta", &[], |pen| {
            pen.empty("itemClass", &[("qcode", "ninat:composite")]);
            party(pen, "provider", &[], "Variorum");
            versions(pen, handout.room, handout.changed, Some(rfc3339(handout.first_seen)));
            pen.words("edNote", &[], &format!("{}. {}", handout.counts(), super::entry::CREED));
            let address = handout.address();
            pen.empty("link", &[("reluri", &handout.room.about("story")), ("href", &address)]);
        });
        if let Some(title) = &handout.story.title {
            pen.element("contentMeta", &[], |pen| pen.words("headline", &[], &title.text));
        }
        pen.element("groupSet", &[("root", "reports")], |pen| group(pen, handout));
    });
}

fn group(pen: &mut Pen, handout: &Handout) {
    pen.element("group", &[("id", "reports"), ("role", "group:main"), ("mode", "pgrmod:bag")], |pen| {
        for kept in &handout.reports {
            let guid = handout.room.urn("report", &kept.report.id);
            let version = kept.revisions.max(1).to_string();
            let reference = [
                ("residref", guid.as_str()),
                ("version", &version),
                ("contenttype", "application/vnd.iptc.g2.newsitem+xml"),
            ];
            pen.element("itemRef", &reference, |pen| {
                pen.words("title", &[], kept.report.title.as_deref().unwrap_or(&kept.report.id));
            });
        }
    });
}

fn item(pen: &mut Pen, room: &Room, kept: &Kept, index: &Index, descent: &Descent) {
    let report = kept.report;
    let (guid, version) = (room.urn("report", &report.id), kept.revisions.max(1).to_string());
    let language = language(report.language.as_deref());
    pen.element("newsItem", &of_item(&guid, &version, language.unwrap_or("und")), |pen| {
        catalogs(pen, room);
        hops(pen, room, report, index, descent);
        if let Some(outlet) = &report.outlet {
            pen.element("rightsInfo", &[], |pen| party(pen, "copyrightHolder", &[], outlet));
        }
        pen.element("itemMeta", &[], |pen| {
            pen.empty("itemClass", &[("qcode", "ninat:text")]);
            party(pen, "provider", &[], name(report));
            // The item is the outlet's, so its time is what the report says; when we saw it first is no time of it.
            let first = When::read(report.published.as_deref()).and_then(When::moment);
            versions(pen, room, kept.revised, first);
            let address = room.report(&report.id);
            pen.empty("link", &[("reluri", &room.about("report")), ("href", &address)]);
            if let Some(url) = linked(report.url.as_deref()) {
                pen.empty("link", &[("reluri", &room.about("published-at")), ("href", url)]);
            }
        });
        content_meta(pen, report, language);
        pen.element("contentSet", &[], |pen| {
            pen.element("inlineXML", &[("contenttype", "application/xhtml+xml")], |pen| xhtml(pen, report));
        });
    });
}

fn of_item<'a>(guid: &'a str, version: &'a str, language: &'a str) -> [(&'static str, &'a str); 6] {
    [
        ("guid", guid),
        ("version", version),
        ("standard", "NewsML-G2"),
        ("standardversion", "2.35"),
        ("conformance", "power"),
        ("xml:lang", language),
    ]
}

fn catalogs(pen: &mut Pen, room: &Room) {
    pen.empty("catalogRef", &[("href", CATALOG)]);
    pen.element("catalog", &[], |pen| {
        pen.empty("scheme", &[("alias", "variorum"), ("uri", &room.about(""))]);
    });
}

/// When it came, and by which program it is written.
fn versions(pen: &mut Pen, room: &Room, created: i64, first: Option<String>) {
    pen.words("versionCreated", &[], &rfc3339(created));
    if let Some(first) = first {
        pen.words("firstCreated", &[], &first);
    }
    pen.empty("pubStatus", &[("qcode", "stat:usable")]);
    pen.words("generator", &[("versioninfo", &room.version)], "Variorum");
}

fn party(pen: &mut Pen, role: &'static str, attributes: &[(&str, &str)], name: &str) {
    pen.element(role, attributes, |pen| pen.words("name", &[], name));
}

/// The way of the words to a report, the oldest hand first. Who asserts it stands on every hop: we do, not the report.
fn hops(pen: &mut Pen, room: &Room, report: &Report, index: &Index, descent: &Descent) {
    let way = descent.way(&report.id);
    let Some(oldest) = way.first() else { return };
    pen.element("hopHistory", &[], |pen| {
        let known = |id: &str| index.get(id).map(|kept| kept.report);
        match &oldest.from {
            Source::Report(id) => hop(pen, room, 1, known(id), id, "created"),
            Source::Outside { outside } => hop(pen, room, 1, None, outside, "created"),
        }
        for (n, edge) in way.iter().enumerate() {
            hop(pen, room, n + 2, known(&edge.to), &edge.to, &done(edge));
        }
    });
}

fn done(edge: &Edge) -> String {
    kind(edge.kind)
}

/// What the IPTC has a word for is said in it (`created`); for the ways of taking words over we have our own.
fn hop(pen: &mut Pen, room: &Room, seq: usize, report: Option<&Report>, otherwise: &str, action: &str) {
    let (seq, creator) = (seq.to_string(), room.about("lineage"));
    let mut attributes = vec![("seq", seq.as_str()), ("creatoruri", &creator)];
    let when = report.and_then(|report| When::read(report.published.as_deref())).map(When::written);
    attributes.extend(when.as_deref().map(|when| ("timestamp", when)));
    let qcode = if action == "created" { "hopaction:created".to_owned() } else { format!("variorum:{action}") };
    pen.element("hop", &attributes, |pen| {
        party(pen, "party", &[], report.map_or(otherwise, name));
        pen.empty("action", &[("qcode", &qcode), ("target", "hatarget:content")]);
    });
}

fn content_meta(pen: &mut Pen, report: &Report, language: Option<&str>) {
    pen.element("contentMeta", &[], |pen| {
        if let Some(when) = When::read(report.published.as_deref()) {
            pen.words("contentCreated", &[], &when.written());
        }
        if let Some(when) = When::read(report.modified.as_deref()) {
            pen.words("contentModified", &[], &when.written());
        }
        for author in &report.byline {
            party(pen, "creator", &[("type", "cpnat:person")], author);
        }
        if let Some(tag) = language {
            pen.empty("language", &[("tag", tag)]);
        }
        if let Some(title) = &report.title {
            pen.words("headline", &[], title);
        }
        if let Some(standfirst) = &report.standfirst {
            pen.words("description", &[("role", "drol:summary")], standfirst);
        }
    });
}

fn xhtml(pen: &mut Pen, report: &Report) {
    pen.element("html", &[("xmlns", XHTML)], |pen| {
        pen.element("head", &[], |pen| pen.words("title", &[], report.title.as_deref().unwrap_or_default()));
        pen.element("body", &[], |pen| {
            for (kind, words) in blocks(report) {
                match kind {
                    BlockKind::Heading => pen.words("h2", &[], words),
                    BlockKind::Quote => pen.element("blockquote", &[], |pen| pen.words("p", &[], words)),
                    BlockKind::ListItem => pen.element("ul", &[], |pen| pen.words("li", &[], words)),
                    BlockKind::Paragraph | BlockKind::Caption | BlockKind::Table => pen.words("p", &[], words),
                }
            }
        });
    });
}

/// The parts of a text; its lines where the blocks do not fit it.
fn blocks(report: &Report) -> Vec<(BlockKind, &str)> {
    let offsets = Offsets::new(&report.text);
    let part = |start, end| report.text.get(offsets.byte(start)..offsets.byte(end));
    let parts = report.blocks.iter().map(|block| Some((block.kind, part(block.start, block.end)?)));
    match parts.collect::<Option<Vec<_>>>() {
        Some(parts) if !parts.is_empty() => parts,
        _ => report.text.lines().filter(|l| !l.trim().is_empty()).map(|l| (BlockKind::Paragraph, l)).collect(),
    }
}
