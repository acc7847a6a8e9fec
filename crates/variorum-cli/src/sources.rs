//! `variorum sources`: what is watched, and how each is.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::Subcommand;
use serde::Serialize;
use variorum::news::Problem;
use variorum_fetch::{Door, shown};
use variorum_publish::{Outline, opml};
use variorum_store::{Health, NewSource, Source, SourceKind, Sources, Store};
use variorum_watch::{Discovered, Pages, Watch, discover, read_list};

use crate::network::Network;
use crate::record::{self, Record, counted};
use crate::serve::watching::Which;
use crate::{Outcome, lines};

/// List the feeds and sitemaps that are watched, each with a sentence on how it is; add, pause, check them
///
/// `variorum serve` asks them, hourly at most. Those that need a person stand first.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:
  variorum sources                                   how each source is
  variorum sources add https://herald.example/       find the feeds of a page, and watch them
  variorum sources import subscriptions.opml
  variorum sources check https://herald.example/feed --dry-run
  variorum sources export > mine.opml",
    args_conflicts_with_subcommands = true
)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    record: Record,
    /// Print a line of JSON for each source
    #[arg(long)]
    json: bool,
    /// Those that were taken off, too
    #[arg(long)]
    all: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Watch a feed or a sitemap; of a page, the feeds that it names
    Add(Add),
    /// Do not watch a source any more; its reports stay
    Remove(Named),
    /// Leave a source alone until `resume`
    Pause(Pause),
    /// Ask a paused source again, also one that said it was gone
    Resume(Named),
    /// Ask a source now, and say all that was found
    Check(Check),
    /// Watch what a list names: OPML, or addresses one a line
    Import(Import),
    /// Print what is watched as OPML 2.0; addresses with passwords are printed with them
    Export(Export),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Addresses of feeds, sitemaps or pages
    #[arg(required = true, value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Keep the addresses as they are, without asking them
    #[arg(long)]
    unasked: bool,
    /// The folder they lie in, with `/` between folders inside each other
    #[arg(long, value_name = "NAME")]
    folder: Option<String>,
    #[command(flatten)]
    record: Record,
    #[command(flatten)]
    network: Network,
}

#[derive(Debug, clap::Args)]
struct Named {
    /// Addresses or numbers, as `variorum sources` shows them
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    #[command(flatten)]
    record: Record,
}

#[derive(Debug, clap::Args)]
struct Pause {
    #[command(flatten)]
    named: Named,
    /// Why, for whoever looks later
    #[arg(long, value_name = "WORDS", default_value = "by hand")]
    why: String,
}

#[derive(Debug, clap::Args)]
struct Check {
    /// An address or a number; an address that is not watched needs --dry-run
    #[arg(value_name = "SOURCE")]
    source: String,
    /// Keep nothing of it
    #[arg(long)]
    dry_run: bool,
    /// Which articles are fetched from their pages
    #[arg(long, value_enum, default_value_t = Which::Short)]
    pages: Which,
    #[command(flatten)]
    record: Record,
    #[command(flatten)]
    network: Network,
}

#[derive(Debug, clap::Args)]
struct Import {
    /// Files: OPML, or addresses one a line
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    record: Record,
}

#[derive(Debug, clap::Args)]
struct Export {
    #[command(flatten)]
    record: Record,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    match args.command {
        None => list(args.list),
        Some(Command::Add(args)) => add(args),
        Some(Command::Remove(args)) => each(&args, "is not watched any more; its reports stay", |store, n| {
            Ok(store.write(move |writing| writing.drop_source(n, record::now()))?)
        }),
        Some(Command::Pause(Pause { named, why })) => each(&named, "is paused", move |store, n| {
            let why = why.clone();
            Ok(store.write(move |writing| writing.pause_source(n, record::now(), &why))?)
        }),
        Some(Command::Resume(args)) => each(&args, "is asked again", |store, n| {
            Ok(store.write(move |writing| writing.resume_source(n, record::now()))?)
        }),
        Some(Command::Check(args)) => check(args),
        Some(Command::Import(args)) => import(args),
        Some(Command::Export(args)) => export(&args),
    }
}

