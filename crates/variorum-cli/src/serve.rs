//! `variorum serve`: the newsroom in a browser.

mod people;
mod posting;
mod reading;
pub mod watching;

pub use posting::Ways;

use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use anyhow::Context;
use variorum_newsroom::Options;
use variorum_serve::{Setup, State};
use variorum_store::search::Search;

use crate::record::{self, Record};
use crate::{Outcome, lines};

/// Show what is kept in a browser: a front page of stories, each with its lineage, differences and drift
///
/// Places what `variorum add` keeps, also while it runs, and makes the stories. On this machine nobody needs to log in;
/// where others can reach it one must, and an admin is needed (`variorum users`). Ctrl-C stops it.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(after_help = "Examples:
  variorum add reports/ && variorum serve
  variorum serve --store desk.db --listen 127.0.0.1:9000
  variorum users add \"Ada Orr\" --role admin && variorum serve --logins
  variorum serve --mail-config mail.json            alerts by mail, too (variorum alerts)
  variorum serve --public https://news.example --trust-proxy 127.0.0.1 --log json")]
pub struct Args {
    #[command(flatten)]
    record: Record,
    /// Where to answer; at other addresses than this machine's own one must log in; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8417", value_parser = address)]
    listen: SocketAddr,
    #[command(flatten)]
    watching: watching::Args,
    #[command(flatten)]
    posting: posting::Args,
    #[command(flatten)]
    reading: reading::Args,
    #[command(flatten)]
    people: people::Args,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    people::write_down(&args.people);
    // Who names feeds may begin with nothing.
    let store = if args.watching.has_list() { args.record.open_or_make()? } else { args.record.open()? };
    let path = args.record.path();
    let search = Arc::new(Search::open(&store));
    let state = State { store, search, clock: record::now };
    let setup = people::setup(
        Setup { listen: args.listen, desk: Options::default(), access: Default::default(), metrics: None },
        args.people,
    )?;
    let public = setup.access.public.as_ref().map(|public| format!(", which others see at {}/", public.origin()));
    let public = public.unwrap_or_default();
    let ready = |at: SocketAddr| {
        lines::say(&format!("Variorum shows {} at http://{at}/{public} (Ctrl-C stops it)", path.display()));
    };
    if let Some(warning) = people::in_the_clear(&setup) {
        lines::say(warning);
    }
    let room = setup.access.public.as_ref().map_or_else(|| format!("http://{}", args.listen), |public| public.origin());
    let post = args.posting.post(&args.watching.network, room)?;
    reading::note(&state, &args.reading)?;
    let _watching = watching::start(&state, args.watching)?;
    let _posting = posting::start(&state, post)?;
    variorum_serve::run(state, setup, ready)?;
    Ok(Outcome { good: 1, problems: 0 })
}

/// `localhost:9000`, `127.0.0.1:9000` or a port alone.
fn address(text: &str) -> anyhow::Result<SocketAddr> {
    let whole = if text.bytes().all(|b| b.is_ascii_digit()) { format!("127.0.0.1:{text}") } else { text.to_owned() };
    let mut found = whole.to_socket_addrs().with_context(|| format!("`{text}` is no address; write 127.0.0.1:9000"))?;
    found.next().with_context(|| format!("`{text}` is no address of this machine"))
}
