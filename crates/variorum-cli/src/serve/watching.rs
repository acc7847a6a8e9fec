//! What the server watches while it runs.

use anyhow::bail;
use variorum_serve::State;
use variorum_watch::{Pages, Running, Watch, Watching};

use crate::network::{Network, stretch};

/// How many threads ask.
const THREADS: usize = 8;

/// What the server watches while it runs.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Feeds")]
pub struct Args {
    /// A list of feeds to watch: OPML or one address a line, a file or an address; read again when it changes. Sources
    /// that `variorum sources add` names are watched with or without it
    #[arg(long, value_name = "FILE")]
    feeds: Option<String>,
    /// How often a feed is asked at most (30m, 1h, 1d); one that wishes so is asked more rarely
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = stretch)]
    every: i64,
    /// Which articles are fetched from their pages: those that the feed tells short, none, or all
    #[arg(long, value_enum, default_value_t = Which::Short)]
    pages: Which,
    #[command(flatten)]
    pub network: Network,
}

/// Which items get their pages fetched.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Which {
    /// None: the words of the feed are the report
    No,
    /// Those of which the feed tells a headline, an excerpt or a few sentences
    Short,
    /// All
    All,
}

impl From<Which> for Pages {
    fn from(which: Which) -> Self {
        match which {
            Which::No => Pages::No,
            Which::Short => Pages::Short,
            Which::All => Pages::All,
        }
    }
}

impl Args {
    /// Tells whether a list is followed.
    pub fn has_list(&self) -> bool {
        self.feeds.is_some()
    }
}

/// Starts it; it ends when what is returned is dropped.
pub fn start(state: &State, args: Args) -> anyhow::Result<Option<Running>> {
    let Args { feeds, every, pages, network } = args;
    if let Some(file) = feeds.as_deref().filter(|feeds| !is_web(feeds))
        && !std::path::Path::new(file).is_file()
    {
        bail!(
            "there is no list of feeds at {file}\nhint: a reader program exports one as OPML; or write addresses, one a line"
        );
    }
    let watch = Watch::new(state.store.clone(), network.door()?, every, pages.into());
    Ok(Some(Watching { watch, list: feeds, clock: state.clock, threads: THREADS }.start()))
}

fn is_web(list: &str) -> bool {
    list.starts_with("http://") || list.starts_with("https://")
}
