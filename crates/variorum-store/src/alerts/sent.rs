//! What is sent to channels: claimed before it goes out, so that a crash leaves a trace of what was under way.

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::{Error, View, Writing};

/// The most mails that an address gets in an hour; further ones wait.
const MAILS: i64 = 60;

/// How an alert stands on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    /// It waits for its turn, or for another try.
    Waiting,
    /// It is on its way.
    Sending,
    /// It was taken.
    Sent,
    /// It was not, and is not tried again by itself.
    Failed,
    /// It may have gone out: the program or the line broke off before the answer came.
    Unsure,
}

impl DeliveryState {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Sending => "sending",
            DeliveryState::Sent => "sent",
            DeliveryState::Failed => "failed",
            DeliveryState::Unsure => "unsure",
        }
    }

    fn of(name: &str) -> DeliveryState {
        use DeliveryState::{Failed, Sending, Sent, Unsure, Waiting};
        // The table holds no other.
        [Waiting, Sending, Sent, Failed].into_iter().find(|state| state.name() == name).unwrap_or(Unsure)
    }
}

/// An alert on a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The channel.
    pub channel: i64,
    /// What it is: `webhook` or `mail`.
    pub kind: String,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next, where it waits.
    pub next: Option<i64>,
    /// When this was so, in seconds since 1970.
    pub at: i64,
    /// What went wrong last.
    pub problem: Option<String>,
}

/// Something to be sent, that nobody else sends now.
#[derive(Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The alert.
    pub alert: i64,
    /// The channel.
    pub channel: i64,
    /// What it is: `webhook` or `mail`.
    pub kind: String,
    /// Where it goes.
    pub address: String,
    /// The secret of a webhook.
    pub secret: Option<String>,
    /// The how many-th try this is, from 1.
    pub tries: u32,
    /// When it was first to be sent.
    pub since: i64,
    /// How often the channel failed in a row.
    pub failures: u32,
}

impl std::fmt::Debug for Claimed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "alert {} on channel {} ({})", self.alert, self.channel, self.kind)
    }
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Sent,
    /// Not now.
    Later {
        /// When it is tried again.
        next: i64,
        /// Until when the channel rests.
        rests: i64,
        /// What went wrong.
        problem: String,
    },
    /// Not at all.
    Failed {
        /// What went wrong.
        problem: String,
    },
    /// The receiver wants nothing more: the channel is turned off.
    Gone {
        /// What it said.
        problem: String,
    },
    /// It may have gone out.
    Unsure {
        /// What broke off.
        problem: String,
    },
}

/// Returns what became of an alert on each channel.
pub(super) fn of(view: &View, alert: i64) -> Result<Vec<Delivery>, Error> {
    let sql = "SELECT channel, kind, state, tries, next, at, problem FROM delivery JOIN channel ON n = channel
               WHERE alert = ?1 ORDER BY channel";
    view.all(sql, [alert], |row| {
        let state = DeliveryState::of(&row.get::<_, String>(2)?);
        Ok(Delivery {
            channel: row.get(0)?,
            kind: row.get(1)?,
            state,
            tries: row.get(3)?,
            next: row.get::<_, Option<i64>>(4)?.filter(|_| state == DeliveryState::Waiting),
            at: row.get(5)?,
            problem: row.get(6)?,
        })
    })
}

