//! Bylines of agencies: the people in them, without roles, places and agencies.

use std::sync::LazyLock;

const ROWS: &str = include_str!("../../data/byline.tsv");

/// Words that close the name of a desk or an agency.
const NOT_PEOPLE: &str = include_str!("../../data/not-people.tsv");

/// The rows of the table: what a word is, the word, an example, the people in it.
static WORDS: LazyLock<Vec<[&str; 4]>> = LazyLock::new(|| {
    let rows = ROWS.lines().filter(|row| !row.starts_with('#') && !row.is_empty());
    rows.filter_map(|row| <[&str; 4]>::try_from(row.split('\t').collect::<Vec<_>>()).ok()).collect()
});

/// A longer line is no byline.
const LONGEST: usize = 400;

/// Who wrote an item, as far as its byline tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    /// The people, in their order.
    pub people: Vec<String>,
    /// The line says nothing but these names.
    pub whole: bool,
}

impl Byline {
    /// Returns the people of a line ("By Ada Orr and Ben Lee, Delmare Wire").
    ///
    /// What stands behind a comma is a name only in a list that ends with "and …": else it is a role or an agency.
    pub(crate) fn of(line: &str) -> Byline {
        if line.len() > LONGEST {
            return Byline::default();
        }
        let words: Vec<&str> = without_opener(line).split_whitespace().collect();
        let is_list = words.iter().any(|word| is("joiner", word));
        let mut byline = Byline { people: Vec::new(), whole: true };
        for group in words.split(|word| is("joiner", word)) {
            let named = group.split(|word| is("place", word)).next().unwrap_or_default();
            byline.whole &= named.len() == group.len();
            for (at, part) in named.join(" ").split([',', ';', '|', '/']).enumerate() {
                byline.add(part.trim(), at == 0 || is_list);
            }
        }
        byline.whole &= !byline.people.is_empty();
        byline
    }

    fn add(&mut self, part: &str, can_be_name: bool) {
        if part.is_empty() {
            return;
        }
        let person = Some(part).filter(|part| can_be_name && is_person(part));
        self.whole &= person.is_some();
        if let Some(person) = person.filter(|person| !self.people.iter().any(|known| known == person)) {
            self.people.push(person.to_owned());
        }
    }
}

/// Returns the names of a line that is known to hold nothing but people.
pub(crate) fn joined_names(line: &str) -> Vec<String> {
    let words: Vec<&str> = without_opener(line).split_whitespace().collect();
    let groups = words.split(|word| is("joiner", word)).map(|group| group.join(" "));
    groups.map(|name| name.trim_end_matches([',', ';']).to_owned()).filter(|name| !name.is_empty()).collect()
}

/// Returns a byline without what stands before its first name.
pub(crate) fn without_opener(line: &str) -> &str {
    let line = line.trim();
    let Some((first, rest)) = line.split_once(char::is_whitespace) else { return line };
    if is("opener", first) || is("opener", first.trim_end_matches(':')) { without_opener(rest) } else { line }
}

fn is(what: &str, word: &str) -> bool {
    WORDS.iter().any(|row| row[0] == what && row[1] == word)
}

/// Tells whether words have the shape of a person's name: two to five, with capitals, and none that no name holds.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let odd =
        |c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '#' | '?' | '!' | '"' | '_' | '=' | '<' | '(' | '[');
    let capitals = words.iter().filter(|word| word.chars().take(3).any(char::is_uppercase)).count();
    let is_particle =
        |word: &&str| word.chars().count() <= 4 && word.chars().all(|c| c.is_lowercase() || "'’-".contains(c));
    let known = |word: &&str| is("nobody", &bare(word));
    let last = words.last().map(|word| bare(word)).unwrap_or_default();
    let closes = NOT_PEOPLE.lines().filter_map(|row| row.split_once('\t')).any(|(word, _)| word == last);
    (2..=5).contains(&words.len())
        && capitals >= 2
        && !name.contains(odd)
        && words.iter().all(|word| word.chars().take(3).any(char::is_uppercase) || is_particle(word))
        && !words.iter().any(known)
        && !closes
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Byline, ROWS, WORDS};

    #[test]
    fn every_row_keeps_its_example() {
        let rows = ROWS.lines().filter(|row| !row.starts_with('#') && !row.is_empty()).count();
        assert_eq!(WORDS.len(), rows, "a row has four columns");
        for [_, word, example, people] in WORDS.iter() {
            let expected: Vec<&str> = people.split("; ").filter(|name| !name.is_empty()).collect();
            assert_eq!(Byline::of(example).people, expected, "{word}: {example}");
        }
    }

    fn check(line: &str, people: &[&str], whole: bool) {
        assert_eq!(Byline::of(line), Byline { people: people.iter().map(|name| (*name).to_owned()).collect(), whole });
    }

    #[test]
    fn roles_and_agencies_are_not_people() {
        check("By Ada Orr, Harbour Editor", &["Ada Orr"], false);
        check("Ada Orr/DW", &["Ada Orr"], false);
        check("DW-AFX", &[], false);
        check("Delmare Wire", &[], false);
        check("By Ada d'Orr and Ben van der Lee", &["Ada d'Orr", "Ben van der Lee"], true);
        check("by ADA B. ORR", &["ADA B. ORR"], true);
        check("", &[], false);
    }
}
