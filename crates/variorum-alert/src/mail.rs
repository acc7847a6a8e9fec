//! Mail over SMTP.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use serde::Deserialize;
use variorum_store::alerts::{Claimed, Outcome};

use crate::message::plain;
use crate::post::later;

/// How long a server may take for each step.
const PATIENCE: Duration = Duration::from_secs(30);

/// How mail is sent, as a file says it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// The name of the server that takes mail.
    pub server: String,
    /// Its port; 587 for STARTTLS, 465 for TLS, 25 for none, where nothing else is said.
    #[serde(default)]
    pub port: Option<u16>,
    /// How the way there is encrypted.
    #[serde(default)]
    pub security: Security,
    /// The name to log in with.
    #[serde(default)]
    pub user: Option<String>,
    /// The password.
    #[serde(default)]
    pub password: Option<String>,
    /// The variable of the environment that holds the password.
    #[serde(default)]
    pub password_env: Option<String>,
    /// Who mail is from: `alerts@desk.example`, or `Night desk <alerts@desk.example>`.
    pub from: String,
    /// To whom mail may go: addresses, or whole domains; to anybody where nothing is said.
    #[serde(default)]
    pub recipients: Vec<String>,
    /// The certificate of an authority of one's own, in PEM.
    #[serde(default)]
    pub certificate: Option<String>,
}

/// How the way to the server is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// After the first words; mail is not sent where the server does not offer it.
    #[default]
    Starttls,
    /// From the first byte.
    Tls,
    /// Not at all: only to this machine itself.
    None,
}

impl fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MailConfig").field("server", &self.server).field("from", &self.from).finish_non_exhaustive()
    }
}

/// A way to send mail.
#[derive(Clone)]
pub struct Mail {
    server: String,
    port: u16,
    security: Security,
    tls: TlsParameters,
    login: Option<Credentials>,
    from: Mailbox,
    recipients: Vec<String>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("server", &self.server).field("port", &self.port).finish_non_exhaustive()
    }
}

/// What a mail says.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// The name of the message: the same for the same alert.
    pub id: &'a str,
    /// The rule that it is of.
    pub rule: i64,
    /// The name of the rule.
    pub rule_name: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Its words.
    pub text: &'a str,
    /// When it is sent.
    pub now: i64,
}

impl Mail {
    /// Reads how mail is sent; the error is a sentence. `password` is that of the environment, where the file names one.
    pub fn new(config: MailConfig, password: Option<String>) -> Result<Self, String> {
        let MailConfig { server, port, security, user, from, recipients, certificate, .. } = config;
        let from: Mailbox = from
            .parse()
            .map_err(|_| format!("`from` is no mail address: {}; write alerts@desk.example", plain(&from)))?;
        if security == Security::None && !is_here(&server) {
            return Err(
                "`security` may be none only where the server is this machine (127.0.0.1, ::1 or localhost)".to_owned()
            );
        }
        let login = match (user, password.or(config.password)) {
            (Some(user), Some(password)) => Some(Credentials::new(user, password)),
            (Some(_), None) => {
                return Err("there is a user and no password: give `password` or `password_env`".to_owned());
            }
            (None, _) => None,
        };
        let mut tls = TlsParameters::builder(server.clone());
        if let Some(pem) = certificate {
            let certificate = Certificate::from_pem(pem.as_bytes())
                .map_err(|_| "`certificate` is no certificate in PEM".to_owned())?;
            tls = tls.add_root_certificate(certificate);
        }
        let tls = tls.build().map_err(|error| format!("no encrypted way to {server}: {error}"))?;
        let port = port.unwrap_or(match security {
            Security::Starttls => 587,
            Security::Tls => 465,
            Security::None => 25,
        });
        Ok(Mail { server, port, security, tls, login, from, recipients })
    }

    /// Sends a mail, once. Where the line breaks after the words went out and before the server took them, nobody can say
    /// whether it will arrive.
    pub fn send(&self, claimed: &Claimed, letter: &Letter<'_>) -> Outcome {
        let now = letter.now;
        let message = match self.message(&claimed.address, letter) {
            Ok(message) => message,
            Err(problem) => return Outcome::Failed { problem },
        };
        let mut server = match self.connect() {
            Ok(server) => server,
            Err(error) if error.is_permanent() => return Outcome::Failed { problem: told(&error) },
            Err(error) => return later(claimed, now, told(&error), 0),
        };
        let outcome = match envelope(&mut server, &message) {
            Err(error) if error.is_permanent() || error.is_client() => Outcome::Failed { problem: told(&error) },
            Err(error) => later(claimed, now, told(&error), 0),
            Ok(()) => match server.message(&message.formatted()) {
                Ok(_) => Outcome::Sent,
                Err(error) if error.is_permanent() => Outcome::Failed { problem: told(&error) },
                Err(error) if error.is_transient() => later(claimed, now, told(&error), 0),
                Err(error) => {
                    Outcome::Unsure { problem: format!("the line broke before the answer came: {}", told(&error)) }
                }
            },
        };
        server.abort();
        outcome
    }

    fn connect(&self) -> Result<SmtpConnection, lettre::transport::smtp::Error> {
        let name = ClientId::default();
        let wrapped = Some(&self.tls).filter(|_| self.security == Security::Tls);
        let mut server =
            SmtpConnection::connect((self.server.as_str(), self.port), Some(PATIENCE), &name, wrapped, None)?;
        if self.security == Security::Starttls {
            server.starttls(&self.tls, &name)?;
        }
        if let Some(login) = &self.login {
            server.auth(DEFAULT_MECHANISMS, login)?;
        }
        Ok(server)
    }

    fn message(&self, to: &str, letter: &Letter<'_>) -> Result<Message, String> {
        let host = self.from.email.domain();
        if !self.may_go_to(to) {
            return Err("the file of --mail-config does not allow this recipient".to_owned());
        }
        let to: Mailbox = to.parse().map_err(|_| "it is no mail address".to_owned())?;
        let header = |name, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        let list = format!("<rule-{}.alerts.{host}>", letter.rule);
        let built = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(plain(letter.subject))
            .date(UNIX_EPOCH + Duration::from_secs(u64::try_from(letter.now).unwrap_or_default()))
            .message_id(Some(format!("<{}@{host}>", letter.id)))
            .raw_header(header("List-Id", list))
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(header("X-Auto-Response-Suppress", "All".to_owned()))
            .header(lettre::message::header::ContentType::TEXT_PLAIN)
            .body(letter.text.to_owned());
        built.map_err(|error| format!("no mail can be made of it: {error}"))
    }

    fn may_go_to(&self, to: &str) -> bool {
        let host = to.rsplit('@').next().unwrap_or_default();
        let fits = |one: &String| {
            let one = one.trim_start_matches(['*', '@']);
            one.eq_ignore_ascii_case(to) || one.eq_ignore_ascii_case(host)
        };
        self.recipients.is_empty() || self.recipients.iter().any(fits)
    }
}

fn is_here(server: &str) -> bool {
    server == "localhost" || server.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Up to here nothing of the mail has gone out.
fn envelope(server: &mut SmtpConnection, message: &Message) -> Result<(), lettre::transport::smtp::Error> {
    let envelope = message.envelope();
    server.command(MailFrom::new(envelope.from().cloned(), Vec::new()))?;
    for to in envelope.to() {
        server.command(Rcpt::new(to.clone(), Vec::new()))?;
    }
    server.command(Data)?;
    Ok(())
}

/// A server's words are a stranger's: one line, not too long.
fn told(error: &lettre::transport::smtp::Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = error.source();
    }
    plain(&words).chars().take(300).collect()
}
