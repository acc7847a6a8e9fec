//! A line as a credit reads it: its words, the names among them, and how surely they are outlets'.

use std::ops::Range;

use variorum_news::CreditKind;

use super::outlets::{self, Likeness, is_host, is_known, is_other};
use super::words::{Token, is_possessive, name_before};
use super::{Found, class};

pub(crate) struct Reading<'a> {
    pub line: &'a str,
    pub text: &'a str,
    pub words: Vec<Token<'a>>,
}

impl<'a> Reading<'a> {
    pub(crate) fn name(&self, range: &Range<usize>) -> &'a str {
        let name = &self.line[self.words[range.start].start..self.words[range.end - 1].end];
        name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
    }

    /// Tells how surely a name is an outlet's, with what stands around it ("the Times", "the news agency KCNA").
    pub(crate) fn likeness(&self, name: &Range<usize>) -> Likeness {
        let bare = self.name(name);
        let before = name.start.checked_sub(1).map(|at| self.words[at]).filter(|word| word.after.is_empty());
        let with_article = before.filter(|word| word.is("the")).map(|_| format!("the {bare}"));
        let likeness = outlets::likeness(with_article.as_deref().unwrap_or(bare));
        let is_classed = before.is_some_and(|word| class::is_outlet_class(word.core))
            || self.words[name.end - 1].after.is_empty()
                && self.words.get(name.end..).is_some_and(|after| class::words(after) > 0);
        let is_acronym = (3..=8).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_uppercase());
        if is_classed && (likeness >= Likeness::Faint || is_acronym && !is_other(bare)) {
            Likeness::Sure
        } else {
            likeness
        }
    }

    pub(crate) fn found(&self, name: &Range<usize>, words: Range<usize>) -> Found {
        let source = self.name(name);
        Found {
            source: outlets::host(source).filter(|_| is_host(source)).unwrap_or(source).to_owned(),
            kind: CreditKind::ReportedBy,
            bytes: self.words[words.start].start..self.words[words.end - 1].end,
        }
    }
}

/// Tells whether a noun goes on after a name, which then is part of another ("Reuters photographer Ada Orr").
pub(crate) fn goes_on(words: &[Token<'_>], name: &Range<usize>) -> bool {
    let last = words[name.end - 1];
    if !last.after.is_empty() || is_possessive(last.core) {
        return false;
    }
    let rest = &words[name.end..];
    let Some(next) = rest.get(class::words(rest)) else { return false };
    next.before.is_empty() && next.is_one_of(HEADS)
}

/// Nouns that take an outlet's name as their first part.
const HEADS: &[&str] = &[
    "photographer",
    "photographers",
    "cameraman",
    "columnist",
    "anchor",
    "presenter",
    "analyst",
    "analysts",
    "economist",
    "executive",
    "chief",
    "data",
    "calculation",
    "calculations",
    "estimate",
    "estimates",
    "poll",
    "polls",
    "survey",
    "surveys",
    "index",
    "ranking",
    "list",
    "building",
    "office",
    "offices",
    "headquarters",
    "newsroom",
    "crowd",
    "reader",
    "readers",
    "subscribers",
    "employees",
    "shareholders",
    "staff",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "documents",
    "executives",
    "transcript",
    "women",
    "men",
    "owner",
    "publisher",
    "filings",
    "filing",
];

/// Returns the name before a word, without the class after it ("Xinhua news agency").
pub(crate) fn name_before_class(words: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let mut end = at;
    while end > 1 && words[end - 1].after.is_empty() && is_class_after(&words[end - 1]) {
        end -= 1;
        while end > 1 && words[end - 1].after.is_empty() && words[end - 1].is_one_of(&["news", "press"]) {
            end -= 1;
        }
    }
    // A relative clause stands after a comma.
    if end == at && words.get(at).is_some_and(|word| word.is_one_of(&["which", "who"])) {
        let last = words.get(at.checked_sub(1)?)?;
        let mut before = words[..at].to_vec();
        if last.after == "," {
            before[at - 1].after = "";
        }
        return name_before(&before, at);
    }
    name_before(words, end)
}

/// Where nouns are written with a capital letter, the class is part of the name ("die Delmarer Zeitung").
fn is_class_after(word: &Token<'_>) -> bool {
    !word.is_capitalised() && class::is_outlet_class(word.core)
}

/// "the BBC’s Ada Orr reports": what a reporter reports, the outlet does.
pub(crate) fn employer(reading: &Reading<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let last = (name.start..name.end - 1).find(|&at| is_possessive(reading.words[at].core))?;
    let outlet = name.start..last + 1;
    (reading.likeness(&outlet) == Likeness::Sure).then_some(outlet)
}

/// "In Delmare Reuters reported" names Reuters, not "Delmare Reuters".
pub(crate) fn known_tail(reading: &Reading<'_>, name: Range<usize>) -> Range<usize> {
    if is_known(reading.name(&name)) {
        return name;
    }
    (name.start + 1..name.end).map(|first| first..name.end).find(|tail| is_known(reading.name(tail))).unwrap_or(name)
}

/// "told CNN Friday" and "told Reuters Ukraine was ready" name CNN and Reuters.
pub(crate) fn known_head(reading: &Reading<'_>, name: Range<usize>) -> Range<usize> {
    if reading.likeness(&name) >= Likeness::Weak {
        return name;
    }
    let heads = (name.start + 1..name.end).rev().map(|end| name.start..end);
    heads.into_iter().find(|head| outlets::is_agency(reading.name(head))).unwrap_or(name)
}

/// A name after a plain noun is a person's ("teacher Emily Post reported").
pub(crate) fn stands_free(words: &[Token<'_>], name: &Range<usize>) -> bool {
    let Some(before) = name.start.checked_sub(1).map(|at| words[at]) else { return true };
    let folded = variorum_text::fold(before.core);
    !before.after.is_empty()
        || !words[name.start].before.is_empty()
        || variorum_text::is_stop_word(&folded)
        || class::is_outlet_class(&folded)
        || crate::dates::month(before.core).is_some()
        || crate::dates::is_weekday(before.core)
}

/// Tells whether the text uses the last word of a name as a person's surname.
pub(crate) fn is_person(reading: &Reading<'_>, name: &str) -> bool {
    let Some((_, last)) = name.rsplit_once(' ') else { return false };
    ["Mr ", "Mr. ", "Ms ", "Ms. ", "Mrs ", "Mrs. ", "Dr ", "Dr. "]
        .iter()
        .any(|title| reading.text.contains(&format!("{title}{last}")))
        || ["\n", ", ", ". "].iter().any(|before| reading.text.contains(&format!("{before}{last} said")))
}
