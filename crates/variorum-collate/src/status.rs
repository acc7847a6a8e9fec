//! Whether something is planned, was held, or was called off.

use crate::lexicon::{Class, Cue, lexicon};
use crate::witness::Passage;

/// How far an act has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Status {
    /// It lies ahead.
    Planned,
    /// It happened.
    Held,
    /// It will not happen, or not yet.
    Cancelled,
}

impl Status {
    /// Returns the word that readings are compared by.
    pub fn word(self) -> &'static str {
        match self {
            Status::Planned => "planned",
            Status::Held => "held",
            Status::Cancelled => "cancelled",
        }
    }
}

/// How far before an act its tense may stand, in words.
const REACH: usize = 5;

/// Returns the status of the act that a word names; none where the word is no act or its tense is unclear.
pub(crate) fn status(passage: &Passage, at: usize) -> Option<Status> {
    let token = &passage.words[at];
    token.form?;
    if !matches!(lexicon().class(&token.folded), Class::Act | Class::Toll) {
        return None;
    }
    let folded = passage.folded();
    let from = at.saturating_sub(REACH);
    let cues = lexicon().cues(&folded[from..(at + 4).min(folded.len())]);
    let before = |wanted: Cue| cues.iter().any(|(cue, place, length)| *cue == wanted && from + place + length <= at);
    if before(Cue::Negation) || before(Cue::Hedge) && !before(Cue::Planned) {
        return None;
    }
    // "The meeting was called off": the cue follows the noun.
    let after = cues.iter().any(|(cue, place, _)| *cue == Cue::Cancelled && from + place > at);
    if after && token.folded.ends_with("ing") {
        return Some(Status::Cancelled);
    }
    if before(Cue::Planned) {
        return Some(Status::Planned);
    }
    // "Stays closed", "is to be opened": a participle after these tells a state or a wish, not that it happened.
    let state = at > 0
        && matches!(folded[at - 1], "stay" | "stays" | "remain" | "remains" | "is" | "are" | "be" | "being" | "to");
    (is_past(&token.folded) && !state).then_some(Status::Held)
}

/// "Visited", "met": a past form tells that it happened; a participle after "to be" would have met a planning cue.
fn is_past(folded: &str) -> bool {
    folded.ends_with("ed") && folded.len() > 4
        || matches!(
            folded,
            "met"
                | "won"
                | "lost"
                | "began"
                | "quit"
                | "fell"
                | "rose"
                | "bought"
                | "sold"
                | "paid"
                | "sent"
                | "found"
                | "fled"
                | "struck"
        )
}
