//! Where a source prints quoted words, or nearly so.

use variorum_news::{QuoteKind, Span};
use variorum_text::{fold, words};

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

/// At least so much of the quoted words must stand in the source in their order.
const ENOUGH: f64 = 0.6;
/// Longer pieces are compared by their beginning, which keeps one look-up bounded.
const MOST_WORDS: usize = 120;

/// Returns the place that prints most of the quoted words in their order, if it prints more than half of them.
pub(super) fn find(sources: &Sources, piece: &str) -> Option<Found> {
    let mine: Vec<String> = words(piece).iter().take(MOST_WORDS).map(|w| plain(&fold(w.text))).collect();
    let mut best: Option<(usize, Found)> = None;
    for (place, passage) in sources.passages() {
        let shared = passage.words.iter().filter(|t| mine.contains(&plain(&t.folded))).count();
        if shared * 3 < mine.len() && shared < 8 {
            continue;
        }
        let (witness, _) = sources.at(place);
        // Quoted words may run on into the sentences after.
        let room = mine.len() * 2 + 10;
        let mut theirs: Vec<&Token> = Vec::new();
        for next in &witness.passages[place.passage..] {
            theirs.extend(next.words.iter().filter(|t| !inserted(witness, t)));
            if theirs.len() >= passage.words.len() + room {
                break;
            }
        }
        theirs.truncate(passage.words.len() + room);
        // "A," she said, "B" may be printed as one quote.
        let spoken: Vec<&Token> = theirs.iter().copied().filter(|t| in_marks(witness, passage, t)).collect();
        for side in [&theirs, &spoken] {
            if let Some(from) = stands_in(&mine, side) {
                let bytes = side[from].bytes.start..side[from + mine.len() - 1].bytes.end;
                return Some(Found { span: witness.spanner.span(bytes), changed: None });
            }
        }
        let run = common(&mine, &theirs);
        if (run.len() as f64) < ENOUGH * mine.len() as f64 || best.as_ref().is_some_and(|(most, _)| *most >= run.len())
        {
            continue;
        }
        if let Some(found) = found(witness, &mine, &theirs, &run) {
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

/// Tells whether a word stands between marks, for words that follow a passage.
fn in_marks(witness: &Witness, passage: &Passage, token: &Token) -> bool {
    let from = passage.quotes.first().copied().unwrap_or(witness.notes.quotes.len());
    let at = witness.spanner.span(token.bytes.clone());
    let near = witness.notes.quotes.iter().skip(from).take(8);
    near.filter(|q| q.kind != QuoteKind::Indirect).any(|q| q.span.start <= at.start && at.end <= q.span.end)
}

/// The place where one run of words stands unbroken in another.
fn stands_in(mine: &[String], theirs: &[&Token]) -> Option<usize> {
    let fits = |from: &usize| mine.iter().zip(&theirs[*from..]).all(|(m, t)| *m == plain(&t.folded));
    (0..(theirs.len() + 1).saturating_sub(mine.len().max(1))).find(fits).filter(|_| !mine.is_empty())
}

/// The longest run of words, with gaps, that both sides have in one order: places in both.
fn common(mine: &[String], theirs: &[&Token]) -> Vec<(usize, usize)> {
    let plain: Vec<String> = theirs.iter().map(|t| plain(&t.folded)).collect();
    let (rows, columns) = (mine.len(), plain.len());
    let mut length = vec![0u16; (rows + 1) * (columns + 1)];
    let at = |i: usize, j: usize| i * (columns + 1) + j;
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            length[at(i, j)] = if mine[i] == plain[j] {
                length[at(i + 1, j + 1)] + 1
            } else {
                length[at(i + 1, j)].max(length[at(i, j + 1)])
            };
        }
    }
    let (mut i, mut j, mut run) = (0, 0, Vec::new());
    while i < rows && j < columns {
        if mine[i] == plain[j] {
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

fn found(witness: &Witness, mine: &[String], theirs: &[&Token], run: &[(usize, usize)]) -> Option<Found> {
    let (first, last) = (run.first()?, run.last()?);
    let span = witness.spanner.span(theirs[first.1].bytes.start..theirs[last.1].bytes.end);
    let text = &witness.report.text;
    let skipped = run.windows(2).find(|pair| pair[1].1 - pair[0].1 > 1);
    let whole = run.len() == mine.len();
    let changed = match skipped {
        Some(pair) => {
            let (from, to) = (theirs[pair[0].1 + 1], theirs[pair[1].1 - 1]);
            Some(Changed::Other(text[from.bytes.start..to.bytes.end].to_owned()))
        }
        None if whole => None,
        // A word at the edge was exchanged: what the source has there is what it says.
        None => match (first.0, first.1) {
            (1.., 1..) => Some(Changed::Other(text[theirs[first.1 - 1].bytes.clone()].to_owned())),
            _ => match theirs.get(last.1 + 1).filter(|_| last.0 + 1 < mine.len()) {
                Some(next) => Some(Changed::Other(text[next.bytes.clone()].to_owned())),
                None => Some(Changed::Added),
            },
        },
    };
    Some(Found { span, changed })
}

/// A word without the marks of British or American spelling, which an editor may change inside quotes.
fn plain(folded: &str) -> String {
    let mut plain = folded.replace("isation", "ization").replace("our", "or").replace("ll", "l");
    for (from, to) in [("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("tre", "ter"), ("ence", "ense")] {
        if plain.len() > from.len() + 2 && plain.ends_with(from) {
            plain.truncate(plain.len() - from.len());
            plain.push_str(to);
            break;
        }
    }
    plain
}
