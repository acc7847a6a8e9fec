//! What a model proposes is shown only where the texts bear the proposal out, word for word.

use serde::Deserialize;
use variorum_news::{Check, Drift, DriftKind, Report, SentenceVerdict, Span, Spanner};
use variorum_text::{fold, is_stop_word, words};

/// What somebody else, a language model say, thinks of one sentence of a rewrite.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Proposal {
    /// Which sentence of the check.
    pub sentence: usize,
    /// What it thinks.
    pub verdict: ProposedVerdict,
    /// The words of the rewrite that it means.
    #[serde(default)]
    pub rewrite_words: String,
    /// The words of a source that it means.
    #[serde(default)]
    pub source_words: String,
    /// What was changed.
    #[serde(default)]
    pub kind: Option<DriftKind>,
}

/// What is thought of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProposedVerdict {
    /// The source words bear it out.
    Supported,
    /// The rewrite words say something else than the source words.
    Changed,
    /// No source says the rewrite words.
    Unsupported,
}

/// A proposal that the texts do not bear out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Which sentence of the check.
    pub sentence: usize,
    /// What does not hold.
    pub reason: &'static str,
}

/// Fewer source words than this bear out nothing.
const LEAST_WORDS: usize = 4;
/// How sure a proposed finding is said to be: its words are exact, its judgement is not ours.
const PROPOSED: f64 = 0.5;
/// A sentence that is borne out by proposal has this score at least.
const BORNE_OUT: f64 = 0.6;

/// Returns the check with the proposals that the texts confirm, and those that they do not.
///
/// Every word of a proposal must stand in the text that it is said to stand in. A sentence becomes supported only where
/// the source words hold each of its numbers and capitalised words; a change only where the two sides are unlike.
pub(crate) fn confirm(
    mut check: Check,
    rewrite: &Report,
    sources: &[&Report],
    proposals: &[Proposal],
) -> (Check, Vec<Refused>) {
    let mut refused = Vec::new();
    for proposal in proposals {
        let held = Held { proposal, rewrite, sources };
        let done = match proposal.verdict {
            ProposedVerdict::Supported => held.support(&mut check),
            ProposedVerdict::Changed => held.change(&mut check),
            ProposedVerdict::Unsupported => held.unsupported(&mut check),
        };
        if let Err(reason) = done {
            refused.push(Refused { sentence: proposal.sentence, reason });
        }
    }
    check.drift.sort_by_cached_key(|d| (d.rewrite.start, d.rewrite.end, d.kind));
    (check, refused)
}

/// A proposal and the texts that it speaks of.
struct Held<'a> {
    proposal: &'a Proposal,
    rewrite: &'a Report,
    sources: &'a [&'a Report],
}

impl Held<'_> {
    fn support(&self, check: &mut Check) -> Result<(), &'static str> {
        let sentence = self.sentence(check)?;
        let source = self.in_sources()?;
        if words(&source.text).len() < LEAST_WORDS {
            return Err("the source words are too few to bear a sentence out");
        }
        if check.drift.iter().any(|d| d.kind != DriftKind::Unsupported && d.rewrite.overlap(&sentence) > 0) {
            return Err("the sentence changes a fact of its sources");
        }
        if !hard_words(&sentence.text).iter().all(|word| folded(&source.text).contains(word)) {
            return Err("the source words lack a number or a name of the sentence");
        }
        check.drift.retain(|d| d.rewrite.overlap(&sentence) == 0);
        let judged = &mut check.sentences[self.proposal.sentence];
        judged.verdict = SentenceVerdict::Supported;
        judged.score = judged.score.max(BORNE_OUT);
        judged.proposed = true;
        judged.sources.retain(|s| *s != source);
        judged.sources.insert(0, source);
        Ok(())
    }

    fn change(&self, check: &mut Check) -> Result<(), &'static str> {
        let sentence = self.sentence(check)?;
        let (changed, source) = (self.in_sentence(&sentence)?, self.in_sources()?);
        let kind =
            self.proposal.kind.filter(|k| *k != DriftKind::Unsupported).ok_or("it does not say what was changed")?;
        if folded(&changed.text) == folded(&source.text) {
            return Err("both sides say the same words");
        }
        let explain = format!("a model proposes: the source says “{}”", source.text);
        self.add(
            check,
            Drift { kind, rewrite: changed, source: Some(source), explain, confidence: PROPOSED, proposed: true },
        );
        Ok(())
    }

    fn unsupported(&self, check: &mut Check) -> Result<(), &'static str> {
        let sentence = self.sentence(check)?;
        let added = self.in_sentence(&sentence)?;
        let content: Vec<String> = folded(&added.text).into_iter().filter(|w| !is_stop_word(w)).collect();
        let printed = |word: &String| self.sources.iter().any(|source| folded(&source.text).contains(word));
        if content.iter().all(printed) {
            return Err("the sources print every one of these words");
        }
        let explain = "a model proposes: no source says this".to_owned();
        let kind = DriftKind::Unsupported;
        self.add(check, Drift { kind, rewrite: added, source: None, explain, confidence: PROPOSED, proposed: true });
        Ok(())
    }

    /// Adds a finding where none of ours stands.
    fn add(&self, check: &mut Check, drift: Drift) {
        if check.drift.iter().any(|d| d.rewrite.overlap(&drift.rewrite) > 0) {
            return;
        }
        let judged = &mut check.sentences[self.proposal.sentence];
        if judged.verdict == SentenceVerdict::Supported {
            let unsupported = drift.kind == DriftKind::Unsupported;
            judged.verdict = if unsupported { SentenceVerdict::Unsupported } else { SentenceVerdict::Drifted };
            judged.proposed = true;
        }
        check.drift.push(drift);
    }

    fn sentence(&self, check: &Check) -> Result<Span, &'static str> {
        check.sentences.get(self.proposal.sentence).map(|s| s.span.clone()).ok_or("there is no such sentence")
    }

    fn in_sentence(&self, sentence: &Span) -> Result<Span, &'static str> {
        let spanner = Spanner::new(&self.rewrite.id, &self.rewrite.text);
        let bytes = spanner.bytes(sentence);
        let quoted = self.proposal.rewrite_words.trim();
        let at = find(&self.rewrite.text[bytes.clone()], quoted).ok_or("the rewrite does not print these words")?;
        Ok(spanner.span(bytes.start + at..bytes.start + at + quoted.len()))
    }

    fn in_sources(&self) -> Result<Span, &'static str> {
        let quoted = self.proposal.source_words.trim();
        self.sources
            .iter()
            .find_map(|source| {
                let at = find(&source.text, quoted)?;
                Some(Spanner::new(&source.id, &source.text).span(at..at + quoted.len()))
            })
            .ok_or("no source prints these words")
    }
}

