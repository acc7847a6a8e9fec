//! What readers of feeds are told.

use variorum_serve::State;

/// What readers of feeds are told.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// What makes a story unread again for who has read it; the record remembers it
    #[arg(long, value_name = "WHAT", help_heading = "Readers")]
    unread_again: Option<What>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// An origin, a difference or a change by a rewrite that it gained
    Both,
    /// An independent origin that it gained
    Origins,
    /// A difference or a change by a rewrite that it gained
    Differences,
    /// Nothing
    Never,
}

/// Writes it into the record.
pub fn note(state: &State, args: &Args) -> anyhow::Result<()> {
    let Some(what) = args.unread_again else { return Ok(()) };
    let word = match what {
        What::Both => "both",
        What::Origins => "origins",
        What::Differences => "differences",
        What::Never => "never",
    };
    Ok(state.store.write(move |writing| writing.put_setting(variorum_store::UNREAD_AGAIN, word))?)
}
