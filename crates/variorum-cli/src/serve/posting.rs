//! Whom the server tells of alerts.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use variorum_alert::{Mail, MailConfig, Options, Post, Running};
use variorum_serve::State;

use crate::network::Network;

/// Whom the server tells of alerts.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[command(flatten)]
    ways: Ways,
    /// Whether rules are looked after: on, or off where another server with this record does it
    #[arg(long, value_name = "ON|OFF", default_value = "on", hide_possible_values = true, help_heading = "Alerts")]
    alerts: Switch,
}

/// By which ways alerts go out.
#[derive(Debug, Clone, clap::Args)]
pub struct Ways {
    /// How mail is sent: a file of JSON with server, from, user and password (docs/alerts.md)
    #[arg(long, value_name = "FILE", help_heading = "Alerts")]
    mail_config: Option<PathBuf>,
    /// Whether webhooks are sent
    #[arg(long, value_name = "ON|OFF", default_value = "on", hide_possible_values = true, help_heading = "Alerts")]
    alert_webhooks: Switch,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl Args {
    /// Returns the post; none where rules are not looked after. `room` is where the newsroom is reached, for links.
    pub fn post(&self, network: &Network, room: String) -> anyhow::Result<Option<Post>> {
        (self.alerts == Switch::On).then(|| self.ways.post(network, room)).transpose()
    }
}

impl Ways {
    /// Returns the post. `room` is where the newsroom is reached, for links.
    pub fn post(&self, network: &Network, room: String) -> anyhow::Result<Post> {
        let door = (self.alert_webhooks == Switch::On).then(|| network.door()).transpose()?;
        let mail = self.mail_config.as_deref().map(mail).transpose()?;
        Ok(Post { door, allow: network.allowed(), mail, room })
    }
}

/// Reads how mail is sent. No error says what stands in the file: a password does.
fn mail(path: &Path) -> anyhow::Result<Mail> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let config: MailConfig = serde_json::from_str(&text).map_err(|error| {
        anyhow!(
            "{shown} cannot be read as JSON at line {}, column {}\n  hint: it takes server, port, security, user, password, \
             password_env, from, recipients and certificate; docs/alerts.md shows one",
            error.line(),
            error.column()
        )
    })?;
    let password = match &config.password_env {
        Some(name) => Some(
            std::env::var(name)
                .map_err(|_| anyhow!("{shown} names the variable {name} for the password, and it is not set"))?,
        ),
        None => None,
    };
    Mail::new(config, password).map_err(|sentence| anyhow!("{shown}: {sentence}"))
}

/// Starts it; it ends when what is returned is dropped.
pub fn start(state: &State, post: Option<Post>) -> anyhow::Result<Option<Running>> {
    let Some(post) = post else { return Ok(None) };
    let mut ways = Vec::new();
    ways.extend(post.door.as_ref().map(|_| "webhook"));
    ways.extend(post.mail.as_ref().map(|_| "mail"));
    // For the page, which says where a rule is told that nobody can be told of.
    let said = ways.join(" ");
    state.store.write(move |writing| writing.put_setting("alerts go by", &said))?;
    Ok(Some(variorum_alert::start(state.store.clone(), state.search.clone(), state.clock, Options { post })))
}