impl View<'_> {
    /// Returns how many deliveries are in each state, by its name.
    pub fn delivery_counts(&self) -> Result<Vec<(String, u64)>, Error> {
        let sql = "SELECT state, count(*) FROM delivery GROUP BY state ORDER BY state";
        self.all(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Returns the webhook or mail address of a channel with its secret, to try it out.
    pub fn claim_of(&self, rule: i64) -> Result<Vec<Claimed>, Error> {
        let sql = "SELECT 0, n, kind, address, secret, 0, 0, 0 FROM channel WHERE rule = ?1 AND off IS NULL ORDER BY n";
        self.all(sql, [rule], claimed)
    }
}

fn claimed(row: &rusqlite::Row) -> rusqlite::Result<Claimed> {
    Ok(Claimed {
        alert: row.get(0)?,
        channel: row.get(1)?,
        kind: row.get(2)?,
        address: row.get(3)?,
        secret: row.get(4)?,
        tries: row.get(5)?,
        since: row.get(6)?,
        failures: row.get(7)?,
    })
}

impl Writing<'_> {
    /// Takes the next thing that is to be sent by a kind of channel, if there is any, and marks it as being sent. What was
    /// tried least goes first, so that nothing that never works holds up the rest.
    pub fn claim(&self, kinds: &[&str], now: i64) -> Result<Option<Claimed>, Error> {
        let wants = |kind: &str| kinds.contains(&kind);
        let sql = "SELECT alert, channel, kind, address, secret, tries + 1, since, failures
                   FROM delivery JOIN channel ON n = channel
                   WHERE state = 'waiting' AND next <= ?1 AND rests <= ?1 AND channel.off IS NULL
                       AND (kind = 'webhook' AND ?2 OR kind = 'mail' AND ?3)
                       AND (kind <> 'mail' OR ?4 > (SELECT count(*) FROM delivery AS gone WHERE gone.channel = n
                            AND gone.state IN ('sent', 'unsure') AND gone.at > ?1 - 3600))
                   ORDER BY tries, alert, channel LIMIT 1";
        let found = self.maybe(sql, params![now, wants("webhook"), wants("mail"), MAILS], claimed)?;
        if let Some(found) = &found {
            let sql =
                "UPDATE delivery SET state = 'sending', tries = tries + 1, at = ?3 WHERE alert = ?1 AND channel = ?2";
            self.run(sql, params![found.alert, found.channel, now])?;
        }
        Ok(found)
    }

    /// Writes down how a try ended.
    pub fn sent(&self, claimed: &Claimed, outcome: &Outcome, now: i64) -> Result<(), Error> {
        let (state, next, problem) = match outcome {
            Outcome::Sent => (DeliveryState::Sent, now, None),
            Outcome::Later { next, problem, .. } => (DeliveryState::Waiting, *next, Some(problem)),
            Outcome::Failed { problem } | Outcome::Gone { problem } => (DeliveryState::Failed, now, Some(problem)),
            Outcome::Unsure { problem } => (DeliveryState::Unsure, now, Some(problem)),
        };
        let sql = "UPDATE delivery SET state = ?3, next = ?4, at = ?5, problem = ?6 WHERE alert = ?1 AND channel = ?2";
        self.run(sql, params![claimed.alert, claimed.channel, state.name(), next, now, problem])?;
        let channel = claimed.channel;
        match outcome {
            Outcome::Sent => self.run("UPDATE channel SET failures = 0, rests = 0 WHERE n = ?1", [channel]),
            Outcome::Later { rests, .. } => self.run(
                "UPDATE channel SET failures = failures + 1, rests = max(rests, ?2) WHERE n = ?1",
                params![channel, rests],
            ),
            Outcome::Gone { problem } => {
                self.run("UPDATE channel SET off = ?2, why = ?3 WHERE n = ?1", params![channel, now, problem])?;
                let sql = "UPDATE delivery SET state = 'failed', at = ?2, problem = 'the channel was turned off'
                           WHERE channel = ?1 AND state = 'waiting'";
                self.run(sql, params![channel, now])
            }
            Outcome::Failed { .. } | Outcome::Unsure { .. } => Ok(0),
        }
        .map(|_| ())
    }

    /// Takes up what was being sent when a program broke off: a webhook goes out again under the same id, by which its
    /// receiver knows it; mail has no such id that all servers heed, so it is left to a person.
    pub fn take_up_sending(&self, now: i64) -> Result<usize, Error> {
        let sql = "UPDATE delivery SET state = 'waiting', next = ?1, at = ?1
                   WHERE state = 'sending' AND channel IN (SELECT n FROM channel WHERE kind = 'webhook')";
        let again = self.run(sql, [now])?;
        let sql = "UPDATE delivery SET state = 'unsure', at = ?1, problem = 'the program stopped while it was sent'
                   WHERE state = 'sending'";
        Ok(again + self.run(sql, [now])?)
    }

    /// Sends again what failed, or may have gone out: a person says so.
    pub fn send_again(&self, alert: i64, channel: i64, now: i64) -> Result<(), Error> {
        let sql = "UPDATE delivery SET state = 'waiting', tries = 0, since = ?3, next = ?3, at = ?3, problem = NULL
                   WHERE alert = ?1 AND channel = ?2 AND state IN ('failed', 'unsure')
                       AND (SELECT words FROM alert WHERE n = ?1) IS NOT NULL
                       AND (SELECT off FROM channel WHERE n = ?2) IS NULL";
        match self.run(sql, params![alert, channel, now])? {
            0 => Err(Error::unknown(format!("alert {alert} that can be sent again on channel {channel}"))),
            _ => {
                self.run("UPDATE channel SET rests = 0 WHERE n = ?1", [channel])?;
                Ok(())
            }
        }
    }
}
