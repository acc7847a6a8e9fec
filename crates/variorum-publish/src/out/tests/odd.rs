//! Whatever a report holds, a reader gets words: never markup, never a broken document.

use proptest::prelude::*;
use serde_json::Value;
use variorum_news::{Dossier, Edge, EdgeKind, Source, Span};

use super::handed;
use super::tree::Tree;
use crate::out::{Handout, annotations, atom, drift_csv, json_feed, json_ld, newsml, prov, segment, variants_csv};
use crate::sample::{self, handed as invented};

const WRITERS: &[fn(&Handout) -> String] = &[annotations, drift_csv, json_ld, newsml, prov, variants_csv];

/// The invented story with words put in every place that a report fills.
fn filled(words: &str) -> Dossier {
    let mut dossier = sample::dossier();
    let report = &mut dossier.reports[0];
    for field in [&mut report.title, &mut report.outlet, &mut report.standfirst, &mut report.section] {
        *field = Some(words.to_owned());
    }
    for field in [&mut report.published, &mut report.modified, &mut report.url, &mut report.language] {
        *field = Some(words.to_owned());
    }
    report.byline = vec![words.to_owned()];
    report.text = words.to_owned();
    report.blocks.clear();
    let story = &mut dossier.stories[0];
    story.id = words.to_owned();
    let whole = Span { report: report.id.clone(), start: 0, end: words.chars().count(), text: words.to_owned() };
    story.title = Some(whole.clone());
    story.account[0].text = words.to_owned();
    story.account[0].sources = vec![whole.clone()];
    story.variants[0].about = words.to_owned();
    story.variants[0].readings[0].span = whole.clone();
    story.drift[0].rewrite = whole;
    story.lineage[3].from = Source::Outside { outside: words.to_owned() };
    dossier
}

fn all_can_be_read(dossier: &Dossier) {
    let feed = invented::feed(dossier);
    Tree::read(&atom(&feed));
    Tree::read(&handed(dossier, newsml));
    for written in [json_feed(&feed), handed(dossier, json_ld), handed(dossier, prov), handed(dossier, annotations)] {
        serde_json::from_str::<Value>(&written).unwrap();
    }
    assert!(handed(dossier, variants_csv).ends_with("\r\n") && handed(dossier, drift_csv).ends_with("\r\n"));
}

#[test]
fn odd_words_are_handed_out_as_words() {
    let long = "ten thousand words ".repeat(2_500);
    for words in [
        "]]> <script>alert(1)</script> &amp; <!--",
        "\u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}",
        "مرحبا \u{202e}txt.exe\u{2066} שלום",
        "https://host.example/\"><img src=x onerror=alert(1)>",
        "../../etc/passwd?x=1#y",
        "'; DROP TABLE report; --",
        "\r\n\t ",
        "",
        "👩‍🚒🏳️‍🌈",
        &long,
    ] {
        let dossier = filled(words);
        all_can_be_read(&dossier);
        let feed = Tree::read(&atom(&invented::feed(&dossier)));
        let content = &feed.one("entry").one("content").text;
        assert!(!content.contains("<script") && !content.contains("<img"), "{content}");
    }
}

#[test]
fn what_xml_cannot_hold_is_seen_to_be_missing() {
    let feed = Tree::read(&atom(&invented::feed(&filled("a\u{1}b\u{ffff}c"))));
    assert_eq!(feed.one("entry").one("title").text, "a\u{fffd}b\u{fffd}c");
}

#[test]
fn a_story_without_reports_is_handed_out() {
    let mut dossier = sample::dossier();
    let story = &mut dossier.stories[0];
    (story.reports, story.origins, story.lineage, story.statements) = Default::default();
    (story.variants, story.drift, story.account, story.title) = Default::default();
    all_can_be_read(&dossier);
    let feed = Tree::read(&atom(&invented::feed(&dossier)));
    assert_eq!(feed.one("entry").one("title").text, "A story without a headline");
}

#[test]
fn reports_that_descend_from_one_another_in_a_circle_end() {
    let mut dossier = sample::dossier();
    let story = &mut dossier.stories[0];
    let ids = story.reports.clone();
    let edge = |n: usize, kind| Edge {
        from: Source::Report(ids[n].clone()),
        to: ids[(n + 1) % ids.len()].clone(),
        kind,
        credited: true,
        score: 0.5,
        evidence: Vec::new(),
        explain: String::new(),
    };
    story.lineage = (0..ids.len()).flat_map(|n| [edge(n, EdgeKind::Copy), edge(n, EdgeKind::SharedOrigin)]).collect();
    all_can_be_read(&dossier);
    let prov: Value = serde_json::from_str(&handed(&dossier, prov)).unwrap();
    let lost =
        prov["@graph"].as_array().unwrap().iter().filter(|node| node["@id"].as_str().unwrap().contains("#lost-"));
    assert_eq!(lost.count(), 1);
}

#[test]
fn a_name_is_one_segment_of_a_path() {
    for (name, written) in
        [("a/b?c.json", "a%2Fb%3Fc%2Ejson"), ("..", "%2E%2E"), ("é", "%C3%A9"), ("s3f09a1", "s3f09a1"), ("", "")]
    {
        assert_eq!(segment(name), written);
    }
}

#[test]
fn the_same_story_gives_the_same_bytes() {
    for write in WRITERS {
        assert_eq!(handed(&sample::dossier(), *write), handed(&sample::dossier(), *write));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_words_can_be_handed_out(words in any::<String>()) {
        all_can_be_read(&filled(&words));
    }
}
