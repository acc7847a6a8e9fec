//! Notices as an Atom feed (RFC 4287): what a desk asked to be told.

use super::Room;
use super::times::rfc3339;
use super::xml::Pen;

/// Notices as a feed.
#[derive(Debug, Clone)]
pub struct NoticeFeed {
    /// The newsroom.
    pub room: Room,
    /// What the feed is called.
    pub title: String,
    /// The path of the page that shows the same.
    pub page: String,
    /// The path of the feed.
    pub itself: String,
    /// When the feed began: the time of one without notices, in seconds since 1970.
    pub began: i64,
    /// The notices, the last one first.
    pub notices: Vec<Notice>,
}

/// A notice.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its name in the record, which stays.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// When it was given, in seconds since 1970.
    pub at: i64,
    /// The path of the page that it is about.
    pub page: String,
    /// What it says, as HTML with whole addresses; everyone's words escaped.
    pub html: String,
}

/// Returns notices as an Atom feed. The name of an entry holds no host: at another address it is no news.
pub fn notices_atom(feed: &NoticeFeed) -> String {
    let at = |path: &str| format!("{}{path}", feed.room.address);
    let mut pen = Pen::new();
    pen.element("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en")], |pen| {
        let updated = feed.notices.iter().map(|notice| notice.at).max().unwrap_or(feed.began);
        pen.words("id", &[], &feed.room.urn("notices", &feed.itself));
        pen.words("title", &[], &feed.title);
        pen.words("updated", &[], &rfc3339(updated));
        pen.element("author", &[], |pen| pen.words("name", &[], "Variorum"));
        pen.words("generator", &[("version", feed.room.version.as_str())], "Variorum");
        link(pen, "self", "application/atom+xml", &at(&feed.itself));
        link(pen, "alternate", "text/html", &at(&feed.page));
        for notice in &feed.notices {
            pen.element("entry", &[], |pen| {
                pen.words("id", &[], &feed.room.urn("notice", &notice.id));
                pen.words("title", &[], &notice.title);
                pen.words("published", &[], &rfc3339(notice.at));
                pen.words("updated", &[], &rfc3339(notice.at));
                link(pen, "alternate", "text/html", &at(&notice.page));
                pen.words("content", &[("type", "html")], &notice.html);
            });
        }
    });
    pen.done()
}

fn link(pen: &mut Pen, rel: &str, kind: &str, href: &str) {
    pen.empty("link", &[("rel", rel), ("type", kind), ("href", href)]);
}

#[cfg(test)]
mod tests {
    use super::{Notice, NoticeFeed, notices_atom};
    use crate::Room;

    #[test]
    fn a_feed_of_what_was_told() {
        let room =
            Room { record: "r".to_owned(), address: "http://127.0.0.1:8417".to_owned(), version: "0.1.0".to_owned() };
        let notice = Notice {
            id: "alert_1".to_owned(),
            title: "A <script> & \u{1} title".to_owned(),
            at: 1_772_700_000,
            page: "/story/s1".to_owned(),
            html: "<p>Two ferries</p>".to_owned(),
        };
        let feed = NoticeFeed {
            room,
            title: "Alerts".to_owned(),
            page: "/alerts".to_owned(),
            itself: "/alerts.atom".to_owned(),
            began: 0,
            notices: vec![notice],
        };
        let atom = notices_atom(&feed);
        assert!(atom.contains("A &lt;script&gt; &amp; \u{fffd} title"), "{atom}");
        assert!(
            atom.contains("&lt;p&gt;Two ferries&lt;/p&gt;") && atom.contains("<updated>2026-03-05T08:40:00Z</updated>")
        );
        assert!(atom.contains("href=\"http://127.0.0.1:8417/story/s1\""));
        let elsewhere = NoticeFeed {
            room: crate::Room { address: "https://desk.example".to_owned(), ..feed.room.clone() },
            ..feed.clone()
        };
        let id = |atom: &str| atom.split("<entry").nth(1).unwrap().split("</id>").next().unwrap().to_owned();
        assert_eq!(id(&atom), id(&notices_atom(&elsewhere)));
    }
}
