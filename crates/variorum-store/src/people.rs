//! People: who may come in, as what, with which secret; and the log of what each did.

mod audit;
mod keys;
#[cfg(test)]
mod tests;

use rusqlite::{Row, params};
use serde::Serialize;

use crate::{Error, View, Writing};

pub use audit::{Audited, Deed};
pub use keys::{ApiToken, IDLE, KeyHash, LONGEST, NewToken, Scope, Session};

/// The longest name of a user, in letters.
const LONGEST_NAME: usize = 60;

/// What a user may do. A later one may do all that an earlier one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads everything but the people.
    Reader,
    /// Corrects, saves searches, names sources and alerts.
    Editor,
    /// Says who may come in.
    Admin,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Role; 3] = [Role::Reader, Role::Editor, Role::Admin];

    /// Returns its word.
    pub fn word(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// Returns the role of a word.
    pub fn of(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Somebody who may come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// The number; never used again.
    pub n: i64,
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// When they were added.
    pub added: i64,
    /// When they were disabled, where they are.
    pub disabled: Option<i64>,
}

const USER: &str = "user.n, user.name, user.role, user.added, user.disabled";

impl View<'_> {
    /// Returns all users, by name.
    pub fn users(&self) -> Result<Vec<User>, Error> {
        self.all(&format!("SELECT {USER} FROM user ORDER BY folded"), [], user)
    }

    /// Returns the user of a name, however it is written.
    pub fn user(&self, name: &str) -> Result<Option<User>, Error> {
        self.maybe(&format!("SELECT {USER} FROM user WHERE folded = ?1"), [folded(name)], user)
    }

    /// Returns a user.
    pub fn user_of(&self, n: i64) -> Result<Option<User>, Error> {
        self.maybe(&format!("SELECT {USER} FROM user WHERE n = ?1"), [n], user)
    }

    /// Returns a user who may come in, with the hash of the password.
    pub fn password_of(&self, name: &str) -> Result<Option<(User, String)>, Error> {
        let sql = format!("SELECT {USER}, user.password FROM user WHERE folded = ?1 AND disabled IS NULL");
        self.maybe(&sql, [folded(name)], |row| Ok((user(row)?, row.get(5)?)))
    }

    /// Returns how many admins may come in.
    pub fn admins(&self) -> Result<u64, Error> {
        self.one("SELECT count(*) FROM user WHERE role = 'admin' AND disabled IS NULL", [])
    }
}

impl Writing<'_> {
    /// Adds a user, whose password comes as a hash.
    pub fn add_user(&self, name: &str, role: Role, password: &str, at: i64) -> Result<User, Error> {
        let name = named(name)?;
        if let Some(there) = self.user(&name)? {
            return Err(Error::refused(format!("the name `{}` is taken", there.name)));
        }
        let sql = "INSERT INTO user (name, folded, role, password, added) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![name, folded(&name), role.word(), password, at])?;
        Ok(User { n: self.last(), name, role, added: at, disabled: None })
    }

    /// Gives a user another role. Whoever has a session keeps it, and may at once what the new role may.
    pub fn set_role(&self, n: i64, role: Role) -> Result<(), Error> {
        self.change_user(n, |_| self.run("UPDATE user SET role = ?2 WHERE n = ?1", params![n, role.word()]))
    }

    /// Lets a user in no more, and ends their sessions; or lets them in again.
    pub fn set_disabled(&self, n: i64, at: Option<i64>) -> Result<(), Error> {
        self.change_user(n, |_| self.run("UPDATE user SET disabled = ?2 WHERE n = ?1", params![n, at]))?;
        if at.is_some() { self.end_sessions(n).map(|_| ()) } else { Ok(()) }
    }

    /// Gives a user another password, as a hash, and ends all sessions that the old one opened.
    pub fn set_password(&self, n: i64, password: &str) -> Result<(), Error> {
        self.change_user(n, |_| self.run("UPDATE user SET password = ?2 WHERE n = ?1", params![n, password]))?;
        self.end_sessions(n).map(|_| ())
    }

    /// Nobody could let anybody in any more if the last admin went.
    fn change_user(&self, n: i64, change: impl FnOnce(&User) -> Result<usize, Error>) -> Result<(), Error> {
        let user = self.user_of(n)?.ok_or_else(|| Error::unknown("such user"))?;
        let before = self.admins()?;
        change(&user)?;
        if before > 0 && self.admins()? == 0 {
            return Err(Error::refused(format!(
                "{} is the only admin; make another one first, or nobody could let people in",
                user.name
            )));
        }
        Ok(())
    }
}

fn user(row: &Row) -> rusqlite::Result<User> {
    let role: String = row.get(2)?;
    Ok(User {
        n: row.get(0)?,
        name: row.get(1)?,
        // The table holds no other word; who has none of ours may least.
        role: Role::of(&role).unwrap_or(Role::Reader),
        added: row.get(3)?,
        disabled: row.get(4)?,
    })
}

/// Returns a name without regard to case and spaces.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A name stands in logs and beside corrections: it is words, and nothing that changes how other words are shown.
fn named(name: &str) -> Result<String, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = |c: char| c.is_alphanumeric() || " .-_'’@+".contains(c);
    let refuse = |why: &str| Err(Error::refused(format!("`{}` cannot be a name: {why}", name.escape_debug())));
    match name.chars().count() {
        0 => Err(Error::refused("a user needs a name")),
        n if n > LONGEST_NAME => refuse("it is longer than 60 letters"),
        _ if !name.chars().all(plain) => refuse("it may hold letters, digits, spaces and . - _ ' @ +"),
        _ if !name.chars().any(char::is_alphanumeric) => refuse("it has no letter"),
        _ => Ok(name),
    }
}
