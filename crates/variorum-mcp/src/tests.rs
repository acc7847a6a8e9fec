//! The desk as an assistant meets it, through the protocol.

use rmcp::ServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService};
use serde_json::{Value, json};
use tempfile::TempDir;
use variorum_news::Report;
use variorum_store::Store;

use crate::Desk;

struct Talk {
    client: RunningService<RoleClient, ()>,
    _folder: TempDir,
}

async fn talk() -> Talk {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("variorum.db")).unwrap();
    let mut first = Report::of_text("herald-1", "Two ferries sank off Delmare, Ada Orr said. Ten people died.");
    first.outlet = Some("Herald".to_owned());
    first.language = Some("en".to_owned());
    let long = Report::of_text("long", "Ferry é after ferry left Vesterland. ".repeat(1_000));
    store.keep(vec![first, long], 1_772_700_000).unwrap();
    let (ours, theirs) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        let running = Desk::new(store).serve(ours).await.unwrap();
        running.waiting().await.unwrap();
    });
    Talk { client: ().serve(theirs).await.unwrap(), _folder: folder }
}

impl Talk {
    async fn call(&self, tool: &'static str, arguments: Value) -> CallToolResult {
        let arguments = arguments.as_object().unwrap().clone();
        self.client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await.unwrap()
    }

    /// Returns what a tool found, held to the schema that it promises.
    async fn found(&self, tool: &'static str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_ne!(result.is_error, Some(true), "{result:?}");
        let found = result.structured_content.unwrap();
        let tools = self.client.list_all_tools().await.unwrap();
        let promised = tools.iter().find(|known| known.name == tool).unwrap().output_schema.clone().unwrap();
        let schema = jsonschema::validator_for(&Value::Object((*promised).clone())).unwrap();
        let wrong: Vec<String> = schema.iter_errors(&found).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{tool}: {wrong:?}");
        found
    }

    async fn refused(&self, tool: &'static str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{result:?}");
        result.content[0].as_text().unwrap().text.clone()
    }
}

#[tokio::test]
async fn tools_say_what_they_do_and_that_they_only_read() {
    let talk = talk().await;
    let tools = talk.client.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
    assert_eq!(names, ["check", "report", "search", "stories", "story"]);
    for tool in &tools {
        assert!(tool.description.is_some() && tool.output_schema.is_some(), "{}", tool.name);
        assert_eq!(tool.annotations.as_ref().unwrap().read_only_hint, Some(true));
        for (name, argument) in tool.input_schema["properties"].as_object().unwrap() {
            assert!(argument.get("description").is_some(), "{} {name}", tool.name);
        }
    }
}

#[tokio::test]
async fn a_search_returns_spans() {
    let found = talk().await.found("search", json!({ "query": "delmare" })).await;
    assert_eq!((&found["total"], &found["reports"][0]["id"]), (&json!(1), &json!("herald-1")));
    assert_eq!(found["reports"][0]["opening"]["text"], "Two ferries sank off Delmare, Ada Orr said. Ten people died.");
    assert!(found["counted"].as_str().unwrap().contains("not truth"));
}

#[tokio::test]
async fn a_long_report_comes_in_parts_that_make_the_whole() {
    let talk = talk().await;
    let (mut text, mut cursor) = (String::new(), Value::Null);
    loop {
        let part = talk.found("report", json!({ "id": "long", "cursor": cursor })).await;
        assert_eq!(part["text"]["start"], text.chars().count());
        text += part["text"]["text"].as_str().unwrap();
        cursor = part["next"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(text, "Ferry é after ferry left Vesterland. ".repeat(1_000));
}

#[tokio::test]
async fn a_text_is_held_against_a_report_of_the_record() {
    let arguments = json!({ "rewrite": "Three ferries sank off Delmare.", "reports": ["herald-1"] });
    let found = talk().await.found("check", arguments).await;
    assert_eq!(found["items"][0]["kind"], "figure");
    assert_eq!(found["items"][0]["source"]["text"], "Two ferries");
    assert_eq!(found["sources"], json!([{ "name": "source-1", "report": "herald-1" }]));
}

#[tokio::test]
async fn no_story_is_a_list_without_items() {
    assert_eq!(talk().await.found("stories", json!({})).await["stories"], json!([]));
}

#[tokio::test]
async fn a_wrong_question_is_answered_with_the_next_step() {
    let talk = talk().await;
    for (tool, arguments, says) in [
        ("search", json!({ "query": "\"open" }), "mend the query"),
        ("search", json!({ "limit": 0 }), "1 to 30"),
        ("search", json!({ "limit": "many" }), "input schema"),
        ("search", json!({ "colour": "red" }), "colour"),
        ("search", json!({ "cursor": "7" }), "without `cursor`"),
        ("report", json!({ "id": "nobody" }), "`nobody` is not here"),
        ("report", json!({}), "id"),
        ("report", json!({ "id": "long", "cursor": "0.0" }), "without `cursor`"),
        ("check", json!({ "rewrite": "x" }), "give `sources`"),
        ("check", json!({ "rewrite": "x", "reports": ["nobody"] }), "`nobody`"),
    ] {
        let said = talk.refused(tool, arguments.clone()).await;
        assert!(said.contains(says) && said.contains("next: "), "{tool} {arguments}: {said}");
    }
}
