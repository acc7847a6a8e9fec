//! Dates of publication, in the forms that pages write them.

mod lines;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::{Timestamp, civil};

pub(crate) use lines::{before_update, is_date_line, is_of_other, is_publication, is_update};

const MONTHS: &str = include_str!("../data/months.tsv");

static BY_NAME: LazyLock<BTreeMap<&'static str, i8>> = LazyLock::new(|| {
    let rows = MONTHS.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
    rows.flat_map(|(number, names)| names.split(' ').filter_map(|name| Some((name, number.parse().ok()?)))).collect()
});

/// Short names of months that are other words in running English text.
const ALSO_WORDS: &[&str] = &["ago", "set", "gen"];

/// Returns the number of a month by its name, where the word can be nothing else in running text.
pub(crate) fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    if ALSO_WORDS.contains(&name.as_str()) {
        return None;
    }
    named(&name)
}

/// Returns the number of a month by its name in lower case.
fn named(name: &str) -> Option<i8> {
    if name.len() > 40 || name.len() < 2 || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    BY_NAME.get(name.trim_end_matches('.')).copied()
}

/// Tells whether a word is an English weekday.
pub(crate) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let short = |day: &str| word.eq_ignore_ascii_case(day) || word.eq_ignore_ascii_case(&day[..3]);
    DAYS.iter().any(|day| short(day))
        || ["tues", "thur", "thurs", "weds"].iter().any(|day| word.eq_ignore_ascii_case(day))
}

/// Which number of "03/04/2025" is the day: it differs between countries that write English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl Order {
    /// Returns the order that a language tag implies.
    pub(crate) fn of(language: Option<&str>) -> Self {
        let Some(language) = language else { return Order::Unknown };
        let mut parts = language.split(['-', '_']);
        match (parts.next().unwrap_or(""), parts.next()) {
            ("en", Some("US")) => Order::MonthFirst,
            ("en", Some("GB" | "IE" | "AU" | "NZ" | "IN" | "ZA")) => Order::DayFirst,
            ("en" | "es" | "", _) => Order::Unknown,
            _ => Order::DayFirst,
        }
    }
}

/// Returns a stated time as RFC 3339 where it has an offset, as a bare day where it has none; nothing where no full
/// date is stated.
pub(crate) fn parse(stated: &str) -> Option<String> {
    parse_in(stated, Order::Unknown)
}

/// Returns a stated time as `parse` does, with an order for numbers that have two readings.
pub(crate) fn parse_in(stated: &str, order: Order) -> Option<String> {
    let plain = plain_digits(stated.trim());
    if !plain.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    iso(&plain).or_else(|| ideographic(&plain)).or_else(|| worded(&plain)).or_else(|| numeric(&plain, order))
}

/// Returns what a field that is made for machines states: also seconds or milliseconds since 1970.
pub(crate) fn stamp(stated: &str, order: Order) -> Option<String> {
    let stated = stated.trim();
    let is_count = matches!(stated.len(), 10 | 13) && stated.bytes().all(|b| b.is_ascii_digit());
    if is_count && !stated.starts_with("20") {
        let seconds: i64 = stated[..10].parse().ok()?;
        return Timestamp::from_second(seconds).ok().map(|time| time.to_string());
    }
    parse_in(stated, order)
}

/// Digits of other scripts are read like ours.
fn plain_digits(stated: &str) -> String {
    stated
        .chars()
        .map(|c| {
            let zero = match c {
                '０'..='９' => '０',
                '٠'..='٩' => '٠',
                '۰'..='۹' => '۰',
                '०'..='९' => '०',
                '০'..='৯' => '০',
                _ => return c,
            };
            char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c)
        })
        .collect()
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
    let (year, month, rest) = (parts.next()?, parts.next()?.trim(), parts.next()?.trim_start());
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
    // "GMT+0000", as browsers print it.
    let offset = offset.strip_prefix("GMT").or_else(|| offset.strip_prefix("UTC")).unwrap_or(offset).trim_start();
    let sign = offset.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String =
        offset[1..].chars().take_while(|c| c.is_ascii_digit() || *c == ':').filter(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    (hours.parse::<u8>().ok()? <= 14 && minutes.parse::<u8>().ok()? <= 59)
        .then(|| format!("{time}{sign}{hours}:{minutes}"))
}

/// "2025年3月27日", "2025년 3월 27일", "2025. 3. 27", "ngày 27 tháng 3 năm 2025".
fn ideographic(stated: &str) -> Option<String> {
    if let Some((before, rest)) = stated.split_once(['年', '년']) {
        let (month, rest) = rest.split_once(['月', '월'])?;
        let (of_month, _) = rest.split_once(['日', '号', '號', '일'])?;
        return day(last_number(before)?, month.trim().parse().ok()?, of_month.trim().parse().ok()?);
    }
    if let Some((before, rest)) = stated.split_once("tháng") {
        let (month, year) = rest.trim().split_once([',', ' '])?;
        let year = year.trim().trim_start_matches("năm").trim();
        return day(year.get(..4)?.parse().ok()?, month.trim().parse().ok()?, last_number(before)?.try_into().ok()?);
    }
    None
}

