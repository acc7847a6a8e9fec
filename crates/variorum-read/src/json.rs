//! One JSON document over several lines: what it holds decides which format it is.

use serde_json::{Map, Value};
use variorum_news::{Page, Problem};

use crate::charset::decode;
use crate::{Each, Origin, jsonfeed, jsonl, ninjs};

/// Fields under which services put their lists of items.
const LISTS: &[&str] = &[
    "items",
    "_items",
    "item",
    "data",
    "results",
    "articles",
    "stories",
    "documents",
    "docs",
    "news",
    "entries",
    "response",
    "reports",
];

/// A list inside more lists than this is no answer of a service.
const DEEPEST: usize = 5;

const EXPECTED: &str =
    "a report {\"text\": …} or {\"html\": …}, an IPTC ninjs item, a JSON Feed, or a list of these is expected";

/// Calls `each` with the pages of a document: a report, a ninjs item, a JSON Feed, or a list of these.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    // The parser itself ends documents nested deeper than 128.
    match serde_json::from_str::<Value>(&decode(bytes, origin.charset)) {
        Ok(value) => of_value(value, "", 0).into_iter().for_each(|found| each(found.placed(origin))),
        Err(error) => each(Err(Problem::of_path(origin.path, format!("not JSON ({error}); fetch the file again")))),
    }
}

/// Returns the pages of one object, in a document or in a line.
pub(crate) fn of_object(fields: Map<String, Value>) -> Vec<Result<Page, Problem>> {
    of_fields(fields, "", 0).into_iter().map(Found::alone).collect()
}

/// Gives a problem its file; one that names a part (`#/items/3`) keeps it.
pub(crate) fn located(file: &str, problem: Problem) -> Problem {
    match problem.path {
        None if problem.id.is_some() => problem,
        path => Problem { path: Some(format!("{file}{}", path.unwrap_or_default())), ..problem },
    }
}

/// A page or a problem, and where in its document it stands (RFC 6901).
struct Found {
    pointer: String,
    page: Result<Page, Problem>,
}

impl Found {
    fn placed(self, origin: Origin<'_>) -> Result<Page, Problem> {
        let is_listed = !self.pointer.is_empty();
        let mut page = self.alone().map_err(|problem| {
            let path = problem.path.unwrap_or_default();
            Problem { path: Some(format!("{}{path}", origin.path)), ..problem }
        })?;
        page.path.get_or_insert_with(|| origin.path.to_owned());
        // The address of a list is that of none of its entries.
        page.url = page.url.or_else(|| origin.url.filter(|_| !is_listed).map(str::to_owned));
        Ok(page)
    }

    fn alone(self) -> Result<Page, Problem> {
        let part = if self.pointer.is_empty() { None } else { Some(format!("#{}", self.pointer)) };
        self.page.map_err(|problem| {
            let path = match (part, problem.path) {
                (Some(part), Some(inner)) => Some(format!("{part}{inner}")),
                (part, inner) => inner.or(part),
            };
            Problem { path, ..problem }
        })
    }
}

fn of_value(value: Value, pointer: &str, depth: usize) -> Vec<Found> {
    if !holds_report(&value, depth) {
        return vec![found(pointer, Err(nameless(format!("{}; {EXPECTED}", what_is(&value)))))];
    }
    match value {
        Value::Object(fields) => of_fields(fields, pointer, depth),
        Value::Array(many) => {
            let entries = many.into_iter().enumerate();
            entries.flat_map(|(at, one)| of_value(one, &format!("{pointer}/{at}"), depth + 1)).collect()
        }
        _ => Vec::new(),
    }
}

fn of_fields(mut fields: Map<String, Value>, pointer: &str, depth: usize) -> Vec<Found> {
    // A feed comes before the lists, for it has `items` too.
    if jsonfeed::is_feed(&fields) {
        return jsonfeed::pages(fields).into_iter().map(|page| found(pointer, page)).collect();
    }
    if ninjs::is_item(&fields) {
        return ninjs::pages(fields).into_iter().map(|page| found(pointer, page)).collect();
    }
    let lists = lists_in(&fields, depth);
    if lists.is_empty() {
        return vec![found(pointer, jsonl::of_fields(fields))];
    }
    let taken = lists.into_iter().map(|key| (key, fields.remove(key).unwrap_or_default()));
    taken.flat_map(|(key, inside)| of_value(inside, &format!("{pointer}/{key}"), depth + 1)).collect()
}

/// Tells whether there is something to read in a value, or something that was meant to be read.
fn holds_report(value: &Value, depth: usize) -> bool {
    match value {
        Value::Object(fields) => {
            let is_known = is_report(fields) || jsonfeed::is_feed(fields) || ninjs::is_item(fields);
            is_known || !lists_in(fields, depth).is_empty()
        }
        Value::Array(many) => depth < DEEPEST && many.iter().any(|one| holds_report(one, depth + 1)),
        _ => false,
    }
}

