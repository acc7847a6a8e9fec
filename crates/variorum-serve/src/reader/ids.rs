//! How items and places in lists are named to clients.

use variorum_store::{ItemNumber, Place};

/// Before the number of an item, in the form that Google gave it.
const PREFIX: &str = "tag:google.com,2005:reader/item/";

/// Returns the long name of an item.
pub fn long(n: ItemNumber) -> String {
    format!("{PREFIX}{n:016x}")
}

/// Reads the name of an item in any of its forms: long, sixteen hexadecimal digits, or a decimal number.
pub fn read(text: &str) -> Option<ItemNumber> {
    let text = text.trim();
    match text.strip_prefix(PREFIX) {
        Some(digits) => hexadecimal(digits),
        None if text.len() == 16 => hexadecimal(text),
        None => text.parse().ok(),
    }
}

/// Numbers are written as if they had no sign, so half of them look too large for one that has.
fn hexadecimal(digits: &str) -> Option<ItemNumber> {
    let plain = matches!(digits.len(), 1..=16) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if plain { u64::from_str_radix(digits, 16).ok().map(u64::cast_signed) } else { None }
}

/// Where a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// Whether all that stood below the first page was given out, and now comes what grew since it.
    pub again: bool,
    /// When the first page was given out.
    pub began: i64,
    /// Where the page before ended.
    pub place: Place,
}

/// The place before all others, newest first, as far as it can be written.
pub const TOP: Place = (999_999_999_999, 999_999_999_999);

impl Next {
    /// Returns it as clients carry it. Digits alone: some of them take it for a number, as FreshRSS does.
    pub fn text(&self) -> String {
        let Next { again, began, place: (grown, n) } = *self;
        format!("{}{began:012}{grown:012}{n:012}", u8::from(again) + 1)
    }

    /// Reads what a client brings back.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() != 37 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = |from: usize| text[from..from + 12].parse().ok();
        let again = match text.as_bytes()[0] {
            b'1' => false,
            b'2' => true,
            _ => return None,
        };
        Some(Next { again, began: number(1)?, place: (number(13)?, number(25)?) })
    }
}

/// Returns the time of an item in millionths of a second. Items of one second are told apart by their numbers.
pub fn micros((grown, n): Place) -> i64 {
    grown.saturating_mul(1_000_000).saturating_add(n.rem_euclid(1_000_000))
}

/// Reads a time that may be in seconds, in thousandths or in millionths: by how many digits it has.
pub fn seconds(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    Some(match text.len() {
        0..=11 => number,
        12..=14 => number / 1_000,
        _ => number / 1_000_000,
    })
}

#[cfg(test)]
mod tests {
    use super::{Next, TOP, long, micros, read, seconds};

    #[test]
    fn an_item_has_one_number_in_all_forms() {
        for n in [1, 10, 255, 4_096, i64::MAX] {
            let name = long(n);
            assert_eq!(name.len(), 48);
            let short = name.rsplit('/').next().unwrap();
            assert_eq!((read(&name), read(short), read(&n.to_string())), (Some(n), Some(n), Some(n)));
        }
        assert_eq!(read("tag:google.com,2005:reader/item/2f2"), Some(0x2f2));
        assert_eq!(read("tag:google.com,2005:reader/item/ffffffffffffffff"), Some(-1));
    }

    #[test]
    fn a_hostile_name_is_no_number() {
        let long = "9".repeat(100_000);
        let names = [
            "",
            "tag:google.com,2005:reader/item/",
            "tag:google.com,2005:reader/item/00000000000000001",
            "tag:google.com,2005:reader/item/+1",
            "tag:google.com,2005:reader/item/-000000000000001",
            "1; DROP TABLE item",
            "0x10",
            "1e3",
            "ééééééé1",
            "٣",
            "zzzzzzzzzzzzzzzz",
            "9223372036854775808",
            &long,
        ];
        for name in names {
            assert_eq!(read(name), None, "{name:.60}");
        }
    }

    #[test]
    fn a_place_comes_back() {
        for next in [
            Next { again: false, began: 1_772_700_000, place: (1_772_699_999, 41) },
            Next { again: true, began: 0, place: TOP },
        ] {
            assert_eq!(Next::read(&next.text()), Some(next));
        }
        let good = Next { again: true, began: 1, place: (2, 3) }.text();
        for odd in
            ["", "1", &good[1..], &good.replacen('2', "9", 1), &good.replacen('0', "é", 2), &good.replace('0', "-")]
        {
            assert_eq!(Next::read(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_time_is_told_by_its_digits() {
        assert_eq!(seconds("1772700000"), Some(1_772_700_000));
        assert_eq!(seconds("1772700000123"), Some(1_772_700_000));
        assert_eq!(seconds(&micros((1_772_700_000, 7)).to_string()), Some(1_772_700_000));
        assert_eq!((seconds("soon"), seconds("")), (None, None));
    }
}
