//! Where events are written: one line each, whatever is in them.

use std::io::{self, Write};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum How {
    /// As lines to read.
    Text,
    /// As JSON, one object a line.
    Json,
    /// Not at all.
    Off,
}

/// Begins to write events to standard error: all of them where it is said how, else what went wrong.
pub fn begin(how: Option<How>) {
    let level = match how {
        None => LevelFilter::WARN,
        Some(How::Off) => return,
        Some(_) => LevelFilter::INFO,
    };
    let lines = tracing_subscriber::fmt().with_max_level(level).with_writer(Plain(io::stderr)).with_ansi(false);
    // Where something listens already, it goes on.
    let _ = match how {
        Some(How::Json) => lines.json().flatten_event(true).try_init(),
        _ => lines.try_init(),
    };
}

/// Writes lines in which nothing but their end is a line's end, and nothing moves a cursor or turns the writing round.
#[derive(Debug, Clone, Copy)]
struct Plain<M>(M);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for Plain<M> {
    type Writer = PlainWriter<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        PlainWriter(self.0.make_writer())
    }
}

#[derive(Debug)]
struct PlainWriter<W>(W);

impl<W: Write> Write for PlainWriter<W> {
    /// An event comes as a whole, with the end of its line.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        self.0.write_all(plain(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Returns a line with every letter written out that is not one; so JSON stays JSON.
fn plain(line: &str) -> String {
    let (words, end) = line.strip_suffix('\n').map_or((line, ""), |words| (words, "\n"));
    let mut plain = String::with_capacity(line.len());
    for letter in words.chars() {
        if letter.is_control()
            || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            plain.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            plain.push(letter);
        }
    }
    plain + end
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::Plain;

    const HOSTILE: &str = "ferry\r\n2026-03-05T00:00:00Z  INFO answered status=200\u{1b}[2J\u{9b}31m\u{2028}\u{202e}\t\"}\n{\"level\":\"INFO\"}";

    /// Returns what is written of an event whose field is hostile.
    fn written(json: bool) -> String {
        #[derive(Clone, Default)]
        struct Kept(Arc<Mutex<Vec<u8>>>);
        impl std::io::Write for Kept {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.lock().unwrap().extend(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let kept = Kept::default();
        let there = kept.clone();
        let lines = tracing_subscriber::fmt().with_ansi(false).with_writer(Plain(move || there.clone()));
        let say = || {
            tracing::info!(path = HOSTILE, "{HOSTILE}");
            tracing::info!(path = %HOSTILE, shown = ?HOSTILE, "answered");
        };
        if json {
            tracing::subscriber::with_default(lines.json().flatten_event(true).finish(), say);
        } else {
            tracing::subscriber::with_default(lines.finish(), say);
        }
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn an_event_is_one_line_whatever_is_in_it() {
        for json in [false, true] {
            let text = written(json);
            assert_eq!(text.lines().count(), 2, "{text}");
            assert!(text.ends_with('\n') && !text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
            assert!(!text.contains(['\u{2028}', '\u{202e}']), "{text:?}");
            for line in text.lines().filter(|_| json) {
                let event: serde_json::Value = serde_json::from_str(line).unwrap();
                assert_eq!(event["level"], "INFO");
                assert!(event["path"].as_str().unwrap().starts_with("ferry"));
            }
        }
    }
}
