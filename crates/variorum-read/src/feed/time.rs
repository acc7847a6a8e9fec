//! Times as RSS states them (RFC 822), written as RFC 3339 where they are whole.

/// Returns a time of RFC 822 as RFC 3339; any other stays as it is stated.
pub(crate) fn stated(time: &str) -> String {
    rfc822(time).unwrap_or_else(|| time.to_owned())
}

/// Reads "Sat, 06 Sep 25 04:30 EST": the weekday may be missing, the year may have two digits, seconds are optional.
fn rfc822(time: &str) -> Option<String> {
    let bare = time.split_once(',').map_or(time, |(_, rest)| rest);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let [day, month, year, clock, zone] = words.as_slice() else { return None };
    let day: u8 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = 1 + MONTHS.iter().position(|name| month.get(..3).is_some_and(|m| m.eq_ignore_ascii_case(name)))?;
    let year = match (year.len(), year.parse::<u16>().ok()?) {
        (4, year) => year,
        // The reading of RFC 2822, section 4.3.
        (2, year @ 0..=49) => 2000 + year,
        (2, year) => 1900 + year,
        _ => return None,
    };
    let mut parts = clock.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let fits = hour < 24 && minute < 60 && second < 61 && parts.next().is_none();
    let offset = offset(zone)?;
    fits.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}{offset}", second.min(59)))
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The zones that RFC 822 names; other letters have more than one reading.
fn offset(zone: &str) -> Option<String> {
    if zone == "-0000" || zone == "-00:00" {
        // The time is that of Greenwich, wherever it was written (RFC 2822, section 3.3).
        return Some("Z".to_owned());
    }
    let named = match zone.to_ascii_uppercase().as_str() {
        "Z" | "UT" | "GMT" | "UTC" => "Z",
        "EDT" => "-04:00",
        "EST" | "CDT" => "-05:00",
        "CST" | "MDT" => "-06:00",
        "MST" | "PDT" => "-07:00",
        "PST" => "-08:00",
        _ => {
            let digits: String = zone.get(1..)?.chars().filter(|c| *c != ':').collect();
            let is_offset =
                zone.starts_with(['+', '-']) && digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
            return is_offset.then(|| format!("{}{}:{}", &zone[..1], &digits[..2], &digits[2..]));
        }
    };
    Some(named.to_owned())
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn times_of_feeds() {
        for (time, expected) in [
            ("Thu, 27 Mar 2025 08:15:00 GMT", "2025-03-27T08:15:00Z"),
            ("Thu, 27 Mar 2025 08:15:00 -0500", "2025-03-27T08:15:00-05:00"),
            ("27 Mar 25 08:15 EST", "2025-03-27T08:15:00-05:00"),
            ("Thu, 7 March 2025 08:15:00 +01:00", "2025-03-07T08:15:00+01:00"),
            ("2025-03-27T08:15:00Z", "2025-03-27T08:15:00Z"),
            ("Thu, 27 Mar 2025 08:15:00 IST", "Thu, 27 Mar 2025 08:15:00 IST"),
            ("Thu, 27 Mar 2025", "Thu, 27 Mar 2025"),
            ("yesterday", "yesterday"),
            ("27 Mär 2025 08:15:00 +é0", "27 Mär 2025 08:15:00 +é0"),
        ] {
            assert_eq!(stated(time), expected);
        }
    }
}
