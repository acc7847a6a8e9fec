//! `variorum bridge`: an account of another reader of feeds feeds the newsroom.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use variorum_fetch::{Door, shown};
use variorum_store::Store;
use variorum_watch::bridge::{FreshRss, Marked, Miniflux, OnlyTell, Reader, Together, mark_together, read};

use crate::network::{Network, stretch};
use crate::record::{self, Record, counted};
use crate::{Outcome, lines};

/// Let an account of Miniflux or FreshRSS feed the newsroom
///
/// What comes in there is kept here, and stories are made of it; nothing there changes, unless --mark-read asks for it.
/// It remembers how far it came, so it can be stopped and started at any time. Ctrl-C stops it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum bridge miniflux https://rss.example --token-file miniflux.key --once
  variorum bridge miniflux http://192.168.1.5:8080 --token-file miniflux.key --allow 192.168.1.5
  variorum bridge freshrss https://rss.example --user ada --password-file freshrss.key --mark-read
  variorum bridge miniflux https://rss.example --token-file miniflux.key --once --mark-read story --dry-run")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Read an account of Miniflux, by its own API
    Miniflux {
        /// Where its front page is
        url: String,
        /// A file with an API key (Miniflux: Settings, API Keys)
        #[arg(long, value_name = "FILE")]
        token_file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// Read an account of FreshRSS, by the API that Google Reader had
    Freshrss {
        /// Where its front page is
        url: String,
        /// The name of the user
        #[arg(long, value_name = "NAME")]
        user: String,
        /// A file with the API password (FreshRSS: Settings, Profile); it is not the password of the web page
        #[arg(long, value_name = "FILE")]
        password_file: PathBuf,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Debug, clap::Args)]
struct How {
    #[command(flatten)]
    record: Record,
    /// How long to wait between two looks
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = stretch)]
    every: i64,
    /// Look once, and end
    #[arg(long)]
    once: bool,
    /// Where one entry of a story is read there, mark the others read: its copies, or all that tells the story
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "copies", require_equals = false)]
    mark_read: Option<Which>,
    /// Only say what would be marked read
    #[arg(long, requires = "mark_read")]
    dry_run: bool,
    #[command(flatten)]
    network: Network,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Which {
    /// Copies of the same text
    Copies,
    /// All that tells the story
    Story,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let (reader, how) = match args.command {
        Command::Miniflux { url, token_file, how } => {
            (Reader::Miniflux(Miniflux::new(&url, &secret(&token_file)?)), how)
        }
        Command::Freshrss { url, user, password_file, how } => {
            (Reader::FreshRss(FreshRss::new(&url, &user, &secret(&password_file)?)), how)
        }
    };
    let (store, door) = (how.record.open_or_make()?, how.network.door()?);
    loop {
        let looked = look(&door, &reader, &store, &how);
        if how.once {
            let problems = looked?;
            record::print(&next(&store, &how)?)?;
            return Ok(Outcome { good: 1, problems });
        }
        if let Err(error) = looked {
            // What fails now may go well the next time: a server is started anew, a network comes back.
            lines::say(&format!("error: {error:#}"));
        }
        std::thread::sleep(Duration::from_secs(how.every.unsigned_abs()));
    }
}

fn secret(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    match text.trim() {
        "" => bail!("{} is empty\n  hint: put the key into it, on one line", path.display()),
        secret => Ok(secret.to_owned()),
    }
}

/// Reads what is new, lets stories be made of it, and marks what belongs together; returns how many problems there were.
fn look(door: &Door, reader: &Reader, store: &Store, how: &How) -> anyhow::Result<usize> {
    let (account, round) = read(door, reader, store, record::now())?;
    record::work(store)?;
    let problems = match round.problems {
        0 => String::new(),
        n => format!("; {} could not be used, `variorum doctor` says why", counted(n as u64, "entry", "entries")),
    };
    record::print(&format!(
        "{} of {}: {} read, {} new, {} revised{problems}.\n",
        shown(&account.address),
        account.name,
        counted(round.entries as u64, "entry", "entries"),
        counted(round.new as u64, "report", "reports"),
        counted(round.revised as u64, "report", "reports"),
    ))?;
    if let Some(which) = how.mark_read {
        let together = match which {
            Which::Copies => Together::Copies,
            Which::Story => Together::Story,
        };
        let only_tell = if how.dry_run { OnlyTell::Yes } else { OnlyTell::No };
        let marked = mark_together(door, reader, store, &account, (together, only_tell), record::now())?;
        record::print(&told(&marked, only_tell))?;
    }
    Ok(round.problems)
}

fn told(marked: &[Marked], only_tell: OnlyTell) -> String {
    let done = if only_tell == OnlyTell::Yes { "would be marked read" } else { "marked read" };
    let line = |one: &Marked| {
        format!("Entry {} {done}: entry {} of the same story ({}) is read.\n", one.entry, one.because_of, one.story)
    };
    marked.iter().map(line).collect()
}

fn next(store: &Store, how: &How) -> anyhow::Result<String> {
    let address = store.read(|view| view.setting("address"))?;
    let address = address.unwrap_or_else(|| "http://127.0.0.1:8417".to_owned());
    let option = how.record.option();
    Ok(format!(
        "One feed of stories: {}/feed.atom while `variorum serve{option}` runs.\n",
        address.trim_end_matches('/')
    ))
}
