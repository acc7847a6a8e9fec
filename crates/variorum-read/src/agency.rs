//! What the formats of news agencies have in common: kinds of items, states of publication, bylines, credits.

mod byline;
mod credit;
mod name;
mod wording;
mod wrap;

use variorum_news::{Note, Page};

pub(crate) use byline::{Byline, joined_names, without_opener};
pub(crate) use credit::{Origin, add_credit, add_credit_line, add_initials, add_origin, credit_kind, is_origin};
pub(crate) use name::{name_outlet, namer, naming_host, same_name};
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

#[cfg(test)]
mod tests {
    use super::{Class, unusable};

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
}
