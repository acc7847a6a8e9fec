//! Dates of publication, in the forms that pages write them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil;

const MONTHS: &str = include_str!("../data/months.tsv");

static BY_NAME: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    let rows = MONTHS.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
    rows.flat_map(|(number, names)| names.split(' ').filter_map(|name| Some((name, number.parse().ok()?)))).collect()
});

/// Returns the number of a month by its name.
pub(crate) fn month(name: &str) -> Option<i8> {
    // Most words are no months: look up only what begins with a capital letter or is short enough.
    if name.len() > 14 || name.len() < 3 || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    BY_NAME.get(name.to_lowercase().as_str()).copied()
}

/// Tells whether a word is an English weekday.
pub(crate) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let short = |day: &str| word.eq_ignore_ascii_case(day) || word.eq_ignore_ascii_case(&day[..3]);
    DAYS.iter().any(|day| short(day))
        || ["tues", "thur", "thurs", "weds"].iter().any(|day| word.eq_ignore_ascii_case(day))
}

/// Returns a stated time as RFC 3339 where it has an offset, as a bare day where it has none; nothing where no full
/// date is stated.
pub(crate) fn parse(stated: &str) -> Option<String> {
    let stated = stated.trim();
    iso(stated).or_else(|| worded(stated)).or_else(|| numeric(stated))
}

/// "2025-03-27T08:00:00Z", "2025-03-27 08:00+01:00", "2025-03-27", "20250327", "2025/03/27".
fn iso(stated: &str) -> Option<String> {
    let bytes = stated.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 8 && (bytes.len() == 8 || !bytes[8].is_ascii_alphanumeric() || bytes[8] == b'T') {
        return day(stated[..4].parse().ok()?, stated[4..6].parse().ok()?, stated[6..8].parse().ok()?);
    }
    if digits != 4 || bytes.len() < 8 || !matches!(bytes[4], b'-' | b'/' | b'.') {
        return None;
    }
    let mut parts = stated.splitn(3, ['-', '/', '.']);
    let (year, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let n_day = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&n_day) || month.len() > 2 {
        return None;
    }
    let date = day(year.parse().ok()?, month.parse().ok()?, rest[..n_day].parse().ok()?)?;
    let Some(clock) = clock(rest[n_day..].trim_start_matches(['T', 't', ' '])) else { return Some(date) };
    Some(format!("{date}T{clock}"))
}

/// Returns "08:00:00Z" or "08:00:00+01:00" of a time with an offset; a time without one is no instant.
fn clock(stated: &str) -> Option<String> {
    let bytes = stated.as_bytes();
    let two = |at: usize, most: u8| {
        let pair = stated.get(at..at + 2)?;
        let value: u8 = pair.parse().ok()?;
        (value <= most && pair.bytes().all(|b| b.is_ascii_digit())).then_some(value)
    };
    let (hour, minute) = (two(0, 23)?, two(3, 59)?);
    if *bytes.get(2)? != b':' {
        return None;
    }
    let mut at = 5;
    let mut second = 0;
    if bytes.get(at) == Some(&b':') {
        second = two(at + 1, 59)?;
        at += 3;
        if matches!(bytes.get(at), Some(b'.' | b',')) {
            at += 1 + bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        }
    }
    let offset = stated.get(at..)?.trim();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if matches!(offset, "Z" | "z" | "UTC" | "GMT") {
        return Some(format!("{time}Z"));
    }
    let sign = offset.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = offset[1..].chars().filter(|c| c.is_ascii_digit()).collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    (hours.parse::<u8>().ok()? <= 14 && minutes.parse::<u8>().ok()? <= 59)
        .then(|| format!("{time}{sign}{hours}:{minutes}"))
}

/// "March 27, 2025", "Thursday 27 March 2025", "27. März 2025", "Thu, 27 Mar 2025 08:00:00 +0000".
fn worded(stated: &str) -> Option<String> {
    let words: Vec<&str> = stated
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | '-' | '·'))
        .filter(|word| !word.is_empty())
        .take(40)
        .collect();
    for (at, word) in words.iter().enumerate() {
        let Some(month) = month(word) else { continue };
        let before = at.checked_sub(1).and_then(|n| {
            day_number(words[n])
                .or_else(|| (words[n] == "de").then(|| day_number(words.get(n.checked_sub(1)?)?)).flatten())
        });
        let next = words.get(at + 1).and_then(|w| day_number(w));
        let year_at = |n: usize| {
            words
                .get(n)
                .and_then(|w| year(w))
                .or_else(|| words.get(n).filter(|w| **w == "de").and_then(|_| year(words.get(n + 1)?)))
        };
        let (found, rest) = match (before, next, year_at(at + 1), year_at(at + 2)) {
            (Some(day_of), _, Some(year), _) => (day(year, month, day_of)?, at + 2),
            (_, Some(day_of), _, Some(year)) => (day(year, month, day_of)?, at + 3),
            _ => continue,
        };
        // RFC 2822 states the offset after the time.
        let clock = words.get(rest).and_then(|time| clock(&format!("{time}{}", words.get(rest + 1).unwrap_or(&""))));
        return Some(clock.map_or_else(|| found.clone(), |clock| format!("{found}T{clock}")));
    }
    None
}

