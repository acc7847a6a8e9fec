//! Whose host it is.

use url::{Host, Url};

/// Returns the house of an address: its host without `www.`, with the port where it is not the usual one.
pub fn house(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// Tells whether two houses are one, or one is a part of the other.
pub fn are_one(a: &str, b: &str) -> bool {
    let within =
        |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    within(a, b) || within(b, a)
}

/// Returns the name of an outlet with its host behind it where the host does not spell a word of the name: what a feed
/// calls itself is its own claim, and a reader is to see whose it is.
pub fn named(name: &str, address: &str) -> String {
    let name: String = name.chars().take(200).collect();
    let Some(host) = host(address) else { return name };
    let letters =
        |word: &str| -> String { word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let own = letters(&owned_part(address).unwrap_or_default());
    let whole = letters(&name);
    let spelt = |word: &str| word.chars().count() > 3 && own.contains(word);
    if spelt(&whole)
        || whole.chars().count() > 2 && own == whole
        || name.split_whitespace().any(|word| spelt(&letters(word)))
    {
        return name;
    }
    if name.is_empty() || letters(&name) == letters(&host) { host } else { format!("{name} ({host})") }
}

fn host(address: &str) -> Option<String> {
    let house = house(address)?;
    match Url::parse(address).ok()?.host()? {
        Host::Domain(_) => house.split(':').next().map(str::to_owned),
        ip => Some(ip.to_string()),
    }
}

/// The part of a host that somebody registered: the label before the ending, which may itself have two parts (`co.uk`).
/// What stands before it anyone may write as he likes.
fn owned_part(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let Host::Domain(host) = url.host()? else { return None };
    let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
    let is_double = |at: usize| at > 1 && labels[at].len() == 2 && labels[at - 1].len() <= 3;
    let last = labels.len().checked_sub(1)?;
    let at = if is_double(last) { last.checked_sub(2)? } else { last.saturating_sub(1) };
    labels.get(at).map(|label| (*label).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{are_one, house, named};

    #[test]
    fn a_house_is_a_host_and_what_lies_below_it() {
        assert_eq!(house("https://WWW.Herald.example/a").as_deref(), Some("herald.example"));
        assert_eq!(house("http://127.0.0.1:8080/a").as_deref(), Some("127.0.0.1:8080"));
        assert_eq!(house("file:///etc/passwd"), None);
        assert!(are_one("sport.herald.example", "herald.example") && !are_one("badherald.example", "herald.example"));
    }

    #[test]
    fn a_name_that_its_host_does_not_spell_shows_the_host() {
        let check = |name, address, expected: &str| assert_eq!(named(name, address), expected);
        check("Delmare Herald", "https://www.herald.example/feed", "Delmare Herald");
        check("Delmare Herald", "https://evil.example/feed", "Delmare Herald (evil.example)");
        check("Delmare Herald", "https://herald.evil.example/feed", "Delmare Herald (herald.evil.example)");
        check("The Karsholm Post", "https://feeds.karsholmpost.co.uk/a", "The Karsholm Post");
        check("ORF", "https://orf.example/feed", "ORF");
        check("", "https://evil.example/feed", "evil.example");
    }
}
