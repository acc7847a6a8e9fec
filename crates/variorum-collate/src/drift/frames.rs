//! What a sentence says of each of its acts: who, whom, whether at all, how surely, and whether it is done.
//!
//! Read from the tree of the sentence, which costs more than all the rest of a comparison, so only sentences are parsed
//! whose words already look turned.

use variorum_syntax::{Coarse, Depth, Label, Sentence, Tag, parse_to};

use super::operators::{Grade, Grades, Operator, grades};
use crate::witness::{Passage, Witness};

/// One act of a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// The word of the passage that names the act.
    pub at: usize,
    /// The forms of whoever does it, whoever it is done to, and all else that hangs on it.
    pub agent: Vec<u32>,
    pub patient: Vec<u32>,
    pub beside: Vec<u32>,
    /// Whether it is denied, and by which word.
    pub denied: Option<usize>,
    /// Whether something makes the denial itself unclear ("hardly", "not only").
    pub murky: bool,
    /// What makes it less than sure, and that word.
    pub unsure: Option<(Grade, usize)>,
    /// What puts it ahead, and that word.
    pub ahead: Option<(Grade, usize)>,
    /// Whether it is told as done.
    pub done: bool,
    /// Whether a noun names it.
    pub noun: bool,
    /// Whether the act stands in a question or a condition.
    pub supposed: bool,
    /// Whether a finite verb tells it, so that it is claimed and not only named ("the deadline to withdraw").
    pub claimed: bool,
}

impl Frame {
    /// Returns how many forms of another act's company are company of this one.
    pub fn company(&self, other: &Frame) -> usize {
        let all = |f: &Frame| -> Vec<u32> { [&f.agent[..], &f.patient[..], &f.beside[..]].concat() };
        let (mut mine, theirs) = (all(self), all(other));
        mine.sort_unstable();
        mine.dedup();
        mine.iter().filter(|f| theirs.contains(f)).count()
    }
}

/// Returns the acts of a passage.
pub(super) fn frames(witness: &Witness, passage: &Passage, operators: &[Operator]) -> Vec<Frame> {
    let text = &witness.report.text;
    let (Some(first), Some(last)) = (passage.words.first(), passage.words.last()) else { return Vec::new() };
    if passage.words.len() > LONGEST {
        return Vec::new();
    }
    let from = first.bytes.start;
    // The mark after the last word tells a question.
    let to = text[last.bytes.end..].find('\n').map_or(text.len(), |n| last.bytes.end + n).min(last.bytes.end + 2);
    let to = (last.bytes.end..=to).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(last.bytes.end);
    let mut found = Vec::new();
    for sentence in parse_to(&text[from..to], Depth::Trees) {
        let tree = Tree { text: &text[from..to], sentence: &sentence, passage, operators, from };
        found.extend((0..sentence.tokens.len()).filter_map(|at| tree.frame(at)));
    }
    found
}

/// A sentence with more words is a list or a table.
const LONGEST: usize = 80;

struct Tree<'a> {
    text: &'a str,
    sentence: &'a Sentence,
    passage: &'a Passage,
    operators: &'a [Operator],
    from: usize,
}

