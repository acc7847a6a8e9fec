//! Lines that are nothing but a credit.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use variorum_news::CreditKind;

use super::claims::{contributed, copyright, with_agency};
use super::outlets::{bare, is_agency, is_host, is_outlet, is_picture_agency};
use super::words::{Token, name_from, tokens};
use super::{Found, wire};

const CUES: &str = include_str!("../../data/credit-lines.tsv");

/// The longest credit line, in words.
const MOST_WORDS: usize = 40;

/// What must follow a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
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

pub(crate) fn whole(source: &str, kind: CreditKind, line: &str) -> Found {
    let source = super::outlets::host(source).filter(|_| is_host(source)).unwrap_or(source);
    Found { source: bare(source).to_owned(), kind, bytes: 0..line.len() }
}

pub(crate) fn name_of<'a>(line: &'a str, words: &[Token<'_>], range: &Range<usize>) -> &'a str {
    let name = &line[words[range.start].start..words[range.end - 1].end];
    name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
}

/// Returns the names that an "and" joins, where each side is an outlet by itself.
pub(crate) fn parts(name: &str) -> Vec<&str> {
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
pub(crate) fn listed<'a>(line: &'a str, words: &[Token<'_>], first: Range<usize>, asks: Asks) -> (Vec<&'a str>, usize) {
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
