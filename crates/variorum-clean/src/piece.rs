//! A piece: one line of the article with what it is, before the text is put together.

use variorum_news::BlockKind;

/// One line of a page and what it is; it holds no line break and no white space at its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub kind: BlockKind,
    pub text: String,
    /// All of it is one link, as in a pointer to another article.
    pub linked: bool,
}

impl Piece {
    pub(crate) fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Piece { kind, text: text.into(), linked: false }
    }

    pub(crate) fn paragraph(text: impl Into<String>) -> Self {
        Piece::new(BlockKind::Paragraph, text)
    }
}

/// Returns a text without characters that no reader sees and that tear words apart (soft hyphens, zero-width spaces,
/// control characters).
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}') { '\n' } else { c })
        .filter(|&c| !is_invisible(c))
        .collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffe}')
        || (c.is_control() && c != '\n' && c != '\t')
}

/// Returns the line in lower case with one space between words and nothing else: the form in which phrases are compared.
pub(crate) fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.chars() {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') {
            gap = true;
        }
    }
    out
}

/// Tells whether a line ends as a sentence does, also inside a closing quotation mark or bracket.
pub(crate) fn ends_as_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '։', '؟', '۔'])
}

/// Returns the number of words of a line, as white space parts them.
pub(crate) fn word_count(line: &str) -> usize {
    line.split_whitespace().count()
}
