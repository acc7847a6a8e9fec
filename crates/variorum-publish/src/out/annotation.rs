//! Web Annotation (W3C) as JSON-LD: what the story says of its reports, each said of exact words.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use variorum_news::{Source, Span, Verdict};
use variorum_text::Offsets;

use super::csv::kind;
use super::room::sha256;
use super::times::rfc3339;
use super::{Finding, Handout, Kept, Ruled, language, linked, standing};
use crate::phrase;

/// How many code points before and after the words tell them from the same words elsewhere.
const AROUND: usize = 32;

/// Returns what a story says of its reports as a collection of annotations with one page.
///
/// A target is the report at its permanent address, with the moment at which its present words were first seen and the
/// SHA-256 of its text, so that whoever follows a position knows whether it still counts the same words. Words that do
/// not stand where a span says are annotated by nobody.
pub fn annotations(handout: &Handout) -> String {
    let mut desk = Annotator {
        handout,
        texts: handout.reports.iter().map(|kept| (&*kept.report.id, Text::new(kept))).collect(),
        items: Vec::new(),
    };
    desk.account();
    desk.variants();
    desk.drift();
    desk.lineage();
    let address = handout.room.story_as(&handout.story.id, ".annotations.json");
    let total = desk.items.len();
    super::json(&json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            { "sha256": { "@id": handout.room.about("sha256"), "@type": "http://www.w3.org/2001/XMLSchema#string" } },
        ],
        "id": address,
        "type": "AnnotationCollection",
        "label": format!("{}. {}", handout.counts(), super::entry::CREED),
        "generator": generator(handout),
        "modified": rfc3339(handout.changed),
        "total": total,
        "first": { "id": format!("{address}#page-1"), "type": "AnnotationPage", "startIndex": 0, "items": desk.items },
    }))
}

fn generator(handout: &Handout) -> Value {
    json!({ "id": handout.room.about("variorum"), "type": "Software", "name": format!("Variorum {}", handout.room.version) })
}

/// A report whose words are found by code points.
struct Text<'a> {
    kept: &'a Kept<'a>,
    offsets: Offsets,
    sha256: String,
}

impl<'a> Text<'a> {
    fn new(kept: &'a Kept<'a>) -> Self {
        let text = &kept.report.text;
        Text { kept, offsets: Offsets::new(text), sha256: sha256(text) }
    }
}

struct Annotator<'a> {
    handout: &'a Handout<'a>,
    texts: BTreeMap<&'a str, Text<'a>>,
    items: Vec<Value>,
}

