//! How many people a noun phrase means: "two men and a boy", "his wife", "no one", "at least 12 passengers".

use variorum_news::Hedge;
use variorum_syntax::{Label, Tag};

use super::grammar::Tree;
use super::vocabulary::{people_in, triggers};
use crate::lexicon::lexicon;

/// How many people some words mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Count {
    /// How many.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// How sure the writer is.
    pub hedge: Option<Hedge>,
    /// The words name no number ("dozens").
    pub vague: bool,
    /// The tokens that say it: the first, and one past the last.
    pub tokens: (usize, usize),
    /// A numeral stands there.
    pub numeral: bool,
    /// Some of a number that was told before ("two of them").
    pub part: bool,
    /// They come on top of those told before ("another two").
    pub more: bool,
    /// "Others", who may come on top or be the rest.
    pub others: bool,
    /// The place in a row ("a third victim").
    pub rank: Option<f64>,
    /// Somebody told of before ("the man", "he").
    pub known: bool,
}

impl Count {
    /// A plain number of people, said by some tokens.
    pub fn of(value: f64, tokens: (usize, usize)) -> Self {
        Count {
            value,
            high: None,
            hedge: None,
            vague: false,
            tokens,
            numeral: false,
            part: false,
            more: false,
            others: false,
            rank: None,
            known: false,
        }
    }
}

/// Longer lists of people than this are not read.
const LIST: usize = 12;

/// Returns how many people the noun phrase of a token means, with those that "and" joins to it.
pub(crate) fn people(tree: &Tree, head: usize) -> Option<Count> {
    let mut all = one(tree, head)?;
    let mut at = head;
    for _ in 0..LIST {
        let Some(next) = tree.child(at, Label::Conj).filter(|c| !tree.is_verb(*c) && tree.is_nominal(*c)) else {
            break;
        };
        let either = tree.child(at, Label::Cc).is_some_and(|cc| matches!(tree.word(cc), "or" | "but"));
        // One of the list cannot be counted, so the list cannot.
        let count = if either { None } else { one(tree, next) }?;
        if count.value == 0.0 || all.value == 0.0 {
            return None;
        }
        all.value += count.value;
        all.vague |= count.vague;
        all.hedge = all.hedge.or(count.hedge);
        all.known &= count.known;
        all.more &= count.more;
        all.tokens = (all.tokens.0.min(count.tokens.0), all.tokens.1.max(count.tokens.1));
        at = next;
    }
    Some(all)
}

fn one(tree: &Tree, head: usize) -> Option<Count> {
    let word = tree.word(head);
    let tokens = (first(tree, head), head + 1);
    let before: Vec<&str> = (tokens.0..head).map(|t| tree.word(t)).collect();
    let after = tree.words.get(head + 1).map(String::as_str).unwrap_or("");
    let has = |words: &[&str]| before.iter().any(|b| words.contains(b));
    let whole = Count {
        part: is_part(tree, head),
        more: has(&["another", "other", "further", "additional"])
            || has(&["more"]) && !has(&["than"])
            || matches!(word, "others" | "another" | "other" | "more")
            || matches!(after, "others" | "more"),
        others: has(&["other"]) || matches!(word, "others" | "other") || after == "others",
        rank: before.iter().chain([&word]).find_map(|w| ordinal(w)),
        known: has(&["the", "his", "her", "their", "this", "that", "those", "these"]) || is_pronoun(word),
        ..Count::of(0.0, tokens)
    };
    // "The fourth and fifth people to have died": as many as are ranked.
    let ranks: Vec<f64> = before.iter().filter_map(|w| ordinal(w)).collect();
    if let Some(last) = ranks.last().filter(|_| ranks.len() > 1 || tree.token(head).tag == Tag::Nns) {
        return Some(Count { value: ranks.len() as f64, rank: Some(*last), ..whole });
    }
    if matches!(word, "nobody" | "none") || has(&["no"]) || word == "no" {
        let people = matches!(word, "one" | "nobody" | "none") || noun(tree, head).is_some() || is_case(word);
        return people.then_some(Count { numeral: true, ..whole });
    }
    if let Some((number, at)) = numeral(tree, head) {
        let counted = at == head || !super::vocabulary::is_other(word);
        let hedge = hedge(tree, at, tokens.0);
        let vague = number.1 && !matches!(word, "one");
        let hedge = if vague { hedge.or(Some(Hedge::AtLeast)) } else { hedge };
        return counted.then_some(Count { value: number.0, hedge, vague, numeral: true, ..whole });
    }
    // "An unknown number", "several": nobody can tell how many.
    let single = match tree.token(head).tag {
        Tag::Nn | Tag::Jj if ordinal(word).is_some() && has(&["a", "the"]) => Some(1.0),
        Tag::Nns | Tag::Nnps => (word == "twins" || word == "newlyweds").then_some(2.0),
        Tag::Nnp => Some(1.0),
        Tag::Prp => matches!(word, "he" | "she" | "him" | "her" | "himself" | "herself").then_some(1.0),
        Tag::Dt | Tag::Pdt | Tag::Cc => (word == "both").then_some(2.0),
        _ if matches!(word, "someone" | "somebody") => Some(1.0),
        _ if word == "old" && tree.words.get(head.wrapping_sub(1)).is_some_and(|w| w == "-") => Some(1.0),
        _ if word.ends_with("year-old") => Some(1.0),
        _ if is_part(tree, head) && word == "one" => Some(1.0),
        Tag::Nn | Tag::Jj => noun(tree, head),
        _ => None,
    }?;
    let both = if has(&["both"]) { 2.0 } else { single };
    let known = whole.known || tree.token(head).tag == Tag::Nnp;
    Some(Count { value: both, known, ..whole })
}

