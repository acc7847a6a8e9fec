//! Links of our pages, as they lead between files.

use axum::http::Uri;
use variorum_store::{Error, View};

use super::names;
use crate::address::{Fields, cut, decode};

/// Where a link of ours leads.
pub struct Lead {
    /// The file.
    pub file: String,
    /// What must be in the record for it: its kind and name.
    of: Option<(String, String)>,
}

/// Returns the file of an address of ours; none where only a server answers there.
pub fn lead(at: &str) -> Option<Lead> {
    let uri: Uri = at.parse().ok()?;
    let (path, suffix) = cut(uri.path());
    let query = Fields::read(uri.query().unwrap_or("")).ok()?;
    let part = query.get("cursor").map(names::file);
    let suffix = if suffix.is_empty() { ".html" } else { suffix };
    let fixed = |file: String| Some(Lead { file, of: None });
    match path.split('/').skip(1).collect::<Vec<_>>().as_slice() {
        ["" | "index"] => fixed(part.map_or(format!("index{suffix}"), |part| format!("stories/{part}{suffix}"))),
        ["about"] => fixed(format!("about{suffix}")),
        ["feed"] if part.is_none() => fixed(format!("feed{suffix}")),
        ["static", file] => fixed(format!("static/{file}{suffix}")),
        [kind @ ("story" | "report" | "outlet"), raw, rest @ ..] => {
            let name = if raw.is_empty() { query.get("name").unwrap_or("").to_owned() } else { decode(raw)? };
            let more = match (*kind, rest) {
                (_, []) => String::new(),
                ("story", [table @ ("variants" | "drift")]) => format!(".{table}"),
                _ => return None,
            };
            let part = part.map_or(String::new(), |part| format!(".{part}"));
            let file = format!("{kind}/{}{part}{more}{suffix}", names::file(&name));
            Some(Lead { file, of: Some(((*kind).to_owned(), name)) })
        }
        _ => None,
    }
}

/// Returns a page with its links leading to files. Our writer escapes every quotation mark of a text, so what looks like
/// the beginning of an attribute is one.
pub fn relative(page: &str, file: &str, view: &View) -> Result<String, Error> {
    let up = "../".repeat(file.matches('/').count());
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(begin) = next_link(rest) {
        let (before, from) = rest.split_at(begin);
        let end = from.find('"').unwrap_or(from.len());
        out.push_str(before);
        out.push_str(&turned(&from[..end], &up, view)?);
        rest = &from[end..];
    }
    out.push_str(rest);
    Ok(out)
}

fn next_link(page: &str) -> Option<usize> {
    [" href=\"", " src=\""].iter().filter_map(|name| page.find(name).map(|at| at + name.len())).min()
}

/// Only addresses of this server begin with one slash; all others stay.
fn turned(link: &str, up: &str, view: &View) -> Result<String, Error> {
    if !link.starts_with('/') {
        return Ok(link.to_owned());
    }
    let (at, place) = link.split_once('#').map_or((link, String::new()), |(at, place)| (at, format!("#{place}")));
    let Some(lead) = lead(&at.replace("&amp;", "&")) else { return Ok(format!("{up}missing.html")) };
    let file = match &lead.of {
        None => lead.file,
        Some((kind, name)) if kind == "story" => match view.resolve(name)? {
            now if view.story_card(&now)?.is_none_or(|card| card.reports == 0) => "missing.html".to_owned(),
            now if now == *name => lead.file,
            now => format!("story/{}.html", names::file(&now)),
        },
        Some((kind, name)) => {
            let is_here = match kind.as_str() {
                "report" => view.seq(name)?.is_some(),
                _ => view.outlet_row(name)?.is_some(),
            };
            if is_here { lead.file } else { "missing.html".to_owned() }
        }
    };
    let place = if file == "missing.html" { "" } else { &place };
    Ok(format!("{up}{file}{place}"))
}
