//! What one must be for which request: one table, looked at in one place.

use axum::http::Method;
use variorum_store::Role;

use crate::door::Visitor;

/// What one must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Nobody.
    Anyone,
    /// A reader at least.
    Reader,
    /// An editor at least.
    Editor,
    /// An admin.
    Admin,
}

use Need::{Admin, Anyone, Editor, Reader};

/// Method, path and what one must be. `*` stands for any method; in a path `{}` for one part, and `*` for all that
/// follows. The first rule that fits holds.
const RULES: &[(&str, &str, Need)] = &[
    ("GET", "/static/{}", Anyone),
    ("GET", "/favicon.ico", Anyone),
    ("GET", "/login", Anyone),
    ("POST", "/login", Anyone),
    ("POST", "/logout", Anyone),
    ("GET", "/health", Anyone),
    ("GET", "/health.json", Anyone),
    ("GET", "/metrics", Admin),
    // The pages, and what is handed out of them.
    ("GET", "/", Reader),
    ("GET", "/index.json", Reader),
    ("GET", "/feed.atom", Reader),
    ("GET", "/feed.json", Reader),
    ("GET", "/story/{}", Reader),
    ("GET", "/story/{}/variants.csv", Reader),
    ("GET", "/story/{}/drift.csv", Reader),
    ("POST", "/story/{}/merge", Editor),
    ("POST", "/story/{}/split", Editor),
    ("POST", "/story/{}/move", Editor),
    ("POST", "/story/{}/rule", Editor),
    ("GET", "/report/{}", Reader),
    ("GET", "/outlet/{}", Reader),
    ("GET", "/search", Reader),
    ("GET", "/search.json", Reader),
    ("GET", "/search.atom", Reader),
    ("GET", "/search.feed.json", Reader),
    ("GET", "/saved", Reader),
    ("POST", "/saved", Editor),
    ("GET", "/saved.json", Reader),
    ("GET", "/saved/{}", Reader),
    ("POST", "/saved/{}/drop", Editor),
    ("GET", "/corrections", Reader),
    ("GET", "/corrections.json", Reader),
    ("POST", "/corrections/{}/undo", Editor),
    ("GET", "/status", Reader),
    ("GET", "/status.json", Reader),
    ("GET", "/about", Reader),
    ("GET", "/about.json", Reader),
    ("GET", "/keys", Reader),
    ("GET", "/keys.json", Reader),
    // What is watched, and who is told.
    ("GET", "/sources", Reader),
    ("GET", "/sources.json", Reader),
    ("GET", "/sources.opml", Reader),
    ("GET", "/sources/{}", Reader),
    ("POST", "/sources", Editor),
    ("POST", "/sources/*", Editor),
    ("GET", "/alerts", Reader),
    ("GET", "/alerts.json", Reader),
    ("GET", "/alerts.atom", Reader),
    ("GET", "/alerts/*", Reader),
    ("POST", "/alerts", Editor),
    ("POST", "/alerts/*", Editor),
    // People.
    ("GET", "/account", Reader),
    ("GET", "/account.json", Reader),
    ("POST", "/account/password", Reader),
    ("POST", "/account/sessions", Reader),
    ("POST", "/account/tokens", Reader),
    ("POST", "/account/tokens/{}/drop", Reader),
    ("GET", "/people", Admin),
    ("GET", "/people.json", Admin),
    ("POST", "/people", Admin),
    ("POST", "/people/{}/role", Admin),
    ("POST", "/people/{}/password", Admin),
    ("POST", "/people/{}/disable", Admin),
    ("POST", "/people/{}/enable", Admin),
    ("POST", "/people/{}/sessions", Admin),
    ("GET", "/audit", Admin),
    ("GET", "/audit.json", Admin),
    // Readers on telephones log in with a token of their own.
    ("*", "/accounts/ClientLogin", Anyone),
    ("*", "/reader/accounts/ClientLogin", Anyone),
    ("*", "/reader/api/greader.php/accounts/ClientLogin", Anyone),
    ("*", "/api/greader.php/accounts/ClientLogin", Anyone),
    ("*", "/reader", Reader),
    ("*", "/reader/*", Reader),
    ("*", "/api/greader.php", Reader),
    ("*", "/api/greader.php/*", Reader),
    // Programs. A check keeps nothing.
    ("POST", "/api/v1/check", Reader),
    ("POST", "/api/v1/saved", Editor),
    ("DELETE", "/api/v1/saved/{}", Editor),
    ("POST", "/api/v1/corrections", Editor),
    ("POST", "/api/v1/corrections/{}/undo", Editor),
    ("POST", "/api/v1/alerts", Editor),
    ("POST", "/api/v1/alerts/*", Editor),
    ("PUT", "/api/v1/alerts/*", Editor),
    ("DELETE", "/api/v1/alerts/*", Editor),
    ("POST", "/api/v1/rules", Editor),
    ("POST", "/api/v1/rules/*", Editor),
    ("DELETE", "/api/v1/rules/*", Editor),
    ("POST", "/api/v1/sources", Editor),
    ("POST", "/api/v1/sources/*", Editor),
    ("DELETE", "/api/v1/sources/*", Editor),
    ("GET", "/api", Reader),
    ("GET", "/api/*", Reader),
];

