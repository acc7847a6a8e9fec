//! `variorum alerts`: what was told, and the rules that tell it.

use anyhow::{anyhow, bail};
use variorum_store::Store;
use variorum_store::alerts::{Alert, NewChannel, NewRule, Outcome, Rule, Watched, When};

use crate::network::Network;
use crate::record::{self, Record};
use crate::serve::Ways;
use crate::{Outcome as Ended, lines};

/// Say what the newsroom shall tell, and show what it told
///
/// `variorum serve` looks after the rules while it runs. Each thing is told once: in the feed of the rule, and by webhook
/// or mail where the rule says so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum alerts add 'Ferries' --when report --query 'ferry delmare' --mail night@desk.example
  variorum alerts add 'Origins' --when origin --story s12 --webhook https://desk.example/hook
  variorum alerts rules                             the rules, and how their channels are
  variorum alerts test 3 --mail-config mail.json    send a test, say what came back
  variorum alerts list                              what was told, the last first
  variorum alerts off 3")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List what was told, the last first
    List {
        /// How many at most
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
        limit: u16,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        record: Record,
    },
    /// List the rules, with where they are told
    Rules {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        record: Record,
    },
    /// Make a rule; what is there now it does not tell
    Add(Add),
    /// Turn a rule off; what it told stays
    Off {
        /// The number of the rule
        rule: i64,
        /// Who turns it off
        #[arg(long, value_name = "NAME", default_value = "the command line")]
        who: String,
        #[command(flatten)]
        record: Record,
    },
    /// Send a test to every channel of a rule, and say what came back
    Test {
        /// The number of the rule
        rule: i64,
        #[command(flatten)]
        ways: Ways,
        #[command(flatten)]
        network: Network,
        #[command(flatten)]
        record: Record,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Its name
    name: String,
    /// What it waits for: report, origin, figure, drift, revised, silent or failing
    #[arg(long, value_name = "WHAT", value_parser = when)]
    when: When,
    /// In this story alone
    #[arg(long, value_name = "STORY")]
    story: Option<String>,
    /// Among what this search finds
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Of silence and failure: of this source alone
    #[arg(long, value_name = "N")]
    source: Option<String>,
    /// Send JSON to this address; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    webhook: Vec<String>,
    /// Send mail to this address; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    mail: Vec<String>,
    /// Who asks
    #[arg(long, value_name = "NAME", default_value = "the command line")]
    who: String,
    #[command(flatten)]
    record: Record,
}

fn when(text: &str) -> Result<When, String> {
    let names: Vec<&str> = When::ALL.iter().map(|when| when.name()).collect();
    When::of(text).ok_or_else(|| format!("write one of {}", names.join(", ")))
}

pub fn run(args: Args) -> anyhow::Result<Ended> {
    match args.command {
        Command::List { limit, json, record } => {
            let alerts = record.open()?.read(|view| view.alerts(None, i64::MAX, limit.into()))?;
            listed(
                &alerts,
                json,
                told,
                "Nothing was told yet. `variorum alerts add --help` shows how to ask for something.",
            )
        }
        Command::Rules { json, record } => {
            let rules = record.open()?.read(|view| view.rules())?;
            listed(&rules, json, shown, "No rules yet. `variorum alerts add --help` shows how to make one.")
        }
        Command::Add(add) => make(add),
        Command::Off { rule, who, record } => {
            record.open()?.write(move |writing| writing.end_rule(rule, &who, record::now()))?;
            lines::say(&format!("Rule {rule} is off. What it told stays."));
            Ok(DONE)
        }
        Command::Test { rule, ways, network, record } => test(&record.open()?, rule, &ways, &network),
    }
}

const DONE: Ended = Ended { good: 1, problems: 0 };

fn listed<T: serde::Serialize>(all: &[T], json: bool, shown: fn(&T) -> String, none: &str) -> anyhow::Result<Ended> {
    if all.is_empty() && !json {
        record::print(&format!("{none}\n"))?;
    }
    for one in all {
        record::print(&if json { format!("{}\n", serde_json::to_string(one)?) } else { shown(one) })?;
    }
    Ok(DONE)
}

