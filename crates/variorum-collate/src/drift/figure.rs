//! A figure that the sources do not give, or give otherwise.

mod derived;
mod measure;

use variorum_news::{Drift, DriftKind, Figure, Hedge, Span};

use super::around::{Around, around};
use super::number::{Nature, Number, numbers};
use super::slots::Slots;
use super::{Held, of};
use crate::align::Place;
use crate::figures::{Amounts, Counted, Same, base, borne_out, hedge_family, is_rare};
use crate::witness::Token;

/// A figure of a source, held against one of the rewrite.
struct Match<'a> {
    figure: &'a Figure,
    same: Same,
    amounts: Amounts,
    /// How well the words around it fit.
    fit: f64,
    /// Both limit the same noun by the same name.
    limited: bool,
    /// A word of estimating stands before it in its sentence.
    estimated: bool,
}

/// A figure of the same thing belongs to the same statement where the words around it fit so well.
const FITS: f64 = 0.35;
/// Another figure must fit so much better than the place where the sources give the rewrite's.
const LEAD: f64 = 0.25;

pub(super) fn drift(held: Held) -> Vec<Drift> {
    let slots = held.sources.slots();
    let figures = &held.witness.notes.figures[held.passage.figures.clone()];
    // "Dozens" is no number that could be wrong.
    let mut found: Vec<Drift> =
        figures.iter().filter(|figure| !figure.vague).filter_map(|figure| one(held, slots, figure)).collect();
    let bare = numbers(held.witness, held.passage);
    found.extend(
        bare.iter().filter(|n| !n.read && !numbers_an_item(held, n)).filter_map(|number| unread(held, slots, number)),
    );
    found
}

fn one(held: Held, slots: &Slots, figure: &Figure) -> Option<Drift> {
    let counted = Counted::new(figure, held.witness, held.passage);
    let tokens = held.witness.tokens_in(held.passage, &figure.span);
    let from = tokens.first().map_or(0, |t| held.passage.words.partition_point(|w| w.bytes.start < t.bytes.start));
    // What is counted is part of a figure's words, and the best that is known of where it belongs.
    let number = tokens.iter().position(|t| t.digit).unwrap_or(0);
    let at = from + number..(from + number + 1).min(held.passage.words.len()).max(from + number);
    let around = around(&held.witness.report.text, held.passage, &at, held.sources.forms);
    let matches = matches(&counted, &around, held);
    let equal = matches
        .iter()
        .filter(|m| m.amounts == Amounts::Equal && base(m.figure) == base(figure))
        .max_by(|a, b| rank(a).total_cmp(&rank(b)));
    let mine = &held.witness.notes.figures[held.passage.figures.clone()];
    // What another figure of the sentence says has its place already.
    let taken = |m: &Match| {
        mine.iter()
            .any(|f| f.span != figure.span && borne_out(f, m.figure) == Amounts::Equal && base(f) == base(m.figure))
    };
    let counts_it = |m: &&Match| {
        m.amounts == Amounts::Differ
            && !taken(m)
            && (m.same == Same::Yes && m.fit >= FITS || m.limited && m.fit >= FITS * 0.6)
    };
    let unlike = matches.iter().filter(counts_it).max_by(|a, b| rank(a).total_cmp(&rank(b)));
    if let Some(equal) = equal {
        let elsewhere = unlike.filter(|m| m.fit > equal.fit + LEAD && equal.fit < FITS);
        return match elsewhere {
            Some(other) => Some(said(figure, other.figure, 0.55 + 0.8 * (other.fit - equal.fit - LEAD).min(0.4))),
            None if bounded(&held.passage.words[..from]) => None,
            None => hedge(figure, equal, &matches),
        };
    }
    let roughly = |m: &&Match| matches!(m.amounts, Amounts::Compatible | Amounts::Open) && m.same != Same::No;
    let rough = matches.iter().filter(roughly).map(|m| m.fit).fold(0.0, f64::max);
    if rough > 0.1 && unlike.is_none_or(|m| m.fit < rough + LEAD) {
        return None;
    }
    if measure::same_in_another_unit(figure, held.sources) {
        return None;
    }
    if unlike.is_none() && derived::from_near(figure, held) {
        return None;
    }
    let misread = |m: &&Match| m.fit >= FITS && measure::is_misread(figure, m.figure);
    if let Some(other) = matches.iter().filter(misread).max_by(|a, b| a.fit.total_cmp(&b.fit)) {
        return Some(said(figure, other.figure, 0.9));
    }
    if is_share_word(figure) {
        return None;
    }
    let (given, elsewhere) = given(figure, &around, held, slots);
    if let Some(unlike) = unlike.filter(|m| elsewhere.is_none_or(|fit| m.fit > fit + LEAD)) {
        let sure = if elsewhere.is_some() { 0.7 } else { 0.93 };
        return Some(said(figure, unlike.figure, sure));
    }
    // "25 lakh" may be read as rupees there and as a bare number here.
    if given.is_some() || small_and_in_words(figure) || held.sources.says(&figure.span.text) {
        return None;
    }
    // The one figure of its kind in a passage that says the same is what the rewrite changed.
    let swapped = matches
        .iter()
        .filter(|m| m.same != Same::No && m.fit >= FITS * 0.7 && base(m.figure) == base(figure))
        .max_by(|a, b| rank(a).total_cmp(&rank(b)));
    match swapped {
        Some(m) => Some(said(figure, m.figure, 0.92)),
        None => Some(Drift {
            confidence: if figure.value <= 6.0 || is_time(figure) { 0.55 } else { 0.9 },
            ..of(DriftKind::Figure, figure.span.clone(), None, "no source gives this figure")
        }),
    }
}

