//! Raises the quality floors to what is reached now.

use std::path::Path;
use std::process::Command;

/// Measures the corpus, and the measuring kit where `VARIORUM_BENCH` names it, and writes the higher figures down.
///
/// A figure that fell is an error: lowering a floor is done by hand, with its reason in the commit.
pub fn raise(root: &Path) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args =
        ["test", "--package", "variorum-cli", "--test", "it", "--", "_floors", "--nocapture", "--test-threads=1"];
    let status = Command::new(cargo)
        .args(args)
        .current_dir(root)
        .env("VARIORUM_FLOORS", "raise")
        .status()
        .map_err(|e| format!("cargo cannot be started: {e}"))?;
    if status.success() { Ok(()) } else { Err("a figure fell; floors.json is as it was".to_owned()) }
}
