//! What we hand out, read back by our own reader.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::program;

/// Reads a sample of what `variorum-publish` writes for its invented story.
fn read(name: &str) -> Vec<Value> {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../variorum-publish/src/out/samples");
    program::run(["clean".to_owned(), format!("{samples}/{name}")]).ended_with(0).lines()
}

#[test]
fn both_feeds_are_read_as_the_story() {
    for name in ["bridge.atom", "bridge.feed.json"] {
        let stories = read(name);
        assert_eq!(stories.len(), 1, "one entry");
        let story = &stories[0];
        let word = |field: &str| story[field].as_str().unwrap_or_default().to_owned();
        assert_eq!(word("title"), "gravel barge struck the swing bridge at Karsholm", "{name}");
        assert_eq!(word("url"), "https://news.delmare.example/story/s3f09a1");
        assert_eq!(word("published"), "2031-03-03T06:40:00Z");
        assert_eq!(word("language"), "en");
        assert!(word("text").contains("jamming the span half open and cutting the gas main"), "{}", word("text"));
        assert!(word("text").contains("8 reports, 8 publishers, 5 independent origins"), "{}", word("text"));
    }
}

#[test]
fn every_via_is_read_as_a_source() {
    let story = &read("bridge.atom")[0];
    let sources = story["credits"].as_array().into_iter().flatten();
    let hosts: BTreeSet<&str> = sources.filter_map(|credit| credit["source"].as_str()).collect();
    assert!(hosts.contains("courier.example") && hosts.contains("gazette.example"), "{hosts:?}");
}

#[test]
fn every_report_of_a_message_is_read_back() {
    let reports = read("bridge.newsml.xml");
    assert_eq!(reports.len(), 8);
    let courier = &reports[0];
    assert_eq!(courier["title"], "Barge strikes Karsholm swing bridge, harbour quarter cleared");
    assert_eq!(courier["outlet"], "Karsholm Courier");
    assert_eq!(courier["byline"], serde_json::json!(["Sunniva Aker", "Tor Lind"]));
    assert_eq!(courier["published"], "2031-03-03T07:40:00Z");
    let phare = &reports[6];
    assert_eq!((phare["language"].as_str(), phare["outlet"].as_str()), (Some("fr"), Some("Le Phare de Brévent")));
    assert!(phare["text"].as_str().is_some_and(|text| text.contains("« Le pivot semble intact »")), "{phare}");
    let credited = &reports[5]["credits"][0];
    assert_eq!((&credited["source"], &credited["kind"]), (&"Saltmarsh Radio".into(), &"original-source".into()));
}
