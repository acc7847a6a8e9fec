//! Sentences of running text.

use std::ops::Range;

/// Returns the byte ranges of the sentences of a text, without white space at their ends.
///
/// A line break always ends a sentence. A full stop, question or exclamation mark ends one when what follows can begin
/// one and the word before is no abbreviation; closing quotation marks and brackets stay with the sentence they close.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in crate::words::lines(text) {
        split_line(text, line, &mut found);
    }
    found
}

fn split_line(text: &str, line: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut start = line.start;
    let mut chars = text[line.clone()].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let stop = line.start + at;
        let mut end = stop + c.len_utf8();
        while let Some(&(next, mark)) = chars.peek() {
            if !matches!(mark, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | ')' | ']' | '»') {
                break;
            }
            end = line.start + next + mark.len_utf8();
            chars.next();
        }
        if end < line.end && ends_here(text, start, stop, c, end, line.end) {
            found.push(start..end);
            start = end + (text[end..line.end].len() - text[end..line.end].trim_start().len());
        }
    }
    if start < line.end {
        found.push(start..line.end);
    }
}

fn ends_here(text: &str, start: usize, stop: usize, mark: char, end: usize, line_end: usize) -> bool {
    let rest = &text[end..line_end];
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start();
    let begins = next.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«', '–', '—', '-', ' ']);
    let can_begin = begins.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii());
    if !can_begin {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let before = text[start..stop].rsplit([' ', '(', '“', '"', '‘']).next().unwrap_or("");
    !is_abbreviation(before, begins)
}

/// Tells whether a full stop after this word, before this rest, belongs to the word.
fn is_abbreviation(word: &str, next: &str) -> bool {
    let folded = word.to_lowercase();
    if BEFORE_NAME.contains(&folded.as_str()) {
        return true;
    }
    if BEFORE_NUMBER.contains(&folded.as_str()) {
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    let initials = word.chars().count() == 1 || (word.contains('.') && word.split('.').all(|p| p.chars().count() == 1));
    if !word.chars().next().is_some_and(char::is_uppercase) || !initials {
        return false;
    }
    // "J. Smith" goes on; "in the U.S. The" does not, and function words begin sentences far more often than names.
    let first = next.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or("");
    !STARTERS.contains(&first)
}

const BEFORE_NAME: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "cmdr", "maj", "adm", "brig", "rep", "sen",
    "gov", "rev", "hon", "pres", "st", "ste", "mt", "sr", "jr", "messrs", "mme", "mlle", "fr", "supt", "det", "insp",
    "vs", "v", "e.g", "i.e", "cf", "approx", "pvt", "cpl", "amb", "sec", "atty", "dep", "asst", "ft",
];

const BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "art", "p", "pp",
    "vol", "fig", "ch", "par", "c", "ca",
];

const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "But",
    "And",
    "He",
    "She",
    "It",
    "They",
    "We",
    "I",
    "This",
    "That",
    "These",
    "Those",
    "His",
    "Her",
    "Their",
    "Its",
    "There",
    "However",
    "Meanwhile",
    "For",
    "From",
    "With",
    "As",
    "After",
    "Before",
    "When",
    "While",
    "If",
    "Although",
    "Since",
    "Some",
    "Many",
    "Most",
    "Several",
    "According",
    "Earlier",
    "Last",
    "Both",
    "You",
    "Our",
    "My",
    "What",
    "Who",
    "Why",
    "How",
    "No",
    "Not",
    "So",
    "Then",
    "Under",
    "By",
    "To",
];

#[cfg(test)]
mod tests {
    use super::sentences;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check(
            "Gen. Ada Orr met the U.S. envoy. The talks failed.",
            &["Gen. Ada Orr met the U.S. envoy.", "The talks failed."],
        );
        check("She lives in the U.S. The move was in 2019.", &["She lives in the U.S.", "The move was in 2019."]);
        check("It ranks No. 10. Sales rose 3.5 percent.", &["It ranks No. 10.", "Sales rose 3.5 percent."]);
    }

    #[test]
    fn closing_marks_stay() {
        check("“We left.” They stayed.", &["“We left.”", "They stayed."]);
    }
}
