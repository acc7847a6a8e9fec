//! Names: spans of tokens with a kind.
//!
//! Method: one move a token — begin, inside, last, unit, outside (Ratinov and Roth 2009) — chosen greedily by a network
//! that sees the next token, the first of the open name and the one before the next (Lample et al. 2016 for the
//! transitions).

use crate::choose::Chooser;
use crate::labels::NameKind;
use crate::scorer::Slots;

/// Slots of a state that are looked at.
pub const SLOTS: usize = 3;

/// The moves of the name finder.
pub struct Moves(Vec<Move>);

#[derive(Clone, Copy)]
enum Move {
    Begin(NameKind),
    Inside(NameKind),
    Last(NameKind),
    Unit(NameKind),
    Outside,
    /// A move that only training knew.
    Never,
}

/// A name: its first token, one past its last, and its kind.
pub type Found = (usize, usize, NameKind);

impl Moves {
    /// Reads the finder's moves ("B-PERSON").
    pub fn new(names: impl Iterator<Item = &'static str>) -> Self {
        Self(names.map(Move::new).collect())
    }
}

impl Move {
    fn new(name: &str) -> Self {
        let Some((kind, name)) = name.split_once('-') else { return Move::Outside };
        match (kind, NameKind::named(name)) {
            ("B", Some(name)) => Move::Begin(name),
            ("I", Some(name)) => Move::Inside(name),
            ("L", Some(name)) => Move::Last(name),
            ("U", Some(name)) => Move::Unit(name),
            _ => Move::Never,
        }
    }
}

/// Finds the names of a text from its token `start` on; no name begins with white space or runs over the beginning of a
/// sentence.
pub fn find(
    moves: &Moves,
    mut chooser: Chooser<SLOTS>,
    is_space: &[bool],
    begins: &[bool],
    start: usize,
) -> Vec<Found> {
    let mut names = Vec::new();
    let mut open: Option<(usize, NameKind)> = None;
    for (token, blank) in is_space.iter().enumerate() {
        let goes_on = begins.get(token + 1) == Some(&false);
        let allowed = |one: Move| match (one, open) {
            (Move::Begin(_), None) => goes_on && !blank,
            (Move::Unit(_), None) => !blank,
            (Move::Outside, None) => true,
            (Move::Inside(kind), Some((_, opened))) => goes_on && kind == opened,
            (Move::Last(kind), Some((_, opened))) => kind == opened,
            _ => false,
        };
        let best = chooser.choose(&slots(token, open, start), moves.0.iter().map(|one| allowed(*one)));
        match best.map(|best| moves.0[best]) {
            Some(Move::Begin(kind)) => open = Some((token, kind)),
            Some(Move::Unit(kind)) => names.push((token, token + 1, kind)),
            Some(Move::Last(kind)) => {
                let (first, _) = open.take().expect("a last token is allowed in an open name only");
                names.push((first, token + 1, kind));
            }
            _ => {}
        }
    }
    names
}

fn slots(token: usize, open: Option<(usize, NameKind)>, start: usize) -> Slots<SLOTS> {
    match open {
        Some((first, _)) => [start + token, start + first, start + token - 1],
        None => [start + token, usize::MAX, usize::MAX],
    }
}
