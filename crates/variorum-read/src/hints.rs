//! What a feed says of itself before its first item: its name, and how often it wants to be asked.

use serde_json::Value;

use crate::Origin;
use crate::charset::decode_xml;
use crate::feed::{all, channel_name, line, plain};
use crate::sniff::{Format, sniff};
use crate::xml::{Element, Tree};

/// How much of a feed is looked at for it.
const MOST: usize = 64 << 10;
/// No wish is longer than this, in seconds.
const LONGEST: u64 = 366 * 86_400;

/// What a feed says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// What it calls itself.
    pub title: Option<String>,
    /// The name of its outlet, told from that by the host that it was fetched from.
    pub outlet: Option<String>,
    /// How many seconds it is good for (`ttl`, `sy:updatePeriod`).
    pub fresh_for: Option<u64>,
    /// The hours of a day, in UTC, at which it is not to be asked.
    pub skip_hours: Vec<u8>,
    /// The days of a week at which it is not to be asked; Monday is 0.
    pub skip_days: Vec<u8>,
}

/// Returns what a feed says of itself; `url` is where it was fetched from.
pub fn hints(url: &str, bytes: &[u8]) -> Hints {
    let head = &bytes[..bytes.len().min(MOST)];
    let mut hints = match sniff(url, head) {
        Format::Rss | Format::Atom => of_xml(head),
        Format::Json | Format::Lines if bytes.len() <= 4 << 20 => of_json(bytes),
        _ => Hints::default(),
    };
    hints.outlet = hints.title.as_deref().map(|title| channel_name(title, Some(url)));
    hints
}

fn of_json(bytes: &[u8]) -> Hints {
    let title =
        serde_json::from_slice::<Value>(bytes).ok().and_then(|feed| Some(feed.get("title")?.as_str()?.to_owned()));
    Hints { title: title.map(|title| plain(&title)).filter(|title| !title.is_empty()), ..Hints::default() }
}

fn of_xml(head: &[u8]) -> Hints {
    let text = decode_xml(head, Origin::default().charset);
    let lower = text.to_ascii_lowercase();
    let end = ["<item", "<entry"].iter().filter_map(|open| lower.find(open)).min().unwrap_or(text.len());
    let tree = Tree::of(&text[..end]);
    let Some(root) = tree.root() else { return Hints::default() };
    let channel = root.descendants().find(|found| found.name().eq_ignore_ascii_case("channel")).unwrap_or(root);
    let minutes = line(channel, &["ttl"]).and_then(|ttl| ttl.parse::<u64>().ok());
    let fresh_for = minutes.map(|minutes| minutes.saturating_mul(60)).max(period(channel));
    Hints {
        title: line(channel, &["title"]).map(|title| plain(&title)).filter(|title| !title.is_empty()),
        outlet: None,
        fresh_for: fresh_for.map(|seconds| seconds.min(LONGEST)),
        skip_hours: skipped(channel, "skipHours", |hour| hour.parse().ok().map(|hour: u8| hour % 24)),
        skip_days: skipped(channel, "skipDays", day),
    }
}

/// RSS 1.0's module of syndication: so many times in a period.
fn period(channel: Element<'_>) -> Option<u64> {
    let seconds = match line(channel, &["sy:updatePeriod"])?.to_ascii_lowercase().as_str() {
        "hourly" => 3_600,
        "daily" => 86_400,
        "weekly" => 7 * 86_400,
        "monthly" => 30 * 86_400,
        "yearly" => 365 * 86_400,
        _ => return None,
    };
    let times = line(channel, &["sy:updateFrequency"]).and_then(|times| times.parse::<u64>().ok()).unwrap_or(1);
    Some(seconds / times.max(1))
}

fn skipped(channel: Element<'_>, name: &'static str, read: impl Fn(&str) -> Option<u8>) -> Vec<u8> {
    let words = all(channel, name).flat_map(|list| list.children()).filter_map(Element::line).take(200);
    let mut found: Vec<u8> = words.filter_map(|word| read(word.trim())).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn day(word: &str) -> Option<u8> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let start = word.get(..3)?.to_ascii_lowercase();
    DAYS.iter().position(|day| *day == start).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::hints;

    #[test]
    fn a_feed_says_how_often_it_wants_to_be_asked() {
        let feed = b"<?xml version='1.0'?><rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel>\
            <title>Delmare Herald &#187; Sea</title><ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod>\
            <sy:updateFrequency>12</sy:updateFrequency><skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours>\
            <skipDays><day>Sunday</day><day>Noday</day></skipDays><item><title>Ferry</title><ttl>1</ttl></item></channel></rss>";
        let found = hints("https://herald.example/feed", feed);
        assert_eq!(found.fresh_for, Some(7_200));
        assert_eq!((found.skip_hours, found.skip_days), (vec![0, 3], vec![6]));
        assert_eq!(found.title.as_deref(), Some("Delmare Herald » Sea"));
        assert_eq!(found.outlet.as_deref(), Some("Delmare Herald"));
    }

    #[test]
    fn what_is_no_number_is_no_wish() {
        let feed = b"<rss><channel><title></title><ttl>soon</ttl></channel></rss>";
        assert_eq!(hints("https://herald.example/feed", feed), super::Hints::default());
        let json = br#"{"version":"https://jsonfeed.org/version/1.1","title":"Karsholm Post","items":[]}"#;
        assert_eq!(hints("https://post.example/feed.json", json).title.as_deref(), Some("Karsholm Post"));
        assert_eq!(hints("https://post.example/", b"").title, None);
    }
}
