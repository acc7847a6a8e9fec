//! Whom an item names as its source.

use variorum_news::{Credit, CreditKind, Page};

use super::{add_note, code, naming_host, one_line, same_name, without_opener};

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
fn add_named(page: &mut Page, source: String, kind: CreditKind, words: String) {
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

#[cfg(test)]
mod tests {
    use variorum_news::CreditKind;

    use super::credit_kind;

    #[test]
    fn what_a_source_is_credited_with() {
        assert_eq!(credit_kind(""), Some(CreditKind::Agency));
        assert_eq!(credit_kind("isrol:origcont"), Some(CreditKind::OriginalSource));
        assert_eq!(credit_kind("isrol:interviewee"), None);
        assert_eq!(credit_kind("http://cv.iptc.org/newscodes/infosourcerole/imgSupplier"), Some(CreditKind::Photo));
    }
}
