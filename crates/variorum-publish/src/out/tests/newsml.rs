//! NewsML-G2 against its schema (version 2.35, power): which elements stand where, in which order.

use std::collections::BTreeSet;

use variorum_news::Dossier;

use super::handed;
use super::tree::Tree;
use crate::out::newsml;
use crate::out::times::When;
use crate::sample::{self, odd};

/// What stands in an element, in this order: `!` once, `?` at most once, `*` any number. Those of one group stand in any
/// order. An element without a row holds words alone or nothing.
const CONTENT: &[(&str, &[(&str, char)])] = &[
    ("newsMessage", &[("header", '!'), ("itemSet", '!')]),
    ("header", &[("sent", '!'), ("sender", '?')]),
    ("itemSet", &[("packageItem newsItem", '*')]),
    (
        "packageItem",
        &[
            ("catalogRef catalog", '*'),
            ("hopHistory", '?'),
            ("rightsInfo", '*'),
            ("itemMeta", '!'),
            ("contentMeta", '?'),
            ("groupSet", '!'),
        ],
    ),
    (
        "newsItem",
        &[
            ("catalogRef catalog", '*'),
            ("hopHistory", '?'),
            ("rightsInfo", '*'),
            ("itemMeta", '!'),
            ("contentMeta", '?'),
            ("contentSet", '?'),
        ],
    ),
    ("catalog", &[("scheme", '*')]),
    ("hopHistory", &[("hop", '*')]),
    ("hop", &[("party", '?'), ("action", '*')]),
    ("party", &[("name", '*')]),
    ("provider", &[("name", '*')]),
    ("creator", &[("name", '*')]),
    ("copyrightHolder", &[("name", '*')]),
    ("rightsInfo", &[("copyrightHolder", '?')]),
    (
        "itemMeta",
        &[
            ("itemClass", '!'),
            ("provider", '!'),
            ("versionCreated", '!'),
            ("firstCreated", '?'),
            ("pubStatus", '?'),
            ("generator", '*'),
            ("edNote", '*'),
            ("link", '*'),
        ],
    ),
    (
        "contentMeta",
        &[("contentCreated", '?'), ("contentModified", '?'), ("creator", '*'), ("language headline description", '*')],
    ),
    ("groupSet", &[("group", '*')]),
    ("group", &[("itemRef", '*')]),
    ("itemRef", &[("title", '?')]),
    ("contentSet", &[("inlineXML", '*')]),
    ("inlineXML", &[("html", '?')]),
    ("html", &[("head", '!'), ("body", '!')]),
    ("head", &[("title", '!')]),
    ("body", &[("p h2 blockquote ul", '*')]),
    ("blockquote", &[("p", '*')]),
    ("ul", &[("li", '*')]),
];

fn fits(element: &Tree) {
    let row = CONTENT.iter().find(|row| row.0 == element.name);
    let Some((name, groups)) = row else {
        return assert!(element.children.is_empty(), "{} holds elements", element.name);
    };
    assert!(element.text.trim().is_empty(), "words in {name}");
    let mut rest = element.children.iter().map(|child| child.name.as_str()).peekable();
    for (group, often) in *groups {
        let mut found = 0;
        while rest.next_if(|child| group.split(' ').any(|one| one == *child)).is_some() {
            found += 1;
        }
        assert!(found >= usize::from(*often == '!') && (*often == '*' || found <= 1), "{found} {group} in {name}");
    }
    assert_eq!(rest.next(), None, "what follows in {name}");
}

fn every() -> Vec<Dossier> {
    vec![sample::dossier(), odd::many(), odd::broken()]
}

#[test]
fn every_element_stands_where_the_schema_has_it() {
    for dossier in every() {
        let root = Tree::read(&handed(&dossier, newsml));
        assert_eq!(root.attribute("xmlns"), "http://iptc.org/std/nar/2006-10-01/");
        root.each(&mut fits);
        root.each(&mut attributes_fit);
    }
}

fn attributes_fit(element: &Tree) {
    match element.name.as_str() {
        "newsItem" | "packageItem" => {
            assert_eq!((element.attribute("standard"), element.attribute("standardversion")), ("NewsML-G2", "2.35"));
            assert!(element.attribute("version").parse::<u32>().unwrap() > 0);
            assert!(element.attribute("guid").starts_with("urn:uuid:"));
        }
        "sent" | "versionCreated" | "firstCreated" => {
            assert!(matches!(When::read(Some(&element.text)), Some(When::Moment(_))), "{}", element.text);
        }
        "contentCreated" | "contentModified" => assert!(When::read(Some(&element.text)).is_some()),
        "hop" => assert!(element.attribute("creatoruri").ends_with("/about#lineage"), "we say so, not the report"),
        "group" => assert_eq!(element.attribute("id"), "reports"),
        "itemClass" | "pubStatus" | "action" => assert!(element.attribute("qcode").contains(':')),
        _ => {}
    }
}

#[test]
fn a_package_names_every_item_once() {
    for dossier in every() {
        let root = Tree::read(&handed(&dossier, newsml));
        let items: Vec<&str> = root.one("itemSet").all("newsItem").map(|item| item.attribute("guid")).collect();
        let package = root.one("itemSet").one("packageItem");
        let named: Vec<&str> =
            package.one("groupSet").one("group").all("itemRef").map(|item| item.attribute("residref")).collect();
        assert_eq!(items, named);
        assert_eq!(items.iter().collect::<BTreeSet<_>>().len(), items.len());
    }
}

#[test]
fn the_hops_of_a_report_are_the_hands_its_words_went_through() {
    let root = Tree::read(&handed(&sample::dossier(), newsml));
    let item = |headline: &str| {
        let mut items = root.one("itemSet").all("newsItem");
        items.find(|item| item.one("contentMeta").one("headline").text.starts_with(headline)).unwrap().clone()
    };
    let hops: Vec<(String, String)> = item("BRIDGE HORROR")
        .one("hopHistory")
        .all("hop")
        .map(|hop| (hop.one("party").one("name").text.clone(), hop.one("action").attribute("qcode").to_owned()))
        .collect();
    let expected = [
        ("Karsholm Courier", "hopaction:created"),
        ("Vesterland Post", "variorum:rewrite"),
        ("Daily Tidings", "variorum:rewrite"),
    ];
    assert_eq!(hops, expected.map(|(who, what)| (who.to_owned(), what.to_owned())));
    assert!(item("Barge strikes").all("hopHistory").next().is_none(), "the first has its words from nobody");
    assert_eq!(
        item("Gas main").one("hopHistory").all("hop").next().unwrap().one("party").one("name").text,
        "Saltmarsh Radio"
    );
}

#[test]
fn the_words_of_a_report_are_all_there() {
    let dossier = sample::dossier();
    let root = Tree::read(&handed(&dossier, newsml));
    for (item, report) in root.one("itemSet").all("newsItem").zip(&dossier.reports) {
        let body = item.one("contentSet").one("inlineXML").one("html").one("body");
        let told: Vec<&str> = body.children.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(told.join("\n"), report.text);
    }
}
