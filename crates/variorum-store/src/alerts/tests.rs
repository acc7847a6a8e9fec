//! What a desk relies on when it asks to be told.

use tempfile::TempDir;

use super::{Claimed, DeliveryState, Line, NewAlert, NewChannel, NewRule, Outcome, Watched, When, Words};
use crate::invented::{NOW, report};
use crate::search::Search;
use crate::{Placed, Store};

fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("v.db")).unwrap();
    (folder, store)
}

fn rule(name: &str, channels: Vec<NewChannel>) -> NewRule {
    let watched = Watched { when: When::Drift, story: None, query: None, source: None };
    NewRule { name: name.to_owned(), watched, channels, who: "Mira Sand".to_owned(), at: NOW }
}

fn both() -> Vec<NewChannel> {
    vec![
        NewChannel::Webhook("https://desk.example/hook/s3cret".to_owned()),
        NewChannel::Mail("night@desk.example".to_owned()),
    ]
}

fn make(store: &Store, rule: NewRule) -> i64 {
    store.write(move |writing| writing.make_rule(rule)).unwrap().unwrap().n
}

fn refused(store: &Store, rule: NewRule) -> String {
    store.write(move |writing| writing.make_rule(rule)).unwrap().unwrap_err()
}

fn found(rule: i64, keys: &[&str]) -> NewAlert {
    let words = Words { says: "A rewrite changes what its source says".to_owned(), ..Words::default() };
    NewAlert { rule, at: NOW, story: None, keys: keys.iter().map(|key| (*key).to_owned()).collect(), words }
}

fn tell(store: &Store, alert: NewAlert) -> Option<i64> {
    store.write(move |writing| writing.tell(&alert)).unwrap()
}

fn claim(store: &Store, kinds: &'static [&'static str], now: i64) -> Option<Claimed> {
    store.write(move |writing| writing.claim(kinds, now)).unwrap()
}

fn ended(store: &Store, claimed: &Claimed, outcome: Outcome, now: i64) {
    let claimed = claimed.clone();
    store.write(move |writing| writing.sent(&claimed, &outcome, now)).unwrap();
}

fn states(store: &Store, alert: i64) -> Vec<(String, DeliveryState)> {
    let alert = store.read(|view| view.alert(alert)).unwrap().unwrap();
    alert.deliveries.into_iter().map(|sent| (sent.kind, sent.state)).collect()
}

#[test]
fn the_same_thing_is_told_once() {
    let (_folder, store) = store();
    let n = make(&store, rule("Drift", both()));
    assert!(tell(&store, found(n, &["a", "b"])).is_some());
    assert_eq!(tell(&store, found(n, &["b"])), None);
    assert_eq!(tell(&store, found(n, &["a", "b"])), None);
    assert!(tell(&store, found(n, &["b", "c"])).is_some(), "something in it is new");
    let other = make(&store, rule("The same for the night desk", vec![]));
    assert!(tell(&store, found(other, &["a"])).is_some(), "each rule tells for itself");
}

#[test]
fn what_is_found_waits_on_every_channel_from_the_same_moment() {
    let (_folder, store) = store();
    let n = make(&store, rule("Drift", both()));
    let alert = tell(&store, found(n, &["a"])).unwrap();
    let waits = |kind: &str| (kind.to_owned(), DeliveryState::Waiting);
    assert_eq!(states(&store, alert), [waits("webhook"), waits("mail")]);
}

#[test]
fn secrets_are_told_once_and_never_shown() {
    let (_folder, store) = store();
    let made = store.write(|writing| writing.make_rule(rule("Drift", both()))).unwrap().unwrap();
    let (to, secret) = &made.secrets[0];
    assert!(secret.starts_with("whsec_") && secret.len() > 40 && to == "https://desk.example/…", "{to}");
    let rules = store.read(|view| view.rules()).unwrap();
    let shown = format!("{rules:?} {}", serde_json::to_string(&rules).unwrap());
    assert!(!shown.contains("s3cret") && !shown.contains(secret), "{shown}");
    tell(&store, found(made.n, &["a"])).unwrap();
    let claimed = claim(&store, &["webhook"], NOW).unwrap();
    assert_eq!(claimed.secret.as_deref(), Some(secret.as_str()));
    assert!(!format!("{claimed:?}").contains("s3cret"));
}

