//! A shelf as bytes, so that a stream can go on where it stopped.
//!
//! A line that a person can read (format, program, window), the shelf in postcard's encoding, and a checksum of both.
//! Nothing is decoded before the checksum fits, so damage is told and never guessed at.

use std::fmt;
use std::io::{self, Write};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::{Options, Shelf};

/// Begins every snapshot.
const MARK: &str = "variorum shelf ";

/// Told up whenever what a shelf keeps, or what its numbers mean, changes.
const FORMAT: u32 = 2;

const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Bytes of the checksum at the end.
const SUM: usize = 8;

/// Bytes within which the first line ends.
const LONGEST_HEADER: usize = 1_000;

/// What must be the same for a stream to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Header {
    format: u32,
    program: String,
    window: Option<u32>,
    splits: bool,
}

impl Header {
    fn of(options: &Options) -> Self {
        Header { format: FORMAT, program: PROGRAM.to_owned(), window: options.window, splits: options.splits }
    }
}

/// Why a snapshot cannot be gone on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnapshotError {
    /// The bytes are no snapshot.
    Foreign,
    /// The bytes were cut or changed after they were written.
    Damaged,
    /// Another version of the program wrote it: its version and format.
    OtherVersion(String, u32),
    /// It was kept with another window.
    OtherWindow(Option<u32>),
    /// It was kept with splits, or without.
    OtherSplits(bool),
}

impl SnapshotError {
    /// Returns what to do about it.
    pub fn hint(&self) -> String {
        let again = "move it away and feed the reports of the window again";
        match self {
            SnapshotError::Foreign => "name another file; where there is none, a new shelf is begun".to_owned(),
            SnapshotError::Damaged => format!("put a copy of it in its place, or {again}"),
            SnapshotError::OtherVersion(version, _) => format!("go on with version {version}, or {again}"),
            SnapshotError::OtherWindow(Some(days)) => format!("go on with --window {days}, or {again}"),
            SnapshotError::OtherWindow(None) => format!("go on without --window, or {again}"),
            SnapshotError::OtherSplits(true) => format!("go on with --splits, or {again}"),
            SnapshotError::OtherSplits(false) => format!("go on without --splits, or {again}"),
        }
    }
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            SnapshotError::Foreign => write!(f, "it is no shelf of variorum"),
            SnapshotError::Damaged => write!(f, "it is damaged: its checksum does not fit"),
            SnapshotError::OtherVersion(version, format) => {
                write!(f, "it was written by version {version} in format {format}; this is {PROGRAM}, format {FORMAT}")
            }
            SnapshotError::OtherWindow(Some(days)) => write!(f, "it was kept with a window of {days} days"),
            SnapshotError::OtherWindow(None) => write!(f, "it was kept without a window"),
            SnapshotError::OtherSplits(true) => write!(f, "it was kept with splits"),
            SnapshotError::OtherSplits(false) => write!(f, "it was kept without splits"),
        }
    }
}

impl std::error::Error for SnapshotError {}

impl Shelf {
    /// Writes all that the shelf remembers; the same shelf gives the same bytes.
    pub fn save(&self, options: &Options, to: impl Write) -> io::Result<()> {
        let mut to = Summed { to, sum: Xxh3Default::new() };
        to.write_all(MARK.as_bytes())?;
        to.write_all(header_line(&Header::of(options)).as_bytes())?;
        postcard::to_io(self, &mut to).map_err(io::Error::other)?;
        let sum = to.sum.digest();
        to.to.write_all(&sum.to_le_bytes())?;
        to.to.flush()
    }

    /// Returns the shelf that was saved as these bytes, if a stream with these options can go on with it.
    pub fn resume(bytes: &[u8], options: &Options) -> Result<Shelf, SnapshotError> {
        let rest = bytes.strip_prefix(MARK.as_bytes()).ok_or(SnapshotError::Foreign)?;
        let end = rest.iter().take(LONGEST_HEADER).position(|&b| b == b'\n').ok_or(SnapshotError::Damaged)?;
        let (kept, sum) = bytes.split_last_chunk::<SUM>().ok_or(SnapshotError::Damaged)?;
        // The checksum comes first: a changed version number in the header is damage too.
        if xxh3_64(kept) != u64::from_le_bytes(*sum) || MARK.len() + end >= kept.len() {
            return Err(SnapshotError::Damaged);
        }
        let header = read_header(&rest[..end]).ok_or(SnapshotError::Damaged)?;
        if (header.format, header.program.as_str()) != (FORMAT, PROGRAM) {
            return Err(SnapshotError::OtherVersion(header.program, header.format));
        }
        if header.window != options.window {
            return Err(SnapshotError::OtherWindow(header.window));
        }
        if header.splits != options.splits {
            return Err(SnapshotError::OtherSplits(header.splits));
        }
        match postcard::take_from_bytes(&kept[MARK.len() + end + 1..]) {
            Ok((shelf, [])) => Ok(shelf),
            // The checksum fits, so the bytes are as they were written: by a build that keeps other things.
            _ => Err(SnapshotError::OtherVersion(header.program, header.format)),
        }
    }
}

