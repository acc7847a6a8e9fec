//! The nouns of news in the description: their schemas are those of `docs/schema/`, from the same types.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{ArrayBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use variorum_news::{Annotations, Check, Drift, Report, Story, Variant};

/// Returns the schemas of all nouns that the API tells, by name.
pub fn schemas() -> Map<String, Value> {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = "/components/schemas".into();
    let mut generator = settings.into_generator();
    generator.subschema_for::<Annotations>();
    generator.subschema_for::<Check>();
    generator.subschema_for::<Drift>();
    generator.subschema_for::<Report>();
    generator.subschema_for::<Story>();
    generator.subschema_for::<Variant>();
    let mut schemas = generator.take_definitions(true);
    schemas.values_mut().for_each(plain);
    schemas
}

/// Says the same in the words that makers of clients know: a choice of words is an `enum`, and a number has no format of
/// one programming language.
fn plain(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("format").is_some_and(|format| format == "uint") {
                object.remove("format");
            }
            if let Some(words) = object.get("oneOf").and_then(words) {
                object.remove("oneOf");
                object.insert("type".to_owned(), json!("string"));
                object.insert("enum".to_owned(), words);
            }
            object.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}

fn words(choices: &Value) -> Option<Value> {
    choices.as_array()?.iter().map(|choice| choice.get("const").cloned()).collect::<Option<Vec<_>>>().map(Value::Array)
}

/// Refers to a drift.
pub fn drift() -> RefOr<Schema> {
    named("Drift")
}

/// Refers to a report.
pub fn report() -> RefOr<Schema> {
    named("Report")
}

/// Refers to a story.
pub fn story() -> RefOr<Schema> {
    named("Story")
}

/// Refers to a variant.
pub fn variant() -> RefOr<Schema> {
    named("Variant")
}

/// Refers to the names of reports.
pub fn report_ids() -> ArrayBuilder {
    ArrayBuilder::new().items(utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::Type::String))
}

fn named(name: &str) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(name))
}

/// Refers to the annotations of a report, which may be missing.
pub fn maybe_annotations() -> Schema {
    use utoipa::openapi::{ObjectBuilder, Type};
    let nothing = ObjectBuilder::new().schema_type(Type::Null);
    utoipa::openapi::OneOfBuilder::new().item(nothing).item(named("Annotations")).into()
}

/// Refers to a span, which may be missing.
pub fn maybe_span() -> Schema {
    use utoipa::openapi::{ObjectBuilder, Type};
    let nothing = ObjectBuilder::new().schema_type(Type::Null);
    utoipa::openapi::OneOfBuilder::new().item(nothing).item(named("Span")).into()
}

/// Describes counts by kind of drift.
pub fn by_kind() -> utoipa::openapi::schema::Object {
    use utoipa::openapi::{ObjectBuilder, Type};
    let count = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    ObjectBuilder::new().additional_properties(Some(Schema::from(count))).build()
}

/// The answer of a check.
pub struct CheckAnswer;

impl utoipa::PartialSchema for CheckAnswer {
    fn schema() -> RefOr<Schema> {
        named("Check")
    }
}

impl utoipa::ToSchema for CheckAnswer {
    fn name() -> std::borrow::Cow<'static, str> {
        "Check".into()
    }
}