/// A stretch of time may be reckoned from dates.
fn is_time(figure: &Figure) -> bool {
    matches!(figure.unit.as_deref(), Some("year" | "month" | "week" | "day" | "decade" | "century" | "hour"))
}

fn said(figure: &Figure, other: &Figure, confidence: f64) -> Drift {
    let explain = format!("the source says “{}”", other.span.text);
    Drift { confidence, ..of(DriftKind::Figure, figure.span.clone(), Some(other.span.clone()), explain) }
}

/// How far before a figure a word of estimating may stand, in words.
const ESTIMATE: usize = 6;

fn is_estimate(folded: &str) -> bool {
    ["estimat", "approximat", "rough", "project", "forecast"].iter().any(|root| folded.starts_with(root))
}

/// Tells whether the words before a figure bound it in a way that is not read as a part of it: "exceeded two hours".
fn bounded(before: &[Token]) -> bool {
    let bounds = ["within", "than", "exceed", "beyond", "past", "under", "over", "topp", "surpass", "most", "least"];
    let is_bound = |t: &Token| bounds.iter().any(|root| t.folded.starts_with(root));
    before.iter().rev().take(BOUND).any(is_bound)
}

/// How far before a figure such a word may stand, in words.
const BOUND: usize = 3;

fn rank(m: &Match) -> f64 {
    m.fit + if m.same == Same::Yes { 0.5 } else { 0.0 }
}

fn matches<'a>(counted: &Counted, around: &Around, held: Held<'a, '_>) -> Vec<Match<'a>> {
    let mut found = Vec::new();
    for (place, passage) in held.sources.passages() {
        let range = passage.figures.clone();
        if range.is_empty() {
            continue;
        }
        let (witness, _) = held.sources.at(place);
        let most = around.most(passage);
        for figure in &witness.notes.figures[range] {
            let amounts = borne_out(counted.figure, figure);
            // A figure of another amount in a passage about something else tells nothing.
            if amounts == Amounts::Differ && most < FITS * 0.6 {
                continue;
            }
            let bytes = witness.spanner.bytes(&figure.span);
            let from = passage.words.partition_point(|t| t.bytes.end <= bytes.start);
            let to = passage.words[from..].iter().position(|t| t.digit).map_or(from, |n| from + n);
            let at = if passage.words.get(to).is_some_and(|t| t.bytes.start < bytes.end) { to } else { from };
            let fit = around.fit(passage, &(at..(at + 1).min(passage.words.len()))).score;
            let other = Counted::new(figure, witness, passage);
            let (same, limited) = (counted.same(&other, fit), counted.shares_the_limit_of(&other));
            let estimated = passage.words[..from].iter().rev().take(ESTIMATE).any(|t| is_estimate(&t.folded));
            found.push(Match { figure, same, amounts, fit, limited, estimated });
        }
    }
    found
}

/// The number is right; is it as sure as the source has it?
fn hedge(figure: &Figure, equal: &Match, matches: &[Match]) -> Option<Drift> {
    let as_sure = |m: &Match| hedge_family(m.figure.hedge) == hedge_family(figure.hedge);
    // A source that gives the amount once so and once so has given it as the rewrite does.
    if matches.iter().any(|m| m.amounts == Amounts::Equal && as_sure(m))
        || equal.same == Same::No
        || equal.fit < 0.12 && equal.same != Same::Yes
    {
        return None;
    }
    let explain = match (figure.hedge, equal.figure.hedge) {
        (Some(_), None) => "the source gives the figure without this hedge".to_owned(),
        (None, Some(_)) => format!("the source hedges it: “{}”", equal.figure.span.text),
        _ => format!("the source hedges it otherwise: “{}”", equal.figure.span.text),
    };
    // "Between" is a range, which is a figure of its own.
    if figure.hedge == Some(Hedge::Between) || equal.figure.hedge == Some(Hedge::Between) {
        return None;
    }
    // "An estimated value of $48 billion" hedges the figure from farther off than its own words.
    if figure.hedge == Some(Hedge::About) && matches.iter().any(|m| m.amounts == Amounts::Equal && m.estimated) {
        return None;
    }
    let confidence = match (figure.hedge, equal.same == Same::Yes && equal.fit >= FITS) {
        // "It rose up to 40 percent" hedges nothing.
        (Some(Hedge::AtMost), _) => 0.5,
        (_, true) => 0.92,
        _ => 0.6,
    };
    Some(Drift { confidence, ..of(DriftKind::Hedge, figure.span.clone(), Some(equal.figure.span.clone()), explain) })
}

