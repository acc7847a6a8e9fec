//! WordPiece: a text as the longest pieces that the vocabulary has.
//!
//! Method: Wu et al. 2016, as BERT's uncased models use it: text without accents in small letters, cut at white space and
//! around every mark and Chinese character, then each word into its longest known pieces from the left.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Error;

/// The pieces that a model knows.
pub struct Vocabulary {
    pieces: FxHashMap<String, u32>,
    unknown: u32,
    first: u32,
    last: u32,
}

/// A longer word is one unknown piece.
const MOST_LETTERS: usize = 100;

impl Vocabulary {
    /// Reads one piece a line.
    pub fn new(lines: &str) -> Result<Self, Error> {
        let pieces: FxHashMap<String, u32> =
            lines.lines().enumerate().map(|(at, piece)| (piece.to_owned(), at as u32)).collect();
        let special = |name: &str| {
            pieces.get(name).copied().ok_or(Error::Vocabulary { reason: "[UNK], [CLS] or [SEP] is missing" })
        };
        let (unknown, first, last) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Self { pieces, unknown, first, last })
    }

    /// Returns how many pieces there are.
    pub fn size(&self) -> usize {
        self.pieces.len()
    }

    /// Returns the pieces of a text between the two that mark its ends, `most` in all.
    pub fn pieces(&self, text: &str, most: usize) -> Vec<u32> {
        let mut found = vec![self.first];
        for word in words(text) {
            if found.len() >= most - 1 {
                break;
            }
            self.cut(&word, &mut found);
        }
        found.truncate(most - 1);
        found.push(self.last);
        found
    }

    fn cut(&self, word: &str, into: &mut Vec<u32>) {
        let known = into.len();
        let mut rest = word;
        let mut letters = word.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        letters.push(word.len());
        if letters.len() > MOST_LETTERS + 1 {
            into.push(self.unknown);
            return;
        }
        let mut key = String::new();
        while !rest.is_empty() {
            let start = word.len() - rest.len();
            let longest = letters.iter().rev().take_while(|end| **end > start).find_map(|&end| {
                key.clear();
                if start > 0 {
                    key.push_str("##");
                }
                key.push_str(&word[start..end]);
                Some((*self.pieces.get(&key)?, end))
            });
            let Some((piece, end)) = longest else {
                into.truncate(known);
                into.push(self.unknown);
                return;
            };
            into.push(piece);
            rest = &word[end..];
        }
    }
}

/// The words of a text: folded, and cut around marks.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase).nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_whitespace() || stands_alone(c) {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if !c.is_whitespace() {
                words.push(c.to_string());
            }
        } else if !c.is_control() && c != '\u{fffd}' {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words.into_iter()
}

/// Marks, and the characters of scripts that write no spaces between words.
fn stands_alone(c: char) -> bool {
    let chinese = matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2fa1f}' | '\u{f900}'..='\u{faff}');
    c.is_ascii_punctuation()
        || chinese
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}
