//! Where a source prints quoted words, or nearly so.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use variorum_news::{QuoteKind, Span};
use variorum_text::{fold, words};

use crate::align::Place;
use crate::sources::Sources;
use crate::witness::{Passage, Token, Witness};

/// The place in a source that is nearest to some quoted words.
#[derive(Debug)]
pub(super) struct Found {
    /// The source's words.
    pub span: Span,
    /// What was changed; none where the words are the same but for spelling and a writer's insertion.
    pub changed: Option<Changed>,
}

/// How quoted words differ from the source's.
#[derive(Debug)]
pub(super) enum Changed {
    /// The source has these words where the rewrite has others, or none.
    Other(String),
    /// The rewrite has words that the source has not.
    Added,
}

/// The words of the sources without the marks of their spelling, as numbers: read once for all quotes.
#[derive(Debug, Default)]
pub(crate) struct Prints {
    numbers: FxHashMap<String, u32>,
    words: FxHashMap<Place, Vec<u32>>,
}

/// A place for them, which is filled when a quote first asks.
pub(crate) type PrintsOnce = OnceLock<Prints>;

/// The number of a word that no source prints.
const NEW: u32 = u32::MAX;

impl Prints {
    /// Reads the words of all passages of the sources.
    pub fn new(sources: &Sources) -> Self {
        let mut prints = Prints::default();
        for (place, passage) in sources.passages() {
            let numbers = passage.words.iter().map(|token| prints.number(&plain(&token.folded))).collect();
            prints.words.insert(place, numbers);
        }
        prints
    }

    fn number(&mut self, plain: &str) -> u32 {
        let next = self.numbers.len() as u32;
        match self.numbers.get(plain) {
            Some(&number) => number,
            None => *self.numbers.entry(plain.to_owned()).or_insert(next),
        }
    }

    fn of(&self, place: Place) -> &[u32] {
        self.words.get(&place).map_or(&[], Vec::as_slice)
    }
}

/// A word of a source and its number.
type Printed<'a> = (&'a Token, u32);

/// At least so much of the quoted words must stand in the source in their order.
const ENOUGH: f64 = 0.6;
/// Longer pieces are compared by their beginning, which keeps one look-up bounded.
const MOST_WORDS: usize = 120;

/// Returns the place that prints most of the quoted words in their order, if it prints more than half of them.
pub(super) fn find(sources: &Sources, piece: &str) -> Option<Found> {
    let prints = sources.printed();
    let number = |folded: &str| prints.numbers.get(&*plain(folded)).copied().unwrap_or(NEW);
    let mine: Vec<u32> = words(piece).iter().take(MOST_WORDS).map(|w| number(&fold(w.text))).collect();
    let mut is_mine = vec![false; prints.numbers.len()];
    mine.iter().filter(|&&number| number != NEW).for_each(|&number| is_mine[number as usize] = true);
    let mut best: Option<(usize, Found)> = None;
    for (place, passage) in sources.passages() {
        let shared = prints.of(place).iter().filter(|&&number| is_mine[number as usize]).count();
        if shared * 3 < mine.len() && shared < 8 {
            continue;
        }
        let (witness, _) = sources.at(place);
        // Quoted words may run on into the sentences after.
        let room = mine.len() * 2 + 10;
        let mut theirs: Vec<Printed> = Vec::new();
        for (n, next) in witness.passages.iter().enumerate().skip(place.passage) {
            let numbers = prints.of(Place { passage: n, ..place });
            theirs.extend(next.words.iter().zip(numbers.iter().copied()).filter(|(t, _)| !inserted(witness, t)));
            if theirs.len() >= passage.words.len() + room {
                break;
            }
        }
        theirs.truncate(passage.words.len() + room);
        // "A," she said, "B" may be printed as one quote.
        let marked = marked(witness, passage);
        let in_marks = |t: &Token| marked.iter().any(|m| m.start <= t.bytes.start && t.bytes.end <= m.end);
        let spoken: Vec<Printed> = theirs.iter().copied().filter(|(t, _)| in_marks(t)).collect();
        for side in [&theirs, &spoken] {
            if let Some(from) = stands_in(&mine, side) {
                let bytes = side[from].0.bytes.start..side[from + mine.len() - 1].0.bytes.end;
                return Some(Found { span: witness.spanner.span(bytes), changed: None });
            }
        }
        let run = common(&mine, &theirs);
        if (run.len() as f64) < ENOUGH * mine.len() as f64 || best.as_ref().is_some_and(|(most, _)| *most >= run.len())
        {
            continue;
        }
        if let Some(found) = found(witness, mine.len(), &theirs, &run) {
            best = Some((run.len(), found));
        }
    }
    best.map(|(_, found)| found)
}

