//! What opens the door: sessions of people, and tokens of programs. Kept as hashes; only their owners have the secrets.

use rusqlite::{Row, params};
use serde::Serialize;

use super::{Role, USER, User, user};
use crate::{Error, View, Writing};

/// The SHA-256 of a secret.
pub type KeyHash = [u8; 32];

/// A session ends when nobody used it for so many seconds.
pub const IDLE: i64 = 14 * 86_400;
/// A session ends so many seconds after it began, however it is used.
pub const LONGEST: i64 = 90 * 86_400;
/// How old the note may be of when something was used last: not every request writes.
const NOTED: i64 = 600;
/// How many tokens a user may have.
const MOST_TOKENS: u64 = 50;

/// What a token may do; never more than its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Reads.
    Read,
    /// Reads and corrects.
    Write,
    /// Does all that its user may.
    Admin,
}

impl Scope {
    /// All scopes, the least first.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Admin];

    /// Returns its word.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
        }
    }

    /// Returns the scope of a word.
    pub fn of(word: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// Returns the most that a token of this scope may do.
    pub fn role(self) -> Role {
        match self {
            Scope::Read => Role::Reader,
            Scope::Write => Role::Editor,
            Scope::Admin => Role::Admin,
        }
    }
}

/// A time in which somebody is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// When it began.
    pub made: i64,
    /// When it was used last, within ten minutes.
    pub seen: i64,
    /// When it ends at the latest.
    pub ends: i64,
}

/// A token of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiToken {
    /// The number.
    pub n: i64,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    pub made: i64,
    /// When it was used last, within ten minutes.
    pub used: Option<i64>,
    /// When it ends.
    pub ends: i64,
}

/// A token as it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// The hash of its secret.
    pub hash: KeyHash,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// When it is made.
    pub at: i64,
    /// When it ends.
    pub ends: i64,
}

const TOKEN: &str = "token.n, token.name, token.scope, token.made, token.used, token.ends";

impl View<'_> {
    /// Returns whose session a secret opens, where it opens one now.
    pub fn session(&self, hash: &KeyHash, now: i64) -> Result<Option<(User, Session)>, Error> {
        let sql = format!(
            "SELECT {USER}, session.made, session.seen, session.ends FROM session JOIN user ON user.n = session.user
             WHERE session.hash = ?1 AND session.ends > ?2 AND session.seen > ?2 - ?3 AND user.disabled IS NULL"
        );
        self.maybe(&sql, params![hash, now, IDLE], |row| Ok((user(row)?, session(row, 5)?)))
    }

    /// Returns the sessions that a user has now, the last one used first.
    pub fn sessions_of(&self, n: i64, now: i64) -> Result<Vec<Session>, Error> {
        let sql = "SELECT made, seen, ends FROM session WHERE user = ?1 AND ends > ?2 AND seen > ?2 - ?3 ORDER BY seen DESC, made";
        self.all(sql, params![n, now, IDLE], |row| session(row, 0))
    }

    /// Returns whose token a secret is, where it is one now.
    pub fn token(&self, hash: &KeyHash, now: i64) -> Result<Option<(User, ApiToken)>, Error> {
        let sql = format!(
            "SELECT {USER}, {TOKEN} FROM token JOIN user ON user.n = token.user
             WHERE token.hash = ?1 AND token.ends > ?2 AND user.disabled IS NULL"
        );
        self.maybe(&sql, params![hash, now], |row| Ok((user(row)?, token(row, 5)?)))
    }

    /// Returns the tokens of a user, the last one first.
    pub fn tokens_of(&self, n: i64) -> Result<Vec<ApiToken>, Error> {
        self.all(&format!("SELECT {TOKEN} FROM token WHERE user = ?1 ORDER BY n DESC"), [n], |row| token(row, 0))
    }
}

impl Writing<'_> {
    /// Opens a session, and sweeps out those that ended.
    pub fn open_session(&self, hash: &KeyHash, user: i64, at: i64) -> Result<(), Error> {
        self.run("DELETE FROM session WHERE ends <= ?1 OR seen <= ?1 - ?2", params![at, IDLE])?;
        let sql = "INSERT INTO session (hash, user, made, seen, ends) VALUES (?1, ?2, ?3, ?3, ?4)";
        self.run(sql, params![hash, user, at, at + LONGEST]).map(|_| ())
    }

    /// Notes that a session is used.
    pub fn use_session(&self, hash: &KeyHash, at: i64) -> Result<(), Error> {
        self.run("UPDATE session SET seen = ?2 WHERE hash = ?1 AND seen < ?2", params![hash, at]).map(|_| ())
    }

    /// Ends a session.
    pub fn end_session(&self, hash: &KeyHash) -> Result<(), Error> {
        self.run("DELETE FROM session WHERE hash = ?1", [hash]).map(|_| ())
    }

    /// Ends all sessions of a user, and returns how many there were.
    pub fn end_sessions(&self, user: i64) -> Result<usize, Error> {
        self.run("DELETE FROM session WHERE user = ?1", [user])
    }

    /// Keeps a token of a user, and returns its number.
    pub fn add_token(&self, user: i64, new: &NewToken) -> Result<i64, Error> {
        let name = new.name.trim();
        if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            return Err(Error::refused("give the token a name of at most 100 letters, so that you know it again"));
        }
        if self.one::<u64>("SELECT count(*) FROM token WHERE user = ?1", [user])? >= MOST_TOKENS {
            return Err(Error::refused("there are 50 tokens already; drop one first"));
        }
        let sql = "INSERT INTO token (hash, name, user, scope, made, ends) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.run(sql, params![new.hash, name, user, new.scope.word(), new.at, new.ends])?;
        Ok(self.last())
    }

    /// Notes that a token is used.
    pub fn use_token(&self, n: i64, at: i64) -> Result<(), Error> {
        self.run("UPDATE token SET used = ?2 WHERE n = ?1", [n, at]).map(|_| ())
    }

    /// Drops a token of a user.
    pub fn drop_token(&self, user: i64, n: i64) -> Result<ApiToken, Error> {
        let known = self.tokens_of(user)?.into_iter().find(|token| token.n == n);
        let known = known.ok_or_else(|| Error::unknown("such token"))?;
        self.run("DELETE FROM token WHERE n = ?1 AND user = ?2", [n, user])?;
        Ok(known)
    }
}

impl Session {
    /// Tells whether its use is to be noted anew.
    pub fn is_stale(&self, now: i64) -> bool {
        now - self.seen >= NOTED
    }
}

impl ApiToken {
    /// Tells whether its use is to be noted anew.
    pub fn is_stale(&self, now: i64) -> bool {
        self.used.is_none_or(|used| now - used >= NOTED)
    }
}

fn session(row: &Row, at: usize) -> rusqlite::Result<Session> {
    Ok(Session { made: row.get(at)?, seen: row.get(at + 1)?, ends: row.get(at + 2)? })
}

fn token(row: &Row, at: usize) -> rusqlite::Result<ApiToken> {
    let scope: String = row.get(at + 2)?;
    Ok(ApiToken {
        n: row.get(at)?,
        name: row.get(at + 1)?,
        scope: Scope::of(&scope).unwrap_or(Scope::Read),
        made: row.get(at + 3)?,
        used: row.get(at + 4)?,
        ends: row.get(at + 5)?,
    })
}
