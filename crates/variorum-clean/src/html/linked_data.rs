//! What a page states about its article as linked data (JSON-LD, schema.org).

use serde_json::Value;

use crate::piece::folded;

/// Types of schema.org that are an article.
const ARTICLES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "MedicalScholarlyArticle",
    "MedicalWebPage",
    "Review",
    "Recipe",
    "HowTo",
    "PodcastEpisode",
];

/// The facts about one article.
#[derive(Debug, Default)]
pub(crate) struct LinkedData {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    /// The authors that are no organisations.
    pub authors: Vec<Author>,
    /// The authors that are organisations, such as agencies.
    pub bodies: Vec<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub description: Option<String>,
    pub section: Option<String>,
    pub body: Option<String>,
}

/// A stated author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    pub name: String,
    /// The page says that this is a person.
    pub is_person: bool,
}

/// How the page itself is known, so that its own article is told from others that it lists.
#[derive(Debug, Default)]
pub(crate) struct Own<'a> {
    pub addresses: Vec<String>,
    pub titles: Vec<&'a str>,
}

/// Returns what the page's linked data states about its article.
pub(crate) fn of_page(scripts: &[String], own: &Own<'_>) -> LinkedData {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut nodes = Vec::new();
    values.iter().for_each(|value| gather(value, &mut nodes, 0));
    let has_type = |node: &&Value, wanted: &[&str]| types(node).any(|name| wanted.contains(&name));
    let articles = nodes.iter().copied().filter(|node| has_type(node, ARTICLES));
    // Pages list other articles too: the own one has the page's address or headline, then most facts; the first of equals.
    let article = likeliest(articles, own);
    let page =
        nodes.iter().copied().find(|node| types(node).any(|name| name.ends_with("WebPage") || name == "ItemPage"));
    let mut linked = article.or(page).map(|node| of_node(node, page, &nodes)).unwrap_or_default();
    if article.is_none() {
        // The name of a page is that of its window, and its date that of its place in the system: home pages have one.
        linked.headline = page.and_then(|page| text(page, "headline"));
        linked.published = None;
    }
    linked.section = linked.section.or_else(|| trail(&nodes));
    linked
}

/// Returns the node that is most surely the article of this page; the first of equals.
fn likeliest<'a>(articles: impl Iterator<Item = &'a Value>, own: &Own<'_>) -> Option<&'a Value> {
    let mut best: Option<(usize, &Value)> = None;
    for node in articles {
        let rank = likeness(node, own);
        if best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, node));
        }
    }
    best.map(|(_, node)| node)
}

/// Some pages break lines inside strings or leave a comma at the end; JSON forbids it and without it says the same.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<![CDATA[").trim_start_matches("//<![CDATA[");
    let script = script.trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&mended(script)).ok())
}

fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in script.chars() {
        let c = if c.is_control() { ' ' } else { c };
        if in_string {
            in_string = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
        } else if c == '"' {
            in_string = true;
        } else if matches!(c, '}' | ']') {
            let kept = out.trim_end();
            if kept.ends_with(',') {
                out.truncate(kept.len() - 1);
            }
        }
        out.push(c);
    }
    out
}

