//! Credits inside running text: "…, the Herald reported", "(Reuters) —", "according to a report in the Herald".

use std::ops::Range;

use variorum_news::CreditKind;

use super::Found;
use super::outlets::{is_agency, is_host, is_known, is_other, is_outlet};
use super::words::{Token, name_before, name_from, tokens};

/// A cheap test whether a line can hold a credit at all; most lines cannot.
const TRIGGERS: &[&str] =
    &["report", "ccording to", "via ", "published", "appeared", "citing ", "(", "—", " – ", " - ", "--"];

/// Returns the credits inside one line of an article; `text` is the whole article, to tell people from outlets.
pub(crate) fn inline(line: &str, text: &str) -> Vec<Found> {
    if !TRIGGERS.iter().any(|trigger| line.contains(trigger)) {
        return Vec::new();
    }
    let reading = Reading { line, text, words: tokens(line) };
    let mut found: Vec<Found> = dateline(&reading).into_iter().collect();
    for at in 0..reading.words.len() {
        found.extend(credit_at(&reading, at));
    }
    found.sort_by_key(|credit| (credit.bytes.start, credit.bytes.end));
    found.dedup_by(|later, earlier| later.bytes.start < earlier.bytes.end);
    found
}

struct Reading<'a> {
    line: &'a str,
    text: &'a str,
    words: Vec<Token<'a>>,
}

impl<'a> Reading<'a> {
    fn name(&self, range: &Range<usize>) -> &'a str {
        &self.line[self.words[range.start].start..self.words[range.end - 1].end]
    }

    /// The name with the article before it, as `is_outlet` wants it ("the Times").
    fn with_article(&self, range: &Range<usize>) -> &'a str {
        let first =
            if range.start > 0 && self.words[range.start - 1].is("the") { range.start - 1 } else { range.start };
        &self.line[self.words[first].start..self.words[range.end - 1].end]
    }

    /// Returns the credit of a name, with its words from one word to another, where the name is an outlet's.
    fn credit(&self, name: Range<usize>, words: Range<usize>) -> Option<Found> {
        let source = self.name(&name);
        is_outlet(self.with_article(&name)).then(|| self.found(source, words))
    }

    fn found(&self, source: &str, words: Range<usize>) -> Found {
        let source = source.strip_suffix("’s").or_else(|| source.strip_suffix("'s")).unwrap_or(source);
        Found {
            source: source.to_owned(),
            kind: if is_agency(source) { CreditKind::Agency } else { CreditKind::ReportedBy },
            bytes: self.words[words.start].start..self.words[words.end - 1].end,
        }
    }
}

fn credit_at(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let word = reading.words[at];
    match word.core {
        "reported" | "reports" | "reporting" => reported(reading, at),
        "According" | "according" => according(reading, at),
        "published" | "appeared" => first_published(reading, at),
        "via" => via(reading, at),
        "citing" | "Citing" => {
            let name = name_from(&reading.words, at + 1)?;
            let words = at..name.end;
            reading.credit(name, words)
        }
        "report" | "article" | "story" => report_in(reading, at),
        _ => None,
    }
}

/// "the Herald reported", "first reported by the Herald", ", reports the Herald".
fn reported(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    if words.get(at + 1).is_some_and(|next| next.is("by") && words[at].after.is_empty()) {
        let name = name_from(words, at + 2)?;
        let first = if at > 0 && words[at - 1].is_one_of(&["first", "originally", "as"]) { at - 1 } else { at };
        let span = first..name.end;
        return reading.credit(name, span);
    }
    if let Some(found) = subject(reading, at) {
        return Some(found);
    }
    // ", reports the Herald." turns the order round.
    let after_comma = at > 0 && words[at - 1].after.ends_with([',', '”', '"']);
    if after_comma && words[at].after.is_empty() && !words[at].is("reporting") {
        let name = name_from(words, at + 1)?;
        let span = at..name.end;
        return reading.credit(name, span);
    }
    None
}

