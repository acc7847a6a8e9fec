//! `variorum serve`: the newsroom in a browser.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use variorum_newsroom::Options;
use variorum_serve::State;
use variorum_store::Store;
use variorum_store::search::Search;

use crate::{Outcome, lines};

/// Show what is kept in a browser: a front page of stories, each with its lineage, differences and drift
///
/// Places what `variorum add` keeps, also while it runs, and makes the stories; answers on this machine alone. Ctrl-C
/// stops it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum add reports/ && variorum serve
  variorum serve --store desk.db --listen 127.0.0.1:9000")]
pub struct Args {
    /// The record, as `variorum add` made it
    #[arg(long, value_name = "FILE", default_value = "variorum.db")]
    store: PathBuf,
    /// Where to answer; this machine's own addresses alone, and port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8417", value_parser = address)]
    listen: SocketAddr,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&args.store)?;
    let search = Arc::new(Search::open(&store));
    let state = State { store, search, clock: now };
    let ready = |at: SocketAddr| {
        lines::say(&format!("Variorum shows {} at http://{at}/ (Ctrl-C stops it)", args.store.display()))
    };
    variorum_serve::run(state, args.listen, Options::default(), ready)?;
    Ok(Outcome { good: 1, problems: 0 })
}

fn now() -> i64 {
    // A clock before 1970 tells nothing; zero is as good.
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed())
}

/// `localhost:9000`, `127.0.0.1:9000` or a port alone.
fn address(text: &str) -> anyhow::Result<SocketAddr> {
    let whole = if text.bytes().all(|b| b.is_ascii_digit()) { format!("127.0.0.1:{text}") } else { text.to_owned() };
    let mut found = whole.to_socket_addrs().with_context(|| format!("`{text}` is no address; write 127.0.0.1:9000"))?;
    found.next().with_context(|| format!("`{text}` is no address of this machine"))
}
