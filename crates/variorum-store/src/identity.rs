//! What makes two reports the same one: their address, in one form.

use url::Url;
use variorum_news::{Report, ReportId};
use xxhash_rust::xxh3::xxh3_64;

const TRACKING: &str = include_str!("../data/tracking.txt");

/// Where a report stands of whose words a feed elsewhere is the only witness: the host of that feed.
pub const FEED_HOST: &str = "feed_host";

/// Returns the key of a report: its address in one form, else its id.
///
/// The address that a page calls its own counts where it is one of the same house. A page elsewhere that calls another
/// house's page the original is a copy, a report of its own. So are words that a feed elsewhere gives for an address:
/// no feed replaces what a house says at its own.
pub fn key(report: &Report) -> String {
    match report.extra.get(FEED_HOST).and_then(|host| host.as_str()) {
        Some(feed) => format!("feed:{feed} {}", own_key(report)),
        None => own_key(report),
    }
}

fn own_key(report: &Report) -> String {
    let url = report.url.as_deref().and_then(address);
    let canonical = report.canonical.as_deref().and_then(address);
    let chosen = match (url, canonical) {
        (Some(url), Some(canonical)) if host(&url) == host(&canonical) => canonical,
        (Some(url), _) => url,
        (None, Some(canonical)) => canonical,
        (None, None) => return format!("id:{}", report.id),
    };
    normal(chosen)
}

/// Returns an address that can be one article's; a front page is none.
fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (web && (url.path() != "/" || url.query().is_some())).then_some(url)
}

fn host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.trim_end_matches('.')
}

fn normal(url: Url) -> String {
    let mut key = host(&url).to_owned();
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push_str(url.path().trim_end_matches('/'));
    let query: Vec<&str> =
        url.query().unwrap_or_default().split('&').filter(|part| !part.is_empty() && !tracks(part)).collect();
    if !query.is_empty() {
        key.push('?');
        key.push_str(&query.join("&"));
    }
    key
}

fn tracks(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or(part).to_ascii_lowercase();
    TRACKING.lines().filter(|row| !row.starts_with('#')).any(|row| match row.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == row,
    })
}

/// Returns the name of a report whose own name is taken by a report of another address.
pub fn other_id(id: &str, key: &str, mut taken: impl FnMut(&str) -> bool) -> ReportId {
    let digits = format!("{:016x}", xxh3_64(key.as_bytes()));
    let short = format!("{id}~{}", &digits[..8]);
    if !taken(&short) {
        return short.into();
    }
    let numbered = (1..).map(|n| if n == 1 { format!("{id}~{digits}") } else { format!("{id}~{digits}~{n}") });
    numbered.into_iter().find(|name| !taken(name)).unwrap_or(short).into()
}

#[cfg(test)]
mod tests {
    use super::key;
    use variorum_news::Report;

    fn check(url: &str, canonical: &str, expected: &str) {
        let mut report = Report::of_text("r", "Two ferries sank.");
        report.url = Some(url.to_owned()).filter(|url| !url.is_empty());
        report.canonical = Some(canonical.to_owned()).filter(|url| !url.is_empty());
        assert_eq!(key(&report), expected);
    }

    #[test]
    fn one_page_has_one_key() {
        let expected = "herald.example/delmare/ferry?page=2";
        check("http://www.Herald.example/delmare/ferry/?utm_source=x&page=2&fbclid=9#top", "", expected);
        check("https://herald.example:443/delmare/ferry?page=2", "", expected);
        check("https://herald.example/amp/ferry", "https://www.herald.example/delmare/ferry?page=2", expected);
        check("", "https://herald.example/delmare/ferry?page=2", expected);
    }

    #[test]
    fn a_copy_that_names_its_original_is_another_report() {
        check("https://post.example/n/1", "https://herald.example/ferry", "post.example/n/1");
    }

    #[test]
    fn no_feed_speaks_for_the_address_of_another_house() {
        let mut report = Report::of_text("r", "Two ferries sank.");
        report.url = Some("https://herald.example/ferry".to_owned());
        report.extra.insert(super::FEED_HOST.to_owned(), "evil.example".into());
        assert_eq!(key(&report), "feed:evil.example herald.example/ferry");
    }

    #[test]
    fn a_front_page_or_a_file_is_no_address_of_a_report() {
        check("https://herald.example/", "", "id:r");
        check("https://herald.example/ferry", "https://herald.example/", "herald.example/ferry");
        check("file:///tmp/ferry.html", "", "id:r");
        check("", "", "id:r");
    }
}
