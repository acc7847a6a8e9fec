//! Each thing is told once, whatever happens between.

use variorum_store::alerts::When;
use variorum_store::{Checked, Found, NewSource};

use super::desk::{BALLOT, COURIER, DIGEST, HERALD, NOW, Room, SHORT, said};

#[test]
fn a_new_report_that_a_search_finds_is_told_once() {
    let room = Room::new();
    room.comes("old", "Karsholm Post", "A ferry left Delmare an hour late on Sunday, Jon Weir said.");
    room.rule(When::Report, None, Some("ferry"));
    assert_eq!(said(&room.look(NOW)), Vec::<String>::new(), "what is there is no news");
    room.keep("ballot", "Ostrana Observer", BALLOT);
    room.comes("herald", "Delmare Herald", HERALD);
    let told = room.look(NOW);
    let says = said(&told);
    assert_eq!(says.len(), 1, "{says:?}");
    assert!(says[0].starts_with("A new report | A new report herald “Two ferries collided off Delmare"), "{says:?}");
    let words = told[0].words.as_ref().unwrap();
    assert_eq!(words.lines[0].outlet.as_deref(), Some("Delmare Herald"));
    room.make_anew();
    assert!(room.look(NOW + 9_999).is_empty());
    room.keep("herald", "Delmare Herald", &HERALD.replace("thick fog", "fog"));
    room.work();
    assert!(room.look(NOW + 9_999).is_empty(), "a revision of it is no new report");
}

#[test]
fn the_reports_of_one_burst_are_told_together() {
    let room = Room::new();
    room.rule(When::Report, None, Some("ferries"));
    room.comes("herald", "Delmare Herald", HERALD);
    assert_eq!(room.look(NOW).len(), 1);
    room.comes("digest", "Daily Digest", DIGEST);
    assert!(room.look(NOW + 60).is_empty(), "it gathers");
    room.comes("courier", "Vesterland Courier", COURIER);
    let room = room.again();
    assert!(room.look(NOW + 599).is_empty());
    let told = room.look(NOW + 600);
    let says = said(&told);
    assert!(says.len() == 1 && says[0].contains("digest") && says[0].contains("courier"), "{says:?}");
    assert!(says[0].contains("with words of another digest"), "{says:?}");
    assert!(room.look(NOW + 9_999).is_empty());
}

#[test]
fn a_story_that_gains_an_origin() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    let story = room.story_of("herald");
    let followed = room.rule(When::Origin, Some(&story), None);
    let any = room.rule(When::Origin, None, None);
    let searched = room.rule(When::Origin, None, Some("petrel"));
    let other = room.rule(When::Origin, None, Some("tram"));
    room.comes("digest", "Daily Digest", DIGEST);
    assert!(room.look(NOW).is_empty(), "a copy is no origin");
    room.comes("courier", "Vesterland Courier", COURIER);
    assert_eq!(room.story_of("courier"), story);
    let told = room.look(NOW);
    let rules: Vec<i64> = told.iter().map(|alert| alert.rule).collect();
    assert_eq!(rules, [followed, any, searched], "{:?}, not {other}", said(&told));
    for says in said(&told) {
        assert!(
            says.starts_with("A new independent origin | ") && says.contains(" courier “A collision of two"),
            "{says}"
        );
    }
    assert!(told[0].words.as_ref().unwrap().counts.as_ref().unwrap().contains("2 independent origins"));
    room.make_anew();
    assert!(room.look(NOW).is_empty());
}

#[test]
fn what_the_program_is_not_sure_of_is_told_when_it_is() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    room.rule(When::Origin, None, None);
    room.comes("courier", "Vesterland Courier", SHORT);
    assert!(room.look(NOW).is_empty(), "too short to tell whose words they are");
    room.comes("courier", "Vesterland Courier", COURIER);
    assert_eq!(room.look(NOW).len(), 1);
    room.comes("courier", "Vesterland Courier", SHORT);
    room.comes("courier", "Vesterland Courier", &COURIER.replace("many waited", "most waited"));
    assert!(room.look(NOW).is_empty());
}

#[test]
fn the_first_origin_of_a_story_is_none_that_it_gained() {
    let room = Room::new();
    room.rule(When::Origin, None, None);
    room.comes("herald", "Delmare Herald", HERALD);
    room.comes("ballot", "Ostrana Observer", BALLOT);
    assert!(room.look(NOW).is_empty());
    room.comes("courier", "Vesterland Courier", COURIER);
    assert_eq!(room.look(NOW).len(), 1);
}

