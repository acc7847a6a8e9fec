//! Why two reports are linked or not, in sentences that a person can check against the texts.

use std::ops::Range;

use variorum_news::EdgeKind;

use crate::credit::{self, Named};
use crate::details;
use crate::direction::{by_claim, by_openness, by_sight};
use crate::likeness::Side;
use crate::link::Link;
use crate::profile::Profile;
use crate::register;
use crate::runs::{self, Run};

/// An edge as it is told: from whom to whom, what was measured between the two, and the runs that stand in both.
pub struct Told<'a, 'r> {
    pub from: &'a Profile<'r>,
    pub to: &'a Profile<'r>,
    pub link: &'a Link,
    pub kind: EdgeKind,
    /// The source is the first of the two reports that were measured.
    pub forward: bool,
    pub runs: &'a [Run],
    /// The reports of other origins, where they are few enough to be asked.
    pub strangers: &'a [&'a Profile<'r>],
}

/// Returns what ties the two, and why this way round and how sure.
pub fn in_two_sentences(told: &Told<'_, '_>) -> [String; 2] {
    [ties(told), direction(told)]
}

fn ties(told: &Told<'_, '_>) -> String {
    let [from, to] = names(told.from, told.to);
    let what = match told.kind {
        EdgeKind::Copy => format!("{to} has the text of {from}"),
        EdgeKind::Excerpt => format!("{to} has passages of {from} word for word"),
        EdgeKind::Rewrite => format!("{to} tells {from} again in other words"),
        EdgeKind::SharedOrigin => format!("{from} and {to} have words from one text that is not at hand"),
    };
    let mut proofs = vec![measured(told)];
    let longest = longest(told);
    proofs.extend(longest.clone().map(|words| format!("both write “{}”", short(&told.to.spanner.text()[words]))));
    // Who has the whole text has its details too.
    if !matches!(told.kind, EdgeKind::Copy | EdgeKind::Excerpt) {
        proofs.extend(odd(told, longest.as_ref()));
    }
    format!("{what}: {}.", joined(&proofs))
}

/// How much of the one stands in the other, in the terms that fit what was done.
fn measured(told: &Told<'_, '_>) -> String {
    let [_, own] = sides(told);
    let order = match told.link.likeness.order {
        _ if told.link.likeness.anchors < 6 => "",
        order if order >= 0.6 => ", in the same order",
        order if order >= 0.25 => ", partly in the same order",
        _ => "",
    };
    let verbatim = own.verbatim.max(if told.kind == EdgeKind::SharedOrigin { sides(told)[0].verbatim } else { 0.0 });
    if matches!(told.kind, EdgeKind::Copy | EdgeKind::Excerpt) || verbatim >= 0.5 {
        let whose = if told.kind == EdgeKind::SharedOrigin { "the lesser one's" } else { "its" };
        return format!("{} of {whose} runs of three words stand in the other too{order}", percent(verbatim));
    }
    if told.kind == EdgeKind::SharedOrigin {
        let [from, to] = names(told.from, told.to);
        return format!("{} of what {to} says is told in {from} too{order}", percent(own.told));
    }
    format!("{} of what it says is told there too{order}", percent(own.told))
}

/// Returns the longest telling run of words that both have.
fn longest(told: &Told<'_, '_>) -> Option<Range<usize>> {
    let best = told.runs.iter().max_by_key(|run| (runs::proof(told.to, run), run.words, usize::MAX - run.to))?;
    runs::is_telling(told.to, best).then(|| runs::bytes(told.to, best.to, best.words))
}

fn odd(told: &Told<'_, '_>, shown: Option<&Range<usize>>) -> Option<String> {
    let odd = details::shared(told.from, told.to, told.strangers, shown);
    let quoted: Vec<String> = odd.iter().take(3).map(|word| format!("“{word}”")).collect();
    let alone = if told.strangers.is_empty() { "" } else { ", which no other origin has" };
    (!quoted.is_empty()).then(|| format!("both have {}{alone}", joined(&quoted)))
}

fn direction(told: &Told<'_, '_>) -> String {
    let sure = sure(told.link.kinship());
    if told.kind == EdgeKind::SharedOrigin {
        return format!("{}; {sure}.", capitalised(&why_shared(told)));
    }
    let [from, to] = names(told.from, told.to);
    let reasons = reasons(told);
    if told.link.direction == 0.0 {
        return format!("Nothing tells which came first, so {from} is called the source for its id alone; {sure}.");
    }
    if reasons.for_it.is_empty() {
        return format!("Which came first is hardly told by the words alone; {sure}.");
    }
    let against = match &reasons.against[..] {
        [] => String::new(),
        against => format!(", though {}", joined(against)),
    };
    let way = told.link.way();
    let open = if way < CLEAR {
        format!(", but this way round is no more than {} likely", percent(way))
    } else {
        String::new()
    };
    format!("{from} is taken for the source of {to} because {}{against}{open}; {sure}.", joined(&reasons.for_it))
}