/// A source as a line of JSON.
#[derive(Serialize)]
struct Line {
    health: Health,
    sentence: String,
    #[serde(flatten)]
    source: Source,
}

fn list(args: List) -> anyhow::Result<Outcome> {
    let store = args.record.open()?;
    let now = record::now();
    let which = if args.all { Sources::All } else { Sources::Watched };
    let mut sources = store.read(|view| view.sources(which))?;
    sources.sort_by_key(|source| (source.health(now), source.n));
    if args.json {
        let mut printer = lines::Printer::new();
        for source in sources {
            printer.good(&Line { health: source.health(now), sentence: source.sentence(now), source })?;
        }
        return printer.end();
    }
    if sources.is_empty() {
        let option = args.record.option();
        record::print(&format!(
            "Nothing is watched. `variorum sources add{option} ADDRESS` finds the feeds of a page; `variorum sources import{option} FILE` takes an OPML list.\n"
        ))?;
        return Ok(Outcome { good: 1, problems: 0 });
    }
    let mut text = String::new();
    for source in &sources {
        let title = source.title.as_deref().unwrap_or("(not read yet)");
        text.push_str(&format!(
            "{:>4}  {}  {}\n      {}\n",
            source.n,
            one_line(title),
            source.shown,
            one_line(&source.sentence(now))
        ));
    }
    let bad =
        sources.iter().filter(|source| matches!(source.health(now), Health::Gone | Health::Failing)).count() as u64;
    text.push_str(&format!("{}, {bad} failing.\n", counted(sources.len() as u64, "source", "sources")));
    record::print(&text)?;
    Ok(Outcome { good: sources.len(), problems: 0 })
}

/// Feeds name themselves; what they say must not steer a terminal.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(500).collect()
}

fn add(args: Add) -> anyhow::Result<Outcome> {
    let store = args.record.open_or_make()?;
    let door = args.network.door()?;
    let (mut good, mut problems) = (0, 0);
    for address in &args.addresses {
        match found(&door, address, args.unasked) {
            Ok(found) => {
                for mut source in found {
                    source.folder = args.folder.clone().or(source.folder);
                    let shown = shown(&source.listed);
                    let is_new = store.write(move |writing| Ok(writing.list_source(&source, record::now())?.1))?;
                    record::print(&format!("{shown} {}\n", if is_new { "is watched" } else { "was watched already" }))?;
                    good += 1;
                }
            }
            Err(error) => {
                problems += 1;
                lines::say(&format!("problem: {error:#}"));
            }
        }
    }
    if good > 0 {
        record::print(&format!("`variorum serve{}` asks them.\n", args.record.option()))?;
    }
    Ok(Outcome { good, problems })
}

fn found(door: &Door, address: &str, unasked: bool) -> anyhow::Result<Vec<NewSource>> {
    let address = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    if unasked {
        let list = read_list("the command line", address.as_bytes());
        let source = list
            .sources
            .into_iter()
            .next()
            .with_context(|| format!("{} is no http or https address", shown(&address)))?;
        return Ok(vec![NewSource { by_list: false, ..source }]);
    }
    match discover(door, &address)? {
        Discovered::Itself(source) => Ok(vec![source]),
        Discovered::Named(sources) | Discovered::List(sources) => Ok(sources),
        Discovered::Nothing(why) => Err(anyhow!("{why}\nhint: give the address of the feed itself")),
    }
}

fn each(args: &Named, done: &str, change: impl Fn(&Store, i64) -> anyhow::Result<()>) -> anyhow::Result<Outcome> {
    let store = args.record.open()?;
    for name in &args.sources {
        let source = named(&store, name)?;
        change(&store, source.n)?;
        record::print(&format!("{} {done}.\n", source.shown))?;
        if source.by_list && done.starts_with("is not watched") {
            lines::say("note: it stands in the list that `variorum serve --feeds` follows; take it out there, too");
        }
    }
    Ok(Outcome { good: args.sources.len(), problems: 0 })
}

