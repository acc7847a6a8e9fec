//! Who does what a verb tells, by the parse: subjects, agents, participles, relative clauses.

use std::ops::Range;

use variorum_syntax::{Label, Tag};

use crate::grammar::Grammar;

use super::cues::{Cue, Form, cue, is_speech_noun};
use super::scene::Scene;

/// What the parse knows of the one who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The token that heads the phrase for the speaker.
    Token(usize),
    /// The word is no verb here, or its speaker is nowhere in the sentence.
    Nobody,
    /// The parse does not tell.
    Unknown,
}

/// No tree is climbed higher; deeper ones are the parser's mistakes.
const HIGHEST: usize = 24;

/// No clause is looked for further from its verb, in tokens.
const WIDEST: usize = 200;

/// Returns who speaks where a token is a speech verb.
pub(super) fn subject(grammar: &Grammar, verb: usize, cue: Cue) -> Subject {
    let tokens = grammar.tokens();
    // "The ministry notes": a noun with a subject is a verb that the tagger missed.
    if !is_verb(tokens[verb].tag) && grammar.child(verb, Label::Nsubj).is_none() {
        return if cue.doubtful { Subject::Nobody } else { Subject::Unknown };
    }
    if is_passive(grammar, verb) {
        // "was quoted as saying": the participle has the subject, and the verb itself none.
        return agent(grammar, verb).map_or(Subject::Nobody, Subject::Token);
    }
    if cue.form == Form::Past && tokens[verb].tag == Tag::Vbn && !is_perfect(grammar, verb) {
        // "Asked about it, she laughed", "the base, also called": a participle without helper is passive.
        return agent(grammar, verb).map_or(Subject::Nobody, Subject::Token);
    }
    climb(grammar, verb).map_or(Subject::Unknown, Subject::Token)
}

/// Returns the subject of a verb, its own or that of the verb that it hangs on.
fn climb(grammar: &Grammar, verb: usize) -> Option<usize> {
    let tokens = grammar.tokens();
    let mut at = verb;
    for _ in 0..HIGHEST {
        let own = [Label::Nsubj, Label::Nsubjpass].iter().find_map(|&label| grammar.child(at, label));
        if let Some(own) = own {
            return if is_relative(tokens[own].tag) { relative_head(grammar, at) } else { Some(own) };
        }
        let head = tokens[at].head;
        if head == at {
            return None;
        }
        match tokens[at].label {
            // "criticised Ben Lee for saying": not the subject of the main verb.
            Label::Pcomp => {
                let governor = tokens[head].head;
                let object = grammar.child(governor, Label::Dobj);
                if let Some(object) = object.filter(|&object| object < at && governor != head) {
                    return is_noun(tokens[object].tag).then_some(object);
                }
                at = governor;
                if is_noun(tokens[at].tag) {
                    return None;
                }
            }
            Label::Xcomp => {
                if let Some(object) = grammar.child(head, Label::Dobj).filter(|&object| object < at) {
                    return Some(object);
                }
                at = head;
            }
            Label::Conj | Label::Advcl | Label::Ccomp | Label::Dep if is_verb(tokens[head].tag) => at = head,
            // "her comments suggesting" are hers.
            Label::Acl if tokens[at].tag == Tag::Vbg => {
                return Some(grammar.child(head, Label::Poss).unwrap_or(head)).filter(|_| is_noun(tokens[head].tag));
            }
            Label::Relcl => return Some(head),
            _ => return None,
        }
    }
    None
}

/// "Ada Orr, who said": the noun that the clause hangs on, where it or a verb that it is joined to hangs on one.
fn relative_head(grammar: &Grammar, verb: usize) -> Option<usize> {
    let tokens = grammar.tokens();
    let mut at = verb;
    for _ in 0..HIGHEST {
        match tokens[at].label {
            Label::Relcl => return Some(tokens[at].head),
            Label::Conj => at = tokens[at].head,
            _ => return None,
        }
    }
    None
}

/// Tells whether a verb is in the passive.
fn is_passive(grammar: &Grammar, verb: usize) -> bool {
    [Label::Nsubjpass, Label::Auxpass].iter().any(|&label| grammar.child(verb, label).is_some())
}

/// Tells whether a participle has a helper or subject of its own, or shares those of the participle that it is joined to.
fn is_perfect(grammar: &Grammar, verb: usize) -> bool {
    let own = |at: usize| [Label::Aux, Label::Nsubj].iter().any(|&label| grammar.child(at, label).is_some());
    let head = grammar.tokens()[verb].head;
    own(verb) || grammar.tokens()[verb].label == Label::Conj && is_verb(grammar.tokens()[head].tag) && own(head)
}

/// "described by Ada Orr".
fn agent(grammar: &Grammar, verb: usize) -> Option<usize> {
    let by = grammar.child(verb, Label::Agent)?;
    grammar.child(by, Label::Pobj)
}

