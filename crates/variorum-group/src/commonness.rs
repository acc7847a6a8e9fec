//! How common a word is in English at large, so that the first reports of a stream are weighed sensibly.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::profile::key;

/// Words of a report on average: a word's share among words becomes a share among reports by it.
const WORDS_A_REPORT: f64 = 300.0;

/// The share among running words of a word that the table lacks.
const UNKNOWN: f64 = 2e-7;

/// The share of reports that hold a given number.
pub const NUMBER: f64 = 0.01;

/// The share of reports that name a given day.
pub const DAY: f64 = 0.005;

/// The share of reports that hold two given words of a name side by side.
pub const PHRASE: f64 = 0.000_3;

static TABLE: LazyLock<FxHashMap<u32, f32>> = LazyLock::new(|| {
    let rows = include_str!("../data/commonness.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
        .flat_map(|(tenths, stems)| {
            let share = libm::pow(10.0, -tenths.parse::<f64>().unwrap_or(70.0) / 10.0);
            stems.split(' ').map(move |stem| (key(stem), share_of_reports(share) as f32))
        })
        .collect()
});

/// Returns the share of English reports that hold the word of this key.
pub fn of_word(key: u32) -> f64 {
    TABLE.get(&key).map_or_else(|| share_of_reports(UNKNOWN), |&share| f64::from(share))
}

fn share_of_reports(share_of_words: f64) -> f64 {
    1.0 - libm::exp(-WORDS_A_REPORT * share_of_words)
}

#[cfg(test)]
mod tests {
    use super::of_word;
    use crate::profile::key;

    #[test]
    fn government_is_common_and_quake_is_not() {
        assert!(of_word(key("govern")) > 0.05);
        assert!(of_word(key("quak")) < 0.01);
        assert!(of_word(key("zyzzyva")) < 0.001);
    }
}
