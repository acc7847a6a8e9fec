//! Tables against RFC 4180.

use variorum_news::Dossier;

use super::handed;
use crate::out::{drift_csv, variants_csv};
use crate::sample::{self, odd};

/// Reads a table by the grammar of RFC 4180; what does not fit it fails.
fn rows(table: &str) -> Vec<Vec<String>> {
    assert!(table.ends_with("\r\n"));
    let (mut rows, mut row, mut chars) = (Vec::new(), Vec::new(), table.chars().peekable());
    while chars.peek().is_some() {
        let mut cell = String::new();
        if chars.next_if_eq(&'"').is_some() {
            loop {
                match chars.next().expect("a quoted cell ends") {
                    '"' if chars.next_if_eq(&'"').is_some() => cell.push('"'),
                    '"' => break,
                    c => cell.push(c),
                }
            }
        } else {
            while let Some(c) = chars.next_if(|c| !matches!(c, ',' | '\r' | '\n')) {
                assert_ne!(c, '"');
                cell.push(c);
            }
        }
        row.push(cell);
        if chars.next_if_eq(&',').is_none() {
            assert_eq!((chars.next(), chars.next()), (Some('\r'), Some('\n')));
            rows.push(std::mem::take(&mut row));
        }
    }
    rows
}

/// Returns the cells of a column.
fn column(table: &[Vec<String>], name: &str) -> Vec<String> {
    let at = table[0].iter().position(|column| column == name).unwrap();
    table[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn every_row_has_every_column() {
    for dossier in [sample::dossier(), odd::many(), odd::broken()] {
        for table in [handed(&dossier, variants_csv), handed(&dossier, drift_csv)] {
            let rows = rows(&table);
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        }
    }
}

#[test]
fn a_reading_is_a_row_with_its_place() {
    let dossier = sample::dossier();
    let table = rows(&handed(&dossier, variants_csv));
    let readings: usize = dossier.stories[0].variants.iter().map(|variant| variant.readings.len()).sum();
    assert_eq!(table.len(), readings + 1);
    assert_eq!(column(&table, "words")[..2], ["About 1,200 people", "Some 1,200 people"]);
    assert_eq!(column(&table, "says")[0], "about 1,200");
    assert_eq!(column(&table, "value")[0], "1200");
}

#[test]
fn what_a_person_dismissed_says_so() {
    let table = rows(&handed(&sample::dossier(), drift_csv));
    assert_eq!(column(&table, "ruling"), ["", "confirmed", "dismissed", "", ""]);
    assert_eq!(column(&table, "finding")[0], "drift-0");
}

#[test]
fn no_cell_runs_as_a_formula() {
    for words in ["=1+1", "+cmd|' /C calc'!A0", "-2.5", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
        let mut dossier: Dossier = sample::dossier();
        dossier.stories[0].variants[0].about = words.to_owned();
        let table = rows(&handed(&dossier, variants_csv));
        assert_eq!(column(&table, "about")[0], format!("'{words}"), "an apostrophe before it");
    }
}

#[test]
fn a_cell_keeps_its_commas_quotes_and_lines() {
    let mut dossier = sample::dossier();
    dossier.stories[0].drift[0].explain = "He said \"stop\",\r\nthen \"go\"".to_owned();
    let table = rows(&handed(&dossier, drift_csv));
    assert_eq!(column(&table, "explain")[0], "He said \"stop\",\r\nthen \"go\"");
}
