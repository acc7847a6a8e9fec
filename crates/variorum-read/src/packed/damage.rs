//! Damage of a packing, told apart from a failing disk, because reading may go on behind it.

use std::io::{BufRead, Error, ErrorKind};

use ruzstd::decoding::errors::FrameDecoderError;

use crate::source::Source;

/// Tells whether an error is a damaged packing, behind which reading may go on, and not a failing disk.
pub(crate) fn is_damage(error: &Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Damage>())
}

/// Tells whether all that was read before an error of damage is whole, since the damaged member gave nothing yet.
pub(crate) fn is_behind_whole(error: &Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()).is_some_and(|damage| damage.given == 0)
}

#[derive(Debug)]
struct Damage {
    reason: String,
    /// How many bytes of the damaged member were given.
    given: u64,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Damage {}

/// Returns damage of a member of which some bytes were given.
pub(super) fn damaged(reason: impl Into<String>, given: u64) -> Error {
    Error::new(ErrorKind::InvalidData, Damage { reason: reason.into(), given })
}

/// Returns what is said of a damaged packing: cut off where nothing follows, else damaged.
pub(super) fn damage(what: &str, source: &mut Source<'_>, given: u64, why: &str) -> Error {
    let at = source.at();
    let reason = match source.fill_buf() {
        Ok([]) => format!("the {what} data is cut off at byte {at}; what came whole is read, fetch the file again"),
        _ => {
            format!("the {what} data is damaged near byte {at} ({why}); what came whole is read, fetch the file again")
        }
    };
    damaged(reason, given)
}

/// Returns what is said of a frame that cannot be opened.
pub(super) fn unopened(source: &mut Source<'_>, error: &FrameDecoderError) -> Error {
    if matches!(error, FrameDecoderError::DictNotProvided { .. }) {
        // All frames behind it ask for the same one.
        let reason =
            "zstd data that was packed with a dictionary, which the file does not hold; unpack it with `zstd -d -D`";
        return Error::new(ErrorKind::Unsupported, Damage { reason: reason.to_owned(), given: 0 });
    }
    damage("zstd", source, 0, &error.to_string())
}
