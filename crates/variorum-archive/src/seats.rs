//! Where a report sits: its language, its day, and its place among the reports of that day.

use serde::{Deserialize, Serialize};
use variorum::Imprint;
use variorum_news::Report;
use xxhash_rust::xxh3::xxh3_64;

/// The day of reports that tell none.
pub const NO_DAY: &str = "unknown";

/// What orders reports, the same whoever asks; derived from what the report says alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seat {
    /// Undated reports come last.
    is_undated: bool,
    /// Seconds since 1970.
    moment: i64,
    /// The file that it came from.
    pub path: String,
    /// Its name.
    pub id: String,
    /// A number made of its words.
    print: u64,
}

impl Seat {
    /// Returns the seat of a report.
    pub fn of(report: &Report) -> Self {
        let moment = variorum::moment(report);
        Seat {
            is_undated: moment.is_none(),
            moment: moment.unwrap_or_default(),
            path: report.path.clone().unwrap_or_default(),
            id: report.id.to_string(),
            print: xxh3_64(report.text.as_bytes()),
        }
    }

    /// Returns bytes that are ordered as reports are read: by time, then by name.
    pub fn order(&self) -> Vec<u8> {
        let mut bytes = vec![u8::from(self.is_undated)];
        bytes.extend(((self.moment as u64) ^ (1 << 63)).to_be_bytes());
        bytes.extend(self.id.as_bytes());
        bytes
    }
}

/// Bytes of [`Seat::order`] before the name.
pub const BEFORE_ID: usize = 9;

/// What grouping needs of a report, without the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Light {
    /// Its place among others.
    pub seat: Seat,
    /// What grouping reads off it.
    pub imprint: Imprint,
}

/// The language and the day that a report is filed under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Drawer {
    /// The language that it is read in, as BCP 47 names it.
    pub lang: String,
    /// `YYYY-MM-DD`, or `unknown`.
    pub day: String,
}

impl Drawer {
    /// Returns the drawer of a report: its day of publication, else the day on which it was captured.
    pub fn of(report: &Report) -> Self {
        let captured = report.first_seen().and_then(|seen| seen.get(..10));
        let days = report.day().into_iter().chain(captured);
        let day = days.into_iter().find(|day| day.parse::<jiff::civil::Date>().is_ok());
        Drawer { lang: variorum::language_of(report), day: day.unwrap_or(NO_DAY).to_owned() }
    }

    /// Returns the drawer as the key of a row.
    pub fn key(&self) -> String {
        format!("{}\t{}", self.lang, self.day)
    }

    /// Returns the drawer that begins the key of a row, and the rest of the key.
    pub fn of_key(key: &str) -> Option<(Drawer, &str)> {
        let mut parts = key.splitn(3, '\t');
        let drawer = Drawer { lang: parts.next()?.to_owned(), day: parts.next()?.to_owned() };
        Some((drawer, parts.next().unwrap_or_default()))
    }

    /// Returns its folder in a table.
    pub fn folder(&self) -> String {
        format!("lang={}/day={}", self.lang, self.day)
    }
}

#[cfg(test)]
mod tests {
    use variorum_news::Report;

    use super::{BEFORE_ID, Drawer, NO_DAY, Seat};

    fn report(id: &str, published: Option<&str>) -> Report {
        let mut report = Report::of_text(id, "The ferry to Delmare left an hour late on Sunday.");
        report.published = published.map(str::to_owned);
        report
    }

    #[test]
    fn reports_are_ordered_by_time_then_name_and_undated_ones_come_last() {
        let told = [
            report("z", Some("1969-12-31T23:59:59Z")),
            report("b", Some("2025-03-10")),
            report("c", Some("2025-03-10T00:00:00Z")),
            report("a", Some("2025-03-10T09:00:01+09:00")),
            report("0", None),
        ];
        let mut orders: Vec<Vec<u8>> = told.iter().rev().map(|report| Seat::of(report).order()).collect();
        orders.sort();
        let names: Vec<&[u8]> = orders.iter().map(|order| &order[BEFORE_ID..]).collect();
        assert_eq!(names, [b"z", b"b", b"c", b"a", b"0"]);
    }

    #[test]
    fn a_day_that_is_none_is_no_day_and_a_capture_stands_in() {
        let day = |published: Option<&str>, captured: Option<&str>| {
            let mut report = report("r", published);
            if let Some(captured) = captured {
                report.extra.insert("captured".to_owned(), captured.into());
            }
            Drawer::of(&report).day
        };
        assert_eq!(day(Some("2025-03-10T23:30:00-05:00"), None), "2025-03-10");
        assert_eq!(day(Some("2025-02-30"), None), NO_DAY);
        assert_eq!(day(Some("2025-02-30"), Some("2025-03-01T02:00:00Z")), "2025-03-01");
        assert_eq!(day(None, Some("yesterday")), NO_DAY);
        assert_eq!(day(None, None), NO_DAY);
    }

    #[test]
    fn the_key_of_a_row_tells_its_drawer() {
        let drawer = Drawer { lang: "pt".to_owned(), day: "2025-03-10".to_owned() };
        assert_eq!(Drawer::of_key(&format!("{}\ta\tb", drawer.key())), Some((drawer.clone(), "a\tb")));
        assert_eq!(Drawer::of_key(&drawer.key()), Some((drawer, "")));
        assert_eq!(Drawer::of_key("pt"), None);
    }
}
