//! The people whom a feed names as authors.

use super::words::letters;

/// Words that close the name of a desk, an agency or an account, never that of a person.
const NOT_PEOPLE: &str = include_str!("../../data/not-people.tsv");

/// Returns the people among names as feeds write them ("ada@courier.example (Ada Orr)", "By Ada Orr and Ben Lee").
///
/// Addresses, accounts, desks and the outlet itself are no people; none is better than a false one.
pub(crate) fn people<'a>(written: impl Iterator<Item = &'a str>, outlets: &[Option<&str>]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in written.flat_map(names).take(super::MOST_NAMES) {
        let is_outlet = outlets.iter().flatten().any(|outlet| letters(outlet) == letters(&name));
        if !is_outlet && is_person(&name) && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn names(written: &str) -> Vec<String> {
    let written = named(written);
    let bare = ["By ", "by ", "BY "].iter().find_map(|by| written.strip_prefix(by)).unwrap_or(written);
    let mut parts = vec![bare];
    for mark in [",", ";", "|", " and ", " & ", " / ", " with ", " und ", " et ", " og ", " och ", " oraz ", "\n"] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    // "Orr, Ada" is one person, as libraries write it.
    if let [last, first] = parts.as_slice()
        && !last.trim().contains(' ')
        && first.split_whitespace().all(|word| word.ends_with('.') || !first.trim().contains(' '))
    {
        return vec![format!("{} {}", first.trim(), last.trim())];
    }
    let place = |name: &str| name.split(" in ").next().unwrap_or(name).to_owned();
    parts.into_iter().map(|part| place(&part.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

/// Returns the name beside an address of mail: "a@b.example (Ada Orr)", "Ada Orr <a@b.example>", "Ada Orr (a@b.example)".
fn named(written: &str) -> &str {
    if !written.contains('@') {
        return written.trim();
    }
    let inside = written.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name);
    let before = written.split_once(['<', '(']).map(|(name, _)| name);
    let name = inside.into_iter().chain(before).find(|name| !name.contains('@'));
    name.unwrap_or("").trim().trim_matches('"')
}

fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let last = words.last().map(|word| word.trim_end_matches('.').to_lowercase()).unwrap_or_default();
    let opens = name.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    // In scripts without spaces and capital letters a name is one word.
    let sized = (2..=6).contains(&words.len()) || words.len() == 1 && name.chars().all(is_caseless);
    let plain = !name.contains(['@', '/', ':', '_', '<', '>', '&']) && !name.bytes().any(|byte| byte.is_ascii_digit());
    let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    // "The Editors", "DER ANZEIGER"; and initials alone are half of a name.
    let is_titled = NO_FIRST_NAMES.contains(&first.as_str());
    let is_full = words.iter().any(|word| !word.ends_with('.') && word.chars().count() > 1) || words.len() == 1;
    opens && sized && plain && is_full && !is_titled && !not_people().any(|(word, _)| word == last)
}

/// Words that open the name of a desk or an outlet.
const NO_FIRST_NAMES: &[&str] = &["the", "our", "der", "die", "das", "team", "radio", "redaktion", "staff", "news"];

fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

fn not_people() -> impl Iterator<Item = (&'static str, &'static str)> {
    NOT_PEOPLE.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::{not_people, people};

    fn check(written: &str, expected: &[&str]) {
        assert_eq!(people([written].into_iter(), &[Some("Delmare Courier")]), expected, "{written}");
    }

    #[test]
    fn names_as_feeds_write_them() {
        check("Ada Orr", &["Ada Orr"]);
        check("ada@courier.example (Ada Orr)", &["Ada Orr"]);
        check("Ada Orr <ada@courier.example>", &["Ada Orr"]);
        check("Ada Orr (ada@courier.example)", &["Ada Orr"]);
        check("By Ada Orr and Ben Lee, Port Editor", &["Ada Orr", "Ben Lee"]);
        check("Ada Orr und Ben Lee", &["Ada Orr", "Ben Lee"]);
        check("Ada Orr in Port Vell", &["Ada Orr"]);
        check("Orr, A. M.", &["A. M. Orr"]);
        check("Orr, Ada", &["Ada Orr"]);
        check("Ada Orr, Ben Lee", &["Ada Orr", "Ben Lee"]);
        check("Ludwig van der Berg", &["Ludwig van der Berg"]);
        check("林美玲", &["林美玲"]);
    }

    #[test]
    fn what_is_no_person() {
        for written in [
            "ada@courier.example",
            "noreply@courier.example (admin)",
            "admin",
            "Delmare Courier",
            "ada_orr",
            "https://courier.example/ada",
            "",
            "Orr1987 Ada",
            "The Delmare Reader",
            "A. M.",
        ] {
            check(written, &[]);
        }
        for (_, example) in not_people() {
            check(example, &[]);
        }
    }
}
