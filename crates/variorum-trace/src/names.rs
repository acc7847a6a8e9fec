//! The names by which outlets are known.

use std::collections::{BTreeMap, BTreeSet};

use variorum_news::{Report, agency};
use variorum_text::{fold, words};

use crate::profile::Profile;

/// Returns the names by which a report's outlet can be known: its own name and the host of its address, squeezed.
///
/// Who calls himself an agency but publishes at another's address carries the agency's copy and is not it.
pub fn identity(report: &Report) -> Vec<String> {
    let host = report.url.as_deref().and_then(host);
    let outlet = report.outlet.as_deref().filter(|_| borrowed_name(report).is_none());
    let mut names: Vec<String> = [outlet, host].into_iter().flatten().map(squeezed).collect();
    names.retain(|name| name.len() > 1);
    names.sort();
    names.dedup();
    names
}

/// Settles among the reports of a story who bears which name.
///
/// A name can be written by anybody, an address cannot: who publishes elsewhere loses the name of an outlet whose own
/// report is at hand. And where one outlet alone is called so, "the Courier" is the Delmare Courier and "DPA" the Delmare
/// Press Agency.
pub fn settle(profiles: &mut [Profile<'_>]) {
    let host_of = |profile: &Profile<'_>| profile.report.url.as_deref().and_then(host).map(squeezed);
    let hosts: Vec<String> = profiles.iter().filter_map(host_of).collect();
    for profile in profiles.iter_mut() {
        let Some(own) = host_of(profile) else { continue };
        profile.identity.retain(|name| *name == own || !hosts.contains(name));
    }
    let mut bearers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for profile in profiles.iter() {
        let outlet = profile.report.outlet.as_deref().map(squeezed).unwrap_or_default();
        let known = profile.identity.iter().cloned().map(|name| (name, outlet.clone()));
        let short = short_names(profile).into_iter().map(|name| (name, outlet.clone()));
        for (name, outlet) in known.chain(short) {
            bearers.entry(name).or_default().insert(outlet);
        }
    }
    for profile in profiles {
        let alone = short_names(profile).into_iter().filter(|name| bearers.get(name).is_some_and(|all| all.len() == 1));
        profile.identity.extend(alone);
        profile.identity.sort();
        profile.identity.dedup();
    }
}

/// Returns what an outlet is called for short: the last word of its name, and its initials.
fn short_names(profile: &Profile<'_>) -> Vec<String> {
    let outlet = profile.report.outlet.as_deref().unwrap_or_default();
    if !profile.identity.contains(&squeezed(outlet)) {
        return Vec::new();
    }
    let words = parts(outlet);
    let last = words.last().filter(|word| words.len() > 1 && word.chars().count() > 3).cloned();
    last.into_iter().chain(initials(outlet)).collect()
}

/// Returns the first letters of a name of three words or more.
fn initials(name: &str) -> Option<String> {
    let words = parts(name);
    (words.len() > 2).then(|| words.iter().filter_map(|word| word.chars().next()).collect())
}

/// Returns the words of a name without its article.
fn parts(name: &str) -> Vec<String> {
    words(name).iter().map(|word| fold(word.text)).filter(|word| word != "the").collect()
}

/// Gives a source that is named by its initials its whole name, where the reports name one source alone that has them: the
/// "CPA" of one masthead is the "Coastal Press Agency" of another.
pub fn spell_out(profiles: &mut [Profile<'_>]) {
    let mut spelt: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for named in profiles.iter().flat_map(|profile| &profile.credits) {
        if let Some(initials) = initials(&named.source) {
            spelt.entry(initials).or_default().insert((named.key.clone(), named.source.clone()));
        }
    }
    for named in profiles.iter_mut().flat_map(|profile| &mut profile.credits) {
        let whole = spelt.get(&named.key).filter(|all| all.len() == 1).and_then(|all| all.first());
        if let Some((key, source)) = whole {
            (named.key, named.source) = (key.clone(), source.clone());
        }
    }
}

/// Returns the agency's name that a report bears though its address is not the agency's.
pub fn borrowed_name(report: &Report) -> Option<&str> {
    let host = report.url.as_deref().and_then(host)?;
    let outlet = report.outlet.as_deref()?;
    let known = agency(outlet).filter(|agency| !agency.hosts.is_empty())?;
    (!known.publishes_at(host) && squeezed(host) != squeezed(outlet)).then_some(outlet)
}

/// Returns a name or host as one word: "The Alder Courier", "www.aldercourier.example" and "Alder Courier" are one, and
/// so are all names of an agency.
pub fn squeezed(name: &str) -> String {
    let name = host(name).unwrap_or(name);
    if let Some(agency) = agency(name) {
        return one_word(agency.name);
    }
    let looks_like_host = name.contains('.') && !name.contains(' ');
    one_word(if looks_like_host { without_suffix(name.trim_start_matches("www.")) } else { name })
}

fn one_word(name: &str) -> String {
    let mut letters: Vec<String> = words(name).iter().map(|w| fold(w.text).replace(['-', '\'', '.'], "")).collect();
    if letters.len() > 1 && letters[0] == "the" {
        letters.remove(0);
    }
    letters.concat()
}

/// Returns the host of an address.
pub fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host))
}

/// Returns a host without its public suffix, told by length: "aldercourier.co.uk" and "aldercourier.com" are one name.
fn without_suffix(host: &str) -> &str {
    let mut parts: Vec<&str> = host.split('.').collect();
    parts.pop();
    if parts.len() > 1 && parts.last().is_some_and(|part| part.len() <= 3) {
        parts.pop();
    }
    // The label before the suffix is the name; what stands before it ("edition.", "en.") is a department.
    parts.last().copied().unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use variorum_news::Report;

    use super::{identity, squeezed};

    #[test]
    fn one_outlet_has_one_name() {
        for name in
            ["The Alder Courier", "www.aldercourier.example", "https://aldercourier.co.uk/ferry", "ALDER COURIER"]
        {
            assert_eq!(squeezed(name), "aldercourier", "{name}");
        }
        for name in ["AP", "The Associated Press", "https://apnews.com/article/1", "A\u{200b}P", "АР"] {
            assert_eq!(squeezed(name), "associatedpress", "{name}");
        }
    }

    #[test]
    fn an_agency_is_known_by_its_own_address() {
        let named = |outlet: &str, url: &str| {
            let mut report = Report::of_text("a", "");
            (report.outlet, report.url) = (Some(outlet.into()), Some(url.into()));
            identity(&report)
        };
        assert_eq!(named("Reuters", "https://www.reuters.com/1"), ["reuters"]);
        assert_eq!(named("Reuters", "https://news.portal.example/1"), ["portal"]);
        assert_eq!(named("Delmare Courier", "https://portal.example/1"), ["delmarecourier", "portal"]);
    }
}