/// What is asked, as the table names it, and what one must be for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The path, with its names left out; one of few.
    pub path: &'static str,
    /// What one must be.
    pub need: Need,
}

/// Returns the rule for a request, where the table has one.
pub fn rule(method: &Method, path: &str) -> Option<Rule> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    let found = RULES.iter().find(|(of, pattern, _)| (*of == "*" || *of == method) && fits(pattern, path));
    found.map(|(_, path, need)| Rule { path, need: *need })
}

/// Returns what one must be for a request. What nobody thought of is an admin's where it could change anything.
pub fn need(method: &Method, path: &str) -> Rule {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    rule(method, path).unwrap_or(Rule { path: "other", need: if reads { Reader } else { Admin } })
}

fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for expected in pattern.split('/') {
        match (expected, parts.next()) {
            ("*", Some(_)) => return true,
            ("{}", Some(_)) => {}
            (expected, Some(part)) if expected == part => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

impl Need {
    /// Tells whether somebody is what one must be.
    pub fn admits(self, visitor: &Visitor) -> bool {
        match self {
            Need::Anyone => true,
            Need::Reader => visitor.may() >= Some(Role::Reader),
            Need::Editor => visitor.may() >= Some(Role::Editor),
            Need::Admin => visitor.may() >= Some(Role::Admin),
        }
    }

    /// Returns what one must be, in words.
    pub fn word(self) -> &'static str {
        match self {
            Need::Anyone => "anyone",
            Need::Reader => "a reader",
            Need::Editor => "an editor",
            Need::Admin => "an admin",
        }
    }
}

#[cfg(test)]
pub mod tests {
    use std::collections::BTreeSet;

    use axum::Router;
    use axum::http::Method;

    use super::{Need, RULES, need, rule};
    use crate::State;

    /// Returns the method and path of each route of a router, as it tells them itself.
    pub fn routes(router: &Router<State>) -> Vec<(Method, String)> {
        let told = format!("{router:?}");
        // The routes by number, then the paths by number.
        let (methods, paths) = told.split_once("node: Node { paths: {").expect("a router tells its paths");
        let path_of = |id: &str| {
            let after = paths.split_once(&format!("RouteId({id}): \"")).map(|(_, after)| after);
            after.and_then(|after| after.split('"').next()).unwrap_or_default().to_owned()
        };
        let mut found = Vec::new();
        for part in methods.split("RouteId(").skip(1) {
            let (id, said) = part.split_once(')').expect("a number");
            for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                let none = format!("{}: None", method.as_str().to_lowercase());
                if !said.contains(&none) {
                    found.push((method, path_of(id)));
                }
            }
        }
        found
    }

    /// Returns a route's path with names in it.
    pub fn named(path: &str) -> String {
        let part = |part: &str| if part.starts_with('{') { "1" } else { part }.to_owned();
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// All routes of the server.
    pub fn every_route() -> Vec<(Method, String)> {
        let mut all = routes(&crate::rooms());
        all.extend(routes(&crate::out::routes()));
        assert!(all.len() > 60 && all.iter().all(|(_, path)| path.starts_with('/')), "{all:?}");
        all
    }

    #[test]
    fn every_route_has_a_rule() {
        // These say that there is nothing, to whatever is asked.
        let nothing = ["/api", "/api/{*rest}"];
        let without: BTreeSet<String> = every_route()
            .iter()
            .filter(|(method, path)| !nothing.contains(&path.as_str()) && rule(method, &named(path)).is_none())
            .map(|(method, path)| format!("{method} {path}"))
            .collect();
        assert!(without.is_empty(), "say in door/rules.rs who may: {without:?}");
    }

    #[test]
    fn no_rule_stands_twice_and_what_changes_anything_is_not_for_readers() {
        let mut seen = BTreeSet::new();
        for (method, path, _) in RULES {
            assert!(seen.insert((method, path)), "{method} {path}");
        }
        let own = ["/login", "/logout", "/account/", "/accounts/", "/reader", "/api/greader.php", "/api/v1/check"];
        for (method, path, need) in RULES.iter().filter(|(method, _, _)| *method != "GET") {
            let is_own = own.iter().any(|start| path.starts_with(start));
            assert!(is_own || *need >= Need::Editor, "{method} {path}");
        }
    }

    #[test]
    fn what_nobody_thought_of_is_shut() {
        assert_eq!(need(&Method::POST, "/nowhere").need, Need::Admin);
        assert_eq!(need(&Method::GET, "/nowhere").need, Need::Reader);
        assert_eq!(need(&Method::HEAD, "/story/").path, "/story/{}");
        assert_eq!(need(&Method::GET, "/static/x/y").need, Need::Reader, "a longer path is another");
        assert_eq!(need(&Method::POST, "/login/").need, Need::Admin);
    }
}
