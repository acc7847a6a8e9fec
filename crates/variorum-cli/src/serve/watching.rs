//! What the server watches while it runs.

use variorum_serve::State;

/// What the server watches while it runs.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Starts it; it ends when what is returned is dropped.
pub fn start(_state: &State, _args: Args) -> anyhow::Result<Option<()>> {
    Ok(None)
}
