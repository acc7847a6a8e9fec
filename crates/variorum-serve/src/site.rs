//! The whole record as files that are read without a server: what the server answers, with links between files.

mod folder;
mod links;
mod names;
#[cfg(test)]
mod tests;

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;
use variorum_store::{Seq, StoryList, View};

use crate::address::{self, CopyOf};
use crate::{Error, State};
use folder::Folder;
pub use folder::SiteError;
use links::Lead;

/// How many names are read from the record at a time.
const PART: usize = 200;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Site {
    /// Files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Whether the record changed while it was written, so that pages may be of different states.
    pub moved: bool,
}

/// Writes all that is kept as files under a folder, which is there whole at the end or as it was before.
/// `wrote` is called after each file.
pub fn export(state: State, to: &Path, wrote: impl FnMut()) -> Result<Site, SiteError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(write(state, to, wrote))
}

/// The same, for whoever waits already.
async fn write(state: State, to: &Path, wrote: impl FnMut()) -> Result<Site, SiteError> {
    let folder = Folder::beside(to)?;
    let read = |work: fn(&View) -> Result<_, variorum_store::Error>| state.store.read(work).map_err(Error::from);
    let (changed, before, record) = read(|view| {
        let newest = view.stories(&StoryList { limit: 1, ..StoryList::default() })?;
        Ok((newest.items.first().map_or(0, |card| card.changed), view.change()?, view.record()?))
    })?;
    let app = crate::app(state.clone());
    let mut copy = Copyist { state: state.clone(), app, folder, of: CopyOf(changed), site: Site::default(), wrote };
    copy.all().await?;
    copy.site.moved = state.store.read(|view| view.change()).map_err(Error::from)? != before;
    let left_out = copy.linked(crate::pages::left_out(copy.of).into_bytes(), "missing.html")?;
    copy.put("missing.html", &left_out)?;
    let mark =
        serde_json::json!({ "program": env!("CARGO_PKG_VERSION"), "record": record, "change": before }).to_string();
    copy.put(folder::MARK, mark.as_bytes())?;
    copy.folder.put_in_place()?;
    Ok(copy.site)
}

struct Copyist<W> {
    state: State,
    app: Router,
    folder: Folder,
    of: CopyOf,
    site: Site,
    wrote: W,
}

/// What is handed out of a story.
const TAKEN_ALONG: [&str; 6] =
    [".jsonld", ".prov.json", ".annotations.json", ".newsml.xml", "/variants.csv", "/drift.csv"];

impl<W: FnMut()> Copyist<W> {
    async fn all(&mut self) -> Result<(), SiteError> {
        for path in ["/about", "/about.json", "/feed.atom", "/feed.json"] {
            self.copy(path).await?;
        }
        for file in ["variorum.css", "icon.svg"] {
            self.copy(&format!("/static/{file}")).await?;
        }
        self.list("/", "/index.json").await?;
        self.stories().await?;
        self.reports().await?;
        self.outlets().await
    }

    async fn stories(&mut self) -> Result<(), SiteError> {
        let mut after = None;
        loop {
            let list = StoryList { limit: PART, after, ..StoryList::default() };
            let part = self.state.store.read(|view| view.stories(&list)).map_err(Error::from)?;
            for card in part.items {
                for suffix in ["", ".json"].iter().chain(&TAKEN_ALONG) {
                    self.copy(&named("story", &card.id, suffix)).await?;
                }
            }
            after = part.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }

    async fn reports(&mut self) -> Result<(), SiteError> {
        let mut after = Seq::MIN;
        loop {
            let part = self.state.store.read(|view| view.reports_after(after, PART)).map_err(Error::from)?;
            let Some(last) = part.last() else { return Ok(()) };
            after = last.seq;
            for row in part {
                for suffix in ["", ".json"] {
                    self.copy(&named("report", &row.id, suffix)).await?;
                }
            }
        }
    }

    async fn outlets(&mut self) -> Result<(), SiteError> {
        for row in self.state.store.read(|view| view.outlets()).map_err(Error::from)? {
            let at = |suffix| named("outlet", &row.outlet, suffix);
            self.list(&at(""), &at(".json")).await?;
            for suffix in [".atom", ".feed.json"] {
                self.copy(&at(suffix)).await?;
            }
        }
        Ok(())
    }

    /// Copies a list with all parts of it.
    async fn list(&mut self, page: &str, facts: &str) -> Result<(), SiteError> {
        let mut query = String::new();
        loop {
            self.copy(&with(page, &query)).await?;
            let told = self.copy(&with(facts, &query)).await?;
            let told: serde_json::Value = serde_json::from_slice(&told).unwrap_or_default();
            let Some(next) = told["next"].as_str() else { return Ok(()) };
            query = format!("cursor={}", address::encode(next));
        }
    }

    /// Copies what the server answers at an address of ours, and returns it. What is gone since it was listed is left.
    async fn copy(&mut self, at: &str) -> Result<Vec<u8>, SiteError> {
        let Some(Lead { file, .. }) = links::lead(at) else { return Ok(Vec::new()) };
        let mut request = Request::get(at).header(header::HOST, "localhost").body(Body::empty()).map_err(broken)?;
        request.extensions_mut().insert(self.of);
        let Ok(answer) = self.app.clone().oneshot(request).await;
        let status = answer.status();
        if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) || status.is_redirection() {
            return Ok(Vec::new());
        }
        if !status.is_success() {
            return Err(Error::Broken(format!("{at} cannot be written: the page says {status}")).into());
        }
        let body = to_bytes(answer.into_body(), usize::MAX).await.map_err(broken)?.to_vec();
        let body = if file.ends_with(".html") { self.linked(body, &file)? } else { body };
        self.put(&file, &body)?;
        Ok(body)
    }

    fn linked(&self, page: Vec<u8>, file: &str) -> Result<Vec<u8>, SiteError> {
        let page = String::from_utf8(page).map_err(broken)?;
        let read = self.state.store.read(|view| links::relative(&page, file, view));
        Ok(read.map_err(Error::from)?.into_bytes())
    }

    fn put(&mut self, file: &str, body: &[u8]) -> Result<(), SiteError> {
        self.folder.put(file, body)?;
        self.site.files += 1;
        self.site.bytes += body.len() as u64;
        (self.wrote)();
        Ok(())
    }
}

fn broken(error: impl std::fmt::Display) -> SiteError {
    Error::Broken(error.to_string()).into()
}

/// Returns the address of something of a name; the names that no path can hold stand in the query.
fn named(kind: &str, name: &str, suffix: &str) -> String {
    let raw = address::encode(name);
    match name {
        "" | "." | ".." => format!("/{kind}/{suffix}?name={}", raw.replace('.', "%2E")),
        _ => format!("/{kind}/{raw}{suffix}"),
    }
}

fn with(path: &str, query: &str) -> String {
    match query {
        "" => path.to_owned(),
        query => format!("{path}{}{query}", if path.contains('?') { '&' } else { '?' }),
    }
}