/// "(local)", "[the]": what a source's writer put into somebody's words.
fn inserted(witness: &Witness, token: &Token) -> bool {
    let text = &witness.report.text;
    let before = text[..token.bytes.start].chars().next_back();
    let after = text[token.bytes.end..].chars().next();
    matches!((before, after), (Some('(' | '['), _) | (_, Some(')' | ']')))
}

/// Returns the bytes that stand between marks in a passage and for some way after it.
fn marked(witness: &Witness, passage: &Passage) -> Vec<Range<usize>> {
    let from = passage.quotes.first().copied().unwrap_or(witness.notes.quotes.len());
    let near = witness.notes.quotes.iter().skip(from).take(8);
    near.filter(|q| q.kind != QuoteKind::Indirect).map(|q| witness.spanner.bytes(&q.span)).collect()
}

/// The place where one run of words stands unbroken in another.
fn stands_in(mine: &[u32], theirs: &[Printed]) -> Option<usize> {
    let fits = |from: &usize| mine.iter().zip(&theirs[*from..]).all(|(m, t)| *m == t.1);
    (0..(theirs.len() + 1).saturating_sub(mine.len().max(1))).find(fits).filter(|_| !mine.is_empty())
}

/// The longest run of words, with gaps, that both sides have in one order: places in both.
fn common(mine: &[u32], theirs: &[Printed]) -> Vec<(usize, usize)> {
    let (rows, columns) = (mine.len(), theirs.len());
    let mut length = vec![0u16; (rows + 1) * (columns + 1)];
    let at = |i: usize, j: usize| i * (columns + 1) + j;
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            length[at(i, j)] = if mine[i] == theirs[j].1 {
                length[at(i + 1, j + 1)] + 1
            } else {
                length[at(i + 1, j)].max(length[at(i, j + 1)])
            };
        }
    }
    let (mut i, mut j, mut run) = (0, 0, Vec::new());
    while i < rows && j < columns {
        if mine[i] == theirs[j].1 {
            run.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[at(i + 1, j)] >= length[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    run
}

fn found(witness: &Witness, mine: usize, theirs: &[Printed], run: &[(usize, usize)]) -> Option<Found> {
    let (first, last) = (run.first()?, run.last()?);
    let their = |at: usize| &theirs[at].0.bytes;
    let span = witness.spanner.span(their(first.1).start..their(last.1).end);
    let text = &witness.report.text;
    let skipped = run.windows(2).find(|pair| pair[1].1 - pair[0].1 > 1);
    let whole = run.len() == mine;
    let changed = match skipped {
        Some(pair) => {
            let (from, to) = (their(pair[0].1 + 1), their(pair[1].1 - 1));
            Some(Changed::Other(text[from.start..to.end].to_owned()))
        }
        None if whole => None,
        // A word at the edge was exchanged: what the source has there is what it says.
        None => match (first.0, first.1) {
            (1.., 1..) => Some(Changed::Other(text[their(first.1 - 1).clone()].to_owned())),
            _ => match theirs.get(last.1 + 1).filter(|_| last.0 + 1 < mine) {
                Some(next) => Some(Changed::Other(text[next.0.bytes.clone()].to_owned())),
                None => Some(Changed::Added),
            },
        },
    };
    Some(Found { span, changed })
}

/// A word without the marks of British or American spelling, which an editor may change inside quotes.
fn plain(folded: &str) -> Cow<'_, str> {
    let bytes = folded.as_bytes();
    let is_marked = bytes.windows(2).any(|two| matches!(two, b"ll" | b"ou"))
        || ["ise", "ised", "ising", "tre", "ence"].iter().any(|end| bytes.ends_with(end.as_bytes()))
        || bytes.windows(3).any(|three| three == b"isa");
    if !is_marked {
        return Cow::Borrowed(folded);
    }
    let mut plain = folded.replace("isation", "ization").replace("our", "or").replace("ll", "l");
    for (from, to) in [("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("tre", "ter"), ("ence", "ense")] {
        if plain.len() > from.len() + 2 && plain.ends_with(from) {
            plain.truncate(plain.len() - from.len());
            plain.push_str(to);
            break;
        }
    }
    Cow::Owned(plain)
}
