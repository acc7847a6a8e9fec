//! Findings that a person may confirm or dismiss, and what was said of them.

use maud::{Markup, html};
use variorum_newsroom::{Decision, Ruling};
use variorum_store::Correction;

use super::super::corrections;
use super::super::form::{by, secret};
use super::super::when::moment;
use super::Facts;
use crate::address;
use crate::door::Token;

/// Returns a finding with what was said of it, and the form to say something.
pub fn finding(facts: &Facts, key: &str, shown: &Markup, token: Option<&Token>) -> Markup {
    let said = facts.decisions.get(key);
    html! { div class="finding" id=(format!("f-{key}")) data-row tabindex="-1" {
        (shown)
        @match said {
            Some(decision) => { (decided(decision, token)) }
            None => { @if let Some(token) = token { (ask(facts, key, token)) } }
        }
    } }
}

fn decided(decision: &Decision, token: Option<&Token>) -> Markup {
    let word = match decision.ruling {
        Ruling::Confirmed => "Confirmed",
        Ruling::Dismissed => "Dismissed",
    };
    html! { div class=(format!("decided {}", word.to_lowercase())) {
        p { b { (word) } " by " bdi { (decision.who) } ", " (moment(decision.at)) ": “" bdi { (decision.reason) } "”" }
        @if let Some(token) = token { (corrections::undo_form(decision.correction, token)) }
    } }
}

fn ask(facts: &Facts, key: &str, token: &Token) -> Markup {
    html! { @if token.has_forms() { details class="rule" {
        summary { "Is it so?" }
        form class="correct" method="post" action=(format!("/story/{}/rule", address::encode(&facts.card.id))) {
            (secret(token))
            input type="hidden" name="finding" value=(key);
            (by(key, token))
            p class="field buttons" {
                button name="ruling" value="confirmed" { "Confirm" } " "
                button name="ruling" value="dismissed" { "Dismiss" }
            }
        }
    } } }
}

/// Returns a correction of the story in one line, with the way back.
pub fn judged(correction: &Correction, token: Option<&Token>) -> Markup {
    html! {
        (corrections::line(correction))
        @if let Some(token) = token.filter(|_| correction.undone.is_none()) { " " (corrections::undo_form(correction.n, token)) }
    }
}
