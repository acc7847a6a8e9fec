//! What the answer at an address depends on.

use axum::http::{Method, Uri};
use variorum_store::View;

use crate::Error;
use crate::address::{cut, decode, is_handed_out};

/// What an answer depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Depends {
    /// One story.
    Story(String),
    /// One report.
    Report(String),
    /// All that [`View::change`] counts: lists, feeds, outlets.
    All,
    /// That, and how far the search has come.
    Search,
    /// More than that: it is made each time.
    Other,
}

impl Depends {
    /// Returns what the answer at an address depends on.
    pub fn of(uri: &Uri) -> Self {
        let path = uri.path();
        let is_api = path.starts_with("/api/");
        let (name, suffix) = if is_api { (path, "") } else { cut(path) };
        let (rest, of_api) = match name.strip_prefix("/api/v1/") {
            Some(rest) => (rest, true),
            None => (name.trim_start_matches('/'), false),
        };
        let (first, second) =
            rest.split_once('/').map_or((rest, None), |(first, rest)| (first, rest.split('/').next()));
        let named =
            |of: fn(String) -> Self| second.filter(|raw| !raw.is_empty()).and_then(decode).map_or(Depends::Other, of);
        match (first, of_api) {
            ("story", false) => named(Depends::Story),
            ("report", false) => named(Depends::Report),
            ("stories" | "reports", true) if second.is_none() => Depends::All,
            // A reading is a cache of its own, that the counter of changes does not count.
            ("reports", true) if rest.ends_with("/annotations") => Depends::Other,
            ("stories", true) => named(Depends::Story),
            ("reports", true) => named(Depends::Report),
            ("outlets", true) => Depends::All,
            ("" | "index" | "feed" | "outlet" | "corrections" | "about" | "keys", false) => Depends::All,
            ("search", _) => Depends::Search,
            ("saved", false) if !matches!(suffix, "" | ".json") => Depends::Search,
            _ => Depends::Other,
        }
    }

    /// Returns a number that moves when the answer does. What is not there depends on all, since it may come.
    pub fn state(&self, view: &View, change: i64) -> Result<u128, Error> {
        let state = match self {
            Depends::Story(id) => view.state_of_story(id)?,
            Depends::Report(id) => view.state_of_report(id)?,
            Depends::All | Depends::Search | Depends::Other => None,
        };
        Ok(state.unwrap_or(change as u128))
    }

    /// Tells whether a reader may see it as it was a moment ago while reports come in: lists, not what is told of one
    /// story.
    pub fn may_lag(&self) -> bool {
        matches!(self, Depends::All | Depends::Search)
    }
}

/// Returns the name under which an answer is kept. Feeds and exports name the host that was asked; pages hold forms of
/// who asked, and are shared with those alone who have the same. What is JSON is the same for all.
pub fn key(uri: &Uri, host: &str, with: &str) -> String {
    let host = if is_handed_out(&Method::GET, uri.path()) { host } else { "" };
    let is_page = cut(uri.path()).1.is_empty() && !uri.path().starts_with("/api/");
    let with = if is_page { with } else { "" };
    format!("{host} {with} {}", uri.path_and_query().map_or("/", |asked| asked.as_str()))
}

#[cfg(test)]
mod tests {
    use super::Depends;

    #[test]
    fn an_address_says_what_it_depends_on() {
        let of = |path: &str| Depends::of(&path.parse().unwrap());
        for path in ["/story/a%2Eb", "/story/a%2Eb.json?since=2", "/story/a%2Eb.prov.json", "/story/a%2Eb/drift.csv"] {
            assert_eq!(of(path), Depends::Story("a.b".to_owned()), "{path}");
        }
        assert_eq!(of("/api/v1/stories/a.b/changes?since=1"), Depends::Story("a.b".to_owned()));
        assert_eq!(of("/report/a%2Fb"), Depends::Report("a/b".to_owned()));
        assert_eq!(of("/api/v1/reports/x/revisions"), Depends::Report("x".to_owned()));
        for path in ["/", "/index.json", "/feed.atom", "/outlet/A.atom", "/api/v1/stories?limit=1", "/corrections"] {
            assert_eq!(of(path), Depends::All, "{path}");
        }
        for path in ["/search?q=a", "/search.atom", "/saved/1.atom", "/api/v1/search"] {
            assert_eq!(of(path), Depends::Search, "{path}");
        }
        for path in ["/status", "/saved", "/saved.json", "/story/?name=.", "/api/v1/status", "/api/openapi.json"] {
            assert_eq!(of(path), Depends::Other, "{path}");
        }
    }
}
