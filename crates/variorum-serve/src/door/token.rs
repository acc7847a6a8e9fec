//! The secret that a form must bring along.

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::visitor::{hex, new_secret};

/// What a form brings along, for the visitor for whom it is made.
#[derive(Debug, Clone)]
pub struct Token {
    secret: Arc<str>,
    who: Option<Arc<str>>,
    proven: bool,
    forms: bool,
}

impl Token {
    /// Returns the one of a request. `proven` says that the request comes from where the form was shown: it has a cookie
    /// that belongs to the secret.
    pub fn new(secret: &str, who: Option<&str>, proven: bool) -> Self {
        Token { secret: secret.into(), who: who.map(Arc::from), proven, forms: true }
    }

    /// Returns the one of a visitor whose pages have no forms.
    pub fn without_forms(mut self) -> Self {
        self.forms = false;
        self
    }

    /// Returns the secret as text. Who has no forms shares pages with others, so theirs hold no secret.
    pub fn text(&self) -> &str {
        if self.forms { &self.secret } else { "" }
    }

    /// Returns the secret for a page that is made for one visitor alone, and is not kept.
    pub fn own(&self) -> &str {
        &self.secret
    }

    /// Returns under whose name things are done, where that is known.
    pub fn who(&self) -> Option<&str> {
        self.who.as_deref()
    }

    /// Tells whether the visitor is shown forms by which things change.
    pub fn has_forms(&self) -> bool {
        self.forms
    }

    /// Tells whether a form that brings some words is ours, and comes from the one to whom it was shown.
    pub fn admits(&self, words: &str) -> bool {
        self.proven && same(&self.secret, words)
    }
}

/// The secret of a running server, from which those of forms are made.
#[derive(Debug, Clone)]
pub struct Seal(Arc<str>);

impl Seal {
    /// Returns a new one, that nobody can guess.
    pub fn fresh() -> Self {
        Seal(new_secret().into())
    }

    /// Returns the secret of forms that belong to something: a session, a cookie, this server.
    pub fn of(&self, kind: &str, what: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).expect("a key of any length will do");
        mac.update(kind.as_bytes());
        mac.update(b"\n");
        mac.update(what);
        hex(&mac.finalize().into_bytes()[..16])
    }
}

/// Tells whether two words are the same, in the same time for all words of a length.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (x, y)| sum | (x ^ y)) == 0
}