fn gather<'a>(value: &'a Value, nodes: &mut Vec<&'a Value>, depth: usize) {
    if depth > 6 || nodes.len() > 600 {
        return;
    }
    match value {
        Value::Array(many) => many.iter().for_each(|one| gather(one, nodes, depth + 1)),
        Value::Object(fields) => {
            nodes.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "isPartOf", "author", "publisher", "breadcrumb"] {
                if let Some(inner) = fields.get(key) {
                    gather(inner, nodes, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn types(node: &Value) -> impl Iterator<Item = &str> {
    let stated = node.get("@type");
    let many = stated.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    stated.into_iter().chain(many).filter_map(Value::as_str).map(|name| name.rsplit(['/', ':']).next().unwrap_or(name))
}

/// Returns how surely a node is the article of this page.
fn likeness(node: &Value, own: &Own<'_>) -> usize {
    let addresses = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|key| node.get(key)).filter_map(address);
    let is_here = addresses.into_iter().any(|url| own.addresses.contains(&normal(url)));
    let headline = text(node, "headline").or_else(|| text(node, "name")).map(|headline| folded(&headline));
    let is_named = headline.is_some_and(|headline| {
        headline.len() >= 8 && own.titles.iter().any(|title| folded(title).starts_with(headline.as_str()))
    });
    let n_facts = ["headline", "datePublished", "author"].iter().filter(|key| node.get(key).is_some()).count();
    // An opinion on the page's subject and the steps of a recipe stand beside an article that holds them.
    let is_news = types(node).any(|name| name.ends_with("Article") || name.ends_with("Posting"));
    usize::from(is_here) * 8 + usize::from(is_named) * 10 + n_facts * 2 + usize::from(is_news) * 3
}

fn address(value: &Value) -> Option<&str> {
    value
        .as_str()
        .or_else(|| value.get("@id").and_then(Value::as_str))
        .or_else(|| value.get("url").and_then(Value::as_str))
}

/// Returns an address in the form in which two are compared: no scheme, fragment or slash at the end.
pub(crate) fn normal(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.split('#').next().unwrap_or(bare);
    bare.trim_start_matches("www.").trim_end_matches('/').to_ascii_lowercase()
}

fn text(node: &Value, key: &str) -> Option<String> {
    let value = node.get(key)?;
    let value = value.as_array().and_then(|many| many.first()).unwrap_or(value);
    let stated = value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|count| count.to_string()));
    stated.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn of_node(node: &Value, page: Option<&Value>, nodes: &[&Value]) -> LinkedData {
    let of_page = |key: &str| page.and_then(|page| text(page, key));
    let authors = ["author", "creator"].iter().filter_map(|key| node.get(key));
    let bodies = node.get("author").map(|author| bodies(author, nodes)).unwrap_or_default();
    let authors = authors.map(|author| people(author, nodes)).find(|found| !found.is_empty());
    let of_page_author = || page.and_then(|page| page.get("author")).map(|author| people(author, nodes));
    LinkedData {
        headline: text(node, "headline").or_else(|| text(node, "name")),
        published: text(node, "datePublished")
            .or_else(|| of_page("datePublished"))
            .or_else(|| text(node, "dateCreated")),
        modified: text(node, "dateModified").or_else(|| of_page("dateModified")),
        authors: authors.or_else(of_page_author).unwrap_or_default(),
        bodies,
        publisher: node.get("publisher").and_then(|publisher| names(publisher, nodes).into_iter().next()),
        language: text(node, "inLanguage").or_else(|| of_page("inLanguage")),
        description: text(node, "description"),
        section: text(node, "articleSection"),
        // Escaped markup inside is not the text that readers see.
        body: text(node, "articleBody").filter(|body| !body.contains('<') && !body.contains("&lt;")),
    }
}

/// Returns the rubric of a breadcrumb trail: the last step that is neither the first nor the article.
fn trail(nodes: &[&Value]) -> Option<String> {
    let list = nodes.iter().find(|node| types(node).any(|name| name == "BreadcrumbList"))?;
    let steps = list.get("itemListElement")?.as_array()?;
    let name = |step: &Value| text(step, "name").or_else(|| step.get("item").and_then(|item| text(item, "name")));
    let names: Vec<String> = steps.iter().take(12).filter_map(name).collect();
    (names.len() >= 3).then(|| names[names.len() - 2].clone())
}

fn many(value: &Value) -> &[Value] {
    match value {
        Value::Array(many) => many.as_slice(),
        one => std::slice::from_ref(one),
    }
}

fn is_body(node: &Value) -> bool {
    let is_person = types(node).any(|name| name == "Person");
    !is_person && types(node).any(|name| name.ends_with("Organization") || name.ends_with("Corporation"))
}

/// Returns the authors that the page calls organisations.
fn bodies(value: &Value, nodes: &[&Value]) -> Vec<String> {
    let authors = many(value).iter().take(40).filter(|author| is_body(looked_up(author, nodes)));
    authors.flat_map(|author| names(author, nodes)).collect()
}

/// Returns the authors that the page does not call organisations.
fn people(value: &Value, nodes: &[&Value]) -> Vec<Author> {
    let one = |author: &Value| {
        let meant = looked_up(author, nodes);
        let id = author.get("@id").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
        let is_person = types(meant).any(|name| name == "Person") || id.contains("/person/") || id.contains("#person");
        let names = if !is_person && is_body(meant) { Vec::new() } else { names(author, nodes) };
        names.into_iter().map(move |name| Author { name, is_person }).collect::<Vec<_>>()
    };
    many(value).iter().take(40).flat_map(one).collect()
}

/// Returns the node that a reference means, else the value itself.
fn looked_up<'a>(value: &'a Value, nodes: &[&'a Value]) -> &'a Value {
    let Some(id) = value.get("@id").and_then(Value::as_str).filter(|_| value.get("name").is_none()) else {
        return value;
    };
    let is_meant = |node: &&&Value| node.get("@id").and_then(Value::as_str) == Some(id) && node.get("name").is_some();
    nodes.iter().find(is_meant).copied().unwrap_or(value)
}

/// Returns the names of one or many people or bodies; a reference is looked up among the nodes.
fn names(value: &Value, nodes: &[&Value]) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(many) => many.iter().flat_map(|one| names(one, nodes)).collect(),
        Value::Object(_) => {
            let meant = looked_up(value, nodes);
            match meant.get("name") {
                Some(Value::String(name)) if !name.trim().is_empty() => vec![name.trim().to_owned()],
                Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                _ => full_name(meant).into_iter().collect(),
            }
        }
        _ => Vec::new(),
    }
}

/// Returns a name that is given in two parts.
fn full_name(node: &Value) -> Option<String> {
    Some(format!("{} {}", text(node, "givenName")?, text(node, "familyName")?))
}
