//! Who names whom as the source.

use std::ops::Range;
use std::sync::LazyLock;

use variorum_news::{Credit, CreditKind, Span, agency};
use variorum_text::words;

use crate::dateline;
use crate::model::weight;
use crate::names::{borrowed_name, host, squeezed};
use crate::profile::Profile;

/// A source that a report names.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The source as the report names it; an agency by its one name.
    pub source: String,
    /// The same, squeezed.
    pub key: String,
    /// Where it does; none where the line was taken out of the text.
    pub span: Option<Span>,
    /// The report says that it has its text from there, not a detail or a part.
    pub whole: bool,
    /// The source is a news agency, whose copy many print.
    pub wire: bool,
}

/// Returns the sources that a report names: those that `clean` found, an agency in its byline, its dateline or, at
/// another's address, in place of its own name.
pub fn named(report: &Profile<'_>) -> Vec<Named> {
    let kept = report.report.credits.iter().filter(|credit| credit.kind != CreditKind::Photo);
    let mut found: Vec<Named> = kept.map(|credit| of_credit(report, credit)).collect();
    let byline = report.report.byline.iter().map(String::as_str).chain(borrowed_name(report.report));
    found.extend(byline.filter(|name| agency(name).is_some()).map(|name| of_wire(name, None)));
    found.extend(dateline::agency_of(report.spanner.text()).map(|bytes| {
        let name = report.spanner.text()[bytes.clone()].to_owned();
        of_wire(&name, Some(report.spanner.span(bytes)))
    }));
    // The same source twice counts by what it is credited with most.
    found.sort_by(|x, y| x.key.cmp(&y.key).then(y.whole.cmp(&x.whole)).then(y.span.is_some().cmp(&x.span.is_some())));
    found.dedup_by(|later, first| later.key == first.key);
    found.retain(|named| !named.key.is_empty());
    found
}

fn of_credit(report: &Profile<'_>, credit: &Credit) -> Named {
    let known = agency(&credit.source);
    let whole = match credit.kind {
        CreditKind::OriginalSource => true,
        CreditKind::Agency => !is_part(&credit.text),
        CreditKind::ReportedBy | CreditKind::Photo => false,
    };
    Named {
        source: known.map_or_else(|| credit.source.clone(), |agency| agency.name.to_owned()),
        key: squeezed(&credit.source),
        span: span_of(report, credit),
        whole,
        wire: credit.kind == CreditKind::Agency || known.is_some() && whole,
    }
}

fn of_wire(name: &str, span: Option<Span>) -> Named {
    let source = agency(name).map_or(name, |agency| agency.name).to_owned();
    Named { source, key: squeezed(name), span, whole: true, wire: true }
}

/// "AP contributed to this report" speaks of a part.
fn is_part(credit: &str) -> bool {
    words(credit).iter().any(|word| PARTS.contains(&word.text.to_lowercase().as_str()))
}

/// Returns where a credit stands, if its span really is that place of this text: reports come from files, too.
fn span_of(report: &Profile<'_>, credit: &Credit) -> Option<Span> {
    let span = credit.span.as_ref()?;
    let bytes = report.spanner.byte_range(span.start, span.end);
    let stands = report.spanner.text().get(bytes) == Some(span.text.as_str());
    (span.report == report.report.id && stands && !span.text.is_empty()).then(|| span.clone())
}

/// Returns the credit that `to` gives to the outlet of `from`.
///
/// Credits of the report come first; after them an outlet's name in the text beside a word that makes it a source. Nobody
/// is his own source.
pub fn given(to: &Profile<'_>, from: &Profile<'_>) -> Option<Named> {
    if from.identity.is_empty() || from.identity.iter().any(|name| to.identity.contains(name)) {
        return None;
    }
    if let Some(named) = to.credits.iter().find(|named| from.identity.contains(&named.key)) {
        return Some(named.clone());
    }
    let outlet = from.report.outlet.as_deref().filter(|_| borrowed_name(from.report).is_none());
    let host = from.report.url.as_deref().and_then(host).map(|host| host.trim_start_matches("www."));
    let mut names = [outlet, host].into_iter().flatten();
    names.find_map(|name| {
        let span = Some(to.spanner.span(in_text(to, name)?));
        Some(Named { source: name.to_owned(), key: squeezed(name), span, whole: false, wire: false })
    })
}