/// "27.3.2025" has one reading, "27/03/2025" too; "03/04/2025" has two and is not read.
fn numeric(stated: &str) -> Option<String> {
    for word in stated.split([' ', ',', '|', '(', ')', '\u{a0}']).take(40) {
        let mark = if word.contains('.') {
            '.'
        } else if word.contains('/') {
            '/'
        } else {
            '-'
        };
        let parts: Vec<&str> = word.trim_end_matches(['.', ':', ';']).split(mark).collect();
        let [first, second, third] = parts.as_slice() else { continue };
        let (Some(first), Some(second), Some(year)) = (day_number(first), day_number(second), year(third)) else {
            continue;
        };
        return match mark {
            '.' => day(year, second, first),
            _ if first > 12 => day(year, second, first),
            _ if second > 12 => day(year, first, second),
            _ if first == second => day(year, first, second),
            _ => None,
        };
    }
    None
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c == 'º');
    let tail = &word[digits.len()..];
    if !matches!(tail, "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º") || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if digits.len() != 4 || word.len() > 6 {
        return None;
    }
    digits.parse().ok().filter(|year| (1800..2100).contains(year))
}

fn day(year: i16, month: i8, day: i8) -> Option<String> {
    (1800..2100).contains(&year).then_some(())?;
    civil::Date::new(year, month, day).ok().map(|date| date.to_string())
}

/// Tells whether a short line states nothing but when it was published or changed.
pub(crate) fn is_date_line(line: &str) -> bool {
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '/' | '-' | '–' | '—' | '·' | '•' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > 16 {
        return false;
    }
    let dated = words.iter().any(|word| month(word).is_some())
        || numeric(line).is_some()
        || line.split(' ').any(|word| iso(word).is_some());
    dated
        && words.iter().all(|word| is_date_word(word))
        && words.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit()))
}

fn is_date_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = digits.bytes().any(|b| b.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    is_number && bare.len() - digits.len() <= 2
        || bare.is_empty()
        || month(&bare).is_some()
        || is_weekday(&bare)
        || DATE_WORDS.contains(&bare.as_str())
        || iso(&bare).is_some()
}

const DATE_WORDS: &[&str] = &[
    "published",
    "posted",
    "updated",
    "modified",
    "last",
    "on",
    "at",
    "am",
    "pm",
    "a.m",
    "p.m",
    "et",
    "est",
    "edt",
    "pt",
    "pst",
    "pdt",
    "ct",
    "cst",
    "cdt",
    "mt",
    "gmt",
    "utc",
    "bst",
    "cet",
    "cest",
    "ist",
    "aest",
    "z",
    "date",
    "first",
    "created",
    "de",
    "uhr",
    "h",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "am",
    "um",
    "o'clock",
];

/// Tells whether a line speaks of a change rather than of the first publication.
pub(crate) fn is_update(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["updated", "modified", "last edited", "aktualisiert", "mis à jour", "actualizado"]
        .iter()
        .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{is_date_line, parse};

    fn check(stated: &str, expected: &str) {
        assert_eq!(parse(stated).unwrap_or_default(), expected, "{stated}");
    }

    #[test]
    fn instants_keep_their_offset() {
        check("2025-03-27T08:15:00Z", "2025-03-27T08:15:00Z");
        check("2025-03-27T08:15:00.123+0100", "2025-03-27T08:15:00+01:00");
        check("2025-03-27 08:15:00+01:00", "2025-03-27T08:15:00+01:00");
        check("Thu, 27 Mar 2025 08:15:00 GMT", "2025-03-27T08:15:00Z");
    }

    #[test]
    fn days_in_words_and_numbers() {
        check("2025-03-27T08:15:00", "2025-03-27");
        check("March 27, 2025", "2025-03-27");
        check("Thursday, March 27th, 2025 at 3:41 p.m. ET", "2025-03-27");
        check("27 March 2025", "2025-03-27");
        check("27. März 2025", "2025-03-27");
        check("27 de marzo de 2025", "2025-03-27");
        check("27.03.2025, 18:04 Uhr", "2025-03-27");
        check("27/03/2025", "2025-03-27");
        check("20250327", "2025-03-27");
    }

    #[test]
    fn what_states_no_full_day_gives_none() {
        for stated in
            ["", "yesterday", "March 27", "03/04/2025", "2025", "31 February 2025", "no date", "2025-13-40", "１２"]
        {
            check(stated, "");
        }
    }

    #[test]
    fn date_lines() {
        for line in [
            "March 27, 2025",
            "Published: 27 March 2025 at 3:41 pm GMT",
            "Thursday, March 27, 2025",
            "27.03.2025 | 18:04 Uhr",
            "Updated 2025-03-27",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in [
            "On March 27, 2025, the ferry sank.",
            "The ferry",
            "27",
            "March of the penguins",
            "May the best win in 2025",
        ] {
            assert!(!is_date_line(line), "{line}");
        }
    }
}