/// Tells whether a noun that carries a number is one for people, so far as is known.
pub(crate) fn counts_people(tree: &Tree, head: usize) -> bool {
    let word = tree.word(head);
    let single = match word {
        "people" | "persons" | "others" | "dead" | "wounded" | "injured" | "victims" => return true,
        "children" => "child".to_owned(),
        "wives" => "wife".to_owned(),
        _ if word.ends_with("men") => format!("{}man", &word[..word.len() - 3]),
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    };
    matches!(tree.token(head).tag, Tag::Cd | Tag::Dt | Tag::Nnp | Tag::Nnps | Tag::Prp)
        || people_in(&single).is_some()
        || matches!(word, "old" | "olds")
}

/// One person, a couple; of a family only where its number stands with it.
fn noun(tree: &Tree, head: usize) -> Option<f64> {
    let word = tree.word(head);
    match people_in(word)? {
        0 => {
            let of = tree.after(head, &["of"])?;
            numeral(tree, of).filter(|(n, at)| *at == of && !n.1).map(|(n, _)| n.0)
        }
        n => Some(f64::from(n)),
    }
}

/// A noun for what befell them: "no deaths", "no injuries".
fn is_case(word: &str) -> bool {
    matches!(word, "casualties" | "casualty") || !triggers(word).is_empty()
}

/// "Two of them", "one of the wounded", "those", "including a child": some of a number that stands elsewhere.
fn is_part(tree: &Tree, head: usize) -> bool {
    let of = tree.after(head, &["of"]).is_some_and(|o| {
        matches!(tree.word(o), "them" | "those" | "whom" | "these")
            || tree.child(o, Label::Det).is_some_and(|d| matches!(tree.word(d), "the" | "those" | "these"))
            || tree.child(o, Label::Poss).is_some()
            || numeral(tree, o).is_some_and(|(n, at)| at != o && n.0 > 1.0)
    });
    let token = tree.token(head);
    let among = token.label == Label::Pobj
        && matches!(tree.word(token.head), "including" | "among" | "amongst" | "like" | "besides" | "except");
    of || among
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "him" | "her" | "himself" | "herself" | "they" | "them")
}

/// The number of a phrase, whether it is vague, and the token of its numeral.
fn numeral(tree: &Tree, head: usize) -> Option<((f64, bool), usize)> {
    let own = |at: usize| value(tree, at).map(|v| (v, at));
    if matches!(tree.token(head).tag, Tag::Cd) || tree.word(head) == "dozens" || tree.word(head) == "hundreds" {
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
fn hedge(tree: &Tree, at: usize, first: usize) -> Option<Hedge> {
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

/// The first token of the words that say who: what stands before the noun and belongs to it.
fn first(tree: &Tree, head: usize) -> usize {
    let mut first = head;
    for child in tree.sentence.children(head).filter(|c| *c < head) {
        let inside = matches!(
            tree.token(child).label,
            Label::Det
                | Label::Nummod
                | Label::Amod
                | Label::Poss
                | Label::Compound
                | Label::Quantmod
                | Label::Predet
                | Label::Nmod
                | Label::Advmod
                | Label::Neg
        );
        if inside {
            let mut start = tree.sentence.subtree(child).start;
            // "A total of 10 people": the preposition is not theirs.
            while start < child && tree.token(start).tag == Tag::In && tree.word(start) == "of" {
                start += 1;
            }
            first = first.min(start);
        }
    }
    first
}
