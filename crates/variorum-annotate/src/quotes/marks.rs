//! Where quoted words begin and end.

use std::ops::Range;

/// Quoted words of one paragraph, by bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// The opening mark's first byte.
    pub open: usize,
    /// One past the closing mark; the end of the paragraph where it does not close.
    pub close: usize,
    /// The words without marks and outer white space.
    pub words: Range<usize>,
    /// Whether the closing mark is missing, as where the next paragraph goes on with the words.
    pub unclosed: bool,
    /// Where the name of the one who signs words without marks begins.
    pub signer: Option<usize>,
}

/// Returns the quoted words of a text in order; words quoted inside quoted words are no quote of their own.
///
/// Marks are told by their place, not their shape alone: ” before a word opens, as many keyboards leave it so.
pub(crate) fn quoted(text: &str) -> Vec<Quoted> {
    let mut found = Vec::new();
    for line in variorum_text::lines(text) {
        // Every mark is one of these bytes or begins with one; most lines have none.
        if !text.as_bytes()[line.clone()].iter().any(|b| matches!(b, b'"' | b'\'' | b'`' | 0xC2 | 0xE2)) {
            continue;
        }
        let from = found.len();
        double(text, line.clone(), &mut found);
        let doubles = found[from..].to_vec();
        let mut at = line.start;
        for quote in doubles.iter() {
            single(text, at..quote.open, &mut found);
            at = quote.close.max(at);
        }
        single(text, at.min(line.end)..line.end, &mut found);
    }
    found.sort_by_key(|quote| quote.open);
    found.retain(|quote| text[quote.words.clone()].contains(char::is_alphanumeric));
    found
}

/// How a mark stands between its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Opens,
    Closes,
    Either,
}

fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″')
}

fn double(text: &str, line: Range<usize>, found: &mut Vec<Quoted>) {
    let mut left = text[line.clone()].chars().filter(|&c| is_double(c)).count();
    let mut open: Option<(usize, usize)> = None;
    let mut chars = text[line.clone()].char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = chars.next() {
        let (previous, mut next) = (before, chars.peek().map(|&(_, c)| c));
        before = Some(c);
        let (mark, mut end) = (line.start + at, line.start + at + c.len_utf8());
        // Two single marks in a row stand for a double one in old files.
        if matches!(c, '`' | '\'') && next == Some(c) {
            chars.next();
            end += 1;
            next = chars.peek().map(|&(_, c)| c);
        } else if !is_double(c) {
            continue;
        }
        let stand = stand(c, previous, next);
        left = left.saturating_sub(1);
        // A straight mark that stands like an opening one closes where only so the rest of the paragraph pairs up.
        let closes_by_count = !matches!(c, '“' | '„' | '«') && left % 2 == 0;
        match open {
            // An inch sign ("6'2\"") opens nothing.
            None if stand == Stand::Closes && previous.is_some_and(|p| p.is_ascii_digit() || p.is_alphabetic()) => {}
            None => open = Some((mark, end)),
            Some(_) if stand == Stand::Opens && !closes_by_count => open = Some((mark, end)),
            Some((start, from)) => {
                push(text, start, from..mark, end, found);
                open = None;
            }
        }
    }
    if let Some((start, from)) = open {
        let before = found.len();
        push(text, start, from..line.end, line.end, found);
        found[before..].iter_mut().for_each(|quote| quote.unclosed = true);
    }
}

fn stand(mark: char, previous: Option<char>, next: Option<char>) -> Stand {
    let free_before =
        previous.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '‘' | '/'));
    let free_after =
        next.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '—' | '–' | '’' | '…'));
    match (free_before, free_after) {
        (true, false) => Stand::Opens,
        (false, true) => Stand::Closes,
        _ => match mark {
            '“' | '„' | '«' | '`' => Stand::Opens,
            '”' | '»' | '\'' => Stand::Closes,
            _ => Stand::Either,
        },
    }
}

fn push(text: &str, open: usize, inner: Range<usize>, close: usize, found: &mut Vec<Quoted>) {
    let words = &text[inner.clone()];
    let left = words.len() - words.trim_start().len();
    let kept = words.trim();
    if !kept.is_empty() {
        let start = inner.start + left;
        found.push(Quoted { open, close, words: start..start + kept.len(), unclosed: false, signer: None });
    }
}

/// Finds words between single marks in a stretch without double ones.
fn single(text: &str, part: Range<usize>, found: &mut Vec<Quoted>) {
    let marks: Vec<(usize, char)> = text[part.clone()]
        .char_indices()
        .filter(|&(_, c)| matches!(c, '\'' | '‘' | '’'))
        .map(|(at, c)| (part.start + at, c))
        .collect();
    let mut next = 0;
    while next < marks.len() {
        let (open, c) = marks[next];
        next += 1;
        if !opens_single(text, &part, open, c) {
            continue;
        }
        let Some(close) = close_single(text, &part, &marks[next..]) else { continue };
        let (at, mark) = marks[next + close];
        push(text, open, open + c.len_utf8()..at, at + mark.len_utf8(), found);
        next += close + 1;
    }
}

fn opens_single(text: &str, part: &Range<usize>, at: usize, mark: char) -> bool {
    let before = text[part.start..at].chars().next_back();
    let free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '"' | '“'));
    let rest = &text[at + mark.len_utf8()..part.end];
    // ’90s and ’em leave letters out; they quote nothing.
    let short = rest.starts_with(|c: char| c.is_ascii_digit()) && rest.get(2..3) == Some("s")
        || ["em ", "til ", "tis ", "twas ", "cause "].iter().any(|w| rest.starts_with(w));
    free && !short
        && mark != '’'
        && rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '…' | '[' | '$' | '£'))
}

/// Returns which of the marks after an opening one closes it.
fn close_single(text: &str, part: &Range<usize>, marks: &[(usize, char)]) -> Option<usize> {
    let mut plural = None;
    for (i, &(at, c)) in marks.iter().enumerate() {
        if opens_single(text, part, at, c) {
            break;
        }
        let before = text[part.start..at].chars().next_back().unwrap_or(' ');
        let after = text[at + c.len_utf8()..part.end].chars().next();
        if before.is_whitespace() || after.is_some_and(char::is_alphanumeric) || c == '‘' {
            continue;
        }
        // "the ministers’ vote’": a mark after s and before a word may only show whose the word is.
        let owner = before == 's' && text[at + c.len_utf8()..part.end].trim_start().starts_with(char::is_lowercase);
        if !owner {
            return Some(i);
        }
        plural = plural.or(Some(i));
    }
    plural
}
