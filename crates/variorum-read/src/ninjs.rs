//! IPTC ninjs 1.x to 3.1.

mod fields;
mod shape;
#[cfg(test)]
mod tests;
mod wordings;

use serde_json::{Map, Value};
use variorum_news::{Body, CreditKind, Page, Problem};

use crate::agency::{self, Byline, Class, of_role};
use crate::charset::name_of;
use crate::nitf::keep;
use fields::{Fields, objects, parties};
use wordings::wordings;

type Items = Vec<Map<String, Value>>;

/// Tells whether an object is a ninjs item.
pub(crate) fn is_item(fields: &Map<String, Value>) -> bool {
    shape::is_item(fields)
}

/// Returns the page of an item, and those of the articles inside it.
pub(crate) fn pages(fields: Map<String, Value>) -> Vec<Result<Page, Problem>> {
    let mut found = Vec::new();
    item(fields, &mut found);
    found
}

fn item(fields: Map<String, Value>, found: &mut Vec<Result<Page, Problem>>) {
    let mut fields = Fields(fields);
    let id = id_of(&mut fields);
    if let Some(reason) = fields.get("pubstatus").and_then(Value::as_str).and_then(agency::unusable) {
        return found.push(Err(Problem::of_id(id, reason)));
    }
    let class = class(&fields);
    let (articles, others) = associated(&mut fields);
    let is_only_around = class == Some(Class::Package) && !articles.is_empty() && !has_words(&fields);
    match class.and_then(Class::no_report) {
        Some(reason) => found.push(Err(Problem::of_id(id, reason))),
        None if is_only_around => {}
        None => found.push(page(&id, fields, others).map_err(|reason| Problem::of_id(id, reason))),
    }
    articles.into_iter().for_each(|article| item(article, found));
}

/// Returns the given name; `uri` is one too, for it stays the same as long as the item lives.
fn id_of(fields: &mut Fields) -> String {
    let named = |name: &str| match fields.get(name)? {
        Value::String(given) => Some(given.trim().to_owned()).filter(|given| !given.is_empty()),
        Value::Number(given) => Some(given.to_string()),
        _ => None,
    };
    let id = ["id", "uri", "guid"].iter().find_map(|name| named(name));
    let id = id.unwrap_or_else(|| name_of(serde_json::to_string(&fields.0).unwrap_or_default().as_bytes()));
    fields.take("id");
    id
}

/// Returns the associated items that are articles, and the others, which stay with the item.
fn associated(fields: &mut Fields) -> (Items, Items) {
    let is_list = fields.get("associations").is_some_and(|value| value.is_array() || value.is_object());
    let Some(value) = fields.take("associations").filter(|_| is_list) else { return Default::default() };
    let items: Vec<Fields> = objects(value).into_iter().map(Fields).collect();
    let (articles, others): (Vec<Fields>, Vec<Fields>) = items.into_iter().partition(is_article);
    (articles.into_iter().map(|one| one.0).collect(), others.into_iter().map(|one| one.0).collect())
}

/// A reference to another item has a name and a headline at most.
fn is_article(fields: &Fields) -> bool {
    let is_report = class(fields).is_none_or(|class| class.no_report().is_none());
    is_report && (has_words(fields) || fields.has("associations"))
}

fn has_words(fields: &Fields) -> bool {
    fields.has("body") || fields.has("bodies") || !fields.keys_from("body_").is_empty()
}

/// An item of an event often states no type, but when the event is.
fn class(fields: &Fields) -> Option<Class> {
    let stated = fields.get("type").and_then(Value::as_str).and_then(Class::of);
    let is_plan = (fields.has("eventdetails") || fields.has("plannedcoverage")) && !has_words(fields);
    stated.or(is_plan.then_some(Class::Plan("an event")))
}

fn page(id: &str, mut fields: Fields, others: Vec<Map<String, Value>>) -> Result<Page, String> {
    let mut page = Page::of(id, Body::Headline);
    page.url = url_of(&mut fields);
    page.language = fields.line("language");
    outlet_and_sources(&mut page, &mut fields);
    times(&mut page, &mut fields);
    byline(&mut page, &mut fields);
    words(&mut page, &mut fields)?;
    others.iter().for_each(|other| beside(&mut page, Fields(other.clone())));
    state(&mut page, &mut fields);
    if !others.is_empty() {
        page.extra.insert("associations".to_owned(), Value::Array(others.into_iter().map(Value::Object).collect()));
    }
    page.extra.extend(fields.0.into_iter().filter(|(_, value)| !value.is_null()));
    Ok(page)
}

fn url_of(fields: &mut Fields) -> Option<String> {
    let name = fields.first_line(&["uri", "guid"]);
    let is_address = |words: &String| words.starts_with("https://") || words.starts_with("http://");
    fields.first_line(&["url", "permalink", "canonical_url"]).filter(is_address).or_else(|| name.filter(is_address))
}

