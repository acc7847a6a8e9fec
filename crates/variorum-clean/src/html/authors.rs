//! The people who wrote the article of a page.

use std::collections::BTreeMap;

use trafilatura::dom::NodeId;

use super::facts::{Mark, Says, Stated, attribute, pieces};
use super::titles;
use crate::byline;
use crate::piece::folded;

/// The people who wrote an article, and where the page disagrees with itself about them.
#[derive(Debug, Default)]
pub(crate) struct Byline {
    pub people: Vec<String>,
    pub notes: Vec<String>,
}

/// Returns the authors: linked data, `<meta>`, then what readers see; people only, neither roles nor outlets.
pub(crate) fn byline(stated: &Stated<'_>, headline: usize) -> Byline {
    let linked = of_linked_data(stated);
    let metas = of_metas(stated);
    let notes = disagreement(&linked, &metas).into_iter().collect();
    let people = [linked, metas].into_iter().find(|found| !found.is_empty());
    let people = people.unwrap_or_else(|| visible(stated, headline));
    let mut kept: BTreeMap<String, usize> = BTreeMap::new();
    let fresh = |(at, name): &(usize, String)| *kept.entry(folded(name)).or_insert(*at) == *at;
    Byline { people: people.into_iter().enumerate().filter(fresh).map(|(_, name)| name).collect(), notes }
}

fn disagreement(linked: &[String], metas: &[String]) -> Option<String> {
    let shared = |name: &String| {
        let name = folded(name);
        metas.iter().map(|other| folded(other)).any(|other| other.contains(&name) || name.contains(&other))
    };
    let differs = !linked.is_empty() && !metas.is_empty() && !linked.iter().any(shared);
    differs.then(|| {
        format!("JSON-LD names {}, <meta> names {} as authors; took the first", linked.join(", "), metas.join(", "))
    })
}

fn of_linked_data(stated: &Stated<'_>) -> Vec<String> {
    let authors = stated.linked.authors.iter();
    authors
        .flat_map(|author| {
            let found = people(stated, &author.name);
            if !found.is_empty() || !author.is_person {
                return found;
            }
            // One word is enough where the page says that it names a person.
            let name = byline::stated_person(&titles::unescaped(&author.name));
            name.filter(|name| !is_own_name(stated, name)).into_iter().collect()
        })
        .collect()
}

const METAS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "cxenseparse:author",
    "article:author_name",
    "article:byline",
    "og:article:author",
    "og:author",
    "authors",
    "article_author",
    "articleauthor",
    "creator",
];

fn of_metas(stated: &Stated<'_>) -> Vec<String> {
    let read =
        |name: &str| -> Vec<String> { stated.metas(name).iter().flat_map(|names| people(stated, names)).collect() };
    let full = METAS.iter().map(|name| read(name)).find(|found| !found.is_empty());
    let full = full.or_else(|| Some(cited(stated)).filter(|found| !found.is_empty()));
    full.or_else(|| labelled(stated)).or_else(|| first_name(stated)).unwrap_or_default()
}

/// Catalogues may turn a name around: "Orr, Ada".
fn cited(stated: &Stated<'_>) -> Vec<String> {
    let all = ["citation_author", "citation_authors"].iter().flat_map(|name| stated.metas(name));
    all.flat_map(|name| match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') && !last.contains(' ') => {
            people(stated, &format!("{first} {last}"))
        }
        _ => people(stated, name),
    })
    .collect()
}

/// Cards for social networks label their data: "Written by", "Ada Orr".
fn labelled(stated: &Stated<'_>) -> Option<Vec<String>> {
    let label = stated.meta(&["twitter:label1"])?.to_lowercase();
    let names = [
        "written by",
        "by",
        "author",
        "verfasst von",
        "écrit par",
        "escrito por",
        "geschreven door",
        "scritto da",
        "napisane przez",
        "автор",
    ];
    let named = names.contains(&label.trim_end_matches(':'));
    let found = named.then(|| people(stated, stated.meta(&["twitter:data1"]).unwrap_or_default()))?;
    (!found.is_empty()).then_some(found)
}

/// A single first name in `<meta>` is believed where the page also shows it as its author's.
fn first_name(stated: &Stated<'_>) -> Option<Vec<String>> {
    let name =
        byline::stated_person(stated.meta(&["author", "twitter:data1"])?).filter(|name| !is_own_name(stated, name))?;
    let is_shown = |mark: &Mark| {
        mark.says == Says::Author && pieces(stated.document, mark.node).iter().take(6).any(|piece| *piece == name)
    };
    let on_card = stated.meta(&["twitter:data1"]) == stated.meta(&["author"]);
    (on_card || stated.gathered.marks.iter().any(is_shown)).then(|| vec![name])
}

/// Returns the people in a stated list, without the outlet's own name.
fn people(stated: &Stated<'_>, list: &str) -> Vec<String> {
    if list.contains("://") {
        return Vec::new();
    }
    let found = byline::people(&titles::unescaped(list));
    found.into_iter().filter(|name| !is_own_name(stated, name)).collect()
}