#[test]
fn a_figure_that_is_told_differently() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    room.rule(When::Figure, None, None);
    room.comes("digest", "Daily Digest", DIGEST);
    assert!(room.look(NOW).is_empty(), "the same figure again");
    room.comes("courier", "Vesterland Courier", COURIER);
    let says = said(&room.look(NOW));
    assert_eq!(says.len(), 1, "{says:?}");
    assert!(
        says[0].contains("New courier “19 people”") && says[0].contains("Beside it herald “12 people”"),
        "{says:?}"
    );
    room.comes("late", "Karsholm Post", &COURIER.replace("coast guard", "rescue service"));
    assert!(room.look(NOW).is_empty(), "the same two figures");
    room.make_anew();
    assert!(room.look(NOW).is_empty());
}

#[test]
fn a_rewrite_that_bends_its_source() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    room.rule(When::Drift, None, None);
    assert!(room.look(NOW).is_empty());
    room.comes("digest", "Daily Digest", &DIGEST.replace("12 people", "14 people"));
    let says = said(&room.look(NOW));
    assert_eq!(says.len(), 1, "{says:?}");
    assert!(says[0].contains("digest “") && says[0].contains("The source herald “"), "{says:?}");
    room.make_anew();
    let room = room.again();
    assert!(room.look(NOW).is_empty());
}

#[test]
fn a_revision_that_changes_a_figure() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    room.comes("ballot", "Ostrana Observer", BALLOT);
    room.rule(When::Revised, None, None);
    room.comes("ballot", "Ostrana Observer", &BALLOT.replace("the hill district", "its hills"));
    assert!(room.look(NOW).is_empty(), "no figure changed");
    let fourteen = HERALD.replace("12 people", "14 people");
    room.comes("herald", "Delmare Herald", &fourteen);
    // Two revisions before anybody looks.
    room.comes("herald", "Delmare Herald", &fourteen.replace("thick fog", "dense fog"));
    let told = room.look(NOW);
    let says = said(&told);
    assert_eq!(says.len(), 1, "{says:?}");
    assert!(says[0].ends_with("Before herald “12 people” | Now herald “14 people”"), "{says:?}");
    assert_eq!(told[0].words.as_ref().unwrap().lines[0].revision, Some(1));
    room.make_anew();
    assert!(room.look(NOW).is_empty());
}

/// Tells the names of the things that each rule told, whatever alert they were in.
fn grown(at_once: usize, every: usize, between: impl Fn(Room) -> Room) -> Vec<(i64, String)> {
    let mut room = Room::new();
    room.at_once = at_once;
    room.comes("herald", "Delmare Herald", HERALD);
    room.comes("ballot", "Ostrana Observer", BALLOT);
    for when in [When::Report, When::Origin, When::Figure, When::Drift, When::Revised] {
        room.rule(when, None, Some("said").filter(|_| when == When::Report));
    }
    let story = room.story_of("herald");
    room.rule(When::Report, Some(&story), None);
    room.rule(When::Origin, Some(&story), None);
    let steps: [(&str, &str, String); 5] = [
        ("digest", "Daily Digest", DIGEST.to_owned()),
        ("courier", "Vesterland Courier", COURIER.to_owned()),
        ("ballot", "Ostrana Observer", BALLOT.replace("54 percent", "56 percent")),
        ("tribune", "The Tribune", DIGEST.replace("12 people", "22 people")),
        ("post", "Karsholm Post", COURIER.replace("three boats", "four boats")),
    ];
    let mut told = Vec::new();
    let mut now = NOW;
    for (n, (id, outlet, text)) in steps.into_iter().enumerate() {
        room.comes(id, outlet, &text);
        room = between(room);
        if n % every == every - 1 {
            now += 3_600;
            told.extend(room.look(now));
        }
    }
    told.extend(room.look(now + 3_600));
    told.extend(room.look(now + 7_200));
    let mut things = Vec::new();
    for alert in told {
        let words = alert.words.unwrap();
        assert!(words.lines.iter().all(|line| line.report.is_some() && line.span.is_some()), "{words:?}");
        if matches!(alert.watched.when, When::Report | When::Origin) {
            things.extend(words.lines.iter().map(|line| (alert.rule, line.report.as_deref().unwrap().to_owned())));
        }
    }
    things.sort();
    things
}

#[test]
fn however_much_is_looked_at_at_once_the_same_is_told() {
    let one_by_one = grown(1, 1, |room| room);
    assert!(one_by_one.len() >= 8, "{one_by_one:?}");
    let mut once = one_by_one.clone();
    once.dedup();
    assert_eq!(once, one_by_one, "nothing twice");
    assert_eq!(grown(2, 1, |room| room), one_by_one);
    assert_eq!(grown(64, 5, |room| room), one_by_one);
    assert_eq!(grown(1, 1, Room::again), one_by_one);
}

