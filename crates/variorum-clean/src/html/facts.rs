//! The facts that a page states about itself, each from the first place in a stated order that has it.

mod gather;
#[cfg(test)]
mod tests;

use trafilatura::dom::Document;
use variorum_news::{Credit, Note};
use variorum_text::language_tag;

pub(crate) use gather::{Gathered, Line, Mark, Says, attribute, pieces, words};

use super::linked_data::{self, LinkedData, Own};
use super::{authors, elsewhere, titles, when};
use crate::piece::folded;

/// What a page states about its article.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub title: Option<String>,
    pub standfirst: Option<String>,
    pub byline: Vec<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub language: Option<String>,
    /// The given address; without one, the one that the page calls its own.
    pub url: Option<String>,
    /// The address that the page calls its own, where that is another than the given one.
    pub canonical: Option<String>,
    /// The article's text, where the page states it beside its markup.
    pub body: Option<String>,
    /// Where two places of the page disagree about a fact.
    pub notes: Vec<Note>,
    /// Whom the page names as its source without showing it.
    pub credits: Vec<Credit>,
}

/// A page as the fact finders read it.
pub(crate) struct Stated<'a> {
    pub document: &'a Document,
    pub gathered: Gathered,
    pub linked: LinkedData,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub language: Option<String>,
}

impl Stated<'_> {
    /// Returns the first of some `<meta>` names that is there.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas(name).first()).map(String::as_str)
    }

    /// Returns all contents of a `<meta>` name.
    pub(crate) fn metas(&self, name: &str) -> &[String] {
        self.gathered.metas.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the lines around the headline, where articles say who wrote them and when: those before it, then those
    /// after it up to the running text.
    pub(crate) fn head(&self, headline: usize) -> impl Iterator<Item = (usize, &Line)> {
        let lines = &self.gathered.lines;
        let first = headline.saturating_sub(BEFORE);
        let mut prose = 0;
        let near = lines.iter().enumerate().skip(first).take(BEFORE + AFTER).take_while(move |(at, line)| {
            prose += usize::from(*at > headline && line.text.len() >= PROSE);
            prose <= 2
        });
        near.filter(|(_, line)| !line.beside)
    }
}

/// Lines of the head of an article before and after its headline.
const BEFORE: usize = 8;
const AFTER: usize = 24;
/// A line of this many bytes is running text.
const PROSE: usize = 240;

/// Returns the facts that a page states about its article.
pub(crate) fn of_page(document: &Document, given: Option<&str>) -> Facts {
    let gathered = gather::gather(document);
    let canonical = canonical(&gathered, given);
    let linked = linked(&gathered, given, canonical.as_deref());
    let url = given.map(str::to_owned).or_else(|| canonical.clone());
    let language = stated_language(&gathered, &linked);
    let mut stated = Stated { document, gathered, linked, url, outlet: None, language };
    stated.outlet = outlet(&stated);
    let title = titles::title(&stated);
    let headline = titles::line_of(&stated, title.as_deref());
    stated.gathered.keep_around(headline, BEFORE, AFTER);
    let times = when::times(&stated, headline);
    let byline = authors::byline(&stated, headline);
    let mut notes = times.notes;
    notes.extend(byline.notes);
    Facts {
        credits: elsewhere::credits(&stated, given, canonical.as_deref()),
        standfirst: standfirst(&stated, headline, title.as_deref()),
        title,
        byline: byline.people,
        published: times.published,
        modified: times.modified,
        section: section(&stated),
        language: stated.language,
        outlet: stated.outlet,
        canonical: canonical
            .filter(|own| given.is_some_and(|given| linked_data::normal(given) != linked_data::normal(own))),
        url: stated.url,
        body: stated.linked.body,
        notes: notes.into_iter().map(|note| Note { span: None, note }).collect(),
    }
}

fn linked(gathered: &Gathered, given: Option<&str>, canonical: Option<&str>) -> LinkedData {
    let addresses = [given, canonical].into_iter().flatten().map(linked_data::normal).collect();
    let headings = gathered.headings.iter().filter(|heading| heading.rank == 1).map(|heading| heading.text.as_str());
    let metas = ["og:title", "twitter:title"].iter().filter_map(|name| gathered.metas.get(*name)?.first());
    let window = std::iter::once(gathered.window.trim());
    let titles = headings.chain(metas.map(String::as_str)).chain(window).collect();
    linked_data::of_page(&gathered.scripts, &Own { addresses, titles })
}