/// "the Herald [first|also|has] reported".
fn subject(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    let mut end = at;
    while end > 0
        && words[end - 1].is_one_of(&[
            "first",
            "also",
            "has",
            "had",
            "have",
            "is",
            "was",
            "earlier",
            "previously",
            "later",
        ])
    {
        end -= 1;
    }
    // "news reporting" is no verb, "was reported" has no subject that reports.
    if words[at].is("reporting") && end == at || words[at].is("reported") && end < at && words[at - 1].is("was") {
        return None;
    }
    let name = name_before(words, end).map(|name| known_tail(reading, name))?;
    let earns = words[at + 1..].iter().take(6).any(|word| word.is_one_of(EARNINGS));
    if earns || reports_as_noun(words, at) || !stands_free(words, &name) {
        return None;
    }
    let source = reading.name(&name);
    let span = name.start..at + 1;
    if is_outlet(reading.with_article(&name)) {
        return (!is_person(reading, source)).then(|| reading.found(source, span));
    }
    is_bare_outlet(reading, &name, at).then(|| reading.found(source, span))
}

/// "In Delmare Reuters reported" names Reuters, not "Delmare Reuters".
fn known_tail(reading: &Reading<'_>, name: Range<usize>) -> Range<usize> {
    if is_known(reading.name(&name)) {
        return name;
    }
    (name.start + 1..name.end).map(|first| first..name.end).find(|tail| is_known(reading.name(tail))).unwrap_or(name)
}

