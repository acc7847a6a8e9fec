//! Items as agencies send them, and items that are wrong in every way.

use serde_json::{Map, Value};
use variorum_news::{Body, CreditKind, Page, Problem};

use super::{is_item, pages};
use crate::{read_bytes, read_line};

fn fixture(bytes: &[u8]) -> Vec<Result<Page, Problem>> {
    read_bytes("wire.json", bytes)
}

fn one(json: &str) -> Result<Page, Problem> {
    read_line(json).remove(0)
}

fn credits(page: &Page) -> Vec<(&str, CreditKind)> {
    page.credits.iter().map(|credit| (credit.source.as_str(), credit.kind)).collect()
}

#[test]
fn an_item_of_1_3_with_picture_and_sidebar() {
    let found = fixture(include_bytes!("../../fixtures/ninjs-1.3-text.json"));
    let pages: Vec<&Page> = found.iter().map(|page| page.as_ref().expect("a page")).collect();
    assert_eq!(pages.len(), 2, "the picture and the reference are no reports");
    let page = pages[0];
    assert_eq!(page.id.as_ref(), "https://wire.delmare.example/items/20250327-ferry-1");
    assert_eq!((page.url.as_deref(), page.path.as_deref()), (Some(page.id.as_ref()), Some("wire.json")));
    assert_eq!(page.title.as_deref(), Some("Ferry runs aground off Port Delmare, 212 brought ashore"));
    assert_eq!(page.standfirst.as_deref(), Some("All passengers of the Halcyon are safe, the harbour master says."));
    assert_eq!((page.outlet.as_deref(), page.language.as_deref()), (Some("Delmare Wire"), Some("en")));
    assert_eq!(page.byline, ["Ada Orr", "Ben Lee"]);
    assert_eq!(page.published.as_deref(), Some("2025-03-27T08:40:00+01:00"));
    assert_eq!(page.modified.as_deref(), Some("2025-03-27T09:15:00+01:00"));
    assert_eq!(credits(page), [("Harbour Radio", CreditKind::Agency), ("Dee Ash", CreditKind::Photo)]);
    assert!(page.credits.iter().all(|credit| credit.span.is_none()));
    assert!(matches!(&page.body, Body::Fragment(markup) if markup.contains("<h2>Second grounding</h2>")));
    assert_eq!(page.extra["slugline"], "delmare-ferry");
    assert_eq!(page.extra["headlines"], serde_json::json!([{ "role": "seo", "value": "Delmare ferry aground" }]));
    assert_eq!(page.extra["bodies"], serde_json::json!([{ "role": "short", "value": "Ferry aground, all safe." }]));
    assert_eq!(page.extra["associations"].as_array().map(Vec::len), Some(2));
    assert_eq!(pages[1].title.as_deref(), Some("Groundings on the Alder bank"));
}

#[test]
fn an_item_on_one_line_names_another_source() {
    let found = fixture(include_bytes!("../../fixtures/ninjs-1.3-line.json"));
    let page = found[0].as_ref().expect("a page");
    assert_eq!(page.id.as_ref(), "urn:newsml:wire.delmare.example:20250328:harbour-fee");
    assert_eq!((page.outlet.as_deref(), page.url.as_deref()), (Some("Delmare Wire"), None));
    assert_eq!(credits(page), [("Alder Press", CreditKind::Agency)]);
    assert_eq!((page.published.as_deref(), page.modified.as_deref()), (Some("2025-03-28T06:00:00Z"), None));
    assert!(page.notes.is_empty());
}

#[test]
fn an_item_of_2_1() {
    let found = fixture(include_bytes!("../../fixtures/ninjs-2.1-text.json"));
    let page = found[0].as_ref().expect("a page");
    assert_eq!(page.title.as_deref(), Some("Fähre Halcyon auf Grund gelaufen"));
    assert_eq!(page.byline, ["Ada Orr"]);
    assert_eq!(page.extra["byline"], "Von Ada Orr, DW");
    assert_eq!(credits(page), [("Alder Press", CreditKind::OriginalSource)]);
    assert_eq!(page.notes[0].note, "under embargo until 2025-03-27T18:00:00Z");
    assert_eq!(page.published.as_deref(), Some("2025-03-27T11:00:00Z"));
}

