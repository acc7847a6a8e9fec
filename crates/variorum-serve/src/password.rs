//! Passwords: argon2id as OWASP asks for it, a bounded number at a time.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// The memory of one hash in KiB (19 MiB), its passes and lanes: OWASP's first choice for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// How many are computed at a time; each takes 19 MiB.
const AT_ONCE: usize = 4;
/// How many may wait for their turn; who comes then is sent away.
const WAITING: usize = 64;
/// The shortest password, in letters, and the longest, in bytes.
const BOUNDS: (usize, usize) = (12, 1_024);

/// What a name that nobody has is held against, so that it takes as long as one that somebody has.
static NOBODY: LazyLock<String> = LazyLock::new(|| hashed(&crate::door::new_secret()).unwrap_or_default());

/// Why a password is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("a password has 12 letters at least; four words with spaces between are easy to remember")]
    Short,
    /// Too long.
    #[error("a password has 1,024 bytes at most")]
    Long,
    /// Only one letter, again and again.
    #[error("this password is one letter again and again; four words with spaces between are easy to remember")]
    Dull,
    /// The system refuses memory or randomness.
    #[error("the password cannot be hashed now; try again")]
    System,
}

/// Returns the hash of a new password, as the record keeps it.
pub fn hash_password(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < BOUNDS.0 {
        return Err(PasswordError::Short);
    }
    if password.len() > BOUNDS.1 {
        return Err(PasswordError::Long);
    }
    let first = password.chars().next();
    if password.chars().all(|letter| Some(letter) == first) {
        return Err(PasswordError::Dull);
    }
    hashed(password)
}

fn hashed(password: &str) -> Result<String, PasswordError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|_| PasswordError::System)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| PasswordError::System)
}

fn is(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Where passwords are compared, off the threads that wait for the network.
#[derive(Debug)]
pub struct Passwords {
    turns: std::sync::Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// Too many log in at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowded;

impl Passwords {
    /// Makes ready what names are held against that nobody has, so that the first of them takes no longer.
    pub fn warm(&self) {
        LazyLock::force(&NOBODY);
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords { turns: std::sync::Arc::new(Semaphore::new(AT_ONCE)), waiting: AtomicUsize::new(0) }
    }
}

impl Passwords {
    /// Tells whether a password is the one of a hash. Without a hash it takes as long, and is not.
    pub async fn fits(&self, password: String, hash: Option<String>) -> Result<bool, Crowded> {
        self.turn(move || {
            let fits = is(&password, hash.as_deref().unwrap_or(&NOBODY));
            fits && hash.is_some()
        })
        .await
    }

    /// Returns the hash of a new password.
    pub async fn hash(&self, password: String) -> Result<Result<String, PasswordError>, Crowded> {
        self.turn(move || hash_password(&password)).await
    }

    async fn turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Crowded> {
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= WAITING {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(Crowded);
        }
        let _leaves = Leaves(&self.waiting);
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| Crowded)?;
        // The turn goes with the work: who hangs up does not make room for more memory.
        let worked = tokio::task::spawn_blocking(move || {
            let worked = work();
            drop(turn);
            worked
        });
        worked.await.map_err(|_| Crowded)
    }
}

/// Whoever waits may hang up.
struct Leaves<'a>(&'a AtomicUsize);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Passwords, hash_password, is};

    #[test]
    fn a_password_is_kept_as_owasp_asks_for() {
        let hash = hash_password("four ferries in fog").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is("four ferries in fog", &hash) && !is("four ferries in fo", &hash) && !is("", &hash));
        assert_ne!(hash, hash_password("four ferries in fog").unwrap(), "each has a salt of its own");
        for odd in ["short", "aaaaaaaaaaaaaa", &"long".repeat(300)] {
            assert!(hash_password(odd).is_err(), "{odd}");
        }
        assert!(!is("x", "no hash"));
    }

    #[tokio::test]
    async fn a_flood_of_logins_waits_or_is_sent_away() {
        let passwords = Arc::new(Passwords::default());
        assert_eq!(passwords.fits("whatever it is".into(), None).await, Ok(false));
        let asked: Vec<_> = (0..200)
            .map(|_| {
                tokio::spawn({
                    let passwords = passwords.clone();
                    async move { passwords.fits("whatever it is".into(), None).await }
                })
            })
            .collect();
        let mut sent_away = 0;
        for one in asked {
            sent_away += usize::from(one.await.unwrap().is_err());
        }
        assert_eq!(sent_away, 200 - 64);
        assert_eq!(passwords.fits("whatever it is".into(), None).await, Ok(false), "and the next one is served");
    }
}
