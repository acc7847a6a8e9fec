//! Where a list goes on, as text that means nothing to who carries it.

use xxhash_rust::xxh3::xxh3_64;

use crate::Error;

/// The last item that was given out: its value in the order of the list, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub value: i64,
    pub name: String,
}

impl Cursor {
    /// Returns the cursor as text that fits only the list called `list`.
    pub fn text(&self, list: &str) -> String {
        let name: String = self.name.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("{:08x}{:016x}{name}", check(list), self.value)
    }

    /// Returns the cursor of a text that was given out for a list.
    pub fn read(text: &str, list: &str) -> Result<Self, Error> {
        Cursor::parse(text, list).ok_or(Error::Cursor)
    }

    fn parse(text: &str, list: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_hexdigit())
            || u32::from_str_radix(text.get(..8)?, 16).ok()? != check(list)
        {
            return None;
        }
        let value = u64::from_str_radix(text.get(8..24)?, 16).ok()?;
        let digits = text.get(24..)?.as_bytes().chunks(2);
        let bytes: Option<Vec<u8>> =
            digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
        Some(Cursor { value: value.cast_signed(), name: String::from_utf8(bytes?).ok()? })
    }
}

/// Holds a cursor to its list: one of another query or order is refused, not misread.
fn check(list: &str) -> u32 {
    (xxh3_64(list.as_bytes()) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn a_cursor_comes_back_and_fits_one_list() {
        let cursor = Cursor { value: -7, name: "ferry-é".to_owned() };
        let text = cursor.text("newest");
        assert_eq!(Cursor::read(&text, "newest").unwrap(), cursor);
        assert!(Cursor::read(&text, "reports").is_err());
        for odd in ["", "x", "é", "00000000", &text[1..], "+1234567+123456789012345"] {
            assert!(Cursor::read(odd, "newest").is_err(), "{odd}");
        }
    }
}