#[test]
fn stories_that_merge_and_part_tell_nothing_twice() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    room.comes("ballot", "Ostrana Observer", BALLOT);
    for when in [When::Report, When::Origin, When::Figure, When::Drift, When::Revised] {
        room.rule(when, None, Some("said").filter(|_| when == When::Report));
    }
    room.comes("courier", "Vesterland Courier", COURIER);
    room.comes("digest", "Daily Digest", &DIGEST.replace("12 people", "14 people"));
    assert!(!room.look(NOW).is_empty());
    let (ferries, ballot) = (room.story_of("herald"), room.story_of("ballot"));
    for n in 0..2 {
        room.merge(&ballot, &ferries);
        let says = said(&room.look(NOW + 9_999 * (2 * n + 1)));
        assert!(says.is_empty(), "{says:?}");
        room.split(&room.story_of("courier"), "courier");
        let says = said(&room.look(NOW + 9_999 * (2 * n + 2)));
        assert!(says.is_empty(), "{says:?}");
        if n == 0 {
            for correction in room.store.read(|view| view.corrections(variorum_store::Standing::Standing)).unwrap() {
                variorum_newsroom::undo(&room.store, correction.n, "Mira Sand", NOW).unwrap();
            }
            room.work();
        }
    }
}

#[test]
fn a_followed_story_tells_of_what_is_merged_into_it() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    room.comes("ballot", "Ostrana Observer", BALLOT);
    let (ferries, ballot) = (room.story_of("herald"), room.story_of("ballot"));
    room.rule(When::Report, Some(&ferries), None);
    assert!(room.look(NOW).is_empty());
    room.merge(&ballot, &ferries);
    let says = said(&room.look(NOW));
    assert!(says.len() == 1 && says[0].contains("A new report ballot"), "{says:?}");
}

#[test]
fn what_a_person_dismissed_is_not_told() {
    let room = Room::new();
    room.comes("herald", "Delmare Herald", HERALD);
    room.comes("digest", "Daily Digest", &DIGEST.replace("12 people", "14 people"));
    room.rule(When::Drift, None, None);
    room.comes("tribune", "The Tribune", &DIGEST.replace("12 people", "15 people"));
    let story = room.story_of("herald");
    let told = room.store.read(|view| Ok(variorum_newsroom::told(view, &story))).unwrap().unwrap().unwrap();
    for drift in &told.story.drift {
        let by = variorum_newsroom::By { who: "Mira Sand".to_owned(), reason: "a correction of theirs".to_owned() };
        let (finding, ruling) = (variorum_newsroom::drift_key(drift), variorum_newsroom::Ruling::Dismissed);
        let action = variorum_newsroom::Action::Rule { story: story.clone(), finding, ruling };
        variorum_newsroom::correct(&room.store, action, by, NOW).unwrap();
    }
    room.work();
    assert!(room.look(NOW).is_empty());
}

#[test]
fn a_source_that_goes_silent_or_fails() {
    let room = Room::new();
    let list = |url: &'static str| {
        let at = NOW - 30 * DAY;
        room.store.write(move |writing| writing.list_source(&NewSource::of(url), at)).unwrap().0
    };
    let note = |n: i64, at: i64, found: Found| {
        let checked = Checked { at, due: at + 3_600, held: None, every: None, moved: None, found };
        room.store.write(move |writing| writing.note_source(n, &checked)).unwrap();
    };
    let failed = || Found::Failed("it answered 500".to_owned());
    let (herald, old) = (list("https://herald.example/feed.xml"), list("https://old.example/feed.xml"));
    note(old, NOW - 20 * DAY, read(3));
    room.rule(When::Silent, None, None);
    room.rule(When::Failing, None, None);
    note(herald, NOW, read(3));
    assert!(room.look(NOW + 6 * DAY).is_empty(), "the other one was silent before anybody asked");
    note(herald, NOW + 7 * DAY, Found::Unchanged);
    let says = said(&room.look(NOW + 7 * DAY));
    assert!(says.len() == 1 && says[0].starts_with("A source went silent | Silent since 5 March 2026"), "{says:?}");
    assert!(room.look(NOW + 8 * DAY).is_empty(), "one silence is told once");
    note(herald, NOW + 9 * DAY, read(1));
    assert!(room.look(NOW + 9 * DAY).is_empty());
    assert_eq!(room.look(NOW + 16 * DAY).len(), 1, "another silence is another");
    note(herald, NOW + 17 * DAY, failed());
    assert!(room.look(NOW + 17 * DAY).is_empty(), "one failure is none");
    note(herald, NOW + 17 * DAY + 60, failed());
    let says = said(&room.look(NOW + 17 * DAY + 60));
    assert!(says.len() == 1 && says[0].contains("A source cannot be read | Failing since"), "{says:?}");
    note(herald, NOW + 17 * DAY + 90, failed());
    assert!(room.again().look(NOW + 18 * DAY).is_empty());
}

const DAY: i64 = 86_400;

fn read(new: u64) -> Found {
    Found::Read { etag: None, last_modified: None, title: None, outlet: None, remark: None, items: 3, new }
}
