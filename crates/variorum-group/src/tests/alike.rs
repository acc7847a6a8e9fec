//! Events alike in kind, place or cast stay apart, and one event told in other words stays together.

use variorum_news::Report;

use super::{check, stories, stream};
use crate::Options;

fn told(id: &str, title: &str, text: &str, published: Option<&str>) -> Report {
    Report { title: Some(title.to_owned()), published: published.map(str::to_owned), ..Report::of_text(id, text) }
}

fn jail_breaks(dates: [Option<&str>; 4]) -> Vec<Report> {
    vec![
        told(
            "a1",
            "Four inmates escape from Delmare jail",
            "Four inmates escaped from the Delmare county jail on Sunday night by cutting a hole in the ceiling, Sheriff Ada Orr said. \
             Deputies with dogs searched the woods along the Brisal river for Karl Weems and three others.",
            dates[0],
        ),
        told(
            "b1",
            "Two prisoners flee Velmora prison in laundry van",
            "Two prisoners escaped from the Velmora state prison on Tuesday in a laundry van, warden Ben Lee said. Police set up \
             roadblocks and searched for Ivo Tanner and Jon Maddox, both serving life for murder.",
            dates[1],
        ),
        told(
            "a2",
            "Hunt for Delmare escapees",
            "Deputies hunted on Monday for four men who climbed through the ceiling of the Delmare county jail. One of them, Karl Weems, \
             was awaiting trial for robbery, Sheriff Ada Orr told reporters.",
            dates[2],
        ),
        told(
            "b2",
            "Laundry van used in Velmora escape found",
            "The laundry van in which Ivo Tanner and Jon Maddox fled the Velmora state prison was found empty near the Estmark border. \
             Both men serve life sentences for murder. Warden Ben Lee said a guard was questioned.",
            dates[3],
        ),
    ]
}

#[test]
fn two_jail_breaks_stay_apart() {
    check(&jail_breaks([None; 4]), "a1+a2 b1+b2");
    check(
        &jail_breaks([Some("2031-04-06"), Some("2031-04-08"), Some("2031-04-07"), Some("2031-04-09")]),
        "a1+a2 b1+b2",
    );
}

#[test]
fn one_event_stays_together_under_a_missing_or_a_wrong_date() {
    check(&jail_breaks([Some("2031-04-06"), Some("2031-04-08"), None, Some("2031-04-09")]), "a1+a2 b1+b2");
    check(&jail_breaks([Some("2031-04-06"), Some("2031-04-06"), Some("soon"), Some("2031-04-06")]), "a1+a2 b1+b2");
    check(
        &jail_breaks([Some("2031-04-06"), Some("2031-04-08"), Some("2031-04-12"), Some("2031-04-09")]),
        "a1+a2 b1+b2",
    );
}

fn shootings() -> Vec<Report> {
    let report = |id: &str, title: &str, text: &str, day: &str| told(id, title, text, Some(day));
    vec![
        report(
            "a1",
            "Man shot on Harbour Street",
            "A 34-year-old man was shot and killed late Friday outside a bar on Harbour Street in Delmare, police said. The victim was \
             identified as Carl Voss. No arrests have been made, and police asked witnesses to call.",
            "2031-04-05",
        ),
        report(
            "b1",
            "Man shot at Delmare gas station",
            "A 19-year-old man was shot and wounded early Sunday at a gas station on Quarry Road in Delmare, police said. Tim Ruddle was \
             taken to Mercy Hospital. No arrests have been made, and police asked witnesses to call.",
            "2031-04-06",
        ),
        report(
            "a2",
            "Police name man killed outside bar",
            "Police named Carl Voss, 34, as the man who was shot dead on Harbour Street on Friday night. Detectives said he had argued \
             with another guest of the bar. No arrests have been made.",
            "2031-04-06",
        ),
        report(
            "b2",
            "Teenager wounded on Quarry Road",
            "Tim Ruddle, 19, is in stable condition at Mercy Hospital after he was shot at a gas station on Quarry Road on Sunday \
             morning, Delmare police said. Officers are looking for a dark car.",
            "2031-04-07",
        ),
    ]
}

#[test]
fn two_shootings_in_one_town_and_week_stay_apart() {
    check(&shootings(), "a1+a2 b1+b2");
}

#[test]
fn two_rounds_of_talks_stay_apart() {
    let spring = "Envoys of Estmark and Korva met in Delmare on Monday for a first round of talks on fishing rights. Chief negotiator Ada \
        Orr said both sides had agreed on a map of 14 fishing grounds.";
    let spring_too = "The first round of fishing talks between Estmark and Korva ended with a map of 14 grounds, negotiator Ada Orr said \
        in Delmare. Envoys will report to their governments.";
    let autumn = "Envoys of Estmark and Korva met in Port Adran on Thursday for a second round of talks, this time on the 300 million \
        crowns that Korva asks for lost nets. Finance minister Ilse Brandt walked out after an hour.";
    let autumn_too = "Ilse Brandt, Korva's finance minister, left the second round of talks in Port Adran after an hour. Estmark refuses to \
        pay 300 million crowns for lost nets.";
    let reports = [
        told("a1", "Fishing talks open", spring, Some("2031-04-07")),
        told("a2", "Map agreed in fishing talks", spring_too, Some("2031-04-08")),
        told("b1", "Minister walks out of talks", autumn, Some("2031-09-18")),
        told("b2", "Talks over lost nets fail", autumn_too, Some("2031-09-19")),
    ];
    check(&reports, "a1+a2 b1+b2");
}

#[test]
fn the_order_of_arrival_does_not_mix_alike_events() {
    for turn in 0..4 {
        for mut reports in [jail_breaks([None; 4]), shootings()] {
            reports.rotate_left(turn);
            assert_eq!(stories(stream(&reports, &Options::default()).1), "a1+a2 b1+b2", "turned by {turn}");
        }
    }
}
