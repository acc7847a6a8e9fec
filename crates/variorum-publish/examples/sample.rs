//! Writes the page of the invented sample dossier to standard output (`--json` the dossier, `--text` the summary).

use std::io::Write;

#[path = "../src/sample/mod.rs"]
mod sample;

fn main() -> std::io::Result<()> {
    let dossier = sample::dossier();
    let printed = match std::env::args().nth(1).as_deref() {
        Some("--json") => serde_json::to_string(&dossier)?,
        Some("--text") => variorum_publish::summary(&dossier, 100, variorum_publish::Colour::None),
        Some("--ansi") => variorum_publish::summary(&dossier, 100, variorum_publish::Colour::Ansi),
        _ => variorum_publish::page(&dossier),
    };
    std::io::stdout().write_all(printed.as_bytes())
}
