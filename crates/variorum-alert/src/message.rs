//! An alert as it goes out: JSON for a webhook, plain text for mail.

use serde::Serialize;
use serde_json::{Value, json};
use variorum_store::alerts::{Alert, Line, Words};

/// The longest subject, in characters.
const SUBJECT: usize = 160;

/// Returns the body of a webhook, in the shape that Standard Webhooks asks for: type, time, data.
pub fn body(alert: &Alert, words: &Words, room: &str) -> Vec<u8> {
    #[derive(Serialize)]
    struct Told<'a> {
        #[serde(flatten)]
        line: &'a Line,
        href: Option<String>,
    }
    let lines = words.lines.iter();
    let lines: Vec<Told> =
        lines.map(|line| Told { line, href: line.report.as_deref().map(|id| at(room, "report", id)) }).collect();
    let story =
        alert.story.as_deref().map(|id| json!({ "id": id, "title": words.title, "href": at(room, "story", id) }));
    let told = json!({
        "type": "alert",
        "timestamp": time(alert.at),
        "data": {
            "id": alert.id,
            "rule": { "n": alert.rule, "name": alert.rule_name, "when": alert.watched.when },
            "says": words.says,
            "counts": words.counts,
            "story": story,
            "lines": lines,
            "more": words.more,
        },
    });
    told.to_string().into_bytes()
}

/// Returns what is sent to try a webhook out.
pub fn test_body(rule: i64, name: &str, now: i64) -> Vec<u8> {
    let data: Value = json!({ "rule": { "n": rule, "name": name }, "says": TEST });
    json!({ "type": "test", "timestamp": time(now), "data": data }).to_string().into_bytes()
}

/// What a test says.
pub const TEST: &str = "This is a test of a rule; nothing was found.";

/// Returns the subject of a mail: one line, whatever the words hold.
pub fn subject(alert: &Alert, words: &Words) -> String {
    let title = words.title.as_ref().map(|span| format!(": {}", span.text)).unwrap_or_default();
    let whole = plain(&format!("[{}] {}{title}", alert.rule_name, words.says));
    match whole.char_indices().nth(SUBJECT) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

/// Returns the words of a mail.
pub fn text(alert: &Alert, words: &Words, room: &str) -> String {
    let mut parts = vec![words.says.clone() + "."];
    if let Some(title) = &words.title {
        parts.push(plain(&title.text));
    }
    if let Some(counts) = &words.counts {
        parts.push(counts.clone());
    }
    parts.extend(words.lines.iter().map(said));
    if words.more > 0 {
        parts.push(format!("And {} more.", words.more));
    }
    let mut ways = Vec::new();
    if let Some(story) = &alert.story {
        ways.push(format!("The story: {}", at(room, "story", story)));
    }
    ways.push(format!("The rule “{}”: {room}/alerts?rule={}", plain(&alert.rule_name), alert.rule));
    parts.push(ways.join("\n"));
    parts.push("Variorum counts reporting, not truth.".to_owned());
    parts.join("\n\n") + "\n"
}

fn said(line: &Line) -> String {
    let mut rows = vec![match &line.outlet {
        Some(outlet) => format!("{} — {}", plain(&line.label), plain(outlet)),
        None => plain(&line.label),
    }];
    if let Some(title) = line.title.as_deref().filter(|title| !title.trim().is_empty()) {
        rows.push(format!("  {}", plain(title)));
    }
    if let Some(span) = &line.span {
        rows.push(format!("  “{}”", plain(&span.text)));
    }
    if let Some(sentence) = &line.sentence {
        rows.push(format!("  in “{}”", plain(&sentence.text)));
    }
    if let Some(n) = line.revision {
        rows.push(format!("  (revision {n})"));
    }
    rows.extend(line.url.as_deref().filter(|url| is_linked(url)).map(|url| format!("  {url}")));
    rows.join("\n")
}

/// Tells whether an address may stand as a link: of the web, and nothing in it but what is seen.
fn is_linked(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")) && url.bytes().all(|b| b.is_ascii_graphic())
}

/// Returns words in one line, without what steers a terminal, a header or the direction of writing.
pub fn plain(words: &str) -> String {
    let steers = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    let words: String = words.chars().map(|c| if c.is_control() || steers(c) { ' ' } else { c }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the address of a page of the newsroom.
fn at(room: &str, kind: &str, name: &str) -> String {
    let raw: String = name
        .bytes()
        .map(|byte| match byte {
            b if b.is_ascii_alphanumeric() || b"_~-".contains(&b) => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    match name {
        "" | "." | ".." => format!("{room}/{kind}/?name={raw}"),
        _ => format!("{room}/{kind}/{raw}"),
    }
}

/// Returns a time as RFC 3339 writes it.
pub fn time(seconds: i64) -> String {
    let within = seconds.clamp(-62_135_596_800, 253_402_300_799);
    jiff::Timestamp::from_second(within).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}
