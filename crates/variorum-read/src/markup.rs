//! Markup of other formats made into that of web pages.

/// The elements that HTML knows for words and what stands beside them (HTML standard, sections 4.3 to 4.9).
pub(crate) const HTML: &[&str] = &[
    "html",
    "head",
    "title",
    "body",
    "article",
    "section",
    "nav",
    "aside",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hgroup",
    "header",
    "footer",
    "address",
    "main",
    "p",
    "hr",
    "pre",
    "blockquote",
    "ol",
    "ul",
    "menu",
    "li",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "div",
    "a",
    "em",
    "strong",
    "small",
    "s",
    "cite",
    "q",
    "dfn",
    "abbr",
    "time",
    "code",
    "var",
    "sub",
    "sup",
    "i",
    "b",
    "u",
    "mark",
    "bdi",
    "bdo",
    "span",
    "br",
    "wbr",
    "ins",
    "del",
    "picture",
    "img",
    "iframe",
    "embed",
    "object",
    "video",
    "audio",
    "table",
    "caption",
    "colgroup",
    "col",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "form",
    "button",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "center",
    "font",
    "tt",
    "strike",
    "big",
];

/// Returns well-formed markup without the tags of other elements than these; their words stay in their lines.
pub(crate) fn only(known: &[&str], markup: &str) -> String {
    let mut kept = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let name = rest[1..end].trim_start_matches('/');
        let name =
            name[..name.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(name.len())].to_ascii_lowercase();
        kept.push_str(if known.contains(&name.as_str()) { &rest[..end] } else { "" });
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::{HTML, only};

    #[test]
    fn marks_of_meaning_leave_their_words() {
        let markup = "<p>In <city x=\"a\">Alder</city>, <Num>4</Num> &lt; 5<br></P>";
        assert_eq!(only(HTML, markup), "<p>In Alder, 4 &lt; 5<br></P>");
        assert_eq!(only(HTML, "4 <"), "4 ");
    }
}
