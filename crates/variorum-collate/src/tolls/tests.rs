//! What a reader would count.

use variorum_news::{Annotations, DateKind, DateMention, Report, Spanner};
use variorum_text::sentences;

use super::tolls;
use crate::witness::{Forms, Witness};
use crate::{Kin, Told};

/// Reads one report, with the dates that are named; answers each tally as `killed 2 (words)`.
fn read(text: &str, dates: &[(&str, &str)]) -> Vec<String> {
    let mut report = Report::of_text("r", text);
    report.published = Some("2025-03-27T10:00:00Z".to_owned());
    let spanner = Spanner::new(&report.id, &report.text);
    let sentences = sentences(text).into_iter().map(|range| spanner.span(range)).collect();
    let dates = dates
        .iter()
        .map(|(words, value)| {
            let at = text.find(words).unwrap();
            let span = spanner.span(at..at + words.len());
            DateMention { span, value: (*value).to_owned(), kind: DateKind::Date, modifier: None }
        })
        .collect();
    report.annotations = Some(Annotations { sentences, dates, ..Annotations::default() });
    let mut forms = Forms::default();
    let empty = Annotations::default();
    let witnesses = [Witness::new(&report, &empty, &mut forms)];
    let story = Told { witnesses: &witnesses, forms: &forms, kin: Kin { origin: vec![0], derived: vec![false] } };
    let say = |t: super::Tally| format!("{} {} ({})", t.toll.word(), t.value, &text[t.bytes]);
    tolls(&story).tallies.into_iter().map(say).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text, &[]), expected, "{text}");
}

#[test]
fn a_number_of_people_is_counted() {
    check("Two people were killed when the ferry sank.", &["killed 2 (Two people)"]);
    check("The blast in Delmare killed 14 people.", &["killed 14 (14 people)"]);
    check("At least 12 passengers died in the fire.", &["killed 12 (At least 12 passengers)"]);
    check("Five people were injured in the harbour.", &["injured 5 (Five people)"]);
    check("The storm left six people injured.", &["injured 6 (six people)"]);
    check("A wave hurt 21 bathers on Sunday.", &["injured 21 (21 bathers)"]);
}

#[test]
fn one_person_is_counted_without_a_number() {
    check("A man was shot dead outside the Delmare ferry hall.", &["killed 1 (A man)"]);
    check("A dock worker died when the crane fell.", &["killed 1 (A dock worker)"]);
    check("Her husband drowned in the harbour.", &["killed 1 (Her husband)"]);
    check("A 17-year-old boy was stabbed to death.", &["killed 1 (A 17-year-old boy)"]);
    check("Ada Orr was killed by a falling mast.", &["killed 1 (Ada Orr)"]);
    check("The skipper was found dead in the cabin.", &["killed 1 (The skipper)"]);
}

#[test]
fn lists_and_couples_are_added_up() {
    check("The fire killed a man and a woman.", &["killed 2 (a man and a woman)"]);
    check("A mother and her two children were killed.", &["killed 3 (A mother and her two children)"]);
    check("A couple drowned off Delmare.", &["killed 2 (A couple)"]);
    check("A family of four was killed in the blaze.", &["killed 4 (A family)"]);
}

#[test]
fn nobody_is_nought() {
    check("No one was hurt.", &["injured 0 (No one)"]);
    check("Nobody was killed in the collision.", &["killed 0 (Nobody)"]);
    check("There were no injuries.", &["injured 0 (no injuries)"]);
    check("No deaths were reported.", &["killed 0 (No deaths)"]);
    check("There were no reports of deaths.", &["killed 0 (no reports of deaths)"]);
}

#[test]
fn the_whole_wins_over_its_parts() {
    check(
        "A gunman killed two people before he was shot dead, bringing the death toll to three.",
        &["killed 3 (three)"],
    );
    check("The death toll has risen to 31.", &["killed 31 (31)"]);
    check("The number of people who died in the sinking of the ferry climbed to seven.", &["killed 7 (seven)"]);
    check("Nine people were hurt. Two of them are in a critical condition.", &["injured 9 (Nine people)"]);
    check("She was one of nine people injured in the crash.", &["injured 9 (nine people)"]);
}

#[test]
fn later_deaths_come_on_top() {
    check("A woman was killed at the pier. Another man died on Monday.", &["killed 2 (Another man)"]);
    check("A third person has died after the fire.", &["killed 3 (A third person)"]);
    check("Ben Lee, 52, died on Monday. He is the fourth victim of the fire.", &["killed 4 (fourth victim)"]);
}

#[test]
fn whoever_was_hurt_and_died_is_dead() {
    check("A sailor who was wounded in the fight has died.", &["killed 1 (A sailor)"]);
    check("A man was shot on the pier. He died in hospital.", &["killed 1 (He)"]);
    check("Two men were shot and killed.", &["killed 2 (Two men)"]);
}

#[test]
fn hurt_is_told_in_many_ways() {
    check("Three guests suffered burns.", &["injured 3 (Three guests)"]);
    check("Seven people were taken to hospital.", &["injured 7 (Seven people)"]);
    check("Four people were shot on the pier.", &["injured 4 (Four people)"]);
    check("Eleven passengers are being treated in hospital.", &["injured 11 (Eleven passengers)"]);
    check("A man was killed and 19 others were hurt.", &["killed 1 (A man)", "injured 19 (19 others)"]);
}

