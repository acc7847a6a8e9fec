//! Who may come in, from where, and how it is written down.

use variorum_serve::Setup;

/// Who may come in, from where, and how it is written down.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Returns how the server answers.
pub fn setup(setup: Setup, _args: Args) -> anyhow::Result<Setup> {
    Ok(setup)
}
