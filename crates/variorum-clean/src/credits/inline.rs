//! Credits inside running text: "…, the Herald reported", "told the Courier", "according to a report in the Herald".

use std::ops::Range;

use variorum_news::CreditKind;

use super::Found;
use super::cues::{self, Cue, Side};
use super::outlets::{self, Likeness, is_host, is_known, is_other};
use super::words::{Token, is_possessive, name_before, name_from, tokens};
use super::{class, wire};

/// Returns the credits inside one line of an article; `text` is the whole article, to tell people from outlets.
pub(crate) fn inline(line: &str, text: &str) -> Vec<Found> {
    let reading = Reading { line, text, words: tokens(line) };
    let mut found = wire::inside(line, &reading.words);
    for at in 0..reading.words.len() {
        found.extend(credit_at(&reading, at));
    }
    found.sort_by_key(|credit| (credit.bytes.start, std::cmp::Reverse(credit.bytes.end)));
    found.dedup_by(|later, earlier| later.bytes.start < earlier.bytes.end && later.bytes != earlier.bytes);
    found
}

struct Reading<'a> {
    line: &'a str,
    text: &'a str,
    words: Vec<Token<'a>>,
}

impl<'a> Reading<'a> {
    fn name(&self, range: &Range<usize>) -> &'a str {
        let name = &self.line[self.words[range.start].start..self.words[range.end - 1].end];
        name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
    }

    /// Tells how surely a name is an outlet's, with what stands around it ("the Times", "the news agency KCNA").
    fn likeness(&self, name: &Range<usize>) -> Likeness {
        let bare = self.name(name);
        let before = name.start.checked_sub(1).map(|at| self.words[at]).filter(|word| word.after.is_empty());
        let with_article = before.filter(|word| word.is("the")).map(|_| format!("the {bare}"));
        let likeness = outlets::likeness(with_article.as_deref().unwrap_or(bare));
        let is_classed = before.is_some_and(|word| class::is_outlet_class(word.core))
            || self.words[name.end - 1].after.is_empty()
                && self.words.get(name.end..).is_some_and(|after| class::words(after) > 0);
        let is_acronym = (3..=8).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_uppercase());
        if is_classed && (likeness > Likeness::None || is_acronym && !is_other(bare)) {
            Likeness::Sure
        } else {
            likeness
        }
    }

    fn found(&self, name: &Range<usize>, words: Range<usize>) -> Found {
        let source = self.name(name);
        Found {
            source: outlets::host(source).filter(|_| is_host(source)).unwrap_or(source).to_owned(),
            kind: CreditKind::ReportedBy,
            bytes: self.words[words.start].start..self.words[words.end - 1].end,
        }
    }
}

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

