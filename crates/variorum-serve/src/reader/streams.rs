//! Streams: what clients call lists of items.

use variorum_store::{Part, SavedSearch};

use super::refused::Refused;
use crate::address::decode;

/// The label under which a client finds our three feeds.
pub const FOLDER: &str = "Stories";
/// So many saved searches are labels; more would make every answer slow.
pub const MOST_SAVED: usize = 20;

/// A feed that each story is in one of.
#[derive(Debug, Clone, Copy)]
pub struct Shelf {
    /// Its name among streams.
    pub id: &'static str,
    /// What people read.
    pub title: &'static str,
    /// Its stories.
    pub part: Part,
    /// The query of the front page that shows the nearest thing to it.
    pub query: &'static str,
}

/// The feeds: the most telling first.
pub const SHELVES: [Shelf; 3] = [
    Shelf { id: "feed/1", title: "Disagreements", part: Part::Differing, query: "?differs=reports" },
    Shelf { id: "feed/2", title: "Drift", part: Part::Drifting, query: "?differs=rewrites" },
    Shelf { id: "feed/3", title: "Other stories", part: Part::Others, query: "" },
];

/// A list of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stream {
    /// The stories of a part.
    Part(Part),
    /// What is starred.
    Starred,
    /// What is read.
    Read,
    /// The stories that a saved search finds.
    Saved(SavedSearch),
    /// What Google had and nobody has here, such as what friends share.
    Nothing,
}

/// Reads the name of a stream as it stands in a path.
pub fn in_path(raw: &str) -> Result<String, Refused> {
    // A form of some clients: the path has the stream once, with its own letters escaped once or twice.
    let once = decode(raw).ok_or_else(|| Refused::missing(raw))?;
    Ok(if once.contains("%2F") || once.contains("%2f") { decode(&once).unwrap_or(once) } else { once })
}

/// Returns the stream of a name.
pub fn read(name: &str, saved: &[SavedSearch]) -> Result<Stream, Refused> {
    let missing = || Refused::Missing(format!("there is no stream `{name}`; subscription/list and tag/list name them"));
    if let Some(shelf) = SHELVES.iter().find(|shelf| shelf.id == name) {
        return Ok(Stream::Part(shelf.part));
    }
    // `user/-/…`, or with the name of who asks.
    let rest = name.strip_prefix("user/").and_then(|rest| rest.split_once('/')).ok_or_else(missing)?.1;
    if let Some(label) = rest.strip_prefix("label/") {
        let of = |one: &&SavedSearch| self::label(one) == label;
        let found = saved.iter().take(MOST_SAVED).find(of).cloned().map(Stream::Saved);
        return found.or((label == FOLDER).then_some(Stream::Part(Part::All))).ok_or_else(missing);
    }
    match rest.strip_prefix("state/com.google/") {
        Some("reading-list") => Ok(Stream::Part(Part::All)),
        Some("starred") => Ok(Stream::Starred),
        Some("read") => Ok(Stream::Read),
        Some(_) => Ok(Stream::Nothing),
        None => Err(missing()),
    }
}

/// Returns the label of a saved search.
pub fn label(saved: &SavedSearch) -> String {
    if saved.name == FOLDER { format!("{FOLDER} (saved)") } else { saved.name.clone() }
}

/// Returns the name of a label among streams.
pub fn of_label(label: &str) -> String {
    format!("user/-/label/{label}")
}

/// Returns the name of a state among streams.
pub fn of_state(state: &str) -> String {
    format!("user/-/state/com.google/{state}")
}

/// Returns the last word of a state that a client names, whoever's it is.
pub fn state(name: &str) -> Option<&str> {
    name.strip_prefix("user/")?.split_once('/')?.1.strip_prefix("state/com.google/")
}

#[cfg(test)]
mod tests {
    use super::{Part, SavedSearch, Stream, in_path, read, state};

    #[test]
    fn a_stream_is_told_by_its_name() {
        let saved = SavedSearch { n: 4, name: "Ferries / Delmare".to_owned(), query: "ferry".to_owned(), at: 0 };
        let of = |name: &str| read(name, std::slice::from_ref(&saved)).ok();
        assert_eq!(of("user/-/state/com.google/reading-list"), Some(Stream::Part(Part::All)));
        assert_eq!(of("user/ada/state/com.google/starred"), Some(Stream::Starred));
        assert_eq!(of("user/-/label/Stories"), Some(Stream::Part(Part::All)));
        assert_eq!(of("user/1/label/Ferries / Delmare"), Some(Stream::Saved(saved.clone())));
        assert_eq!(of("feed/2"), Some(Stream::Part(Part::Drifting)));
        assert_eq!(of("user/-/state/com.google/broadcast"), Some(Stream::Nothing));
        for odd in ["", "feed/", "feed/9", "user/", "user/-/", "user/-/label/", "user/-/label/Nothing", "stories"] {
            assert_eq!(of(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_path_holds_a_stream_escaped_in_any_way() {
        for raw in ["user/-/label/A%20b%2Fc", "user%2F-%2Flabel%2FA%20b%2Fc", "user%252F-%252Flabel%252FA%2520b%252Fc"]
        {
            assert_eq!(in_path(raw).unwrap(), "user/-/label/A b/c");
        }
        assert!(in_path("%ff").is_err());
        assert_eq!(state("user/-/state/com.google/read"), Some("read"));
    }
}
