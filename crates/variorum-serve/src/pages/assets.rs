//! Style, script and icon: all that a page loads.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_64;

use crate::Error;

/// The style of the story's parts is that of the page that `variorum collate` writes; ours comes after it.
static STYLE: LazyLock<String> =
    LazyLock::new(|| format!("{}\n{}", variorum_publish::STYLE, include_str!("../static/variorum.css")));
const SCRIPT: &str = include_str!("../static/variorum.js");
const ICON: &str = include_str!("../static/icon.svg");

/// The address of the style, with a mark of its words: so it can be kept for ever.
pub static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| address("variorum.css", &STYLE));
/// The address of the script.
pub static SCRIPT_ADDRESS: LazyLock<String> = LazyLock::new(|| address("variorum.js", SCRIPT));
/// The address of the icon.
pub static ICON_ADDRESS: LazyLock<String> = LazyLock::new(|| address("icon.svg", ICON));

fn address(name: &str, words: &str) -> String {
    format!("/static/{name}?v={:08x}", xxh3_64(words.as_bytes()) as u32)
}

/// Answers with a file.
pub async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Error> {
    let (kind, words) = match name.as_str() {
        "variorum.css" => ("text/css; charset=utf-8", STYLE.as_str()),
        "variorum.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return Err(Error::Missing(format!("file `{name}`"))),
    };
    Ok(kept(kind, words, &headers))
}

/// Answers a browser that asks for the icon where icons used to be.
pub async fn icon(headers: HeaderMap) -> Response {
    kept("image/svg+xml", ICON, &headers)
}

fn kept(kind: &'static str, words: &'static str, headers: &HeaderMap) -> Response {
    let tag = format!("\"{:016x}\"", xxh3_64(words.as_bytes()));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let common =
        [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned())];
    if known.is_some_and(|known| known.contains(&tag)) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, kind)], words).into_response()
}
