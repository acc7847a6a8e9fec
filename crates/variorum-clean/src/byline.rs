//! Bylines: the people who wrote a report.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const ROLES: &str = include_str!("../data/roles.txt");

static ROLE_WORDS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| ROLES.lines().filter(|row| !row.starts_with('#') && !row.is_empty()).collect());

/// Returns the people of a line that is nothing but a byline ("By Ada Orr and Ben Lee, Staff Writers").
pub(crate) fn byline(line: &str) -> Option<Vec<String>> {
    if line.len() > 160 || line.ends_with(['.', '!', '?', ':']) && !line.ends_with("Jr.") && !line.contains("diting by")
    {
        return None;
    }
    let names = OPENERS.iter().find_map(|opener| strip_opener(line, opener))?;
    // Wire copy closes with "Reporting by …; Editing by …": those who reported wrote it.
    let names = names.split([';', '|']).next().unwrap_or(names).split(" in ").next().unwrap_or(names);
    let people = people(names);
    (!people.is_empty() || is_desk(names)).then_some(people)
}

/// "By Delmare Daily staff": a byline, though it names nobody.
fn is_desk(names: &str) -> bool {
    let last = names.split_whitespace().last().unwrap_or("").to_lowercase();
    let short = names.split_whitespace().count() <= 6;
    short
        && matches!(
            last.as_str(),
            "staff"
                | "desk"
                | "newsroom"
                | "reporters"
                | "reporter"
                | "correspondent"
                | "correspondents"
                | "agencies"
                | "editors"
                | "team"
        )
}

const OPENERS: &[&str] = &[
    "By ",
    "BY ",
    "by ",
    "By: ",
    "Written by ",
    "Words by ",
    "Reporting by ",
    "(Reporting by ",
    "Reported by ",
    "Author: ",
    "Von ",
    "VON ",
    "Por ",
];

fn strip_opener<'a>(line: &'a str, opener: &str) -> Option<&'a str> {
    line.strip_prefix(opener).map(str::trim)
}

/// Returns the people that a list of names holds, without roles, places and outlets.
pub(crate) fn people(list: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for person in split_list(list).into_iter().filter_map(person) {
        if !found.iter().any(|earlier| earlier.eq_ignore_ascii_case(&person)) {
            found.push(person);
        }
    }
    found
}

fn split_list(list: &str) -> Vec<&str> {
    let mut parts = vec![list];
    for mark in [
        ",", ";", "|", " and ", " And ", " AND ", " & ", " und ", " et ", " og ", " och ", " oraz ", " y ", " with ",
        " / ", "•", "·", "\n",
    ] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Returns a name as it stands where it can be a person's.
pub(crate) fn person(name: &str) -> Option<String> {
    let name = name.trim();
    let name =
        BEFORE_NAME.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name).trim().trim_end_matches("기자");
    let name = name.split(['(', '[', '<']).next().unwrap_or(name).trim().trim_end_matches(',');
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = |word: &&str| {
        is_particle(word)
            || word.starts_with(char::is_uppercase)
            || word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    let shaped = (2..=6).contains(&words.len()) && words.iter().all(fits);
    let is_caseless = words.len() == 1
        && name.chars().count() >= 2
        && name.chars().all(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    let odd = name.contains(['@', '/', ':', '#', '?', '!', '"', '_', '=']) || name.bytes().any(|b| b.is_ascii_digit());
    if !(shaped || is_caseless) || odd || has_role(&words) || crate::credits::is_outlet(name) {
        return None;
    }
    Some(words.join(" "))
}

const BEFORE_NAME: &[&str] = &[
    "By ",
    "by ",
    "BY ",
    "Von ",
    "von ",
    "VON ",
    "Par ",
    "par ",
    "Por ",
    "por ",
    "Written by ",
    "Posted by ",
    "Words by ",
    "Di ",
    "Door ",
    "Text: ",
];

/// Returns a name that the page itself says is a person's; one word is enough then.
pub(crate) fn stated_person(name: &str) -> Option<String> {
    let name = name.trim();
    let odd = name.contains(['@', '/', ':', '#', '?', '!', '"', '_', '=', '.', ',', '&'])
        || name.bytes().any(|b| b.is_ascii_digit());
    let words: Vec<&str> = name.split_whitespace().collect();
    (words.len() == 1 && name.chars().count() > 2 && !odd && !has_role(&words) && !crate::credits::is_outlet(name))
        .then(|| name.to_owned())
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "la"
            | "da"
            | "do"
            | "dos"
            | "del"
            | "della"
            | "di"
            | "du"
            | "van"
            | "von"
            | "der"
            | "den"
            | "zu"
            | "ter"
            | "ten"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "le"
            | "y"
            | "e"
            | "d'"
            | "af"
    ) || word.starts_with("al-")
        || word.starts_with("d'")
        || word.starts_with("d’")
}

fn has_role(words: &[&str]) -> bool {
    words.iter().any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        ROLE_WORDS.contains(bare.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::{byline, person};

    fn check(line: &str, expected: &str) {
        assert_eq!(byline(line).unwrap_or_default().join(" + "), expected, "{line}");
    }

    #[test]
    fn bylines() {
        check("By Ada Orr", "Ada Orr");
        check("BY ADA ORR AND BEN LEE", "ADA ORR + BEN LEE");
        check("By Ada Orr, Ben Lee and Cleo van der Meer, Staff Writers", "Ada Orr + Ben Lee + Cleo van der Meer");
        check("By Ada Orr | Associated Press", "Ada Orr");
        check("By Ada Orr in Delmare", "Ada Orr");
        check("(Reporting by Ada Orr in Delmare; Editing by Ben Lee)", "Ada Orr");
    }

    #[test]
    fn lines_that_name_no_author() {
        for line in [
            "By Monday the ferry had sunk.",
            "By Staff Reporter",
            "By Delmare Courier",
            "By noon",
            "By the Associated Press",
            "By and large Ada Orr agrees",
        ] {
            check(line, "");
        }
    }

    #[test]
    fn people_and_others() {
        assert_eq!(person("Ada Orr (Delmare)").as_deref(), Some("Ada Orr"));
        for other in ["Delmare Courier Staff", "admin", "https://delmare.com/ada", "News Desk", "ada.orr@delmare.com"] {
            assert_eq!(person(other), None, "{other}");
        }
    }
}
