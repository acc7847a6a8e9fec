//! Where the tags of HTML stand in words that may or may not be HTML.

/// Returns where the tags and comments of HTML stand; a bracket in running text is none.
pub(super) fn tags(markup: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + markup[from..].find('<')?;
            let rest = &markup[start + 1..];
            from = start + 1;
            let length = match rest.strip_prefix("!--") {
                Some(inside) => inside.find("-->").map(|end| end + "!--".len() + "-->".len()),
                None if is_element(rest) => rest.find('>').map(|end| end + 1),
                None => None,
            };
            // An open tag without an end takes all that follows, or the search would begin anew at every bracket.
            let Some(length) = length else {
                if is_element(rest) || rest.starts_with("!--") {
                    from = markup.len();
                }
                continue;
            };
            from = start + 1 + length;
            return Some((start, from));
        }
    })
}

fn is_element(rest: &str) -> bool {
    let name = name(rest);
    ELEMENTS.iter().chain(INLINE).any(|element| name.eq_ignore_ascii_case(element))
}

pub(super) fn is_inline(tag: &str) -> bool {
    let name = name(&tag[1..]);
    INLINE.iter().any(|element| name.eq_ignore_ascii_case(element))
}

fn name(rest: &str) -> &str {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())]
}

pub(super) fn find(markup: &str, tag: &str) -> Option<usize> {
    markup
        .match_indices('<')
        .map(|(at, _)| at)
        .find(|at| markup.get(*at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
}

/// Elements of HTML within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// Other elements of HTML that feeds carry.
const ELEMENTS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "embed",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "noscript",
    "object",
    "ol",
    "p",
    "param",
    "picture",
    "pre",
    "script",
    "section",
    "source",
    "style",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];