/// How much more a report's words must be those of a text told again before it is said.
const MARKED: f64 = 0.3;

/// A direction less likely than this is told as open.
const CLEAR: f64 = 0.8;

#[derive(Default)]
struct Reasons {
    for_it: Vec<String>,
    against: Vec<String>,
}

/// Returns what speaks for the direction and what against it: credits, times and what each alone has.
fn reasons(told: &Told<'_, '_>) -> Reasons {
    let mut reasons = Reasons::default();
    let [from, to] = names(told.from, told.to);
    let [back, forth] = credits(told);
    match (forth, back) {
        (Some(named), None) => reasons.for_it.push(format!("{to} names it{}", in_words(named))),
        (None, Some(named)) => reasons.against.push(format!("it names {to}{}", in_words(named))),
        (Some(_), Some(_)) => reasons.against.push("each names the other, which proves nothing".to_owned()),
        (None, None) => {}
    }
    match (by_sight(told.from.report, told.to.report), by_claim(told.from.report, told.to.report)) {
        (1, -1) => reasons.for_it.push(format!("it was seen first, whatever earlier date {to} claims")),
        (1, _) => reasons.for_it.push("it was seen first".to_owned()),
        (-1, _) => reasons.against.push(format!("{to} was seen first")),
        (_, 1) => reasons.for_it.push("it claims the earlier date".to_owned()),
        (_, -1) => reasons.against.push(format!("{to} claims an earlier date")),
        _ => {}
    }
    match credit::by_mark(told.from, told.to) {
        1 => reasons.for_it.push(format!("it bears the mark of the agency whose copy it prints, which {to} does not")),
        -1 => reasons.against.push(format!("{to} alone bears the mark of an agency")),
        _ => {}
    }
    if told.to.absent.confessed && !told.from.absent.confessed {
        reasons.for_it.push(format!("{to} says that it has its text from elsewhere"));
    }
    if by_openness(told.from.report, told.to.report) == 1 {
        reasons.for_it.push(format!("{to} does not say when it was published"));
    }
    let [first, second] = sides(told);
    let more = (first.numbers.1 + first.names.1, second.numbers.1 + second.names.1);
    let favour = crate::model::direction(&told.link.likeness) * if told.forward { 1.0 } else { -1.0 };
    let back = if more.1 == 0 { "none".to_owned() } else { more.1.to_string() };
    let words = format!("it has {} that {to} lacks ({back} the other way round)", counted(more.0));
    let fuller = second.told - first.told;
    if favour > 0.2 && more.0 > more.1 {
        reasons.for_it.push(words);
    } else if favour > 0.2 && fuller > 0.0 {
        reasons.for_it.push(format!("more of {to} stands in {from} than the other way round"));
    } else if favour < -0.2 && fuller < 0.0 {
        reasons.against.push(format!("more of {from} stands in {to} than the other way round"));
    }
    if second.register - first.register > MARKED {
        let shown = register::shown(told.to, told.from);
        if !shown.is_empty() {
            let quoted: Vec<String> = shown.iter().map(|word| format!("“{word}”")).collect();
            reasons.for_it.push(format!("{to} alone has words of texts told again ({})", quoted.join(", ")));
        }
    }
    // What "it" does is said first, so that nobody takes it for the other.
    reasons.for_it.sort_by_key(|reason| !reason.starts_with("it "));
    reasons
}

fn why_shared(told: &Told<'_, '_>) -> String {
    if let Some(source) = credit::common_source(told.from, told.to) {
        return format!("both have it from {source}, as they say, so neither is taken for the other's source");
    }
    if told.link.kind == EdgeKind::SharedOrigin {
        return "each has passages that the other lacks, so neither is taken for the source".to_owned();
    }
    "one of them already has a nearer source, so what they share came through that or from before".to_owned()
}