fn header_line(header: &Header) -> String {
    let window = header.window.map_or_else(|| "none".to_owned(), |days| days.to_string());
    format!("format={} program={} window={window} splits={}\n", header.format, header.program, header.splits)
}

fn read_header(line: &[u8]) -> Option<Header> {
    let mut fields = std::str::from_utf8(line).ok()?.split(' ');
    let mut field = |name: &str| fields.next()?.strip_prefix(name)?.strip_prefix('=');
    let format = field("format")?.parse().ok()?;
    let program = field("program")?.to_owned();
    let window = match field("window")? {
        "none" => None,
        days => Some(days.parse().ok()?),
    };
    let splits = field("splits")?.parse().ok()?;
    Some(Header { format, program, window, splits })
}

/// Sums what goes through.
struct Summed<W> {
    to: W,
    sum: Xxh3Default,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use variorum_news::{GroupLine, Report};

    use super::SnapshotError;
    use crate::tests::some_reports;
    use crate::{Options, Shelf, place};

    fn saved(shelf: &Shelf, options: &Options) -> Vec<u8> {
        let mut bytes = Vec::new();
        shelf.save(options, &mut bytes).unwrap();
        bytes
    }

    fn answers(shelf: &mut Shelf, reports: &[Report], options: &Options) -> Vec<GroupLine> {
        reports.iter().flat_map(|report| place(shelf, report, options)).collect()
    }

    fn one_story() -> (Shelf, Options) {
        let options = Options { window: Some(3), ..Options::default() };
        let mut shelf = Shelf::default();
        place(&mut shelf, &Report::of_text("a", "Fourteen people died when a ferry sank off Delmare."), &options);
        (shelf, options)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// Cut at every place, the stream gives the answers and the shelf of one long run.
        #[test]
        fn a_resumed_stream_goes_on_as_if_never_stopped(reports in some_reports()) {
            let options = Options { window: Some(2), splits: true };
            let mut shelf = Shelf::default();
            let all = answers(&mut shelf, &reports, &options);
            let at_the_end = saved(&shelf, &options);
            for cut in 0..=reports.len() {
                let mut shelf = Shelf::default();
                let mut said = answers(&mut shelf, &reports[..cut], &options);
                let mut shelf = Shelf::resume(&saved(&shelf, &options), &options).unwrap();
                said.extend(answers(&mut shelf, &reports[cut..], &options));
                prop_assert_eq!(&said, &all);
                prop_assert_eq!(&saved(&shelf, &options), &at_the_end);
            }
        }
    }

    #[test]
    fn a_snapshot_that_was_cut_or_changed_is_damaged() {
        let (shelf, options) = one_story();
        let bytes = saved(&shelf, &options);
        for end in 0..bytes.len() {
            assert!(Shelf::resume(&bytes[..end], &options).is_err(), "{end}");
        }
        for at in 15..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            assert_eq!(Shelf::resume(&changed, &options).err(), Some(SnapshotError::Damaged), "{at}");
        }
    }

    #[test]
    fn what_is_no_snapshot_or_not_this_stream_s_is_told() {
        let (shelf, options) = one_story();
        let resumed = |bytes: &[u8], options: &Options| Shelf::resume(bytes, options).err();
        assert_eq!(resumed(b"", &options), Some(SnapshotError::Foreign));
        assert_eq!(resumed(b"{\"id\":\"a\"}\n", &options), Some(SnapshotError::Foreign));
        let error = resumed(&saved(&shelf, &options), &Options::default()).unwrap();
        assert_eq!(error, SnapshotError::OtherWindow(Some(3)));
        assert!(error.hint().contains("--window 3"));
        assert_eq!(resumed(&saved(&shelf, &options), &options), None);
    }
}
