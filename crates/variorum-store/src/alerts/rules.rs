//! Rules: what somebody asked to be told, and where.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use super::{Watched, When};
use crate::search::Query;
use crate::{Error, View, Writing};

/// The longest name, address and query, in letters.
const LONGEST: (usize, usize, usize) = (200, 2_000, 2_000);
/// The most channels of a rule, and the most rules at once.
const MOST: (usize, usize) = (10, 500);

/// A rule as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    /// Its name.
    pub name: String,
    /// What it watches.
    pub watched: Watched,
    /// Where it is told, beside the feed.
    pub channels: Vec<NewChannel>,
    /// Who asks.
    pub who: String,
    /// When.
    pub at: i64,
}

/// A channel as it is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "to", rename_all = "kebab-case")]
pub enum NewChannel {
    /// JSON is sent to this address.
    Webhook(String),
    /// Mail is sent to this address.
    Mail(String),
}

/// A rule that was made. The secrets of its webhooks are told here and never again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMade {
    /// The number of the rule.
    pub n: i64,
    /// Of each webhook, its address and its secret.
    pub secrets: Vec<(String, String)>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its number.
    pub n: i64,
    /// Its name.
    pub name: String,
    /// What it watches.
    pub watched: Watched,
    /// Who asked.
    pub who: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// When it was turned off, and by whom.
    pub off: Option<(i64, String)>,
    /// Where it is told, beside the feed.
    pub channels: Vec<Channel>,
    /// The last report that was there when it was made.
    #[serde(skip)]
    pub from_seq: i64,
    /// The last change that was there when it was made.
    #[serde(skip)]
    pub from_change: i64,
    /// How far it has come in what moved.
    #[serde(skip)]
    pub seen: i64,
}

/// A way by which a rule is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its number.
    pub n: i64,
    /// What it is: `webhook` or `mail`.
    pub kind: String,
    /// Where it goes, as it may be shown: the path of a webhook is often a secret of its owner.
    pub to: String,
    /// When it was turned off, and why.
    pub off: Option<(i64, String)>,
}

impl NewRule {
    /// Returns the rule with its words trimmed, or a sentence that says what to mend.
    pub fn checked(mut self) -> Result<NewRule, String> {
        self.name = self.name.trim().to_owned();
        self.who = self.who.trim().to_owned();
        named("the rule a name", &self.name)?;
        named("your name", &self.who)?;
        self.watched = self.watched.checked()?;
        if self.channels.len() > MOST.0 {
            return Err(format!("a rule has at most {} channels", MOST.0));
        }
        for channel in &mut self.channels {
            match channel {
                NewChannel::Webhook(to) => *to = webhook(to)?,
                NewChannel::Mail(to) => *to = mail(to)?,
            }
        }
        Ok(self)
    }
}

fn named(what: &str, words: &str) -> Result<(), String> {
    let fits = !words.is_empty() && words.chars().count() <= LONGEST.0 && !words.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(format!("say {what}, in at most {} letters", LONGEST.0)) }
}

impl Watched {
    fn checked(self) -> Result<Watched, String> {
        let full = |words: Option<String>| words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        let (when, story, query, source) = (self.when, full(self.story), full(self.query), full(self.source));
        if let Some(query) = &query {
            if query.chars().count() > LONGEST.2 {
                return Err(format!("the query is longer than {} letters", LONGEST.2));
            }
            Query::read(query).map_err(|error| error.to_string())?;
        }
        if when.is_of_sources() {
            if story.is_some() || query.is_some() {
                return Err(
                    "a rule about sources takes a source, or none for all; leave story and query empty".to_owned()
                );
            }
        } else if source.is_some() {
            return Err("only silence and failure are about a source; to watch an outlet write a query: outlet:herald"
                .to_owned());
        } else if story.is_some() && query.is_some() {
            return Err("give a story or a query, not both".to_owned());
        } else if when == When::Report && story.is_none() && query.is_none() {
            return Err("say which reports: give a query, or a story".to_owned());
        }
        Ok(Watched { when, story, query, source })
    }
}

