//! From a form to its base forms: what the blob says of it, or the rules of English inflection.

use crate::blob::Record;

const NOUN: u8 = 1;
const VERB: u8 = 2;
const ADJECTIVE: u8 = 4;

/// Returns the base form of a folded word: "children" gives "child", "rose" gives "rise"; an unknown word is its own.
pub fn lemma(folded: &str) -> String {
    readings(folded).next().map_or_else(|| folded.to_owned(), |record| record.word().to_owned())
}

/// Returns all base forms that a folded word can have, the likeliest first: "left" gives "leave" and "left".
pub fn lemmas(folded: &str) -> Vec<&'static str> {
    readings(folded).map(|record| record.word()).collect()
}

/// Returns the records of a word's base forms, the likeliest first; none for an unknown word.
pub(crate) fn readings(folded: &str) -> impl Iterator<Item = Record> {
    readings_of(Record::find(folded), folded)
}

/// Returns the same, given what the blob holds of the word itself.
pub(crate) fn readings_of(found: Option<Record>, folded: &str) -> impl Iterator<Item = Record> {
    // What rules say is asked only where the blob is silent, which keeps a look-up at one probe for most words.
    let ruled = found.is_none().then(|| by_rule(folded)).into_iter().flatten();
    found.into_iter().flat_map(Record::readings).chain(ruled)
}

/// Returns the first known base form that the rules of inflection give, with the spelling that stands for it.
pub(crate) fn by_rule(folded: &str) -> impl Iterator<Item = Record> + use<> {
    let base = if folded.is_ascii() && folded.len() < 40 { rule(folded) } else { None };
    // The plural of "meeting" is of the noun, so the base form itself comes before what it may be a form of.
    let own = base.filter(|base| base.readings().any(|record| record.at == base.at));
    own.into_iter().chain(
        base.into_iter().flat_map(Record::readings).filter(move |record| own.is_none_or(|own| own.at != record.at)),
    )
}

fn rule(form: &str) -> Option<Record> {
    if let Some(base) = form.strip_suffix("s").filter(|base| !base.ends_with('s')) {
        return of_s(base);
    }
    if let Some(base) = form.strip_suffix("men").filter(|base| base.len() > 1) {
        return find(base, "man", NOUN);
    }
    for (end, parts) in [("ed", VERB), ("ing", VERB), ("est", ADJECTIVE), ("er", ADJECTIVE)] {
        if let Some(base) = form.strip_suffix(end).filter(|base| base.len() >= 2) {
            return of_verb(base, end, parts);
        }
    }
    None
}

fn of_s(base: &str) -> Option<Record> {
    let ies = base.strip_suffix("ie").and_then(|stem| find(stem, "y", NOUN | VERB));
    let ves = || base.strip_suffix("ve").and_then(|stem| find(stem, "f", NOUN).or_else(|| find(stem, "fe", NOUN)));
    let es = || base.strip_suffix('e').and_then(|stem| find(stem, "", NOUN | VERB));
    ies.or_else(ves).or_else(|| find(base, "", NOUN | VERB)).or_else(es)
}

/// "carried", "planned", "hoping": after one short vowel a single consonant is doubled, so "hoping" is of "hope".
fn of_verb(base: &str, end: &str, parts: u8) -> Option<Record> {
    let bytes = base.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    if last == b'i' && end != "ing" {
        return find(&base[..base.len() - 1], "y", parts).or_else(|| find(base, "e", parts));
    }
    let plain = || find(base, "", parts);
    let silent = || find(base, "e", parts);
    let single = || (last == before && !is_vowel(last)).then(|| find(&base[..base.len() - 1], "", parts)).flatten();
    let vowels = bytes.iter().filter(|b| is_vowel(**b)).count();
    if vowels == 1 && is_vowel(before) && !is_vowel(last) && !b"wxy".contains(&last) {
        silent().or_else(plain)
    } else {
        plain().or_else(single).or_else(silent)
    }
}

fn find(stem: &str, end: &str, parts: u8) -> Option<Record> {
    let record = if end.is_empty() { Record::find(stem) } else { Record::find(&format!("{stem}{end}")) }?;
    let shares = record.parts();
    let is = |i: usize, part: u8| shares[i] > 0 && parts & part != 0;
    (is(0, NOUN) || is(1, VERB) || is(2, ADJECTIVE)).then_some(record)
}

fn is_vowel(byte: u8) -> bool {
    b"aeiou".contains(&byte)
}
