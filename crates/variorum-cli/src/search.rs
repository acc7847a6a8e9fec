//! `variorum search`: reports of the record, by their words.

use variorum_store::search::{Ask, CaughtUp, Facets, Found, Hit, Order, Search};
use variorum_store::{Error, Store};

use crate::record::{self, Record, counted};
use crate::{Outcome, lines};

/// Find reports in the newsroom's record
///
/// All words must be there, in any inflection. `"two ferries"` is a phrase, `-storm` leaves out, `A OR B` takes either;
/// `outlet:herald`, `author:orr`, `title:ferry`, `date:2026-03..2026-05`, `lang:en`, `origin:original`, `origin:copied`,
/// `has:drift`, `has:variants` and `story:NAME` narrow it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum search ferry Delmare
  variorum search '\"two ferries\" -storm outlet:herald'
  variorum search 'origin:copied has:drift' --order newest --limit 50
  variorum search ferry --json")]
pub struct Args {
    /// What is looked for; several arguments are one query
    #[arg(required = true, allow_hyphen_values = true)]
    query: Vec<String>,
    #[command(flatten)]
    record: Record,
    /// What comes first
    #[arg(long, value_enum, default_value_t = Ordered::Newest)]
    order: Ordered,
    /// How many reports at most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Go on where the page before ended: the `next` of its JSON
    #[arg(long, value_name = "PLACE")]
    after: Option<String>,
    /// Print what was found as JSON, with counts by outlet, language, month and origin
    #[arg(long)]
    json: bool,
}

/// The order of what is found.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Ordered {
    /// The newest day first
    Newest,
    /// What fits the words best first
    Best,
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let store = args.record.open()?;
    let search = Search::open(&store);
    if matches!(search.catch_up(&store)?, CaughtUp::Elsewhere) {
        lines::say("note: another process is taking in new reports; what came last may be missing here");
    }
    let order = match args.order {
        Ordered::Newest => Order::Newest,
        Ordered::Best => Order::Best,
    };
    let query = args.query.join(" ");
    let facets = if args.json { Facets::Counted } else { Facets::Left };
    let found = search.find(&store, &Ask { query, order, limit: args.limit.into(), after: args.after, facets })?;
    if args.json {
        record::print(&format!("{}\n", serde_json::to_string(&found)?))?;
    } else {
        record::print(&page(&store, &found, args.order)?)?;
    }
    Ok(Outcome { good: 1, problems: 0 })
}

fn page(store: &Store, found: &Found, order: Ordered) -> Result<String, Error> {
    if found.total == 0 {
        return Ok(
            "No report fits. Fewer words find more; `variorum search --help` shows what can be asked.\n".to_owned()
        );
    }
    let first = match order {
        Ordered::Newest => "the newest first",
        Ordered::Best => "the best first",
    };
    let mut text = counted(found.total, "report", "reports");
    text.push_str(&match found.hits.len() as u64 {
        shown if shown < found.total => format!("; {shown} of them, {first}:\n"),
        _ => format!(", {first}:\n"),
    });
    for hit in &found.hits {
        text.push_str(&line(store, hit)?);
    }
    Ok(text)
}

fn line(store: &Store, hit: &Hit) -> Result<String, Error> {
    let row = &hit.report;
    let story = store.read(|view| view.placed(row.seq))?.map(|placed| placed.story);
    let day = row.day.as_deref().unwrap_or("undated   ");
    let title = row.title.as_deref().unwrap_or("(no headline)");
    let outlet = row.outlet.as_deref().unwrap_or("outlet unknown");
    let story = story.map_or_else(|| "no story yet".to_owned(), |story| format!("story {story}"));
    Ok(format!("{day}  {}\n            {}, {}, {story}\n", plain(title), plain(outlet), plain(&row.id)))
}

/// Returns words that cannot steer a terminal.
fn plain(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
