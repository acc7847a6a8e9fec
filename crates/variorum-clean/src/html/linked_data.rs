//! What a page states about its article as linked data (JSON-LD, schema.org).

use serde_json::Value;
use trafilatura::dom::Document;

/// Types of schema.org that are an article.
const ARTICLES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "SocialMediaPosting",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "MedicalScholarlyArticle",
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
    /// People, by their names; a name that the page says is a person's is believed.
    pub authors: Vec<(String, bool)>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub description: Option<String>,
    pub body: Option<String>,
}

/// Returns what the page's linked data states about its article.
pub(crate) fn of_page(document: &Document) -> LinkedData {
    let scripts = document.scripts_with_type(&["application/ld+json"]);
    let values: Vec<Value> =
        scripts.into_iter().take(30).filter_map(|script| parse(&document.text_content(script))).collect();
    let mut nodes = Vec::new();
    values.iter().for_each(|value| gather(value, &mut nodes, 0));
    let articles = nodes.iter().filter(|node| types(node).any(|name| ARTICLES.contains(&name)));
    // Pages list their related articles too: the one with most facts is the page's own, the first of equals.
    let own = articles.max_by_key(|node| facts(node)).copied();
    let page =
        nodes.iter().find(|node| types(node).any(|name| name == "WebPage" || name == "NewsArticlePage")).copied();
    own.map(|node| of_article(node, page, &nodes)).unwrap_or_default()
}

/// Some pages break lines inside strings; JSON forbids it and a space says the same.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let mended: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

fn gather<'a>(value: &'a Value, nodes: &mut Vec<&'a Value>, depth: usize) {
    if depth > 4 || nodes.len() > 400 {
        return;
    }
    match value {
        Value::Array(many) => many.iter().for_each(|one| gather(one, nodes, depth + 1)),
        Value::Object(fields) => {
            nodes.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "isPartOf"] {
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
    stated.into_iter().chain(many).filter_map(Value::as_str).map(|name| name.rsplit('/').next().unwrap_or(name))
}

/// `max_by_key` takes the last of equals; facts that all articles have must not decide.
fn facts(node: &Value) -> usize {
    ["headline", "datePublished", "author"].iter().filter(|key| node.get(key).is_some()).count() * 2
        + usize::from(types(node).any(|name| name.ends_with("NewsArticle")))
}

fn of_article(node: &Value, page: Option<&Value>, nodes: &[&Value]) -> LinkedData {
    let text = |key: &str| {
        node.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let of_page = |key: &str| page.and_then(|page| page.get(key)).and_then(Value::as_str).map(str::to_owned);
    LinkedData {
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished").or_else(|| of_page("datePublished")).or_else(|| text("dateCreated")),
        authors: node
            .get("author")
            .or_else(|| node.get("creator"))
            .map(|author| people(author, nodes))
            .unwrap_or_default(),
        publisher: node.get("publisher").and_then(|publisher| names(publisher, nodes).into_iter().next()),
        language: text("inLanguage").or_else(|| of_page("inLanguage")),
        description: text("description"),
        // Escaped markup inside is not the text that readers see.
        body: text("articleBody").filter(|body| !body.contains('<') && !body.contains("&lt;")),
    }
}

/// Returns the authors, each with whether the page says that it is a person.
fn people(value: &Value, nodes: &[&Value]) -> Vec<(String, bool)> {
    let many = match value {
        Value::Array(many) => many.as_slice(),
        one => std::slice::from_ref(one),
    };
    let one = |author: &Value| {
        let is_person = types(author).any(|name| name == "Person");
        names(author, nodes).into_iter().map(move |name| (name, is_person)).collect::<Vec<_>>()
    };
    many.iter().take(40).flat_map(one).collect()
}

/// Returns the names of one or many people or bodies; a reference is looked up among the nodes.
fn names(value: &Value, nodes: &[&Value]) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(many) => many.iter().flat_map(|one| names(one, nodes)).collect(),
        Value::Object(fields) => match (fields.get("name"), fields.get("@id").and_then(Value::as_str)) {
            (Some(_), _)
                if types(value).any(|name| name == "Organization" || name == "NewsMediaOrganization")
                    && fields.contains_key("member") =>
            {
                Vec::new()
            }
            (Some(Value::String(name)), _) => vec![name.trim().to_owned()],
            (Some(many), _) => names(many, nodes),
            (None, Some(id)) => {
                let meant = nodes
                    .iter()
                    .find(|node| node.get("@id").and_then(Value::as_str) == Some(id) && node.get("name").is_some());
                meant
                    .and_then(|node| node.get("name"))
                    .and_then(Value::as_str)
                    .map(|name| vec![name.trim().to_owned()])
                    .unwrap_or_default()
            }
            (None, None) => Vec::new(),
        },
        _ => Vec::new(),
    }
}
