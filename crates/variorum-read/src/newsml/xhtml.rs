//! XHTML inside an item, made so that it is read as it was meant.

use crate::markup::{HTML, only};
use crate::xml::Element;

/// Returns the markup of an article in XHTML as a web page has it; markup of other kinds comes as it is.
///
/// Agencies mark companies and people with elements of their own, put keywords above the article, and some put a whole
/// story with its line breaks into one paragraph.
pub(super) fn markup(content: Element<'_>) -> String {
    let html = content.descendants().find(|inner| inner.name() == "body").unwrap_or(content);
    let markup = content.inner_markup();
    if markup.contains("<body.content") || html.descendants().all(|inner| inner.name() != "p") {
        return markup;
    }
    let mut paragraphs = html.descendants().filter(|inner| inner.name() == "p");
    if let (Some(text), None) = (paragraphs.next().map(Element::text), paragraphs.next())
        && text.trim().lines().any(|line| line.trim().is_empty())
    {
        return text;
    }
    let mut markup = only(HTML, &html.inner_markup());
    for header in headers(html) {
        markup = markup.replacen(&only(HTML, &header.inner_markup()), "", 1);
    }
    markup
}

/// Returns what stands above the article in its markup and is none of its words.
pub(super) fn above(item: Element<'_>) -> Option<String> {
    let contents = item.named("contentSet").flat_map(|set| set.named("inlineXML"));
    let lines: Vec<String> = contents.flat_map(headers).filter_map(Element::line).collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

fn headers(html: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    html.descendants().filter(|inner| inner.name() == "header" && !has_sentence(*inner))
}

/// Headlines, keywords and dates are no sentences.
fn has_sentence(header: Element<'_>) -> bool {
    header
        .descendants()
        .filter(|inner| inner.name() == "p")
        .filter_map(Element::line)
        .any(|line| line.ends_with(['.', '!', '?']))
}
