//! A node of linked data in the making.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// A node of the graph in the making; what is not known is left out.
pub struct Node(Map<String, Value>);

impl Node {
    /// Begins a node.
    pub fn new(id: &str, kind: &str) -> Self {
        let mut fields = Map::new();
        fields.insert("@id".to_owned(), id.into());
        fields.insert("@type".to_owned(), kind.into());
        Node(fields)
    }

    /// Puts a value.
    pub fn put(&mut self, name: &str, value: impl serde::Serialize) {
        self.0.insert(name.to_owned(), json!(value));
    }

    /// Puts a value that may be missing.
    pub fn put_some(&mut self, name: &str, value: Option<impl serde::Serialize>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// Puts values, each once, where there are any.
    pub fn put_all(&mut self, name: &str, values: impl Iterator<Item = Value>) {
        let mut seen = BTreeSet::new();
        let values: Vec<Value> = values.filter(|value| seen.insert(value.to_string())).collect();
        self.put_some(name, Some(values).filter(|values| !values.is_empty()));
    }

    /// Returns the node.
    pub fn done(self) -> Value {
        Value::Object(self.0)
    }
}
