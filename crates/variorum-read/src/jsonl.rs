//! JSON Lines: one report an object a line.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};
use variorum_news::{Body, Page, Problem, Report};
use variorum_text::nfc;

use crate::charset::{decode, name_of};
use crate::{Each, MOST_LINE, Origin, json};

/// What is said of a line over the limit; the rest of the stream goes on.
pub const TOO_LONG: &str = "the line is longer than 64 MiB; one report a line is expected";

/// Calls `each` with the pages of every line; lines are read one by one, so that memory does not grow with the file.
pub(crate) fn read(origin: Origin<'_>, input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    if memchr::memchr(0, input.fill_buf()?).is_some() {
        return wide(origin, input, each);
    }
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let (read, cut) = next_line(input, &mut line)?;
        if read == 0 {
            return Ok(());
        }
        number += 1;
        if cut {
            each(Err(Problem::of_path(format!("{}:{number}", origin.path), TOO_LONG)));
            continue;
        }
        // Every line is decoded alone, so that charsets are told line by line.
        of_line(origin, number, &decode(&line, origin.charset), each);
    }
}

/// Lines in UTF-16 cannot be told apart before they are decoded.
fn wide(origin: Origin<'_>, input: &mut dyn BufRead, each: Each<'_>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    input.take(MOST_LINE as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MOST_LINE {
        each(Err(Problem::of_path(origin.path, "lines of JSON in UTF-16 over 64 MiB; convert the file to UTF-8")));
        return Ok(());
    }
    let text = decode(&bytes, origin.charset);
    text.lines().enumerate().for_each(|(n, line)| of_line(origin, n + 1, line, each));
    Ok(())
}

fn of_line(origin: Origin<'_>, number: usize, line: &str, each: Each<'_>) {
    if line.trim().is_empty() {
        return;
    }
    for page in read_line(line) {
        each(page.map_err(|problem| json::located(&format!("{}:{number}", origin.path), problem)));
    }
}

/// Reads up to a line break; returns how much was read, and whether the line was over the limit and thrown away.
///
/// # Errors
/// Where the input cannot be read.
pub fn next_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<(usize, bool)> {
    let (mut read, mut cut) = (0, false);
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok((read, cut));
        }
        let (used, ended) = match memchr::memchr(b'\n', chunk) {
            Some(at) => (at + 1, true),
            None => (chunk.len(), false),
        };
        if line.len() + used > MOST_LINE {
            cut = true;
            line.clear();
        }
        if !cut {
            line.extend_from_slice(&chunk[..used]);
        }
        input.consume(used);
        read += used;
        if ended {
            return Ok((read, cut));
        }
    }
}

/// Returns the pages that one line of JSON holds: one where the line is a report, more where it is a feed.
///
/// A problem names the report where the line gives it a name.
pub fn read_line(line: &str) -> Vec<Result<Page, Problem>> {
    match object(line) {
        Ok(fields) => json::of_object(fields),
        Err(problem) => vec![Err(problem)],
    }
}

/// Returns the page of a report's fields.
pub(crate) fn of_fields(mut fields: Map<String, Value>) -> Result<Page, Problem> {
    let given = match fields.remove("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) if !id.is_empty() => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(_) => return Err(nameless("`id` is not a string; give a name or leave it out")),
    };
    let id = given.unwrap_or_else(|| name_of(Value::Object(fields.clone()).to_string().as_bytes()));
    page_of(&id, fields).map_err(|reason| Problem::of_id(id, reason))
}

fn object(line: &str) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_str(line.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(nameless("not a JSON object; a line is {\"text\": …}")),
        Err(error) => Err(nameless(format!("not JSON ({error}); one object a line is expected"))),
    }
}

fn nameless(reason: impl Into<String>) -> Problem {
    Problem { path: None, id: None, reason: reason.into() }
}

/// Returns the report that one line of JSON holds, its text untouched, for stages that come after cleaning.
pub fn read_report(line: &str) -> Result<Report, Problem> {
    let mut fields = object(line)?;
    let id = match fields.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => name_of(Value::Object(fields.clone()).to_string().as_bytes()),
    };
    fields.insert("id".to_owned(), Value::String(id.clone()));
    // A headline alone can be grouped; a page that was never cleaned cannot.
    if fields.get("title").is_some_and(|title| title.as_str().is_some_and(|title| !title.trim().is_empty()))
        && fields.get("html").is_none_or(Value::is_null)
        && fields.get("text").is_none_or(Value::is_null)
    {
        fields.insert("text".to_owned(), Value::String(String::new()));
    }
    if !fields.contains_key("text") {
        return Err(Problem::of_id(id, "no `text`; run pages through `variorum clean` first"));
    }
    report_of(fields).map_err(|reason| Problem::of_id(id, reason))
}

