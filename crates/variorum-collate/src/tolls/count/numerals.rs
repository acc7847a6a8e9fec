//! The numerals of a phrase, and what hedges them.

use variorum_news::Hedge;
use variorum_syntax::{Label, Tag};

use crate::lexicon::lexicon;
use crate::tolls::grammar::Tree;

/// The number of a phrase, whether it is vague, and the token of its numeral.
pub(super) fn numeral(tree: &Tree, head: usize) -> Option<((f64, bool), usize)> {
    let own = |at: usize| value(tree, at).map(|v| (v, at));
    if matches!(tree.token(head).tag, Tag::Cd) || matches!(tree.word(head), "dozens" | "hundreds" | "dozen") {
        return own(head);
    }
    if let Some(found) = tree.sentence.children(head).filter(|c| tree.token(*c).label == Label::Nummod).find_map(own) {
        return Some(found);
    }
    // "A dozen people", "both men", "several".
    tree.sentence
        .children(head)
        .filter(|c| {
            *c < head && matches!(tree.token(*c).label, Label::Det | Label::Amod | Label::Compound | Label::Quantmod)
        })
        .filter(|c| matches!(tree.word(*c), "dozen" | "dozens" | "several" | "hundreds" | "scores" | "many"))
        .find_map(own)
}

/// The value of the number words at a token and right around it, and whether it is vague.
fn value(tree: &Tree, at: usize) -> Option<(f64, bool)> {
    let is_part = |t: usize| {
        let word = tree.word(t);
        number_word(word).is_some() || word == "-" || word == "and" && t > 0
    };
    let mut from = at;
    while from > 0
        && is_part(from - 1)
        && (tree.word(from - 1) != "and" || from > 1 && number_word(tree.word(from - 2)).is_some_and(|n| n >= 100.0))
    {
        from -= 1;
    }
    let (mut total, mut group, mut any) = (0.0, 0.0, false);
    for t in from..=at {
        match number_word(tree.word(t)) {
            Some(n) if n >= 1000.0 && any && !tree.word(t).starts_with(|c: char| c.is_ascii_digit()) => {
                total += f64::max(group, 1.0) * n;
                group = 0.0;
            }
            Some(n) if (n == 100.0 || n == 12.0 && tree.word(t) == "dozen") && any => group = f64::max(group, 1.0) * n,
            Some(n) => {
                // "Ages 20, 12": two numbers beside one another are no one number.
                if any && (n >= 20.0 || group < 20.0 || group % 10.0 != 0.0) && group != 0.0 && group < 100.0 {
                    group = 0.0;
                }
                group += n;
            }
            None => continue,
        }
        any = true;
    }
    let vague = matches!(tree.word(at), "dozens" | "hundreds" | "several" | "scores" | "many" | "thousands");
    let least = match tree.word(at) {
        "dozens" => 24.0,
        "hundreds" => 200.0,
        "scores" => 40.0,
        "thousands" => 2000.0,
        "several" => 3.0,
        "many" => return None,
        _ => 0.0,
    };
    if vague {
        return Some((least, true));
    }
    any.then_some((total + group, false))
}

fn number_word(word: &str) -> Option<f64> {
    let plain = word.replace(',', "");
    if plain.starts_with(|c: char| c.is_ascii_digit()) {
        return plain.parse().ok();
    }
    if ordinal(word).is_some() || word == "half" || word == "quarter" {
        return None;
    }
    let key = lexicon().key(word);
    // The lexicon's numbers are digits; a stem never is.
    let number = key.parse::<f64>().ok().filter(|_| word.chars().all(|c| c.is_ascii_alphabetic()));
    number.or(match word {
        "dozens" | "hundreds" | "scores" | "thousands" | "several" => Some(0.0),
        _ => None,
    })
}

/// The hedge that stands before a number.
pub(super) fn hedge(tree: &Tree, at: usize, first: usize) -> Option<Hedge> {
    let from = at.saturating_sub(4).min(first.max(at.saturating_sub(4)));
    let words: Vec<&str> = (from..at).map(|t| tree.word(t)).collect();
    let text = words.join(" ");
    let ends = |cue: &str| text == cue || text.ends_with(&format!(" {cue}"));
    let any = |cues: &[&str]| cues.iter().any(|c| ends(c));
    if any(&["at least", "no fewer than", "no less than", "not less than"]) {
        Some(Hedge::AtLeast)
    } else if any(&["more than", "over", "upwards of"]) {
        Some(Hedge::Over)
    } else if any(&["up to", "as many as", "at most", "no more than"]) {
        Some(Hedge::AtMost)
    } else if any(&["fewer than", "less than", "under"]) {
        Some(Hedge::Under)
    } else if any(&[
        "about",
        "around",
        "some",
        "approximately",
        "roughly",
        "nearly",
        "almost",
        "an estimated",
        "close to",
    ]) {
        Some(Hedge::About)
    } else {
        None
    }
}

/// The rank that an ordinal gives.
pub(crate) fn ordinal(word: &str) -> Option<f64> {
    const WORDS: [&str; 11] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
    if let Some(n) = WORDS.iter().position(|w| *w == word) {
        return Some(n as f64 + 2.0);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse::<u32>().ok().map(f64::from)
}
