//! The post: what was found goes out on its channels, each message claimed before it does.

use ipnet::IpNet;
use variorum_fetch::Door;
use variorum_store::alerts::{Alert, Claimed, Outcome};
use variorum_store::{Error, Store};

use crate::mail::{Letter, Mail};
use crate::{message, webhook};

/// When a message is tried again, in seconds after the try before; what Standard Webhooks suggests, within three days.
const AGAIN: [i64; 8] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000];
/// How long a message is tried.
const PATIENCE: i64 = 3 * 86_400;
/// The longest that a channel rests after failures in a row.
const LONGEST_REST: i64 = 3_600;

/// By which ways messages go out.
#[derive(Debug, Clone)]
pub struct Post {
    /// The door to the network, for webhooks; none where they are off.
    pub door: Option<Door>,
    /// Ranges that the door was told to allow: there, http may be spoken.
    pub allow: Vec<IpNet>,
    /// How mail is sent; none where it is off.
    pub mail: Option<Mail>,
    /// The address of the newsroom, for links ("http://127.0.0.1:8417"); the record may name another.
    pub room: String,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// What was sent.
    pub claimed: Claimed,
    /// How it ended.
    pub outcome: Outcome,
}

/// Sends the next message that waits; none where none does.
pub fn post(store: &Store, by: &Post, now: i64) -> Result<Option<Posted>, Error> {
    let mut kinds = Vec::new();
    kinds.extend(by.door.as_ref().map(|_| "webhook"));
    kinds.extend(by.mail.as_ref().map(|_| "mail"));
    if kinds.is_empty() {
        return Ok(None);
    }
    // On the disk before anything goes out: a crash leaves a trace of what was under way.
    let Some(claimed) = store.write(move |writing| writing.claim(&kinds, now))? else { return Ok(None) };
    let alert = store.read(|view| Ok((view.alert(claimed.alert)?, view.setting("address")?)));
    let outcome = match alert {
        Ok((Some(alert), address)) => sent(by, &claimed, &alert, address.as_deref().unwrap_or(&by.room), now),
        Ok((None, _)) => Outcome::Failed { problem: "there is no such alert".to_owned() },
        Err(error) => Outcome::Failed { problem: error.to_string() },
    };
    match &outcome {
        Outcome::Sent => tracing::info!(alert = claimed.alert, channel = claimed.channel, kind = claimed.kind, "sent"),
        other => tracing::warn!(
            alert = claimed.alert,
            channel = claimed.channel,
            kind = claimed.kind,
            problem = %message::plain(problem(other)),
            "not sent"
        ),
    }
    let ended = (claimed.clone(), outcome.clone());
    store.write(move |writing| writing.sent(&ended.0, &ended.1, now))?;
    Ok(Some(Posted { claimed, outcome }))
}

fn sent(by: &Post, claimed: &Claimed, alert: &Alert, room: &str, now: i64) -> Outcome {
    let Some(words) = &alert.words else {
        return Outcome::Failed { problem: "what it tells of was forgotten".to_owned() };
    };
    let room = room.trim_end_matches('/');
    match (claimed.kind.as_str(), &by.door, &by.mail) {
        ("webhook", Some(door), _) => {
            let body = message::body(alert, words, room);
            webhook::send(door, &by.allow, claimed, &alert.id, &body, now)
        }
        ("mail", _, Some(mail)) => {
            let (subject, text) = (message::subject(alert, words), message::text(alert, words, room));
            let id = format!("{}.{}", alert.id, claimed.channel);
            mail.send(
                claimed,
                &Letter { id: &id, rule: alert.rule, rule_name: &alert.rule_name, subject: &subject, text: &text, now },
            )
        }
        _ => later(claimed, now, "this way of sending is off".to_owned(), 0),
    }
}

/// Sends a test to every channel of a rule at once and returns what came back: where it went, and what went wrong.
pub fn try_out(store: &Store, by: &Post, rule: i64, now: i64) -> Result<Vec<(String, Outcome)>, Error> {
    let (found, channels) = store.read(|view| Ok((view.rule(rule)?, view.claim_of(rule)?)))?;
    let Some(found) = found else { return Err(Error::Unknown { what: format!("rule {rule}") }) };
    let mut answers = Vec::new();
    for claimed in channels {
        let shown = found.channels.iter().find(|channel| channel.n == claimed.channel);
        let to = shown.map_or_else(String::new, |channel| format!("{} {}", channel.kind, channel.to));
        let id = format!("test_{}_{}_{now}", found.n, claimed.channel);
        let outcome = match (claimed.kind.as_str(), &by.door, &by.mail) {
            ("webhook", Some(door), _) => {
                let body = message::test_body(found.n, &found.name, now);
                webhook::send(door, &by.allow, &claimed, &id, &body, now)
            }
            ("mail", _, Some(mail)) => {
                let subject = format!("[{}] A test", found.name);
                let letter = Letter {
                    id: &id,
                    rule: found.n,
                    rule_name: &found.name,
                    subject: &subject,
                    text: &format!("{}\n", message::TEST),
                    now,
                };
                mail.send(&claimed, &letter)
            }
            (kind, ..) => Outcome::Failed { problem: format!("this program was not told how to send {kind}") },
        };
        answers.push((to, outcome));
    }
    Ok(answers)
}

/// Returns what went wrong.
pub fn problem(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Sent => "",
        Outcome::Later { problem, .. }
        | Outcome::Failed { problem }
        | Outcome::Gone { problem }
        | Outcome::Unsure { problem } => problem,
    }
}

/// Returns when a message is tried again, or that it is given up.
pub fn later(claimed: &Claimed, now: i64, problem: String, asked: i64) -> Outcome {
    let nth = |n: u32| AGAIN[(n as usize).min(AGAIN.len() - 1)];
    let wait = nth(claimed.tries.saturating_sub(1)).max(asked);
    if now + wait > claimed.since + PATIENCE {
        return Outcome::Failed { problem: format!("{problem}; given up after {} tries", claimed.tries) };
    }
    let rests = nth(claimed.failures).min(LONGEST_REST).max(asked);
    Outcome::Later { next: now + wait, rests: now + rests, problem }
}
