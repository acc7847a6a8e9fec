//! JSON Lines: one report an object a line.

use serde_json::{Map, Value};
use variorum_news::{Body, Page, Problem, Report};
use variorum_text::nfc;

use crate::charset::{decode, name_of};

pub(crate) fn read(path: &str, bytes: &[u8]) -> Vec<Result<Page, Problem>> {
    let text = decode(bytes);
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| {
            read_line(line).map_err(|problem| match problem.id {
                Some(_) => problem,
                None => Problem::of_path(format!("{path}:{}", n + 1), problem.reason),
            })
        })
        .collect()
}

/// Returns the page that one line of JSON holds; the problem names the report where the line gives it a name.
pub fn read_line(line: &str) -> Result<Page, Problem> {
    let nameless = |reason: String| Problem { path: None, id: None, reason };
    let value: Value =
        serde_json::from_str(line).map_err(|e| nameless(format!("not JSON ({e}); one object a line is expected")))?;
    let Value::Object(mut fields) = value else {
        return Err(nameless("not a JSON object; a line is {\"text\": …}".to_owned()));
    };
    let given = match fields.remove("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) if !id.is_empty() => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(_) => return Err(nameless("`id` is not a string".to_owned())),
    };
    let id = given.unwrap_or_else(|| name_of(Value::Object(fields.clone()).to_string().as_bytes()));
    page_of(&id, fields).map_err(|reason| Problem::of_id(id, reason))
}

/// Returns the report that one line of JSON holds, its text untouched, for stages that come after cleaning.
pub fn read_report(line: &str) -> Result<Report, Problem> {
    let nameless = |reason: String| Problem { path: None, id: None, reason };
    let value: Value =
        serde_json::from_str(line).map_err(|e| nameless(format!("not JSON ({e}); one object a line is expected")))?;
    let Value::Object(mut fields) = value else {
        return Err(nameless("not a JSON object; a line is {\"id\": …, \"text\": …}".to_owned()));
    };
    let id = match fields.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
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
    let mut extra = match fields.remove("extra") {
        Some(Value::Object(extra)) => extra,
        _ => Map::new(),
    };
    let unknown: Vec<String> = fields.keys().filter(|k| !KNOWN.contains(&k.as_str())).cloned().collect();
    for key in unknown {
        if let Some(value) = fields.remove(&key) {
            extra.insert(key, value);
        }
    }
    // A field that is null says as much as one that is missing.
    fields.retain(|_, value| !value.is_null());
    let mut report: Report =
        serde_json::from_value(Value::Object(fields)).map_err(|e| Problem::of_id(id, format!("not a report: {e}")))?;
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
    "language",
    "text",
    "blocks",
    "credits",
    "removed",
    "notes",
    "annotations",
];

fn page_of(id: &str, mut fields: Map<String, Value>) -> Result<Page, String> {
    if fields.get("blocks").is_some_and(|b| b.as_array().is_some_and(|b| !b.is_empty())) && fields.contains_key("text")
    {
        fields.insert("id".to_owned(), Value::String(id.to_owned()));
        let report: Report = serde_json::from_value(Value::Object(fields)).map_err(|e| format!("not a report: {e}"))?;
        let mut page = empty(id);
        page.path.clone_from(&report.path);
        page.body = Body::Clean(Box::new(report));
        return Ok(page);
    }
    let mut page = empty(id);
    page.path = take(&mut fields, "path")?;
    page.url = take(&mut fields, "url")?;
    page.outlet = take(&mut fields, "outlet")?;
    page.published = take(&mut fields, "published")?;
    page.title = take(&mut fields, "title")?;
    page.language = take(&mut fields, "language")?;
    page.byline = match fields.remove("byline") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.into_iter().filter_map(|v| v.as_str().map(str::to_owned)).collect(),
        Some(_) => return Err("`byline` is neither a string nor a list of strings".to_owned()),
    };
    let (text, html) = (take(&mut fields, "text")?, take(&mut fields, "html")?);
    page.body = match (text, html) {
        (Some(text), _) => Body::Text(nfc(&text.replace("\r\n", "\n").replace('\r', "\n")).into_owned()),
        (None, Some(html)) => Body::Html(html),
        (None, None) => return Err("neither `text` nor `html`; a report needs one of them".to_owned()),
    };
    if let Some(Value::Object(extra)) = fields.remove("extra") {
        page.extra = extra;
    }
    page.extra.extend(fields);
    Ok(page)
}

fn take(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{name}` is not a string")),
    }
}

fn empty(id: &str) -> Page {
    let mut page = crate::plain::page("", b"", Body::Text(String::new()));
    page.id = id.into();
    page.path = None;
    page
}
