//! Photo credits, told apart from credits for words.

use variorum_news::CreditKind;

use super::Found;
use super::outlets::{is_agency, is_outlet, is_picture_agency};

const MARKS: &str = include_str!("../../data/photo-credits.tsv");

/// The longest credit after its mark, in words.
const MOST_WORDS: usize = 14;

/// Returns the photo credit that a line ends with, or consists of.
pub(crate) fn photo_at(line: &str) -> Option<Found> {
    labelled(line).or_else(|| signed(line)).or_else(|| shared(line))
}

/// Tells whether a line is nothing but a photo credit.
pub(crate) fn is_photo_line(line: &str, credit: &Found) -> bool {
    line[..credit.bytes.start].trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
}

fn rows(rule: &'static str) -> impl Iterator<Item = &'static str> {
    MARKS
        .lines()
        .filter_map(|row| row.split_once('\t'))
        .filter(move |(kind, _)| *kind == rule)
        .filter_map(|(_, rest)| rest.split('\t').next())
}

/// "… at the quay. Photo: Ada Orr/Delmare Courier".
fn labelled(line: &str) -> Option<Found> {
    let at = rows("label").filter_map(|mark| Some((find_label(line, mark)?, mark))).min()?;
    let (start, mark) = at;
    let source = line[start + mark.len()..]
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | ')' | '[' | ']' | '|'));
    let openers = ["Courtesy of ", "courtesy of ", "Courtesy: ", "the ", "The ", "by "];
    let source = openers.iter().fold(source, |source, opener| source.strip_prefix(opener).unwrap_or(source));
    let source = source.trim_end_matches('.');
    let n_words = source.split_whitespace().count();
    if !(1..=MOST_WORDS).contains(&n_words)
        || !source.starts_with(|c: char| {
            c.is_uppercase() || !c.is_alphabetic() || c.is_lowercase() && source.contains(['.', '/', '@'])
        })
    {
        return None;
    }
    Some(Found { source: source.to_owned(), kind: CreditKind::Photo, bytes: start..trimmed_end(line) })
}

/// A mark counts at the beginning of a line and after the end of a sentence or an opening bracket.
fn find_label(line: &str, mark: &str) -> Option<usize> {
    line.match_indices(mark).map(|(at, _)| at).find(|&at| {
        let before = line[..at].trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', '(', '[', '|', '”', '"', ')', '–', '—'])
    })
}

/// "… at the quay. (AP Photo/Ada Orr)", "Ada Orr / Getty Images".
fn signed(line: &str) -> Option<Found> {
    if line.len() > 1200 {
        return None;
    }
    let (mark_at, mark) = rows("sign").filter_map(|mark| Some((line.rfind(mark)?, mark))).max()?;
    let rest = line[mark_at + mark.len()..].split_whitespace().count();
    let start = line[..mark_at].rfind(['(', '.', '!', '?', '|', '—']).map_or(0, |at| at + 1);
    let start = start + (line[start..].len() - line[start..].trim_start().len());
    let source = line[start..trimmed_end(line)]
        .trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.') || c.is_whitespace());
    let n_words = source.split_whitespace().count();
    if rest > 6 || n_words == 0 || n_words > 10 {
        return None;
    }
    Some(Found { source: source.to_owned(), kind: CreditKind::Photo, bytes: start..trimmed_end(line) })
}

/// A line of a person and an outlet with a stroke between them: "Ada Orr / Delmare Courier", "© Ada Orr / AFP".
fn shared(line: &str) -> Option<Found> {
    let bare = line.trim().trim_start_matches('©').trim().trim_matches(['(', ')', '[', ']', '.']);
    if is_picture_agency(bare) {
        return Some(Found { source: bare.to_owned(), kind: CreditKind::Photo, bytes: 0..trimmed_end(line) });
    }
    let (left, right) = bare.split_once('/')?;
    let (left, right) = (left.trim(), right.trim());
    let fits = is_person(left) && (is_outlet(right) || is_picture_agency(right)) || is_agency(left) && is_person(right);
    fits.then(|| Found { source: bare.to_owned(), kind: CreditKind::Photo, bytes: 0..trimmed_end(line) })
}

/// Two to four words with a capital letter each, and no outlet.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let shaped = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
    };
    (2..=4).contains(&words.len()) && words.iter().all(shaped) && !is_outlet(name)
}

fn trimmed_end(line: &str) -> usize {
    line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::{MARKS, is_photo_line, photo_at};

    #[test]
    fn every_mark_finds_its_example() {
        for row in MARKS.lines().filter(|row| !row.starts_with('#')) {
            let example = row.split('\t').nth(2).expect("a row has three cells");
            assert!(photo_at(example).is_some(), "{example}");
        }
    }

    #[test]
    fn a_caption_keeps_its_words() {
        let line = "The ferry at its quay on Monday. Photo: Courtesy Port/\"X\"";
        let credit = photo_at(line).expect("a photo credit");
        assert_eq!(&line[credit.bytes.clone()], "Photo: Courtesy Port/\"X\"");
        assert!(!is_photo_line(line, &credit));
        let alone = "(Photo by Ada Orr)";
        assert!(is_photo_line(alone, &photo_at(alone).expect("a photo credit")));
    }

    #[test]
    fn sentences_about_pictures_are_no_credits() {
        for line in [
            "She sold the photo by phone.",
            "The image: a ferry on fire.",
            "Reuters reported it.",
            "He took Credit: the bank.",
        ] {
            assert_eq!(photo_at(line), None, "{line}");
        }
    }
}
