//! Guards before a page is parsed: extractors take minutes on markup that browsers never see.
//!
//! One pass over the bytes drops what holds no article (scripts, styles, drawings, comments) and adds up what the rest
//! would cost. Everything after it works on markup of bounded size, depth and number of tags.

/// The largest page, in bytes, before and after scripts and styles are dropped.
pub(crate) const MOST_BYTES: usize = 12 << 20;
const MOST_SLIM_BYTES: usize = 3 << 20;
/// Honest pages nest about 60 deep and have some thousand tags.
const MOST_DEPTH: usize = 200;
const MOST_TAGS: usize = 30_000;
/// The sum over all tags of how deep each stands: what a walk from every element to its ancestors costs.
const MOST_WORK: usize = 1_000_000;
/// The sum over all tags of how much formatting stands open: the parser opens it anew in every block after.
const MOST_REOPENED: usize = 50_000;
/// The parser compares every attribute of a tag with all before it.
const MOST_ATTRIBUTES: usize = 128;
/// A longer tag is cut: no honest attribute that tells of the article is that long.
const MOST_TAG_BYTES: usize = 16 << 10;

/// Returns the page without scripts, styles and comments, or why it must not be parsed.
pub(crate) fn slim(html: &str) -> Result<String, String> {
    if html.len() > MOST_BYTES {
        return Err(format!("the page is larger than {} MiB; save the article alone", MOST_BYTES >> 20));
    }
    let mut scan = Scan {
        html,
        at: 0,
        out: String::with_capacity(html.len() / 2),
        tags: 0,
        depth: 0,
        work: 0,
        formatting: Vec::new(),
        reopened: 0,
    };
    while let Some(next) = html[scan.at..].find('<') {
        let tag = scan.at + next;
        scan.keep(scan.at..tag);
        scan.markup(tag)?;
    }
    scan.keep(scan.at..html.len());
    if scan.out.len() > MOST_SLIM_BYTES {
        return Err("far too much text for one article; split the page or give the text alone".to_owned());
    }
    Ok(scan.out)
}

struct Scan<'a> {
    html: &'a str,
    at: usize,
    out: String,
    tags: usize,
    depth: usize,
    work: usize,
    /// Formatting that is open, as it was opened.
    formatting: Vec<&'a str>,
    reopened: usize,
}

impl<'a> Scan<'a> {
    fn keep(&mut self, bytes: std::ops::Range<usize>) {
        self.out.push_str(&self.html[bytes]);
    }

    /// Takes the markup that begins at a `<`.
    fn markup(&mut self, tag: usize) -> Result<(), String> {
        let rest = &self.html[tag..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.at = comment.find("-->").map_or(self.html.len(), |end| tag + 4 + end + 3);
            return Ok(());
        }
        let name_at = 1 + usize::from(rest.as_bytes().get(1) == Some(&b'/'));
        let name = tag_name(&rest[name_at..]);
        if name.is_empty() {
            self.out.push('<');
            self.at = tag + 1;
            return Ok(());
        }
        let end = tag + tag_end(rest);
        self.at = end;
        if name_at == 2 {
            self.depth = self.depth.saturating_sub(usize::from(nests(&name)));
            if let Some(open) = self.formatting.iter().rposition(|opening| tag_name(&opening[1..]) == name) {
                self.formatting.remove(open);
            }
            self.keep(tag..end);
            return Ok(());
        }
        if let Some(after) = self.dropped(&name, tag, end) {
            self.at = after;
            return Ok(());
        }
        let opening: &'a str = &self.html[tag..end];
        self.count(&name, opening)?;
        self.keep_tag(tag, end);
        Ok(())
    }

    /// Returns the end of an element that is dropped with all it holds.
    fn dropped(&self, name: &str, tag: usize, end: usize) -> Option<usize> {
        let opening = &self.html[tag..end];
        let goes = match name {
            // Structured data tells who wrote the article and when.
            "script" => !contains_ignoring_case(opening, "ld+json"),
            "noscript" | "iframe" | "style" | "svg" | "template" | "canvas" | "math" => true,
            _ => false,
        };
        if !goes || opening.ends_with("/>") && name != "script" {
            return None;
        }
        Some(close_of(self.html, name, end))
    }

    fn count(&mut self, name: &str, tag: &'a str) -> Result<(), String> {
        self.tags += 1;
        self.reopened += self.formatting.len();
        // The parser keeps at most three that are alike (HTML standard, "Noah's Ark clause").
        if is_formatting(name) && self.formatting.iter().filter(|open| **open == tag).count() < 3 {
            self.formatting.push(tag);
        }
        self.depth += usize::from(nests(name));
        self.work += self.depth;
        if self.depth > MOST_DEPTH {
            return Err(format!(
                "the markup is nested more than {MOST_DEPTH} tags deep; save the page again or give its text"
            ));
        }
        if self.tags > MOST_TAGS || self.work > MOST_WORK || self.reopened > MOST_REOPENED {
            return Err(format!(
                "the markup has more than {MOST_TAGS} tags or nests them too often; save the article alone"
            ));
        }
        Ok(())
    }