fn is_report(fields: &Map<String, Value>) -> bool {
    ["text", "html"].iter().any(|key| fields.contains_key(*key))
}

/// Returns the fields that hold the items of a service's answer; a report is no answer, whatever else it has.
fn lists_in(fields: &Map<String, Value>, depth: usize) -> Vec<&'static str> {
    if depth >= DEEPEST || is_report(fields) {
        return Vec::new();
    }
    let holds = |key: &&str| fields.get(*key).is_some_and(|value| holds_report(value, depth + 1));
    LISTS.iter().copied().filter(holds).collect()
}

fn what_is(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object of another kind",
        Value::Array(many) if many.is_empty() => "an empty list",
        Value::Array(_) => "a list without reports",
        _ => "a single value",
    }
}

fn found(pointer: &str, page: Result<Page, Problem>) -> Found {
    Found { pointer: pointer.to_owned(), page }
}

fn nameless(reason: String) -> Problem {
    Problem { path: None, id: None, reason }
}

#[cfg(test)]
mod tests {
    use variorum_news::{Page, Problem};

    use crate::{read_bytes, read_line};

    fn told(document: &[u8]) -> Vec<String> {
        let tell = |one: Result<Page, Problem>| match one {
            Ok(page) => page.id.to_string(),
            Err(problem) => format!("{}: {}", problem.path.or(problem.id).unwrap_or_default(), problem.reason),
        };
        read_bytes("a.json", document).into_iter().map(tell).collect()
    }

    #[test]
    fn a_list_of_reports_and_others() {
        let told = told(include_bytes!("../fixtures/reports.json"));
        assert_eq!((told.len(), told[0].as_str(), told[3].as_str()), (4, "r1", "r3"));
        assert!(told[1].starts_with("a.json#/1: `text` is not a string"), "{told:?}");
        assert!(told[2].starts_with("a.json#/2: a single value; a report {\"text\": …}"), "{told:?}");
    }

    #[test]
    fn a_report_over_several_lines() {
        assert_eq!(told(b"{\n  \"id\": \"r1\",\n  \"text\": \"It sank.\"\n}\n"), ["r1"]);
    }

    #[test]
    fn answers_of_services() {
        for document in [
            r#"{"items":[{"id":"r1","text":"It sank."}]}"#,
            r#"{"_items":[{"id":"r1","text":"It sank."}],"_meta":{"total":1}}"#,
            r#"{"data":{"items":[{"meta":{},"item":{"uri":"r1","type":"text","pubstatus":"usable","body_text":"It sank."}}]}}"#,
            r#"{"status":"ok","articles":[{"id":"r1","text":"It sank."}]}"#,
            r#"[[{"id":"r1","text":"It sank."}]]"#,
        ] {
            assert_eq!(told(format!("\n{document}").replace(',', ",\n").as_bytes()), ["r1"], "{document}");
        }
    }

    #[test]
    fn a_feed_in_a_list_names_its_broken_items() {
        let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Delmare","items":[7,
            {"id":"1","title":"Ferry aground","content_text":"The ferry ran aground off Port Delmare."}]}"#;
        let told = told(format!("[\n{feed}]").as_bytes());
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("a.json#/0#item-1: "), "{told:?}");
    }

    #[test]
    fn a_report_with_lists_is_a_report() {
        let found = read_line(r#"{"id":"r1","text":"It sank.","items":[{"id":"r2","text":"It rose."}]}"#);
        let page = found[0].as_ref().expect("a page");
        assert_eq!((found.len(), page.id.as_ref(), page.extra.contains_key("items")), (1, "r1", true));
    }

    #[test]
    fn other_json_is_told_what_is_expected() {
        for (document, says) in [
            ("{\n\"name\": \"ferry\", \"version\": \"1.0.0\"\n}", "an object of another kind; a report"),
            ("{\n\"items\": [1, 2]\n}", "an object of another kind; a report"),
            ("[\n1, 2\n]", "a list without reports; a report"),
            ("[\n]", "an empty list; a report"),
            ("{\n\"a\": ", "not JSON"),
        ] {
            let told = told(document.as_bytes());
            assert!(told.len() == 1 && told[0].contains(says), "{document}: {told:?}");
        }
        let parts: Vec<Option<String>> = read_line(r#"{"items":[{"id":"r1","text":7},{"text":"It sank."},7]}"#)
            .into_iter()
            .map(|one| one.err().and_then(|problem| problem.path))
            .collect();
        assert_eq!(parts, [Some("#/items/0".to_owned()), None, Some("#/items/2".to_owned())]);
        let problem = read_line(r#"{"id":"r1","data":{"n":1}}"#).remove(0).expect_err("a problem");
        assert_eq!((problem.id.as_deref(), problem.reason.contains("neither `text` nor `html`")), (Some("r1"), true));
    }
}
