//! One news item: its page, and whom its metadata names as its source.

use serde_json::Value;
use variorum_news::{Body, CreditKind, Page};

use super::{language, party};
use crate::agency::{self, Byline, Class, Wording, code, of_role};
use crate::charset::name_of;
use crate::newsml::xhtml;
use crate::nitf::keep;
use crate::xml::Element;

/// Returns the page of a news item, or why it holds none.
pub(super) fn page(item: Element<'_>, guid: Option<&str>) -> Result<Page, String> {
    let (about, content) = (item.child("itemMeta"), item.child("contentMeta"));
    if let Some(reason) = about.and_then(|about| no_report(about)) {
        return Err(reason);
    }
    let id = guid.map_or_else(|| name_of(item.inner_markup().as_bytes()), str::to_owned);
    let mut page = Page::of(id, Body::Headline);
    page.url = guid.filter(|name| name.starts_with("https://") || name.starts_with("http://")).map(str::to_owned);
    page.outlet = outlet(item).or_else(|| agency::namer(&page.id));
    page.language = content.and_then(tag).or_else(|| language(item));
    times(&mut page, item);
    if let Some(content) = content {
        byline(&mut page, item, content);
        sources(&mut page, item, content);
    }
    hops(&mut page, item);
    derivations(&mut page, item);
    words(&mut page, item)?;
    rest(&mut page, item);
    Ok(page)
}

/// A class or a state of publication under which an item is no report.
fn no_report(about: Element<'_>) -> Option<String> {
    let stated = |name: &str| {
        let element = about.child(name)?;
        element.attribute("qcode").or_else(|| element.attribute("uri")).or_else(|| element.attribute("literal"))
    };
    let unusable = stated("pubStatus").and_then(|status| agency::unusable(&status)).map(str::to_owned);
    unusable.or_else(|| stated("itemClass").and_then(|class| Class::of(&class)).and_then(Class::no_report))
}

fn outlet(item: Element<'_>) -> Option<String> {
    let provider = item.child("itemMeta").and_then(|about| about.child("provider"));
    let holder = item.child("rightsInfo").and_then(|rights| rights.child("copyrightHolder"));
    let named = [provider, holder].into_iter().flatten().find_map(|party| party::name(item, party));
    named.or_else(|| [provider, holder].into_iter().flatten().find_map(party::host))
}

fn tag(content: Element<'_>) -> Option<String> {
    let tag = content.named("language").find_map(|language| language.attribute("tag"))?;
    Some(tag.trim().to_owned()).filter(|tag| !tag.is_empty())
}

fn times(page: &mut Page, item: Element<'_>) {
    let stated = |holder: &str, name: &str| item.child(holder).and_then(|holder| holder.line_of(name));
    let first = stated("itemMeta", "firstCreated").or_else(|| stated("contentMeta", "contentCreated"));
    let modified = stated("contentMeta", "contentModified").or_else(|| stated("itemMeta", "versionCreated"));
    let is_later = item.attribute("version").is_some_and(|version| !matches!(version.trim(), "" | "0" | "1"));
    agency::times(page, first, modified, is_later);
    if let Some(until) = stated("itemMeta", "embargoed") {
        agency::add_note(page, format!("under embargo until {until}"));
    }
    if let Some(note) = stated("itemMeta", "edNote") {
        agency::add_note(page, format!("note to editors: {note}"));
    }
}

/// The line that names the authors, else the creators that are stated to be people.
fn byline(page: &mut Page, item: Element<'_>, content: Element<'_>) {
    if let Some(line) = content.line_of("by") {
        let byline = Byline::of(&line);
        page.byline = byline.people;
        if !byline.whole {
            agency::add_initials(page, &line);
            keep(&mut page.extra, "byline", Some(line));
        }
    }
    if page.byline.is_empty() {
        let people = content.named("creator").take(party::MOST).filter(|creator| party::is_person(*creator));
        page.byline = people.filter_map(|person| party::name(item, person)).collect();
    }
}

/// Who gave information, and the credit line.
fn sources(page: &mut Page, item: Element<'_>, content: Element<'_>) {
    let holder = item.child("rightsInfo").and_then(|rights| rights.child("copyrightHolder"));
    let parties =
        ["infoSource", "creator"].into_iter().flat_map(|name| content.named(name).take(party::MOST)).chain(holder);
    let named: Vec<String> = parties.filter_map(|party| party::name(item, party)).collect();
    agency::name_outlet(page, named.iter().map(String::as_str));
    for source in content.named("infoSource").take(party::MOST).filter(|source| !party::is_person(*source)) {
        let roles = source.attribute("role").or_else(|| source.attribute("roleuri")).unwrap_or_default();
        if let (Some(name), Some(kind)) = (party::name(item, source), agency::credit_kind(&roles)) {
            agency::add_credit(page, &name, kind);
        }
    }
    for line in content.named("creditline").filter_map(Element::line) {
        agency::add_credit_line(page, &line, CreditKind::Agency);
    }
}

/// The element tells which concept a value of the metadata was derived from; only one that points at no such value and
/// names an organisation can mean the content.
fn derivations(page: &mut Page, item: Element<'_>) {
    let holders = [Some(item), item.child("itemMeta"), item.child("contentMeta")].into_iter().flatten();
    for source in holders.flat_map(|holder| holder.named("derivedFrom").take(party::MOST)) {
        let is_organisation = source.attribute("type").is_none_or(|kind| kind.ends_with("organisation"));
        if is_organisation && source.attribute("idrefs").is_none() {
            origin(page, item, source);
        }
    }
    for link in item.named("itemMeta").chain([item]).flat_map(|holder| holder.named("link").take(party::MOST)) {
        if link.attribute("rel").is_some_and(|relation| agency::is_origin(&relation)) {
            origin(page, item, link);
        }
    }
}

