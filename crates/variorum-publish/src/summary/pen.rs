//! Writing for a terminal: columns, colours, and nothing that a terminal would obey.

use anstyle::{AnsiColor, Color, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Colour;

/// How wide the terminal is, and whether it may be coloured.
pub struct Pen {
    pub width: usize,
    pub colour: Colour,
}

/// The colours of the origins; an origin is never told by its colour alone.
const ORIGINS: [AnsiColor; 6] =
    [AnsiColor::Blue, AnsiColor::Red, AnsiColor::Green, AnsiColor::Magenta, AnsiColor::Cyan, AnsiColor::Yellow];

impl Pen {
    /// Returns a heading.
    pub fn strong(&self, text: &str) -> String {
        self.styled(Style::new().bold(), &clip(text, self.width))
    }

    /// Returns words of less weight.
    pub fn faint(&self, text: &str) -> String {
        self.styled(Style::new().dimmed(), &clip(text, self.width))
    }

    /// Returns words that should not be overlooked.
    pub fn warning(&self, text: &str) -> String {
        self.styled(Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Yellow))), text)
    }

    /// Returns a siglum in the colour of its origin.
    pub fn siglum(&self, siglum: &str, origin: usize) -> String {
        let colour = ORIGINS[origin % ORIGINS.len()];
        self.styled(Style::new().bold().fg_color(Some(Color::Ansi(colour))), siglum)
    }

    /// Returns how many things are left out, and where they stand.
    pub fn more(&self, n: usize) -> String {
        self.faint(&format!("  … and {n} more, see --json / --out"))
    }

    fn styled(&self, style: Style, text: &str) -> String {
        match self.colour {
            Colour::Ansi => format!("{style}{text}{style:#}"),
            Colour::None => text.to_owned(),
        }
    }
}

/// Returns a text on one line, without anything that a terminal would obey or that would turn the line round.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => plain.push(' '),
            // No other white space reaches the terminal as it is: a line break would end the row.
            c if c.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => plain.push('\u{fffd}'),
            c => plain.push(c),
        }
    }
    plain
}

/// Returns a text that takes at most `width` columns, cut at its end with "…" where it is longer.
pub fn clip(text: &str, width: usize) -> String {
    let text = plain(text);
    if text.width() <= width {
        return text;
    }
    let mut clipped = String::new();
    let mut used = 0;
    for c in text.chars() {
        let columns = c.width().unwrap_or(0);
        if used + columns + 1 > width {
            break;
        }
        used += columns;
        clipped.push(c);
    }
    clipped.truncate(clipped.trim_end().len());
    if width > 0 {
        clipped.push('…');
    }
    clipped
}

/// Returns a text cut at its beginning, so that it takes at most `width` columns.
pub fn clip_start(text: &str, width: usize) -> String {
    let text = plain(text);
    if text.width() <= width {
        return text;
    }
    let mut used = 1;
    let kept = text.char_indices().rev().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > width
    });
    let from = kept.map_or(0, |(at, c)| at + c.len_utf8());
    if width == 0 { String::new() } else { format!("…{}", text[from..].trim_start()) }
}

/// Returns a text that takes exactly `width` columns.
pub fn fit(text: &str, width: usize) -> String {
    let mut text = clip(text, width);
    let missing = width.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// Returns how many columns a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

#[cfg(test)]
mod tests {
    use super::{clip, clip_start, columns, fit, plain};

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(clip("東京の橋が落ちた", 9), "東京の橋…");
        assert_eq!(columns(&fit("東京", 7)), 7);
    }

    #[test]
    fn cut_at_the_start() {
        assert_eq!(clip_start("the bridge fell", 8), "…ge fell");
        assert_eq!(clip_start("short", 8), "short");
    }

    #[test]
    fn a_terminal_obeys_nothing_of_the_text() {
        assert_eq!(plain("a\u{1b}[31mb\u{202e}c\nd\t\te"), "a\u{fffd}[31mbc d e");
    }
}
