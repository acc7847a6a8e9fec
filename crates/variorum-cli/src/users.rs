//! `variorum users`: who may come in.

use std::io::Read;

use anyhow::{Context, anyhow, bail};
use variorum_serve::hash_password;
use variorum_store::{Deed, Role, Store, User};

use crate::Outcome;
use crate::record::{self, Record, counted};

/// Say who may come in where one must log in: readers, editors who correct, admins who say who may come in
///
/// A password is asked for, or read from standard input; it is never an argument, since others see those.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  variorum users add \"Ada Orr\" --role admin
  variorum users list
  variorum users disable \"Tomas Vell\"
  variorum users add desk --role editor --password-stdin < password.txt")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a user
    Add {
        /// The name; upper and lower case are the same
        name: String,
        /// What the user may do
        #[arg(long, value_name = "ROLE")]
        role: RoleWord,
        #[command(flatten)]
        password: Password,
        #[command(flatten)]
        record: Record,
    },
    /// List the users, with what they have open
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        record: Record,
    },
    /// Give a user another password, which ends all sessions
    Password {
        /// The name
        name: String,
        #[command(flatten)]
        password: Password,
        #[command(flatten)]
        record: Record,
    },
    /// Give a user another role
    Role {
        /// The name
        name: String,
        /// What the user may do
        role: RoleWord,
        #[command(flatten)]
        record: Record,
    },
    /// Let a user in no more, and end all sessions; what was done under the name stays
    Disable {
        /// The name
        name: String,
        #[command(flatten)]
        record: Record,
    },
    /// Let a user in again who was disabled
    Enable {
        /// The name
        name: String,
        #[command(flatten)]
        record: Record,
    },
    /// List the tokens of a user's programs, or drop one
    Tokens {
        /// The name
        name: String,
        /// Drop the token of this number
        #[arg(long, value_name = "N")]
        drop: Option<i64>,
        #[command(flatten)]
        record: Record,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum RoleWord {
    /// Reads
    Reader,
    /// Reads and corrects, saves searches, names sources and alerts
    Editor,
    /// Does all of it, and says who may come in
    Admin,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Reader => Role::Reader,
            RoleWord::Editor => Role::Editor,
            RoleWord::Admin => Role::Admin,
        }
    }
}

// A group of this name would clash with the one of the command `password`.
#[derive(Debug, clap::Args)]
#[group(skip)]
struct Password {
    /// Read the password from standard input, its first line
    #[arg(long)]
    password_stdin: bool,
}

/// More is no password.
const LONGEST: u64 = 4_096;

impl Password {
    /// Returns the hash of the password that somebody types, twice, or that comes on standard input.
    fn hash(&self) -> anyhow::Result<String> {
        let password = if self.password_stdin { piped()? } else { typed()? };
        Ok(hash_password(&password)?)
    }
}

fn piped() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().lock().take(LONGEST).read_to_string(&mut text).context("the password cannot be read")?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn typed() -> anyhow::Result<String> {
    let ask = |what: &str| {
        rpassword::prompt_password(what).map_err(|error| {
            anyhow!("nobody can be asked for the password here: {error}\nhint: hand it in with --password-stdin")
        })
    };
    let first = ask("Password (12 letters at least): ")?;
    if ask("The same again: ")? != first {
        bail!("these are two passwords; nothing was changed");
    }
    Ok(first)
}

pub fn run(args: Args) -> anyhow::Result<Outcome> {
    match args.command {
        Command::Add { name, role, password, record } => add(&record.open_or_make()?, name, role.into(), &password)?,
        Command::List { json, record } => list(&record.open()?, json)?,
        Command::Password { name, password, record } => {
            let store = record.open()?;
            let user = of(&store, &name)?;
            let hash = password.hash()?;
            let n = user.n;
            change(&store, "give a password to", &user, move |writing| writing.set_password(n, &hash))?;
            record::print(&format!("{} has a new password; all sessions are ended.\n", user.name))?;
        }
        Command::Role { name, role, record } => {
            let (store, role) = (record.open()?, Role::from(role));
            let user = of(&store, &name)?;
            let n = user.n;
            change(&store, &format!("make {} of", role.word()), &user, move |writing| writing.set_role(n, role))?;
            record::print(&format!("{} is {} now.\n", user.name, role.word()))?;
        }
        Command::Disable { name, record } => {
            let store = record.open()?;
            let user = of(&store, &name)?;
            let (n, now) = (user.n, record::now());
            change(&store, "disable", &user, move |writing| writing.set_disabled(n, Some(now)))?;
            record::print(&format!("{} is let in no more; all sessions are ended.\n", user.name))?;
        }
        Command::Enable { name, record } => {
            let store = record.open()?;
            let user = of(&store, &name)?;
            let n = user.n;
            change(&store, "enable", &user, move |writing| writing.set_disabled(n, None))?;
            record::print(&format!("{} may log in again.\n", user.name))?;
        }
        Command::Tokens { name, drop, record } => tokens(&record.open()?, &name, drop)?,
    }
    Ok(Outcome { good: 1, problems: 0 })
}

