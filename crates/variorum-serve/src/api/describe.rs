//! The description of the API (OpenAPI 3.1), made from its types.

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::nouns;

/// What stands over the operations.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Variorum",
        description = "What a newsroom keeps: reports, the stories they tell, who copied whom, where they differ and what rewrites bent. \
                       It counts reporting, not truth: `agreed` means that two independent origins at least tell the same. \
                       Whatever is said of a report carries a span: the report, start and end in Unicode code points, and the exact words. \
                       Names in paths are percent-encoded. Lists end with `next`, a cursor that means nothing by itself. \
                       What is read carries an `etag`; sent back as `if-none-match`, it is answered with 304 while nothing changed. \
                       Errors are `application/problem+json`: what went wrong, and the next step.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT"),
        version = "1"
    ),
    tags(
        (name = "stories", description = "Stories, what changed in them, where they differ, what was bent."),
        (name = "reports", description = "Reports, their revisions and annotations."),
        (name = "search", description = "Search, and searches that are kept."),
        (name = "alerts", description = "Rules that wait for something, and what they told."),
        (name = "outlets", description = "Outlets, counted."),
        (name = "corrections", description = "What people correct."),
        (name = "check", description = "A rewrite against its sources."),
        (name = "status", description = "How the newsroom stands.")
    )
)]
struct Frame;

/// Returns what stands over the operations.
pub fn frame() -> utoipa::openapi::OpenApi {
    Frame::openapi()
}

/// Answers with the description.
pub async fn answer() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], text())
}

/// Returns the description as text.
pub fn text() -> String {
    let mut text = serde_json::to_string_pretty(&whole()).unwrap_or_default();
    text.push('\n');
    text
}

fn whole() -> Value {
    let mut whole = serde_json::to_value(super::rooms().into_openapi()).unwrap_or_default();
    if let Some(info) = frame_info() {
        whole["info"] = info;
    }
    whole["tags"] = serde_json::to_value(frame().tags).unwrap_or_default();
    whole["servers"] = json!([{ "url": "/", "description": "the server that told this" }]);
    if let Some(schemas) = whole["components"]["schemas"].as_object_mut() {
        schemas
            .iter_mut()
            .filter(|(name, _)| !TAKEN.contains(&name.as_str()))
            .for_each(|(_, schema)| told_whole(schema));
        schemas.extend(nouns::schemas());
        schemas.sort_keys();
    }
    for item in whole["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            complete(method, operation);
        }
    }
    whole
}

fn frame_info() -> Option<Value> {
    serde_json::to_value(frame().info).ok()
}

/// Adds what every operation may answer.
fn complete(method: &str, operation: &mut Value) {
    let problem = |what: &str| {
        let schema = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        json!({ "description": what, "content": { "application/problem+json": schema } })
    };
    let takes_body = operation.get("requestBody").is_some();
    let has_parameters = operation["parameters"].as_array().is_some_and(|all| !all.is_empty());
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    let mut add = |status: &str, response: Value| {
        responses.entry(status.to_owned()).or_insert(response);
    };
    if method == "get" {
        add("304", json!({ "description": "Nothing changed since the tag in `if-none-match`." }));
    } else {
        add("403", problem("A page of another site asked."));
    }
    if takes_body || has_parameters {
        add("400", problem("The request cannot be read; the sentence says where."));
    }
    if takes_body {
        add("413", problem("The body is too long."));
        add("415", problem("The body is not said to be JSON."));
        add("422", problem("The request can be read, but not be done; the sentence says why."));
    }
    add("default", problem("Anything else that went wrong."));
    if let Some(ok) = responses.get_mut("200").filter(|_| method == "get") {
        ok["headers"] = json!({ "etag": { "description": "A tag of this answer.", "schema": { "type": "string" } } });
    }
    responses.sort_keys();
}

/// What a request brings; all other shapes are told, and told with every field, null where there is nothing.
const TAKEN: [&str; 7] = ["Act", "NewCorrection", "NewRule", "NewSearch", "Pair", "TellTo", "Undoing"];

fn told_whole(schema: &mut Value) {
    let fields = schema.get("properties").and_then(Value::as_object);
    let names: Option<Vec<Value>> = fields.map(|fields| fields.keys().map(|name| json!(name)).collect());
    if let Some(names) = names {
        schema["required"] = Value::Array(names);
    }
}