/// The sources of a whole text that are not among the reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Absent {
    /// Their names, squeezed: originals and agencies, not those that reported a detail.
    pub names: Vec<String>,
    /// The report itself says that it has its text from one of them, and that is no agency.
    pub confessed: bool,
    /// The report says that it prints the copy of one of them, an agency.
    pub wire: bool,
}

/// Returns what a report's credits say of texts that are not at hand.
pub fn absent(report: &Profile<'_>, others: &[Profile<'_>]) -> Absent {
    let mut absent = Absent::default();
    for named in outside(report, others).into_iter().filter(|named| named.whole) {
        absent.names.push(named.key.clone());
        absent.confessed |= !named.wire;
        absent.wire |= named.wire;
    }
    absent
}

/// Returns the credits of a report to sources that none of the other reports is, each source once.
pub fn outside<'a>(report: &'a Profile<'_>, others: &[Profile<'_>]) -> Vec<&'a Named> {
    let is_here = |named: &&Named| {
        report.identity.contains(&named.key) || others.iter().any(|other| other.identity.contains(&named.key))
    };
    report.credits.iter().filter(|named| !is_here(named)).collect()
}

/// Returns what the credits between two reports add to the log odds that they are kin, which their words alone give.
///
/// Anybody can name anybody: a credit counts only as far as the other text holds what this one tells. Where the words
/// share no more than the subject it counts nothing.
pub fn vote(words: f64, credits: &[Option<Named>; 2], common: bool) -> f64 {
    let full = match credits {
        [Some(named), _] | [_, Some(named)] if named.whole => weight("credit.link_whole"),
        [Some(_), _] | [_, Some(_)] => weight("credit.link"),
        _ if common => weight("credit.link_shared"),
        _ => 0.0,
    };
    let (none, all) = (weight("credit.held_none"), weight("credit.held_all"));
    full * ((words - none) / (all - none)).clamp(0.0, 1.0)
}

/// Tells whether two reports print the copy of one absent agency, so that neither has it from the other.
///
/// Where only one of them says under which masthead it stands, the other may be the agency's own.
pub fn one_wire(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    prints_one_wire(a, b) && a.identity.is_empty() == b.identity.is_empty()
}

fn prints_one_wire(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    a.absent.wire && b.absent.wire && common(a, b)
}

/// Returns 1 where only the first prints an absent agency's mark, -1 where only the second does and the other is known
/// not to be the agency: who prints the same without the mark has taken it off. So, too, where both print it and only the
/// second under a masthead.
pub fn by_mark(a: &Profile<'_>, b: &Profile<'_>) -> i32 {
    let marked = |one: &Profile<'_>, other: &Profile<'_>| {
        let nearer = !other.absent.wire || prints_one_wire(one, other) && one.identity.is_empty();
        one.absent.wire && nearer && !other.identity.is_empty()
    };
    i32::from(marked(a, b)) - i32::from(marked(b, a))
}

/// Returns the source of their whole text that two reports name, as the first names it, where it is not at hand.
pub fn common_source<'a>(a: &'a Profile<'_>, b: &Profile<'_>) -> Option<&'a str> {
    let shared = a.absent.names.iter().find(|source| b.absent.names.contains(source))?;
    a.credits.iter().find(|named| named.key == *shared).map(|named| named.source.as_str())
}

/// Tells whether two reports name one source of their whole text that is not at hand.
pub fn common(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    a.absent.names.iter().any(|source| b.absent.names.contains(source))
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

static PARTS: LazyLock<Vec<&str>> =
    LazyLock::new(|| crate::rows::of(include_str!("../data/part-words.tsv")).map(|row| row[0]).collect());
