//! What an assistant gives, and what it is told when that cannot be used.

use rmcp::handler::server::common::FromContextPart;
use rmcp::handler::server::tool::{IntoCallToolResult, ToolCallContext};
use rmcp::model::{CallToolResponse, CallToolResult};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Why a tool has no answer: a sentence, and the next step. An assistant reads it and mends its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub problem: String,
    /// What to do next.
    pub next: String,
}

impl Refusal {
    /// Says what is wrong, and what to do next.
    pub fn new(problem: impl Into<String>, next: impl Into<String>) -> Self {
        Refusal { problem: problem.into(), next: next.into() }
    }
}

impl IntoCallToolResult for Refusal {
    fn into_call_tool_result(self) -> Result<CallToolResponse, rmcp::ErrorData> {
        // Without structured content: what a tool promises to return holds for what it returns, not for why it cannot.
        let said = format!("{}\nnext: {}", self.problem, self.next);
        Ok(CallToolResult::error(vec![rmcp::model::ContentBlock::text(said)]).into())
    }
}

impl From<variorum_store::Error> for Refusal {
    fn from(error: variorum_store::Error) -> Self {
        use variorum_store::Error as Store;
        let next = match &error {
            Store::Cursor => "ask again without `cursor`",
            Store::Query(_) => {
                "mend the query; words, \"phrases\", OR, -word, outlet: author: title: date: lang: origin: has: story:"
            }
            _ => "tell the person that the record cannot be read, and that `variorum doctor` examines it",
        };
        let words = error.to_string();
        let problem = words.split("hint:").next().unwrap_or(&words).trim().to_owned();
        Refusal::new(problem, next)
    }
}

impl From<variorum_newsroom::Error> for Refusal {
    fn from(error: variorum_newsroom::Error) -> Self {
        match error {
            variorum_newsroom::Error::Store(error) => error.into(),
            other => Refusal::new(other.to_string(), "ask for something else"),
        }
    }
}

/// The arguments of a call, or why they cannot be used. A wrong argument is an answer of the tool, which assistants read,
/// and no fault of the protocol, which they do not.
pub struct Given<P>(pub Result<P, Refusal>);

impl<S, P: DeserializeOwned> FromContextPart<ToolCallContext<'_, S>> for Given<P> {
    fn from_context_part(context: &mut ToolCallContext<'_, S>) -> Result<Self, rmcp::ErrorData> {
        let arguments = Value::Object(context.arguments.take().unwrap_or_default());
        let wrong = |error: serde_json::Error| {
            Refusal::new(
                format!("the arguments cannot be read: {error}"),
                "see the tool's input schema and call it again",
            )
        };
        Ok(Given(serde_json::from_value(arguments).map_err(wrong)))
    }
}

/// Says what the figures of an answer count.
pub fn counted() -> Value {
    json!("figures count reporting, not truth; origins are tellings that do not descend from one another")
}
