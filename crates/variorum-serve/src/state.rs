//! What every answer is made from.

use std::sync::Arc;

use variorum_store::search::Search;
use variorum_store::{Store, View};

use crate::Error;

/// Tells the time in seconds since 1970; a test hands in its own.
pub type Clock = fn() -> i64;

/// The record, its search and the clock. A clone is the same one.
#[derive(Clone)]
pub struct State {
    /// The record.
    pub store: Store,
    /// Its search.
    pub search: Arc<Search>,
    /// The clock.
    pub clock: Clock,
}

impl State {
    /// Reads the record in one transaction, away from the threads that wait for the network.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&View) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || store.read(|view| Ok(work(view))))
            .await
            .map_err(|_| Error::Broken("a read broke off".to_owned()))??
    }
}
