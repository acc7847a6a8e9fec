//! PROV-O as JSON-LD: where the words of each report came from, and how the story was made of them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use variorum_news::{Edge, EdgeKind, Report, Source};

use super::lineage::Descent;
use super::node::Node;
use super::times::{When, rfc3339};
use super::{Handout, Index, Room, linked};

/// Returns the origin of a story and of its reports in PROV-O.
///
/// A copy and an excerpt are quoted from their source, a rewrite is derived from it. A source that the report names, and
/// that has its words from nobody that is known, is its primary source by its own word. What two reports share is an entity of its own, which
/// nobody has.
pub fn prov(handout: &Handout) -> String {
    let index = handout.index();
    let descent = Descent::new(handout.story, &index);
    let mut graph = vec![story(handout, &index), making(handout), program(handout.room)];
    graph.extend(handout.reports.iter().map(|kept| report(handout, kept.report, &descent)));
    graph.extend(outside(handout));
    let texts: BTreeSet<usize> = descent.lost.values().copied().collect();
    graph.extend(texts.into_iter().map(|n| Node::new(&lost_address(handout, n), "prov:Entity").done()));
    graph.extend(outlets(handout));
    super::json(&json!({ "@context": context(), "@graph": graph }))
}

/// The terms that are used, each with what it stands for.
fn context() -> Value {
    let link = |term: &str| json!({ "@id": term, "@type": "@id" });
    let time = |term: &str| json!({ "@id": term, "@type": "xsd:dateTime" });
    json!({
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "label": "rdfs:label",
        "alternateOf": link("prov:alternateOf"),
        "used": link("prov:used"),
        "wasAssociatedWith": link("prov:wasAssociatedWith"),
        "wasAttributedTo": link("prov:wasAttributedTo"),
        "wasDerivedFrom": link("prov:wasDerivedFrom"),
        "wasGeneratedBy": link("prov:wasGeneratedBy"),
        "wasQuotedFrom": link("prov:wasQuotedFrom"),
        "hadPrimarySource": link("prov:hadPrimarySource"),
        "endedAtTime": time("prov:endedAtTime"),
        "generatedAtTime": time("prov:generatedAtTime"),
    })
}

fn story(handout: &Handout, index: &Index) -> Value {
    let mut node = Node::new(&handout.address(), "prov:Entity");
    node.put_some("label", handout.story.title.as_ref().map(|title| &title.text));
    node.put("generatedAtTime", rfc3339(handout.changed));
    node.put("wasGeneratedBy", making_address(handout));
    node.put_all("wasDerivedFrom", addresses(handout));
    // The account holds sentences of its reports word for word.
    let first = handout.story.account.iter().filter_map(|told| told.sources.first());
    let first = first.map(|span| &span.report).filter(|id| index.contains_key(&***id));
    node.put_all("wasQuotedFrom", first.map(|id| json!(handout.room.report(id))));
    node.done()
}

fn addresses(handout: &Handout) -> impl Iterator<Item = Value> {
    handout.reports.iter().map(|kept| json!(handout.room.report(&kept.report.id)))
}

fn making(handout: &Handout) -> Value {
    let mut node = Node::new(&making_address(handout), "prov:Activity");
    node.put("label", format!("edition {} was put together", handout.edition));
    node.put("endedAtTime", rfc3339(handout.changed));
    node.put_all("used", addresses(handout));
    node.put("wasAssociatedWith", handout.room.about("variorum"));
    node.done()
}

fn making_address(handout: &Handout) -> String {
    format!("{}#edition-{}", handout.address(), handout.edition)
}

fn program(room: &Room) -> Value {
    let mut node = Node::new(&room.about("variorum"), "prov:SoftwareAgent");
    node.put("label", format!("Variorum {}", room.version));
    node.done()
}

fn report(handout: &Handout, report: &Report, descent: &Descent) -> Value {
    let mut node = Node::new(&handout.room.report(&report.id), "prov:Entity");
    node.put_some("label", report.title.as_deref());
    node.put_some("alternateOf", linked(report.url.as_deref()));
    node.put_some("generatedAtTime", When::read(report.published.as_deref()).and_then(When::moment));
    node.put_some("wasAttributedTo", report.outlet.as_deref().map(|outlet| handout.room.outlet(outlet)));
    let edges = descent.of(&report.id);
    let shared = descent.lost.get(&*report.id).map(|&n| json!(lost_address(handout, n)));
    node.put_all("wasDerivedFrom", edges.iter().map(|edge| source(handout, edge)).chain(shared));
    let verbatim = edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Copy | EdgeKind::Excerpt));
    node.put_all("wasQuotedFrom", verbatim.map(|edge| source(handout, edge)));
    let primary = edges.iter().filter(|edge| edge.credited && descent.is_first(&edge.from));
    node.put_all("hadPrimarySource", primary.map(|edge| source(handout, edge)));
    node.done()
}

fn source(handout: &Handout, edge: &Edge) -> Value {
    json!(match &edge.from {
        Source::Report(id) => handout.room.report(id),
        Source::Outside { outside } => outside_address(handout, outside),
    })
}

/// The texts that are credited and not among the reports, each once.
fn outside(handout: &Handout) -> Vec<Value> {
    let named = handout.story.lineage.iter().filter_map(|edge| match &edge.from {
        Source::Outside { outside } => Some(outside.as_str()),
        Source::Report(_) => None,
    });
    let entity = |name: &str| {
        let mut node = Node::new(&outside_address(handout, name), "prov:Entity");
        node.put("label", name);
        node.done()
    };
    let mut names: Vec<&str> = named.collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(entity).collect()
}

fn outside_address(handout: &Handout, name: &str) -> String {
    format!("{}#outside-{}", handout.address(), super::segment(name))
}

fn lost_address(handout: &Handout, n: usize) -> String {
    format!("{}#lost-{}", handout.address(), n + 1)
}

fn outlets(handout: &Handout) -> Vec<Value> {
    let mut names: Vec<&str> = handout.reports.iter().filter_map(|kept| kept.report.outlet.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    let agent = |name: &str| {
        let mut node = Node::new(&handout.room.outlet(name), "prov:Organization");
        node.put("label", name);
        node.done()
    };
    names.into_iter().map(agent).collect()
}
