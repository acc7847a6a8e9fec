//! Two stories of the same city, the same people and the same days stay apart.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{corpus, program};

#[test]
fn no_story_holds_reports_of_two_events() {
    let args = ["collate", "--json"].map(str::to_owned).into_iter();
    let folders = corpus::stories().into_iter().map(|s| s.reports.to_str().expect("the path is UTF-8").to_owned());
    let dossier = program::run(args.chain(folders)).ended_with(0).json();
    // That all reports of an event come together is a figure with a floor; that two events stay apart is a promise.
    for story in told(&dossier) {
        assert!(wanted().iter().any(|event| story.is_subset(event)), "{story:?} mixes events");
    }
}

fn told(dossier: &Value) -> BTreeSet<BTreeSet<String>> {
    let reports = corpus::entries(dossier, "reports");
    let name = |id: &Value| {
        let report = reports.iter().find(|r| r["id"] == *id).unwrap_or_else(|| panic!("a story names {id}"));
        corpus::name_of(report)
    };
    let stories = corpus::entries(dossier, "stories").iter();
    stories.map(|s| corpus::entries(s, "reports").iter().map(name).collect()).collect()
}

fn wanted() -> BTreeSet<BTreeSet<String>> {
    let names = |s: &corpus::Story| {
        corpus::entries(&s.expected, "reports").iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    };
    corpus::stories().iter().map(names).collect()
}
