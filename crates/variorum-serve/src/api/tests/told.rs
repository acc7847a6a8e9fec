//! Stories, once the desk made them.

use super::*;
use variorum_newsroom::{Desk, Options, Taken};

const WIRE: &str = "DELMARE - Two ferries sank off Delmare on Thursday, Ada Orr of the coast guard said. Twelve people died \
                    and forty were rescued, Orr said. The harbour of Delmare was closed until Saturday.";
const OTHER: &str = "Two ferries went down near Delmare on Thursday in a storm. At least fourteen people died, said Ada Orr, \
                     who leads the coast guard. Rescuers brought forty people to the harbour of Delmare.";

impl Newsroom {
    /// Lets the desk place and make all that waits.
    fn work(&self) {
        let Taken::Here(mut desk) = Desk::take(&self.store, Options::default()).unwrap() else { panic!("taken") };
        loop {
            let worked = desk.work(1_772_800_000).unwrap();
            if worked.unplaced == 0 && worked.stale == 0 {
                break;
            }
        }
        desk.leave().unwrap();
    }
}

fn ferries() -> Newsroom {
    let room = newsroom();
    let reports = [("wire-1", "Wire", WIRE), ("post-1", "Post", OTHER), ("copy-1", "Echo", WIRE)];
    let reports = reports.map(|(id, outlet, text)| report(id, outlet, text)).to_vec();
    room.store.keep(reports, 1_772_710_000).unwrap();
    room.work();
    room
}

async fn largest(room: &Newsroom) -> Value {
    room.get("/api/v1/stories?order=reports&limit=1").await.body["items"][0].clone()
}

#[tokio::test]
async fn a_story_is_listed_told_and_compared() {
    let room = ferries();
    let entry = largest(&room).await;
    assert!(entry["reports"].as_u64().unwrap() >= 3, "{entry}");
    let href = entry["href"].as_str().unwrap();
    let whole = room.get(href).await;
    assert_eq!(whole.body["entry"], entry);
    assert_eq!(whole.body["reports"][0]["report"].get("annotations"), None);
    assert_eq!(
        whole.body["variant_keys"].as_array().unwrap().len(),
        whole.body["story"]["variants"].as_array().unwrap().len()
    );
    let read = room.get(&format!("{href}?with=annotations")).await;
    assert!(read.body["reports"][0]["report"]["annotations"].is_object());
    for part in ["variants", "drift", "changes?since=1", "changes?since=2026-03-05T08:40:00Z"] {
        assert_eq!(room.get(&format!("{href}/{part}")).await.status, StatusCode::OK, "{part}");
    }
    let outlet = room.get("/api/v1/outlets/Wire").await;
    assert_eq!(outlet.body["entry"]["reports"], 1);
    assert_eq!(room.get("/api/v1/outlets/Nobody").await.problem().0, 404);
    assert_eq!(room.get("/api/v1/stories/nobody").await.problem().0, 404);
    assert_eq!(room.get("/api/v1/stories/nobody/drift").await.problem().0, 404);
    assert_eq!(room.get("/api/v1/stories/nobody/changes?since=1").await.problem().0, 404);
}

#[tokio::test]
async fn stories_go_on_behind_a_cursor() {
    let room = ferries();
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = room.get(&format!("/api/v1/stories?limit=1{cursor}")).await;
        seen.extend(page.body["items"].as_array().unwrap().iter().map(|s| s["id"].to_string()));
        let Some(next) = page.body["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let all = room.get("/api/v1/stories").await;
    let all: Vec<String> = all.body["items"].as_array().unwrap().iter().map(|s| s["id"].to_string()).collect();
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_report_is_moved_out_and_back() {
    let room = ferries();
    let story = largest(&room).await["id"].as_str().unwrap().to_owned();
    let action = json!({ "do": "split", "story": story, "reports": ["post-1"] });
    let made = room
        .post("/api/v1/corrections", json!({ "who": "Ada Orr", "reason": "Another storm.", "action": action }))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    room.work();
    assert_eq!(room.get("/api/v1/reports/post-1").await.body["story"]["corrected"], true);
    let path = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    assert_eq!(room.get(&path).await.body["reason"], "Another storm.");
    let undone = room.post(&format!("{path}/undo"), json!({ "who": "Ada Orr" })).await;
    assert_eq!(undone.body["undone"]["who"], "Ada Orr");
    assert_eq!(room.post(&format!("{path}/undo"), json!({ "who": "Ada Orr" })).await.status.as_u16() / 100, 4);
    room.work();
    assert_eq!(room.get("/api/v1/reports/post-1").await.body["story"]["corrected"], false);
    let listed = room.get("/api/v1/corrections?which=all").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(room.get("/api/v1/corrections?which=standing").await.body["items"], json!([]));
}

#[tokio::test]
async fn a_correction_of_what_is_not_there_is_refused_with_a_sentence() {
    let room = ferries();
    let story = largest(&room).await["id"].as_str().unwrap().to_owned();
    for action in [
        json!({ "do": "merge", "story": story, "with": "nobody" }),
        json!({ "do": "merge", "story": story, "with": story }),
        json!({ "do": "split", "story": story, "reports": [] }),
        json!({ "do": "move", "report": "nobody", "story": story }),
        json!({ "do": "rule", "story": story, "finding": "nothing", "ruling": "dismissed" }),
    ] {
        let new = json!({ "who": "Ada Orr", "reason": "r", "action": action });
        let answer = room.post("/api/v1/corrections", new).await;
        let (status, detail, next) = answer.problem();
        assert!(matches!(status, 404 | 422) && !detail.is_empty() && !next.is_empty(), "{action}: {status} {detail}");
    }
}
