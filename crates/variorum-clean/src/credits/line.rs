//! Lines that are nothing but a credit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use variorum_news::CreditKind;

use super::outlets::{Likeness, bare, is_agency, is_host, is_known, is_outlet, is_picture_agency, likeness};
use super::words::{Token, name_from, tokens};
use super::{Found, wire};

const CUES: &str = include_str!("../../data/credit-lines.tsv");

/// The longest credit line, in words.
const MOST_WORDS: usize = 40;

/// What must follow a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Any name: the cue is sure by itself.
    Name,
    /// The name of an outlet, and little more in the line.
    Outlet,
    /// The name of an outlet, and whatever goes on about how it came here.
    Open,
    /// The name of an agency and nothing more.
    Agency,
    /// As `Outlet`; where it is an agency's, it marks wire copy.
    Tag,
}

/// Returns the credits of a line that is nothing but a credit; none for any other line.
pub(crate) fn line(line: &str) -> Vec<Found> {
    if line.len() > MOST_WORDS * 12 {
        return Vec::new();
    }
    let words = tokens(line);
    if words.is_empty() || words.len() > MOST_WORDS {
        return Vec::new();
    }
    let alone = wire::alone(line);
    if !alone.is_empty() {
        return alone;
    }
    let claimed = copyright(line, &words);
    if !claimed.is_empty() {
        return claimed;
    }
    contributed(line, &words).or_else(|| with_agency(line, &words)).unwrap_or_else(|| cued(line, &words))
}