/// Returns the verdict in two sentences, what stands in both, and what each has alone.
pub fn explain(a: &Profile<'_>, b: &Profile<'_>, link: &Link) -> Vec<String> {
    let runs = runs::shared(a, b);
    if !link.holds() {
        return apart(a, b, link);
    }
    let forward = link.forward() || link.kind == EdgeKind::SharedOrigin;
    let turned = runs::shared(b, a);
    let told = if forward {
        Told { from: a, to: b, link, kind: link.kind, forward, runs: &runs, strangers: &[] }
    } else {
        Told { from: b, to: a, link, kind: link.kind, forward, runs: &turned, strangers: &[] }
    };
    let [ties, direction] = in_two_sentences(&told);
    let mut said = vec![format!("Linked: {ties}"), direction];
    said.extend(passages(a, b, link));
    said.push(details::alone(a, b));
    said
}

fn apart(a: &Profile<'_>, b: &Profile<'_>, link: &Link) -> Vec<String> {
    let [one, two] = names(a, b);
    let likeness = &link.likeness;
    let mut said = vec![format!(
        "Not linked: {one} and {two} read as told independently ({} likely that they are kin), for {} of what {one} says is told \
         in {two} and {} the other way round, and {} of the lesser report's runs of three words stand in both.",
        percent(link.kinship()),
        percent(likeness.a.told),
        percent(likeness.b.told),
        percent(likeness.runs),
    )];
    for (who, whom, named) in [(&two, &one, &link.credits[0]), (&one, &two, &link.credits[1])] {
        said.extend(named.as_ref().map(|named| {
            format!(
                "{who} names {whom}{}, but {whom} does not hold what it tells, and a credit alone proves nothing.",
                in_words(named)
            )
        }));
    }
    said.push(details::alone(a, b));
    said.extend(passages(a, b, link).into_iter().take(1));
    said
}

/// Returns the sentences told most alike, at most three pairs.
fn passages(a: &Profile<'_>, b: &Profile<'_>, link: &Link) -> Vec<String> {
    let mut best = link.likeness.matches.clone();
    best.sort_by(|x, y| y.proof.total_cmp(&x.proof).then((x.a, x.b).cmp(&(y.a, y.b))));
    let words = |profile: &Profile<'_>, sentence: usize| {
        short(&profile.spanner.text()[profile.sentences[sentence].clone()]).to_owned()
    };
    let pair = |m: &crate::likeness::Match| format!("Told alike: “{}” – “{}”.", words(a, m.a), words(b, m.b));
    best.iter().take(3).map(pair).collect()
}

/// Returns what was measured of the source and of the other.
fn sides<'a>(told: &'a Told<'_, '_>) -> [&'a Side; 2] {
    let likeness = &told.link.likeness;
    if told.forward { [&likeness.a, &likeness.b] } else { [&likeness.b, &likeness.a] }
}

/// Returns the credit that the source gives and the one that it is given.
fn credits<'a>(told: &'a Told<'_, '_>) -> [Option<&'a Named>; 2] {
    let [forth, back] = &told.link.credits;
    if told.forward { [back.as_ref(), forth.as_ref()] } else { [forth.as_ref(), back.as_ref()] }
}

fn in_words(named: &Named) -> String {
    named.span.as_ref().map_or_else(|| " as its source".to_owned(), |span| format!(" (“{}”)", short(&span.text)))
}

fn sure(kinship: f64) -> String {
    let word = match kinship {
        p if p >= 0.95 => "all but certain",
        p if p >= 0.8 => "likely",
        _ => "uncertain",
    };
    format!("the link is {word} ({})", percent(kinship))
}

/// A share in hundredths; never all, where it is but nearly so.
fn percent(share: f64) -> String {
    let hundredths = (share * 100.0).round();
    let shown = if share < 1.0 && hundredths >= 100.0 { 99.0 } else { hundredths };
    format!("{shown:.0} %")
}

fn counted(details: usize) -> String {
    if details == 1 { "1 number or name".to_owned() } else { format!("{details} numbers and names") }
}

fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns what a person calls the two, with their ids only where else nothing tells them apart.
pub fn names(a: &Profile<'_>, b: &Profile<'_>) -> [String; 2] {
    let short = |profile: &Profile<'_>| profile.report.outlet.clone().unwrap_or_else(|| profile.report.name());
    if short(a) == short(b) { [a.report.name(), b.report.name()] } else { [short(a), short(b)] }
}

/// Returns the first words of a passage, at most about a line of them.
fn short(passage: &str) -> String {
    const LINE: usize = 110;
    if passage.len() <= LINE {
        return passage.to_owned();
    }
    let end = (0..=LINE).rev().find(|at| passage.is_char_boundary(*at)).unwrap_or(0);
    format!("{} …", &passage[..passage[..end].rfind(' ').unwrap_or(end)])
}
