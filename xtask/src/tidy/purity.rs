//! Below the edges nothing reads a disk, a network, a clock or the environment: each crate's `clippy.toml` says so to
//! clippy, and this says that each crate has it.

use std::fs;
use std::path::Path;

/// The crates that touch the world.
const EDGES: &[&str] = &[
    "variorum-alert",
    "variorum-archive",
    "variorum-cli",
    "variorum-fetch",
    "variorum-mcp",
    "variorum-newsroom",
    "variorum-serve",
    "variorum-store",
    "variorum-watch",
];

/// What every crate below the edges must ban.
const BANNED: &[&str] = &[
    "std::fs::File",
    "std::fs::read",
    "std::fs::read_to_string",
    "std::fs::write",
    "std::env::var",
    "std::net::TcpStream",
    "std::time::SystemTime::now",
    "std::time::Instant::now",
    "std::thread::spawn",
    "std::process::Command",
];

/// What a crate's `clippy.toml` must repeat, because it replaces the one at the root.
const REPEATED: &[&str] = &["allow-unwrap-in-tests = true", "allow-expect-in-tests = true"];

/// Complains of every crate below the edges whose `clippy.toml` lacks a ban.
pub fn complaints(root: &Path) -> Vec<String> {
    let mut crates: Vec<String> = fs::read_dir(root.join("crates"))
        .expect("the crates are there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !EDGES.contains(&name.as_str()) && root.join("crates").join(name).join("Cargo.toml").exists())
        .collect();
    crates.sort();
    let mut complaints = Vec::new();
    for name in crates {
        let text = fs::read_to_string(root.join("crates").join(&name).join("clippy.toml")).unwrap_or_default();
        let bans =
            BANNED.iter().filter(|ban| !text.contains(&format!("\"{ban}\""))).map(|ban| format!("does not ban {ban}"));
        let repeats =
            REPEATED.iter().filter(|line| !text.contains(**line)).map(|line| format!("does not say `{line}`"));
        complaints.extend(bans.chain(repeats).map(|what| format!("purity: crates/{name}/clippy.toml {what}")));
    }
    complaints
}
