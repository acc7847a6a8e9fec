//! Which part of a time a mention means, or how nearly, by its own words.

use variorum_news::DateModifier;

use super::grammar::Mention;
use super::lexicon::Cue;
use super::tokens::Tokens;

/// Returns what the words of a mention say beyond its value.
pub(super) fn modifier(t: &Tokens, mention: &Mention) -> Option<DateModifier> {
    let first = if t.is(mention.start, Cue::The) { mention.start + 1 } else { mention.start };
    let inside = |at: usize| at < mention.end;
    match t.cue(first) {
        Some(Cue::Early | Cue::Start) => Some(DateModifier::Start),
        Some(Cue::Mid | Cue::Middle) => Some(DateModifier::Mid),
        Some(Cue::Late | Cue::Latter) => Some(DateModifier::End),
        Some(Cue::More) if inside(first + 1) && t.is(first + 1, Cue::Than) => Some(than(t, first)),
        Some(Cue::At) if inside(first + 1) && t.is(first + 1, Cue::Least) => Some(least(t, first + 1)),
        Some(Cue::About) => about(&t.word(first).to_ascii_lowercase()),
        // "The end of May", "year-end", "month's end".
        _ if (first..mention.end).take(4).any(|at| t.says(at, "end")) => Some(DateModifier::End),
        _ => None,
    }
}

fn than(t: &Tokens, at: usize) -> DateModifier {
    if t.says(at, "more") { DateModifier::MoreThan } else { DateModifier::LessThan }
}

fn least(t: &Tokens, at: usize) -> DateModifier {
    if t.says(at, "most") { DateModifier::EqualOrLess } else { DateModifier::EqualOrMore }
}

fn about(word: &str) -> Option<DateModifier> {
    match word {
        "over" => Some(DateModifier::MoreThan),
        "under" | "nearly" | "almost" => Some(DateModifier::LessThan),
        "only" | "just" | "barely" => None,
        _ => Some(DateModifier::Approx),
    }
}