/// "News reports say" has a noun where "the Herald reports that" has a verb.
fn reports_as_noun(words: &[Token<'_>], at: usize) -> bool {
    let ends = !words[at].after.is_empty() || at + 1 == words.len();
    words[at].is("reports") && !ends && !words[at + 1].is("that")
}

/// A name after a plain noun is a person's ("teacher Emily Post reported").
fn stands_free(words: &[Token<'_>], name: &Range<usize>) -> bool {
    let Some(before) = name.start.checked_sub(1).map(|at| words[at]) else { return true };
    let folded = variorum_text::fold(before.core);
    !before.after.is_empty()
        || !words[name.start].before.is_empty()
        || variorum_text::is_stop_word(&folded)
        || matches!(
            folded.as_str(),
            "newspaper"
                | "website"
                | "outlet"
                | "agency"
                | "broadcaster"
                | "network"
                | "station"
                | "daily"
                | "magazine"
                | "site"
                | "channel"
        )
        || crate::dates::month(before.core).is_some()
        || crate::dates::is_weekday(before.core)
}

/// Tells whether the text uses the last word of a name as a person's surname.
fn is_person(reading: &Reading<'_>, name: &str) -> bool {
    let Some((_, last)) = name.rsplit_once(' ') else { return false };
    if is_known(name) || is_host(name) {
        return false;
    }
    ["Mr ", "Mr. ", "Ms ", "Ms. ", "Mrs ", "Mrs. ", "Dr ", "Dr. "]
        .iter()
        .any(|title| reading.text.contains(&format!("{title}{last}")))
        || reading.text.contains(&format!("\n{last} said"))
        || reading.text.contains(&format!(", {last} said"))
        || reading.text.contains(&format!(". {last} said"))
}

/// Tells whether a single unknown name is an outlet: it closes a sentence after a comma and the text knows no such
/// person, body or company, for those are spoken of more than once.
fn is_bare_outlet(reading: &Reading<'_>, name: &Range<usize>, at: usize) -> bool {
    let words = &reading.words;
    let closes = words[at].after.starts_with(['.', '!', '?']) && words[at].is("reported") && name.end == at;
    let after_comma = name.start > 0 && words[name.start - 1].after.ends_with(',');
    let word = words[name.start].core;
    let plain = name.len() == 1
        && word.chars().all(char::is_alphabetic)
        && word.chars().filter(|c| c.is_uppercase()).count() < word.chars().count();
    closes
        && after_comma
        && plain
        && word.chars().count() > 3
        && !is_other(word)
        && reading.text.matches(word).count() == 1
}

/// "according to the Herald", "according to a report published on Monday by the Herald".
fn according(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    if !words.get(at + 1)?.is("to") {
        return None;
    }
    if let Some(name) = name_from(words, at + 2) {
        let span = at..name.end;
        let possessive = ["’s", "'s"].iter().any(|mark| words[name.end - 1].core.ends_with(mark));
        if possessive && words.get(name.end).is_none_or(|next| !next.is_one_of(REPORT)) {
            return None;
        }
        // "According to Reuters photographer Ada Orr" quotes a person.
        let goes_on =
            words[name.end - 1].after.is_empty() && words.get(name.end).is_some_and(|next| next.is_one_of(PEOPLE));
        return if goes_on { None } else { reading.credit(name, span) };
    }
    let report = (at + 2..words.len().min(at + 8)).find(|&n| words[n].is_one_of(REPORT))?;
    let by = (report + 1..words.len().min(report + 6))
        .find(|&n| words[n].is_one_of(&["in", "by", "from", "on"]) && is_name_next(words, n))?;
    let name = name_from(words, by + 1)?;
    let span = at..name.end;
    reading.credit(name, span)
}

fn is_name_next(words: &[Token<'_>], at: usize) -> bool {
    name_from(words, at + 1).is_some_and(|name| {
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
    let span = at - 1..name.end;
    let mut found = reading.credit(name, span)?;
    found.kind = CreditKind::OriginalSource;
    Some(found)
}

/// "(via the Herald)".
fn via(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    if !words[at].before.contains('(') {
        return None;
    }
    let name = name_from(words, at + 1)?;
    let closed = words[name.end - 1].after.contains(')');
    let source = reading.name(&name);
    let mut found = reading.found(source, at..name.end);
    found.kind = CreditKind::OriginalSource;
    closed.then_some(found)
}

/// "a report in the Herald", "an article published by the Herald".
fn report_in(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    let mut next = at + 1;
    if words.get(next)?.is("published") {
        next += 1;
    }
    if !words[at].after.is_empty() || !words.get(next)?.is_one_of(&["in", "by", "from"]) {
        return None;
    }
    let name = name_from(words, next + 1)?;
    let span = at..name.end;
    reading.credit(name, span)
}

/// "DELMARE (Reuters) - The ferry …", "DELMARE, Norland (AP) — The ferry …", and "(Reuters)" that closes a line.
fn dateline(reading: &Reading<'_>) -> Option<Found> {
    let words = &reading.words;
    let at = words.iter().position(|word| word.before.ends_with('('))?;
    let close = (at..words.len().min(at + 3)).find(|&n| words[n].after.starts_with(')'))?;
    let name = reading.name(&(at..close + 1));
    let rest = reading.line[words[close].end + 1..].trim_start();
    let opens = at <= 8 && rest.starts_with(['-', '–', '—']);
    let ends = rest.trim_matches(['.', ' ']).is_empty();
    if !(opens || ends) || !(is_agency(name) || opens && is_known(name)) {
        return None;
    }
    let bytes = words[at].start - 1..words[close].end + 1;
    Some(Found { source: name.to_owned(), kind: CreditKind::Agency, bytes })
}

const REPORT: &[&str] = &["report", "reports", "article", "story", "reporting", "investigation", "coverage"];
const PEOPLE: &[&str] = &[
    "reporter",
    "photographer",
    "journalist",
    "correspondent",
    "editor",
    "columnist",
    "anchor",
    "analyst",
    "data",
    "calculations",
    "estimates",
];
const EARNINGS: &[&str] =
    &["profit", "profits", "revenue", "revenues", "earnings", "loss", "losses", "sales", "income", "results", "net"];

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