/// Tells whether a name is the outlet's own: its name, or that of its host.
fn is_own_name(stated: &Stated<'_>, name: &str) -> bool {
    let close = |text: &str| folded(text).replace(' ', "");
    let is_word = !name.contains(' ');
    let name = close(name);
    let outlet = stated.outlet.as_deref().map(close).unwrap_or_default();
    if name == outlet {
        return true;
    }
    // "adaorr.example" is the page of a person; a single word that is a host's name is a firm's.
    let host = stated.url.as_deref().and_then(titles::host).unwrap_or_default();
    is_word && host.split('.').any(|part| part.len() > 2 && part.replace('-', "") == name)
}

/// Returns the people of the first element that names an author, near the headline first, then of a line that is a
/// byline ("By Ada Orr").
fn visible(stated: &Stated<'_>, headline: usize) -> Vec<String> {
    let near = |line: usize| (headline.saturating_sub(8)..=headline + 30).contains(&line);
    let marks: Vec<&Mark> =
        stated.gathered.marks.iter().filter(|mark| mark.says == Says::Author && !mark.beside).collect();
    let of_marks = |is_near: bool| {
        let marks = marks.iter().copied().filter(|mark| near(mark.line) == is_near);
        // Far from the headline only an element that names a person and nothing else is believed.
        let names = |mark: &Mark| if is_near { marked(stated, mark) } else { inner_names(stated, mark.node) };
        let marks: Vec<&Mark> = marks.take(60).collect();
        let (at, mut found) =
            marks.iter().enumerate().map(|(at, mark)| (at, names(mark))).find(|(_, found)| !found.is_empty())?;
        // Several authors stand side by side, each in a link of their own.
        let line = marks[at].line;
        let helped = stated.gathered.lines.get(line).is_some_and(|line| byline::names_helpers(&line.text));
        let beside = marks[at + 1..].iter().take_while(|mark| mark.line == line && !helped).take(12);
        let links = beside.filter(|mark| !attribute(stated.document, mark.node, "href").is_empty());
        found.extend(links.flat_map(|mark| names(mark)));
        Some(found)
    };
    let of_lines = || {
        let mut lines = stated.head(headline);
        lines.find_map(|(at, line)| {
            let next = || {
                stated.gathered.lines.get(at + 1).filter(|next| byline::is_opener(&line.text) && next.text.len() <= 80)
            };
            let found = byline::byline(&line.text)
                .or_else(|| byline::after_date(&line.text))
                .or_else(|| next().map(|next| byline::people(&next.text)))?;
            Some(people_of(stated, found)).filter(|found| !found.is_empty())
        })
    };
    // Below the article a line that is a byline and nothing else.
    let of_all_lines = || {
        let lines = stated.gathered.lines.iter().filter(|line| !line.beside && line.text.len() <= 80);
        lines
            .filter_map(|line| byline::byline(&line.text))
            .map(|found| people_of(stated, found))
            .find(|found| !found.is_empty())
    };
    of_marks(true).or_else(of_lines).or_else(|| of_marks(false)).or_else(of_all_lines).unwrap_or_default()
}

fn people_of(stated: &Stated<'_>, names: Vec<String>) -> Vec<String> {
    names.into_iter().filter(|name| !is_own_name(stated, name)).collect()
}

/// Returns the people that a marked element names: by the names inside it that are marked themselves, else by its
/// lines, else by all its words.
fn marked(stated: &Stated<'_>, mark: &Mark) -> Vec<String> {
    let lines = pieces(stated.document, mark.node);
    if lines.iter().map(String::len).sum::<usize>() > MOST_BYTES {
        return Vec::new();
    }
    let whole = lines.join(" ");
    if ["reviewed by", "edited by", "photo", "view all", "see all"]
        .iter()
        .any(|other| whole.to_lowercase().starts_with(other))
    {
        return Vec::new();
    }
    let inner = inner_names(stated, mark.node);
    if !inner.is_empty() {
        return inner;
    }
    // The name stands first; a role, a biography or a date follows.
    let mut found = Vec::new();
    for line in &lines {
        let names = people(stated, line);
        if names.is_empty() && !found.is_empty() && crate::piece::word_count(line) > 1 {
            break;
        }
        found.extend(names);
    }
    if found.is_empty() { people(stated, &whole) } else { found }
}

/// Returns the people that elements inside one name: `itemprop=name`, a class "…name", links to authors.
fn inner_names(stated: &Stated<'_>, node: NodeId) -> Vec<String> {
    let document = stated.document;
    let is_name = |inner: &NodeId| {
        let class = attribute(document, *inner, "class").to_ascii_lowercase();
        let href = attribute(document, *inner, "href").to_ascii_lowercase();
        let names =
            ["author-name", "author_name", "authorname", "author__name", "byline-name", "byline__name", "bylinename"];
        attribute(document, *inner, "itemprop") == "name"
            || attribute(document, *inner, "rel") == "author"
            || names.iter().any(|mark| class.contains(mark))
            || ["/author", "/autor", "/auteur"].iter().any(|path| href.contains(path))
    };
    let inner = document.iter(node, &["a", "span", "div", "p", "h3", "h4", "h5", "strong", "b"]);
    let texts = inner.into_iter().take(60).filter(is_name).map(|inner| pieces(document, inner).join(" "));
    texts.filter(|text| text.len() <= 80).flat_map(|text| people(stated, &text)).collect()
}

/// Bylines are short.
const MOST_BYTES: usize = 200;
