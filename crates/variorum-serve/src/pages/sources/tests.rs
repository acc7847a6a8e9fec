use axum::http::StatusCode;
use variorum_store::{Checked, Found, NewSource};

use crate::door::tests::{get, words};
use crate::pages::tests::{Room, newsroom, now};

fn watch(room: &Room, address: &str, found: Found) {
    let (new, checked) = (
        NewSource { shown: Some(address.replace("ada:secret@", "")), ..NewSource::of(address) },
        Checked { at: now(), due: now() + 3_600, held: None, every: None, moved: None, found },
    );
    let listed = room.state().store.write(move |writing| {
        let (n, _) = writing.list_source(&new, now())?;
        writing.note_source(n, &checked)
    });
    listed.unwrap();
}

fn read(title: &str) -> Found {
    Found::Read {
        etag: None,
        last_modified: None,
        title: Some(title.to_owned()),
        outlet: Some(title.to_owned()),
        remark: None,
        items: 3,
        new: 3,
    }
}

#[tokio::test]
async fn the_worst_stands_first_and_no_secret_is_shown() {
    let room = newsroom();
    watch(&room, "https://ada:secret@herald.example/feed", read("<b>Herald</b>"));
    watch(&room, "https://post.example/feed", Found::Failed("the server failed (500)".to_owned()));
    let app = crate::app(room.state());
    let page = words(get(&app, "/sources").await).await;
    assert!(page.contains("2 sources: 1 failing, 1 well."), "{page}");
    assert!(page.find("the server failed").unwrap() < page.find("&lt;b&gt;Herald").unwrap());
    let facts = words(get(&app, "/sources.json").await).await;
    let list = words(get(&app, "/sources.opml").await).await;
    assert!(list.starts_with("<?xml") && list.contains("https://herald.example/feed"), "{list}");
    for text in [page, facts, list] {
        assert!(!text.contains("secret@") && !text.contains("ada:"), "{text}");
    }
}

#[tokio::test]
async fn only_a_form_of_ours_changes_a_source() {
    let room = newsroom();
    watch(&room, "https://herald.example/feed", read("Herald"));
    let app = crate::app(room.state());
    let request = axum::http::Request::post("/sources/1/remove").body(axum::body::Body::from("who=x")).unwrap();
    let answer = tower::ServiceExt::oneshot(app.clone(), request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(words(get(&app, "/sources").await).await.contains("1 source:"));
}
