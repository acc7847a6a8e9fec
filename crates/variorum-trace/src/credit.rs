//! Who names whom as the source.

use std::ops::Range;
use std::sync::LazyLock;

use variorum_news::{Credit, CreditKind, Report, Span};
use variorum_text::{fold, words};

use crate::profile::Profile;

/// A credit that one report gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The source as the report names it.
    pub source: String,
    /// Where it does; none where the line was taken out of the text.
    pub span: Option<Span>,
    /// The report says that it has its text from there, not a detail.
    pub whole: bool,
}

/// Returns the credit that `to` gives to the outlet of `from`.
///
/// Credits that `clean` found come first; after them an outlet's name in the text beside a word that makes it a source.
pub fn given(to: &Profile<'_>, from: &Profile<'_>) -> Option<Named> {
    if from.identity.is_empty() || from.identity.iter().any(|name| to.identity.contains(name)) {
        return None;
    }
    let credited = credits(to.report).find(|credit| names_one(&credit.source, &from.identity));
    if let Some(credit) = credited {
        return Some(Named {
            source: credit.source.clone(),
            span: span_of(to, credit),
            whole: credit.kind == CreditKind::OriginalSource,
        });
    }
    let host = from.report.url.as_deref().and_then(host).map(|host| host.trim_start_matches("www."));
    let mut names = [from.report.outlet.as_deref(), host].into_iter().flatten();
    names.find_map(|name| {
        Some(Named { source: name.to_owned(), span: Some(to.spanner.span(in_text(to, name)?)), whole: false })
    })
}

/// The sources of a whole text that are not among the reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Absent {
    /// Their names, squeezed: originals and agencies, not those that reported a detail.
    pub names: Vec<String>,
    /// The report itself says that it has its text from one of them.
    pub confessed: bool,
}

/// Returns what a report's credits say of texts that are not at hand.
pub fn absent(report: &Profile<'_>, others: &[Profile<'_>]) -> Absent {
    let mut absent = Absent::default();
    for (credit, name) in outside(report, others) {
        if matches!(credit.kind, CreditKind::OriginalSource | CreditKind::Agency) {
            absent.names.push(name);
        }
        absent.confessed |= credit.kind == CreditKind::OriginalSource;
    }
    absent
}

/// Returns the credits of a report to sources that none of the other reports is, each source once.
pub fn outside<'a>(report: &'a Profile<'a>, others: &[Profile<'_>]) -> Vec<(&'a Credit, String)> {
    let mut found: Vec<(&Credit, String)> = Vec::new();
    for credit in credits(report.report) {
        let name = squeezed(&credit.source);
        let known = names_one(&credit.source, &report.identity)
            || others.iter().any(|other| names_one(&credit.source, &other.identity));
        if !name.is_empty() && !known && found.iter().all(|(_, earlier)| *earlier != name) {
            found.push((credit, name));
        }
    }
    found
}

/// Returns where a credit stands, if its span really is that place of this text: reports come from files, too.
pub fn span_of(report: &Profile<'_>, credit: &Credit) -> Option<Span> {
    let span = credit.span.as_ref()?;
    let bytes = report.spanner.byte_range(span.start, span.end);
    let stands = report.spanner.text().get(bytes) == Some(span.text.as_str());
    (span.report == report.report.id && stands && !span.text.is_empty()).then(|| span.clone())
}

/// Returns the names by which a report's outlet can be known: its own name and the host of its address, squeezed.
pub fn identity(report: &Report) -> Vec<String> {
    let host = report.url.as_deref().and_then(host);
    let mut names: Vec<String> = [report.outlet.as_deref(), host].into_iter().flatten().map(squeezed).collect();
    names.retain(|name| name.len() > 1);
    names.sort();
    names.dedup();
    names
}

fn credits(report: &Report) -> impl Iterator<Item = &Credit> {
    report.credits.iter().filter(|credit| credit.kind != CreditKind::Photo)
}

fn names_one(source: &str, identity: &[String]) -> bool {
    let name = squeezed(source);
    !name.is_empty() && identity.contains(&name)
}

/// Returns a name or host as one word: "The Alder Courier", "www.aldercourier.example" and "Alder Courier" are one.
fn squeezed(name: &str) -> String {
    let name = host(name).unwrap_or(name);
    let looks_like_host = name.contains('.') && !name.contains(' ');
    let name = if looks_like_host { without_suffix(name.trim_start_matches("www.")) } else { name };
    let mut letters: Vec<String> = words(name).iter().map(|w| fold(w.text).replace(['-', '\'', '.'], "")).collect();
    if letters.len() > 1 && letters[0] == "the" {
        letters.remove(0);
    }
    letters.concat()
}

fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host))
}

/// Returns a host without its public suffix, told by length: "aldercourier.co.uk" and "aldercourier.com" are one name.
fn without_suffix(host: &str) -> &str {
    let mut parts: Vec<&str> = host.split('.').collect();
    parts.pop();
    if parts.len() > 1 && parts.last().is_some_and(|part| part.len() <= 3) {
        parts.pop();
    }
    // The label before the suffix is the name; what stands before it ("edition.", "en.") is a department.
    parts.last().copied().unwrap_or(host)
}

/// Returns the bytes from an outlet's name to the cue beside it, where a text names it as a source.
fn in_text(to: &Profile<'_>, outlet: &str) -> Option<Range<usize>> {
    let text = to.spanner.text();
    let outlet = outlet.trim();
    // One short word ("Sun", "Post") is too often no outlet.
    if outlet.len() < 6 {
        return None;
    }
    for (at, _) in text.match_indices(outlet) {
        let end = at + outlet.len();
        let whole = !text[..at].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric);
        if !whole {
            continue;
        }
        let (before, after) = (tail(&text[..at]), head(&text[end..]));
        if let Some(cue) = CUES.iter().filter_map(|cue| find_word(after, cue).map(|at| at + cue.len())).min() {
            return Some(at..end + cue);
        }
        if let Some(cue) = CUES.iter().filter_map(|cue| find_word(before, cue)).max() {
            return Some(at - before.len() + cue..end);
        }
    }
    None
}

/// A cue farther off than this many bytes belongs to something else.
const REACH: usize = 28;

fn head(text: &str) -> &str {
    let end = (0..=REACH.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let text = &text[..end];
    &text[..text.find(['\n', '.', ';']).unwrap_or(text.len())]
}

fn tail(text: &str) -> &str {
    let start =
        (text.len().saturating_sub(REACH)..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let text = &text[start..];
    text.rfind(['\n', '.', ';']).map_or(text, |at| &text[at + 1..])
}

fn find_word(text: &str, cue: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    lower
        .match_indices(cue)
        .find(|(at, _)| {
            !lower[..*at].ends_with(char::is_alphanumeric)
                && !lower[at + cue.len()..].starts_with(char::is_alphanumeric)
        })
        .map(|(at, _)| at)
}

static CUES: LazyLock<Vec<&str>> =
    LazyLock::new(|| crate::rows::of(include_str!("../data/credit-cues.tsv")).map(|row| row[0]).collect());