#[test]
fn what_was_on_its_way_in_a_crash_is_sent_again_or_left_to_a_person() {
    let (folder, store) = store();
    let n = make(&store, rule("Drift", both()));
    let alert = tell(&store, found(n, &["a"])).unwrap();
    let first = claim(&store, &["webhook", "mail"], NOW).unwrap();
    let second = claim(&store, &["webhook", "mail"], NOW).unwrap();
    assert_ne!(first.channel, second.channel);
    assert_eq!(claim(&store, &["webhook", "mail"], NOW), None, "nobody sends it twice");
    drop(store);

    let store = Store::open(folder.path().join("v.db")).unwrap();
    store.write(|writing| writing.take_up_sending(NOW + 9)).unwrap();
    let now = states(&store, alert);
    assert_eq!(now, [("webhook".to_owned(), DeliveryState::Waiting), ("mail".to_owned(), DeliveryState::Unsure)]);
    let again = claim(&store, &["webhook", "mail"], NOW + 9).unwrap();
    assert_eq!((again.kind.as_str(), again.tries), ("webhook", 2));
    assert_eq!(claim(&store, &["webhook", "mail"], NOW + 9), None);
    let channel = second.channel;
    store.write(move |writing| writing.send_again(alert, channel, NOW + 10)).unwrap();
    assert_eq!(claim(&store, &["mail"], NOW + 10).unwrap().kind, "mail");
}

#[test]
fn a_channel_that_fails_rests_and_holds_up_no_other() {
    let (_folder, store) = store();
    let n = make(&store, rule("Drift", both()));
    tell(&store, found(n, &["a"])).unwrap();
    tell(&store, found(n, &["b"])).unwrap();
    let hook = claim(&store, &["webhook"], NOW).unwrap();
    let later = Outcome::Later { next: NOW + 300, rests: NOW + 60, problem: "answered 503".to_owned() };
    ended(&store, &hook, later, NOW);
    assert_eq!(claim(&store, &["webhook"], NOW + 59), None, "the other alert waits too");
    assert!(claim(&store, &["mail"], NOW).is_some());
    let other = claim(&store, &["webhook"], NOW + 60).unwrap();
    assert_eq!((other.alert, other.failures), (2, 1), "what was tried least goes first");
    ended(&store, &other, Outcome::Sent, NOW + 60);
    assert_eq!(claim(&store, &["webhook"], NOW + 299), None);
    let again = claim(&store, &["webhook"], NOW + 300).unwrap();
    assert_eq!((again.alert, again.tries, again.failures), (1, 2, 0));
}

#[test]
fn a_receiver_that_is_gone_turns_its_channel_off() {
    let (_folder, store) = store();
    let n = make(&store, rule("Drift", both()));
    let first = tell(&store, found(n, &["a"])).unwrap();
    let second = tell(&store, found(n, &["b"])).unwrap();
    let hook = claim(&store, &["webhook"], NOW).unwrap();
    ended(&store, &hook, Outcome::Gone { problem: "answered 410".to_owned() }, NOW);
    for alert in [first, second] {
        assert_eq!(states(&store, alert)[0].1, DeliveryState::Failed);
    }
    let third = tell(&store, found(n, &["c"])).unwrap();
    assert_eq!(states(&store, third).len(), 1, "mail alone");
    let rule = store.read(|view| view.rule(n)).unwrap().unwrap();
    assert_eq!(rule.channels[0].off.as_ref().unwrap().1, "answered 410");
}

#[test]
fn a_rule_that_is_off_tells_nothing_more() {
    let (_folder, store) = store();
    let n = make(&store, rule("Drift", both()));
    let alert = tell(&store, found(n, &["a"])).unwrap();
    store.write(move |writing| writing.end_rule(n, "Mira Sand", NOW)).unwrap();
    assert!(states(&store, alert).iter().all(|(_, state)| *state == DeliveryState::Failed));
    assert_eq!(tell(&store, found(n, &["b"])), None);
    assert_eq!(claim(&store, &["webhook", "mail"], NOW + 9), None);
    assert!(store.write(move |writing| writing.end_rule(n, "Mira Sand", NOW)).is_err());
    make(&store, rule("Drift", vec![]));
}

#[test]
fn an_alert_forgets_with_the_report() {
    let (_folder, store) = store();
    let receipts = store.keep(vec![report(1)], NOW).unwrap();
    let n = make(&store, rule("Drift", both()));
    let line = Line { label: "A rewrite".to_owned(), report: Some(receipts[0].id().clone()), ..Line::default() };
    let mut alert = found(n, &["a"]);
    alert.words.lines.push(line);
    let alert = tell(&store, alert).unwrap();
    store.forget(vec![receipts[0].seq()], NOW).unwrap();
    assert_eq!(store.read(|view| view.alert(alert)).unwrap().unwrap().words, None);
    assert!(states(&store, alert).iter().all(|(_, state)| *state == DeliveryState::Failed));
    assert_eq!(tell(&store, found(n, &["a"])), None, "it is not told anew");
    assert!(store.write(move |writing| writing.send_again(alert, 1, NOW)).is_err());
}

