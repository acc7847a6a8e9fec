//! Which JSON objects are items: the schema demands nothing but a `uri`, so fields that only agencies use must tell.

use serde_json::{Map, Value};

use crate::agency::Class;

/// Fields that stand in ninjs and hardly anywhere else, in lower case.
const OWN: &[&str] = &[
    "versioncreated",
    "firstcreated",
    "contentcreated",
    "pubstatus",
    "representationtype",
    "copyrightholder",
    "usageterms",
    "infosource",
    "infosources",
    "altids",
    "headlines",
    "bodies",
    "descriptions",
    "trustindicator",
    "trustindicators",
    "associations",
    "renditions",
    "embargoeduntil",
    "plannedcoverage",
    "eventdetails",
];

/// Beginnings of fields whose rest is free, in 1.x.
const OWN_BEGINNINGS: &[&str] = &["body_", "description_", "headline_"];

/// Fields that other formats have too.
const SHARED: &[&str] = &[
    "headline",
    "byline",
    "by",
    "slugline",
    "located",
    "urgency",
    "ednote",
    "copyrightnotice",
    "embargoed",
    "rightsinfo",
    "genres",
    "subjects",
    "people",
    "organisations",
];

/// What an item without a name must show of ninjs' own fields.
const NAMELESS: usize = 6;

/// Tells whether an object is a ninjs item.
pub(super) fn is_item(fields: &Map<String, Value>) -> bool {
    if states_another_format(fields) {
        return false;
    }
    if names_ninjs(fields) {
        return true;
    }
    let is_named = ["uri", "guid"].iter().any(|key| fields.get(*key).is_some_and(|name| !blank(name)));
    let marks = marks(fields);
    if is_named { marks >= 2 } else { marks >= NAMELESS }
}

/// A report has `text` or `html`, a JSON Feed states its version, linked data its context.
fn states_another_format(fields: &Map<String, Value>) -> bool {
    let is_feed = fields.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"));
    let is_report = ["text", "html"].iter().any(|key| fields.get(*key).is_some_and(Value::is_string));
    is_feed || is_report || fields.contains_key("@context") || fields.contains_key("@type")
}

/// The item says itself which standard it follows.
fn names_ninjs(fields: &Map<String, Value>) -> bool {
    ["standard", "$standard"].iter().filter_map(|key| fields.get(*key)).any(|standard| {
        let name = standard.get("name").unwrap_or(standard);
        name.as_str().is_some_and(|name| name.to_ascii_lowercase().contains("ninjs"))
    })
}

fn marks(fields: &Map<String, Value>) -> usize {
    let type_says = fields.get("type").and_then(Value::as_str).is_some_and(|stated| Class::of(stated).is_some());
    let of_key = |(key, value): (&String, &Value)| {
        let key = key.to_ascii_lowercase();
        match () {
            () if blank(value) => 0,
            () if OWN.contains(&key.as_str()) => 2,
            () if OWN_BEGINNINGS.iter().any(|beginning| key.starts_with(beginning)) => 2,
            () => usize::from(SHARED.contains(&key.as_str())),
        }
    };
    usize::from(type_says) + fields.iter().map(of_key).sum::<usize>()
}

fn blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|words| words.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::is_item;

    fn check(json: &str) -> bool {
        is_item(&serde_json::from_str(json).expect("an object"))
    }

    #[test]
    fn items() {
        for json in [
            r#"{"uri":"urn:x","type":"text","headline":"Ferry sinks","body_text":"It sank."}"#,
            r#"{"uri":"urn:x","versioncreated":"2025-03-27T08:00:00Z"}"#,
            r#"{"uri":"urn:x","type":"text","headline":"Ferry sinks"}"#,
            r#"{"uri":"urn:x","versionCreated":"2025-03-27T08:00:00Z","bodies":[]}"#,
            r#"{"guid":"urn:x","type":"text","pubstatus":"usable","body_html":"<p>It sank.</p>"}"#,
            r#"{"standard":{"name":"ninjs","version":"3.1"},"uri":"urn:x"}"#,
            r#"{"type":"text","versioncreated":"2025","pubstatus":"usable","headlines":[],"bodies":[{"value":"x"}]}"#,
        ] {
            assert!(check(json), "{json}");
        }
    }

    #[test]
    fn other_objects() {
        for json in [
            r#"{"text":"It sank."}"#,
            r#"{"id":"r1","uri":"urn:x","headline":"Ferry","byline":"Ada Orr","text":"It sank.","type":"text"}"#,
            r#"{"uri":"urn:x","html":"<p>It sank.</p>","headline":"x","versioncreated":"2025"}"#,
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"Delmare","items":[]}"#,
            r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry","uri":"x","body_text":"y"}"#,
            r#"{"uri":"urn:x"}"#,
            r#"{"uri":"urn:x","title":"Ferry"}"#,
            r#"{"headline":"Ferry sinks","byline":"Ada Orr","urgency":3}"#,
            r#"{"type":"FeatureCollection","features":[]}"#,
            r#"{"name":"ferry","version":"1.0.0","dependencies":{}}"#,
            r#"{"uri":"/search","items":[{"uri":"urn:x"}]}"#,
            "{}",
        ] {
            assert!(!check(json), "{json}");
        }
    }
}
