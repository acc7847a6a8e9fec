//! Where the narrator's sentences begin and end, quoted words left whole.

use crate::Reading;
use crate::names::tokens::Token;

use super::marks::Quoted;
use super::scene::{Item, Sentence};

/// No sentence has so many words; a text without full stops is cut here, so that the work stays linear.
const LONGEST: usize = 256;

/// Returns the narrator's sentences in order.
pub(super) fn sentences(reading: &Reading, tokens: &[Token], quoted: &[Quoted]) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let mut items = Vec::new();
    let (mut token, mut quote, mut paragraph, mut last) = (0, 0, 0, 0);
    while token < tokens.len() || quote < quoted.len() {
        let quote_first = quote < quoted.len() && tokens.get(token).is_none_or(|t| t.start >= quoted[quote].open);
        let (start, end, item) = if quote_first {
            (quoted[quote].open, quoted[quote].close, Item::Quote(quote))
        } else {
            (tokens[token].start, tokens[token].end, Item::Word(token))
        };
        let between = reading.text.get(last..start).unwrap_or("");
        let broken = between.contains('\n');
        if !items.is_empty()
            && (broken || items.len() >= LONGEST || ends(reading, tokens, quoted, &items, item, between))
        {
            found.push(Sentence { items: std::mem::take(&mut items), paragraph });
        }
        paragraph += broken as usize;
        items.push(item);
        last = end;
        if quote_first {
            while token < tokens.len() && tokens[token].start < end {
                token += 1;
            }
            quote += 1;
        } else {
            token += 1;
        }
    }
    if !items.is_empty() {
        found.push(Sentence { items, paragraph });
    }
    found
}

/// Tells whether a narrator's sentence ends between its last item and the next one.
fn ends(reading: &Reading, tokens: &[Token], quoted: &[Quoted], items: &[Item], next: Item, between: &str) -> bool {
    let next_capital = match next {
        Item::Word(token) => {
            tokens[token].cap
                || tokens[token].text == "I"
                || tokens[token].text.starts_with(|c: char| c.is_ascii_digit())
        }
        Item::Quote(quote) => reading.text[quoted[quote].words.clone()]
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '['),
    };
    if !next_capital {
        return false;
    }
    match items[items.len() - 1] {
        Item::Word(token) => {
            if !between.contains(['.', '!', '?', '…']) && !tokens[token].text.contains('.') {
                return false;
            }
            match next {
                Item::Word(next) => tokens[next].sentence != tokens[token].sentence,
                // The splitter may see no end before a mark, but a full stop and a capital show one.
                Item::Quote(_) => between.contains(['.', '!', '?']),
            }
        }
        Item::Quote(quote) => {
            if between.contains(['.', '!', '?']) {
                return true;
            }
            if between.contains([',', ';', ':', '—', '–', '-']) {
                return false;
            }
            let words = &reading.text[quoted[quote].words.clone()];
            // John “J.D.” Orr
            if words.chars().all(|c| c.is_uppercase() || c == '.') && between == " " {
                return false;
            }
            match words.trim_end_matches(['\'', '’', ')', ']']).chars().next_back() {
                Some('.') => true,
                // “Who goes there?” Ada Orr asked.
                Some('!' | '?' | '…') => !matches!(next, Item::Word(token) if speech_near(tokens, token)),
                _ => matches!(next, Item::Quote(_)),
            }
        }
    }
}

/// Tells whether a speech verb follows within the few words of a speaker.
fn speech_near(tokens: &[Token], from: usize) -> bool {
    tokens[from..]
        .iter()
        .take(6)
        .enumerate()
        .take_while(|(i, t)| *i == 0 || matches!(t.gap, " " | ". "))
        .any(|(_, t)| super::cues::is_speech(&t.low))
}
