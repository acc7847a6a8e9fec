//! Web pages: guards, then extraction by two voices, then the facts that the page states about itself.

mod authors;
mod blocks;
mod choice;
mod container;
mod density;
mod elsewhere;
mod facts;
mod guard;
mod linked_data;
mod quoted;
mod titles;
mod voices;
mod when;

use trafilatura::dom::Document;
use variorum_news::Removed;

pub(crate) use facts::Facts;

use density::Marks;

use crate::furniture;
use crate::kind::{self, Look};
use crate::piece::Piece;

/// What a web page holds: its article, typed, and what it states about itself.
#[derive(Debug)]
pub(crate) struct Article {
    pub facts: Facts,
    pub pieces: Vec<Piece>,
    /// Lines that stood inside the article's container and are not the article's.
    pub left_out: Vec<Removed>,
    /// A paywall cuts the text off.
    pub is_cut_off: bool,
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
    let look = Look::at(&document, facts.url.as_deref());
    let marks = Marks::of(&document, &lines);
    let mut settled = voices::settle(&slim, document, &lines, &marks);
    quoted::keep(&lines, &mut settled.choice);
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
    keep_links(&mut pieces);
    let shown: Vec<&str> = lines.iter().map(|line| line.piece.text.as_str()).collect();
    if let Some(kind) = kind::of_page(&look, &pieces, &shown) {
        return Err(kind.reason().to_owned());
    }
    let n_words: usize = pieces.iter().map(|piece| crate::piece::word_count(&piece.text)).sum();
    // Scripts without spaces between words have few "words" but many letters.
    if n_words < FEWEST_WORDS && letters(&pieces) < 9 * FEWEST_WORDS {
        return Err(
            "no article was found on the page; give its text as .txt, or the page as the browser shows it".to_owned()
        );
    }
    let left_out = container::left_out(&lines, &settled.choice.0);
    let removed = |at: usize| {
        let text = lines[at].piece.text.clone();
        let reason = furniture::reason(&text).or_else(|| marks.reason(at)).unwrap_or("beside the article").to_owned();
        Removed { text, reason }
    };
    let left_out = left_out.into_iter().map(removed).collect();
    let is_cut_off = kind::is_cut_off(&look, &pieces);
    Ok(Article { is_cut_off, facts, pieces, left_out, confidence: settled.confidence })
}

/// Returns the typed lines of markup that holds the article alone, as feeds and agencies give it.
///
/// It may be plain text, and it may be escaped once too often.
pub(crate) fn fragment(markup: &str) -> Result<Vec<Piece>, String> {
    if has_tags(markup) {
        return article_alone(markup);
    }
    let document = Document::parse(&guard::slim(markup)?);
    let text = document.text_content(document.body().unwrap_or_else(|| document.root()));
    if has_tags(&text) {
        return article_alone(&text);
    }
    let text = crate::piece::visible(&variorum_text::nfc(&text));
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    Ok(lines.filter(|line| !line.is_empty()).map(Piece::paragraph).collect())
}

fn article_alone(markup: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = blocks::of_article(&guard::slim(markup)?);
    keep_links(&mut pieces);
    Ok(pieces)
}

/// Tells whether a text is markup: an angle bracket alone is a mark of writing.
fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let name = text[at + 1..].trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let is_name = (1..=10).contains(&end) && name.starts_with(|c: char| c.is_ascii_alphabetic());
        is_name && name[end..].starts_with(['>', ' ', '/', '\n']) && name[end..].contains('>')
    })
}

/// Where much of the article is links, they are what it tells.
fn keep_links(pieces: &mut [Piece]) {
    let linked: usize = pieces.iter().filter(|piece| piece.linked).map(|piece| piece.text.len()).sum();
    if linked * 3 > letters(pieces) {
        pieces.iter_mut().for_each(|piece| piece.linked = false);
    }
}

fn letters(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.len()).sum()
}

/// A page whose text is shorter holds navigation, not news.
const FEWEST_WORDS: usize = 25;
