//! The marks of agencies' copy: "DELMARE (Reuters) -", "(AFP/dpa)" at the end, "dpa/rtr" alone on a line.

use std::ops::Range;

use variorum_news::CreditKind;

use super::Found;
use super::outlets::{is_known, is_picture_agency, is_signature};
use super::words::Token;

/// A dateline is over after this many words.
const DATELINE: usize = 9;

/// Returns the agencies that a line of running text names in its dateline or after its last sentence.
pub(crate) fn inside(line: &str, words: &[Token<'_>]) -> Vec<Found> {
    let found = bracketed_opening(line, words).or_else(|| bare_opening(line, words));
    found.or_else(|| closing(line)).unwrap_or_default()
}

/// Returns the agencies that sign a line which is nothing but their marks, with its initials or its dateline
/// ("ab/cd (dpa, afp)", "DELMARE — AFP").
pub(crate) fn alone(line: &str) -> Vec<Found> {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.' | '|'));
    let whole = 0..line.len();
    let inner = bare.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']'])).unwrap_or(bare);
    if let Some(found) = signed(inner, &whole) {
        return found;
    }
    let initials = bare.split_once(" (").filter(|(initials, _)| is_initials(initials));
    let of_place = || {
        let (place, agency) = [" — ", " – ", " - ", ", "].iter().find_map(|mark| bare.split_once(mark))?;
        (is_place(place) && !agency.contains(' ')).then_some(agency)
    };
    let agency = initials.map(|(_, rest)| rest.trim_end_matches(')')).or_else(of_place);
    agency.and_then(|agency| signed(agency, &whole)).unwrap_or_default()
}

/// Returns a credit for each agency of a list of nothing but agencies' marks ("dpa/rtr", "AFP, Reuters"); with a known
/// one first, unknown short forms may follow ("dpa/lno").
pub(crate) fn signed(list: &str, bytes: &Range<usize>) -> Option<Vec<Found>> {
    let parts: Vec<&str> =
        list.split(['/', ',', '+', '&']).flat_map(|part| part.split(" and ")).map(str::trim).collect();
    let is_short = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    let fits = is_signature(parts[0]) && parts.iter().all(|part| is_signature(part) || is_short(part))
        || parts.len() > 1
            && is_short(parts[0])
            && parts[1..].iter().all(|part| is_signature(part))
            && list.contains('/');
    let named = parts.iter().filter(|part| is_signature(part));
    fits.then(|| named.map(|name| agency(name, bytes.clone())).collect())
}

fn agency(name: &str, bytes: Range<usize>) -> Found {
    let source = super::outlets::bare(name);
    Found { source: source.to_owned(), kind: CreditKind::Agency, bytes }
}

/// Editors' initials: "ab/cd".
fn is_initials(words: &str) -> bool {
    words.len() <= 12
        && words.split('/').all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
}

/// A place as datelines write it: few words, each with a capital or of digits.
fn is_place(words: &str) -> bool {
    let n_words = words.split_whitespace().count();
    if words.contains([':', '(', '/']) {
        return false;
    }
    let shouts = words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase);
    let places =
        words.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    shouts && n_words <= 4 || places && n_words <= 2
}

/// "DELMARE, Norland (AP) — The ferry …", "(Reuters) - The ferry …", "MADRID, 5 (EUROPA PRESS) El …".
fn bracketed_opening(line: &str, words: &[Token<'_>]) -> Option<Vec<Found>> {
    let at = words.iter().take(DATELINE).position(|word| word.before.ends_with('('))?;
    let close = (at..words.len().min(at + 4)).find(|&n| words[n].after.contains(')'))?;
    let start = words[at].start - 1;
    let end = words[close].end + words[close].after.find(')')? + 1;
    let rest = line[end..].trim_start();
    let rest_is_marked = rest.trim_start_matches(['.', ' ', ',']).starts_with(['-', '–', '—', ':']);
    let place = &line[..start];
    let is_bare = !place.is_empty() && place.chars().any(char::is_uppercase) && !place.chars().any(char::is_lowercase);
    let names = &line[start + 1..words[close].end];
    if rest.is_empty() || !(rest_is_marked || is_bare) || !is_dateline(place) {
        return None;
    }
    let bytes = start..end;
    signed(names, &bytes).or_else(|| (rest_is_marked && is_known(names)).then(|| vec![agency(names, bytes)]))
}

/// What stands before an agency in a dateline holds no sentence.
fn is_dateline(place: &str) -> bool {
    place.len() <= 70 && place.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count() <= 2
}

/// "AFP - The ferry …", "TOKYO, Kyodo – The ferry …".
fn bare_opening(line: &str, words: &[Token<'_>]) -> Option<Vec<Found>> {
    let head = line.char_indices().nth(60).map_or(line, |(end, _)| &line[..end]);
    let (mark, _) =
        [" - ", " – ", " — ", " -- ", "—", ": "].iter().filter_map(|mark| Some((head.find(mark)?, mark))).min()?;
    let named = &line[..mark];
    if line[mark..].split_whitespace().count() < 5 || words.is_empty() {
        return None;
    }
    if !line[mark..].starts_with(':')
        && let Some(found) = signed(named, &(0..mark))
    {
        return Some(found);
    }
    let (place, name) = named.rsplit_once(", ")?;
    let place_shouts = !place.chars().any(char::is_lowercase) || is_place(place);
    (place_shouts && is_dateline(place)).then(|| signed(name, &(mark - name.len()..mark)))?
}

/// "… in May. (AFP/dpa)", "… in May. — ANI".
fn closing(line: &str) -> Option<Vec<Found>> {
    let whole = line.trim_end();
    let bare = whole.trim_end_matches('.');
    if let Some(inner) = bare.strip_suffix(')') {
        let open = inner.rfind('(')?;
        let names = &inner[open + 1..];
        // "the Parents Association (PA)." spells out what the letters mean; the mark of copy stands after a sentence.
        let is_word = names.chars().any(char::is_lowercase) && names.chars().any(char::is_uppercase);
        let after_sentence = crate::piece::ends_as_sentence(line[..open].trim_end());
        let names = ["with inputs from ", "with input from ", "with ", "With ", "via "]
            .iter()
            .find_map(|opener| names.strip_prefix(opener))
            .unwrap_or(names);
        let fits = (after_sentence || is_word && open > 0) && !names.contains('(');
        return fits.then(|| signed(names, &(open..bare.len())))?;
    }
    let at = bare.rfind(['-', '–', '—'])?;
    let name = bare[at..].trim_start_matches(['-', '–', '—']).trim();
    let before = line[..at].trim_end();
    let after_sentence = crate::piece::ends_as_sentence(before) && !before.is_empty();
    (after_sentence && !is_picture_agency(name)).then(|| signed(name, &(at..bare.len())))?
}
