//! Who published an entry, and whom it owes.

use variorum_news::{Credit, CreditKind};

use super::words::letters;
use super::{Channel, Source, address};

/// What stands between the name of an outlet and the part of it that a feed or a headline is about.
const MARKS: &[&str] = &[" | ", " - ", " – ", " — ", " » ", " > ", " :: ", " · ", ": "];

/// Returns the name of the outlet in a feed's title ("Delmare Courier » Sea"), told by the host of its site.
pub(crate) fn of_channel(title: &str, site: Option<&str>) -> String {
    let mut name = title.trim();
    for tail in [" rss feed", " atom feed", " news feed", " rss", " feed"] {
        let cut = name.len().saturating_sub(tail.len());
        if cut > 0 && name.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(tail)) {
            name = name[..cut].trim_end_matches([' ', '-', '|', ':', '»', '–', '—']);
        }
    }
    let Some(host) = site.and_then(address::host).map(|host| letters(&host)) else { return name.to_owned() };
    let mut parts = vec![name];
    for mark in MARKS {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).map(str::trim).collect();
    }
    let spelt = |words: &str| letters(words).chars().count() > 2 && host.contains(&letters(words));
    // "Port Vell Gazette: Sea" at gazette.example: a word of the name is enough where only one part has it.
    let by_whole = parts.iter().filter(|part| spelt(part)).collect::<Vec<_>>();
    let by_word = || parts.iter().filter(|part| part.split(' ').any(spelt)).collect::<Vec<_>>();
    let named = if by_whole.is_empty() { by_word() } else { by_whole };
    match named.as_slice() {
        [one] => (**one).to_owned(),
        _ => name.to_owned(),
    }
}

/// Returns a headline without the name of its outlet at the end ("Ferry aground | Delmare Courier").
pub(super) fn without(name: &str, title: &str) -> Option<String> {
    let bare = title.strip_suffix(name)?.trim_end();
    let bare = bare.strip_suffix(['-', '–', '—', '|', '»', '·'])?.trim_end();
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// Tells whether the source that an entry names is its publisher, and returns the headline without the publisher's name.
///
/// Feeds of a search or of many sites name each entry's publisher as its source: the address then leads to that
/// publisher, or its name closes the headline. Else the source is whom the feed's own outlet took the report from.
pub(super) fn published_by(
    source: Option<&Source>,
    url: Option<&str>,
    title: Option<String>,
) -> (Option<String>, bool) {
    let Some(source) = source else { return (title, false) };
    let hosts = url.and_then(address::host).zip(source.url.as_deref().and_then(address::host));
    let leads_there = hosts.is_some_and(|(page, source)| are_one(&page, &source));
    let closes = source.name.as_deref().zip(title.as_deref()).and_then(|(name, title)| without(name, title));
    match closes {
        Some(bare) => (Some(bare), true),
        None => (title, leads_there),
    }
}

/// Tells whether one of two hosts is the other, or a part of it.
pub(super) fn are_one(a: &str, b: &str) -> bool {
    is_within(a, b) || is_within(b, a)
}

fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Returns the credit of an address that an entry calls its original or its source, where another host stands there.
///
/// `known` are the addresses that need no credit: the entry's own, and that of a source which was credited by name.
pub(super) fn elsewhere(address: &str, url: Option<&str>, channel: &Channel, known: Option<&str>) -> Option<Credit> {
    let there = address::host(address)?;
    let own = [url, channel.site.as_deref()];
    let mut own = own.iter().flatten().filter_map(|own| address::host(own)).peekable();
    // Without an address of its own nothing tells that the other is another's.
    own.peek()?;
    if own.chain(known.and_then(address::host)).any(|own| are_one(&own, &there)) {
        return None;
    }
    Some(Credit { source: there, kind: CreditKind::OriginalSource, text: address.to_owned(), span: None })
}

/// Returns the credit of a picture ("Photograph: Ada Orr/Delmare Pictures").
pub(super) fn photo(words: &str) -> Option<Credit> {
    let opener = |word: &str| {
        let word = word.to_lowercase();
        ["photo", "foto", "image", "picture", "credit", "©"].iter().any(|start| word.starts_with(start))
    };
    let source = match words.split_once(':') {
        Some((before, name)) if before.split_whitespace().count() <= 2 && opener(before) => name.trim(),
        _ => words.trim_start_matches(['©', ' ']),
    };
    let has_name = source.chars().any(char::is_alphabetic);
    has_name.then(|| Credit { source: source.to_owned(), kind: CreditKind::Photo, text: words.to_owned(), span: None })
}
