//! Who does an act, to whom, and what else stands with it.

use variorum_syntax::{Label, Tag};

use super::{Frame, Tree};

impl Tree<'_> {
    /// Who and what hangs on an act.
    pub(super) fn company(&self, verb: usize, at: usize, frame: &mut Frame) {
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
    pub(super) fn forms(&self, top: usize, act: usize) -> Vec<u32> {
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
}

/// More words under one part of a sentence tell of other things.
const MOST: usize = 8;