fn of(store: &Store, name: &str) -> anyhow::Result<User> {
    let found = store.read(|view| view.user(name))?;
    found.ok_or_else(|| anyhow!("there is no user `{name}`\nhint: `variorum users list` names them"))
}

fn deed(what: &str, target: String) -> Deed {
    Deed {
        at: record::now(),
        who: "the command".to_owned(),
        what: what.to_owned(),
        target,
        address: None,
        refused: false,
    }
}

/// Changes a user and writes it down, or does neither.
fn change(
    store: &Store,
    what: &str,
    user: &User,
    work: impl FnOnce(&variorum_store::Writing) -> Result<(), variorum_store::Error> + Send + 'static,
) -> anyhow::Result<()> {
    let deed = deed(what, user.name.clone());
    Ok(store.write(move |writing| work(writing).and_then(|()| writing.audit(&deed)))?)
}

fn add(store: &Store, name: String, role: Role, password: &Password) -> anyhow::Result<()> {
    if let Some(there) = store.read(|view| view.user(&name))? {
        bail!("the name `{}` is taken\nhint: `variorum users password` gives another password", there.name);
    }
    let hash = password.hash()?;
    let user = store.write(move |writing| {
        let user = writing.add_user(&name, role, &hash, record::now())?;
        writing.audit(&deed("add a user", format!("{} ({})", user.name, role.word())))?;
        Ok(user)
    })?;
    record::print(&format!("{} may log in, as {}.\n", user.name, role.word()))
}

fn list(store: &Store, json: bool) -> anyhow::Result<()> {
    let now = record::now();
    let users = store.read(|view| {
        let with = |user: User| Ok((view.sessions_of(user.n, now)?.len(), view.tokens_of(user.n)?.len(), user));
        view.users()?.into_iter().map(with).collect::<Result<Vec<_>, variorum_store::Error>>()
    })?;
    let mut text = String::new();
    for (sessions, tokens, user) in &users {
        text += &if json {
            serde_json::json!({ "user": user, "sessions": sessions, "tokens": tokens }).to_string()
        } else {
            let (sessions, tokens) = (*sessions as u64, *tokens as u64);
            let state = if user.disabled.is_some() { ", disabled" } else { "" };
            format!(
                "{}: {}{state}, {}, {}",
                user.name,
                user.role.word(),
                counted(sessions, "session", "sessions"),
                counted(tokens, "token", "tokens")
            )
        };
        text.push('\n');
    }
    if users.is_empty() && !json {
        text = "Nobody yet. Make the first one: variorum users add NAME --role admin\n".to_owned();
    }
    record::print(&text)
}

fn tokens(store: &Store, name: &str, drop: Option<i64>) -> anyhow::Result<()> {
    let user = of(store, name)?;
    if let Some(n) = drop {
        let owner = user.n;
        let mut deed = deed("drop a token", String::new());
        let dropped = store.write(move |writing| {
            let token = writing.drop_token(owner, n)?;
            deed.target = token.name.clone();
            writing.audit(&deed).map(|()| token)
        })?;
        return record::print(&format!("The token {n} ({}) opens nothing any more.\n", dropped.name));
    }
    let mut text = String::new();
    let now = record::now();
    for token in store.read(|view| view.tokens_of(user.n))? {
        let days = (token.ends - now).div_euclid(86_400);
        let ends = if token.ends <= now {
            "ended".to_owned()
        } else {
            format!("ends in {}", counted(days.max(0) as u64, "day", "days"))
        };
        text += &format!("{}: {}, {}, {ends}\n", token.n, token.name, token.scope.word());
    }
    if text.is_empty() {
        text = format!("{} has no tokens; they are made in the browser, at /account.\n", user.name);
    }
    record::print(&text)
}