impl Tree<'_> {
    /// The word of the passage that holds a token.
    fn word(&self, token: usize) -> Option<usize> {
        let start = self.from + self.sentence.tokens[token].start;
        let at = self.passage.words.partition_point(|w| w.bytes.end <= start);
        (self.passage.words.get(at)?.bytes.start <= start).then_some(at)
    }

    fn text_is(&self, token: &variorum_syntax::Token, wanted: &str) -> bool {
        self.text.get(token.range()) == Some(wanted)
    }

    fn folded(&self, token: usize) -> &str {
        self.word(token).map_or("", |w| self.passage.words[w].folded.as_str())
    }

    fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.sentence.children(at)
    }

    fn label(&self, at: usize) -> Label {
        self.sentence.tokens[at].label
    }

    /// What the operators of a token's word do.
    fn grades(&self, token: usize) -> Grades {
        self.word(token).map_or(Grades::default(), |w| grades(self.operators, w, w + 1))
    }

    fn frame(&self, at: usize) -> Option<Frame> {
        let token = self.sentence.tokens[at];
        if token.coarse == Coarse::Noun && !matches!(token.label, Label::Attr | Label::Oprd | Label::Compound) {
            return self.thing(at);
        }
        let copula = matches!(token.coarse, Coarse::Adjective | Coarse::Noun)
            && matches!(token.label, Label::Acomp | Label::Attr | Label::Oprd);
        if token.coarse != Coarse::Verb && !copula || token.tag == Tag::Md {
            return None;
        }
        let word = self.word(at)?;
        self.passage.words[word].form?;
        // What a copula carries, its predicate has.
        let verb = if copula { token.head } else { at };
        let mut frame = Frame { at: word, ..Frame::default() };
        self.company(verb, at, &mut frame);
        self.modes(verb, &mut frame, 0);
        if copula {
            self.children(at).for_each(|child| self.mode_of(child, &mut frame));
        }
        let tag = self.sentence.tokens[verb].tag;
        let helped = self.children(verb).any(|c| {
            matches!(self.label(c), Label::Aux | Label::Auxpass)
                && matches!(self.folded(c), "has" | "have" | "had" | "was" | "were" | "been")
        });
        let finite = matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Vbp)
            || self.children(verb).any(|c| {
                matches!(self.label(c), Label::Aux | Label::Auxpass) && self.sentence.tokens[c].tag != Tag::To
            });
        let question = self.sentence.tokens.last().is_some_and(|t| self.text_is(t, "?"));
        frame.supposed |= question;
        frame.claimed = finite && !frame.supposed;
        frame.done = (tag == Tag::Vbd || tag == Tag::Vbn && helped) && frame.ahead.is_none() && frame.unsure.is_none();
        Some(frame)
    }

    /// An act named by a noun: "no charges were filed", "the alleged theft".
    fn thing(&self, at: usize) -> Option<Frame> {
        let word = self.word(at)?;
        self.passage.words[word].form?;
        let mut frame = Frame { at: word, noun: true, ..Frame::default() };
        for child in self.children(at) {
            if matches!(self.folded(child), "no" | "without") {
                flip(&mut frame, self.word(child)?);
            }
            if matches!(self.label(child), Label::Amod) {
                for grade in [Grade::Possible, Grade::Seeming, Grade::Said] {
                    if self.grades(child).has(grade) {
                        frame.unsure.get_or_insert((grade, self.word(child)?));
                    }
                }
            }
            frame.beside.extend(self.forms(child, at));
        }
        let head = self.sentence.tokens[at].head;
        let verb = if self.label(at) == Label::Pobj { self.sentence.tokens[head].head } else { head };
        if self.folded(head) == "without" {
            flip(&mut frame, self.word(head)?);
        }
        if self.sentence.tokens[verb].coarse == Coarse::Verb {
            let mut above = Frame { at: word, ..Frame::default() };
            self.modes(verb, &mut above, 0);
            frame.beside.extend(self.word(verb).and_then(|w| self.passage.words[w].form));
            frame.unsure = frame.unsure.or(above.unsure);
            frame.ahead = above.ahead;
        }
        Some(frame)
    }

    /// Who and what hangs on an act.
    fn company(&self, verb: usize, at: usize, frame: &mut Frame) {
        let mut passive = false;
        let mut subject = false;
        for child in self.children(verb) {
            let forms = || self.forms(child, at);
            match self.label(child) {
                Label::Nsubj => {
                    frame.agent.extend(forms());
                    subject = true;
                }
                Label::Nsubjpass => {
                    frame.patient.extend(forms());
                    passive = true;
                    subject = true;
                }
                Label::Agent => frame.agent.extend(forms()),
                Label::Dobj | Label::Dative => frame.patient.extend(forms()),
                Label::Aux | Label::Auxpass | Label::Neg | Label::Punct | Label::Conj | Label::Cc => {}
                _ if child != at => frame.beside.extend(forms()),
                _ => {}
            }
        }
        if verb != at {
            frame.beside.extend(self.children(at).flat_map(|c| self.forms(c, at)));
        }
        let head = self.sentence.tokens[verb].head;
        let noun = |frame: &mut Frame, passive: bool| {
            let forms = self.own(head);
            if passive { frame.patient.extend(forms) } else { frame.agent.extend(forms) }
        };
        if matches!(self.label(verb), Label::Xcomp | Label::Ccomp | Label::Pcomp) {
            frame.beside.extend(self.word(head).and_then(|w| self.passage.words[w].form));
        }
        match self.label(verb) {
            Label::Relcl => noun(frame, passive),
            Label::Acl => noun(frame, self.sentence.tokens[verb].tag == Tag::Vbn),
            // "Orr sued Lee and won", "plans to close": whoever does the first does the second.
            Label::Conj | Label::Xcomp | Label::Advcl if !subject && head != verb => {
                let above: Vec<usize> =
                    self.children(head).filter(|&c| matches!(self.label(c), Label::Nsubj | Label::Nsubjpass)).collect();
                for child in above {
                    let forms = self.forms(child, at);
                    if passive { frame.patient.extend(forms) } else { frame.agent.extend(forms) }
                }
            }
            _ => {}
        }
    }

    /// The forms under a token, those under another act left out.
    fn forms(&self, top: usize, act: usize) -> Vec<u32> {
        let range = self.sentence.subtree(top);
        range
            .filter(|&t| t != act)
            .filter_map(|t| self.word(t))
            .filter_map(|w| self.passage.words[w].form)
            .take(MOST)
            .collect()
    }

    /// The forms of a noun and what stands right before it.
    fn own(&self, noun: usize) -> Vec<u32> {
        let mut forms: Vec<u32> = self
            .children(noun)
            .filter(|&c| matches!(self.label(c), Label::Compound | Label::Amod | Label::Poss))
            .chain([noun])
            .filter_map(|t| self.passage.words[self.word(t)?].form)
            .collect();
        forms.dedup();
        forms
    }

    /// What turns an act, on its own verb and on the verbs that it hangs on.
    fn modes(&self, verb: usize, frame: &mut Frame, depth: usize) {
        for child in self.children(verb) {
            self.mode_of(child, frame);
        }
        self.determined(verb, frame);
        let head = self.sentence.tokens[verb].head;
        if head == verb || depth > 3 {
            return;
        }
        match self.label(verb) {
            Label::Xcomp => {
                self.governed(head, frame);
                self.modes(head, frame, depth + 1);
            }
            Label::Ccomp => self.governed(head, frame),
            Label::Pcomp | Label::Pobj => {
                if matches!(self.folded(head), "without" | "of" | "from" | "against") {
                    self.under_preposition(head, frame);
                }
            }
            // "May close or sell": the second shares the first one's helper.
            Label::Conj => {
                let own = self
                    .children(verb)
                    .any(|c| matches!(self.label(c), Label::Aux | Label::Auxpass | Label::Nsubj | Label::Nsubjpass));
                let base = matches!(self.sentence.tokens[verb].tag, Tag::Vb | Tag::Vbn | Tag::Vbg);
                if !own && base {
                    self.modes(head, frame, depth + 1);
                }
            }
            Label::Advcl if self.folded(verb) == "if" => frame.supposed = true,
            Label::Acl => self.under_noun(head, frame),
            _ => {}
        }
    }

    fn mode_of(&self, child: usize, frame: &mut Frame) {
        let grades = self.grades(child);
        let word = self.word(child).unwrap_or(frame.at);
        match self.label(child) {
            Label::Neg => flip(frame, word),
            Label::Aux => {
                for grade in [Grade::Possible, Grade::Would, Grade::Must] {
                    if grades.has(grade) && self.sentence.tokens[child].tag == Tag::Md && self.folded(child) != "can" {
                        frame.unsure.get_or_insert((grade, word));
                    }
                }
                if grades.has(Grade::Will) || matches!(self.folded(child), "ll" | "wo") {
                    frame.ahead.get_or_insert((Grade::Will, word));
                }
            }
            Label::Advmod => {
                for grade in [Grade::Possible, Grade::Likely, Grade::Seeming, Grade::Said] {
                    if grades.has(grade) {
                        frame.unsure.get_or_insert((grade, word));
                    }
                }
                if grades.has(Grade::Not) {
                    flip(frame, word);
                }
                if grades.has(Grade::Weak) || grades.has(Grade::Only) {
                    frame.murky = true;
                }
            }
            Label::Mark => match self.folded(child) {
                "if" | "unless" | "whether" => {
                    frame.supposed = true;
                    frame.unsure.get_or_insert((Grade::Open, word));
                }
                "before" | "until" => frame.supposed = true,
                _ => {}
            },
            Label::Preconj => frame.murky = true,
            _ => {}
        }
    }

    /// "No survivors were found", "nobody called".
    fn determined(&self, verb: usize, frame: &mut Frame) {
        let part = |c: &usize| matches!(self.label(*c), Label::Nsubj | Label::Nsubjpass | Label::Dobj | Label::Attr);
        for part in self.children(verb).filter(part) {
            let word = self.word(part).unwrap_or(frame.at);
            if matches!(self.folded(part), "nobody" | "none" | "nothing" | "neither") {
                flip(frame, word);
                continue;
            }
            let no = |c: &usize| matches!(self.folded(*c), "no" | "neither");
            if let Some(no) = self.children(part).find(no) {
                flip(frame, self.word(no).unwrap_or(word));
            }
        }
    }

    /// The verb that governs: "refused to close", "plans to close", "appears to close", "denied that it closed".
    fn governed(&self, head: usize, frame: &mut Frame) {
        let word = self.word(head).unwrap_or(frame.at);
        let verb = self.folded(head);
        let grades = self.grades(head);
        if REFUSALS.contains(&verb) {
            flip(frame, word);
        }
        for grade in [Grade::Seeming, Grade::Likely, Grade::Said, Grade::Hoped, Grade::Open] {
            if grades.has(grade) {
                frame.unsure.get_or_insert((grade, word));
            }
        }
        for grade in [Grade::Set, Grade::Plan, Grade::Try] {
            if grades.has(grade) {
                frame.ahead.get_or_insert((grade, word));
            }
        }
        if matches!(verb, "going" | "due" | "set" | "scheduled" | "about") {
            frame.ahead.get_or_insert((Grade::Set, word));
        }
    }

    /// "Without closing", "instead of closing", "stopped them from closing".
    fn under_preposition(&self, preposition: usize, frame: &mut Frame) {
        let word = self.word(preposition).unwrap_or(frame.at);
        let before = word.checked_sub(1).map_or("", |w| self.passage.words[w].folded.as_str());
        match (before, self.folded(preposition)) {
            (_, "without") | ("instead", "of") => flip(frame, word),
            (_, "from") => flip(frame, word),
            (_, "against") => frame.murky = true,
            ("accused" | "suspected", "of") => {
                frame.unsure.get_or_insert((Grade::Said, word.saturating_sub(1)));
            }
            _ => {
                if self.grades_before(word).has(Grade::Said) {
                    frame.unsure.get_or_insert((Grade::Said, word.saturating_sub(1)));
                }
            }
        }
    }

    fn grades_before(&self, word: usize) -> Grades {
        grades(self.operators, word.saturating_sub(3), word)
    }

    /// "The plan to close", "the allegation that it closed".
    fn under_noun(&self, noun: usize, frame: &mut Frame) {
        let grades = self.grades(noun);
        let word = self.word(noun).unwrap_or(frame.at);
        for grade in [Grade::Possible, Grade::Likely, Grade::Seeming, Grade::Said, Grade::Hoped] {
            if grades.has(grade) {
                frame.unsure.get_or_insert((grade, word));
            }
        }
        for grade in [Grade::Plan, Grade::Try] {
            if grades.has(grade) {
                frame.ahead.get_or_insert((grade, word));
            }
        }
        if matches!(self.folded(noun), "refusal" | "failure" | "denial") {
            flip(frame, word);
        }
    }
}

/// More words under one part of a sentence tell of other things.
const MOST: usize = 8;

/// Verbs that deny the act that hangs on them.
const REFUSALS: &[&str] = &[
    "refused",
    "refuses",
    "refuse",
    "refusing",
    "failed",
    "fails",
    "fail",
    "failing",
    "declined",
    "declines",
    "decline",
    "declining",
    "denied",
    "denies",
    "deny",
    "denying",
    "unable",
    "neglected",
    "stopped",
    "avoided",
    "avoid",
    "doubts",
    "doubted",
    "unwilling",
    "disputed",
    "disputes",
    "forgot",
];

fn flip(frame: &mut Frame, word: usize) {
    frame.denied = match frame.denied {
        None => Some(word),
        Some(_) => None,
    };
}