#[test]
fn a_package_of_3_1_is_read_for_its_articles() {
    let found = fixture(include_bytes!("../../fixtures/ninjs-3.1-package.json"));
    assert_eq!(found.len(), 1);
    let page = found[0].as_ref().expect("a page");
    assert_eq!(page.id.as_ref(), "urn:newsml:wire.delmare.example:20250401:hull");
    assert_eq!(credits(page), [("Harbour Radio", CreditKind::Agency)]);
    let notes: Vec<&str> = page.notes.iter().map(|note| note.note.as_str()).collect();
    assert_eq!(notes, ["note to editors: Adds the owner.", "the agency gave only a part of this item"]);
}

#[test]
fn a_list_has_reports_and_named_problems() {
    let found = fixture(include_bytes!("../../fixtures/ninjs-2.1-list.json"));
    let told: Vec<String> = found
        .iter()
        .map(|one| match one {
            Ok(page) => page.id.to_string(),
            Err(problem) => format!("{}: {}", problem.path.as_deref().expect("a path"), problem.reason),
        })
        .collect();
    assert_eq!(
        told,
        [
            "urn:x-dw:1",
            "wire.json#/items/1: the agency canceled this item, so it is no report; leave out its earlier versions too",
            "wire.json#/items/2: a picture, not a report; give the text item that it belongs to",
            "wire.json#/items/3: the calendar entry of an event, not a report; give the text items about it",
            "urn:x-dw:5",
        ]
    );
    let page = found[4].as_ref().expect("a page");
    assert!(matches!(&page.body, Body::Text(text) if text.starts_with("A tug left Alder")));
    assert_eq!(page.notes[0].note, "the item has no body; its description stands for it");
}

