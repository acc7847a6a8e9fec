//! Words that say that the name beside them is an outlet's: "the news agency KCNA", "Xinhua news agency".

use super::words::Token;

/// Tells whether a word names a class of outlets.
pub(crate) fn is_outlet_class(word: &str) -> bool {
    CLASSES.contains(&word)
}

/// Returns how many words at the beginning are a class ("news agency").
pub(crate) fn words(words: &[Token<'_>]) -> usize {
    let n_before = words.iter().take(2).take_while(|word| word.after.is_empty() && is_kind(word.core)).count();
    let class = words.get(n_before).is_some_and(|word| is_outlet_class(word.core));
    if class { n_before + 1 } else { 0 }
}

/// Returns the place of the name after an article and a class ("the state news agency KCNA"); the same place where
/// there is no class.
pub(crate) fn skip(words: &[Token<'_>], at: usize) -> usize {
    let mut next = at;
    let mut has_class = false;
    while next < words.len().min(at + 6) && words[next].after.is_empty() {
        let word = words[next].core.rsplit(['’', '\'']).next().unwrap_or("");
        if is_outlet_class(word) {
            has_class = true;
        } else if words[next].is_capitalised() && is_before_class(&words[next + 1..]) {
            // "Norlandic newspaper Le Courrier": whose paper it is.
        } else if !(is_kind(word) || next == at && super::words::is_article(&words[next])) {
            break;
        }
        next += 1;
    }
    if has_class { next } else { at }
}

fn is_before_class(words: &[Token<'_>]) -> bool {
    words.iter().take(2).any(|word| is_outlet_class(word.core))
        && words[0].before.is_empty()
        && !words[0].is_capitalised()
}

fn is_kind(word: &str) -> bool {
    matches!(
        word,
        "state"
            | "official"
            | "local"
            | "regional"
            | "news"
            | "press"
            | "public"
            | "private"
            | "daily"
            | "weekly"
            | "de"
            | "presse"
            | "di"
            | "stampa"
            | "national"
            | "student"
            | "semi-official"
    )
}

const CLASSES: &[&str] = &[
    "newspaper",
    "website",
    "outlet",
    "agency",
    "wire",
    "broadcaster",
    "network",
    "station",
    "daily",
    "weekly",
    "tabloid",
    "magazine",
    "site",
    "channel",
    "Zeitung",
    "Nachrichtenagentur",
    "Agentur",
    "Magazin",
    "agence",
    "quotidien",
    "journal",
    "agenzia",
    "quotidiano",
    "agencia",
    "diario",
    "periódico",
    "agência",
    "jornal",
];
