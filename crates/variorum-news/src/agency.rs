//! News agencies: whose copy is printed by others, under one name each.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use variorum_text::{fold, words};

/// A news agency, by all the names that its copy bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// The name by which it is called here: "Associated Press".
    pub name: &'static str,
    /// Its other names: "AP".
    pub also: Vec<&'static str>,
    /// What its copy is signed with in small letters, as in "dpa/rtr".
    pub signatures: Vec<&'static str>,
    /// The hosts at which it publishes.
    pub hosts: Vec<&'static str>,
}

impl Agency {
    /// Tells whether a host is the agency's own ("www.reuters.com").
    pub fn publishes_at(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.hosts.iter().any(|own| host.strip_suffix(own).is_some_and(|left| left.is_empty() || left.ends_with('.')))
    }
}

/// Returns the known agencies.
pub fn agencies() -> &'static [Agency] {
    &AGENCIES
}

/// Returns the agency that a name, a signature or a host stands for: "The Associated Press", "AP" and "apnews.com" are
/// one.
pub fn agency(name: &str) -> Option<&'static Agency> {
    let by_name = BY_NAME.get(&squeezed(name)).map(|at| &AGENCIES[*at]);
    by_name.or_else(|| AGENCIES.iter().find(|agency| agency.publishes_at(name.trim())))
}

static AGENCIES: LazyLock<Vec<Agency>> = LazyLock::new(|| {
    include_str!("../data/agencies.tsv").lines().filter(|row| !row.starts_with('#')).map(of_row).collect()
});

static BY_NAME: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    let names = |agency: &'static Agency| [agency.name].into_iter().chain(agency.also.iter().copied());
    let signed = |agency: &'static Agency| names(agency).chain(agency.signatures.iter().copied());
    agencies()
        .iter()
        .enumerate()
        .flat_map(|(at, agency)| signed(agency).map(move |name| (squeezed(name), at)))
        .collect()
});

fn of_row(row: &'static str) -> Agency {
    let mut cells = row.split('\t');
    let name = cells.next().unwrap_or_default();
    let mut list = || cells.next().unwrap_or_default().split("; ").filter(|cell| !cell.is_empty()).collect();
    Agency { name, also: list(), signatures: list(), hosts: list() }
}

/// Returns a name as one word, without its article.
fn squeezed(name: &str) -> String {
    let mut words: Vec<String> = words(name).iter().map(|word| fold(word.text).replace(['-', '\''], "")).collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::{agencies, agency};

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(agency(name).map(|agency| agency.name), expected, "{name}");
    }

    #[test]
    fn one_agency_has_many_names() {
        for name in ["AP", "The Associated Press", "Associated Press", "apnews.com", "www.apnews.com", "ap"] {
            check(name, Some("Associated Press"));
        }
        check("rtr", Some("Reuters"));
        check("Agence France Presse", Some("Agence France-Presse"));
        check("La Presse Canadienne", Some("Canadian Press"));
    }

    #[test]
    fn what_is_built_alike_is_no_agency() {
        for name in ["Delmare Press", "notreuters.com", "reuters.com.delmare.example", "", "the"] {
            check(name, None);
        }
    }

    #[test]
    fn no_name_stands_for_two() {
        for known in agencies() {
            for name in [known.name].iter().chain(&known.also).chain(&known.signatures).chain(&known.hosts) {
                check(name, Some(known.name));
            }
        }
    }
}
