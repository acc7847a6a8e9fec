//! Whom the server tells of alerts.

use variorum_serve::State;

/// Whom the server tells of alerts.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Starts it; it ends when what is returned is dropped.
pub fn start(_state: &State, _args: Args) -> anyhow::Result<Option<()>> {
    Ok(None)
}
