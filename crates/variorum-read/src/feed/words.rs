//! The words of an entry: which of them are the article, which its standfirst, and which say nothing new.

use variorum_news::Body;
use variorum_text::nfc;

use super::tags::{find, is_inline, tags};
use crate::xml::resolved;

/// The longest standfirst, in characters.
const MOST_STANDFIRST: usize = 400;

/// An excerpt repeats at least so many letters of the article's beginning.
const EXCERPT: usize = 60;

/// Words as an entry carries them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Words {
    /// Plain text.
    Text(String),
    /// HTML.
    Markup(String),
}

impl Words {
    /// Returns words of a format that does not say whether they are HTML (RSS): they are where they hold a tag.
    pub(crate) fn guessed(text: String) -> Option<Words> {
        let tagged = tags(&text).next().is_some();
        let words = if tagged { Words::Markup(text) } else { Words::Text(unwrapped(&resolved(&text))) };
        Some(words).filter(|words| !words.source().trim().is_empty())
    }

    /// Returns the words as they came.
    pub(crate) fn source(&self) -> &str {
        match self {
            Words::Text(text) | Words::Markup(text) => text,
        }
    }

    fn plain(&self) -> String {
        match self {
            Words::Text(text) => one_line(text),
            Words::Markup(markup) => plain(markup),
        }
    }

    /// Tells whether the words are a list of headlines that lead elsewhere, as in feeds of a search.
    pub(super) fn is_of_links(&self) -> bool {
        let Words::Markup(markup) = self else { return false };
        let (mut linked, mut n_links, mut from) = (0, 0, None);
        for (start, end) in tags(markup) {
            match (from, markup[start..end].to_ascii_lowercase().as_str()) {
                (Some(opened), "</a>") => {
                    linked += letters(&plain(&markup[opened..start])).len();
                    from = None;
                }
                (None, tag) if tag.starts_with("<a ") => {
                    n_links += 1;
                    from = Some(end);
                }
                _ => {}
            }
        }
        let all = letters(&plain(markup));
        // A report with a linked sentence or two has more words outside of links.
        n_links > 1 && linked * 2 > all.len() && !plain(markup).contains(". ")
    }

    /// Returns the first paragraph without markup: feeds append lines of their own to a standfirst.
    fn opening(&self) -> String {
        match self {
            Words::Text(text) => one_line(text.trim().split("\n\n").next().unwrap_or_default()),
            Words::Markup(markup) => {
                let ends = ["</p>", "</div>", "<br"].iter().filter_map(|end| find(markup, end));
                let mut ends: Vec<usize> = ends.collect();
                ends.push(markup.len());
                ends.sort_unstable();
                ends.iter().map(|end| plain(&markup[..*end])).find(|opening| !opening.is_empty()).unwrap_or_default()
            }
        }
    }

    fn body(&self) -> Body {
        match self {
            Words::Text(text) => Body::Text(nfc(text.trim()).into_owned()),
            Words::Markup(markup) => Body::Fragment(markup.clone()),
        }
    }
}

/// Returns the article and its standfirst: of two texts the longer is the article.
pub(super) fn sorted(
    content: &Option<Words>,
    summary: &Option<Words>,
    title: Option<&str>,
    source: Option<&str>,
) -> (Body, Option<String>) {
    let told = |words: &&Words| says_more(&words.plain(), title, source) && !words.is_of_links();
    let (content, summary) = (content.as_ref().filter(told), summary.as_ref().filter(told));
    let (article, other) = match (content, summary) {
        (Some(content), Some(summary)) if summary.plain().len() > content.plain().len() => (summary, Some(content)),
        (Some(content), summary) => (content, summary),
        (None, Some(summary)) => (summary, None),
        (None, None) => return (Body::Headline, None),
    };
    let standfirst = other.and_then(|other| standfirst(other, article, title));
    (article.body(), standfirst)
}

/// Text that only repeats the headline, or a part of it, and the publisher's name is no article.
fn says_more(plain: &str, title: Option<&str>, source: Option<&str>) -> bool {
    let (words, title, source) = (letters(plain), title.map(letters), source.map(letters).unwrap_or_default());
    let title = title.unwrap_or_default();
    !words.is_empty() && !title.contains(&words) && words != format!("{title}{source}")
}

/// An excerpt of the article is no standfirst, and neither is a text nearly as long.
fn standfirst(other: &Words, article: &Words, title: Option<&str>) -> Option<String> {
    let opening = other.opening();
    let (short, long) = (letters(&opening), letters(&article.plain()));
    let shared = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    let is_excerpt = shared >= EXCERPT.min(short.len());
    let is_short = opening.chars().count() <= MOST_STANDFIRST && short.len() * 5 <= long.len() * 3;
    (is_short && !is_excerpt && says_more(&opening, title, None)).then_some(opening)
}

/// Tells whether an article breaks off with dots, as excerpts do.
pub(super) fn is_excerpt(words: &str) -> bool {
    let plain = plain(words);
    let bare = plain.trim_end_matches([']', ')', ' ', '\u{a0}']);
    bare.ends_with('…') || bare.ends_with("...")
}

/// Returns text whose lines were broken for their length in one piece: a line that ends no sentence goes on in the next.
fn unwrapped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        let goes_on = |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | '-'));
        let mark = if !line.is_empty() && goes_on(&whole) { ' ' } else { '\n' };
        if !whole.is_empty() {
            whole.push(mark);
        }
        whole.push_str(line);
    }
    whole
}

/// Returns markup as words on one line, without tags, references resolved.
pub(crate) fn plain(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut from = 0;
    for (start, end) in tags(markup) {
        text.push_str(&markup[from..start]);
        // Words in two blocks are not glued; in "<b>F</b>erry" nothing stands between.
        if !is_inline(&markup[start..end]) {
            text.push(' ');
        }
        from = end;
    }
    text.push_str(&markup[from..]);
    one_line(&resolved(&text))
}

/// Returns text on one line, in one form.
pub(crate) fn one_line(text: &str) -> String {
    nfc(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// Returns the letters and digits of a text alone, in lower case: what is left is the same however it was set.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
