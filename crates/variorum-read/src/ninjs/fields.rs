//! The fields of an item, whatever their case: 1.x and 2.x write `versioncreated`, 3.x writes `versionCreated`.

use serde_json::{Map, Value};

/// The fields of an item that nothing has been made of yet.
#[derive(Debug)]
pub(super) struct Fields(pub Map<String, Value>);

impl Fields {
    /// Tells whether there is a field of this name that says something.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Returns a field by its name in lower case.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.key(name).and_then(|key| self.0.get(&key)).filter(|value| !value.is_null())
    }

    /// Takes a field by its name in lower case.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        let key = self.key(name)?;
        self.0.remove(&key).filter(|value| !value.is_null())
    }

    /// Takes a field that is words; anything else under its name stays.
    pub(super) fn line(&mut self, name: &str) -> Option<String> {
        let line = self.get(name).and_then(Value::as_str).map(str::trim).filter(|line| !line.is_empty())?.to_owned();
        self.take(name);
        Some(line)
    }

    /// Takes the first of several fields that is words.
    pub(super) fn first_line(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.line(name))
    }

    /// Returns the names in the item's own spelling of all fields that begin so, in lower case.
    pub(super) fn keys_from(&self, prefix: &str) -> Vec<String> {
        let begins = |key: &&String| key.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
        self.0.keys().filter(begins).cloned().collect()
    }

    fn key(&self, name: &str) -> Option<String> {
        if self.0.contains_key(name) {
            return Some(name.to_owned());
        }
        self.0.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned()
    }
}

/// Returns the objects of a field that is a list of them, one of them, or a table of them by name.
pub(super) fn objects(value: Value) -> Vec<Map<String, Value>> {
    let is_table = |fields: &Map<String, Value>| !fields.is_empty() && fields.values().all(Value::is_object);
    match value {
        Value::Array(many) => {
            many.into_iter().flat_map(|one| if one.is_array() { Vec::new() } else { objects(one) }).collect()
        }
        Value::Object(fields) if is_table(&fields) => fields.into_iter().flat_map(|(_, one)| object(one)).collect(),
        one => object(one).into_iter().collect(),
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

/// Returns the names of parties: words, objects with a name, or lists of these; with them what the party did.
pub(super) fn parties(value: &Value) -> Vec<(String, String)> {
    let named = |one: &Value| match one {
        Value::String(name) => Some((name.clone(), String::new())).filter(|(name, _)| !name.trim().is_empty()),
        Value::Object(fields) => {
            let word = |key: &str| fields.get(key).and_then(Value::as_str).filter(|word| !word.trim().is_empty());
            let name = word("name").or_else(|| word("by")).or_else(|| word("value")).or_else(|| word("literal"))?;
            Some((name.to_owned(), word("role").or_else(|| word("rel")).unwrap_or_default().to_owned()))
        }
        _ => None,
    };
    match value {
        Value::Array(many) => many.iter().filter_map(named).collect(),
        one => named(one).into_iter().collect(),
    }
}
