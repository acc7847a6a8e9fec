//! What the models weigh: a few numbers made from a likeness.

use crate::likeness::{Likeness, Side};

/// A measure with the name that its weight bears in `data/weights.tsv`.
pub type Measure = (&'static str, f64);

/// Returns what tells kin from strangers; the same when the reports are exchanged.
pub fn of_link(likeness: &Likeness) -> Vec<Measure> {
    let (short, long) = by_weight(likeness);
    let own = (1.0 + own(short).min(own(long)) as f64).ln();
    vec![
        ("link.told", short.told),
        ("link.wording", likeness.wording),
        // Two rewrites of one text share few runs, and the first few say most: hence the root.
        ("link.runs", likeness.runs.sqrt()),
        ("link.order", likeness.order * (1.0 + likeness.anchors as f64).ln()),
        ("link.chain", likeness.chain),
        ("link.neighbours", likeness.neighbours),
        ("link.passage", likeness.passage),
        ("link.names", new(short.names).max(new(long.names))),
        // A rewrite adds few facts, a cut few; who has been there has some that the other has not, and the other has, too.
        ("link.own", own),
        // Three sentences on end told as closely as this are taken over: what stands around them is then no witness.
        ("link.lifted", (likeness.passage - 0.55).max(0.0) * own),
        ("link.alone", short.alone.min(long.alone)),
    ]
}

/// Returns what speaks for the first report as the source of the second; the opposite when they are exchanged.
pub fn of_direction(likeness: &Likeness) -> Vec<Measure> {
    let (a, b) = (&likeness.a, &likeness.b);
    let more = |a: usize, b: usize| ((1.0 + a as f64) / (1.0 + b as f64)).ln();
    let (told_a, told_b) = (&a.retold, &b.retold);
    vec![
        ("direction.numbers", more(a.numbers.1, b.numbers.1)),
        ("direction.names", more(a.names.1, b.names.1)),
        ("direction.told", b.told - a.told),
        // What a rewrite leaves out holds facts, what it adds seldom does.
        ("direction.facts_alone", more(a.facts_alone + 2, b.facts_alone + 2)),
        ("direction.introduced", more(a.introduced, b.introduced)),
        // The words of rewriting: a habit, not a law, so kept within a bound.
        ("direction.register", (b.register - a.register).clamp(-1.0, 1.0)),
        // Who writes a text again reaches past the plain word, which the source has taken.
        ("direction.length", taste(a.word_length - b.word_length)),
        ("direction.retold_length", taste(told_a.new_length - told_b.new_length)),
        ("direction.retold_words", more(told_a.words + 4, told_b.words + 4)),
        ("direction.retold_new", taste(more(told_a.new, told_b.new))),
        ("direction.retold_numbers", more(told_a.numbers, told_b.numbers)),
        // Rewrites turn quotes into indirect speech.
        ("direction.retold_quoted", more(told_a.quoted + 1, told_b.quoted + 1)),
    ]
}

/// Choice of words is a matter of taste: an editor who simplifies has the shorter words, so the mark is kept within a bound.
fn taste(mark: f64) -> f64 {
    mark.clamp(-0.3, 0.3)
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

/// Returns how many numbers and names a report has alone.
fn own(side: &Side) -> usize {
    side.numbers.1 + side.names.1
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