impl Annotator<'_> {
    /// The words that the account is made of.
    fn account(&mut self) {
        for (n, told) in self.handout.story.account.iter().enumerate() {
            let mark = match told.mark {
                Verdict::Agreed => "independent origins agree",
                Verdict::SingleOrigin => "one origin alone",
                Verdict::Differs => "reports differ",
            };
            let sentence = link(&format!("{}#account-{}", self.handout.address(), n + 1));
            for span in &told.sources {
                self.add("linking", vec![classified(mark), sentence.clone()], span);
            }
        }
    }

    /// The words in which reports differ, each with its value.
    fn variants(&mut self) {
        for (variant, finding) in standing(&self.handout.story.variants, &self.handout.variants) {
            let label = format!("reports differ: {}{}", kind(variant.kind), confirmed(finding));
            for reading in &variant.readings {
                let value = described(&phrase::value(reading, variant.kind));
                self.add("classifying", vec![classified(&label), value], &reading.span);
            }
        }
    }

    /// The words of a rewrite that changed its source, with the words of the source.
    fn drift(&mut self) {
        for (drift, finding) in standing(&self.handout.story.drift, &self.handout.drift) {
            let label = format!("changed by a rewrite: {}{}", kind(drift.kind), confirmed(finding));
            let mut bodies = vec![classified(&label), described(&drift.explain)];
            bodies.extend(drift.source.as_ref().and_then(|source| self.linked(source)));
            self.add("classifying", bodies, &drift.rewrite);
        }
    }

    /// The words that a report has from another.
    fn lineage(&mut self) {
        for edge in &self.handout.story.lineage {
            let credit = if edge.credited { "credited" } else { "not credited" };
            let label = format!("{}, {credit}", phrase::edge_kind(edge.kind));
            for evidence in &edge.evidence {
                let mut bodies = vec![classified(&label)];
                bodies.extend(evidence.from.as_ref().and_then(|from| self.linked(from)));
                if let Source::Outside { outside } = &edge.from {
                    bodies.push(described(outside));
                }
                self.add("linking", bodies, &evidence.to);
            }
        }
    }

    fn add(&mut self, motivation: &str, bodies: Vec<Value>, span: &Span) {
        let Some(target) = self.place(span) else { return };
        let n = self.items.len() + 1;
        self.items.push(json!({
            "id": format!("{}#annotation-{n}", self.handout.room.story_as(&self.handout.story.id, ".annotations.json")),
            "type": "Annotation",
            "motivation": motivation,
            "generated": rfc3339(self.handout.changed),
            "body": bodies,
            "target": target,
        }));
    }

    /// Returns words of a report as a body that is pointed to.
    fn linked(&self, span: &Span) -> Option<Value> {
        let mut place = self.place(span)?;
        place.insert("purpose".to_owned(), "linking".into());
        Some(Value::Object(place))
    }

    /// Returns exact words of a report; none where they do not stand there.
    fn place(&self, span: &Span) -> Option<Map<String, Value>> {
        let text = self.texts.get(&*span.report)?;
        let report = text.kept.report;
        let mut source = Map::new();
        source.insert("id".to_owned(), self.handout.room.report(&report.id).into());
        source.insert("type".to_owned(), "Text".into());
        source.insert("sha256".to_owned(), text.sha256.clone().into());
        if let Some(language) = language(report.language.as_deref()) {
            source.insert("language".to_owned(), language.into());
        }
        if let Some(url) = linked(report.url.as_deref()) {
            source.insert("via".to_owned(), url.into());
        }
        let mut place = Map::new();
        place.insert("type".to_owned(), "SpecificResource".into());
        place.insert("source".to_owned(), Value::Object(source));
        place.insert("selector".to_owned(), selectors(&report.text, &text.offsets, span)?);
        let seen = json!({ "type": "TimeState", "sourceDate": rfc3339(text.kept.revised) });
        place.insert("state".to_owned(), seen);
        Some(place)
    }
}

/// Returns the two ways to find words again: by their place, and by themselves with what stands around them.
fn selectors(text: &str, offsets: &Offsets, span: &Span) -> Option<Value> {
    let length = offsets.code_point(text.len());
    if span.start > span.end || span.end > length {
        return None;
    }
    let slice = |start: usize, end: usize| text.get(offsets.byte(start)..offsets.byte(end));
    let exact = slice(span.start, span.end).filter(|words| *words == span.text)?;
    let before = slice(span.start.saturating_sub(AROUND), span.start)?;
    let after = slice(span.end, (span.end + AROUND).min(length))?;
    Some(json!([
        { "type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after },
        { "type": "TextPositionSelector", "start": span.start, "end": span.end },
    ]))
}

fn classified(label: &str) -> Value {
    body(label, "classifying")
}

fn described(words: &str) -> Value {
    body(words, "describing")
}

fn body(words: &str, purpose: &str) -> Value {
    json!({ "type": "TextualBody", "value": words, "format": "text/plain", "purpose": purpose })
}

fn link(address: &str) -> Value {
    json!({ "type": "SpecificResource", "source": address, "purpose": "linking" })
}

/// What a person confirmed says so.
fn confirmed(finding: Option<&Finding>) -> &'static str {
    if finding.and_then(|finding| finding.ruling) == Some(Ruled::Confirmed) { ", confirmed by the desk" } else { "" }
}
