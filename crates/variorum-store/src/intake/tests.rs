use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::json;
use variorum_news::{Note, Removed, Report, Span};

use super::Receipt;
use crate::invented::{NOW, report, store, store_of};

#[test]
fn a_report_is_new_then_known_then_revised() {
    let (_folder, store) = store();
    let first = report(1);
    assert_eq!(store.keep(vec![first.clone()], NOW).unwrap(), [Receipt::New { seq: 1, id: "r1".into() }]);

    let mut again = first.clone();
    again.id = "elsewhere".into();
    again.url = Some("http://herald.example/news/1/?utm_source=feed".to_owned());
    again.removed = vec![Removed { text: "Buy a boat".to_owned(), reason: "advertisement".to_owned() }];
    assert_eq!(store.keep(vec![again.clone()], NOW + 60).unwrap(), [Receipt::Known { seq: 1, id: "r1".into() }]);

    again.text.push_str("\nThis story was updated.");
    let revised = [Receipt::Revised { seq: 1, id: "r1".into(), n: 2 }];
    assert_eq!(store.keep(vec![again.clone()], NOW + 120).unwrap(), revised);

    let (row, revisions) = store.read(|view| Ok((view.report_row(1)?.unwrap(), view.revisions(1)?))).unwrap();
    assert_eq!((row.first_seen, row.last_seen, row.revised, row.revisions), (NOW, NOW + 120, NOW + 120, 2));
    assert_eq!(revisions.iter().map(|r| (r.n, r.seen)).collect::<Vec<_>>(), [(1, NOW), (2, NOW + 120)]);
    assert_eq!(revisions[0].report, first);
    let now = &revisions[1].report;
    assert_eq!((&*now.id, &now.text), ("r1", &again.text));
    assert_eq!(&*now.credits[0].span.as_ref().unwrap().report, "r1", "spans follow the name");
    assert_eq!(store.read(|view| view.report(1)).unwrap().as_ref(), Some(now));
}

#[test]
fn words_that_come_back_are_a_revision_again() {
    let (_folder, store) = store();
    let (first, mut second) = (report(1), report(1));
    second.title = Some("Ferry: what we know".to_owned());
    let receipts = store.keep(vec![first.clone(), second, first.clone()], NOW).unwrap();
    assert!(matches!(
        receipts[..],
        [Receipt::New { .. }, Receipt::Revised { n: 2, .. }, Receipt::Revised { n: 3, .. }]
    ));
    let revisions = store.read(|view| view.revisions(1)).unwrap();
    assert_eq!(revisions[0].report, revisions[2].report);
}

#[test]
fn two_feeds_with_one_name_keep_both_reports() {
    let (_folder, store) = store();
    let (first, mut second) = (report(1), report(1));
    second.url = Some("https://tribune.example/ferry".to_owned());
    second.text = "Another ferry sank.".to_owned();
    let receipts = store.keep(vec![first, second.clone()], NOW).unwrap();
    let Receipt::New { seq: 2, id } = &receipts[1] else { panic!("{receipts:?}") };
    assert!(id.starts_with("r1~") && id.len() == 11, "{id}");
    let (kept, problems) = store.read(|view| Ok((view.report(2)?.unwrap(), view.problems(5)?))).unwrap();
    assert_eq!((&kept.id, &kept.text), (id, &second.text));
    assert!(problems[0].1.reason.contains("`r1` is the name of another report"));
    // The same report comes again under the name that its feed gives it.
    assert_eq!(store.keep(vec![second], NOW + 9).unwrap(), [Receipt::Known { seq: 2, id: id.clone() }]);
}

#[test]
fn a_report_without_an_address_is_known_by_its_name() {
    let (_folder, store) = store();
    let file = Report::of_text("notes", "Two ferries sank.");
    let receipts = store.keep(vec![file.clone(), file], NOW).unwrap();
    assert!(matches!(receipts[..], [Receipt::New { .. }, Receipt::Known { .. }]));
    assert_eq!(store.read(|view| view.seq("notes")).unwrap(), Some(1));
    assert!(store.keep(Vec::new(), NOW).unwrap().is_empty());
}

#[test]
fn many_hands_write_at_once() {
    let (_folder, store) = store();
    std::thread::scope(|scope| {
        for hand in 0..8 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..20 {
                    let receipts = store.keep(vec![report(hand * 20 + n)], NOW).unwrap();
                    let seq = receipts[0].seq();
                    assert!(store.read(|view| view.report(seq)).unwrap().is_some(), "acknowledged, so it is there");
                }
            });
        }
    });
    assert_eq!(store.read(|view| view.count()).unwrap(), 160);
    assert_eq!(store.read(|view| view.change()).unwrap(), 160);
}

#[test]
fn lists_go_in_the_order_of_coming() {
    let (_folder, store) = store_of(0..10);
    let ids = |rows: Vec<crate::ReportRow>| rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(store.read(|view| view.reports_after(7, 2)).unwrap()), ["r7", "r8"]);
    assert_eq!(ids(store.read(|view| view.reports_of_outlet("The Tribune", i64::MAX, 2)).unwrap()), ["r7", "r4"]);
    let outlets = store.read(|view| view.outlets()).unwrap();
    assert_eq!(
        outlets.iter().map(|o| (&*o.outlet, o.reports)).collect::<Vec<_>>(),
        [("Delmare Herald", 4), ("Le Journal", 3), ("The Tribune", 3)]
    );
    let key = store.read(|view| view.report_row_of_key("herald.example/news/3")).unwrap();
    assert_eq!(key.unwrap().seq, 4);
}

fn any_report() -> impl Strategy<Value = Report> {
    let texts = (option::of(".*"), option::of("[^/]{0,20}"), option::of(".{0,9}"), option::of("\\PC{0,12}"));
    let rest = (
        vec(".{0,8}", 0..3),
        option::of(any::<f64>().prop_filter("JSON has no others", |x| x.is_finite())),
        "(?s).{0,200}",
    );
    ("\\PC{1,9}", texts, rest).prop_map(|(id, (url, outlet, published, title), (byline, confidence, text))| {
        let span = Span { report: id.as_str().into(), start: 0, end: 0, text: String::new() };
        let mut report = Report::of_text(id, text);
        report.url = url.map(|path| format!("https://herald.example/{path}"));
        (report.outlet, report.published, report.title) = (outlet.clone(), published, title.clone());
        (report.byline, report.confidence) = (byline, confidence);
        report.notes = vec![Note { span: Some(span), note: outlet.unwrap_or_default() }];
        report.extra.insert("seen".to_owned(), json!({ "a": [1.5, null, title] }));
        report
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_report_comes_back_byte_for_byte(report in any_report()) {
        let (_folder, store) = store();
        let receipts = store.keep(vec![report.clone()], NOW).unwrap();
        let kept = store.read(|view| view.report(receipts[0].seq())).unwrap().unwrap();
        prop_assert_eq!(serde_json::to_string(&kept).unwrap(), serde_json::to_string(&report).unwrap());
        let again = store.keep(vec![report], NOW).unwrap();
        prop_assert!(matches!(again[0], Receipt::Known { .. }), "{:?}", again);
    }
}