fn last_number(text: &str) -> Option<i16> {
    let text = text.trim_end();
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    text[text.len() - digits..].parse().ok()
}

/// "March 27, 2025", "Thursday 27 March 2025", "27. März 2025", "2025. március 27.", "Thu, 27 Mar 2025 08:00:00 +0000".
fn worded(stated: &str) -> Option<String> {
    let words: Vec<&str> = stated
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | '-' | '·' | '(' | ')' | '،'))
        .filter(|word| !word.is_empty())
        .take(40)
        .collect();
    for (at, word) in words.iter().enumerate() {
        let Some(month) = named(&word.to_lowercase()) else { continue };
        let earlier = |n: usize| at.checked_sub(n).map(|n| words[n]);
        let later = |n: usize| words.get(at + n).copied();
        let before = earlier(1).and_then(|word| {
            day_number(word).or_else(|| is_connector(word).then(|| earlier(2)).flatten().and_then(day_number))
        });
        let next = later(1).and_then(day_number);
        let year_at = |n: usize| {
            let word = later(n)?;
            year(word)
                .map(|year| (year, n))
                .or_else(|| is_connector(word).then(|| later(n + 1)).flatten().and_then(year).map(|year| (year, n + 1)))
        };
        // "2025. gada 27. marts" has the year before the day, "2025. március 27." before the month.
        let year_before = |n: usize| {
            let word = earlier(n)?;
            year(word).or_else(|| is_connector(word).then(|| earlier(n + 1)).flatten().and_then(year))
        };
        let found = match (before, next) {
            (Some(of_month), _) if year_at(1).is_some() => year_at(1).map(|(year, n)| (year, of_month, at + n + 1)),
            (_, Some(of_month)) if year_at(2).is_some() => year_at(2).map(|(year, n)| (year, of_month, at + n + 1)),
            (None, Some(of_month)) => year_before(1).map(|year| (year, of_month, at + 2)),
            (Some(of_month), _) => year_before(2).map(|year| (year, of_month, at + 1)),
            _ => None,
        };
        let Some((year, of_month, rest)) = found else { continue };
        let Some(date) = day(year, month, of_month) else { continue };
        // RFC 2822 states the offset after the time.
        let clock = words.get(rest).and_then(|time| clock(&format!("{time}{}", words.get(rest + 1).unwrap_or(&""))));
        return Some(clock.map_or_else(|| date.clone(), |clock| format!("{date}T{clock}")));
    }
    None
}

/// Small words between the parts of a date: "27 de marzo de 2025", "27th of March", "2025. gada 27. marts".
fn is_connector(word: &str) -> bool {
    matches!(word, "de" | "del" | "of" | "gada" | "m." | "m" | "το" | "του" | "den" | "the" | "mensis")
}

/// "27.3.2025" has one reading, "27/03/2025" too; "03/04/2025" has two and needs an order.
fn numeric(stated: &str, order: Order) -> Option<String> {
    // "27. 3. 2025" is one date.
    let close = stated.replace(". ", ".");
    for word in close.split([' ', ',', '|', '(', ')', '[', ']', '\u{a0}', '\t', '\n', '•', '·', ';']).take(60) {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        if word.len() < 8 || word.len() > 24 {
            continue;
        }
        if let Some(found) = iso(word) {
            return Some(found);
        }
        let Some(mark) = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | '/' | '-')) else {
            continue;
        };
        let mut parts = word.splitn(4, mark);
        let (Some(first), Some(second), Some(third)) = (parts.next(), parts.next(), parts.next()) else { continue };
        if parts.next().is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            continue;
        }
        let (Some(first), Some(second), Some(year)) = (day_number(first), day_number(second), year(third)) else {
            continue;
        };
        return match mark {
            '.' => day(year, second, first),
            _ if first > 12 => day(year, second, first),
            _ if second > 12 => day(year, first, second),
            _ if first == second => day(year, first, second),
            _ => match order {
                Order::DayFirst => day(year, second, first),
                Order::MonthFirst => day(year, first, second),
                Order::Unknown => None,
            },
        };
    }
    None
}

fn day_number(word: &str) -> Option<i8> {
    // "Published:27" and the like.
    let word = word.rsplit_once(':').filter(|(cue, _)| cue.chars().all(char::is_alphabetic)).map_or(word, |(_, n)| n);
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c == 'º' || c == 'ª');
    let tail = &word[digits.len()..];
    let is_ordinal =
        matches!(tail, "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º" | "e" | "d" | "d." | "η" | "ο" | "-a" | "ú");
    if !is_ordinal || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if digits.len() != 4 || word.len() > 9 {
        return None;
    }
    digits.parse().ok().filter(|year| (1800..2100).contains(year))
}

fn day(year: i16, month: i8, day: i8) -> Option<String> {
    (1800..2100).contains(&year).then_some(())?;
    civil::Date::new(year, month, day).ok().map(|date| date.to_string())
}

/// Returns how many days lie between two stated dates.
pub(crate) fn days_between(a: &str, b: &str) -> Option<i32> {
    let day = |stated: &str| stated.get(..10)?.parse::<civil::Date>().ok();
    (day(b)? - day(a)?).get_days().into()
}
