//! Web pages: guards, then extraction by two voices, then the facts that the page states about itself.

mod authors;
mod blocks;
mod choice;
mod container;
mod density;
mod facts;
mod guard;
mod linked_data;
mod titles;
mod voices;
mod when;

use trafilatura::dom::Document;

pub(crate) use facts::Facts;

use crate::piece::Piece;

/// What a web page holds: its article, typed, and what it states about itself.
#[derive(Debug)]
pub(crate) struct Article {
    pub facts: Facts,
    pub pieces: Vec<Piece>,
    /// Lines that stood inside the article's container and are not the article's.
    pub left_out: Vec<String>,
    /// How sure it is that the pieces are the article and nothing else, 0–1.
    pub confidence: f64,
}

/// Returns the article of a page, or why it holds none.
pub(crate) fn read(html: &str, url: Option<&str>) -> Result<Article, String> {
    let slim = guard::slim(html)?;
    let document = Document::parse(&slim);
    let mut facts = facts::of_page(&document, url);
    let stated = facts.body.take();
    let lines = blocks::lines_of(&document);
    let settled = voices::settle(&slim, document, &lines);
    let mut pieces = settled.choice.pieces(&lines);
    if letters(&pieces) < stated.as_deref().map_or(0, str::len) / 4 {
        pieces = stated
            .unwrap_or_default()
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(Piece::paragraph)
            .collect();
    }
    // Where much of the article is links, they are what it tells.
    let linked: usize = pieces.iter().filter(|piece| piece.linked).map(|piece| piece.text.len()).sum();
    if linked * 3 > pieces.iter().map(|piece| piece.text.len()).sum() {
        pieces.iter_mut().for_each(|piece| piece.linked = false);
    }
    let n_words: usize = pieces.iter().map(|piece| crate::piece::word_count(&piece.text)).sum();
    // Scripts without spaces between words have few "words" but many letters.
    if n_words < FEWEST_WORDS && letters(&pieces) < 9 * FEWEST_WORDS {
        return Err(
            "no article was found on the page; give its text as .txt, or the page as the browser shows it".to_owned()
        );
    }
    let left_out = container::left_out(&lines, &settled.choice.0);
    Ok(Article { facts, pieces, left_out, confidence: settled.confidence })
}

/// Returns the typed lines of markup that holds the article alone.
pub(crate) fn fragment(markup: &str) -> Result<Vec<Piece>, String> {
    Ok(blocks::of_markup(&guard::slim(markup)?))
}

fn letters(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.len()).sum()
}

/// A page whose text is shorter holds navigation, not news.
const FEWEST_WORDS: usize = 25;