fn make(add: Add) -> anyhow::Result<Ended> {
    let store = add.record.open()?;
    let name = add.name.clone();
    let rule = new_rule(add);
    let made = store.write(move |writing| writing.make_rule(rule))?.map_err(|sentence| anyhow!(sentence))?;
    lines::say(&format!("Rule {} “{}” is on; what is there now it does not tell.", made.n, plain(&name)));
    for (to, secret) in &made.secrets {
        lines::say(&format!("The secret of the webhook to {to}, told here and never again:"));
        record::print(&format!("{secret}\n"))?;
    }
    Ok(DONE)
}

fn test(store: &Store, rule: i64, ways: &Ways, network: &Network) -> anyhow::Result<Ended> {
    let post = ways.post(network, "http://127.0.0.1:8417".to_owned())?;
    let answers = variorum_alert::try_out(store, &post, rule, record::now())?;
    if answers.is_empty() {
        bail!("rule {rule} has no webhook and no mail that is on\n  hint: its feed is /alerts/{rule}.atom");
    }
    let mut ended = Ended::default();
    for (to, outcome) in answers {
        let (good, said) = match outcome {
            Outcome::Sent => (true, "it was taken".to_owned()),
            Outcome::Later { problem, .. } => (false, format!("not now: {problem}")),
            Outcome::Failed { problem } | Outcome::Gone { problem } => (false, format!("no: {problem}")),
            Outcome::Unsure { problem } => (false, format!("it may have gone out: {problem}")),
        };
        record::print(&format!("{}: {}\n", plain(&to), plain(&said)))?;
        if good { ended.good += 1 } else { ended.problems += 1 }
    }
    Ok(ended)
}

fn new_rule(add: Add) -> NewRule {
    let webhooks = add.webhook.into_iter().map(NewChannel::Webhook);
    NewRule {
        name: add.name,
        watched: Watched { when: add.when, story: add.story, query: add.query, source: add.source },
        channels: webhooks.chain(add.mail.into_iter().map(NewChannel::Mail)).collect(),
        who: add.who,
        at: record::now(),
    }
}

fn told(alert: &Alert) -> String {
    let when = variorum_store::moment(alert.at);
    let Some(words) = &alert.words else {
        return format!("{when}  {}: what it told of is forgotten\n", plain(&alert.rule_name));
    };
    let title = words.title.as_ref().map(|title| format!(": {}", plain(&title.text))).unwrap_or_default();
    let mut text = format!("{when}  {}{title}\n    rule {} “{}”", words.says, alert.rule, plain(&alert.rule_name));
    text.push_str(&alert.story.as_ref().map(|story| format!(", story {}", plain(story))).unwrap_or_default());
    for sent in &alert.deliveries {
        let problem = sent.problem.as_ref().map(|problem| format!(" ({})", plain(problem))).unwrap_or_default();
        text.push_str(&format!(", {} {}{problem}", sent.kind, sent.state.name()));
    }
    text.push('\n');
    for line in &words.lines {
        let who = line.outlet.as_ref().map(|outlet| format!(" — {}", plain(outlet))).unwrap_or_default();
        let said = line.span.as_ref().map(|span| format!(": “{}”", plain(&span.text))).unwrap_or_default();
        text.push_str(&format!("    {}{who}{said}\n", plain(&line.label)));
    }
    if words.more > 0 {
        text.push_str(&format!("    and {} more\n", words.more));
    }
    text
}

fn shown(rule: &Rule) -> String {
    let mut text = format!("{}  {}: tells when {}", rule.n, plain(&rule.name), rule.watched.when.sentence());
    for (what, words) in
        [("story", &rule.watched.story), ("with", &rule.watched.query), ("source", &rule.watched.source)]
    {
        text.push_str(&words.as_ref().map(|words| format!(", {what} {}", plain(words))).unwrap_or_default());
    }
    if let Some((at, who)) = &rule.off {
        text.push_str(&format!(" (turned off by {}, {})", plain(who), variorum_store::moment(*at)));
    }
    text.push('\n');
    for channel in &rule.channels {
        let off = channel.off.as_ref().map(|(_, why)| format!(" (off: {})", plain(why))).unwrap_or_default();
        text.push_str(&format!("     {} to {}{off}\n", channel.kind, plain(&channel.to)));
    }
    text
}

/// Returns words that cannot steer a terminal.
fn plain(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
