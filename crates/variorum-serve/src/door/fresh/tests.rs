//! What is kept is what would be made.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;
use variorum_news::Story;
use variorum_newsroom::{Action, By, Ruling, correct, undo, variant_key};

use crate::address;
use crate::door::tests::{get, words};
use crate::pages::tests::{HERALD, Room, desk, now};
use crate::work::Board;

fn ruled(room: &Room, action: Action) {
    let by = By { who: "Ada".to_owned(), reason: "seen".to_owned() };
    correct(&room.state().store, action, by, now()).unwrap();
}

/// What depends on one story or report, and is never older than the record. None of it holds the secret of a server.
fn told(stories: &[String]) -> Vec<String> {
    let mut paths = Vec::new();
    for story in stories {
        let (page, api) = (address::story(story), format!("/api/v1/stories/{}", address::encode(story)));
        paths.extend([".json", ".json?since=1", ".prov.json", ".jsonld"].map(|suffix| format!("{page}{suffix}")));
        paths.extend([format!("{page}/variants.csv"), format!("{api}/changes?since=1"), api]);
    }
    for report in ["herald-1", "digest", "ballot"] {
        paths.extend([format!("{}.json", address::report(report)), format!("/api/v1/reports/{report}")]);
    }
    paths
}

const LISTS: [&str; 6] =
    ["/index.json", "/feed.atom", "/outlet/Daily%20Digest.json", "/corrections.json", "/api/v1/stories", "/feed.json"];

#[tokio::test]
async fn what_is_kept_is_never_older_than_what_was_done() {
    let room = desk();
    let store = room.state().store;
    let (ferries, tram) = (room.story_of("herald-1"), room.story_of("ballot"));
    let busy = crate::app_at(room.state(), Board::at_work());
    let idle = crate::app(room.state());
    let told = told(&[ferries.clone(), tram.clone()]);
    let dismiss = || {
        let story: Story = store.read(|view| view.story(&ferries)).unwrap().unwrap();
        let finding = variant_key(&story.variants[0]);
        ruled(&room, Action::Rule { story: ferries.clone(), finding, ruling: Ruling::Dismissed });
    };
    let revised = HERALD.replace("12 people", "13 people");
    let steps: [(&str, &dyn Fn()); 16] = [
        ("nothing", &|| {}),
        ("another report", &|| room.keep("other", "Karsholm Post", "A third ferry sailed late.")),
        ("it is placed", &|| room.work()),
        ("a revision", &|| room.keep("herald-1", "Delmare Herald", &revised)),
        ("made anew", &|| room.work()),
        ("revised", &|| room.keep("herald-1", "Delmare Herald", HERALD)),
        ("and back", &|| room.keep("herald-1", "Delmare Herald", &revised)),
        ("the same", &|| room.work()),
        ("dismissed", &dismiss),
        ("taken back", &|| undo(&store, 1, "Ada", now()).unwrap()),
        ("merged", &|| ruled(&room, Action::Merge { story: ferries.clone(), with: tram.clone() })),
        ("made", &|| room.work()),
        ("apart again", &|| undo(&store, 2, "Ada", now()).unwrap()),
        ("moved", &|| ruled(&room, Action::Move { report: "digest".into(), story: tram.clone() })),
        ("the address", &|| store.write(|writing| writing.put_setting("address", "https://news.example")).unwrap()),
        ("forgotten", &|| {
            let seq = store.read(|view| view.seq("herald-1")).unwrap().unwrap();
            store.write(move |writing| writing.forget(&[seq], now())).unwrap();
        }),
    ];
    for (step, act) in steps {
        act();
        let new = crate::app(room.state());
        let lists = LISTS.map(str::to_owned);
        for (path, on) in
            told.iter().flat_map(|path| [(path, &busy), (path, &idle)]).chain(lists.iter().map(|l| (l, &idle)))
        {
            for _ in 0..2 {
                let (kept, made) = (get(on, path).await, get(&new, path).await);
                assert_eq!(kept.status(), made.status(), "{step}: {path}");
                assert_eq!(kept.headers().get(header::ETAG), made.headers().get(header::ETAG), "{step}: {path}");
                assert_eq!(words(kept).await, words(made).await, "{step}: {path}");
            }
        }
    }
}

#[tokio::test]
async fn reports_of_other_stories_leave_a_story_kept() {
    let room = desk();
    let state = room.state();
    let ferries = room.story_of("herald-1");
    let of = || state.store.read(|view| Ok((view.state_of_story(&ferries)?, view.state_of_report("digest")?))).unwrap();
    let before = of();
    room.keep("other", "Karsholm Post", "Snow fell on the hills of Ostrana all night long.");
    room.work();
    assert_eq!(of(), before);
    assert!(before.0.is_some() && before.1.is_some());
    assert_eq!(state.store.read(|view| view.state_of_story("nobody")).unwrap(), None);
}

#[tokio::test]
async fn a_list_may_lag_while_a_desk_works_but_not_behind_what_was_said_here() {
    let room = desk();
    let app = crate::app_at(room.state(), Board::at_work());
    let (cookie, token) = crate::door::tests::secret(&app).await;
    let _first = get(&app, "/corrections.json").await;
    let (ferries, tram) = (address::story(&room.story_of("herald-1")), room.story_of("ballot"));
    let form = format!("token={token}&with={}&who=Ada&reason=seen", address::encode(&tram));
    let post = Request::post(format!("{ferries}/merge"))
        .header("host", "localhost:8417")
        .header("cookie", cookie)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(form));
    let answer = app.clone().oneshot(post.unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert!(words(get(&app, "/corrections.json").await).await.contains("seen"));
}

#[tokio::test]
async fn what_is_packed_is_the_same() {
    let room = desk();
    let app = crate::app(room.state());
    for path in ["/", "/feed.atom", "/search?q=ferries", "/api/v1/stories"] {
        let ask = |takes: &str| {
            let request = Request::get(path).header("host", "localhost:8417").header("accept-encoding", takes);
            app.clone().oneshot(request.body(Body::empty()).unwrap())
        };
        let plain = ask("gzip;q=0").await.unwrap();
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING), "{path}");
        for _ in 0..2 {
            let packed = ask("br, gzip").await.unwrap();
            assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip", "{path}");
            assert_eq!(packed.headers()[header::VARY], "accept-encoding", "{path}");
            assert_eq!(packed.headers()[header::ETAG], plain.headers()[header::ETAG], "{path}");
            let bytes = axum::body::to_bytes(packed.into_body(), 1 << 20).await.unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text).unwrap();
            assert_eq!(text, words(ask("").await.unwrap()).await, "{path}");
        }
    }
}

#[tokio::test]
async fn many_who_ask_at_once_get_the_same() {
    let room = desk();
    let app = crate::app(room.state());
    for path in ["/search.json?q=ferries", "/index.json"] {
        let asked: Vec<_> = (0..50)
            .map(|_| {
                tokio::spawn({
                    let app = app.clone();
                    async move { words(get(&app, path).await).await }
                })
            })
            .collect();
        let alone = words(get(&app, path).await).await;
        for one in asked {
            assert_eq!(one.await.unwrap(), alone);
        }
    }
}