/// The guard at the door to the network looks at the address again whenever something is sent.
fn webhook(to: &str) -> Result<String, String> {
    let to = to.trim();
    let wrong = || "a webhook is an address such as https://desk.example/hook".to_owned();
    let url = url::Url::parse(to).map_err(|_| wrong())?;
    let plain = to.bytes().all(|b| b.is_ascii_graphic()) && to.len() <= LONGEST.1;
    if !plain || !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(wrong());
    }
    Ok(to.to_owned())
}

/// One plain address: nothing in it ends a header or begins another recipient.
fn mail(to: &str) -> Result<String, String> {
    let to = to.trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.@".contains(&b);
    let parts: Vec<&str> = to.split('@').collect();
    let fits =
        matches!(parts[..], [name, host] if !name.is_empty() && !host.is_empty() && !host.starts_with(['.', '-']));
    if !fits || to.len() > 254 || !to.bytes().all(plain) {
        return Err("give one mail address, such as ada.orr@desk.example".to_owned());
    }
    Ok(to.to_owned())
}

const RULE: &str = "n, name, watched, who, at, off, off_by, from_seq, from_change, seen";

type RuleCells = (i64, String, String, String, i64, Option<(i64, String)>, [i64; 3]);

fn cells(row: &Row) -> rusqlite::Result<RuleCells> {
    let off: Option<i64> = row.get(5)?;
    let by: Option<String> = row.get(6)?;
    let off = off.map(|at| (at, by.unwrap_or_default()));
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, off, [row.get(7)?, row.get(8)?, row.get(9)?]))
}

impl View<'_> {
    /// Returns the rules, the last one first; those that were turned off too.
    pub fn rules(&self) -> Result<Vec<Rule>, Error> {
        let rows = self.all(&format!("SELECT {RULE} FROM rule ORDER BY n DESC"), [], cells)?;
        rows.into_iter().map(|cells| self.rule_of(cells)).collect()
    }

    /// Returns the rules that are on, in the order they were made.
    pub fn rules_on(&self) -> Result<Vec<Rule>, Error> {
        let rows = self.all(&format!("SELECT {RULE} FROM rule WHERE off IS NULL ORDER BY n"), [], cells)?;
        rows.into_iter().map(|cells| self.rule_of(cells)).collect()
    }

    /// Returns a rule.
    pub fn rule(&self, n: i64) -> Result<Option<Rule>, Error> {
        let row = self.maybe(&format!("SELECT {RULE} FROM rule WHERE n = ?1"), [n], cells)?;
        row.map(|cells| self.rule_of(cells)).transpose()
    }

    fn rule_of(&self, (n, name, watched, who, at, off, from): RuleCells) -> Result<Rule, Error> {
        let watched = serde_json::from_str(&watched)
            .map_err(|error| Error::Body { what: format!("rule {n}"), reason: error.to_string() })?;
        let [from_seq, from_change, seen] = from;
        Ok(Rule { n, name, watched, who, at, off, channels: self.channels(n)?, from_seq, from_change, seen })
    }

    fn channels(&self, rule: i64) -> Result<Vec<Channel>, Error> {
        let sql = "SELECT n, kind, address, off, why FROM channel WHERE rule = ?1 ORDER BY n";
        self.all(sql, [rule], |row| {
            let (kind, address): (String, String) = (row.get(1)?, row.get(2)?);
            let (off, why): (Option<i64>, Option<String>) = (row.get(3)?, row.get(4)?);
            let to = if kind == "webhook" { shown(&address) } else { address };
            Ok(Channel { n: row.get(0)?, kind, to, off: off.map(|at| (at, why.unwrap_or_default())) })
        })
    }

    /// Returns how far anything has moved.
    pub fn moved(&self) -> Result<i64, Error> {
        self.one("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'moved'), 0)", [])
    }
}

