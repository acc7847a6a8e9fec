//! What the description says of an answer.

use axum::http::{Method, StatusCode};
use jsonschema::Validator;
use serde_json::{Value, json};

/// Returns the schema of an answer; none where the address is none of ours, or has no body.
///
/// An address or a status that the description should name, and does not, is a panic.
pub fn schema(method: &Method, path: &str, status: StatusCode, kind: &str) -> Option<Validator> {
    let description: Value = serde_json::from_str(&crate::api::description()).unwrap();
    let paths = description["paths"].as_object().unwrap();
    let (_, item) = paths.iter().find(|(template, _)| fits(template, path))?;
    let operation = item.get(method.as_str().to_lowercase())?;
    let responses = operation["responses"].as_object().unwrap();
    let response = responses.get(status.as_str()).or_else(|| responses.get("default")).unwrap();
    let content = response.get("content")?.as_object().unwrap();
    let bare = kind.split(';').next().unwrap_or("");
    let said = content.get(bare).unwrap_or_else(|| panic!("{path} answers {kind}, which is not described"));
    let mut schema = said["schema"].clone();
    schema["components"] = description["components"].clone();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    Some(jsonschema::validator_for(&schema).unwrap())
}

fn fits(template: &str, path: &str) -> bool {
    let (a, b) = (template.split('/'), path.split('/'));
    a.clone().count() == b.clone().count() && a.zip(b).all(|(a, b)| a == b || (a.starts_with('{') && !b.is_empty()))
}

#[test]
fn every_operation_says_all_that_a_client_needs() {
    let description: Value = serde_json::from_str(&crate::api::description()).unwrap();
    let mut names = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let at = format!("{method} {path}");
            names.push(operation["operationId"].as_str().unwrap().to_owned());
            assert!(operation["summary"].is_string() && operation["tags"][0].is_string(), "{at}");
            assert!(operation["responses"]["default"].is_object(), "{at}");
            let parameters = operation["parameters"].as_array();
            let in_path: Vec<&str> = path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
            for name in in_path {
                assert!(parameters.unwrap().iter().any(|p| p["name"] == name && p["required"] == true), "{at} {name}");
            }
            for parameter in parameters.into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{at} {parameter}");
            }
        }
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "two operations have one name");
}

#[test]
fn every_reference_leads_somewhere() {
    let description: Value = serde_json::from_str(&crate::api::description()).unwrap();
    let text = description.to_string();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(description["components"]["schemas"][name].is_object(), "{name}");
    }
}
