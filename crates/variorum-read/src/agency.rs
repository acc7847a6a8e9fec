//! What the formats of news agencies have in common: kinds of items, states of publication, bylines, credits.

mod byline;
mod wording;
mod wrap;

use variorum_news::{Credit, CreditKind, Note, Page};

pub(crate) use byline::{Byline, joined_names, without_opener};
pub(crate) use wording::{Wording, fill, headline, keep_others, of_role};
pub(crate) use wrap::is_wrapped;

/// What an item holds, as its type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// An article.
    Words,
    /// Several items, with words of its own or without.
    Package,
    /// A picture, sound or film; what it is called.
    Media(&'static str),
    /// What has not happened yet; what it is called.
    Plan(&'static str),
}

impl Class {
    /// Tells the class of a type: `text`, `ninat:picture`, `http://cv.iptc.org/newscodes/ninature/video`.
    pub(crate) fn of(stated: &str) -> Option<Class> {
        match code(stated).to_ascii_lowercase().as_str() {
            "text" | "article" | "component" => Some(Class::Words),
            "composite" | "package" => Some(Class::Package),
            "picture" | "photo" | "image" => Some(Class::Media("a picture")),
            "graphic" => Some(Class::Media("a graphic")),
            "video" | "animated" => Some(Class::Media("a film")),
            "audio" => Some(Class::Media("sound")),
            "livestream" => Some(Class::Media("a live stream")),
            "event" => Some(Class::Plan("an event")),
            "planning" => Some(Class::Plan("planned coverage")),
            _ => None,
        }
    }

    /// Returns why an item of this class is no report.
    pub(crate) fn no_report(self) -> Option<String> {
        match self {
            Class::Words | Class::Package => None,
            Class::Media(what) => Some(format!("{what}, not a report; give the text item that it belongs to")),
            Class::Plan(what) => {
                Some(format!("the calendar entry of {what}, not a report; give the text items about it"))
            }
        }
    }
}

/// Returns why an item with this state of publication is no report; the usual state is `usable`.
pub(crate) fn unusable(status: &str) -> Option<&'static str> {
    match code(status).to_ascii_lowercase().as_str() {
        "canceled" | "cancelled" => {
            Some("the agency canceled this item, so it is no report; leave out its earlier versions too")
        }
        "withheld" => {
            Some("the agency withholds this item, so it is no report yet; fetch it again once it is released")
        }
        _ => None,
    }
}

/// Returns the last part of a code: `text` of `ninat:text` and of `http://cv.iptc.org/newscodes/ninature/text`.
pub(crate) fn code(stated: &str) -> &str {
    stated.trim().trim_end_matches('/').rsplit([':', '/', '#']).next().unwrap_or(stated)
}

/// Returns what a party that is named as a source of information is credited with; nothing where it gave no words.
///
/// Without a role a party originated information (NewsML-G2, `infoSource`), which is what an agency's name in a report
/// says; only "originator of the content" says that the text as a whole is theirs.
pub(crate) fn credit_kind(roles: &str) -> Option<CreditKind> {
    let roles: Vec<String> = roles.split_whitespace().map(|role| code(role).to_ascii_lowercase()).collect();
    let any = |marks: &[&str]| roles.iter().any(|role| marks.iter().any(|mark| role.contains(mark)));
    match () {
        () if any(&["interview", "review", "witness"]) => None,
        () if any(&["img", "image", "photo", "picture"]) => Some(CreditKind::Photo),
        () if any(&["origcont", "originalcontent", "contentoriginator"]) => Some(CreditKind::OriginalSource),
        () => Some(CreditKind::Agency),
    }
}

/// Adds a credit in the words that the format states; an outlet does not credit itself, and nobody is credited twice.
pub(crate) fn add_credit(page: &mut Page, words: &str, kind: CreditKind) {
    let words = one_line(words);
    add_named(page, without_opener(&words).to_owned(), kind, words);
}

/// Adds the credits of a line that can name several parties ("Ada Orr/Delmare Wire"); of a picture the first made it.
pub(crate) fn add_credit_line(page: &mut Page, line: &str, kind: CreditKind) {
    let words = one_line(line);
    let is_address = words.contains("://");
    let parties = without_opener(&words).split(|c| !is_address && matches!(c, '/' | '–' | '—'));
    let most = if kind == CreditKind::Photo { 1 } else { MOST_CREDITS };
    for party in parties.map(str::trim).filter(|party| !party.is_empty()).take(most) {
        add_named(page, party.to_owned(), kind, words.clone());
    }
}

