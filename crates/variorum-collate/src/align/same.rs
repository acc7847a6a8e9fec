//! How sure it is that two passages say the same: what they have in common, weighed.

use std::sync::LazyLock;

use variorum_news::Figure;

use super::saying::{Book, Said, Saying, Sort};
use crate::dates::{Days, days};
use crate::figures::{Amounts, amounts};

/// What two passages have in common and what parts them, each by its name.
pub const MEASURES: [&str; 25] = [
    "bias",
    "cosine",
    "lesser",
    "greater",
    "plain.lesser",
    "plain.greater",
    "flat.lesser",
    "flat.greater",
    "verbs.lesser",
    "verbs.greater",
    "names.shared",
    "names.lesser",
    "names.apart",
    "numbers.shared",
    "numbers.apart",
    "days.shared",
    "days.apart",
    "opposites",
    "run",
    "shared",
    "quoted.apart",
    "left.apart",
    "about",
    "mass",
    "beyond",
];

/// The place of the measure that only a whole story can give: how much more alike the two are than is usual in it.
pub(crate) const BEYOND: usize = MEASURES.len() - 1;
/// The place of the likeness by weighted words.
pub(crate) const COSINE: usize = 1;

/// The measures of two passages, in the order of their names.
pub(crate) type Measures = [f64; MEASURES.len()];

/// Weighted shares of each side that the other holds.
#[derive(Debug, Clone, Copy, Default)]
struct Cover {
    all: f64,
    held: f64,
    plain: f64,
    plain_held: f64,
    verbs: f64,
    verbs_held: f64,
    flat: f64,
    flat_held: f64,
    shared: usize,
    opposite: bool,
}

impl Cover {
    fn share(self) -> f64 {
        if self.all > 0.0 { self.held / self.all } else { 0.0 }
    }

    fn verbs_share(self) -> f64 {
        if self.verbs > 0.0 { self.verbs_held / self.verbs } else { 0.5 }
    }

    fn flat_share(self) -> f64 {
        if self.flat > 0.0 { self.flat_held / self.flat } else { 0.0 }
    }

    fn plain_share(self) -> f64 {
        if self.plain > 0.0 { self.plain_held / self.plain } else { 0.5 }
    }
}

/// Returns what two passages have in common; without a book of words only what is told in the same words.
pub(crate) fn measures(a: (&Saying, &[Figure]), b: (&Saying, &[Figure]), mut book: Option<&mut Book>) -> Measures {
    let (x, y) = (cover(a.0, b.0, book.as_deref_mut()), cover(b.0, a.0, book));
    let cosine = (x.held * y.held).sqrt() / (x.all * y.all).sqrt().max(1e-9);
    let (names_shared, names_lesser, names_apart) = names(a.0, b.0);
    let (numbers_shared, numbers_apart) = numbers(a, b);
    let (days_shared, days_apart) = all_days(a.0, b.0);
    [
        1.0,
        cosine,
        x.share().min(y.share()),
        x.share().max(y.share()),
        x.plain_share().min(y.plain_share()),
        x.plain_share().max(y.plain_share()),
        x.flat_share().min(y.flat_share()),
        x.flat_share().max(y.flat_share()),
        x.verbs_share().min(y.verbs_share()),
        x.verbs_share().max(y.verbs_share()),
        names_shared,
        names_lesser,
        names_apart,
        numbers_shared,
        numbers_apart,
        days_shared,
        days_apart,
        flag(x.opposite || y.opposite || a.0.denies != b.0.denies),
        (1.0 + run(a.0, b.0) as f64).ln(),
        (1.0 + x.shared.max(y.shared) as f64).ln(),
        flag((a.0.quoted > 0.7) != (b.0.quoted > 0.7)),
        (1.0 + (x.all - x.held).min(y.all - y.held)).ln(),
        f64::from(a.0.about.cosine(&b.0.about)),
        (1.0 + x.flat_held.min(y.flat_held)).ln(),
        0.0,
    ]
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Sentences of reports.
    Sentences,
    /// Answers of a few words, all of them to one question.
    Answers,
    /// Single sentences, all of them about one question.
    Lines,
}

/// Returns how sure it is that two passages with these measures say the same, from 0 to 1.
pub(crate) fn sureness(measures: &Measures, kind: Kind) -> f64 {
    let weights = &table().weights[kind as usize];
    let sum: f64 = measures.iter().zip(weights).map(|(m, w)| m * w).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// Returns how likely two passages of this sureness say the same, as held-out pairs did.
pub(crate) fn chance(sureness: f64, kind: Kind) -> f64 {
    let sure = sureness.clamp(0.01, 0.99);
    let [bias, slope] = table().chances[kind as usize];
    1.0 / (1.0 + (-(bias + slope * (sure / (1.0 - sure)).ln())).exp())
}

/// The weights of each kind, and how its sureness becomes a chance.
struct Table {
    weights: [Measures; 3],
    chances: [[f64; 2]; 3],
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let mut table = Table { weights: [[0.0; MEASURES.len()]; 3], chances: [[0.0, 1.0]; 3] };
        for row in include_str!("../../data/same.tsv").lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let number = |kind: usize| cells.get(kind + 1).and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
            let measure = MEASURES.iter().position(|m| *m == cells[0]);
            let chance = ["chance.bias", "chance.slope"].iter().position(|m| *m == cells[0]);
            for kind in 0..3 {
                measure.into_iter().for_each(|at| table.weights[kind][at] = number(kind));
                chance.into_iter().for_each(|at| table.chances[kind][at] = number(kind));
            }
        }
        table
    });
    &TABLE
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// How much of one side the other holds: by its form, by a name told in full or short, or by a word that is near.
fn cover(a: &Saying, b: &Saying, mut book: Option<&mut Book>) -> Cover {
    let mut cover = Cover::default();
    for said in &a.words {
        let weight = said.weight * said.weight;
        let near = match (b.words.iter().any(|o| o.form == said.form), book.as_deref_mut()) {
            (true, _) => 1.0,
            (false, None) => 0.0,
            (false, Some(book)) => nearest(a, said, b, book, &mut cover.opposite),
        };
        cover.all += weight;
        cover.held += weight * near;
        cover.flat += said.rarity;
        cover.flat_held += said.rarity * near;
        cover.shared += usize::from(near >= 0.5);
        if matches!(said.sort, Sort::Plain | Sort::Verb) {
            cover.plain += weight;
            cover.plain_held += weight * near;
        }
        if said.sort == Sort::Verb {
            cover.verbs += weight;
            cover.verbs_held += weight * near;
        }
    }
    cover
}

