//! What the models weigh: a few numbers made from a likeness.

use crate::likeness::{Likeness, Side};

/// A measure with the name that its weight bears in `data/weights.tsv`.
pub type Measure = (&'static str, f64);

/// Returns what tells kin from strangers; the same when the reports are exchanged.
pub fn of_link(likeness: &Likeness) -> Vec<Measure> {
    let (short, long) = by_weight(likeness);
    let names = [new(short.names), new(long.names)];
    vec![
        ("link.told", short.told),
        ("link.wording", likeness.wording),
        // Two rewrites of one text share few runs, and the first few say most: hence the root.
        ("link.runs", likeness.runs.sqrt()),
        // The longer a text, the more of another it holds by chance.
        ("link.size", (1.0 + long.weight).ln()),
        ("link.order", likeness.order * (1.0 + likeness.anchors as f64).ln()),
        ("link.neighbours", likeness.neighbours),
        ("link.passage", likeness.passage),
        // Three sentences on end told as closely as this are taken over, whatever stands around them.
        ("link.lifted", (likeness.passage - 0.55).max(0.0)),
        ("link.numbers", new(short.numbers)),
        ("link.names_least", names[0].min(names[1])),
        ("link.names_most", names[0].max(names[1])),
    ]
}

/// Returns what speaks for the first report as the source of the second; the opposite when they are exchanged.
pub fn of_direction(likeness: &Likeness) -> Vec<Measure> {
    let (a, b) = (&likeness.a, &likeness.b);
    let more = |a: usize, b: usize| ((1.0 + a as f64) / (1.0 + b as f64)).ln();
    vec![("direction.numbers", more(a.numbers.1, b.numbers.1)), ("direction.told", b.told - a.told)]
}

/// Returns what tells two children of one absent text from parent and child; the same when the reports are exchanged.
pub fn of_sharing(likeness: &Likeness) -> Vec<Measure> {
    let (a, b) = (&likeness.a, &likeness.b);
    vec![
        ("sharing.names", new(a.names).min(new(b.names))),
        ("sharing.told", a.told.min(b.told)),
        ("sharing.alone", a.alone.min(b.alone)),
        ("sharing.both", (a.strong * a.alone).min(b.strong * b.alone)),
        ("sharing.turns", a.turns.min(b.turns)),
        ("sharing.spread", spread(likeness)),
        ("sharing.passage", likeness.passage),
    ]
}

/// Returns the share that is new, as if there were two more, one of them new: none at hand proves nothing.
fn new((all, lacking): (usize, usize)) -> f64 {
    (lacking as f64 + 1.0) / (all as f64 + 2.0)
}

/// Returns the two reports' sides, the one with less to tell first.
fn by_weight(likeness: &Likeness) -> (&Side, &Side) {
    let (a, b) = (&likeness.a, &likeness.b);
    if a.weight <= b.weight { (a, b) } else { (b, a) }
}

/// Returns how much of both reports the matches span, in sentences between the first and the last.
fn spread(likeness: &Likeness) -> f64 {
    let span = |at: Vec<usize>, all: usize| match (at.iter().min(), at.iter().max()) {
        (Some(first), Some(last)) => (last - first + 1) as f64 / all.max(1) as f64,
        _ => 0.0,
    };
    let a = span(likeness.matches.iter().map(|m| m.a).collect(), likeness.a.sentences);
    let b = span(likeness.matches.iter().map(|m| m.b).collect(), likeness.b.sentences);
    a.min(b)
}