/// Tells whether a noun goes on after a name, which then is part of another ("Reuters photographer Ada Orr").
fn goes_on(words: &[Token<'_>], name: &Range<usize>) -> bool {
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
fn name_before_class(words: &[Token<'_>], at: usize) -> Option<Range<usize>> {
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

/// "the Herald reported", ", reports the Herald".
fn reported(reading: &Reading<'_>, at: usize) -> Option<Found> {
    if let Some(found) = subject(reading, at) {
        return Some(found);
    }
    let words = &reading.words;
    // ", reports the Herald." turns the order round.
    let after_comma = at > 0 && words[at - 1].after.ends_with([',', '”', '"']);
    if after_comma && words[at].after.is_empty() && !words[at].is("reporting") {
        let name = name_from(words, at + 1)?;
        let fits = reading.likeness(&name) > Likeness::None && !goes_on(words, &name);
        return fits.then(|| reading.found(&name, at..name.end));
    }
    None
}

/// "the Herald [first|also|has] reported".
fn subject(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    let mut end = at;
    while end > 0 && words[end - 1].after.is_empty() && words[end - 1].is_one_of(AUXILIARIES) {
        end -= 1;
    }
    // "news reporting" is no verb, "was reported" has no subject that reports.
    if words[at].is("reporting") && end == at || words[at].is("reported") && end < at && words[at - 1].is("was") {
        return None;
    }
    let name = name_before_class(words, end).map(|name| known_tail(reading, name))?;
    if reports_as_firm(words, at) || reports_as_noun(words, at) || !stands_free(words, &name) {
        return None;
    }
    let likeness = reading.likeness(&name);
    let is_open = words[end..at].iter().any(|word| word.is("first")) || tells(words, at);
    let fits = match likeness {
        Likeness::Sure => true,
        Likeness::Fair => is_open,
        Likeness::Weak => is_open && !is_person(reading, reading.name(&name)),
        Likeness::None => is_bare_outlet(reading, &name, at),
    };
    fits.then(|| reading.found(&name, name.start..at + 1))
}

const AUXILIARIES: &[&str] =
    &["first", "also", "has", "had", "have", "is", "was", "earlier", "previously", "later", "originally"];

/// Tells whether a report follows ("reported that", "reported on Tuesday") and not what a ship or a firm reports.
fn tells(words: &[Token<'_>], at: usize) -> bool {
    let Some(next) = words.get(at + 1).filter(|_| words[at].after.is_empty()) else { return true };
    next.is_one_of(&["that", "on", "in", "last", "this", "earlier", "late", "early", "how", "yesterday", "today"])
        || crate::dates::is_weekday(next.core)
}

/// "reported a loss", "reported for duty", "reported to work".
fn reports_as_firm(words: &[Token<'_>], at: usize) -> bool {
    let next = words.get(at + 1).filter(|_| words[at].after.is_empty());
    next.is_some_and(|next| next.is_one_of(&["to", "for", "feeling", "having", "no"]))
        || words[at + 1..].iter().take(6).any(|word| word.is_one_of(EARNINGS))
}

/// "SANA said": agencies say what they report; of other outlets it is said of themselves too often.
fn said(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let words = &reading.words;
    let name = known_tail(reading, name_before_class(words, at)?);
    let source = reading.name(&name);
    let is_classed = words[name.start.checked_sub(1).unwrap_or(name.start)].is("agency");
    let in_sentence = || words[..at].iter().chain(&words[at..]).any(|word| word.is("citing"));
    let reports =
        outlets::is_agency(source) || is_classed || reading.likeness(&name) == Likeness::Sure && in_sentence();
    // "Michael Bloomberg" makes the bare surname a person's.
    let is_surname = is_surname(reading, source);
    let of_itself = words[at + 1..].iter().take(6).any(|word| word.is_one_of(ITSELF));
    let is_outlet = reading.likeness(&name) == Likeness::Sure && !is_host(source);
    (is_outlet && reports && !of_itself && !is_surname && stands_free(words, &name))
        .then(|| reading.found(&name, name.start..at + 1))
}

/// Tells whether the text writes a given name before a name of one word.
fn is_surname(reading: &Reading<'_>, name: &str) -> bool {
    reading.text.match_indices(name).any(|(at, _)| {
        let before = reading.text[..at].strip_suffix(' ').and_then(|before| before.split([' ', '\n']).next_back());
        before.is_some_and(|word| {
            word.starts_with(char::is_uppercase)
                && word.len() > 2
                && word.chars().all(char::is_alphabetic)
                && word.chars().any(char::is_lowercase)
                && word != "Thomson"
                && !variorum_text::is_stop_word(&variorum_text::fold(word))
                && !crate::dates::is_weekday(word)
        })
    })
}

const ITSELF: &[&str] = &[
    "it",
    "its",
    "they",
    "their",
    "he",
    "she",
    "statement",
    "jobs",
    "staff",
    "subscribers",
    "employees",
    "newsroom",
    "reporter",
    "journalist",
    "correspondent",
    "photographer",
];

/// "In Delmare Reuters reported" names Reuters, not "Delmare Reuters".
fn known_tail(reading: &Reading<'_>, name: Range<usize>) -> Range<usize> {
    if is_known(reading.name(&name)) {
        return name;
    }
    (name.start + 1..name.end).map(|first| first..name.end).find(|tail| is_known(reading.name(tail))).unwrap_or(name)
}

/// "told CNN Friday" and "told Reuters Ukraine was ready" name CNN and Reuters.
fn known_head(reading: &Reading<'_>, name: Range<usize>) -> Range<usize> {
    if reading.likeness(&name) > Likeness::None {
        return name;
    }
    let heads = (name.start + 1..name.end).rev().map(|end| name.start..end);
    heads.into_iter().find(|head| outlets::is_agency(reading.name(head))).unwrap_or(name)
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
        || class::is_outlet_class(&folded)
        || crate::dates::month(before.core).is_some()
        || crate::dates::is_weekday(before.core)
}

/// Tells whether the text uses the last word of a name as a person's surname.
fn is_person(reading: &Reading<'_>, name: &str) -> bool {
    let Some((_, last)) = name.rsplit_once(' ') else { return false };
    ["Mr ", "Mr. ", "Ms ", "Ms. ", "Mrs ", "Mrs. ", "Dr ", "Dr. "]
        .iter()
        .any(|title| reading.text.contains(&format!("{title}{last}")))
        || ["\n", ", ", ". "].iter().any(|before| reading.text.contains(&format!("{before}{last} said")))
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
    let begins = class::skip(words, at + 2);
    if let Some(name) = name_from(words, begins) {
        let possessive = is_possessive(words[name.end - 1].core);
        if possessive && words.get(name.end).is_none_or(|next| !next.is_one_of(REPORT)) {
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
    let closed = words[name.end - 1].after.contains(')') && reading.likeness(&name) > Likeness::None;
    closed.then(|| Found { kind: CreditKind::OriginalSource, ..reading.found(&name, at..name.end) })
}

const REPORT: &[&str] = &["report", "reports", "article", "story", "reporting", "investigation", "coverage"];
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
