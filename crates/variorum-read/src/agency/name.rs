//! Names of agencies, and the hosts by which they name their items.

use variorum_news::Page;

/// Tells whether two names are one: the same words, or one the initials or the host of the other ("DPA", "Delmare Press
/// Agency Ltd", "www.delmarepressagency.example").
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let (one, two) = (core(a), core(b));
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let (a, b) = (one.concat(), two.concat());
    !a.is_empty() && (a == b || one.len() > 1 && initials(&one) == b || two.len() > 1 && initials(&two) == a)
}

/// Words around a name that are no part of it.
const FORMS: &[&str] = &["the", "gmbh", "ltd", "limited", "inc", "llc", "plc", "ag", "sa", "co", "corp"];

/// Returns the words of a name that tell it from others, in lower case; of a host the part before its ending.
fn core(name: &str) -> Vec<String> {
    let label = naming_host(&format!("https://{}", name.trim())).filter(|host| *host == name.trim()).map(|host| {
        let parts: Vec<&str> = host.trim_start_matches("www.").split('.').collect();
        parts[parts.len().saturating_sub(2)].to_owned()
    });
    let name = label.unwrap_or_else(|| name.to_owned()).to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let told: Vec<String> = words.clone().filter(|word| !FORMS.contains(word)).map(str::to_owned).collect();
    if told.is_empty() { words.map(str::to_owned).collect() } else { told }
}

/// Gives a page whose outlet is known by its host alone the name by which the item itself calls it.
pub(crate) fn name_outlet<'a>(page: &mut Page, mut names: impl Iterator<Item = &'a str>) {
    let Some(host) = page.outlet.as_deref().filter(|outlet| outlet.contains('.') && !outlet.contains(' ')) else {
        return;
    };
    if let Some(name) = names.find(|name| !name.contains('.') && same_name(name, host)) {
        page.outlet = Some(name.to_owned());
    }
}

/// Returns the host that stands for whoever named a thing: of a web address, `tag:host,2025:…`, `urn:newsml:host:…`.
pub(crate) fn naming_host(name: &str) -> Option<&str> {
    let rest = name.trim();
    let host = if let Some(("http" | "https", after)) = rest.split_once("://") {
        after.split(['/', '?', '#', ':']).next()?
    } else if let Some(after) = rest.strip_prefix("urn:newsml:") {
        after.split(':').next()?
    } else {
        rest.strip_prefix("tag:")?.split([',', ':']).next()?
    };
    let shaped = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    (shaped && host.contains('.') && host.bytes().any(|byte| byte.is_ascii_alphabetic())).then_some(host)
}

/// Returns whose name for an item it is: agencies name items by their own hosts (RFC 3085, RFC 4151).
///
/// A web address says this by itself, and whoever keeps one of the file is no publisher.
pub(crate) fn namer(id: &str) -> Option<String> {
    naming_host(id).filter(|_| !id.contains("://")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{naming_host, same_name};

    #[test]
    fn names_and_their_initials() {
        assert!(same_name("Delmare Press Agency", "DPA") && same_name("delmare wire", "Delmare Wire."));
        assert!(same_name("The Delmare Wire", "DW") && same_name("Delmare Press-Agentur GmbH", "dpa"));
        assert!(same_name("delmarewire.example", "Delmare Wire") && same_name("www.alder.example", "Alder"));
        assert!(!same_name("Delmare Wire", "Delmare Courier") && !same_name("", "") && !same_name("Delmare", "D"));
    }

    #[test]
    fn hosts_of_names() {
        assert_eq!(naming_host("https://wire.delmare.example/a/1"), Some("wire.delmare.example"));
        assert_eq!(naming_host("urn:newsml:delmare.example:20250327:ferry"), Some("delmare.example"));
        assert_eq!(naming_host("tag:delmare.example,2025:ferry"), Some("delmare.example"));
        assert_eq!(naming_host("urn:uuid:0"), None);
        assert_eq!(naming_host("https://localhost/"), None);
    }
}
