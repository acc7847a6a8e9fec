//! One JSON document over several lines: what it holds decides which format it is.

use serde_json::{Map, Value};
use variorum_news::{Page, Problem};

use crate::charset::decode;
use crate::{Each, Origin, jsonfeed, jsonl, ninjs};

/// Calls `each` with the pages of a document: a report, a ninjs item, a JSON Feed, or a list of these.
pub(crate) fn read(origin: Origin<'_>, bytes: &[u8], each: Each<'_>) {
    match serde_json::from_str::<Value>(&decode(bytes, origin.charset)) {
        Ok(Value::Array(many)) => many.into_iter().for_each(|one| of_value(origin, one, each)),
        Ok(one) => of_value(origin, one, each),
        Err(error) => each(Err(Problem::of_path(origin.path, format!("not JSON ({error}); fetch the file again")))),
    }
}

fn of_value(origin: Origin<'_>, value: Value, each: Each<'_>) {
    match value {
        Value::Object(fields) => {
            let pages = of_object(fields).into_iter();
            pages.for_each(|page| {
                each(page.map(|page| placed(origin, page)).map_err(|problem| located(origin.path, problem)));
            });
        }
        _ => each(Err(Problem::of_path(origin.path, "not a JSON object; a report is {\"text\": …}"))),
    }
}

fn placed(origin: Origin<'_>, mut page: Page) -> Page {
    page.path.get_or_insert_with(|| origin.path.to_owned());
    page.url = page.url.or_else(|| origin.url.map(str::to_owned));
    page
}

/// Gives a problem its file; one that names a part (`#item-3`) keeps it.
pub(crate) fn located(file: &str, problem: Problem) -> Problem {
    match problem.path {
        None if problem.id.is_some() => problem,
        path => Problem { path: Some(format!("{file}{}", path.unwrap_or_default())), ..problem },
    }
}

/// Returns the pages of one object, in a document or in a line.
pub(crate) fn of_object(fields: Map<String, Value>) -> Vec<Result<Page, Problem>> {
    if ninjs::is_item(&fields) {
        return ninjs::pages(fields);
    }
    if jsonfeed::is_feed(&fields) {
        return jsonfeed::pages(fields);
    }
    vec![jsonl::of_fields(fields)]
}
