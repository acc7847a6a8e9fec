//! Words of others that a page sets apart: embedded posts, pull quotes, quotations in elements of other names.

use std::sync::LazyLock;

use trafilatura::dom::{Document, NodeId};
use variorum_news::BlockKind;

use super::blocks::Line;
use super::choice::Choice;
use super::container::container;

const NAMES: &str = include_str!("../../data/quote-names.tsv");

static PARTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    NAMES.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split('\t').next()).collect()
});

/// What every row holds.
const ROOTS: &[&str] = &["quote", "embed", "tweet", "post", "media"];

/// An element of more letters is no quotation, whatever its name says: it may hold the whole article.
const MOST_LETTERS: usize = 2_500;

/// Tells whether an element says by its name that it sets the words of somebody else apart.
pub(crate) fn is_quotation(document: &Document, element: NodeId, tag: &str) -> bool {
    if !matches!(tag, "div" | "section" | "aside" | "figure" | "p") {
        return false;
    }
    let mut names = document.class_name(element);
    names.make_ascii_lowercase();
    // Most elements have no such name; the few letters are looked for first, because there are many elements.
    if !ROOTS.iter().any(|root| names.contains(root)) {
        return false;
    }
    PARTS.iter().any(|part| names.contains(part)) && document.text_content(element).len() <= MOST_LETTERS
}

/// Adds the quotations that stand between the lines of the article: extractors take a quotation for a box beside it.
pub(crate) fn keep(lines: &[Line], choice: &mut Choice) {
    let Some(home) = container(lines, &choice.0) else { return };
    let (Some(first), Some(last)) = (choice.0.iter().position(|c| *c), choice.0.iter().rposition(|c| *c)) else {
        return;
    };
    for (at, line) in lines.iter().enumerate().take(last).skip(first) {
        choice.0[at] |= line.quotation && line.piece.kind == BlockKind::Quote && line.holders.contains(&home);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_an_example_that_it_finds() {
        for row in NAMES.lines().filter(|row| !row.starts_with('#')) {
            let markup = row.split('\t').nth(2).expect("an example");
            let document = Document::parse(&format!("<body>{markup}The pier is closed</body>"));
            let element = document.child_nodes(document.body().expect("a body"))[0];
            assert!(is_quotation(&document, element, document.tag_name(element)), "{row}");
        }
    }
}