/// The publisher is who provides the item, else who holds the rights, else the source; other sources are credits.
fn outlet_and_sources(page: &mut Page, fields: &mut Fields) {
    let mut first = |name: &str| {
        let named = fields
            .get(name)
            .map(parties)
            .unwrap_or_default()
            .into_iter()
            .next()
            .map(|(name, _)| agency::one_line(&name));
        named.inspect(|_| drop(fields.take(name)))
    };
    let (provider, holder, source) = (first("provider"), first("copyrightholder"), first("source"));
    page.outlet = provider.or_else(|| holder.clone()).or_else(|| source.clone()).or_else(|| agency::namer(&page.id));
    if page.outlet != holder {
        keep(&mut page.extra, "copyrightholder", holder);
    }
    let listed = ["infosources", "infosource"].iter().filter_map(|name| fields.get(name)).flat_map(parties);
    let named: Vec<String> = source.iter().cloned().chain(listed.take(MOST_AUTHORS).map(|(name, _)| name)).collect();
    agency::name_outlet(page, named.iter().map(String::as_str));
    source.iter().for_each(|name| agency::add_credit(page, name, CreditKind::Agency));
    for field in ["infosources", "infosource"] {
        for (name, role) in fields.get(field).map(parties).unwrap_or_default() {
            if let Some(kind) = agency::credit_kind(&role) {
                agency::add_credit(page, &name, kind);
            }
        }
    }
    if let Some(line) = fields.line("creditline") {
        agency::add_credit_line(page, &line, CreditKind::Agency);
    }
}

fn times(page: &mut Page, fields: &mut Fields) {
    let modified = fields.first_line(&["contentmodified", "versioncreated"]);
    let first = fields.first_line(&["firstpublished", "firstcreated", "contentcreated"]);
    let version =
        fields.get("version").map(|version| version.as_str().map_or_else(|| version.to_string(), str::to_owned));
    let is_later = version.is_some_and(|version| !matches!(version.trim(), "" | "0" | "1"));
    agency::times(page, first, modified, is_later);
}

/// Parties who wrote, where they are listed; else the line that names them.
fn byline(page: &mut Page, fields: &mut Fields) {
    let listed = ["authors", "bylines"].iter().filter_map(|name| fields.get(name)).flat_map(parties);
    let mut lines: Vec<String> =
        listed.filter(|(_, role)| wrote(role)).map(|(name, _)| name).take(MOST_AUTHORS).collect();
    let line = fields.first_line(&["byline", "by"]);
    if lines.is_empty() {
        lines.extend(line.clone());
    }
    let mut whole = true;
    for line in lines {
        let byline = Byline::of(&agency::one_line(&line));
        whole &= byline.whole;
        page.byline.extend(byline.people);
    }
    let outlet = page.outlet.as_deref().unwrap_or_default();
    page.byline.retain(|name| !agency::same_name(outlet, name));
    if !whole {
        line.iter().for_each(|line| agency::add_initials(page, line));
        keep(&mut page.extra, "byline", line);
    }
}

const MOST_AUTHORS: usize = 64;

/// Tells whether a role is an author's; without one it is.
fn wrote(role: &str) -> bool {
    let role = agency::code(role).to_ascii_lowercase();
    !["edit", "photo", "producer", "translat"].iter().any(|other| role.contains(other))
}

/// Roles of a description that is the line under the headline, the surest first.
const SUMMARIES: &[&str] =
    &["summary", "standfirst", "lead", "teaser", "abstract", "text", "main", "", "html", "xhtml", "richtext"];

/// The headline, the line under it and the body, each in the best of its wordings.
fn words(page: &mut Page, fields: &mut Fields) -> Result<(), String> {
    let mut headlines = wordings(fields, "headline", "headlines");
    page.title = agency::headline(&mut headlines);
    page.title = page.title.take().or_else(|| fields.line("title"));
    agency::keep_others(page, "headlines", headlines);
    let mut descriptions = wordings(fields, "description", "descriptions");
    let summary = of_role(&mut descriptions, SUMMARIES);
    if let Some(line) = of_role(&mut descriptions, &["creditline"]) {
        agency::add_credit_line(page, &line.line(), CreditKind::Agency);
    }
    agency::keep_others(page, "descriptions", descriptions);
    agency::fill(page, wordings(fields, "body", "bodies"), summary)
}

/// Pictures beside the article name their makers; their captions are another item's words. Another item can be the one
/// that this one was made from.
fn beside(page: &mut Page, mut other: Fields) {
    if other.line("rel").is_some_and(|relation| agency::is_origin(&relation)) {
        let party = ["provider", "copyrightholder", "source"]
            .iter()
            .filter_map(|name| other.get(name))
            .flat_map(parties)
            .next();
        let (target, title) = (other.first_line(&["uri", "guid"]), other.first_line(&["headline", "title", "name"]));
        return agency::add_origin(page, agency::Origin { party: party.map(|(name, _)| name), target, title });
    }
    if matches!(class(&other), Some(Class::Media(_))) {
        let stated = of_role(&mut wordings(&mut other, "description", "descriptions"), &["creditline"]);
        let line = stated.map(|line| line.line()).or_else(|| other.first_line(&["creditline", "by", "byline"]));
        line.iter().for_each(|line| agency::add_credit_line(page, line, CreditKind::Photo));
    }
}

/// Notes what an editor must know before use.
fn state(page: &mut Page, fields: &mut Fields) {
    if let Some(until) = fields.first_line(&["embargoeduntil", "embargoed"]) {
        agency::add_note(page, format!("under embargo until {until}"));
    }
    if let Some(note) = fields.line("ednote") {
        agency::add_note(page, format!("note to editors: {note}"));
    }
    let part = fields.get("representationtype").and_then(Value::as_str);
    if part.is_some_and(|part| matches!(part, "partial" | "incomplete")) {
        agency::add_note(page, "the agency gave only a part of this item");
    }
}
