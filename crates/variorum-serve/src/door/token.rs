//! The secret of a running server, which a form must bring along.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

/// The secret: in a cookie that no other site's request carries, and in every form.
#[derive(Debug, Clone)]
pub struct Token(Arc<str>);

impl Token {
    /// Returns a new one, that nobody can guess.
    pub fn fresh() -> Self {
        let mut bytes = [0_u8; 16];
        // Without randomness there is no secret, and a form that anybody could forge must not be served.
        getrandom::fill(&mut bytes).expect("the system has random bytes");
        Token(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
    }

    /// Returns the secret as text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Tells whether a request's cookie is ours.
    pub fn is_in(&self, headers: &HeaderMap) -> bool {
        let name = cookie_name(headers);
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(known, value)| known == name && self.fits(value))
    }

    /// Tells whether some words are the secret, in the same time for all words.
    pub fn fits(&self, words: &str) -> bool {
        let (a, b) = (self.0.as_bytes(), words.as_bytes());
        a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (x, y)| sum | (x ^ y)) == 0
    }

    /// Returns the cookie.
    pub fn cookie(&self, headers: &HeaderMap) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(headers), self.0)
    }
}

/// Cookies do not know ports: two servers of one machine would take each other's away.
fn cookie_name(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let port = host.rsplit(':').next().filter(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    format!("variorum_{}", port.unwrap_or("80"))
}
