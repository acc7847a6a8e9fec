//! Stops, and the marks that close after them.

use super::{leading_space, near};

pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '」' | '』')
}

/// German and others close with marks that open elsewhere: „Nein.“, »Nein.«
fn closes_here(c: char, rest: &str) -> bool {
    matches!(c, '“' | '‘' | '«' | '‹' | '›') && !rest.starts_with(char::is_alphanumeric)
}

/// One or more stops with the quotation marks and brackets that close after them.
pub(super) struct Mark {
    /// The first stop.
    pub start: usize,
    /// One past the last closing mark.
    pub end: usize,
    pub kind: Stop,
    /// A quotation mark closes after the stop.
    pub quoted: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// One full stop.
    Full,
    /// Dots that leave something out.
    Ellipsis,
    /// A question or exclamation mark.
    Strong,
    /// A stop of a script that puts no space after it.
    Unspaced,
}

impl Mark {
    /// Reads the stops at a byte of a line.
    pub fn read(line: &str, start: usize) -> Mark {
        let mut end = start;
        let mut dots = 0;
        let mut kind = Stop::Full;
        let mut quoted = false;
        let mut rest = line[start..].chars();
        while let Some(c) = rest.next() {
            match c {
                '.' => dots += 1,
                '…' => dots += 3,
                '!' | '?' => kind = Stop::Strong,
                '。' | '！' | '？' | '।' => kind = Stop::Unspaced,
                _ if is_closer(c) || closes_here(c, rest.as_str()) => quoted |= !matches!(c, ')' | ']'),
                _ => break,
            }
            end += c.len_utf8();
        }
        if kind == Stop::Full && dots > 1 {
            kind = Stop::Ellipsis;
        }
        // French sets a space before its closing mark.
        let rest = near(&line[end..]);
        if rest.trim_start().strip_prefix('»').is_some_and(|after| !after.starts_with(char::is_alphanumeric)) {
            end += leading_space(rest) + '»'.len_utf8();
            quoted = true;
        }
        end += references(near(&line[end..]));
        Mark { start, end, kind, quoted }
    }
}

/// Returns how many bytes references to notes take ("[5] [b]"): they belong to the sentence before them.
fn references(text: &str) -> usize {
    let mut taken = 0;
    while let Some(inner) = text[taken..].trim_start().strip_prefix('[') {
        let mark = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_mark = inner.as_bytes().get(mark) == Some(&b']')
            && (mark == 1 || (1..=3).contains(&mark) && inner[..mark].bytes().all(|b| b.is_ascii_digit()));
        if !is_mark {
            break;
        }
        taken = text.len() - inner.len() + mark + 1;
    }
    taken
}
