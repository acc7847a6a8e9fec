//! What a reader of a copy relies on.

use std::collections::BTreeMap;
use std::path::Path;

use super::{SiteError, write};
use crate::pages::tests::{desk, newsroom};

fn files(at: &Path, under: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(at).unwrap().map(Result::unwrap) {
        let name = format!("{under}{}", entry.file_name().to_str().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => files(&entry.path(), &format!("{name}/"), found),
            false => drop(found.insert(name, std::fs::read(entry.path()).unwrap())),
        }
    }
}

fn read(at: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    files(at, "", &mut found);
    found
}

#[tokio::test]
async fn every_link_of_a_copy_leads_to_a_file_of_it() {
    let room = desk();
    for (n, id) in ["..", "", "Ferry", "ferry", "🚢", &"x".repeat(300)].into_iter().enumerate() {
        room.keep(id, &format!("{id} Gazette"), &format!("Goat number {n} left a farm on the isle of Marrow."));
    }
    for n in 0..45 {
        room.keep(&format!("n{n}"), "Isle Letter", &format!("Shed {n} of village {n} was painted by person {n}."));
    }
    room.work();
    let folder = tempfile::tempdir().unwrap();
    let (at, again) = (folder.path().join("site"), folder.path().join("again"));
    let site = write(room.state(), &at, || {}).await.unwrap();
    let found = read(&at);
    assert_eq!((site.files, site.moved), (found.len(), false));
    let reports = room.state().store.read(|view| view.count()).unwrap() as usize;
    let count = |kind: &str| found.keys().filter(|name| name.starts_with(kind) && name.ends_with(".html")).count();
    assert_eq!(count("report/"), reports, "every report has a page");
    assert_eq!(count("outlet/isle"), 2, "a list of 45 reports goes on");
    for (name, body) in found.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = std::str::from_utf8(body).unwrap();
        for bad in ["<form", "<script", "<style", " style=", "http://localhost", "token"] {
            assert!(!page.contains(bad), "{name}: {bad}");
        }
        assert!(page.contains("Search and corrections need the server"), "{name}");
        for link in page.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let to = link.split('#').next().unwrap();
            if to.is_empty() || to.starts_with("https://") || to.starts_with("http://") {
                continue;
            }
            let up = to.strip_prefix("../");
            assert_eq!(up.is_some(), name.contains('/'), "{name}: {link}");
            assert!(found.contains_key(up.unwrap_or(to)), "{name}: {link}");
            assert!(!to.ends_with("missing.html"), "{name}: {link}");
        }
    }
    write(room.state(), &again, || {}).await.unwrap();
    assert!(read(&again) == found, "the same record, the same bytes");
    write(room.state(), &at, || {}).await.expect("an earlier export is replaced");
    std::fs::write(at.join("notes.txt"), "mine").unwrap();
    assert!(matches!(write(room.state(), &at, || {}).await, Err(SiteError::Taken { .. })));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside");
}

#[tokio::test]
async fn a_folder_of_others_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), "mine").unwrap();
    let refused = write(newsroom().state(), folder.path(), || {}).await.unwrap_err().to_string();
    assert!(refused.contains("holds other files") && refused.contains("hint:"), "{refused}");
    assert_eq!(read(folder.path()).len(), 1);
}
