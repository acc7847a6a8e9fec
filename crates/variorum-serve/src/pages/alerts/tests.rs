//! What a desk does with its alerts in a browser.

use axum::http::{StatusCode, header};
use variorum_store::alerts::{Line, NewAlert, Words};

use crate::address;
use crate::door::tests::{get, secret, words};
use crate::pages::tests::{Room, desk, json, now, post};

/// Tells something of a rule in the story of the ferries; its words are a stranger's.
fn told(room: &Room, rule: i64, key: &str) -> i64 {
    let span = |text: &str| variorum_news::Span {
        report: "herald-1".into(),
        start: 0,
        end: text.chars().count(),
        text: text.to_owned(),
    };
    let line = Line {
        label: "New".to_owned(),
        report: Some("herald-1".into()),
        outlet: Some("<b>Herald".to_owned()),
        url: Some("javascript:alert(1)".to_owned()),
        span: Some(span("<script>alert(1)</script>")),
        ..Line::default()
    };
    let words = Words {
        says: "A figure is told differently".to_owned(),
        title: Some(span("Two <i>ferries")),
        lines: vec![line],
        ..Words::default()
    };
    let alert = NewAlert { rule, at: now(), story: Some(room.story_of("herald-1")), keys: vec![key.to_owned()], words };
    room.state().store.write(move |writing| writing.tell(&alert)).unwrap().unwrap()
}

#[tokio::test]
async fn a_rule_is_made_from_a_story_and_turned_off() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    let story = room.story_of("herald-1");
    let page = words(get(&app, &address::story(&story)).await).await;
    let link = format!("/alerts?story={}#make", address::encode(&story));
    assert!(page.contains(&format!("href=\"{link}\"")), "{page}");
    let form = words(get(&app, link.split('#').next().unwrap()).await).await;
    assert!(form.contains(&format!("name=\"story\" value=\"{story}\"")) && form.contains("<details id=\"make\" open"));
    let fields = format!(
        "name=Origins&when=origin&story={}&who=Ada",
        address::encode(&format!("http://localhost:8417{}", address::story(&story)))
    );
    let made = post(&app, &secret, "/alerts", &fields).await;
    assert_eq!(made.headers()[header::LOCATION], "/alerts#r1");
    let page = words(get(&app, "/alerts").await).await;
    assert!(
        page.contains("Origins") && page.contains("a story gains an independent origin") && page.contains("one story")
    );
    assert_eq!(json(&app, "/alerts.json").await["rules"][0]["watched"]["story"], story);
    let again = post(&app, &secret, "/alerts", &fields).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post(&app, &secret, "/alerts/1/off", "who=Ada").await.status(), StatusCode::SEE_OTHER);
    assert!(words(get(&app, "/alerts").await).await.contains("Turned off by"));
    let without = ("x".to_owned(), "y".to_owned());
    assert_eq!(post(&app, &without, "/alerts", "name=x&when=drift&who=Ada").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_secret_of_a_webhook_is_shown_once() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    let fields = "name=Drift&when=drift&who=Ada&webhook=https%3A%2F%2Fdesk.example%2Fhook%2Fs3cret";
    let made = post(&app, &secret, "/alerts", fields).await;
    assert_eq!(
        (made.status(), made.headers()[header::CACHE_CONTROL].to_str().unwrap()),
        (StatusCode::CREATED, "no-store")
    );
    assert!(words(made).await.contains("<code>whsec_"));
    for path in ["/alerts", "/alerts.json", "/alerts.atom", "/api/v1/rules"] {
        let page = words(get(&app, path).await).await;
        assert!(!page.contains("whsec_") && !page.contains("s3cret"), "{path}");
    }
    let page = words(get(&app, "/alerts").await).await;
    assert!(page.contains("https://desk.example/…") && page.contains("was not told how to send it"));
}

#[tokio::test]
async fn words_of_strangers_stay_words() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    post(&app, &secret, "/alerts", "name=%3Cscript%3Ex&when=figure&who=%3Cb%3EAda").await;
    let alert = told(&room, 1, "a");
    let page = words(get(&app, "/alerts").await).await;
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains(&format!("id=\"a{alert}\"")));
    assert!(
        !page.contains("<script>alert")
            && !page.contains("<i>ferries")
            && !page.contains("javascript:")
            && !page.contains("<b>")
    );
    let feed = get(&app, "/alerts/1.atom").await;
    assert_eq!(feed.headers()[header::CONTENT_TYPE], "application/atom+xml; charset=utf-8");
    let feed = words(feed).await;
    assert!(
        feed.contains("A figure is told differently: Two &lt;i&gt;ferries") && feed.contains("&amp;lt;script&amp;gt;"),
        "{feed}"
    );
    assert!(feed.contains(&format!("href=\"http://localhost:8417{}\"", address::story(&room.story_of("herald-1")))));
    assert_eq!(get(&app, "/alerts/2.atom").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(get(&app, "/alerts/1.csv").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_may_have_gone_out_is_sent_again_by_hand() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    post(&app, &secret, "/alerts", "name=Drift&when=drift&who=Ada&mail=night%40desk.example").await;
    let alert = told(&room, 1, "a");
    let store = room.state().store;
    assert!(words(get(&app, "/alerts").await).await.contains("waits to be sent"));
    store.write(|writing| writing.claim(&["mail"], now())).unwrap().unwrap();
    store.write(|writing| writing.take_up_sending(now())).unwrap();
    let page = words(get(&app, "/alerts").await).await;
    assert!(page.contains("may have gone out") && page.contains("Send the mail again"));
    let again = post(&app, &secret, &format!("/alerts/{alert}/again"), "channel=1").await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
    assert!(store.write(|writing| writing.claim(&["mail"], now())).unwrap().is_some());
    assert_eq!(
        post(&app, &secret, &format!("/alerts/{alert}/again"), "channel=1").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_long_list_goes_on() {
    let room = desk();
    let app = crate::app(room.state());
    let secret = secret(&app).await;
    post(&app, &secret, "/alerts", "name=Drift&when=drift&who=Ada").await;
    for n in 0..60 {
        told(&room, 1, &n.to_string());
    }
    let facts = json(&app, "/alerts.json?rule=1").await;
    assert_eq!(facts["alerts"].as_array().unwrap().len(), 50);
    let next = json(&app, &format!("/alerts.json?rule=1&cursor={}", facts["next"].as_str().unwrap())).await;
    assert_eq!((next["alerts"].as_array().unwrap().len(), next["next"].is_null()), (10, true));
    assert_eq!(get(&app, "/alerts?rule=x").await.status(), StatusCode::NOT_FOUND);
}