/// How well the words around fit where the sources print the number, if only in a score, an age or a date; and where no
/// figure was read from it, which would have been compared as that figure.
fn given(figure: &Figure, around: &Around, held: Held, slots: &Slots) -> (Option<f64>, Option<f64>) {
    // "4.5 million" is printed as "4.5".
    let printed = |n: &Number| {
        let value = n.value == figure.value || n.value >= 2.0 && is_multiple(figure.value, n.value);
        value && n.nature != Nature::Times
    };
    let open = |n: &Number| !n.read || n.dated || is_rare(n.value);
    (best_fit(held, slots, around, printed), best_fit(held, slots, around, |n| printed(n) && open(n)))
}

fn is_multiple(value: f64, of: f64) -> bool {
    [1e3, 1e6, 1e9, 1e12].iter().any(|step| (of * step - value).abs() < 1e-6 * value.abs())
}

fn best_fit(held: Held, slots: &Slots, around: &Around, wanted: impl Fn(&Number) -> bool) -> Option<f64> {
    let mut best: Option<f64> = None;
    for (place, passage) in held.sources.passages() {
        for number in slots.numbers(place).iter().filter(|n| wanted(n)) {
            let fit = around.fit(passage, &(number.at..number.at + 1)).score;
            best = Some(best.map_or(fit, |b| b.max(fit)));
        }
    }
    best
}

/// A number that no figure was read from: an ordinal, a part of a score, the number of an article.
fn unread(held: Held, slots: &Slots, number: &Number) -> Option<Drift> {
    let at = number.at..number.at + 1;
    let around = around(&held.witness.report.text, held.passage, &at, held.sources.forms);
    let own = best_fit(held, slots, &around, |n| n.value == number.value);
    let token = &held.passage.words[number.at];
    let mut rival: Option<(f64, Place, usize)> = None;
    for (place, passage) in held.sources.passages() {
        if around.most(passage) < FITS * 0.6 {
            continue;
        }
        for other in slots.numbers(place) {
            let numbers_it = numbers_it(number, Some(other));
            // An order that no source has stands for the one that fits, whatever noun it goes with.
            let only = own.is_none() && number.nature == Nature::Order;
            if other.value == number.value || other.dated || other.nature != number.nature || !(numbers_it || only) {
                continue;
            }
            let fit = around.fit(passage, &(other.at..other.at + 1)).score;
            if rival.is_none_or(|(best, ..)| fit > best) {
                rival = Some((fit, place, other.at));
            }
        }
    }
    let rewrite = held.witness.spanner.span(token.bytes.clone());
    if let Some((fit, place, at)) = rival.filter(|(fit, ..)| *fit >= FITS && own.is_none_or(|own| *fit > own + LEAD)) {
        let (witness, passage) = held.sources.at(place);
        let there: Span = witness.spanner.span(passage.words[at].bytes.clone());
        let explain = format!("the source says “{}”", there.text);
        let numbered = numbers_it(number, slots.numbers(place).iter().find(|n| n.at == at));
        let confidence = if own.is_none() {
            if numbered { 0.9 } else { 0.7 }
        } else {
            (0.6 + fit - own.unwrap_or(0.0) - LEAD).min(0.8)
        };
        return Some(Drift { confidence, ..of(DriftKind::Figure, rewrite, Some(there), explain) });
    }
    // A writer may well call something the first or the second, or say twice, of his own.
    let own_words = number.value <= 6.0 && !token.digit || number.nature == Nature::Times;
    (own.is_none() && !own_words && !held.sources.has(token)).then(|| Drift {
        confidence: if token.digit { 0.88 } else { 0.6 },
        ..of(DriftKind::Figure, rewrite, None, "no source gives this number")
    })
}

/// Tells whether two numbers go with one noun: "the third ferry", "Article 19".
fn numbers_it(number: &Number, other: Option<&Number>) -> bool {
    other.is_some_and(|other| {
        number.head.is_some() && number.head == other.head
            || number.label.is_some() && number.label == other.label && number.nature == Nature::Count
    })
}

/// "3. The harbour": the number of an item in a list.
fn numbers_an_item(held: Held, number: &Number) -> bool {
    let token = &held.passage.words[number.at];
    let text = &held.witness.report.text;
    number.at == 0 && token.digit && text[token.bytes.end..].starts_with(['.', ')', ':'])
}

/// "Half", "a third": a share in words, which a writer may reckon.
fn is_share_word(figure: &Figure) -> bool {
    figure.unit.is_none() && figure.value < 1.0 && !figure.span.text.bytes().any(|b| b.is_ascii_digit())
}

/// A writer counts up to five without being told ("the two men").
fn small_and_in_words(figure: &Figure) -> bool {
    figure.value <= 5.0 && figure.unit.is_none() && !figure.span.text.bytes().any(|b| b.is_ascii_digit())
}
