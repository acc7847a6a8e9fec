//! The wordings of an item: 1.x has a field for each (`body_xhtml`), 2.x and 3.x a list of them (`bodies`).

use serde_json::Value;

use super::fields::Fields;
use crate::agency::Wording;

/// Takes all wordings of a part: `headline`, `headlines` and `headline_…`.
pub(super) fn wordings(fields: &mut Fields, one: &str, many: &str) -> Vec<Wording> {
    let mut found: Vec<Wording> = fields.line(one).map(|words| Wording::of("", "", words)).into_iter().collect();
    if fields.get(many).is_some_and(|value| value.is_string() || value.is_array() || value.is_object()) {
        found.extend(fields.take(many).map(listed).unwrap_or_default());
    }
    for key in fields.keys_from(&format!("{one}_")) {
        let role = key[one.len() + 1..].to_owned();
        found.extend(fields.line(&key).map(|words| Wording::of(&role, "", words)));
    }
    found
}

fn listed(value: Value) -> Vec<Wording> {
    match value {
        Value::Array(many) => many.into_iter().filter_map(wording).collect(),
        one => wording(one).into_iter().collect(),
    }
}

fn wording(value: Value) -> Option<Wording> {
    if let Value::String(words) = value {
        return (!words.trim().is_empty()).then(|| Wording::of("", "", words));
    }
    let mut fields = match value {
        Value::Object(fields) => Fields(fields),
        _ => return None,
    };
    let (role, content) = (fields.line("role").unwrap_or_default(), fields.line("contenttype").unwrap_or_default());
    Some(Wording::of(&role, &content, fields.line("value")?))
}