fn named(store: &Store, name: &str) -> anyhow::Result<Source> {
    let found = store.read(|view| match name.parse::<i64>() {
        Ok(n) => view.source(n),
        Err(_) => {
            let exact = view.source_at(name)?;
            let shown =
                || view.sources(Sources::Watched).map(|all| all.into_iter().find(|source| source.shown == name));
            exact.map_or_else(shown, |source| Ok(Some(source)))
        }
    })?;
    found.ok_or_else(|| anyhow!("no source is called {}\nhint: `variorum sources` lists them", shown(name)))
}

fn check(args: Check) -> anyhow::Result<Outcome> {
    let door = args.network.door()?;
    let pages: Pages = args.pages.into();
    if args.dry_run {
        // A record of its own, that goes when all is said.
        let folder = tempfile::tempdir().context("cannot make a folder for a trial")?;
        let store = Store::open(folder.path().join("trial.db"))?;
        let address = match args.record.open().ok().map(|store| named(&store, &args.source)) {
            Some(Ok(source)) => source.listed,
            _ => args.source.clone(),
        };
        let n = store.write(move |writing| Ok(writing.list_source(&NewSource::of(address), record::now())?.0))?;
        return told(&store, n, door, pages);
    }
    let store = args.record.open()?;
    let source = named(&store, &args.source)?;
    if source.held.is_some_and(|held| held > record::now()) {
        bail!("{} asked to be left alone until {}", source.shown, variorum_store::moment(source.held.unwrap_or(0)));
    }
    told(&store, source.n, door, pages)
}

fn told(store: &Store, n: i64, door: Door, pages: Pages) -> anyhow::Result<Outcome> {
    let source =
        |store: &Store| -> anyhow::Result<Source> { store.read(|view| view.source(n))?.context("the source is gone") };
    let now = record::now();
    let watch = Watch::new(store.clone(), door, 3_600, pages);
    let told = watch.check(&source(store)?, now)?;
    let after = source(store)?;
    let mut text = format!("{}\n{}\n", after.shown, one_line(&after.sentence(now)));
    if let Some(outlet) = &after.outlet {
        text.push_str(&format!("Its reports stand under: {}\n", one_line(outlet)));
    }
    text.push_str(&format!(
        "{}, {} of them new: {} kept, {} for {} to fetch.\n",
        counted(told.items, "item", "items"),
        told.new,
        counted(told.kept, "report", "reports"),
        counted(told.waiting, "page", "pages"),
        "`variorum serve`",
    ));
    if after.address != after.listed {
        text.push_str("It has moved for good, and is asked there from now on.\n");
    }
    text.push_str(&format!("Asked again: {}\n", variorum_store::moment(after.due)));
    record::print(&text)?;
    let failed = after.failing.is_some();
    Ok(Outcome { good: usize::from(!failed), problems: usize::from(failed) })
}

fn import(args: Import) -> anyhow::Result<Outcome> {
    let store = args.record.open_or_make()?;
    let (mut good, mut added, mut problems) = (0, 0, 0);
    for file in &args.files {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let list = read_list(&file.display().to_string(), &bytes);
        for Problem { path, reason, .. } in &list.problems {
            problems += 1;
            lines::say(&format!("problem: {}: {reason}", path.as_deref().unwrap_or("a line")));
        }
        good += list.sources.len();
        for some in list.sources.chunks(500) {
            let some: Vec<NewSource> = some.iter().map(|s| NewSource { by_list: false, ..s.clone() }).collect();
            let now = record::now();
            added += store.write(move |writing| {
                some.iter().try_fold(0, |added, source| Ok(added + u64::from(writing.list_source(source, now)?.1)))
            })?;
        }
    }
    record::print(&format!("{}, {added} of them new.\n", counted(good as u64, "source", "sources")))?;
    Ok(Outcome { good, problems })
}

fn export(args: &Export) -> anyhow::Result<Outcome> {
    let store = args.record.open()?;
    let sources = store.read(|view| view.sources(Sources::Watched))?;
    let outlines: Vec<Outline> = sources
        .into_iter()
        .filter(|source| source.kind != SourceKind::Bridge)
        .map(|source| Outline {
            title: source.title.unwrap_or_else(|| source.shown.clone()),
            site: source.site,
            folder: source.folder,
            url: source.address,
        })
        .collect();
    record::print(&opml("Variorum", &outlines))?;
    Ok(Outcome { good: 1, problems: 0 })
}
