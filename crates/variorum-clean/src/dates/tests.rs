//! Dates as pages write them.

use super::lines::WORDS;
use super::{MONTHS, Order, day, is_date_line, is_of_other, is_publication, is_update, parse, parse_in, stamp};

fn check(stated: &str, expected: &str) {
    assert_eq!(parse(stated).unwrap_or_default(), expected, "{stated}");
}

#[test]
fn instants_keep_their_offset() {
    check("2025-03-27T08:15:00Z", "2025-03-27T08:15:00Z");
    check("2025-03-27T08:15:00.123+0100", "2025-03-27T08:15:00+01:00");
    check("2025-03-27 08:15:00+01:00", "2025-03-27T08:15:00+01:00");
    check("Thu, 27 Mar 2025 08:15:00 GMT", "2025-03-27T08:15:00Z");
}

#[test]
fn days_in_words_and_numbers() {
    check("2025-03-27T08:15:00", "2025-03-27");
    check("March 27, 2025", "2025-03-27");
    check("Thursday, March 27th, 2025 at 3:41 p.m. ET", "2025-03-27");
    check("27 March 2025", "2025-03-27");
    check("27. März 2025", "2025-03-27");
    check("27 de marzo de 2025", "2025-03-27");
    check("27.03.2025, 18:04 Uhr", "2025-03-27");
    check("27/03/2025", "2025-03-27");
    check("20250327", "2025-03-27");
}

#[test]
fn what_states_no_full_day_gives_none() {
    for stated in
        ["", "yesterday", "March 27", "03/04/2025", "2025", "31 February 2025", "no date", "2025-13-40", "１２"]
    {
        check(stated, "");
    }
}

#[test]
fn date_lines() {
    for line in [
        "March 27, 2025",
        "Published: 27 March 2025 at 3:41 pm GMT",
        "Thursday, March 27, 2025",
        "27.03.2025 | 18:04 Uhr",
        "Updated 2025-03-27",
    ] {
        assert!(is_date_line(line), "{line}");
    }
    for line in
        ["On March 27, 2025, the ferry sank.", "The ferry", "27", "March of the penguins", "May the best win in 2025"]
    {
        assert!(!is_date_line(line), "{line}");
    }
}

#[test]
fn every_month_of_every_row_is_read() {
    for (number, names) in MONTHS.lines().filter_map(|row| row.split_once('\t')).filter(|(n, _)| !n.starts_with('#')) {
        let expected = day(2025, number.parse().unwrap_or(0), 27).unwrap_or_default();
        for name in names.split(' ') {
            check(&format!("27 {name} 2025"), &expected);
        }
    }
}

#[test]
fn dates_of_other_languages() {
    check("2025年3月27日 10時15分", "2025-03-27");
    check("2025년 3월 27일", "2025-03-27");
    check("입력 2025.03.27 10:15", "2025-03-27");
    check("２０２５年３月２７日", "2025-03-27");
    check("२७ मार्च २०२५", "2025-03-27");
    check("٢٧ مارس ٢٠٢٥", "2025-03-27");
    check("27 Mart 2025 Perşembe", "2025-03-27");
    check("2025. március 27.", "2025-03-27");
    check("2025 m. kovo 27 d.", "2025-03-27");
    check("2025. gada 27. marts", "2025-03-27");
    check("27 марта 2025, 13:43", "2025-03-27");
    check("27 Μαρτίου 2025", "2025-03-27");
    check("ngày 27 tháng 3 năm 2025", "2025-03-27");
    check("Le jeudi 27 mars 2025 à 10h15", "2025-03-27");
    check("27. 3. 2025", "2025-03-27");
    check("2025 Mar 27", "2025-03-27");
    check("Thu Mar 27 2025 02:01:00 GMT+0000 (Coordinated Universal Time)", "2025-03-27T02:01:00+00:00");
}

#[test]
fn numbers_with_two_readings_need_an_order() {
    assert_eq!(parse_in("03/04/2025", Order::of(Some("en-US"))).as_deref(), Some("2025-03-04"));
    assert_eq!(parse_in("03/04/2025", Order::of(Some("fr"))).as_deref(), Some("2025-04-03"));
    assert_eq!(parse_in("03/04/2025", Order::of(Some("en"))), None);
    assert_eq!(stamp("1743063300", Order::Unknown).as_deref(), Some("2025-03-27T08:15:00Z"));
}

#[test]
fn relative_times_and_versions_are_no_dates() {
    for stated in ["2 hours ago", "yesterday at 10:15", "version 2.3.2025.1", "10.20463/pan.2024.0015", "192.168.1.20"]
    {
        check(stated, "");
    }
}

#[test]
fn every_cue_fits_its_example() {
    for row in WORDS.lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [kind, _, example] = columns.as_slice() else { panic!("{row}") };
        let told = match *kind {
            "published" => is_publication(example),
            "updated" => is_update(example),
            _ => is_of_other(example),
        };
        assert!(told, "{row}");
    }
}