#[test]
fn stories_move_in_order_while_anybody_asks() {
    let (_folder, store) = store();
    let edition = |story: &'static str| store.write(move |writing| writing.put_edition(story, NOW, &1)).unwrap();
    edition("before");
    let n = make(&store, rule("Drift", vec![]));
    edition("s1");
    edition("s2");
    let moved = |after| store.read(|view| view.moved_after(after, 9)).unwrap();
    let names: Vec<String> = moved(0).into_iter().map(|(_, story)| story).collect();
    assert_eq!(names, ["s1", "s2"]);
    let last = moved(0)[1].0;
    store
        .write(move |writing| {
            writing.rule_saw(n, last)?;
            writing.drop_moved()
        })
        .unwrap();
    edition("s3");
    assert_eq!(moved(last), [(last + 1, "s3".to_owned())], "a number is not used again");
    store.write(move |writing| writing.end_rule(n, "Mira Sand", NOW)).unwrap();
    edition("s4");
    assert_eq!(moved(0).len(), 1);
}

#[test]
fn what_cannot_be_watched_is_refused_with_a_sentence() {
    let (_folder, store) = store();
    let watched = |when, story: Option<&str>, query: Option<&str>| Watched {
        when,
        story: story.map(str::to_owned),
        query: query.map(str::to_owned),
        source: None,
    };
    for (watched, says) in [
        (watched(When::Report, None, None), "give a query"),
        (watched(When::Report, None, Some("\"open")), ""),
        (watched(When::Origin, Some("nobody"), None), "there is no story `nobody`"),
        (watched(When::Origin, Some("s"), Some("ferry")), "not both"),
        (watched(When::Silent, None, Some("ferry")), "takes a source"),
    ] {
        let sentence = refused(&store, NewRule { watched, ..rule("x", vec![]) });
        assert!(sentence.contains(says) && !sentence.is_empty(), "{sentence}");
    }
    for to in
        ["ada@desk.example\r\nBcc: all@desk.example", "ada", "a@b@c", "Ada <ada@desk.example>", "a@b,c@d", "@", "a@-b"]
    {
        assert!(refused(&store, rule("x", vec![NewChannel::Mail(to.to_owned())])).contains("mail address"), "{to}");
    }
    for to in ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://a.example/\r\nx: y", "hook"] {
        assert!(refused(&store, rule("x", vec![NewChannel::Webhook(to.to_owned())])).contains("webhook"), "{to}");
    }
    assert!(refused(&store, rule(" ", vec![])).contains("name"));
    make(&store, rule("Drift", vec![]));
    assert!(refused(&store, rule(" Drift ", vec![])).contains("there is a rule"));
}

#[test]
fn a_query_is_asked_of_a_few_reports() {
    let (_folder, store) = store();
    let receipts = store.keep((1..40).map(report).collect(), NOW).unwrap();
    let search = Search::open(&store);
    search.catch_up(&store).unwrap();
    let seqs: Vec<_> = receipts.iter().map(crate::Receipt::seq).collect();
    let all = search.among(&store, "", &seqs).unwrap();
    assert_eq!(all.len(), 39);
    assert_eq!(search.among(&store, "", &seqs[3..5]).unwrap().into_iter().collect::<Vec<_>>(), seqs[3..5]);
    assert!(search.among(&store, "nobodywrotethis", &seqs).unwrap().is_empty());
    let seq = seqs[0];
    let placed = Placed { report: seq, automatic: "s".into(), story: "s".into(), score: 1.0, duplicate_of: None };
    store.write(move |writing| writing.place(&placed)).unwrap();
    assert_eq!(search.among(&store, "story:s", &seqs).unwrap().into_iter().collect::<Vec<_>>(), [seq]);
}

#[test]
fn nobody_is_flooded_with_mail() {
    let (_folder, store) = store();
    let n = make(&store, rule("Drift", both()));
    for key in 0..62 {
        tell(&store, found(n, &[&key.to_string()])).unwrap();
    }
    let mut mails = 0;
    while let Some(mail) = claim(&store, &["mail"], NOW) {
        ended(&store, &mail, Outcome::Sent, NOW);
        mails += 1;
    }
    assert_eq!(mails, 60);
    assert!(claim(&store, &["webhook"], NOW).is_some(), "programs take more");
    assert!(claim(&store, &["mail"], NOW + 3_599).is_none());
    assert!(claim(&store, &["mail"], NOW + 3_600).is_some());
}