/// "Delmare Kurier mit dpa": an outlet's own line that names the agency whose copy it used.
fn with_agency(line: &str, words: &[Token<'_>]) -> Option<Vec<Found>> {
    let at = words.iter().take(8).position(|word| word.is_one_of(&["avec", "mit", "con", "com", "with"]))?;
    let own = name_from(words, 0).filter(|own| own.end == at && is_outlet(name_of(line, words, own)));
    let begins = own.map(|_| name_from(words, at + 1))??;
    let (names, end) = listed(line, words, begins, Asks::Agency);
    let fits = end == words.len() && names.iter().all(|name| is_agency(name));
    fits.then(|| names.into_iter().map(|name| whole(name, CreditKind::Agency, line)).collect())
}

/// Returns the agencies that a byline names beside people ("By Ada Orr, Associated Press").
pub(crate) fn in_byline(line: &str) -> Vec<Found> {
    let parts = line.split([',', '|', '/', ';', '(', ')']).flat_map(|part| part.split(" - ")).map(str::trim);
    let agencies = parts.filter(|part| is_agency(part));
    agencies.map(|name| whole(name, CreditKind::Agency, line)).collect()
}

fn whole(source: &str, kind: CreditKind, line: &str) -> Found {
    let source = super::outlets::host(source).filter(|_| is_host(source)).unwrap_or(source);
    Found { source: bare(source).to_owned(), kind, bytes: 0..line.len() }
}

/// "© 2025 AFP", "Copyright 2025 The Associated Press. All rights reserved." and who distributes it.
fn copyright(line: &str, words: &[Token<'_>]) -> Vec<Found> {
    let opens = line.trim_start().to_lowercase();
    if !["©", "(c)", "copyright"].iter().any(|mark| opens.starts_with(mark)) {
        return Vec::new();
    }
    let is_number = |word: &Token<'_>| word.core.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let Some(at) = words.iter().take(4).position(|word| !is_number(word) && !word.is_one_of(&["c", "copyright", "by"]))
    else {
        return Vec::new();
    };
    // "© Halvik Media" without a year signs a picture.
    let has_year =
        words.iter().take(8).any(|word| word.core.len() == 4 && word.core.bytes().all(|b| b.is_ascii_digit()));
    let is_claim = has_year
        || opens.starts_with("copyright")
        || opens.contains("rights reserved")
        || opens.contains("distributed by");
    let Some(name) = name_from(words, at) else { return Vec::new() };
    let owner = name_of(line, words, &name).trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    // "© Ada Orr / AFP" signs a picture.
    let is_claim = is_claim || is_agency(owner) && name.end == words.len();
    if !is_claim
        || !is_outlet(owner)
        || is_picture_agency(owner)
        || words[name.end - 1].after.contains(['/', '|'])
        || words.get(name.end).is_some_and(|next| next.before.contains(['/', '|']))
        || line.contains('|')
    {
        return Vec::new();
    }
    let kind = if is_wire(owner) { CreditKind::Agency } else { CreditKind::OriginalSource };
    let mut found = vec![whole(owner, kind, line)];
    if let Some(at) = words.windows(2).position(|pair| pair[0].is("distributed") && pair[1].is("by"))
        && let Some(by) = name_from(words, at + 2)
    {
        found.push(whole(name_of(line, words, &by), CreditKind::Agency, line));
    }
    found
}

/// An agency's name, also one that calls itself so.
fn is_wire(name: &str) -> bool {
    let lower = name.to_lowercase();
    is_agency(name)
        || lower
            .split(' ')
            .any(|word| matches!(word, "agency" | "agence" | "agencia" | "agência" | "agenzia" | "wire" | "newswire"))
}

fn name_of<'a>(line: &'a str, words: &[Token<'_>], range: &Range<usize>) -> &'a str {
    let name = &line[words[range.start].start..words[range.end - 1].end];
    name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
}

/// "The Associated Press contributed to this report."
fn contributed(line: &str, words: &[Token<'_>]) -> Option<Vec<Found>> {
    let at = words.iter().position(|word| word.is("contributed"))?;
    let rest = &words[at + 1..];
    let to_report = rest.iter().take(6).any(|word| word.is_one_of(REPORTS));
    let closes = rest.is_empty()
        || rest[0].is("to") && rest.get(1).is_some_and(|word| word.is_one_of(&["this", "the", "these"])) && to_report
        || rest[0].is_one_of(&["reporting", "additional"])
        || rest.len() > 1 && to_report && rest[0].is("also");
    if !closes || rest.len() > 8 {
        return None;
    }
    let named: Vec<Found> = names(line, &words[..at])
        .into_iter()
        .filter(|name| likeness(name) == Likeness::Sure && !is_picture_agency(name))
        .map(|name| whole(name, CreditKind::Agency, line))
        .collect();
    (!named.is_empty()).then_some(named)
}

const REPORTS: &[&str] =
    &["report", "reports", "story", "article", "post", "piece", "reporting", "coverage", "dispatch", "analysis"];

/// Returns all names in a run of words, each with the article before it.
fn names<'a>(line: &'a str, words: &[Token<'_>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match name_from(words, at) {
            Some(range) => {
                let name = name_of(line, words, &range);
                let with_article =
                    &line[words[at].start..words[at].start + (words[range.end - 1].end - words[at].start)];
                let article = if range.start > at { with_article } else { name };
                found.extend(parts(if is_outlet(name) { name } else { article }).into_iter().map(known_head));
                at = range.end;
            }
            None => at += 1,
        }
    }
    found
}

/// "Associated Press Writer Ada Orr" names the agency first.
fn known_head(name: &str) -> &str {
    if is_outlet(name) {
        return name;
    }
    let ends = name.match_indices(' ').map(|(at, _)| at).rev();
    ends.map(|end| &name[..end]).find(|head| is_known(head)).unwrap_or(name)
}

/// Returns the names that an "and" joins, where each side is an outlet by itself.
fn parts(name: &str) -> Vec<&str> {
    let split: Vec<&str> =
        name.split('/').flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & ")).collect();
    let all_outlets = split.iter().all(|part| is_outlet(part));
    if split.len() > 1 && !name.contains("://") && all_outlets { split } else { vec![name] }
}

fn cued(line: &str, words: &[Token<'_>]) -> Vec<Found> {
    let found = (0..words.len().min(11)).find_map(|at| {
        // What stands before a cue must be no more than what it is said of.
        let is_open = words[..at].iter().all(|word| word.is_one_of(SUBJECT));
        let lower = words[at].lower();
        let cues = if is_open { CUES_READ.get(lower.as_ref()) } else { None };
        cues.and_then(|cues| cues.iter().find_map(|cue| of_cue(line, words, cue, at)))
    });
    found.unwrap_or_default()
}

fn of_cue(line: &str, words: &[Token<'_>], cue: &Cue, at: usize) -> Option<Vec<Found>> {
    if cue.asks == Asks::Agency && at > 0 {
        return None;
    }
    let next = follow(&cue.words, words, at)?;
    if matches!(cue.asks, Asks::Agency | Asks::Tag)
        && let Some(found) = wire::signed(after_cue(line, words, next), &(0..line.len()))
    {
        return Some(found);
    }
    let range = name_from(words, next)?;
    let range = if cue.asks == Asks::Outlet { employer(line, words, range) } else { range };
    let name = name_of(line, words, &range);
    let (names, end) = listed(line, words, range.clone(), cue.asks);
    let rest = &words[end..];
    let talks = rest.iter().any(|word| word.is_one_of(&["said", "says", "told"]));
    let sure =
        |least: usize| names.iter().all(|name| is_outlet(name) && !is_picture_agency(name)) && rest.len() <= least;
    let fits = match cue.asks {
        Asks::Name => {
            name.chars().any(char::is_alphabetic)
                && rest.len() <= 20
                && crate::dates::month(words[range.start].core).is_none()
        }
        Asks::Outlet | Asks::Tag => sure(4),
        Asks::Open => sure(20),
        Asks::Agency => names.iter().all(|name| is_agency(name)) && rest.len() <= 1,
    };
    if talks || !fits {
        return None;
    }
    let kind_of = |name: &str| {
        let by_wire = is_agency(name) && cue.asks == Asks::Tag;
        if by_wire { CreditKind::Agency } else { cue.kind }
    };
    Some(names.into_iter().map(|name| whole(name, kind_of(name), line)).collect())
}

/// What a line says after its cue, without marks.
fn after_cue<'a>(line: &'a str, words: &[Token<'_>], next: usize) -> &'a str {
    line[words[next].start..].trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// "Additional reporting by Ben Lee of the Courier" names the outlet after the person.
fn employer(line: &str, words: &[Token<'_>], name: Range<usize>) -> Range<usize> {
    let person = name_of(line, words, &name);
    let of = words.get(name.end).filter(|word| word.is_one_of(&["of", "from", "at"]) && !is_outlet(person));
    let outlet = of.and_then(|_| name_from(words, name.end + 1));
    outlet.filter(|outlet| outlet.end == words.len()).unwrap_or(name)
}

/// Returns the outlets of a list that begins with a name, and the word after it.
fn listed<'a>(line: &'a str, words: &[Token<'_>], first: Range<usize>, asks: Asks) -> (Vec<&'a str>, usize) {
    let mut end = first.end;
    let mut names = outlets_of(line, words, first);
    if asks == Asks::Name && !is_outlet(names[0]) {
        return (names, end);
    }
    loop {
        let joined = words.get(end).is_some_and(|word| word.is_one_of(&["and", "und", "et", "y", "e", "&"]));
        let next = end + usize::from(joined);
        let goes_on = joined || words[end - 1].after == "," || words[end - 1].after == "/";
        let Some(range) = name_from(words, next).filter(|_| goes_on) else { break };
        let more = outlets_of(line, words, range.clone());
        if !more.iter().all(|name| is_outlet(name)) {
            break;
        }
        names.extend(more);
        end = range.end;
    }
    (names, end)
}

/// Returns the outlets that a name holds: "AFP and Reuters", "Ben Lee of the Courier", "Reuters’ Ada Orr".
fn outlets_of<'a>(line: &'a str, words: &[Token<'_>], range: Range<usize>) -> Vec<&'a str> {
    let name = name_of(line, words, &range);
    let whole = parts(name);
    if whole.iter().all(|name| is_outlet(name)) {
        return whole;
    }
    let of = (range.start..range.end).find(|&at| words[at].is("of"));
    if let Some(outlet) = of.and_then(|of| name_from(words, of + 1)).filter(|outlet| outlet.end <= range.end) {
        let source = name_of(line, words, &outlet);
        let article = &line[words[of.map_or(0, |of| of + 1)].start..words[outlet.end - 1].end];
        if is_outlet(article) {
            return vec![source];
        }
    }
    whole
}

/// A cue and what it asks for.
struct Cue {
    kind: CreditKind,
    asks: Asks,
    words: Vec<&'static str>,
}

/// The cues by their first words.
static CUES_READ: LazyLock<BTreeMap<&'static str, Vec<Cue>>> = LazyLock::new(|| {
    let mut read: BTreeMap<&'static str, Vec<Cue>> = BTreeMap::new();
    for cue in CUES.lines().filter(|row| !row.starts_with('#')).filter_map(cue) {
        read.entry(cue.words[0]).or_default().push(cue);
    }
    // Of cues that begin alike the longest says most.
    read.values_mut().for_each(|cues| cues.sort_by_key(|cue| std::cmp::Reverse(cue.words.len())));
    read
});

fn cue(row: &'static str) -> Option<Cue> {
    let mut cells = row.split('\t');
    let kind = match cells.next()? {
        "original-source" => CreditKind::OriginalSource,
        "reported-by" => CreditKind::ReportedBy,
        _ => CreditKind::Agency,
    };
    let asks = match cells.next()? {
        "name" => Asks::Name,
        "open" => Asks::Open,
        "agency" => Asks::Agency,
        "tag" => Asks::Tag,
        _ => Asks::Outlet,
    };
    Some(Cue { kind, asks, words: cells.next()?.split(' ').collect() })
}

/// Returns the word after a cue that stands at a word.
fn follow(cue: &[&str], words: &[Token<'_>], at: usize) -> Option<usize> {
    let Some((first, rest)) = cue.split_first() else { return (at < words.len()).then_some(at) };
    if *first == "…" {
        return (at..words.len()).find_map(|next| follow(rest, words, next));
    }
    let fits = words.get(at).is_some_and(|word| word.lower() == *first);
    if fits { follow(rest, words, at + 1) } else { None }
}

/// Words that may stand before a cue without making the line more than a credit.
const SUBJECT: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "article",
    "story",
    "report",
    "post",
    "piece",
    "column",
    "essay",
    "version",
    "of",
    "was",
    "were",
    "has",
    "have",
    "been",
    "is",
    "it",
    "news",
    "interview",
    "content",
    "text",
    "item",
    "editor's",
    "editor’s",
    "note",
    "photo",
    "excerpt",
    "earlier",
    "also",
    "and",
    "dieser",
    "artikel",
    "text",
    "beitrag",
    "este",
    "esta",
    "artículo",
    "artigo",
    "nota",
    "noticia",
    "fue",
    "se",
    "foi",
    "cet",
    "a",
    "été",
    "questo",
    "articolo",
    "è",
    "stato",
    "with",
];

#[cfg(test)]
mod tests {
    use super::{CUES, line};

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = line(text).into_iter().map(|found| found.source).collect();
        assert_eq!(found.join(" + "), expected, "{text}");
    }

    #[test]
    fn every_cue_finds_its_example() {
        for row in CUES.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            check(cells[3], cells[4]);
        }
    }

    #[test]
    fn credit_lines() {
        check("(via Delmare Courier)", "Delmare Courier");
        check("The Associated Press contributed to this report.", "Associated Press");
        check("AP contributed", "AP");
        check("(Reuters)", "Reuters");
        check("— AFP", "AFP");
        check("This story was first reported by Delmare Wire.", "Delmare Wire");
        check("Source: Reuters and AFP", "Reuters + AFP");
    }

    #[test]
    fn lines_that_are_no_credits() {
        check("Source: people close to the talks", "");
        check("Sources said the ferry was late.", "");
        check("Ada Orr contributed to this report.", "");
        check("He contributed to this success, Reuters said.", "");
        check("Via Ostia was closed on Monday after the flood.", "");
        check("The novel was first published in London in 1893.", "");
    }
}