#[test]
fn other_tolls_are_counted_too() {
    check("Six sailors are missing.", &["missing 6 (Six sailors)"]);
    check("Police arrested four men.", &["arrested 4 (four men)"]);
    check("Crews rescued 40 passengers.", &["rescued 40 (40 passengers)"]);
}

#[test]
fn other_incidents_are_not_this_one() {
    check("Two years ago a fire on the same pier killed three people.", &[]);
    check("Twelve people have died there so far this year.", &[]);
    check("He has two previous arrests.", &[]);
    check("In thirty years there have been nine deaths on the lifts.", &[]);
    check("Nine children have been killed in similar accidents since January.", &[]);
    check("The shooting came two days after a man was gunned down nearby.", &[]);
    assert!(read("In 2019 three people were killed on the same pier.", &[("2019", "2019")]).is_empty());
    assert!(read("It is the worst accident since 1978, when 19 people perished.", &[("1978", "1978")]).is_empty());
    assert!(read("A storm that hit the coast in 2014 left 16 dead.", &[("2014", "2014")]).is_empty());
    assert_eq!(
        read("Three people were killed on March 26.", &[("March 26", "2025-03-26")]),
        ["killed 3 (Three people)"]
    );
    assert!(
        read("The 2005 murder of a clerk was never solved.", &[("2005", "2005")]).iter().all(|t| t != "killed 2005")
    );
}

#[test]
fn what_did_not_happen_is_not_counted() {
    check("Ten people could have been killed.", &[]);
    check("He tried to kill two guards.", &[]);
    check("The driver was not hurt.", &[]);
    check("Officials had earlier said that ten people had been killed.", &[]);
    check("He was charged with conspiracy to kill two guards.", &[]);
}

#[test]
fn what_is_no_person_is_not_counted() {
    check("The cold killed 40 cattle.", &[]);
    check("The council killed the plan.", &[]);
    check("A barge hit two piers.", &[]);
    check("Two helicopters were carrying the injured to Delmare.", &[]);
}

#[test]
fn of_those_who_were_hit_the_dead_are_taken_off() {
    check("Two teens were shot, one fatally.", &["killed 1 (one)", "injured 1 (Two teens)"]);
    check("Six people were shot at a park. One of them died.", &["killed 1 (One)", "injured 5 (Six people)"]);
    check("A man is dead after three people were shot in Delmare.", &["killed 1 (A man)", "injured 2 (three people)"]);
    check("Two brothers were stabbed. Both died.", &["killed 2 (Both)"]);
    check(
        "A clerk was killed in the robbery. Three others were shot.",
        &["killed 1 (A clerk)", "injured 3 (Three others)"],
    );
}

#[test]
fn persons_who_cannot_be_one_are_counted_each() {
    check(
        "A deputy was shot and killed in Delmare, and the suspect later died in hospital.",
        &["killed 2 (the suspect)"],
    );
    check("A man was found dead in a yard. A girl, 9, died in hospital.", &["killed 2 (A girl)"]);
    check("A man was shot dead. The victim, Ben Orr, 31, died at the scene.", &["killed 1 (A man)"]);
    check(
        "A man was shot dead on the quay. His passenger was shot in the arm.",
        &["killed 1 (A man)", "injured 1 (His passenger)"],
    );
}

#[test]
fn whoever_did_it_counts_among_the_dead() {
    check("A man killed three former co-workers.", &["killed 3 (three former co-workers)"]);
    check("A gunman killed three people at a cannery before he was shot dead by police.", &["killed 4 (he)"]);
    check("Four people, including the gunman, are dead. The gunman shot himself.", &["killed 4 (Four people)"]);
    check("A man shot and killed his wife before turning the gun on himself.", &["killed 2 (A man)"]);
    check("A boy accidentally shot himself in the leg.", &["injured 1 (A boy)"]);
}

#[test]
fn who_lives_is_told_in_many_ways() {
    check("A clerk was shot and is expected to survive.", &["injured 1 (A clerk)"]);
    check("A woman is in critical condition after a fire.", &["injured 1 (A woman)"]);
    check("Gunfire sent two people to the hospital.", &["injured 2 (two people)"]);
    check("Medics took him to a hospital, but he did not survive.", &["killed 1 (he)"]);
    check("Officers found a man suffering from a gunshot wound.", &["injured 1 (a man)"]);
    check("It was the town's twelfth homicide of the year.", &[]);
    check("A deputy was shot in the vest but was not seriously hurt.", &["injured 1 (A deputy)"]);
    check("A guard who was shot has been released from the hospital.", &["injured 1 (A guard)"]);
    check("The boy shot himself and is in critical condition.", &["injured 1 (The boy)"]);
    check("The crash left four people in critical condition.", &["injured 4 (four people)"]);
    check("Officers fired a total of 11 rounds, striking Lee.", &["injured 1 (Lee)"]);
    check("The bar's owner broke her wrist in the rush.", &["injured 1 (The bar's owner)"]);
    check("Three managers are being treated as suspects.", &[]);
    check(
        "One pupil was killed and another was badly injured. Two other pupils had minor injuries.",
        &["killed 1 (One pupil)", "injured 3 (Two other pupils)"],
    );
}