/// Tells whether a verb before a token governs it, as far as the parse knows; none where they do not hang together.
pub(super) fn governs(scene: &Scene, grammar: &Grammar, words: Range<usize>, verb: usize) -> Option<bool> {
    let tokens = grammar.tokens();
    let top = words.clone().find(|&at| !words.contains(&tokens[at].head))?;
    let (mut at, mut own, mut steps) = (top, false, 0);
    for _ in 0..HIGHEST {
        steps += 1;
        let head = tokens[at].head;
        if head == at {
            return below(grammar, words, verb, at);
        }
        let label = tokens[at].label;
        let clause = matches!(label, Label::Conj | Label::Advcl) && grammar.child(at, Label::Nsubj).is_some();
        own = clause && is_verb(tokens[at].tag);
        if head == verb {
            break;
        }
        at = head;
    }
    if tokens[at].head != verb {
        return None;
    }
    // "pointed to a table with “nice” bowls": words far down a phrase of place are the writer's.
    let far = tokens[at].label == Label::Prep
        && steps > 3
        && matches!(low(scene, grammar, at), "to" | "at" | "in" | "on" | "with" | "from" | "by" | "near" | "after");
    Some(!own && !far && !matches!(tokens[at].label, Label::Nsubj | Label::Nsubjpass | Label::Agent | Label::Dative))
}

/// Tells whether a verb hangs on the words themselves, or elsewhere in their tree; none where it is in another tree.
fn below(grammar: &Grammar, words: Range<usize>, verb: usize, root: usize) -> Option<bool> {
    let mut at = verb;
    for _ in 0..HIGHEST {
        let head = grammar.tokens()[at].head;
        if words.contains(&head) {
            return Some(true);
        }
        if head == at {
            // "checks continue, officials scrapped a “ghost step”": a clause of its own stands between.
            let clause = |other: usize| {
                matches!(grammar.tokens()[other].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Vb)
                    && grammar.child(other, Label::Nsubj).is_some_and(|subject| subject > verb)
            };
            return (at == root && (verb + 1..words.start.min(verb + WIDEST)).any(clause)).then_some(false);
        }
        at = head;
    }
    None
}

/// Returns the heads of phrases that speak by the parse, for a sentence's words outside the marks: the words' tokens and
/// the range of each phrase.
pub(super) fn phrases(scene: &Scene, grammar: &Grammar, words: &[usize]) -> Vec<(usize, Range<usize>)> {
    let tokens = grammar.tokens();
    let mut found = Vec::new();
    for &word in words {
        let Some(at) = scene.parsed(word) else { continue };
        if !matches!(tokens[at].label, Label::Nsubj | Label::Nsubjpass | Label::Pobj | Label::Poss) {
            continue;
        }
        let can_head = is_noun(tokens[at].tag) || matches!(tokens[at].tag, Tag::Dt | Tag::Cd | Tag::PrpS);
        if !can_head || !speaks(scene, grammar, at) {
            continue;
        }
        let mut first = at;
        for child in grammar.children(at).take_while(|&child| child < at) {
            let part = matches!(
                tokens[child].label,
                Label::Det
                    | Label::Amod
                    | Label::Compound
                    | Label::Nummod
                    | Label::Poss
                    | Label::Nmod
                    | Label::Quantmod
            );
            if part {
                first = first.min(tokens[child].first);
            }
        }
        found.push((word, tokens[first].start..tokens[at].end));
    }
    found
}

/// Tells whether a token stands where a speaker does.
fn speaks(scene: &Scene, grammar: &Grammar, at: usize) -> bool {
    let token = grammar.tokens()[at];
    match token.label {
        Label::Nsubj | Label::Nsubjpass => {
            token.tag == Tag::Nnp
                || is_cue(scene, grammar, token.head)
                || follows_quote(scene, grammar.subtree(at).start)
                || grammar.children(token.head).any(|child| {
                    matches!(grammar.tokens()[child].label, Label::Conj | Label::Advcl | Label::Xcomp)
                        && is_cue(scene, grammar, child)
                })
        }
        Label::Pobj => match grammar.tokens()[token.head].label {
            Label::Agent => true,
            _ => {
                let governor = grammar.tokens()[token.head].head;
                low(scene, grammar, token.head) == "to" && low(scene, grammar, governor) == "according"
            }
        },
        Label::Poss => is_speech_noun(low(scene, grammar, token.head)),
        _ => false,
    }
}

fn is_cue(scene: &Scene, grammar: &Grammar, at: usize) -> bool {
    is_verb(grammar.tokens()[at].tag) && cue(low(scene, grammar, at)).is_some()
}

/// Tells whether quoted words end right before a byte.
fn follows_quote(scene: &Scene, start: usize) -> bool {
    scene.text[..start].trim_end_matches([' ', ',']).ends_with(['”', '"', '’', '\'', '»'])
}

/// Returns a token of the grammar as the tables hold words.
pub(super) fn low<'s>(scene: &'s Scene, grammar: &Grammar, at: usize) -> &'s str {
    scene.word_of(grammar, at).map_or("", |word| &*scene.tokens[word].low)
}

pub(super) fn is_verb(tag: Tag) -> bool {
    matches!(tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
}

fn is_noun(tag: Tag) -> bool {
    matches!(tag, Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps | Tag::Prp)
}

fn is_relative(tag: Tag) -> bool {
    matches!(tag, Tag::Wp | Tag::Wdt | Tag::WpS)
}
