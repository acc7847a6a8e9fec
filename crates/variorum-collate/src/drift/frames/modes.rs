//! What turns an act: denied, unsure, ahead, supposed.

use variorum_syntax::{Label, Tag};

use super::{Frame, Tree};
use crate::drift::operators::{Grade, Grades, grades};
use crate::word_lists::{List, listed};

impl Tree<'_> {
    /// What turns an act, on its own verb and on the verbs that it hangs on.
    pub(super) fn modes(&self, verb: usize, frame: &mut Frame, depth: usize) {
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
            // "Plans that it close" is rare; "said that it is to close" is not planning to say.
            Label::Ccomp => {
                let ahead = frame.ahead;
                self.governed(head, frame);
                frame.ahead = ahead;
            }
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

    pub(super) fn mode_of(&self, child: usize, frame: &mut Frame) {
        let grades = self.grades(child);
        let word = self.word(child).unwrap_or(frame.at);
        match self.label(child) {
            Label::Neg => frame.flip(word),
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
                    frame.flip(word);
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
                frame.flip(word);
                continue;
            }
            let no = |c: &usize| matches!(self.folded(*c), "no" | "neither");
            if let Some(no) = self.children(part).find(no) {
                frame.flip(self.word(no).unwrap_or(word));
            }
        }
    }

    /// The verb that governs: "refused to close", "plans to close", "appears to close", "denied that it closed".
    fn governed(&self, head: usize, frame: &mut Frame) {
        let word = self.word(head).unwrap_or(frame.at);
        let verb = self.folded(head);
        let grades = self.grades(head);
        if listed(List::Refusal, verb) {
            frame.flip(word);
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
            (_, "without") | ("instead", "of") => frame.flip(word),
            (_, "from") => frame.flip(word),
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
            frame.flip(word);
        }
    }
}
