//! JSON-LD against what its vocabularies allow: every term is one of theirs, on a type that has it, with a value that it
//! takes. The tables are the part of each vocabulary that we use, read off its definition.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value};
use variorum_news::{AccountSentence, Dossier, Report, Span, Verdict};

use super::handed;
use crate::out::{annotations, json_ld, prov};
use crate::sample::{self, odd};

fn every() -> Vec<Dossier> {
    vec![sample::dossier(), odd::many(), odd::broken()]
}

fn graph(written: &str) -> Vec<Map<String, Value>> {
    let document: Value = serde_json::from_str(written).unwrap();
    document["@graph"].as_array().unwrap().iter().map(|node| node.as_object().unwrap().clone()).collect()
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
enum Takes {
    Text,
    Time,
    Number,
    Address,
    Node(&'static [&'static str]),
}

/// schema.org 29: each type with what stands on it or on a type above it.
const SCHEMA: &[(&str, &[(&str, Takes)])] = &[
    ("Thing", &[("name", Takes::Text), ("description", Takes::Text), ("url", Takes::Address)]),
    (
        "CreativeWork",
        &[
            ("about", Takes::Node(&["Thing"])),
            ("author", Takes::Node(&["Person", "Organization"])),
            ("citation", Takes::Node(&["CreativeWork"])),
            ("dateCreated", Takes::Time),
            ("dateModified", Takes::Time),
            ("datePublished", Takes::Time),
            ("hasPart", Takes::Node(&["CreativeWork"])),
            ("headline", Takes::Text),
            ("inLanguage", Takes::Text),
            ("isBasedOn", Takes::Node(&["CreativeWork"])),
            ("publisher", Takes::Node(&["Organization", "Person"])),
            ("text", Takes::Text),
            ("version", Takes::Number),
        ],
    ),
    ("Article", &[("articleBody", Takes::Text), ("articleSection", Takes::Text)]),
    ("NewsArticle", &[]),
    ("Claim", &[("appearance", Takes::Node(&["CreativeWork"])), ("firstAppearance", Takes::Node(&["CreativeWork"]))]),
    ("Person", &[]),
    ("Organization", &[]),
];

fn above(kind: &str) -> Option<&'static str> {
    match kind {
        "NewsArticle" => Some("Article"),
        "Article" | "Claim" => Some("CreativeWork"),
        "CreativeWork" | "Person" | "Organization" => Some("Thing"),
        "Thing" => None,
        other => panic!("{other} is no type that we use"),
    }
}

fn is_a(kind: &str, wanted: &str) -> bool {
    kind == wanted || above(kind).is_some_and(|above| is_a(above, wanted))
}

fn takes(kind: &str, property: &str) -> Takes {
    let (_, own) = SCHEMA.iter().find(|row| row.0 == kind).unwrap();
    match own.iter().find(|row| row.0 == property) {
        Some(row) => row.1,
        None => takes(above(kind).unwrap_or_else(|| panic!("no {property} on a type of schema.org")), property),
    }
}

#[test]
fn every_property_of_schema_org_stands_where_it_may() {
    for dossier in every() {
        let graph = graph(&handed(&dossier, json_ld));
        let kinds: BTreeMap<&str, &str> =
            graph.iter().map(|node| (node["@id"].as_str().unwrap(), node["@type"].as_str().unwrap())).collect();
        assert_eq!(kinds.len(), graph.len(), "each name once");
        graph.iter().for_each(|node| node_fits(node, &kinds));
    }
}

fn node_fits(node: &Map<String, Value>, kinds: &BTreeMap<&str, &str>) {
    let kind = node["@type"].as_str().unwrap();
    for (property, value) in node.iter().filter(|(name, _)| !name.starts_with('@')) {
        let takes = takes(kind, property);
        for value in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            value_fits(value, takes, kinds);
        }
    }
}

fn value_fits(value: &Value, takes: Takes, kinds: &BTreeMap<&str, &str>) {
    match takes {
        Takes::Text => assert!(value.is_string()),
        Takes::Number => assert!(value.is_number()),
        Takes::Time => assert!(crate::out::times::When::read(value.as_str()).is_some(), "{value}"),
        Takes::Address => assert!(crate::link::host(value.as_str().unwrap()).is_some(), "{value}"),
        Takes::Node(wanted) => {
            let node = value.as_object().unwrap();
            let named = || *kinds.get(node["@id"].as_str().unwrap()).expect("what is named is in the graph");
            let kind = node.get("@type").map_or_else(named, |kind| kind.as_str().unwrap());
            assert!(wanted.iter().any(|wanted| is_a(kind, wanted)), "{kind} is none of {wanted:?}");
            if node.contains_key("@type") {
                node_fits(node, kinds);
            }
        }
    }
}