/// Adds the credits of a byline that names nobody but agencies by their initials ("DW-AFX"), as desks write it.
pub(crate) fn add_initials(page: &mut Page, byline: &str) {
    let parts: Vec<&str> = byline.trim().split(['-', '/', '–']).map(str::trim).collect();
    let is_initials = |part: &&str| (3..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_uppercase());
    if parts.len() > 1 && parts.iter().all(is_initials) {
        parts
            .iter()
            .take(MOST_CREDITS)
            .for_each(|part| add_named(page, (*part).to_owned(), CreditKind::Agency, one_line(byline)));
    }
}

/// More credits than this are no credits but a list of something else.
const MOST_CREDITS: usize = 64;

/// Adds a credit to a source whose name is a part of the words that state it.
pub(crate) fn add_named(page: &mut Page, source: String, kind: CreditKind, words: String) {
    if page.credits.len() >= MOST_CREDITS {
        return;
    }
    let is_own = kind != CreditKind::Photo && page.outlet.as_deref().is_some_and(|outlet| same_name(outlet, &source));
    if is_own || !source.contains(char::is_alphabetic) {
        return;
    }
    let is_photo = kind == CreditKind::Photo;
    let same = |known: &&mut Credit| (known.kind == CreditKind::Photo) == is_photo && same_name(&known.source, &source);
    match page.credits.iter_mut().find(same) {
        // Who gave all of the text also gave a part of it.
        Some(known) if kind == CreditKind::OriginalSource => known.kind = kind,
        Some(_) => {}
        None => page.credits.push(Credit { source, kind, text: words, span: None }),
    }
}

/// What an item says of another one that it was made from.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    /// Whose it is, where it says so.
    pub party: Option<String>,
    /// Its name or address.
    pub target: Option<String>,
    /// What it is called.
    pub title: Option<String>,
}

/// Tells whether a relation is that of an item to the one it was made from.
pub(crate) fn is_origin(relation: &str) -> bool {
    matches!(code(relation).to_ascii_lowercase().as_str(), "derivedfrom" | "translatedfrom")
}

/// Credits the item that an item was made from: to its party, else to the host that named it, unless that is its own.
pub(crate) fn add_origin(page: &mut Page, origin: Origin) {
    if let Some(party) = origin.party {
        return add_credit(page, &party, CreditKind::OriginalSource);
    }
    let Some(target) = origin.target else { return };
    let own = [naming_host(&page.id).map(str::to_owned), page.outlet.clone()];
    match naming_host(&target).filter(|host| own.iter().flatten().all(|own| own != host)) {
        Some(host) => add_named(page, host.to_owned(), CreditKind::OriginalSource, target.clone()),
        None => {
            let title = origin.title.map(|title| format!(" (“{title}”)")).unwrap_or_default();
            add_note(page, format!("derived from {target}{title}"));
        }
    }
}

/// Adds a note about the whole page.
pub(crate) fn add_note(page: &mut Page, note: impl Into<String>) {
    page.notes.push(Note { span: None, note: note.into() });
}

/// The first version's time is the publication's; where only a later version states one, that is noted.
pub(crate) fn times(page: &mut Page, first: Option<String>, modified: Option<String>, is_later: bool) {
    if first.is_none() && modified.is_some() && is_later {
        add_note(page, "no time of the first version is stated; that of a later one stands for it");
    }
    page.modified = modified.clone().filter(|modified| first.as_ref().is_some_and(|first| first != modified));
    page.published = first.or(modified);
}

/// Returns words on one line.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells whether two names are one: the same words, or one the initials or the host of the other ("DPA", "Delmare Press
/// Agency Ltd", "www.delmarepressagency.example").
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    let (one, two) = (core(a), core(b));
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let (a, b) = (one.concat(), two.concat());
    !a.is_empty() && (a == b || one.len() > 1 && initials(&one) == b || two.len() > 1 && initials(&two) == a)
}

/// Words around a name that are no part of it.
const FORMS: &[&str] = &["the", "gmbh", "ltd", "limited", "inc", "llc", "plc", "ag", "sa", "co", "corp"];

