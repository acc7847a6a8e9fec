//! What is known of each word before anything is weighed: lists, today's rules, the parser.

use rustc_hash::FxHashSet;
use variorum_news::NameKind;
use variorum_syntax::Label;

use crate::Reading;
use crate::grammar::Grammar;

use super::gazetteer::{Entry, city, entry};
use super::kinds::Candidate;
use super::tokens::Token;

/// What is known of a word. Zero is "nothing" everywhere.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clue {
    /// What parts it from the word before: see [`mark`].
    pub gap: u8,
    /// The size of the city that it begins, or that it goes on (then plus 3).
    pub city: u8,
    /// Whether it is a given name (1) or a family name (2) somewhere.
    pub people: u8,
    /// The kind that the rules give, doubled, plus one inside a name.
    pub rule: u8,
    /// How sure the rules are.
    pub trust: u8,
    /// Whether the report has the word in small letters (1), or capitalised inside a sentence (2).
    pub seen: u8,
    /// Its tag.
    pub tag: u8,
    /// The kind that the parser gives, doubled, plus one inside a name.
    pub parser: u8,
    /// What its phrase is to the word that the phrase hangs on.
    pub role: u8,
    /// The word that its phrase hangs on, as an index of words, plus one.
    pub governor: u32,
}

/// Returns what is known of each word of a report.
pub(super) fn clues(reading: &Reading, tokens: &[Token], candidates: &[Candidate]) -> Vec<Clue> {
    let mut clues: Vec<Clue> = tokens.iter().map(|t| Clue { gap: mark(t.gap), ..Clue::default() }).collect();
    from_lists(tokens, &mut clues);
    for candidate in candidates {
        for at in candidate.tokens.clone() {
            clues[at].rule = 2 + 2 * number(candidate.kind) + u8::from(at > candidate.tokens.start);
            clues[at].trust = 1 + candidate.trust as u8;
        }
    }
    if let Some(grammar) = reading.grammar {
        from_grammar(grammar, tokens, &mut clues);
    }
    clues
}

fn number(kind: NameKind) -> u8 {
    match kind {
        NameKind::Person => 0,
        NameKind::Organisation => 1,
        NameKind::Place => 2,
        NameKind::Event => 3,
        NameKind::Work => 4,
        NameKind::Other => 5,
    }
}

/// Numbers what stands between two words.
fn mark(gap: &str) -> u8 {
    if gap.contains('\n') {
        return 1;
    }
    match gap.trim() {
        "" => 0,
        "," => 2,
        "." | "!" | "?" => 3,
        "(" => 4,
        ")" => 5,
        "-" | "–" | "—" | "--" => 6,
        ":" | ";" => 7,
        "&" => 8,
        "/" => 9,
        other if other.contains(['"', '“', '”', '\'', '‘', '’']) => 10,
        _ => 11,
    }
}

fn from_lists(tokens: &[Token], clues: &mut [Clue]) {
    let mut small: FxHashSet<&str> = FxHashSet::default();
    let mut capital: FxHashSet<&str> = FxHashSet::default();
    for token in tokens {
        if !token.cap {
            small.insert(&token.low);
        } else if !token.first {
            capital.insert(&token.low);
        }
    }
    let mut city_end = 0;
    for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.cap) {
        clues[at].seen = u8::from(small.contains(&*token.low)) | u8::from(capital.contains(&*token.low)) << 1;
        let entry: Entry = entry(&token.low);
        clues[at].people = entry.people();
        if at < city_end {
            continue;
        }
        if let Some((words, size)) = city(tokens, at, entry) {
            city_end = at + words;
            clues[at].city = size;
            clues[at + 1..city_end].iter_mut().for_each(|clue| clue.city = size + 3);
        }
    }
}

fn from_grammar(grammar: &Grammar, tokens: &[Token], clues: &mut [Clue]) {
    let nodes = grammar.tokens();
    let (mut node, mut name) = (0, 0);
    // Which word each node of the tree lies in.
    let mut word_of = vec![u32::MAX; nodes.len()];
    let mut node_of = vec![usize::MAX; tokens.len()];
    for (at, token) in tokens.iter().enumerate() {
        while node < nodes.len() && nodes[node].end <= token.start {
            node += 1;
        }
        if node == nodes.len() {
            break;
        }
        node_of[at] = node;
        let mut inside = node;
        while inside < nodes.len() && nodes[inside].start < token.end {
            word_of[inside] = at as u32;
            inside += 1;
        }
        clues[at].tag = 1 + nodes[node].tag as u8;
        while name < grammar.names.len() && grammar.names[name].0.end <= node {
            name += 1;
        }
        if let Some((range, kind)) = grammar.names.get(name).filter(|(range, _)| range.start <= node) {
            clues[at].parser = 2 + 2 * (*kind as u8) + u8::from(nodes[range.start].start < token.start);
        }
    }
    for at in 0..tokens.len() {
        if !tokens[at].cap || node_of[at] == usize::MAX {
            continue;
        }
        let mut top = node_of[at];
        // The phrase of a name is what hangs together by names' own ties; no phrase is deeper than this.
        for _ in 0..8 {
            let head = nodes[top].head;
            let word = word_of[head];
            let tied = matches!(nodes[top].label, Label::Compound | Label::Nmod);
            if !tied || head == top || word == u32::MAX || !tokens[word as usize].cap {
                break;
            }
            top = head;
        }
        clues[at].role = 1 + nodes[top].label as u8;
        let head = nodes[top].head;
        clues[at].governor = if head == top || word_of[head] == u32::MAX { 0 } else { 1 + word_of[head] };
    }
}