    /// Keeps a tag, without its attributes where they are out of all measure, or those of a picture: its addresses in
    /// all sizes are often longer than the article and tell nothing of it.
    fn keep_tag(&mut self, tag: usize, end: usize) {
        let name = tag_name(&self.html[tag + 1..end]);
        let is_picture = matches!(name.as_str(), "img" | "source");
        if !is_picture && end - tag <= MOST_TAG_BYTES && attributes(&self.html[tag..end]) <= MOST_ATTRIBUTES {
            return self.keep(tag..end);
        }
        self.out.push('<');
        self.out.push_str(&name);
        self.out.push('>');
    }
}

/// Tells whether an element holds others until it is closed. Void elements never do, and those whose end tag may be
/// left out close each other, as links do. A slash before the `>` says nothing in HTML.
fn nests(name: &str) -> bool {
    !matches!(
        name,
        "a" | "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "option"
            | "optgroup"
            | "html"
            | "head"
            | "body"
            | "!doctype"
            | "!DOCTYPE"
            | "colgroup"
            | "rp"
            | "rt"
    )
}

fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

fn tag_name(rest: &str) -> String {
    let end = rest
        .bytes()
        .take(24)
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
        .unwrap_or(rest.len().min(24));
    let name = rest.get(..end).unwrap_or("");
    if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        name.to_ascii_lowercase()
    } else {
        String::new()
    }
}

/// Returns one past the `>` that closes a tag; quoted values may hold a `>`.
fn tag_end(tag: &str) -> usize {
    let mut quote = 0;
    let mut after_equals = false;
    for (at, byte) in tag.bytes().enumerate().skip(1) {
        match byte {
            b'"' | b'\'' if quote == 0 && after_equals => quote = byte,
            _ if quote != 0 && byte == quote => quote = 0,
            b'>' if quote == 0 => return at + 1,
            _ => {}
        }
        after_equals = byte == b'=' || after_equals && byte.is_ascii_whitespace();
    }
    tag.len()
}

/// Returns how many attributes a tag has, with or without values.
fn attributes(tag: &str) -> usize {
    let (mut quote, mut gap, mut found) = (0, false, 0);
    for byte in tag.bytes() {
        match byte {
            b'"' | b'\'' if quote == 0 => quote = byte,
            _ if byte == quote => quote = 0,
            _ if quote != 0 => {}
            _ if byte.is_ascii_whitespace() || byte == b'/' => gap = true,
            _ => {
                found += usize::from(gap);
                gap = false;
            }
        }
    }
    found
}

/// Returns one past the end tag of an element whose content is skipped.
fn close_of(html: &str, name: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(next) = html[at..].find("</") {
        let close = at + next;
        let rest = &html[close + 2..];
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest.find('>').map_or(html.len(), |end| close + 2 + end + 1);
        }
        at = close + 2;
    }
    html.len()
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::slim;

    #[test]
    fn scripts_styles_and_comments_go() {
        let page =
            "<p title='a > b'>One<!-- <p>no</p> --><script>if (a < b) { \"</p>\" }</script><STYLE>p{}</STYLE> two</p>";
        assert_eq!(slim(page).as_deref(), Ok("<p title='a > b'>One two</p>"));
        let data = "<script type=\"application/ld+json\">{\"a\":1}</script>";
        assert_eq!(slim(data).as_deref(), Ok(data));
    }

    #[test]
    fn odd_markup_comes_through() {
        for page in ["a < b", "<", "</", "<p", "<!--", "<script>", "<p a='", "5 <6 ✓", "<é>"] {
            assert!(slim(page).is_ok(), "{page}");
        }
    }

    #[test]
    fn overgrown_markup_is_refused() {
        let deep = "<div>".repeat(2_000_000);
        assert!(slim(&deep).is_err_and(|reason| reason.contains("nested")));
        let tables = "<table><tr><td>".repeat(5_000);
        assert!(slim(&tables).is_err());
        let wide = "<b>x</b>".repeat(200_000);
        assert!(slim(&wide).is_err_and(|reason| reason.contains("tags")));
        // Formatting that is never closed is opened again in every paragraph after it.
        let open = (0..190).map(|n| format!("<b id={n}>")).collect::<String>() + &"<p>x</p>".repeat(1_000);
        assert!(slim(&open).is_err());
        let text = "word ".repeat(10 << 20);
        assert!(slim(&text).is_err());
    }

    #[test]
    fn attributes_out_of_all_measure_are_dropped() {
        assert_eq!(slim(&format!("<p {}>One", "a=b ".repeat(100_000))).as_deref(), Ok("<p>One"));
        assert_eq!(slim(&format!("<p {}>One", "a ".repeat(300))).as_deref(), Ok("<p>One"));
        let data = format!("<p data-x='{}'>One", "a = b ".repeat(300));
        assert_eq!(slim(&data).as_deref(), Ok(data.as_str()));
    }

    #[test]
    fn paragraphs_without_end_tags_are_fine() {
        assert!(slim(&"<p>One sentence.<br>".repeat(5_000)).is_ok());
    }
}