/// Returns a report of its fields; what nobody knows goes to `extra`.
fn report_of(mut fields: Map<String, Value>) -> Result<Report, String> {
    let mut extra = match fields.remove("extra") {
        Some(Value::Object(extra)) => extra,
        _ => Map::new(),
    };
    let unknown: Vec<String> = fields.keys().filter(|key| !KNOWN.contains(&key.as_str())).cloned().collect();
    for key in unknown {
        if let Some(value) = fields.remove(&key) {
            extra.insert(key, value);
        }
    }
    // A field that is null says as much as one that is missing.
    fields.retain(|_, value| !value.is_null());
    let mut report: Report =
        serde_json::from_value(Value::Object(fields)).map_err(|error| format!("not a report: {error}"))?;
    report.extra = extra;
    Ok(report)
}

/// The fields of a report; all others are kept under `extra`.
const KNOWN: &[&str] = &[
    "id",
    "path",
    "url",
    "outlet",
    "title",
    "standfirst",
    "byline",
    "published",
    "modified",
    "section",
    "canonical",
    "language",
    "confidence",
    "text",
    "blocks",
    "credits",
    "removed",
    "repeated_lines",
    "notes",
    "annotations",
];

fn page_of(id: &str, mut fields: Map<String, Value>) -> Result<Page, String> {
    if is_cleaned(&fields) {
        fields.insert("id".to_owned(), Value::String(id.to_owned()));
        let report = report_of(fields)?;
        let mut page = Page::of(id, Body::Text(String::new()));
        page.path.clone_from(&report.path);
        page.body = Body::Clean(Box::new(report));
        return Ok(page);
    }
    let mut page = Page::of(id, Body::Text(String::new()));
    page.body = body(&mut fields)?;
    if let Some(Value::Object(extra)) = fields.remove("extra") {
        page.extra = extra;
    }
    page.path = take(&mut fields, "path");
    page.url = take(&mut fields, "url");
    page.outlet = take(&mut fields, "outlet");
    page.standfirst = take(&mut fields, "standfirst");
    page.section = take(&mut fields, "section");
    page.modified = take(&mut fields, "modified");
    page.title = take(&mut fields, "title");
    page.language = take(&mut fields, "language");
    // A time that is no string is no date; cleaning says so.
    page.published = match fields.remove("published") {
        None | Some(Value::Null) => None,
        Some(Value::String(stated)) => Some(stated),
        Some(other) => Some(other.to_string()),
    };
    page.byline = byline(fields.remove("byline"));
    page.extra.extend(fields.into_iter().filter(|(_, value)| !value.is_null()));
    Ok(page)
}

/// Tells whether `clean` printed this line before.
fn is_cleaned(fields: &Map<String, Value>) -> bool {
    let has_blocks = fields.get("blocks").and_then(Value::as_array).is_some_and(|blocks| !blocks.is_empty());
    has_blocks && fields.get("text").is_some_and(Value::is_string)
}

fn body(fields: &mut Map<String, Value>) -> Result<Body, String> {
    let (text, html) = (words(fields, "text")?, words(fields, "html")?);
    match (text, html) {
        (Some(text), _) if text.len() > crate::MOST_TEXT => Err(format!(
            "`text` is larger than {} MiB, far too much for one report; give one article a line",
            crate::MOST_TEXT >> 20
        )),
        (_, Some(html)) if html.len() > crate::MOST_HTML => Err(format!(
            "`html` is larger than {} MiB, far too much for one report; give the article alone",
            crate::MOST_HTML >> 20
        )),
        (Some(text), _) if !text.trim().is_empty() => {
            Ok(Body::Text(nfc(&text.replace("\r\n", "\n").replace('\r', "\n")).into_owned()))
        }
        (_, Some(html)) if !html.trim().is_empty() => Ok(Body::Html(html)),
        (None, None) => Err("neither `text` nor `html`; a report needs one of them".to_owned()),
        _ => Err("`text` is empty; leave the line out or give the article".to_owned()),
    }
}

fn words(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{name}` is not a string; give the article as one string")),
    }
}

/// Takes a fact that is a string; anything else under its name stays where it is and ends up in `extra`.
fn take(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    let is_words = fields.get(name).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
    if !is_words {
        return None;
    }
    match fields.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// Returns the names of a byline: a string, strings, or objects with a `name`.
fn byline(stated: Option<Value>) -> Vec<String> {
    let name = |value: Value| match value {
        Value::String(name) => Some(name),
        Value::Object(mut person) => person.remove("name").and_then(|name| name.as_str().map(str::to_owned)),
        _ => None,
    };
    let names = match stated {
        Some(Value::Array(many)) => many.into_iter().filter_map(name).collect(),
        Some(one) => name(one).into_iter().collect::<Vec<_>>(),
        None => Vec::new(),
    };
    names.into_iter().filter(|name| !name.trim().is_empty()).collect()
}
