//! Plain text: lines that say what they are by their shape and by what stands beside them.

use variorum_news::BlockKind;

use crate::piece::{Piece, ends_as_sentence, folded, word_count};
use crate::{byline, credits, dates, furniture};

/// The longest headline, in words.
const MOST_TITLE_WORDS: usize = 32;
/// The longest heading between paragraphs, in words.
const MOST_HEADING_WORDS: usize = 14;
/// A line of this many characters that ends as a sentence is running text.
const BODY: usize = 60;

/// What plain text holds: its headline, where it has one, and its lines in order.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub title: Option<String>,
    /// The first line where it repeats a title that was given.
    pub repeated: Option<String>,
    pub pieces: Vec<Piece>,
}

/// Returns the title and the typed lines of plain text.
pub(crate) fn read(text: &str, given: Option<&str>) -> Plain {
    let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut plain = Plain::default();
    if let Some(at) = lines.iter().take(8).position(|line| !is_beside(line)) {
        let line = lines[at];
        match given {
            Some(title) if folded(title) == folded(line) => plain.repeated = Some(lines.remove(at).to_owned()),
            Some(_) => {}
            None if is_title(line, &lines[at + 1..]) => plain.title = Some(lines.remove(at).to_owned()),
            None => {}
        }
    }
    plain.pieces = (0..lines.len()).map(|at| piece(&lines, at)).collect();
    plain
}

/// Lines that stand beside an article and not in it.
fn is_beside(line: &str) -> bool {
    furniture::reason(line).is_some()
        || dates::is_date_line(line)
        || byline::byline(line).is_some()
        || !credits::line(line).is_empty()
        || bullet(line).is_some()
        || credits::photo_at(line).is_some()
}

/// A headline has no final full stop, is not too long, and a body follows.
fn is_title(line: &str, rest: &[&str]) -> bool {
    let n_words = word_count(line);
    let caseless = n_words == 1 && line.chars().count() >= 6 && !line.is_ascii();
    let sized = (2..=MOST_TITLE_WORDS).contains(&n_words) && line.chars().count() <= 220
        || caseless && line.chars().count() <= 60;
    let opens = line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let body = rest.iter().any(|next| ends_as_sentence(next) && next.chars().count() >= BODY);
    sized && opens && body && !ends_like_prose(line)
}

/// Tells whether a line ends as running text does; a question or a cry also ends a headline.
fn ends_like_prose(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
    if let Some(rest) = bare.strip_suffix('.') {
        // "in the U.S." ends a headline, "in the house." does not.
        let last = rest.rsplit(' ').next().unwrap_or("");
        return !(last.contains('.') && last.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase));
    }
    bare.ends_with(['…', ':', ',', ';', '。', '।', '։', '۔', '-', '–', '—'])
}

fn piece(lines: &[&str], at: usize) -> Piece {
    let line = lines[at];
    if let Some((_, item)) = bullet(line).filter(|(mark, _)| mark.is_sure() || has_twin(lines, at)) {
        return Piece::new(BlockKind::ListItem, item);
    }
    if is_heading(lines, at) { Piece::new(BlockKind::Heading, line) } else { Piece::paragraph(line) }
}

/// What marks a line as an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bullet {
    Dot,
    Dash,
    Number,
}

impl Bullet {
    /// Dashes open dialogue and numbers open headings; only their like beside them makes a list.
    fn is_sure(self) -> bool {
        self == Bullet::Dot
    }
}

/// Returns the mark of an item and its words without the mark; a number says something and stays.
fn bullet(line: &str) -> Option<(Bullet, &str)> {
    let first = line.chars().next()?;
    let rest = line[first.len_utf8()..].trim_start();
    let spaced = rest.len() < line.len() - first.len_utf8();
    match first {
        '•' | '●' | '▪' | '◦' | '‣' | '⁃' | '■' | '►' | '▶' | '➤' | '✓' | '✔' if !rest.is_empty() => {
            Some((Bullet::Dot, rest))
        }
        '·' | '*' | '-' | '–' | '—' if spaced && !rest.is_empty() => Some((Bullet::Dash, rest)),
        '0'..='9' => {
            let n_digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let after = line[n_digits..].strip_prefix(['.', ')'])?;
            (n_digits <= 2 && after.starts_with(' ')).then_some((Bullet::Number, line))
        }
        _ => None,
    }
}

fn has_twin(lines: &[&str], at: usize) -> bool {
    let kind = |n: usize| lines.get(n).and_then(|line| bullet(line)).map(|(mark, _)| mark);
    let own = kind(at);
    own.is_some() && (kind(at + 1) == own || at > 0 && kind(at - 1) == own)
}

/// A heading is short, ends no sentence, stands between paragraphs and has one after it.
fn is_heading(lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    let n_words = word_count(line);
    let opens = line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let sized = n_words <= MOST_HEADING_WORDS && line.chars().count() <= 100 && line.chars().any(char::is_alphabetic);
    let asks = line.ends_with('?') && n_words <= 10;
    let quoted = line.starts_with(['"', '“', '‘', '\'']) && line.ends_with(['"', '”', '’', '\'', '?', '!']);
    let ends = !ends_like_prose(line) && !line.ends_with('!') && (!line.ends_with('?') || asks);
    let is_body = |n: usize| lines.get(n).is_some_and(|other| other.chars().count() >= BODY && ends_as_sentence(other));
    let before = at == 0
        || is_body(at - 1)
        || lines.get(at - 1).is_some_and(|before| bullet(before).is_some() || is_beside(before));
    let after = is_body(at + 1) || lines.get(at + 1).is_some_and(|next| bullet(next).is_some());
    opens && sized && ends && !quoted && before && after && !is_beside(line)
}
