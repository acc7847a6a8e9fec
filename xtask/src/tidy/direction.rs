//! Who may depend on whom: the arrows of `ARCHITECTURE.md`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The stages; none knows another.
pub const STAGES: &[&str] = &["annotate", "clean", "collate", "compose", "group", "trace"];

/// Complains of every arrow that the plan does not have.
pub fn complaints(root: &Path) -> Vec<String> {
    let metadata = metadata(root);
    let mut complaints = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            if is_ours(to) && name != "xtask" && !may(name, to) {
                complaints.push(format!("direction: {name} may not depend on {to}"));
            }
        }
        if !is_ours(name) && name != "xtask" {
            complaints.push(format!(
                "direction: {name} has no place in the plan; give it one in xtask/src/tidy/direction.rs"
            ));
        }
    }
    complaints
}

fn metadata(root: &Path) -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .expect("cargo is there");
    serde_json::from_slice(&output.stdout).expect("cargo prints its metadata as JSON")
}

fn is_ours(name: &str) -> bool {
    name == "variorum" || name.starts_with("variorum-")
}

fn may(from: &str, to: &str) -> bool {
    let stage = |name: &str| name.strip_prefix("variorum-").is_some_and(|n| STAGES.contains(&n));
    match from {
        "variorum-text" | "variorum-kernel" => false,
        "variorum-syntax" | "variorum-vectors" if to == "variorum-kernel" => true,
        "variorum-news" | "variorum-syntax" | "variorum-lexicon" | "variorum-vectors" => to == "variorum-text",
        "variorum-read" | "variorum-publish" => matches!(to, "variorum-news" | "variorum-text"),
        "variorum-store" => matches!(to, "variorum-news" | "variorum-text"),
        "variorum" => stage(to) || to == "variorum-news",
        "variorum-newsroom" => matches!(to, "variorum" | "variorum-news" | "variorum-store"),
        "variorum-mcp" | "variorum-serve" => {
            matches!(to, "variorum" | "variorum-news" | "variorum-newsroom" | "variorum-publish" | "variorum-store")
        }
        "variorum-watch" => {
            matches!(to, "variorum" | "variorum-fetch" | "variorum-news" | "variorum-read" | "variorum-store")
        }
        "variorum-alert" => {
            matches!(to, "variorum-fetch" | "variorum-news" | "variorum-newsroom" | "variorum-store")
        }
        "variorum-archive" => matches!(to, "variorum" | "variorum-news" | "variorum-read"),
        "variorum-python" => matches!(to, "variorum" | "variorum-archive" | "variorum-news" | "variorum-read"),
        "variorum-cli" => !matches!(to, "variorum-cli" | "variorum-python") && !stage(to),
        "variorum-annotate" | "variorum-collate" if to == "variorum-syntax" => true,
        "variorum-collate" if to == "variorum-lexicon" => true,
        _ if stage(from) => matches!(to, "variorum-news" | "variorum-text"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::may;

    #[test]
    fn arrows_lead_down_only() {
        assert!(may("variorum-trace", "variorum-news") && may("variorum", "variorum-trace"));
        assert!(may("variorum-collate", "variorum-lexicon") && !may("variorum-lexicon", "variorum-news"));
        assert!(may("variorum-annotate", "variorum-syntax") && may("variorum-syntax", "variorum-text"));
        assert!(!may("variorum-trace", "variorum-syntax") && !may("variorum-syntax", "variorum-news"));
        assert!(!may("variorum-trace", "variorum-group") && !may("variorum-news", "variorum-clean"));
        assert!(may("variorum-store", "variorum-news") && !may("variorum-store", "variorum-group"));
        assert!(!may("variorum-store", "variorum") && !may("variorum-group", "variorum-store"));
        assert!(!may("variorum-publish", "variorum") && !may("variorum-cli", "variorum-annotate"));
    }
}
