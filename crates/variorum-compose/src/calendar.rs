//! Days as numbers.

/// Returns the number of a day written `YYYY-MM-DD`, counted from 1 January 1970; what comes after it is not read.
pub(crate) fn day_number(value: &str) -> Option<i64> {
    let bytes = value.as_bytes();
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let part = |from: usize, to: usize| value.get(from..to)?.parse::<u16>().ok().map(i64::from);
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that a leap day is the last of its year (H. Hinnant, chrono-compatible date algorithms).
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_follow_each_other() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-02-29T05:30").map(|n| n + 1), day_number("2000-03-01"));
        assert_eq!(day_number("2031-12-31").map(|n| n + 1), day_number("2032-01-01"));
        for odd in ["XXXX-03-01", "2031-W09", "2031-03", "", "2031-13-01", "20é1-03-01"] {
            assert_eq!(day_number(odd), None, "{odd}");
        }
    }
}
