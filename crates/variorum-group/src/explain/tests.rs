use variorum_news::Report;

use super::explain;

const FERRY: &str = "The ferry Northern Star ran aground off Delmare on Monday with 214 passengers. Eight people were hurt, said the \
    harbour master, Ada Orr, and tugs needed 5 hours to free the ship.";
const FERRY_TOO: &str = "Harbour master Ada Orr said 214 passengers were taken off the Northern Star after it ran aground near \
    Delmare. She said 8 people were hurt when the ferry struck the rocks.";
const OTHER_FERRY: &str = "The ferry Western Light ran aground off Velmora on Friday with 96 passengers. Nobody was hurt, said the \
    coast guard captain, Ben Lee, and a tug pulled the ship free.";

fn report(id: &str, text: &str) -> Report {
    Report::of_text(id, text)
}

fn check(a: &Report, b: &Report, among: &[&Report], expected: &[&str]) {
    let said = explain(a, b, among);
    let all = said.join("\n");
    expected.iter().for_each(|part| assert!(all.contains(part), "{part} is missing in\n{all}"));
    assert!(said.len() <= 6, "too much is said:\n{all}");
}

#[test]
fn names_stand_whole_and_figures_with_what_they_count() {
    let expected = ["They share a story", "“Northern Star”", "“Ada Orr”", "“214 passengers”"];
    check(&report("a", FERRY), &report("b", FERRY_TOO), &[], &expected);
}

#[test]
fn what_holds_two_alike_events_apart_is_told() {
    let (a, b) = (report("a", FERRY), report("b", OTHER_FERRY));
    let expected =
        ["They are in two stories", "“214 passengers” in a, “96 passengers” in b", "“Western Light”", "“Ben Lee”"];
    check(&a, &b, &[&report("c", FERRY_TOO)], &expected);
}

#[test]
fn everything_that_is_quoted_stands_in_a_report() {
    for b in [FERRY_TOO, OTHER_FERRY] {
        let said = explain(&report("a", FERRY), &report("b", b), &[]).join(" ");
        for quoted in said.split('“').skip(1).filter_map(|rest| rest.split('”').next()) {
            assert!(FERRY.contains(quoted) || b.contains(quoted), "{quoted}");
        }
    }
}

#[test]
fn nothing_in_common_is_said_plainly() {
    check(&report("a", FERRY), &report("b", ""), &[], &["They share no name, no figure and no telling word."]);
}
