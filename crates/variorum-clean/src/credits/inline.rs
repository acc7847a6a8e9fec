//! Credits inside running text: "…, the Herald reported", "told the Courier", "according to a report in the Herald".

use std::ops::Range;

use variorum_news::CreditKind;

use super::cues::{self, Cue, Side};
use super::outlets::Likeness;
use super::reading::{Reading, goes_on, is_person, known_head, known_tail, name_before_class, stands_free};
use super::verbs::{reported, said};
use super::words::{Token, is_possessive, name_from, tokens};
use super::{Found, class, wire};

/// Returns the credits inside one line of an article; `text` is the whole article, to tell people from outlets.
pub(crate) fn inline(line: &str, text: &str) -> Vec<Found> {
    let reading = Reading { line, text: head(text), words: tokens(line) };
    let mut found = wire::inside(line, &reading.words);
    for at in 0..reading.words.len() {
        found.extend(credit_at(&reading, at));
    }
    found.sort_by_key(|credit| (credit.bytes.start, std::cmp::Reverse(credit.bytes.end)));
    found.dedup_by(|later, earlier| later.bytes.start < earlier.bytes.end && later.bytes != earlier.bytes);
    found
}

/// People are looked for in the beginning of a text only, which bounds the time that a very long one takes.
fn head(text: &str) -> &str {
    let end = (0..=text.len().min(HEAD)).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

const HEAD: usize = 64 * 1024;

fn credit_at(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let lower = reading.words[at].lower();
    match lower.as_ref() {
        "reported" | "reports" | "reporting" => reported(reading, at),
        "said" | "says" => said(reading, at),
        "according" => according(reading, at),
        "published" | "appeared" => first_published(reading, at),
        "via" => via(reading, at),
        _ => None,
    }
    .or_else(|| cues::beginning_with(&lower).iter().find_map(|cue| cued(reading, cue, at)))
}

/// Returns the credit that a row of the table makes of the name beside it.
fn cued(reading: &Reading<'_>, cue: &Cue, at: usize) -> Option<Found> {
    let words = &reading.words;
    // "has been cited by the Times" praises; it names no source.
    if at > 0 && words[at - 1].is("been") && words[at].is_one_of(&["cited", "quoted"]) {
        return None;
    }
    cue.ends(words, at).into_iter().find_map(|end| {
        let (name, span) = match cue.side {
            Side::Then => {
                if !words[end - 1].after.is_empty() {
                    return None;
                }
                let name = known_head(reading, name_from(words, class::skip(words, end))?);
                let first = if at > 0 && words[at - 1].is_one_of(FIRSTS) { at - 1 } else { at };
                (name.clone(), first..name.end)
            }
            Side::Before => {
                let name = known_tail(reading, name_before_class(words, at)?);
                let is_relative = cue.lone && words[at].is_one_of(&["which", "who"]);
                if !is_relative && !words[at - 1].after.is_empty() {
                    return None;
                }
                (name.clone(), name.start..end)
            }
        };
        let likeness = reading.likeness(&name);
        // Without an article "Emily Post" is a person; a verb after her name says more than a cue before it.
        let fits = likeness >= if cue.side == Side::Before && cue.lone { Likeness::Weak } else { Likeness::Fair };
        let is_person = likeness < Likeness::Sure && is_person(reading, reading.name(&name));
        let is_part = cue.lone && cue.side == Side::Then && goes_on(words, &name);
        let is_free = cue.side == Side::Then || stands_free(words, &name) || starts_small(words, &name);
        (fits && !is_person && !is_part && is_free).then(|| reading.found(&name, span))
    })
}

/// Other languages' small words may stand before an outlet ("wie die Delmarer Zeitung berichtet"), their nouns not.
fn starts_small(words: &[Token<'_>], name: &Range<usize>) -> bool {
    name.start > 0
        && words[name.start - 1].core.starts_with(char::is_lowercase)
        && words[name.start - 1].core.len() <= 5
}

const FIRSTS: &[&str] = &["first", "originally", "as"];

/// "according to the Herald", "according to a report published on Monday by the Herald".
fn according(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    if !words.get(at + 1)?.is("to") {
        return None;
    }
    let begins = class::skip(words, at + 2);
    if let Some(name) = name_from(words, begins) {
        let possessive = is_possessive(words[name.end - 1].core);
        if possessive && words.get(name.end).is_none_or(|next| !next.is_one_of(REPORT) && !next.is_capitalised()) {
            return None;
        }
        let fits = reading.likeness(&name) >= Likeness::Fair && !goes_on(words, &name);
        return fits.then(|| reading.found(&name, at..name.end));
    }
    let report = (at + 2..words.len().min(at + 8)).find(|&n| words[n].is_one_of(REPORT))?;
    let by = (report + 1..words.len().min(report + 6))
        .find(|&n| words[n].is_one_of(&["in", "by", "from", "on"]) && is_name_next(words, n))?;
    let name = name_from(words, class::skip(words, by + 1))?;
    let fits = reading.likeness(&name) >= Likeness::Fair && !goes_on(words, &name);
    fits.then(|| reading.found(&name, at..name.end))
}

fn is_name_next(words: &[Token<'_>], at: usize) -> bool {
    name_from(words, class::skip(words, at + 1)).is_some_and(|name| {
        !crate::dates::is_weekday(words[name.start].core) && crate::dates::month(words[name.start].core).is_none()
    })
}

/// "first published in the Herald", "originally appeared on delmarecourier.com".
fn first_published(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    let begins = at > 0 && words[at - 1].is_one_of(&["first", "originally"]);
    if !begins || !words.get(at + 1)?.is_one_of(&["in", "on", "by", "at"]) {
        return None;
    }
    let name = name_from(words, at + 2)?;
    let fits = reading.likeness(&name) >= Likeness::Fair && !goes_on(words, &name);
    fits.then(|| Found { kind: CreditKind::OriginalSource, ..reading.found(&name, at - 1..name.end) })
}

/// "(via the Herald)".
fn via(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    if !words[at].before.contains('(') {
        return None;
    }
    let name = name_from(words, at + 1)?;
    let closed = words[name.end - 1].after.contains(')') && reading.likeness(&name) >= Likeness::Weak;
    closed.then(|| Found { kind: CreditKind::OriginalSource, ..reading.found(&name, at..name.end) })
}

const REPORT: &[&str] = &["report", "reports", "article", "story", "reporting", "investigation", "coverage"];

#[cfg(test)]
mod tests {
    use super::inline;

    fn check(text: &str, expected: &str) {
        let line = text.lines().last().unwrap_or("");
        let found: Vec<String> = inline(line, text)
            .iter()
            .map(|found| format!("{} [{}]", found.source, &line[found.bytes.clone()]))
            .collect();
        assert_eq!(found.join(" + "), expected, "{text}");
    }

    #[test]
    fn outlets_that_reported() {
        check("The ferry sank, Delmare Wire reported.", "Delmare Wire [Delmare Wire reported]");
        check(
            "The ferry sank at dawn, the Delmare Daily News reported on Monday.",
            "Delmare Daily News [Delmare Daily News reported]",
        );
        check("On Monday Reuters reported that the ferry sank.", "Reuters [Reuters reported]");
        check("The Times first reported the sinking.", "Times [Times first reported]");
        check("ESPN is reporting that Orr will leave.", "ESPN [ESPN is reporting]");
        check("The ferry sank, reports the Delmare Courier.", "Delmare Courier [reports the Delmare Courier]");
        check("The ferry sank, Quickwire reported.", "Quickwire [Quickwire reported]");
        check(
            "The sinking, first reported by delmare.com, took an hour.",
            "delmare.com [first reported by delmare.com]",
        );
        check(
            "According to a report published on Monday by the Delmare Courier, it sank.",
            "Delmare Courier [According to a report published on Monday by the Delmare Courier]",
        );
        check("It sank, according to Reuters.", "Reuters [according to Reuters]");
        check("It sank off Delmare (via Delmare Courier).", "Delmare Courier [via Delmare Courier]");
        check("DELMARE, Norland (AP) — A ferry sank.", "AP [(AP)]");
        check("LONDON (Reuters) - A ferry sank.", "Reuters [(Reuters)]");
        check(
            "An investigation originally published in the Delmare Courier won.",
            "Delmare Courier [originally published in the Delmare Courier]",
        );
    }

    #[test]
    fn others_that_reported() {
        for text in [
            "The ferry sank, police reported.",
            "The ministry reported twelve deaths.",
            "She reported for duty at dawn.",
            "Sources said the report was late.",
            "Twelve people were reported missing.",
            "The Justice Department reported a rise.",
            "Captain Ada Orr left early.\nThe ferry sank, Orr reported.",
            "Teacher Emily Post reported the theft.\nThe theft was seen by teacher Emily Post reported to be ill.",
            "Delmare Media reported a profit of $3 million.",
            "News reports say the ferry sank.",
            "According to the Justice Department, it sank.",
            "According to Ada Orr, it sank.",
            "Congress passed it.\nThe ferry sank, Congress reported.",
            "The crime was reported by Ada Orr.",
            "Norland (population 4,000) has a ferry.",
            "It was first published in London.",
            "No deaths were reported in Delmare.",
            "People reported feeling ill.",
        ] {
            check(text, "");
        }
    }
}
