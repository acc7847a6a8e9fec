//! `variorum mcp`: assistants ask the newsroom.

use anyhow::Context;
use variorum_mcp::Desk;

use crate::Outcome;
use crate::record::Record;

/// Let an assistant search and read what is kept, and check texts (Model Context Protocol, over standard input and output)
///
/// It reads alone: nothing that an assistant sends is kept. An assistant starts it; by hand it waits for messages.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum mcp --store /srv/desk/variorum.db

In the settings of an assistant:
  {\"mcpServers\": {\"variorum\": {\"command\": \"variorum\", \"args\": [\"mcp\", \"--store\", \"/srv/desk/variorum.db\"]}}}

Tools: search, stories, story, report, check.")]
pub struct Args {
    #[command(flatten)]
    record: Record,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let desk = Desk::new(args.record.open()?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.context("cannot start threads")?.block_on(desk.serve_stdio())?;
    Ok(Outcome { good: 1, problems: 0 })
}
