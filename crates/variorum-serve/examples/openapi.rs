//! Prints the description of the API. `cargo xtask schema` writes it into `docs/api/`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(variorum_serve::description().as_bytes())
}