#[test]
fn an_id_that_was_given_is_kept() {
    let page = one(r#"{"id":"mine","uri":"urn:x","pubstatus":"usable","body_text":"It sank."}"#).expect("a page");
    assert_eq!(page.id.as_ref(), "mine");
    let page = one(r#"{"guid":"urn:g","pubstatus":"usable","type":"text","body_html":"<p>It sank.</p>"}"#);
    assert_eq!(page.expect("a page").id.as_ref(), "urn:g");
}

#[test]
fn the_body_is_the_fullest_wording_with_the_best_markup() {
    let check = |bodies: &str, starts: &str| {
        let page = one(&format!(r#"{{"uri":"urn:x","versionCreated":"2025","bodies":{bodies}}}"#)).expect("a page");
        let words = match page.body {
            Body::Text(words) => format!("text {words}"),
            Body::Fragment(words) => format!("markup {words}"),
            other => panic!("{other:?}"),
        };
        assert!(words.starts_with(starts), "{words}");
    };
    check(
        r#"[{"value":"The ferry sank at dawn."},{"role":"html","value":"<p>The ferry sank at dawn.</p>"}]"#,
        "markup <p>",
    );
    check(
        r#"[{"role":"html","value":"<p>Sunk.</p>"},{"value":"The ferry sank at dawn off Alder."}]"#,
        "text The ferry",
    );
    check(r#""The ferry sank.""#, "text The ferry");
    check(r#"{"value":"The ferry sank."}"#, "text The ferry");
    check(r#"[{"contentType":"text/html","value":"Three &lt; four &amp; five"}]"#, "text Three < four & five");
    check(r#"[{"contentType":"text/plain","value":"Three < four\r\nfive"}]"#, "text Three < four\nfive");
    check(
        r#"[{"role":"nitf","value":"<nitf><body><body.content><p>It sank.</p></body.content></body></nitf>"}]"#,
        "markup <p>It sank.</p>",
    );
}

#[test]
fn wrong_types_cost_a_field_and_not_the_report() {
    let json = r#"{"uri":"urn:x","type":["text"],"pubstatus":7,"versioncreated":{"at":1},"headlines":[null,7,"Ferry sinks"],
        "bodies":[[],{"value":["x"]},"The ferry sank off Alder."],"by":["Ada Orr"],"infosources":"Alder Press",
        "associations":"none","located":null,"language":9,"descriptions":{"role":4},"copyrightholder":["Delmare Wire"]}"#
        .replace('\n', "");
    let page = one(&json).expect("a page");
    assert_eq!((page.title.as_deref(), page.outlet.as_deref()), (Some("Ferry sinks"), Some("Delmare Wire")));
    assert_eq!(credits(&page), [("Alder Press", CreditKind::Agency)]);
    assert_eq!(page.body, Body::Text("The ferry sank off Alder.".to_owned()));
    assert_eq!(page.extra["language"], 9);
}

#[test]
fn an_item_with_a_headline_alone_is_a_headline() {
    let page =
        one(r#"{"uri":"urn:x","type":"text","headline":"Ferry sinks","versioncreated":"2025"}"#).expect("a page");
    assert_eq!(page.body, Body::Headline);
    let problem = one(r#"{"uri":"urn:x","type":"text","versioncreated":"2025"}"#).expect_err("a problem");
    assert_eq!((problem.id.as_deref(), problem.reason.contains("without words")), (Some("urn:x"), true));
}

#[test]
fn an_event_without_a_type_is_no_report() {
    let json = r#"{"uri":"urn:x","title":"Harbour council","eventDetails":{"dates":{}},"descriptions":["It meets."]}"#;
    assert!(one(json).expect_err("a problem").reason.contains("the calendar entry of an event"));
}

#[test]
fn a_body_of_another_kind_is_left_out_and_named() {
    let json = r#"{"uri":"urn:x","headlines":["Ferry sinks"],"bodies":[{"contentType":"x/sports+xml","value":"<match><goal>1</goal></match>"}]}"#;
    let page = one(json).expect("a page");
    assert_eq!((page.body, page.notes[0].note.contains("not read (x/sports+xml)")), (Body::Headline, true));
}

#[test]
fn who_names_an_item_publishes_it_where_nothing_else_is_stated() {
    let json = r#"{"uri":"urn:newsml:wire.delmare.example:20250327:1","versioncreated":"2025","body_text":"It sank."}"#;
    assert_eq!(one(json).expect("a page").outlet.as_deref(), Some("wire.delmare.example"));
}

#[test]
fn a_later_version_says_whose_time_it_has() {
    let page = one(r#"{"uri":"urn:x","version":4,"versioncreated":"2025-03-27T08:00:00Z","body_text":"It sank."}"#);
    let page = page.expect("a page");
    assert_eq!(page.published.as_deref(), Some("2025-03-27T08:00:00Z"));
    assert_eq!(page.notes[0].note, "no time of the first version is stated; that of a later one stands for it");
}

#[test]
fn an_agency_does_not_credit_itself() {
    let page = one(
        r#"{"uri":"urn:x","versioncreated":"2025","provider":{"name":"Delmare Press Agency"},"source":"DPA",
           "infosource":[{"name":"delmare press agency"},{"name":"Alder Press"},{"name":"Alder Press"}],"body_text":"It sank."}"#,
    )
    .expect("a page");
    assert_eq!(credits(&page), [("Alder Press", CreditKind::Agency)]);
}

#[test]
fn an_item_made_from_another_one_credits_it() {
    let check = |other: &str| {
        let json = format!(
            r#"{{"uri":"urn:newsml:wire.example:1:a","copyrightHolder":"Delmare Wire","body_text":"It sank.",
            "infoSources":[{{"name":"Alder Press"}}],"associations":[{other}]}}"#
        );
        let page = one(&json.replace('\n', "")).expect("a page");
        let told: Vec<String> = credits(&page).into_iter().map(|(name, kind)| format!("{name} {kind:?}")).collect();
        (told.join(", "), page.notes.len())
    };
    let named = r#"{"name":"flash","rel":"derivedFrom","uri":"urn:x","copyrightHolder":"Alder Press"}"#;
    assert_eq!(check(named), ("Alder Press OriginalSource".to_owned(), 0));
    let hosted = r#"{"name":"flash","rel":"irel:translatedFrom","uri":"https://courier.example/1"}"#;
    assert_eq!(check(hosted), ("Alder Press Agency, courier.example OriginalSource".to_owned(), 0));
    let own = r#"{"name":"flash","rel":"derivedFrom","uri":"urn:newsml:wire.example:1:b"}"#;
    assert_eq!(check(own), ("Alder Press Agency".to_owned(), 1));
    assert_eq!(
        check(r#"{"name":"flash","rel":"seeAlso","uri":"https://courier.example/1"}"#),
        ("Alder Press Agency".to_owned(), 0)
    );
}

#[test]
fn items_inside_items_end() {
    let mut json = r#"{"uri":"urn:x","versioncreated":"2025","body_text":"It sank."}"#.to_owned();
    for _ in 0..30 {
        json = format!(r#"{{"uri":"urn:x","versioncreated":"2025","body_text":"It sank.","associations":[{json}]}}"#);
    }
    assert_eq!(read_line(&json).len(), 31);
    let deep = format!("{}1{}", r#"{"bodies":["#.repeat(200), "]}".repeat(200));
    assert!(one(&deep).expect_err("a problem").reason.contains("not JSON"));
    let many = format!(r#"{{"uri":"urn:x","bodies":[{}"It sank."]}}"#, r#"{"role":"x"},"#.repeat(50_000));
    assert_eq!(one(&many).expect("a page").body, Body::Text("It sank.".to_owned()));
}

#[test]
fn long_lists_cost_no_more_than_their_length() {
    let sources: String = (0..4_000).map(|n| format!(r#"{{"name":"Source {n}"}},"#)).collect();
    let pictures: String = (0..4_000).map(|n| format!(r#"{{"type":"picture","by":"Ada{n} Orr"}},"#)).collect();
    let json = format!(
        r#"{{"uri":"urn:x","body_text":"It sank.","infosource":[{sources}null],"associations":[{pictures}null]}}"#
    );
    assert_eq!(one(&json).expect("a page").credits.len(), 64);
}

#[test]
fn those_who_edited_did_not_write() {
    let json = r#"{"uri":"urn:x","body_text":"It sank.","byline":"Delmare Wire","authors":[{"name":"Ada Orr","role":"writer"},
        {"name":"Ben Lee","role":"editor"}],"bylines":[{"by":"By CID ROE","title":"Delmare Wire"}]}"#;
    assert_eq!(one(&json.replace('\n', "")).expect("a page").byline, ["Ada Orr", "CID ROE"]);
}

#[test]
fn the_last_of_two_fields_of_one_name_counts() {
    let page = one(r#"{"uri":"urn:x","versioncreated":"2025","body_text":"One.","body_text":"It sank."}"#);
    assert_eq!(page.expect("a page").body, Body::Text("It sank.".to_owned()));
}

/// Any value, with the names that items use.
fn values() -> impl proptest::strategy::Strategy<Value = Value> {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        "[a-zA-Z<>&;/ é.]{0,12}".prop_map(Value::String),
        prop::sample::select(vec!["text", "picture", "composite", "canceled", "By Ada Orr", "<p>x</p>", "urn:x"])
            .prop_map(Value::from),
    ];
    let key = prop::sample::select(vec![
        "uri",
        "type",
        "pubstatus",
        "versionCreated",
        "headlines",
        "headline",
        "headline_",
        "bodies",
        "body_text",
        "body_é",
        "descriptions",
        "value",
        "role",
        "contenttype",
        "name",
        "associations",
        "infosource",
        "by",
        "authors",
        "text",
        "html",
        "items",
        "data",
        "id",
        "provider",
        "source",
        "version",
        "standard",
        "title",
    ]);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(|fields| Value::Object(
                fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            )),
        ]
    })
}

proptest::proptest! {
    #[test]
    fn any_value_is_read_or_named(value in values()) {
        let document = serde_json::to_string_pretty(&value).expect("JSON");
        let found = read_bytes("wire.json", format!("{document}\n").as_bytes());
        proptest::prop_assert!(!found.is_empty());
        if let Value::Object(fields) = value {
            let _: bool = is_item(&fields);
            proptest::prop_assert!(pages(Map::clone(&fields)).iter().all(|page| page.is_ok() || page.as_ref().is_err_and(|p| p.id.is_some())));
        }
    }
}