fn nearest(a: &Saying, said: &Said, b: &Saying, book: &mut Book, opposite: &mut bool) -> f64 {
    match said.sort {
        Sort::Number => 0.0,
        Sort::Name => {
            let own = a.names.iter().filter(|n| n.full.contains(&said.form));
            let told = own.filter(|n| b.names.iter().any(|o| same_name(n, o))).count() > 0;
            let short = a
                .names
                .iter()
                .filter(|n| n.full.contains(&said.form))
                .any(|n| n.initials.is_some_and(|i| b.words.iter().any(|o| o.word == i)));
            if told || short {
                return 1.0;
            }
            let kin = b.words.iter().filter(|o| o.sort == Sort::Name).map(|o| book.kin(said.word, o.word).near);
            kin.filter(|near| *near >= 0.75).fold(0.0, f32::max).into()
        }
        Sort::Plain | Sort::Verb => {
            let mut best = 0.0f32;
            for other in b.words.iter().filter(|o| matches!(o.sort, Sort::Plain | Sort::Verb)) {
                let kin = book.kin(said.word, other.word);
                *opposite |= kin.opposite && !a.words.iter().any(|o| o.form == other.form);
                best = best.max(kin.near);
            }
            best.into()
        }
    }
}

/// "Orr" and "Ada Orr": the last word of one ends the other, and no first name stands against another.
fn same_name(a: &super::saying::Named, b: &super::saying::Named) -> bool {
    let (short, long) = if a.full.len() <= b.full.len() { (a, b) } else { (b, a) };
    if short.full.len() == 1 {
        return long.full.contains(&short.full[0]);
    }
    short.full.iter().filter(|f| long.full.contains(f)).count() * 2 > short.full.len()
        && short.full.last() == long.full.last()
}

/// How far names go together: the share of the lesser side's names that the other has, and whether both have names and
/// share none.
fn names(a: &Saying, b: &Saying) -> (f64, f64, f64) {
    if a.names.is_empty() || b.names.is_empty() {
        return (0.0, 0.0, 0.0);
    }
    let held = |x: &Saying, y: &Saying| {
        x.names.iter().filter(|n| y.names.iter().any(|o| same_name(n, o))).count() as f64 / x.names.len() as f64
    };
    let (left, right) = (held(a, b), held(b, a));
    (left.max(right), left.min(right), flag(left.max(right) == 0.0))
}

/// Whether an amount is shared that says something, and whether both have amounts of one unit and share none.
fn numbers(a: (&Saying, &[Figure]), b: (&Saying, &[Figure])) -> (f64, f64) {
    let (mut shared, mut apart) = (0.0f64, false);
    for x in &a.1[a.0.figures.clone()] {
        for y in b.1[b.0.figures.clone()].iter().filter(|y| y.unit == x.unit) {
            match amounts(x, y) {
                Amounts::Equal => shared = shared.max(if x.value.abs() < 3.0 { 0.4 } else { 1.0 }),
                Amounts::Compatible => shared = shared.max(0.5),
                Amounts::Open => {}
                Amounts::Differ => apart |= x.unit.is_some() || head(x) == head(y),
            }
        }
    }
    (shared, flag(apart && shared == 0.0))
}

fn head(figure: &Figure) -> Option<String> {
    let what = figure.what.as_deref()?;
    what.split(' ').next_back().map(|w| variorum_text::stem(&variorum_text::fold(w)))
}

fn all_days(a: &Saying, b: &Saying) -> (f64, f64) {
    let relations = || a.days.iter().flat_map(|x| b.days.iter().map(move |y| days(x, y)));
    let shared = relations().any(|d| matches!(d, Days::Equal));
    (flag(shared), flag(!shared && relations().any(|d| d == Days::Differ)))
}

/// The longest run of content words that both have on end.
fn run(a: &Saying, b: &Saying) -> usize {
    let (mut best, mut before) = (0, vec![0usize; b.words.len() + 1]);
    for x in &a.words {
        let mut now = vec![0usize; b.words.len() + 1];
        for (j, y) in b.words.iter().enumerate() {
            if x.form == y.form {
                now[j + 1] = before[j] + 1;
                best = best.max(now[j + 1]);
            }
        }
        before = now;
    }
    best
}
