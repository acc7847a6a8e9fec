//! Photo credits, told apart from credits for words.

use std::sync::LazyLock;

use variorum_news::CreditKind;

use super::Found;
use super::outlets::{is_outlet, is_picture_agency, is_signature};

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

/// The marks of one rule.
fn rows(rule: &str) -> Vec<&'static str> {
    let rows = MARKS.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
    rows.filter(|(kind, _)| *kind == rule).filter_map(|(_, rest)| rest.split('\t').next()).collect()
}

static LABELS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows("label"));
static SIGNS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows("sign"));
/// The bytes with which signs begin; most places of a line begin none.
static OPENINGS: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let mut openings = [false; 256];
    SIGNS.iter().filter_map(|sign| sign.bytes().next()).for_each(|byte| openings[usize::from(byte)] = true);
    openings
});

/// "… at the quay. Photo: Ada Orr/Delmare Courier".
fn labelled(line: &str) -> Option<Found> {
    let (start, length) = find_label(line)?;
    let after = &line[start + length..];
    let is_plural = line[start..start + length].ends_with("s:");
    let skipped = after.len() - after.trim_start_matches(is_opening).len();
    let credited = sentence(&after[skipped..]);
    let source = without_openers(tidy(credited));
    let n_words = source.split_whitespace().count();
    let opens = source.starts_with(|c: char| {
        c.is_uppercase() || !c.is_alphanumeric() || c.is_lowercase() && source.contains(['.', '/', '@'])
    });
    // "Photos: the year at sea in pictures" is a title.
    if !opens || !(1..=if is_plural { MOST_WORDS / 2 } else { MOST_WORDS }).contains(&n_words) {
        return None;
    }
    let bracket = usize::from(line[..start].ends_with(['(', '[']));
    let rest = &after[skipped + credited.len()..];
    let close = if rest.chars().all(|c| !c.is_alphanumeric()) { line.len() } else { line.len() - rest.len() };
    Some(Found {
        source: source.to_owned(),
        kind: CreditKind::Photo,
        bytes: start - bracket..line[..close].trim_end().len(),
    })
}

fn is_opening(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '(' | '[' | '|' | '©')
}

fn without_openers(source: &str) -> &str {
    let openers = ["Courtesy of ", "courtesy of ", "Courtesy: ", "the ", "The ", "by ", "© "];
    openers.iter().fold(source, |source, opener| source.strip_prefix(opener).unwrap_or(source))
}

/// Returns what stands before the end of a sentence; the full stop of an initial ends none.
fn sentence(text: &str) -> &str {
    let end = text.match_indices(". ").find(|(at, _)| {
        let word = text[..*at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        word.chars().count() > 2
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Returns a source without the marks, address or day after it.
fn tidy(source: &str) -> &str {
    let source = source.split(" http").next().unwrap_or(source);
    let mut source = source.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '|' | ']'));
    while let Some(shorter) =
        source.strip_suffix(')').filter(|rest| rest.matches('(').count() <= rest.matches(')').count())
    {
        source = shorter.trim_end();
    }
    let is_day =
        |tail: &str| tail.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | ' ')) && tail.len() > 4;
    match source.rsplit_once([',', ';']) {
        Some((head, tail)) if is_day(tail.trim()) => head.trim_end(),
        _ => source,
    }
}

/// Returns where the first label stands and its length: at the beginning of a line, after the end of a sentence or
/// after an opening bracket.
fn find_label(line: &str) -> Option<(usize, usize)> {
    let mut may_begin = true;
    for (at, c) in line.char_indices() {
        if may_begin && !c.is_whitespace() {
            let marks = LABELS.iter().filter(|mark| mark.starts_with(c) && line[at..].starts_with(**mark));
            // Of marks that begin at one place the longest is meant ("Photo Courtesy of").
            if let Some(length) = marks.map(|mark| mark.len()).max() {
                return Some((at, length));
            }
        }
        may_begin = is_before_label(c) || may_begin && c.is_whitespace();
    }
    None
}

fn is_before_label(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '(' | '[' | '|' | '”' | '"' | ')' | '–' | '—' | '©')
}