/// Returns the words of a name that tell it from others, in lower case; of a host the part before its ending.
fn core(name: &str) -> Vec<String> {
    let label = naming_host(&format!("https://{}", name.trim())).filter(|host| *host == name.trim()).map(|host| {
        let parts: Vec<&str> = host.trim_start_matches("www.").split('.').collect();
        parts[parts.len().saturating_sub(2)].to_owned()
    });
    let name = label.unwrap_or_else(|| name.to_owned()).to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let told: Vec<String> = words.clone().filter(|word| !FORMS.contains(word)).map(str::to_owned).collect();
    if told.is_empty() { words.map(str::to_owned).collect() } else { told }
}

/// Gives a page whose outlet is known by its host alone the name by which the item itself calls it.
pub(crate) fn name_outlet<'a>(page: &mut Page, mut names: impl Iterator<Item = &'a str>) {
    let Some(host) = page.outlet.as_deref().filter(|outlet| outlet.contains('.') && !outlet.contains(' ')) else {
        return;
    };
    if let Some(name) = names.find(|name| !name.contains('.') && same_name(name, host)) {
        page.outlet = Some(name.to_owned());
    }
}

/// Returns the host that stands for whoever named a thing: of a web address, `tag:host,2025:…`, `urn:newsml:host:…`.
pub(crate) fn naming_host(name: &str) -> Option<&str> {
    let rest = name.trim();
    let host = if let Some(("http" | "https", after)) = rest.split_once("://") {
        after.split(['/', '?', '#', ':']).next()?
    } else if let Some(after) = rest.strip_prefix("urn:newsml:") {
        after.split(':').next()?
    } else {
        rest.strip_prefix("tag:")?.split([',', ':']).next()?
    };
    let shaped = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    (shaped && host.contains('.') && host.bytes().any(|byte| byte.is_ascii_alphabetic())).then_some(host)
}

/// Returns whose name for an item it is: agencies name items by their own hosts (RFC 3085, RFC 4151).
///
/// A web address says this by itself, and whoever keeps one of the file is no publisher.
pub(crate) fn namer(id: &str) -> Option<String> {
    naming_host(id).filter(|_| !id.contains("://")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use variorum_news::CreditKind;

    use super::{Class, credit_kind, naming_host, same_name, unusable};

    #[test]
    fn types_and_states_in_all_their_spellings() {
        assert_eq!(Class::of("ninat:text"), Some(Class::Words));
        assert_eq!(Class::of("http://cv.iptc.org/newscodes/ninature/picture"), Some(Class::Media("a picture")));
        assert_eq!(Class::of("composite"), Some(Class::Package));
        assert_eq!(Class::of("hologram"), None);
        assert!(
            unusable("stat:canceled").is_some() && unusable("withheld").is_some() && unusable("Canceled").is_some()
        );
        assert!(unusable("usable").is_none() && unusable("").is_none());
    }

    #[test]
    fn what_a_source_is_credited_with() {
        assert_eq!(credit_kind(""), Some(CreditKind::Agency));
        assert_eq!(credit_kind("isrol:origcont"), Some(CreditKind::OriginalSource));
        assert_eq!(credit_kind("isrol:interviewee"), None);
        assert_eq!(credit_kind("http://cv.iptc.org/newscodes/infosourcerole/imgSupplier"), Some(CreditKind::Photo));
    }

    #[test]
    fn names_and_their_initials() {
        assert!(same_name("Delmare Press Agency", "DPA") && same_name("delmare wire", "Delmare Wire."));
        assert!(same_name("The Delmare Wire", "DW") && same_name("Delmare Press-Agentur GmbH", "dpa"));
        assert!(same_name("delmarewire.example", "Delmare Wire") && same_name("www.alder.example", "Alder"));
        assert!(!same_name("Delmare Wire", "Delmare Courier") && !same_name("", "") && !same_name("Delmare", "D"));
    }

    #[test]
    fn hosts_of_names() {
        assert_eq!(naming_host("https://wire.delmare.example/a/1"), Some("wire.delmare.example"));
        assert_eq!(naming_host("urn:newsml:delmare.example:20250327:ferry"), Some("delmare.example"));
        assert_eq!(naming_host("tag:delmare.example,2025:ferry"), Some("delmare.example"));
        assert_eq!(naming_host("urn:uuid:0"), None);
        assert_eq!(naming_host("https://localhost/"), None);
    }
}