/// Returns the address that the page calls its own: `rel=canonical`, then `og:url`; without the fragment.
fn canonical(gathered: &Gathered, given: Option<&str>) -> Option<String> {
    let og = || gathered.metas.get("og:url").and_then(|urls| urls.first()).cloned();
    let link = gathered.canonical.clone().filter(|link| !link.trim().is_empty()).or_else(og)?;
    let link = link.trim().split('#').next().unwrap_or_default();
    if link.starts_with("http://") || link.starts_with("https://") {
        return Some(link.to_owned());
    }
    let (scheme, rest) = given?.split_once("://")?;
    if let Some(host_and_path) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{host_and_path}"));
    }
    let host = rest.split(['/', '?', '#']).next()?;
    link.starts_with('/').then(|| format!("{scheme}://{host}{link}"))
}

/// `og:site_name`, the publisher of linked data, `application-name`, a publisher in `<meta>`; never made from the host.
fn outlet(stated: &Stated<'_>) -> Option<String> {
    let metas = |names: &[&str]| stated.meta(names).map(titles::unescaped);
    let is_name = |name: &String| !name.is_empty() && !name.contains("://") && name.chars().count() <= 80;
    metas(&["og:site_name"])
        .filter(is_name)
        .or_else(|| stated.linked.publisher.as_deref().map(titles::unescaped).filter(is_name))
        .or_else(|| metas(&["application-name"]).filter(is_name))
        .or_else(|| metas(&["publisher", "dc.publisher", "dcterms.publisher", "cre"]).filter(is_name))
}

/// A line under the headline that says it is one, then the description; whole, and neither the headline again nor cut.
fn standfirst(stated: &Stated<'_>, headline: usize, title: Option<&str>) -> Option<String> {
    let title = title.map(folded).unwrap_or_default();
    let fits = |text: &String| {
        let is_cut = text.ends_with('…') || text.ends_with("...") || text.ends_with("[…]");
        let sized = crate::piece::word_count(text) >= 4 || text.chars().count() >= 12 && !text.is_ascii();
        !is_cut && sized && text.chars().count() <= 600 && folded(text) != title
    };
    let near = |mark: &&Mark| {
        !mark.beside && mark.says == Says::Standfirst && (headline..headline + BEFORE).contains(&mark.line)
    };
    let marked =
        stated.gathered.marks.iter().filter(near).map(|mark| titles::unescaped(&words(stated.document, mark.node)));
    let described = || {
        let metas = ["og:description", "description", "twitter:description", "dc.description"];
        let metas = metas.iter().filter_map(|name| stated.meta(&[*name]));
        let all = stated.linked.description.as_deref().into_iter().chain(metas).map(titles::unescaped).filter(fits);
        all.collect::<Vec<_>>()
    };
    marked.filter(fits).find(|text| crate::piece::word_count(text) <= 80).or_else(|| {
        let described = described();
        // What readers see is better than what only machines do.
        let seen =
            described.iter().find(|text| stated.head(headline).any(|(_, line)| folded(&line.text) == folded(text)));
        seen.or(described.first()).cloned()
    })
}

/// `articleSection`, `article:section`, the last step but one of a breadcrumb trail.
fn section(stated: &Stated<'_>) -> Option<String> {
    let metas =
        stated.meta(&["article:section", "og:article:section", "parsely-section", "section", "dc.subject.section"]);
    let crumbs = &stated.gathered.crumbs;
    // The last step can be the article itself; the first is the home page.
    let of_trail = || {
        let is_title = |crumb: &&String| crumb.split_whitespace().count() > 4;
        let steps: Vec<&String> = crumbs.iter().skip(1).filter(|crumb| !is_title(crumb)).collect();
        steps.last().map(|crumb| crumb.as_str())
    };
    let found = stated.linked.section.as_deref().or(metas).or_else(of_trail).map(titles::unescaped)?;
    (!found.is_empty() && found.chars().count() <= 60 && !found.contains("://")).then_some(found)
}

/// The page's own tag, then linked data, then `<meta>`.
fn stated_language(gathered: &Gathered, linked: &LinkedData) -> Option<String> {
    let meta = |name: &str| gathered.metas.get(name).and_then(|values| language_tag(values.first()?));
    language_tag(&gathered.language)
        .or_else(|| linked.language.as_deref().and_then(language_tag))
        .or_else(|| ["og:locale", "content-language", "language", "dc.language"].iter().find_map(|name| meta(name)))
}
