//! The moves that tie tokens to heads.
//!
//! Method: arc-eager transitions, with arcs that may be replaced later and a move that ends a sentence (Nivre 2003;
//! Goldberg and Nivre 2012; Honnibal, Goldberg and Johnson 2013; Honnibal and Johnson 2015), chosen greedily.

use crate::choose::Chooser;
use crate::labels::Label;
use crate::scorer::Slots;
use crate::trees::{Arc, NONE, ROOT, Trees};

/// Slots of a state that are looked at.
pub const SLOTS: usize = 8;

/// The moves of the parser.
pub struct Moves(Vec<Move>);

#[derive(Clone, Copy)]
struct Move {
    kind: Kind,
    arc: Arc,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

impl Moves {
    /// Reads the parser's moves ("L-nsubj").
    pub fn new(names: impl Iterator<Item = &'static str>) -> Self {
        Self(names.map(Move::new).collect())
    }
}

impl Move {
    fn new(name: &str) -> Self {
        let (kind, label) = name.split_once('-').unwrap_or((name, ""));
        let kind = match kind {
            "S" => Kind::Shift,
            "D" => Kind::Reduce,
            "L" => Kind::Left,
            "R" => Kind::Right,
            _ => Kind::Break,
        };
        let (label, lifted) = label.split_once("||").map_or((label, None), |(label, head)| (label, Some(head)));
        let known = |name| Label::named(name).expect("every label of a move is known");
        let label = if label.is_empty() { Label::Root } else { known(label) };
        Self { kind, arc: Arc { label, lifted: lifted.map(known) } }
    }
}

/// A part of a text, to be parsed as it would be in the whole.
pub struct Part<'a> {
    /// Tells tokens that are white space.
    pub is_space: &'a [bool],
    /// The first token; those before it are only seen.
    pub first: usize,
    /// How many tokens of the text that goes on must lie behind those that a choice looks at; none where it ends.
    pub ahead: Option<usize>,
}

/// Parses a part, whose moves are chosen: to its end, or where the text goes on, up to the last sentence that begins with
/// nothing left undone, since all from there on can be parsed as if nothing had been before. Returns nothing if there is
/// no such sentence.
pub fn parse(moves: &Moves, mut chooser: Chooser<SLOTS>, part: &Part) -> Option<Trees> {
    let length = part.is_space.len();
    let mut state = State::new(length, part.first);
    let mut end = part.ahead.is_none().then_some(length);
    // Each token is pushed and popped a few times at most; the bound only guards against what was never seen.
    for _ in 0..20 * length + 20 {
        if state.is_final() {
            break;
        }
        if let Some(ahead) = part.ahead {
            if state.next + 1 + ahead >= length {
                break;
            }
            if state.is_beginning() && state.next > part.first {
                end = Some(state.next);
            }
        }
        let allowed = state.allowed();
        let may = moves.0.iter().map(|one| allowed[one.kind as usize]);
        match chooser.choose(&state.slots(), may) {
            Some(best) => state.make(moves.0[best]),
            None => break,
        }
    }
    end.map(|end| state.trees(part, end))
}

/// Where the parser stands.
struct State {
    stack: Vec<usize>,
    /// Tokens that were put back in front of the buffer, the next one last.
    back: Vec<usize>,
    /// The first token of the buffer that was never taken.
    next: usize,
    heads: Vec<usize>,
    arcs: Vec<Arc>,
    /// Whether a token was put back, so that shifting it again would run in a circle.
    was_back: Vec<bool>,
    begins: Vec<bool>,
    /// The last child on the left and on the right of each token, and the child before each child on its side.
    last_left: Vec<usize>,
    last_right: Vec<usize>,
    earlier: Vec<usize>,
}

