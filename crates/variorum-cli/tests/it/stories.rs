//! Two stories of the same city, the same people and the same days stay apart.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{corpus, program};

#[test]
fn every_story_is_whole_and_alone() {
    let args = ["collate", "--json"].map(str::to_owned).into_iter();
    let folders = corpus::stories().into_iter().map(|s| s.reports.to_str().expect("the path is UTF-8").to_owned());
    let dossier = program::run(args.chain(folders)).ended_with(0).json();
    assert_eq!(told(&dossier), wanted());
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