/// Who had the item in hand before: who made the content is its source, who worked on it is credited, who only
/// described it is not.
fn hops(page: &mut Page, item: Element<'_>) {
    let mut hops: Vec<Element<'_>> = item.named("hopHistory").flat_map(|history| history.named("hop")).collect();
    let place =
        |hop: &Element<'_>| hop.attribute("seq").and_then(|place| place.trim().parse().ok()).unwrap_or(u32::MAX);
    hops.sort_by_key(place);
    for hop in hops.into_iter().take(party::MOST) {
        let actions: Vec<(String, String)> =
            hop.named("action").map(|action| (of(action, "qcode"), of(action, "target"))).collect();
        let on_content: Vec<&String> =
            actions.iter().filter(|(_, target)| target != "metadata").map(|(what, _)| what).collect();
        let kind = match () {
            () if on_content.iter().any(|what| *what == "created") => CreditKind::OriginalSource,
            () if !on_content.is_empty() || actions.is_empty() => CreditKind::Agency,
            () => continue,
        };
        let parties = hop.named("party").filter(|party| !party::is_person(*party));
        for name in parties.filter_map(|party| party::name(item, party)) {
            agency::add_credit(page, &name, kind);
        }
    }
}

fn of(element: Element<'_>, attribute: &str) -> String {
    element.attribute(attribute).map(|stated| code(&stated).to_ascii_lowercase()).unwrap_or_default()
}

fn origin(page: &mut Page, item: Element<'_>, from: Element<'_>) {
    let parties = ["provider", "copyrightHolder", "infoSource"].iter().filter_map(|name| from.child(name));
    let party = parties.chain([from]).find_map(|party| party::name(item, party));
    let target = ["residref", "href"].iter().find_map(|name| from.attribute(name));
    agency::add_origin(page, agency::Origin { party, target, title: from.line_of("title") });
}

/// The headline, the line under it and the body.
fn words(page: &mut Page, item: Element<'_>) -> Result<(), String> {
    let (language, content) = (page.language.clone(), item.child("contentMeta"));
    let wordings = |name: &str| in_language(language.as_deref(), content, name);
    let mut headlines = wordings("headline");
    page.title = agency::headline(&mut headlines);
    agency::keep_others(page, "headlines", headlines);
    let mut descriptions = wordings("description");
    let summary = of_role(&mut descriptions, &["summary", "standfirst", "lead", "teaser", "", "text"]);
    agency::keep_others(page, "descriptions", descriptions);
    let bodies: Vec<Wording> = item.named("contentSet").flat_map(Element::children).filter_map(body).collect();
    let title = item.child("itemMeta").and_then(|about| about.line_of("title"));
    if page.title.is_none() && bodies.is_empty() {
        page.title.clone_from(&title);
    }
    agency::fill(page, bodies, summary)?;
    page.title = page.title.take().or(title);
    Ok(())
}

/// Returns the wordings of a part in the language of the item, all where none is marked as such.
fn in_language(of: Option<&str>, holder: Option<Element<'_>>, name: &str) -> Vec<Wording> {
    let found: Vec<Element<'_>> = holder.into_iter().flat_map(|holder| holder.named(name)).collect();
    let base = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    let fits =
        |one: &&Element<'_>| one.attribute("xml:lang").is_none_or(|tag| of.is_none_or(|of| base(of) == base(&tag)));
    let own: Vec<Element<'_>> = found.iter().filter(fits).copied().collect();
    let chosen = if own.is_empty() { found } else { own };
    let role = |one: Element<'_>| one.attribute("role").unwrap_or_default();
    chosen.into_iter().filter_map(|one| Some(Wording::of(&role(one), "text/plain", one.line()?))).collect()
}

/// Words that stand in the item; those that lie elsewhere are not fetched.
fn body(content: Element<'_>) -> Option<Wording> {
    let kind = content.attribute("contenttype").unwrap_or_default();
    match content.name() {
        "inlineXML" => Some(Wording::of("", &kind, xhtml::markup(content))),
        // Packed words are no words.
        "inlineData" if content.attribute("encoding").is_none() => Some(Wording::of("", &kind, content.text())),
        _ => None,
    }
}

/// Keeps what no field of a page takes and what tells an editor or a machine what the item is about.
fn rest(page: &mut Page, item: Element<'_>) {
    let (content, rights) = (item.child("contentMeta"), item.child("rightsInfo"));
    keep(&mut page.extra, "header", xhtml::above(item));
    for name in ["slugline", "dateline", "urgency"] {
        keep(&mut page.extra, name, content.and_then(|content| content.line_of(name)));
    }
    for name in ["copyrightNotice", "usageTerms"] {
        keep(&mut page.extra, name, rights.and_then(|rights| rights.line_of(name)));
    }
    keep(&mut page.extra, "version", item.attribute("version"));
    for name in ["located", "genre", "subject", "keyword"] {
        let named = content.into_iter().flat_map(|content| content.named(name)).take(party::MOST);
        let words: Vec<Value> =
            named.filter_map(|one| party::name(item, one).or_else(|| one.line())).map(Value::String).collect();
        if !words.is_empty() {
            page.extra.insert(name.to_owned(), Value::Array(words));
        }
    }
}