impl State {
    fn new(length: usize, next: usize) -> Self {
        Self {
            stack: Vec::new(),
            back: Vec::new(),
            next,
            heads: vec![NONE; length],
            arcs: vec![ROOT; length],
            was_back: vec![false; length],
            begins: vec![false; length],
            last_left: vec![NONE; length],
            last_right: vec![NONE; length],
            earlier: vec![NONE; length],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.left_over() == 0
    }

    /// Tells whether a sentence begins with the next token and nothing is left undone before it.
    fn is_beginning(&self) -> bool {
        self.stack.is_empty() && self.back.is_empty() && self.begins.get(self.next) == Some(&true)
    }

    /// Returns the trees of the tokens from the first of a part to an end.
    fn trees(self, part: &Part, end: usize) -> Trees {
        let inner = part.first..end;
        let heads = self.heads[inner.clone()].iter();
        let heads = heads.map(|head| if *head == NONE { NONE } else { head - part.first }).collect();
        Trees::new(heads, self.arcs[inner.clone()].to_vec(), &part.is_space[inner])
    }

    fn left_over(&self) -> usize {
        self.heads.len() - self.next + self.back.len()
    }

    fn stack(&self, depth: usize) -> usize {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    fn buffer(&self, ahead: usize) -> usize {
        match self.back.len().checked_sub(ahead + 1) {
            Some(at) => self.back[at],
            None => {
                let at = self.next + (ahead - self.back.len());
                if at < self.heads.len() { at } else { NONE }
            }
        }
    }

    fn slots(&self) -> Slots<SLOTS> {
        let child = |last: &[usize], head: usize| last.get(head).copied().unwrap_or(NONE);
        let (buffer, top) = (self.buffer(0), self.stack(0));
        [
            buffer,
            self.buffer(1),
            top,
            self.stack(1),
            self.stack(2),
            child(&self.last_left, buffer),
            child(&self.last_left, top),
            child(&self.last_right, top),
        ]
    }

    /// Tells which kinds of moves are allowed, in the order of `Kind`.
    fn allowed(&self) -> [bool; 5] {
        let (buffer, second) = (self.buffer(0), self.buffer(1));
        let begins = |token: usize| self.begins.get(token).copied().unwrap_or(false);
        let left_over = self.left_over();
        let is_empty = self.stack.is_empty();
        let shift =
            is_empty || left_over >= 2 && !begins(buffer) && !self.was_back.get(buffer).copied().unwrap_or(false);
        let arc = !is_empty && left_over > 0 && !begins(buffer);
        let ends = left_over >= 2 && second == buffer + 1 && !begins(second);
        [shift, !is_empty, arc, arc, ends]
    }

    fn make(&mut self, made: Move) {
        match made.kind {
            Kind::Shift => self.push(),
            Kind::Reduce => {
                let top = self.stack.pop().expect("reducing needs a stack");
                if self.heads[top] == NONE && !self.stack.is_empty() {
                    self.was_back[top] = true;
                    self.back.push(top);
                }
            }
            Kind::Left => {
                let (head, child) = (self.buffer(0), self.stack.pop().expect("an arc needs a stack"));
                self.tie(head, child, made.arc);
                self.was_back[head] = false;
            }
            Kind::Right => {
                self.tie(self.stack(0), self.buffer(0), made.arc);
                self.push();
            }
            Kind::Break => {
                let second = self.buffer(1);
                self.begins[second] = true;
            }
        }
    }

    fn push(&mut self) {
        let token = self.back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        // With nothing left, shifting is allowed on an empty stack only, and then the state is final.
        if token < self.heads.len() {
            self.stack.push(token);
        }
    }

    fn tie(&mut self, head: usize, child: usize, arc: Arc) {
        if self.heads[child] != NONE {
            self.untie(child);
        }
        self.heads[child] = head;
        self.arcs[child] = arc;
        let last = if head > child { &mut self.last_left[head] } else { &mut self.last_right[head] };
        self.earlier[child] = std::mem::replace(last, child);
    }

    fn untie(&mut self, child: usize) {
        let head = self.heads[child];
        let last = if head > child { &mut self.last_left[head] } else { &mut self.last_right[head] };
        if *last == child {
            *last = self.earlier[child];
            return;
        }
        let mut later = *last;
        while later != NONE && self.earlier[later] != child {
            later = self.earlier[later];
        }
        if later != NONE {
            self.earlier[later] = self.earlier[child];
        }
    }
}
