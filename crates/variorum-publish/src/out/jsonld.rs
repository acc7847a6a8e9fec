//! schema.org as JSON-LD: the story as a `NewsArticle` based on its reports, and what is told as `Claim`s with where
//! they appear. Nothing here says what is true: no `ClaimReview`, no rating.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use variorum_news::{Reading, Report, Source, Span, Statement, Story, Verdict};

use super::lineage::Descent;
use super::node::Node;
use super::times::{When, rfc3339};
use super::{Handout, Index, Room, language, linked};

/// Returns a story as JSON-LD in the vocabulary of schema.org.
pub fn json_ld(handout: &Handout) -> String {
    let index = handout.index();
    let descent = Descent::new(handout.story, &index);
    let mut graph = vec![story(handout, &index)];
    graph.extend(handout.reports.iter().map(|kept| report(handout.room, kept.report, &descent)));
    graph.extend(claims(handout).iter().map(|told| claim(handout, &index, told)));
    super::json(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

fn story(handout: &Handout, index: &Index) -> Value {
    let address = handout.address();
    let mut node = Node::new(&address, "NewsArticle");
    node.put("url", &address);
    node.put_some("headline", handout.story.title.as_ref().map(|title| &title.text));
    node.put("description", format!("{}. {}", handout.counts(), super::entry::CREED));
    node.put("dateCreated", rfc3339(handout.first_seen));
    node.put("dateModified", rfc3339(handout.changed));
    node.put("version", handout.edition);
    let account: Vec<&str> = handout.story.account.iter().map(|sentence| sentence.text.as_str()).collect();
    node.put_some("articleBody", Some(account.join("\n")).filter(|body| !body.is_empty()));
    let reports = handout.reports.iter().map(|kept| kept.report);
    node.put_all("isBasedOn", reports.map(|report| named(handout.room.report(&report.id))));
    let first = handout.story.account.iter().filter_map(|told| told.sources.first());
    let quoted: BTreeSet<&str> = first.map(|span| &*span.report).filter(|id| index.contains_key(id)).collect();
    node.put_all("citation", quoted.into_iter().map(|id| named(handout.room.report(id))));
    node.put_all("hasPart", claims(handout).into_iter().map(|told| named(told.address)));
    node.put_some("inLanguage", common_language(index));
    node.done()
}

/// The language of the account where all its reports share one.
fn common_language<'i>(index: &'i Index) -> Option<&'i str> {
    let mut found = index.values().map(|kept| language(kept.report.language.as_deref()));
    let first = found.next()??;
    found.all(|other| other == Some(first)).then_some(first)
}

fn report(room: &Room, report: &Report, descent: &Descent) -> Value {
    let mut node = Node::new(&room.report(&report.id), "NewsArticle");
    node.put_some("url", linked(report.url.as_deref()));
    node.put_some("headline", report.title.as_deref());
    node.put_all("author", report.byline.iter().map(|name| json!({ "@type": "Person", "name": name })));
    node.put_some("publisher", report.outlet.as_deref().map(|outlet| publisher(room, outlet)));
    node.put_some("datePublished", When::read(report.published.as_deref()).map(When::written));
    node.put_some("dateModified", When::read(report.modified.as_deref()).map(When::written));
    node.put_some("articleSection", report.section.as_deref());
    node.put_some("inLanguage", language(report.language.as_deref()));
    let edges = descent.of(&report.id);
    node.put_all("isBasedOn", edges.iter().map(|edge| source(room, &edge.from)));
    node.put_all("citation", edges.iter().filter(|edge| edge.credited).map(|edge| source(room, &edge.from)));
    node.done()
}

fn publisher(room: &Room, outlet: &str) -> Value {
    json!({ "@type": "Organization", "@id": room.outlet(outlet), "name": outlet })
}

/// A text that is not among the reports is known by the name under which it is credited.
fn source(room: &Room, source: &Source) -> Value {
    match source {
        Source::Report(id) => named(room.report(id)),
        Source::Outside { outside } => json!({
            "@type": "CreativeWork",
            "publisher": { "@type": "Organization", "name": outside },
        }),
    }
}

/// What one report or several say alike.
struct Told<'a> {
    address: String,
    statement: &'a Statement,
    words: &'a Span,
    readings: Vec<&'a Reading>,
}

/// Returns a claim for each statement; where its tellings differ, one for each thing that is said.
fn claims<'a>(handout: &Handout<'a>) -> Vec<Told<'a>> {
    let story: &'a Story = handout.story;
    story.statements.iter().flat_map(|statement| claims_of(handout, statement)).collect()
}

fn claims_of<'a>(handout: &Handout<'a>, statement: &'a Statement) -> Vec<Told<'a>> {
    let address = format!("{}#statement-{}", handout.address(), super::segment(&statement.id));
    if statement.verdict != Verdict::Differs {
        let readings = statement.readings.iter().collect();
        return vec![Told { address, statement, words: &statement.gist, readings }];
    }
    let mut told: Vec<Told> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for reading in &statement.readings {
        let place = *places.entry(said(reading)).or_insert(told.len());
        match told.get_mut(place) {
            Some(same) => same.readings.push(reading),
            None => {
                let address = format!("{address}-{}", place + 1);
                told.push(Told { address, statement, words: &reading.span, readings: vec![reading] });
            }
        }
    }
    told
}

/// What a reading says, to tell it from what another says: its value and how sure it is of it, else its words.
fn said(reading: &Reading) -> String {
    match &reading.value {
        Some(value) => json!([value, reading.hedge]).to_string(),
        None => variorum_text::fold(&reading.span.text),
    }
}

fn claim(handout: &Handout, index: &Index, told: &Told) -> Value {
    let mut node = Node::new(&told.address, "Claim");
    node.put("text", &told.words.text);
    node.put_some("about", told.statement.about.as_ref().map(|about| json!({ "@type": "Thing", "name": about })));
    let report = index.get(&*told.words.report);
    node.put_some("inLanguage", report.and_then(|kept| language(kept.report.language.as_deref())));
    let by = told.readings.iter().map(|reading| &*reading.span.report);
    let reports: BTreeSet<&str> = by.filter(|id| index.contains_key(id)).collect();
    let reports: Vec<&str> = reports.into_iter().collect();
    node.put_all("appearance", reports.iter().map(|id| named(handout.room.report(id))));
    node.put_some("firstAppearance", first(&reports, index).map(|id| named(handout.room.report(id))));
    node.done()
}

/// The report that told it first: none where a report is undated, or two came out at one time. The first of these
/// reports is not said to be the first anywhere.
fn first<'r>(reports: &[&'r str], index: &Index) -> Option<&'r str> {
    let dated: Option<Vec<(When, &str)>> =
        reports.iter().map(|id| Some((When::read(index.get(id)?.report.published.as_deref())?, *id))).collect();
    let dated = dated?;
    let mut least = *dated.first()?;
    for &candidate in &dated {
        least = if candidate.0.before(least.0) { candidate } else { least };
    }
    dated.iter().all(|(when, id)| *id == least.1 || least.0.before(*when)).then_some(least.1)
}

fn named(address: String) -> Value {
    json!({ "@id": address })
}
