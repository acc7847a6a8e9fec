//! Parties: people and organisations, by the names that the item itself gives them.

use crate::agency::naming_host;
use crate::xml::Element;

/// Returns the name of a party: its own, that of an assertion about its code, or its code where that is a name.
///
/// Catalogues of codes lie elsewhere and are never fetched: a code that means nothing by itself names nobody.
pub(super) fn name(item: Element<'_>, party: Element<'_>) -> Option<String> {
    let literal = || party.attribute("literal").map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
    let qcode = party.attribute("qcode").unwrap_or_default();
    let listed = || party.attribute("uri").as_deref().and_then(listed).map(str::to_owned);
    party
        .line_of("name")
        .or_else(|| asserted(item, &qcode))
        .or_else(literal)
        .or_else(|| speaking(&qcode))
        .or_else(listed)
}

/// More parties of one kind are a list of something else; their names are looked up one by one.
pub(super) const MOST: usize = 256;

/// Returns the name that an item states for a code once, to use it in several places.
fn asserted(item: Element<'_>, qcode: &str) -> Option<String> {
    let about = |assertion: &Element<'_>| assertion.attribute("qcode").is_some_and(|about| about == qcode);
    (!qcode.is_empty())
        .then(|| item.named("assert").take(MOST).filter(about).find_map(|found| found.line_of("name")))?
}

/// The codes of the IPTC's list of news providers are their short names, and a host is a name too.
fn speaking(qcode: &str) -> Option<String> {
    let (list, code) = qcode.split_once(':')?;
    let is_host = naming_host(&format!("https://{code}")).is_some_and(|host| host == code);
    (list == "nprov" && !code.is_empty() || is_host).then(|| code.trim_start_matches("www.").to_owned())
}

/// Returns the short name in an address of the IPTC's list of news providers.
fn listed(uri: &str) -> Option<&str> {
    uri.split_once("/newscodes/newsprovider/")
        .map(|(_, code)| code)
        .filter(|code| !code.is_empty() && !code.contains('/'))
}

/// Returns the host of the address that stands for a party; that of a list of codes stands for nobody.
pub(super) fn host(party: Element<'_>) -> Option<String> {
    let uri = party.attribute("uri")?;
    naming_host(&uri).filter(|host| !host.starts_with("cv.")).map(|host| host.trim_start_matches("www.").to_owned())
}

/// Tells whether a party is stated to be a person.
pub(super) fn is_person(party: Element<'_>) -> bool {
    let is_of_people = |name: &str| party.attribute(name).is_some_and(|stated| stated.ends_with("person"));
    is_of_people("type") || is_of_people("typeuri") || party.attribute("jobtitle").is_some()
}