/// "… at the quay. (AP Photo/Ada Orr)", "Ada Orr / Getty Images".
fn signed(line: &str) -> Option<Found> {
    if line.len() > 1200 {
        return None;
    }
    let (mark_at, mark) = find_sign(line)?;
    let after = &line[mark_at + mark.len()..];
    // "Getty Images has sued" goes on as a sentence.
    let goes_on = after.trim_start().starts_with(char::is_lowercase) || after.split_whitespace().count() > 6;
    let start = begin(&line[..mark_at]);
    let start = start + (line[start..].len() - line[start..].trim_start().len());
    let source = tidy(&line[start..trimmed_end(line)]);
    let source = source.rsplit_once(": ").map_or(source, |(_, after)| after);
    let source = source.trim_start_matches(|c: char| is_opening(c) || c.is_ascii_digit());
    let n_small =
        source.split_whitespace().filter(|word| word.starts_with(char::is_lowercase) && !is_joint(word)).count();
    let source = if n_small > 1 { mark.trim_matches('/') } else { source };
    let n_words = source.split_whitespace().count();
    if goes_on || n_words == 0 || n_words > 10 {
        return None;
    }
    Some(Found { source: source.to_owned(), kind: CreditKind::Photo, bytes: start..trimmed_end(line) })
}

fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "via"
            | "for"
            | "by"
            | "of"
            | "and"
            | "on"
            | "de"
            | "von"
            | "van"
            | "del"
            | "da"
            | "der"
            | "picture"
            | "alliance"
    )
}

/// The last mark that stands as a word of its own near the end of the line, the longest of those at one place.
fn find_sign(line: &str) -> Option<(usize, &'static str)> {
    let tail = (line.len().saturating_sub(SIGN_REACH)..=line.len()).find(|at| line.is_char_boundary(*at))?;
    let is_whole = |at: usize, mark: &str| {
        let after = &line[at + mark.len()..];
        mark.ends_with('/') || !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    };
    let openings = &*OPENINGS;
    let opens = |at: &usize| openings[usize::from(line.as_bytes()[*at])];
    (tail..line.len()).rev().filter(opens).find_map(|at| {
        let rest = line.get(at..)?;
        let begins = SIGNS.iter().filter(|mark| rest.starts_with(**mark) && is_whole(at, mark));
        begins.max().map(|mark| (at, *mark))
    })
}

/// A sign stands within this many bytes of the end of its line.
const SIGN_REACH: usize = 160;

/// Where the credit begins that a mark ends: after a bracket or the end of a sentence.
fn begin(before: &str) -> usize {
    let marks = before.char_indices().rev().find(|(at, c)| {
        matches!(c, '(' | '|' | '—') || matches!(c, '.' | '!' | '?' | '”') && ends_sentence(before, *at, *c)
    });
    marks.map_or(0, |(at, c)| at + c.len_utf8())
}

fn ends_sentence(before: &str, at: usize, mark: char) -> bool {
    let word = before[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    before[at + mark.len_utf8()..].starts_with(char::is_whitespace) && word.chars().count() > 2
        || before.len() == at + mark.len_utf8()
}

/// A line of a person and an outlet with a stroke between them: "Ada Orr / Delmare Courier", "© Ada Orr / AFP".
fn shared(line: &str) -> Option<Found> {
    let bare = line.trim().trim_start_matches('©').trim().trim_matches(['(', ')', '[', ']', '.']);
    if is_picture_agency(bare) {
        return Some(Found { source: bare.to_owned(), kind: CreditKind::Photo, bytes: 0..trimmed_end(line) });
    }
    let is_short = bare.split_whitespace().count() <= 4 && !bare.contains(|c: char| c.is_ascii_digit());
    if line.trim().starts_with('©') && is_short && (is_outlet(bare) || is_person(bare)) {
        return Some(Found { source: bare.to_owned(), kind: CreditKind::Photo, bytes: 0..trimmed_end(line) });
    }
    let (left, right) = bare.split_once(['/', '|'])?;
    let (left, right) = (left.trim(), right.trim());
    let fits =
        is_person(left) && (is_outlet(right) || is_picture_agency(right)) || is_signature(left) && is_person(right);
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
