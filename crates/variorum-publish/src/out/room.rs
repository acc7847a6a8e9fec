//! The newsroom that hands out: its addresses, and names that outlive them.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// A newsroom: the name of its record, and where it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The name of the record: it stays when the address changes.
    pub record: String,
    /// Scheme, host and port, without a slash behind ("http://127.0.0.1:8080").
    pub address: String,
    /// The version of the program.
    pub version: String,
}

impl Room {
    /// Returns the permanent address of a story.
    pub fn story(&self, id: &str) -> String {
        self.story_as(id, "")
    }

    /// Returns the address of what is handed out of a story, by its suffix (".prov.json").
    pub fn story_as(&self, id: &str, suffix: &str) -> String {
        self.place("story", id, suffix)
    }

    /// Returns the permanent address of a report.
    pub fn report(&self, id: &str) -> String {
        self.place("report", id, "")
    }

    /// Returns the permanent address of an outlet.
    pub fn outlet(&self, name: &str) -> String {
        self.place("outlet", name, "")
    }

    /// A browser takes `.` and `..` for steps of a path, however they are written, and an empty part for none: such
    /// names come as a query.
    fn place(&self, kind: &str, name: &str, suffix: &str) -> String {
        match name {
            "" | "." | ".." => format!("{}/{kind}/{suffix}?name={}", self.address, segment(name)),
            _ => format!("{}/{kind}/{}{suffix}", self.address, segment(name)),
        }
    }

    /// Returns the page that explains our words, at the explanation of one.
    pub fn about(&self, word: &str) -> String {
        format!("{}/about#{word}", self.address)
    }

    /// Returns a name for something of this record that is the same at every address and at every time.
    ///
    /// It is a UUID of version 8 made from SHA-256, as RFC 9562 shows in its appendix B.2: a reader of feeds takes an
    /// entry for new when its name is new, so the name must not hold a host or a port.
    pub fn urn(&self, kind: &str, name: &str) -> String {
        let mut hash = Sha256::new();
        for part in ["variorum", &self.record, kind, name] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let whole = hash.finalize();
        let mut bytes: [u8; 16] = std::array::from_fn(|n| whole[n]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut urn = "urn:uuid:".to_owned();
        for (n, byte) in bytes.iter().enumerate() {
            urn.push_str(if matches!(n, 4 | 6 | 8 | 10) { "-" } else { "" });
            let _ = write!(urn, "{byte:02x}");
        }
        urn
    }
}

/// Returns a name as one segment of a path: every byte that is not `[A-Za-z0-9_~-]` as `%XX`, dots too, so that a
/// suffix is never taken for part of a name, nor a name for a way out of its folder.
pub fn segment(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'-') {
            written.push(char::from(byte));
        } else {
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
}

/// Returns the SHA-256 of words, in hexadecimal digits.
pub fn sha256(words: &str) -> String {
    Sha256::digest(words).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
