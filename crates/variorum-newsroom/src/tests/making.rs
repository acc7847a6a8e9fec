use variorum_news::{Report, Story};

use super::{NOW, add, by_story, bytes, desk, members, report, store, story_of, tell, work};
use crate::{Since, changes, member, outlet};

/// Reports in the order and the parts in which they come.
type Parted = fn(Vec<Report>) -> Vec<Vec<Report>>;

/// Two events, four tellings each.
fn eight() -> Vec<Report> {
    (0..4).flat_map(|n| [report(0, n), report(1, n)]).collect()
}

#[test]
fn the_same_reports_give_the_same_stories_however_they_came() {
    let (_folder, at_once) = store();
    add(&at_once, eight(), NOW);
    assert_eq!(members(&at_once).len(), 2, "{:?}", by_story(&at_once));

    let orders: [Parted; 3] = [
        |all| all.into_iter().map(|one| vec![one]).collect(),
        |mut all| {
            all.reverse();
            all.chunks(3).map(<[Report]>::to_vec).collect()
        },
        |mut all| {
            all.rotate_left(5);
            all.chunks(5).map(<[Report]>::to_vec).collect()
        },
    ];
    for order in orders {
        let (_folder, store) = store();
        for (n, part) in order(eight()).into_iter().enumerate() {
            add(&store, part, NOW + 60 * n as i64);
        }
        assert_eq!(members(&store), members(&at_once));
        assert_eq!(bytes(&store), bytes(&at_once));
    }
}

#[test]
fn a_story_made_again_is_the_story_that_was_made() {
    let (_folder, store) = store();
    add(&store, eight(), NOW);
    let before = bytes(&store);
    store
        .write(|writing| {
            writing.drop_readings()?;
            writing.mark_all_stale()
        })
        .unwrap();
    let mut desk = desk(&store);
    assert_eq!(work(&mut desk, NOW + 60), 2);
    assert_eq!(bytes(&store), before);
    let told = tell(&store, &story_of(&store, "e0-0"));
    assert_eq!(told.card.changed, NOW, "nothing changed that a reader would see");
}

#[test]
fn only_what_a_report_touches_is_made_again() {
    let (_folder, store) = store();
    assert_eq!(add(&store, eight(), NOW), 2);
    assert_eq!(add(&store, vec![report(0, 4)], NOW + 60), 1);
    assert_eq!(add(&store, vec![report(0, 4)], NOW + 120), 0, "it is known");
    let other: Story = store.read(|view| view.story(&story_of(&store, "e1-0"))).unwrap().unwrap();
    assert_eq!(other.reports.len(), 4);
}

#[test]
fn a_revision_makes_its_story_anew_and_stays_in_it() {
    let (_folder, store) = store();
    add(&store, eight(), NOW);
    let story = story_of(&store, "e0-1");
    let mut revised = report(0, 1);
    revised.text = revised.text.replace("14 people", "31 people");
    store.keep(vec![revised], NOW + 60).unwrap();
    let mut desk = desk(&store);
    assert_eq!(work(&mut desk, NOW + 60), 1);
    assert_eq!(story_of(&store, "e0-1"), story);
    let changes = store.read(|view| Ok(changes(view, &story, Since::Time(NOW)))).unwrap().unwrap().unwrap();
    assert_eq!(changes.revised, ["e0-1".into()]);
    assert_eq!((changes.from, changes.to), (Some((1, NOW)), (2, NOW + 60)));
    assert!(changes.came.is_empty() && changes.left.is_empty());
}

#[test]
fn what_changed_since_it_was_looked_at() {
    let (_folder, store) = store();
    add(&store, vec![report(0, 0), report(0, 1)], NOW);
    add(&store, vec![report(0, 2)], NOW + 60);
    add(&store, vec![report(0, 3)], NOW + 120);
    let story = story_of(&store, "e0-0");
    let since = |since| store.read(|view| Ok(changes(view, &story, since))).unwrap().unwrap().unwrap();
    assert_eq!(since(Since::Edition(1)).came, ["e0-2".into(), "e0-3".into()]);
    assert_eq!(since(Since::Time(NOW + 60)).came, ["e0-3".into()]);
    assert_eq!(since(Since::Time(NOW - 1)).came.len(), 4);
    assert_eq!(since(Since::Time(NOW - 1)).from, None);
    let nothing = since(Since::Edition(3));
    assert!(nothing.came.is_empty() && nothing.origins.0 == nothing.origins.1 && nothing.origins.0 > 0);
}

#[test]
fn a_report_says_how_it_stands_in_its_story() {
    let (_folder, store) = store();
    add(&store, eight(), NOW);
    let of = |id: &str| store.read(|view| Ok(member(view, id))).unwrap().unwrap().unwrap();
    let copy = of("e0-3");
    assert_eq!(copy.flags.original, Some(false), "it is e0-0 word for word");
    assert!(copy.report.annotations.is_some());
    assert_eq!(copy.placed.unwrap().story, story_of(&store, "e0-0"));
    assert!(store.read(|view| Ok(member(view, "nobody"))).unwrap().unwrap().is_none());
}

#[test]
fn an_outlet_is_counted() {
    let (_folder, store) = store();
    add(&store, eight(), NOW);
    let of = |name: &str| store.read(|view| Ok(outlet(view, name))).unwrap().unwrap();
    let wire = of("Northern Wire").unwrap();
    assert_eq!((wire.row.reports, wire.shared, wire.copied), (2, 2, 2));
    assert_eq!(wire.sources.iter().find(|(name, _)| name == "Delmare Herald").map(|(_, n)| *n), Some(2));
    let herald = of("Delmare Herald").unwrap();
    assert!(herald.rewritten_by.contains(&("Northern Wire".to_owned(), 2)), "{herald:?}");
    assert!(of("No such paper").is_none());

    let seqs = store.read(|view| Ok(["e0-3", "e1-3"].map(|id| view.seq(id).unwrap().unwrap()).to_vec())).unwrap();
    store.forget(seqs, NOW).unwrap();
    let mut desk = desk(&store);
    work(&mut desk, NOW + 60);
    assert!(of("Northern Wire").is_none());
    let herald = of("Delmare Herald").unwrap();
    assert!(!herald.rewritten_by.iter().any(|(name, _)| name == "Northern Wire"), "{herald:?}");
}

#[test]
fn a_story_whose_reports_are_forgotten_is_gone_with_what_was_counted() {
    let (_folder, store) = store();
    add(&store, eight(), NOW);
    let story = story_of(&store, "e1-0");
    let seqs = store.read(|view| view.reports_of_story(&story)).unwrap();
    store.forget(seqs, NOW).unwrap();
    let mut desk = desk(&store);
    work(&mut desk, NOW + 60);
    assert_eq!(members(&store).len(), 1);
    assert!(store.read(|view| view.gone(variorum_store::Gone::Story, &story)).unwrap().is_some());
    assert!(store.read(|view| view.shown::<serde_json::Value>(&story)).unwrap().is_none());
    let tallies = store.read(|view| view.totals_of("The Tribune")).unwrap();
    assert!(tallies.iter().filter(|tally| tally.what == "shared").all(|tally| tally.n == 1), "{tallies:?}");
    drop(desk);
    // A report that comes again is a report like any other.
    add(&store, vec![report(1, 0)], NOW + 120);
    assert_eq!(members(&store).len(), 2);
}
