//! Atom against RFC 4287, JSON Feed against version 1.1.

use std::collections::BTreeSet;

use serde_json::Value;
use variorum_news::Dossier;

use super::tree::Tree;
use crate::out::times::When;
use crate::out::{Feed, atom, json_feed};
use crate::sample::{self, handed, odd};

fn every() -> Vec<Feed> {
    [sample::dossier(), odd::many(), odd::broken(), odd::empty()].iter().map(handed::feed).collect()
}

/// How often an element may stand in a feed and in an entry (RFC 4287, sections 4.1.1 and 4.1.2).
const FEED: &[(&str, usize, usize)] = &[
    ("id", 1, 1),
    ("title", 1, 1),
    ("updated", 1, 1),
    ("author", 1, 9),
    ("generator", 0, 1),
    ("link", 0, 99),
    ("entry", 0, 9_999),
];
const ENTRY: &[(&str, usize, usize)] = &[
    ("id", 1, 1),
    ("title", 1, 1),
    ("published", 0, 1),
    ("updated", 1, 1),
    ("link", 0, 999),
    ("summary", 0, 1),
    ("content", 0, 1),
];

fn fits(element: &Tree, table: &[(&str, usize, usize)]) {
    for child in &element.children {
        assert!(table.iter().any(|row| row.0 == child.name), "{} in {}", child.name, element.name);
    }
    for (name, least, most) in table {
        assert!((*least..=*most).contains(&element.all(name).count()), "{name} in {}", element.name);
    }
    assert!(element.text.trim().is_empty());
}

#[test]
fn atom_keeps_to_its_standard() {
    for feed in every() {
        let root = Tree::read(&atom(&feed));
        assert_eq!((root.name.as_str(), root.attribute("xmlns")), ("feed", "http://www.w3.org/2005/Atom"));
        fits(&root, FEED);
        let mut names = BTreeSet::new();
        root.each(&mut |element| element_fits(element, &mut names));
        for entry in root.all("entry") {
            fits(entry, ENTRY);
            assert!(entry.all("link").any(|link| link.attribute("rel") == "alternate"));
        }
    }
}

fn element_fits(element: &Tree, names: &mut BTreeSet<String>) {
    match element.name.as_str() {
        "id" => {
            assert!(element.text.starts_with("urn:uuid:") && element.text.len() == 45, "an absolute IRI");
            assert!(names.insert(element.text.clone()), "each name once");
        }
        "updated" | "published" => assert!(matches!(When::read(Some(&element.text)), Some(When::Moment(_)))),
        "link" => {
            for (name, value) in &element.attributes {
                assert!(["rel", "type", "href", "title"].contains(&name.as_str()));
                assert!(name != "href" || crate::link::host(value).is_some(), "{value}");
            }
        }
        "content" => assert_eq!(element.attribute("type"), "html"),
        "author" => assert!(!element.one("name").text.is_empty()),
        _ => {}
    }
    if let Some(tag) = element.attributes.get("xml:lang") {
        let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        assert!(tag.split('-').all(part), "{tag}");
    }
}

#[test]
fn json_feed_keeps_to_its_standard() {
    let schema: Value = serde_json::from_str(include_str!("jsonfeed.schema.json")).unwrap();
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for feed in every() {
        let written: Value = serde_json::from_str(&json_feed(&feed)).unwrap();
        let faults: Vec<String> = schema.iter_errors(&written).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
        let mut names: Vec<&str> =
            written["items"].as_array().unwrap().iter().filter_map(|i| i["id"].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), feed.stories.len());
        assert_ne!(written["next_url"], written["feed_url"]);
    }
}

#[test]
fn a_story_that_did_not_change_is_the_same_entry() {
    let before = handed::feed(&sample::dossier());
    let mut after = before.clone();
    after.room.address = "https://elsewhere.example".into();
    after.changed += 1_000;
    after.itself = "/search.atom?q=bridge".into();
    let entry = |feed: &Feed| {
        let root = Tree::read(&atom(feed));
        let entry = root.one("entry");
        (entry.one("id").text.clone(), entry.one("updated").text.clone())
    };
    assert_eq!(entry(&before), entry(&after));
    after.room.record = "another-desk".into();
    assert_ne!(entry(&before).0, entry(&after).0, "two newsrooms tell the same story in two ways");
}

#[test]
fn both_feeds_name_a_story_alike() {
    let feed = handed::feed(&sample::dossier());
    let json: Value = serde_json::from_str(&json_feed(&feed)).unwrap();
    let root = Tree::read(&atom(&feed));
    assert_eq!(json["items"][0]["id"], root.one("entry").one("id").text);
    assert_eq!(json["items"][0]["date_modified"], root.one("entry").one("updated").text);
    assert_eq!(json["items"][0]["content_html"], root.one("entry").one("content").text);
}

#[test]
fn every_witness_is_a_via_of_its_entry() {
    let feed = handed::feed(&sample::dossier());
    let root = Tree::read(&atom(&feed));
    let via: Vec<&str> =
        root.one("entry").all("link").filter(|l| l.attribute("rel") == "via").map(|l| l.attribute("href")).collect();
    let known: Vec<&str> = feed.stories[0].witnesses.iter().filter_map(|w| w.url.as_deref()).collect();
    assert_eq!(via, known);
}

#[test]
fn an_address_that_deceives_is_no_via() {
    let mut feed = handed::feed(&sample::dossier());
    feed.stories[0].witnesses[0].url = Some("javascript:alert(1)".into());
    feed.stories[0].witnesses[1].url = Some("https://bank.example@evil.example/\"><b".into());
    for written in [atom(&feed), json_feed(&feed)] {
        assert!(!written.contains("javascript") && !written.contains("evil"), "{written}");
    }
}

#[test]
fn the_times_of_an_empty_feed_are_those_of_the_record() {
    let empty = Dossier { stories: Vec::new(), ..odd::empty() };
    let root = Tree::read(&atom(&handed::feed(&empty)));
    assert_eq!(root.one("updated").text, "2031-03-04T16:00:00Z");
    assert_eq!(root.all("entry").count(), 0);
}