/// Returns scheme and host of a webhook: the rest is often a secret.
fn shown(address: &str) -> String {
    match url::Url::parse(address) {
        Ok(url) => {
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}://{}{port}/…", url.scheme(), url.host_str().unwrap_or_default())
        }
        Err(_) => "an address that cannot be read".to_owned(),
    }
}

impl Writing<'_> {
    /// Makes a rule, or says in a sentence why not. What is there now it will not tell.
    pub fn make_rule(&self, rule: NewRule) -> Result<Result<RuleMade, String>, Error> {
        let rule = match rule.checked() {
            Ok(rule) => rule,
            Err(sentence) => return Ok(Err(sentence)),
        };
        let NewRule { name, mut watched, channels, who, at } = rule;
        let on: Vec<Rule> = self.rules_on()?;
        if on.iter().any(|rule| rule.name == name) {
            return Ok(Err(format!("there is a rule of the name `{name}`; give it another, or turn that one off")));
        }
        if on.len() >= MOST.1 {
            return Ok(Err(format!("there are {} rules; turn one off first", MOST.1)));
        }
        if let Some(story) = &watched.story {
            let now = self.resolve(story)?;
            if self.story_card(&now)?.is_none() {
                return Ok(Err(format!("there is no story `{story}`; copy its name from the address of its page")));
            }
            watched.story = Some(now);
        }
        let body = serde_json::to_string(&watched)
            .map_err(|error| Error::Body { what: "a rule".to_owned(), reason: error.to_string() })?;
        let sql = "INSERT INTO rule (name, watched, who, at, from_seq, from_change, seen)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.run(sql, params![name, body, who, at, self.last_seq()?, self.change()?, self.moved()?])?;
        let n = self.last();
        if let Some(story) = &watched.story {
            // What is in the story now is no news of it; what comes to it is, also from another story.
            let sql = "INSERT INTO told SELECT ?1, 'there/' || id, NULL FROM placed JOIN report ON seq = report WHERE story = ?2";
            self.run(sql, params![n, story])?;
        }
        let mut secrets = Vec::new();
        for channel in channels {
            self.add_channel(n, channel, &mut secrets)?;
        }
        Ok(Ok(RuleMade { n, secrets }))
    }

    fn add_channel(&self, rule: i64, channel: NewChannel, secrets: &mut Vec<(String, String)>) -> Result<(), Error> {
        let sql = "INSERT INTO channel (rule, kind, address, secret) VALUES (?1, ?2, ?3, ?4)";
        match channel {
            NewChannel::Webhook(to) => {
                let secret = secret();
                self.run(sql, params![rule, "webhook", to, secret])?;
                secrets.push((shown(&to), secret));
            }
            NewChannel::Mail(to) => drop(self.run(sql, params![rule, "mail", to, None::<String>])?),
        }
        Ok(())
    }

    /// Turns a rule off: it finds nothing more, and what waits to be sent is not sent. What it told stays.
    pub fn end_rule(&self, n: i64, who: &str, at: i64) -> Result<(), Error> {
        let sql = "UPDATE rule SET off = ?2, off_by = ?3 WHERE n = ?1 AND off IS NULL";
        if self.run(sql, params![n, at, who])? == 0 {
            return Err(Error::unknown(format!("rule {n} that is on")));
        }
        self.run("DELETE FROM held WHERE rule = ?1", [n])?;
        let sql = "UPDATE delivery SET state = 'failed', problem = 'the rule was turned off', at = ?2
                   WHERE state = 'waiting' AND channel IN (SELECT n FROM channel WHERE rule = ?1)";
        self.run(sql, params![n, at]).map(|_| ())
    }
}

/// Returns a secret that nobody can guess, in the form of Standard Webhooks.
fn secret() -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness there is no secret, and a signature that anybody could make is worse than none.
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    format!("whsec_{}", STANDARD.encode(bytes))
}