/// Whole words only: a proposal may not cut "12" out of "120".
fn find(text: &str, quoted: &str) -> Option<usize> {
    let (first, last) = (quoted.chars().next()?, quoted.chars().next_back()?);
    let joins = |a: Option<char>, b: char| a.is_some_and(char::is_alphanumeric) && b.is_alphanumeric();
    text.match_indices(quoted).map(|(at, _)| at).find(|&at| {
        let (before, after) = (text[..at].chars().next_back(), text[at + quoted.len()..].chars().next());
        !joins(before, first) && !joins(after, last)
    })
}

fn folded(text: &str) -> Vec<String> {
    words(text).iter().map(|w| fold(w.text)).collect()
}

/// The numbers of a sentence, and its capitalised words but for the first.
fn hard_words(sentence: &str) -> Vec<String> {
    let is_hard = |(at, word): &(usize, variorum_text::Word)| word.has_digit() || (*at > 0 && word.is_capitalised());
    words(sentence).into_iter().enumerate().filter(is_hard).map(|(_, w)| fold(w.text)).collect()
}

#[cfg(test)]
mod tests {
    use variorum_news::{Check, DriftKind, Report, SentenceVerdict};

    use super::{Proposal, ProposedVerdict, confirm};

    const SOURCE: &str = "The council of Lenz shut the old ferry landing on Monday. Ada Orr spoke for 40 minutes.";

    /// Confirms one proposal for a rewrite of one sentence that nothing bears out so far.
    fn confirmed(rewrite: &str, verdict: ProposedVerdict, said: &str, source: &str) -> Result<Check, &'static str> {
        let source_report = Report::of_text("source-1", SOURCE);
        let rewrite_report = Report::of_text("rewrite", rewrite);
        let spanner = variorum_news::Spanner::new(&rewrite_report.id, rewrite);
        let sentence = variorum_news::CheckedSentence {
            span: spanner.span(0..rewrite.len()),
            verdict: SentenceVerdict::Unsupported,
            score: 0.2,
            sources: Vec::new(),
            proposed: false,
        };
        let check = Check {
            id: None,
            rewrite: rewrite.to_owned(),
            sources: vec![SOURCE.to_owned()],
            sentences: vec![sentence],
            drift: Vec::new(),
            faithful: 0.2,
        };
        let kind = Some(DriftKind::Figure);
        let proposal =
            Proposal { sentence: 0, verdict, rewrite_words: said.to_owned(), source_words: source.to_owned(), kind };
        let (check, refused) = confirm(check, &rewrite_report, &[&source_report], &[proposal]);
        refused.first().map_or(Ok(check), |r| Err(r.reason))
    }

    #[test]
    fn words_that_stand_in_the_source_bear_a_sentence_out() {
        let check = confirmed(
            "The pier was closed by the town.",
            ProposedVerdict::Supported,
            "",
            "The council of Lenz shut the old ferry landing",
        );
        let check = check.unwrap();
        assert!(check.sentences[0].verdict == SentenceVerdict::Supported && check.sentences[0].proposed);
    }

    #[test]
    fn invented_source_words_are_refused() {
        let check =
            confirmed("The pier was closed.", ProposedVerdict::Supported, "", "The council closed the pier today");
        assert_eq!(check, Err("no source prints these words"));
    }

    #[test]
    fn a_name_that_the_source_words_lack_is_refused() {
        let check = confirmed(
            "The pier was closed by Ben Lee.",
            ProposedVerdict::Supported,
            "",
            "The council of Lenz shut the old ferry landing",
        );
        assert_eq!(check, Err("the source words lack a number or a name of the sentence"));
    }

    #[test]
    fn a_change_carries_the_words_of_both() {
        let check =
            confirmed("She spoke for 45 minutes.", ProposedVerdict::Changed, "45 minutes", "40 minutes").unwrap();
        assert_eq!(check.drift[0].source.as_ref().map(|s| s.text.as_str()), Some("40 minutes"));
        let cut = confirmed("She spoke for 45 minutes.", ProposedVerdict::Changed, "5 minutes", "40 minutes");
        assert_eq!(cut, Err("the rewrite does not print these words"));
    }

    #[test]
    fn what_the_sources_print_is_not_unsupported() {
        let check = confirmed("Ada Orr shut the landing.", ProposedVerdict::Unsupported, "shut the landing", "");
        assert_eq!(check, Err("the sources print every one of these words"));
        let check = confirmed("Ada Orr wept.", ProposedVerdict::Unsupported, "wept", "").unwrap();
        assert_eq!(check.drift[0].kind, DriftKind::Unsupported);
    }
}
