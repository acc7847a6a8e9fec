//! The JSON Schema of every shape that users read, made from the types.

use std::fs;
use std::path::Path;
use std::process::Command;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use variorum_news::{Check, Dossier, Edge, GroupLine, ProblemLine, Report, TraceAnswer};

/// Writes every schema into `docs/schema/`, and the description of the API into `docs/api/`.
pub fn write(root: &Path) -> Result<(), String> {
    let folder = root.join("docs/schema");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for (name, text) in all() {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let folder = root.join("docs/api");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let path = folder.join("openapi.json");
    fs::write(&path, description(root)?).map_err(|e| format!("{}: {e}", path.display()))
}

/// Returns the description of the API. Asked of the server's own crate, so that no chore is built with a server in it.
fn description(root: &Path) -> Result<Vec<u8>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["run", "--quiet", "--package", "variorum-serve", "--example", "openapi"];
    let output = Command::new(cargo).args(arguments).current_dir(root).output().map_err(|e| format!("cargo: {e}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Returns every schema by the name of its file.
fn all() -> Vec<(&'static str, String)> {
    vec![
        ("check.json", of::<Check>()),
        ("dossier.json", of::<Dossier>()),
        ("edge.json", of::<Edge>()),
        ("group-line.json", of::<GroupLine>()),
        ("problem-line.json", of::<ProblemLine>()),
        ("report.json", of::<Report>()),
        ("trace-answer.json", of::<TraceAnswer>()),
    ]
}

/// Describes what is printed, so that a field that is always there is required.
fn of<T: JsonSchema>() -> String {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_committed_is_what_the_types_say() {
        for (name, text) in super::all() {
            let path = crate::root().join("docs/schema").join(name);
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(committed == text, "docs/schema/{name} is out of date; run `cargo xtask schema`");
        }
    }
}
