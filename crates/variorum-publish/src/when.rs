//! Dates and times as a reader writes them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Returns a TIMEX3 value in words ("3 March 2031, 05:37"); the value itself where its shape is not known.
pub fn moment(value: &str) -> String {
    let (date, time) = value.split_once('T').map_or((value, None), |(d, t)| (d, Some(t)));
    let time = match time.map(clock) {
        Some(None) => return value.to_owned(),
        time => time.flatten(),
    };
    match (day(date), time) {
        (Some(date), Some(time)) => format!("{date}, {time}"),
        (Some(date), None) => date,
        (None, Some(time)) if date.is_empty() => time,
        _ => value.to_owned(),
    }
}

/// Returns a publication date in words; as it is where its shape is not known.
pub fn published(value: &str) -> String {
    let bare = value.strip_suffix('Z').or_else(|| value.strip_suffix("+00:00"));
    match bare {
        Some(bare) => format!("{} UTC", moment(bare)),
        // Another offset is said as it stands: "3 March 2031, 05:37 +02:00".
        None if value.len() > 19 && value.is_ascii() => {
            let offset = value.rfind(['+', '-']).filter(|at| *at > 16).unwrap_or(value.len());
            format!("{} {}", moment(&value[..offset]), &value[offset..]).trim_end().to_owned()
        }
        None => moment(value),
    }
}

fn day(date: &str) -> Option<String> {
    let mut parts = date.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?;
    let known = year.bytes().all(|b| b.is_ascii_digit());
    if !known && year != "XXXX" {
        return None;
    }
    if let Some(day) = date.strip_prefix("XXXX-WXX-") {
        return Some(format!("{}, date not given", WEEKDAYS.get(day.parse::<usize>().ok()?.checked_sub(1)?)?));
    }
    let year_words = if known { format!(" {year}") } else { ", year not given".to_owned() };
    let named = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) if known => return Some(year.to_owned()),
        (Some(week), None, None) if week.starts_with('W') => format!("week {} of", week[1..].parse::<u8>().ok()?),
        (Some(part), None, None) if part_of_year(part).is_some() => part_of_year(part)?.to_owned(),
        (Some(month), None, None) => month_name(month)?.to_owned(),
        (Some(month), Some(day), None) => {
            let day: u8 = day.parse().ok().filter(|d| (1..=31).contains(d))?;
            format!("{day} {}", month_name(month)?)
        }
        _ => return None,
    };
    Some(format!("{named}{year_words}"))
}

/// Seasons, quarters and halves, as TIMEX3 writes them.
fn part_of_year(part: &str) -> Option<&'static str> {
    Some(match part {
        "SP" => "spring",
        "SU" => "summer",
        "FA" => "autumn",
        "WI" => "winter",
        "Q1" => "first quarter of",
        "Q2" => "second quarter of",
        "Q3" => "third quarter of",
        "Q4" => "fourth quarter of",
        "H1" => "first half of",
        "H2" => "second half of",
        _ => return None,
    })
}

fn month_name(month: &str) -> Option<&'static str> {
    MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?).copied()
}

/// Hours and minutes; seconds are more than a reader asks for. Parts of the day have letters in TIMEX3.
fn clock(time: &str) -> Option<String> {
    let part = match time {
        "MO" => "morning",
        "MI" => "midday",
        "AF" => "afternoon",
        "EV" => "evening",
        "NI" => "night",
        "DT" => "daytime",
        _ => "",
    };
    if !part.is_empty() {
        return Some(part.to_owned());
    }
    let shaped = |t: &&str| t.bytes().enumerate().all(|(n, b)| if n == 2 { b == b':' } else { b.is_ascii_digit() });
    match time.len() {
        2 => Some(time).filter(shaped).map(|hour| format!("{hour}:00")),
        _ => time.get(..5).filter(shaped).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::{moment, published};

    #[test]
    fn values_as_a_reader_writes_them() {
        for (value, words) in [
            ("2031-03-03", "3 March 2031"),
            ("2031-03-03T05:37", "3 March 2031, 05:37"),
            ("2031-03-03TMO", "3 March 2031, morning"),
            ("T05:37", "05:37"),
            ("2031-03", "March 2031"),
            ("2031", "2031"),
            ("2031-W09", "week 9 of 2031"),
            ("XXXX-03-14", "14 March, year not given"),
            ("P3D", "P3D"),
            ("2031-13-45", "2031-13-45"),
            ("held", "held"),
            ("", ""),
            ("T", "T"),
            ("2031-Wé", "2031-Wé"),
            ("FUTURE_REF", "FUTURE_REF"),
        ] {
            assert_eq!(moment(value), words);
        }
    }

    #[test]
    fn publication_says_its_zone() {
        assert_eq!(published("2031-03-03T07:40:00Z"), "3 March 2031, 07:40 UTC");
        assert_eq!(published("2031-03-03T07:40:00+02:00"), "3 March 2031, 07:40 +02:00");
        assert_eq!(published("2031-03-04"), "4 March 2031");
    }
}
