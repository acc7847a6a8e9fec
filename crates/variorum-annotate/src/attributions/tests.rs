//! Attributions as a newsreader would point at them.

use variorum_news::Report;

/// Attributions stand as `cue — source`, in order.
fn check(text: &str, expected: &[&str]) {
    let found = crate::annotate(&Report::of_text("t", text), crate::Depth::Grammar).attributions;
    let shown: Vec<String> = found
        .iter()
        .map(|a| format!("{} — {}", a.cue.text, a.source.as_ref().map_or("nobody", |s| s.name.as_str())))
        .collect();
    assert_eq!(shown, expected, "in {text:?}");
}

#[test]
fn a_source_may_stand_first_or_last() {
    check("According to Ada Orr, the bridge is shut.", &["According to — Ada Orr"]);
    check("The bridge is shut, Ada Orr said.", &["said — Ada Orr"]);
    check("Ada Orr warned that the bridge may fall.", &["warned — Ada Orr"]);
}

#[test]
fn a_source_may_have_no_name() {
    check("Reports indicate that the bridge is shut.", &["indicate — Reports"]);
    check("Officials familiar with the plan said it was dropped.", &["said — Officials"]);
    check("The bridge was reportedly shut.", &["reportedly — nobody"]);
    check("It is believed that the bridge is shut.", &["It is believed — nobody"]);
}

#[test]
fn an_act_is_no_statement() {
    check("Ada Orr left early and went home.", &[]);
}