#[test]
fn nobody_is_rated() {
    let written = handed(&sample::dossier(), json_ld);
    assert!(!written.contains("ClaimReview") && !written.contains("ating\""));
}

#[test]
fn a_claim_appears_first_where_the_dates_say_so() {
    let graph = graph(&handed(&sample::dossier(), json_ld));
    let claim = |text: &str| graph.iter().find(|node| node.get("text").is_some_and(|t| t == text)).unwrap();
    let smoke = claim("Four people were treated for smoke");
    assert_eq!(smoke["appearance"].as_array().unwrap().len(), 4);
    assert!(smoke["firstAppearance"]["@id"].as_str().unwrap().ends_with("/report/courier"));
    let undated = graph
        .iter()
        .find(|node| node["@type"] == "Claim" && node["appearance"][0]["@id"].as_str().unwrap().ends_with("radio"));
    assert!(
        undated.is_none_or(|node| !node.contains_key("firstAppearance")),
        "a report without a date is first nowhere"
    );
}

#[test]
fn a_report_is_no_appearance_of_what_another_says() {
    let graph = graph(&handed(&sample::dossier(), json_ld));
    let claim = |text: &str| graph.iter().find(|node| node.get("text").is_some_and(|t| t == text)).unwrap();
    let by = |text: &str| -> Vec<String> {
        let appearance = claim(text)["appearance"].as_array().unwrap().iter();
        appearance.map(|at| at["@id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(by("About 1,200 people"), ["courier", "phare", "vesterland"]);
    assert_eq!(by("As many as 12,000 people"), ["tidings"]);
    assert_eq!(by("Around 1,500 residents"), ["ledger", "porthaven"]);
}

/// PROV-O: each property with the class it stands on and the class it leads to; none for a time.
const PROV: &[(&str, &str, Option<&str>)] = &[
    ("alternateOf", "Entity", Some("Entity")),
    ("endedAtTime", "Activity", None),
    ("generatedAtTime", "Entity", None),
    ("hadPrimarySource", "Entity", Some("Entity")),
    ("used", "Activity", Some("Entity")),
    ("wasAssociatedWith", "Activity", Some("Agent")),
    ("wasAttributedTo", "Entity", Some("Agent")),
    ("wasDerivedFrom", "Entity", Some("Entity")),
    ("wasGeneratedBy", "Entity", Some("Activity")),
    ("wasQuotedFrom", "Entity", Some("Entity")),
];

fn class(kind: &str) -> &str {
    match kind {
        "prov:SoftwareAgent" | "prov:Organization" => "Agent",
        other => other.strip_prefix("prov:").unwrap(),
    }
}

#[test]
fn every_property_of_prov_stands_where_it_may() {
    for dossier in every() {
        let written = handed(&dossier, prov);
        let document: Value = serde_json::from_str(&written).unwrap();
        let graph = graph(&written);
        let kinds: BTreeMap<&str, &str> =
            graph.iter().map(|node| (node["@id"].as_str().unwrap(), class(node["@type"].as_str().unwrap()))).collect();
        assert_eq!(kinds.len(), graph.len(), "each name once");
        for node in &graph {
            for (property, value) in node.iter().filter(|(name, _)| !name.starts_with('@') && *name != "label") {
                assert_eq!(document["@context"][property]["@id"], format!("prov:{property}"), "the context has it");
                let row = PROV.iter().find(|row| row.0 == property).unwrap_or_else(|| panic!("{property}"));
                assert_eq!(kinds[node["@id"].as_str().unwrap()], row.1);
                for value in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
                    let value = value.as_str().unwrap();
                    match row.2 {
                        None => assert!(value.parse::<jiff::Timestamp>().is_ok()),
                        Some(_) if property == "alternateOf" => assert!(crate::link::host(value).is_some()),
                        Some(class) => assert_eq!(kinds.get(value), Some(&class), "{value}"),
                    }
                }
            }
        }
    }
}

#[test]
fn the_ways_of_taking_words_over_are_told_apart() {
    let graph = graph(&handed(&sample::dossier(), prov));
    let of = |id: &str| graph.iter().find(|node| node["@id"].as_str().unwrap().ends_with(id)).unwrap();
    let post = of("/report/vesterland");
    assert!(post["hadPrimarySource"][0].as_str().unwrap().ends_with("/report/courier"), "it credits the Courier");
    assert!(!post.contains_key("wasQuotedFrom"), "a rewrite is no quotation");
    assert!(!of("/report/tidings").contains_key("hadPrimarySource"), "it credits nobody");
    assert_eq!(of("/report/ledger")["wasDerivedFrom"], of("/report/porthaven")["wasDerivedFrom"], "one lost text");
    assert!(of("/report/ledger")["wasDerivedFrom"][0].as_str().unwrap().ends_with("#lost-1"));
    assert_eq!(of("#outside-Saltmarsh%20Radio")["label"], "Saltmarsh Radio");
}

#[test]
fn annotations_keep_to_their_model() {
    let schema: Value = serde_json::from_str(include_str!("annotation.schema.json")).unwrap();
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for dossier in every() {
        let written: Value = serde_json::from_str(&handed(&dossier, annotations)).unwrap();
        let faults: Vec<String> = schema.iter_errors(&written).map(|f| format!("{} {f}", f.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        let items = written["first"]["items"].as_array().unwrap();
        assert_eq!(written["total"], items.len());
        items.iter().for_each(|item| found_again(&item["target"], &dossier.reports));
    }
}

/// Finds the words of a target by each of its selectors alone.
fn found_again(place: &Value, reports: &[Report]) {
    let report =
        reports.iter().find(|r| place["source"]["id"].as_str().unwrap().ends_with(&*crate::out::segment(&r.id)));
    let text = &report.unwrap().text;
    assert_eq!(place["source"]["sha256"], crate::out::room::sha256(text));
    let (quote, position) = (&place["selector"][0], &place["selector"][1]);
    let exact = quote["exact"].as_str().unwrap();
    let (start, end) = (position["start"].as_u64().unwrap() as usize, position["end"].as_u64().unwrap() as usize);
    let by_position: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(by_position, exact);
    let (before, after) = (quote["prefix"].as_str().unwrap(), quote["suffix"].as_str().unwrap());
    let at = text.find(&format!("{before}{exact}{after}")).expect("the words stand between what is around them");
    let by_quote = &text[at + before.len()..at + before.len() + exact.len()];
    assert_eq!(by_quote, exact);
}

#[test]
fn what_a_person_dismissed_is_annotated_by_nobody() {
    let dossier = sample::dossier();
    let written: Value = serde_json::from_str(&handed(&dossier, annotations)).unwrap();
    let items = written["first"]["items"].as_array().unwrap();
    let labels: Vec<&str> = items.iter().filter_map(|item| item["body"][0]["value"].as_str()).collect();
    assert!(
        labels.contains(&"changed by a rewrite: figure")
            && labels.contains(&"changed by a rewrite: date, confirmed by the desk")
    );
    assert!(!labels.contains(&"changed by a rewrite: hedge"), "dismissed");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn selectors_find_exactly_the_words_again(text in "(\\PC|[\n\u{1}é\u{5d0}👩‍🚒]){0,80}", start in 0usize..90, length in 0usize..40) {
        let mut dossier = sample::dossier();
        let points: Vec<char> = text.chars().collect();
        let start = start.min(points.len());
        let end = (start + length).min(points.len());
        let words: String = points[start..end].iter().collect();
        dossier.reports[0].text = text;
        let id = dossier.reports[0].id.clone();
        let good = Span { report: id.clone(), start, end, text: words.clone() };
        let wrong = Span { report: id, start: start + 1, end: end + 1, text: format!("{words}x") };
        let told = |span: Span| AccountSentence {
            text: span.text.clone(),
            sources: vec![span],
            mark: Verdict::SingleOrigin,
            origins: 1,
            statement: String::new(),
            variants: Vec::new(),
            part: Default::default(),
            paragraph: 0,
        };
        dossier.stories[0].account = vec![told(good), told(wrong)];
        let story = &mut dossier.stories[0];
        (story.variants, story.drift, story.lineage) = Default::default();
        let written: Value = serde_json::from_str(&handed(&dossier, annotations)).unwrap();
        let items = written["first"]["items"].as_array().unwrap();
        prop_assert_eq!(items.len(), 1, "words that do not stand there are annotated by nobody");
        found_again(&items[0]["target"], &dossier.reports);
        prop_assert_eq!(items[0]["target"]["selector"][0]["exact"].as_str(), Some(&*words));
    }
}
