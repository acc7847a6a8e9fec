//! How well a passage can stand in an account: complete, in the reporter's own voice, pointing at nothing outside itself.

use variorum_text::{fold, words};

use crate::cues::{Cue, cue};

/// What a passage leans on that stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lean {
    /// A pronoun whose person is named before.
    Person,
    /// A beginning that points back.
    Thing,
    /// A beginning that goes on from what stood before.
    Joins,
    /// Quoted words whose speaker is named before.
    Voice,
}

/// How well a passage can stand in an account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fitness {
    /// From 0, not at all, to 1.
    pub score: f64,
    /// What it leans on.
    pub lean: Option<Lean>,
}

const UNFIT: Fitness = Fitness { score: 0.0, lean: None };
/// A passage of fewer words tells nothing, one of more is hard to read.
const FEWEST: usize = 5;
const MOST: usize = 75;
const LONG: usize = 42;
/// A line that writes so many of its longer words with a capital is a headline.
const HEADLINE: f64 = 0.75;

/// Returns how well a passage can stand in an account; `persons` are the places of the persons' names in it, in code points.
pub(crate) fn fitness(text: &str, persons: &[usize]) -> Fitness {
    let Some(outside) = outside_quotes(text) else { return UNFIT };
    let told = words(text);
    let own = words(&outside);
    let folded: Vec<String> = own.iter().map(|w| fold(w.text)).collect();
    if told.len() < FEWEST || told.len() > MOST || !begins(text) || !ends(text) || is_headline(text) {
        return UNFIT;
    }
    if (0..folded.len()).any(|n| cue(&folded[n..]) == Some(Cue::Outlet)) {
        return UNFIT;
    }
    let place = |byte: usize| outside[..byte].chars().count();
    let places: Vec<usize> = own.iter().map(|w| place(w.start)).collect();
    let lean = if own.len() < 2 { Some(Lean::Voice) } else { lean(&folded, &places, persons) };
    let long = if told.len() > LONG { 0.7 } else { 1.0 };
    let asks = if text.trim_end().ends_with('?') { 0.3 } else { 1.0 };
    Fitness { score: long * asks, lean }
}

fn lean(folded: &[String], places: &[usize], persons: &[usize]) -> Option<Lean> {
    match cue(folded) {
        Some(Cue::Thing) => return Some(Lean::Thing),
        Some(Cue::Joins) => return Some(Lean::Joins),
        _ => {}
    }
    let pronoun = (0..folded.len()).find(|&n| cue(&folded[n..=n]) == Some(Cue::Person))?;
    // "The minister said he would resign": the subject bears the pronoun.
    let borne = pronoun > 0 && matches!(folded[0].as_str(), "a" | "an" | "the" | "one");
    let named = persons.iter().any(|&at| at < places[pronoun]);
    (!borne && !named).then_some(Lean::Person)
}

/// Returns the text with what stands in quotation marks made blank; none where a mark has no partner.
fn outside_quotes(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut open: Option<char> = None;
    let mut outside = String::with_capacity(text.len());
    for (n, &c) in chars.iter().enumerate() {
        let ends_word = chars.get(n + 1).is_none_or(|next| !next.is_alphanumeric());
        match (c, open) {
            ('“', None) => open = Some('”'),
            ('"', None) if !ends_word => open = Some('"'),
            ('‘', None) => open = Some('’'),
            ('”' | '"', None) => return None,
            ('“', Some('”')) => return None,
            (c, Some(close)) if c == close && (c != '’' || ends_word) => open = None,
            (_, Some(_)) => {}
            (c, None) => {
                outside.push(c);
                continue;
            }
        }
        outside.push(' ');
    }
    // An apostrophe at the end of a plural closes no quotation, so that one may seem open: its words are then quoted.
    (!matches!(open, Some('”' | '"'))).then_some(outside)
}

fn begins(text: &str) -> bool {
    let first = text.trim_start().trim_start_matches(['“', '"', '‘', '\'', '(', '[']).chars().next();
    first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
}

fn ends(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['”', '"', '’', '\'', ')', ']']);
    text.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟'])
}

/// Tells whether a line is written as a headline.
pub(crate) fn is_headline(text: &str) -> bool {
    let long: Vec<bool> = words(text)
        .iter()
        .skip(1)
        .filter(|w| w.text.chars().count() > 3 && !w.has_digit())
        .map(|w| w.is_capitalised())
        .collect();
    let capitals = long.iter().filter(|is| **is).count();
    long.len() >= 4 && capitals as f64 >= HEADLINE * long.len() as f64
}

#[cfg(test)]
mod tests {
    use super::{Lean, fitness};

    fn check(text: &str, score: f64, lean: Option<Lean>) {
        let persons: Vec<usize> = ["Ada Orr", "Ben Lee"]
            .iter()
            .filter_map(|name| text.find(name))
            .map(|b| text[..b].chars().count())
            .collect();
        let found = fitness(text, &persons);
        assert_eq!((found.score, found.lean), (score, lean), "{text}");
    }

    #[test]
    fn a_complete_sentence_stands_alone() {
        check("The ferry Aurora sank off Delmare on Monday.", 1.0, None);
        check("Ada Orr said she had warned the port.", 1.0, None);
        check("The minister said he would resign in May.", 1.0, None);
        check("“We had warned the port,” Ada Orr said on Monday.", 1.0, None);
        check("It is unclear who paid for the ferry.", 1.0, None);
    }

    #[test]
    fn some_sentences_lean_on_what_stood_before() {
        check("She said the port had been warned.", 1.0, Some(Lean::Person));
        check("Police in Delmare said he had been drinking.", 1.0, Some(Lean::Person));
        check("The pair met in Delmare on Monday.", 1.0, Some(Lean::Thing));
        check("But the ferry sank off Delmare.", 1.0, Some(Lean::Joins));
        check("“Nobody had asked the port about it.”", 1.0, Some(Lean::Voice));
    }

    #[test]
    fn what_is_no_reporting_is_left_out() {
        check("Ferry Sinks Off Delmare After Night Of Heavy Storms.", 0.0, None);
        check("We asked the port for an answer.", 0.0, None);
        check("Read more about the ferry and its crew.", 0.0, None);
        check("“We had warned the port, and nobody came.", 0.0, None);
        check("the ferry sank off Delmare on Monday.", 0.0, None);
        check("A crane lifts the wreck of the ferry", 0.0, None);
    }
}
