//! The tree of a sentence: who does a verb, to whom it is done.

use variorum_syntax::{Coarse, Label, Sentence, Tag, Token};

/// A parsed sentence with its words.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    /// The tree.
    pub sentence: &'a Sentence,
    /// The words in lower case.
    pub words: Vec<String>,
}

/// No path in a tree is followed further.
const STEPS: usize = 12;

impl<'a> Tree<'a> {
    /// Joins a sentence with its words.
    pub fn new(text: &str, sentence: &'a Sentence) -> Self {
        let words = sentence.tokens.iter().map(|t| text[t.range()].to_lowercase()).collect();
        Tree { sentence, words }
    }

    /// The token at a place.
    pub fn token(&self, at: usize) -> &Token {
        &self.sentence.tokens[at]
    }

    /// The word at a place, in lower case.
    pub fn word(&self, at: usize) -> &str {
        &self.words[at]
    }

    /// The first token that hangs on a token in a way.
    pub fn child(&self, at: usize, label: Label) -> Option<usize> {
        self.sentence.children(at).find(|c| self.token(*c).label == label)
    }

    /// Whether a token is a verb, or written like one.
    pub fn is_verb(&self, at: usize) -> bool {
        matches!(self.token(at).coarse, Coarse::Verb | Coarse::Auxiliary)
            || matches!(self.token(at).tag, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
    }

    /// Whether a token can head a phrase for people.
    pub fn is_nominal(&self, at: usize) -> bool {
        matches!(
            self.token(at).coarse,
            Coarse::Noun | Coarse::ProperNoun | Coarse::Number | Coarse::Pronoun | Coarse::Determiner
        ) || self.token(at).coarse == Coarse::Adjective
    }

    /// Whether a verb stands in the passive, by its own words.
    pub fn is_passive(&self, at: usize) -> bool {
        self.child(at, Label::Auxpass).is_some()
            || self.child(at, Label::Nsubjpass).is_some()
            || self.token(at).tag == Tag::Vbn && self.token(at).label == Label::Acl
    }

    /// The object of a verb; of "who" or "whom", the noun that it stands for.
    pub fn object(&self, at: usize) -> Option<usize> {
        self.child(at, Label::Dobj).map(|o| self.resolved(self.hyphened(o), at))
    }

    /// The subject of a verb or of a predicate, also where the verb shares it with another.
    pub fn subject(&self, at: usize) -> Option<usize> {
        let mut at = at;
        for _ in 0..STEPS {
            // Of two subjects, which a slip of the parser makes, the nearer one is the verb's.
            let is_subject = |c: &usize| matches!(self.token(*c).label, Label::Nsubj | Label::Nsubjpass);
            let own = self.sentence.children(at).filter(is_subject).filter(|c| *c < at).last();
            let own = own.or_else(|| self.sentence.children(at).find(is_subject));
            if let Some(own) = own {
                return Some(self.resolved(self.hyphened(own), at));
            }
            if let Some(joined) = self.joined_noun(at) {
                return Some(joined);
            }
            let token = self.token(at);
            match token.label {
                Label::Acl | Label::Relcl => return Some(token.head),
                // "Left two people dead": what is said of the object.
                Label::Oprd | Label::Ccomp | Label::Xcomp | Label::Advcl
                    if (token.label != Label::Advcl || self.leaves(token.head)) && !self.is_passive(token.head) =>
                {
                    if let Some(object) = self.object(token.head).filter(|o| *o != at) {
                        return Some(object);
                    }
                    at = token.head;
                }
                // "A man died after being shot".
                Label::Pcomp if self.is_verb(self.token(token.head).head) => at = self.token(token.head).head,
                Label::Conj
                | Label::Acomp
                | Label::Attr
                | Label::Oprd
                | Label::Xcomp
                | Label::Advcl
                | Label::Dep
                | Label::Amod => {
                    if self.is_nominal(token.head) && !self.is_verb(token.head) && token.label != Label::Conj {
                        return Some(token.head);
                    }
                    at = token.head;
                }
                _ => return None,
            }
        }
        None
    }

    /// "Ex-wife" is parsed as three objects: the last is meant.
    fn hyphened(&self, at: usize) -> usize {
        let joined =
            self.word(at) == "ex" && self.words.get(at + 1).is_some_and(|w| w == "-") && at + 2 < self.words.len();
        let twin = |other: usize| {
            self.token(other).head == self.token(at).head && self.token(other).label == self.token(at).label
        };
        if joined && twin(at + 2) { at + 2 } else { at }
    }

    /// "A guard was shot at the mall and two bystanders were hurt": the parser may join the bystanders to the mall.
    fn joined_noun(&self, at: usize) -> Option<usize> {
        let auxiliary = |c: &usize| matches!(self.token(*c).label, Label::Aux | Label::Auxpass) && *c < at;
        let noun = self.sentence.children(at).find(auxiliary)?.checked_sub(1)?;
        let is_noun = matches!(self.token(noun).coarse, Coarse::Noun | Coarse::ProperNoun | Coarse::Number);
        (is_noun && self.token(noun).label == Label::Conj).then_some(noun)
    }

    /// "Left", which says of its object what became of it.
    fn leaves(&self, at: usize) -> bool {
        matches!(self.word(at), "left" | "leave" | "leaves" | "leaving")
    }

    /// The noun that a relative pronoun stands for, else the token itself.
    pub fn resolved(&self, pronoun: usize, verb: usize) -> usize {
        if !matches!(self.token(pronoun).tag, Tag::Wp | Tag::Wdt) {
            return pronoun;
        }
        let mut at = verb;
        for _ in 0..STEPS {
            let token = self.token(at);
            if token.label == Label::Relcl {
                return token.head;
            }
            if token.head == at {
                break;
            }
            at = token.head;
        }
        pronoun
    }

    /// "Leaving two people wounded", "left a 22-year-old dead": who, where the words stand right before the last.
    pub fn left(&self, at: usize) -> Option<usize> {
        let leaves = |at: usize| self.token(at).label == Label::Dobj && self.leaves(self.token(at).head);
        let manner = at.checked_sub(1).filter(|b| self.token(*b).tag == Tag::Rb && self.word(*b).ends_with("ly"));
        let before = manner.unwrap_or(at).checked_sub(1)?;
        let old = self.word(before) == "old" && self.token(before).head == at && leaves(at);
        (leaves(before) || old).then_some(before)
    }

    /// The object of a preposition that hangs on a token.
    pub fn after(&self, at: usize, prepositions: &[&str]) -> Option<usize> {
        self.sentence
            .children(at)
            .filter(|c| {
                matches!(self.token(*c).label, Label::Prep | Label::Dative) && prepositions.contains(&self.word(*c))
            })
            .find_map(|p| self.child(p, Label::Pobj))
    }

    /// The nearest verb above a token, or the token itself.
    pub fn verb_of(&self, at: usize) -> usize {
        let mut at = at;
        for _ in 0..STEPS {
            if self.is_verb(at) || self.token(at).head == at {
                break;
            }
            at = self.token(at).head;
        }
        at
    }

    /// How many steps below another token a token stands; none where it does not.
    pub fn below(&self, at: usize, above: usize) -> Option<usize> {
        let mut at = at;
        for steps in 0..40 {
            if at == above {
                return Some(steps);
            }
            if self.token(at).head == at {
                break;
            }
            at = self.token(at).head;
        }
        None
    }
}
