//! What a reader of the pages relies on.

use std::sync::Arc;

use tempfile::TempDir;
use variorum_news::Report;
use variorum_store::Store;
use variorum_store::search::Search;

use crate::State;

/// A newsroom of its own, gone with the test.
pub struct Room {
    _folder: TempDir,
    state: State,
}

/// The time of all tests.
pub fn now() -> i64 {
    1_772_700_000
}

/// Returns a newsroom with two reports.
pub fn newsroom() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("variorum.db")).unwrap();
    let search = Arc::new(Search::open(&store));
    let room = Room { _folder: folder, state: State { store, search, clock: now } };
    room.keep("first", "Two ferries sank off Delmare on Monday, Ada Orr said.");
    room.keep("<script>alert(1)</script>", "The harbour of Karsholm was closed.");
    room.state.search.catch_up(&room.state.store).unwrap();
    room
}

impl Room {
    /// Returns what a server is made from.
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// Keeps a report.
    pub fn keep(&self, id: &str, text: &str) {
        let mut report = Report::of_text(id, text);
        report.title = Some(format!("Title <b>of</b> {id}"));
        report.outlet = Some("Delmare Herald".to_owned());
        report.language = Some("en".to_owned());
        self.state.store.keep(vec![report], now()).unwrap();
    }
}
