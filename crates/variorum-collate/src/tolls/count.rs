//! How many people a noun phrase means: "two men and a boy", "his wife", "no one", "at least 12 passengers".

mod numerals;

use variorum_lexicon::{Relation, relation};
use variorum_news::Hedge;
use variorum_syntax::{Label, Tag};

use super::grammar::Tree;
use super::vocabulary::{is_other, kinds, people_in, triggers};
pub(crate) use numerals::ordinal;
use numerals::{hedge, numeral};

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
    // "The driver, 19, and her passenger were hurt": a subject each, for the parser.
    if let Some(count) = subject_before(tree, head).and_then(|before| one(tree, before)) {
        all.value += count.value;
        all.tokens.0 = count.tokens.0;
    }
    let mut at = head;
    for _ in 0..LIST {
        let Some(next) = tree.child(at, Label::Conj).filter(|c| !tree.is_verb(*c) && tree.is_nominal(*c)) else {
            break;
        };
        // "Four and not five".
        if tree.child(next, Label::Neg).is_some() {
            break;
        }
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

/// The first of two subjects that "and" joins, where they hang on the verb both.
fn subject_before(tree: &Tree, head: usize) -> Option<usize> {
    let token = tree.token(head);
    if !matches!(token.label, Label::Nsubj | Label::Nsubjpass) || token.tag == Tag::Cd {
        return None;
    }
    let and = first(tree, head).checked_sub(1).filter(|and| tree.word(*and) == "and")?;
    let before = tree.token(and).head;
    (before < and && tree.token(before).label == token.label && tree.token(before).head == token.head).then_some(before)
}

fn one(tree: &Tree, head: usize) -> Option<Count> {
    let word = tree.word(head);
    // "Three former co-workers": the parser cuts at the hyphen.
    let cut = tree.words.get(head + 1).is_some_and(|w| w == "-") && tree.words.len() > head + 2;
    let tokens = (first(tree, head), if cut { head + 3 } else { head + 1 });
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
    // "No one else", "no officers": nothing is said of those whom the report is about.
    let of_some = after == "else"
        || tree.word(head).strip_suffix('s').is_some_and(|one| kinds(one).contains(&("part", "defender")));
    if (has(&["no"]) || matches!(word, "nobody" | "none")) && of_some && word != "victims" {
        return None;
    }
    if matches!(word, "nobody" | "none") || has(&["no"]) || word == "no" {
        let people = matches!(word, "one" | "nobody" | "none") || noun(tree, head).is_some() || is_case(word);
        return people.then_some(Count { numeral: true, ..whole });
    }
    if let Some((number, at)) = numeral(tree, head) {
        let counted = at == head || !is_other(word);
        let hedge = hedge(tree, at, tokens.0);
        let vague = number.1 && !matches!(word, "one");
        let hedge = if vague { hedge.or(Some(Hedge::AtLeast)) } else { hedge };
        return counted.then_some(Count { value: number.0, hedge, vague, numeral: true, ..whole });
    }
    // "An unknown number", "several": nobody can tell how many.
    let single = match tree.token(head).tag {
        Tag::Nn | Tag::Jj if ordinal(word).is_some() && has(&["a", "the"]) => Some(1.0),
        Tag::Nns | Tag::Nnps => {
            let parents = matches!(word, "parents" | "grandparents") && has(&["his", "her", "their"]);
            (parents || word == "twins" || word == "newlyweds").then_some(2.0)
        }
        Tag::Jj if word == "other" && has(&["the"]) => Some(1.0),
        Tag::Nnp => Some(1.0),
        Tag::Prp => matches!(word, "he" | "she" | "him" | "her" | "himself" | "herself").then_some(1.0),
        Tag::Dt if word == "another" => Some(1.0),
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
pub(crate) fn counts_people(tree: &Tree, head: usize, strictly: bool) -> bool {
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
        || !triggers(word).is_empty()
        || !strictly && !is_thing(&single)
}

/// A noun for something that is made or built, or for a beast.
fn is_thing(noun: &str) -> bool {
    is_other(noun)
        || ["vehicle", "artifact", "animal", "building"].iter().any(|kind| relation(noun, kind) == Relation::Narrower)
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
    // "The driver of the express" is a person by herself; "one of the drivers" is some of them.
    let picks = matches!(tree.token(head).tag, Tag::Cd | Tag::Dt | Tag::Jj | Tag::Jjs | Tag::Jjr)
        || tree.words[head].starts_with("other")
        || people_in(tree.word(head)).is_none();
    let of = picks
        && tree.after(head, &["of"]).is_some_and(|o| {
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
