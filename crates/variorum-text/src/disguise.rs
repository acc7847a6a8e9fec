//! Disguises: characters that nobody sees, and letters that look like others.
//!
//! A copier who writes "fеrry" with a Cyrillic letter, or puts a soft hyphen into it, has not written another word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

/// Tells whether a character takes no room between two letters: soft hyphens, joiners, zero-width spaces, marks of
/// direction, variation selectors, tags.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns a word as a reader sees it: nothing invisible, full-width and mathematical letters plain, and where a word
/// holds Latin letters, or none but look-alikes of them, the look-alikes as Latin letters.
///
/// A Russian or Greek word has letters that look like no Latin one and stays as it is.
pub fn undisguised(word: &str) -> String {
    let plain: String = word.chars().filter(|c| !is_invisible(*c)).flat_map(plain).collect();
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii() && LOOK_ALIKES.contains_key(&c);
    if !plain.chars().any(foreign) {
        return plain;
    }
    let letters = || plain.chars().filter(|c| c.is_alphabetic());
    if letters().any(|c| c.is_ascii()) || letters().all(foreign) {
        plain.chars().map(|c| LOOK_ALIKES.get(&c).copied().unwrap_or(c)).collect()
    } else {
        plain
    }
}

/// Returns a letter or digit of a decorated alphabet as the plain one.
fn plain(c: char) -> impl Iterator<Item = char> {
    let decorated = matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{fb00}'..='\u{fb06}'
        | '\u{2160}'..='\u{217f}' | '\u{24b6}'..='\u{24e9}' | '\u{2100}'..='\u{214f}');
    let folded: Vec<char> = if decorated { std::iter::once(c).nfkd().collect() } else { vec![c] };
    folded.into_iter()
}

static LOOK_ALIKES: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let rows = include_str!("../data/look-alikes.tsv").lines().filter(|row| !row.starts_with('#'));
    let pairs = rows.flat_map(|row| {
        let mut cells = row.split('\t').skip(1).map(|cell| cell.chars().filter(|c| *c != ' '));
        cells.next().into_iter().flatten().zip(cells.next().into_iter().flatten())
    });
    pairs.collect()
});

#[cfg(test)]
mod tests {
    use super::undisguised;

    fn check(word: &str, expected: &str) {
        assert_eq!(undisguised(word), expected, "{word}");
    }

    #[test]
    fn what_nobody_sees_is_not_there() {
        check("fe\u{200b}r\u{ad}ry\u{2060}", "ferry");
        check("\u{feff}ferry\u{fe0f}", "ferry");
    }

    #[test]
    fn letters_that_look_alike_are_alike() {
        check("fеrrу", "ferry");
        check("НАRВОUR", "HARBOUR");
        check("сор", "cop");
        check("Ρort", "Port");
        check("ｆｅｒｒｙ２", "ferry2");
        check("𝐟𝐞𝐫𝐫𝐲", "ferry");
        check("ﬁre", "fire");
    }

    #[test]
    fn words_of_other_scripts_stay_what_they_are() {
        check("паром", "паром");
        check("πλοίο", "πλοίο");
        check("Núñez", "Núñez");
        check("½", "½");
    }
}
