//! Headlines, descriptions and bodies, which agencies give in several wordings: for several uses, in several markups.

use variorum_news::{Body, Page};
use variorum_text::nfc;

use super::wrap::unwrapped;
use super::{add_note, code, one_line, same_name};
use crate::xml::{Tree, resolved};
use crate::{MOST_HTML, MOST_TEXT, nitf};

/// One wording of a part of an item.
#[derive(Debug)]
pub(crate) struct Wording {
    /// What it is for, in lower case.
    pub role: String,
    /// The stated type of its content.
    content: String,
    markup: Markup,
    words: String,
}

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Markup {
    Html,
    Nitf,
    Plain,
    /// XML of a kind that nobody here knows.
    Foreign,
}

impl Wording {
    pub(crate) fn of(role: &str, content: &str, words: String) -> Wording {
        let role = code(role).to_ascii_lowercase();
        let markup = Markup::of(&role, &content.to_ascii_lowercase(), &words);
        Wording { role, content: content.to_owned(), markup, words }
    }

    /// Returns the words on one line.
    pub(crate) fn line(&self) -> String {
        match self.markup {
            Markup::Plain => one_line(&self.words),
            _ => one_line(&visible(&self.words)),
        }
    }

    fn fill(self, page: &mut Page) -> Result<(), String> {
        let most = if self.markup == Markup::Plain { MOST_TEXT } else { MOST_HTML };
        if self.words.len() > most {
            return Err(format!("the body is larger than {} MiB, far too much for one report", most >> 20));
        }
        match self.markup {
            Markup::Html => page.body = Body::Fragment(self.words),
            Markup::Plain => page.body = Body::Text(plain(&self.words)),
            Markup::Nitf => match Tree::of(&self.words).root().and_then(nitf::article) {
                Some(article) => article.fill(page),
                None => page.body = Body::Text(plain(&visible(&self.words))),
            },
            Markup::Foreign => page.body = Body::Headline,
        }
        Ok(())
    }

    fn n_letters(&self) -> usize {
        let mut in_tag = false;
        let mut n = 0;
        for c in self.words.chars() {
            in_tag = if in_tag { c != '>' } else { c == '<' };
            n += usize::from(!in_tag && c.is_alphanumeric());
        }
        n
    }
}

impl Markup {
    /// Tells markup by the stated type, then by the role, then by the words themselves.
    fn of(role: &str, content: &str, words: &str) -> Markup {
        let head = words.trim_start();
        let tagged = head.contains("</") && first_tag(head).is_some_and(|tag| HTML.contains(&tag));
        let states = |mark: &str| content.contains(mark) || content.is_empty() && role.contains(mark);
        match () {
            () if words.contains("<body.content") => Markup::Nitf,
            () if !words.contains('<') => Markup::Plain,
            () if states("html") || states("rich") => Markup::Html,
            () if tagged => Markup::Html,
            () if states("xml") || role.contains("nitf") || head.starts_with('<') && head.contains("</") => {
                Markup::Foreign
            }
            () => Markup::Plain,
        }
    }
}

/// Elements that a page or a part of one begins with.
const HTML: &[&str] = &[
    "html",
    "body",
    "main",
    "article",
    "section",
    "header",
    "div",
    "p",
    "span",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "br",
    "img",
    "figure",
    "blockquote",
    "table",
];

fn first_tag(markup: &str) -> Option<&str> {
    let tag = markup.strip_prefix('<')?;
    Some(&tag[..tag.find(|c: char| !c.is_ascii_alphanumeric())?])
}

fn visible(markup: &str) -> String {
    Tree::of(&format!("<words>{markup}</words>")).root().map(|root| root.text()).unwrap_or_default()
}

/// Returns the best wording for one of these roles, the first role first; takes it out of the list.
pub(crate) fn of_role(wordings: &mut Vec<Wording>, roles: &[&str]) -> Option<Wording> {
    let at = roles.iter().find_map(|role| wordings.iter().position(|wording| wording.role == *role))?;
    Some(wordings.remove(at))
}

/// Takes the headline for readers: that for the main use, else the first.
pub(crate) fn headline(headlines: &mut Vec<Wording>) -> Option<String> {
    let chosen = of_role(headlines, &["main", "", "headline"]);
    let chosen = chosen.or_else(|| if headlines.is_empty() { None } else { Some(headlines.remove(0)) })?;
    Some(chosen.line()).filter(|line| !line.is_empty())
}

/// Fills a page with the body of an item, or with the next best words that it has.
///
/// Of the wordings that hold at least half as much as the longest, the one with the best markup is the body: agencies
/// give one body in several forms, and sometimes a short one for other uses beside it.
pub(crate) fn fill(page: &mut Page, bodies: Vec<Wording>, summary: Option<Wording>) -> Result<(), String> {
    let (best, others) = best(bodies);
    keep_others(page, "bodies", others);
    if let Some(foreign) = best.as_ref().filter(|best| best.markup == Markup::Foreign) {
        if page.title.is_none() && summary.is_none() {
            return Err(format!(
                "a body of a kind that is not read ({}); ask the agency for XHTML or NITF",
                foreign.content
            ));
        }
        add_note(page, format!("the body is of a kind that is not read ({}); left out", foreign.content));
    }
    match (best.filter(|best| best.markup != Markup::Foreign), summary) {
        (Some(best), summary) => {
            let summary = summary.map(|summary| summary.line()).filter(|line| !line.is_empty());
            page.standfirst = summary.filter(|line| page.title.as_deref().is_none_or(|title| !same_name(title, line)));
            best.fill(page)
        }
        (None, Some(summary)) => {
            add_note(page, "the item has no body; its description stands for it");
            summary.fill(page)
        }
        (None, None) if page.title.is_some() => Ok(()),
        (None, None) => Err("an agency item without words; fetch it with its body".to_owned()),
    }
}

/// Returns the body and what is no other form of it.
fn best(bodies: Vec<Wording>) -> (Option<Wording>, Vec<Wording>) {
    let is_known = |body: &Wording| body.markup != Markup::Foreign;
    let longest = bodies.iter().filter(|body| is_known(body)).map(Wording::n_letters).max().filter(|n| *n > 0);
    let Some(longest) = longest else { return (bodies.into_iter().find(|body| !is_known(body)), Vec::new()) };
    let (known, _): (Vec<Wording>, Vec<Wording>) = bodies.into_iter().partition(is_known);
    let (full, short): (Vec<Wording>, Vec<Wording>) =
        known.into_iter().partition(|body| body.n_letters() * 2 >= longest);
    (full.into_iter().min_by_key(|body| body.markup), short)
}

/// Keeps wordings that say something else than those that were taken.
pub(crate) fn keep_others(page: &mut Page, name: &str, others: Vec<Wording>) {
    let told = |other: Wording| serde_json::json!({ "role": other.role, "value": other.words });
    if !others.is_empty() {
        page.extra.insert(name.to_owned(), others.into_iter().map(told).collect());
    }
}

/// Returns plain words in the one form that text has; references of XML are left in some agencies' plain text.
fn plain(words: &str) -> String {
    let words = resolved(words).replace("\r\n", "\n").replace('\r', "\n");
    nfc(&unwrapped(&words).unwrap_or(words)).into_owned()
}
