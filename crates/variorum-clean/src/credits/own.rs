//! Whether a credit names the report's own outlet, which is no source beside itself.

/// Tells whether a source is the outlet itself, by its name or by the host of its address; "the Courier" is the
/// Delmare Courier in its own pages.
pub(crate) fn is_own(source: &str, outlet: Option<&str>, url: Option<&str>) -> bool {
    let name = squeezed(source);
    let of_outlet = outlet.is_some_and(|outlet| {
        let own = squeezed(outlet);
        let last = outlet.split_whitespace().next_back().map(squeezed).unwrap_or_default();
        !own.is_empty()
            && (own == name
                || last == name
                || own.len() >= 3 && name.len() >= 3 && (own.starts_with(&name) || name.starts_with(&own)))
    });
    let host = url.and_then(site);
    !name.is_empty() && (of_outlet || host.is_some_and(|host| host == name || host.strip_prefix("the") == Some(&name)))
}

/// Returns the label of a host that names its site ("www.delmarecourier.co.uk" → "delmarecourier"), as one word.
pub(crate) fn site(url: &str) -> Option<String> {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#', ':']).next()?;
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop().filter(|_| !labels.is_empty())?;
    // "co.uk" and "com.au": a short label before the country is no site's.
    if labels.len() > 1 && labels.last().is_some_and(|label| label.len() <= 3) && labels[0] != "www" {
        labels.pop();
    }
    if labels.len() > 2 && labels.last().is_some_and(|label| label.len() <= 3) {
        labels.pop();
    }
    labels.last().map(|label| squeezed_words(label))
}

fn squeezed(name: &str) -> String {
    match super::outlets::is_host(name).then(|| site(name)).flatten() {
        Some(site) => site,
        None => squeezed_words(super::outlets::bare(name)),
    }
}

fn squeezed_words(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_own, site};

    #[test]
    fn an_outlet_is_no_source_of_its_own() {
        for own in ["Delmare Courier", "the Courier", "Courier", "delmarecourier.com", "www.delmarecourier.co.uk"] {
            assert!(is_own(own, Some("Delmare Courier"), None), "{own}");
        }
        for own in ["Delmare Courier", "delmarecourier.com", "The Delmare Courier"] {
            assert!(is_own(own, None, Some("https://www.delmarecourier.com/ferry")), "{own}");
        }
        for other in ["Halvik Tribune", "Reuters", "the Tribune", "halviktribune.com"] {
            assert!(!is_own(other, Some("Delmare Courier"), Some("https://delmarecourier.com/ferry")), "{other}");
        }
        assert_eq!(site("https://news.delmare.co.uk/a").as_deref(), Some("delmare"));
    }
}
