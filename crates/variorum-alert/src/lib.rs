#![doc = include_str!("../README.md")]

mod conditions;
mod given;
mod look;
mod mail;
mod message;
mod post;
mod running;
mod sources;
#[cfg(test)]
mod tests;
mod webhook;

pub use look::{LookError, Looked, look};
pub use mail::{Mail, MailConfig, Security};
pub use post::{Post, Posted, post, try_out};
pub use running::{Clock, Options, Running, start};
pub use webhook::{Signature, signature};
