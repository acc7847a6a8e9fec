//! Coarse tags: of a Penn tag, of a tag and a word, and of what a token is to its neighbours.

use rustc_hash::FxHashMap;

use crate::labels::{Coarse, Label, Tag};

/// The rows of `data/coarse.tsv`.
pub struct CoarseTags {
    of_tag: FxHashMap<Tag, Coarse>,
    of_word: FxHashMap<&'static str, Vec<(Tag, Coarse)>>,
    longest: usize,
}

impl CoarseTags {
    /// Reads `data/coarse.tsv`.
    pub fn new() -> Self {
        let mut tags = Self { of_tag: FxHashMap::default(), of_word: FxHashMap::default(), longest: 0 };
        for line in include_str!("../data/coarse.tsv").lines() {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().expect("a row has three cells");
            let (tag, word, coarse) = (cell(), cell(), cell());
            // The table also knows tags that this network does not give.
            let Some(tag) = Tag::named(tag) else { continue };
            let coarse = Coarse::named(coarse).expect("every coarse tag is known");
            if word.is_empty() {
                tags.of_tag.insert(tag, coarse);
            } else {
                tags.longest = tags.longest.max(word.len());
                tags.of_word.entry(word).or_default().push((tag, coarse));
            }
        }
        tags
    }

    /// Returns the coarse tag of a token that is not white space, given its word, its tag, its label and the label of the token before.
    pub fn of(&self, word: &str, tag: Tag, label: Label, before: Option<Label>) -> Coarse {
        // The tagger may take a word for white space; the table has no say then.
        if tag == Tag::Sp {
            return Coarse::Other;
        }
        let short = word.len() <= self.longest;
        let lower = if short { word.to_lowercase() } else { String::new() };
        if before == Some(Label::Expl) && ["is", "are", "was", "were", "'s", "'re"].contains(&lower.as_str()) {
            return Coarse::Verb;
        }
        match (tag, label) {
            (Tag::Dt | Tag::Wdt, Label::Det | Label::Quantmod) => {}
            (Tag::Dt | Tag::Wdt, _) => return Coarse::Pronoun,
            (Tag::In, Label::Mark) => return Coarse::Subordinator,
            (Tag::Cc, Label::Advmod) if lower == "but" => return Coarse::Adverb,
            _ => {}
        }
        let is_main =
            matches!(label, Label::Root | Label::Advcl | Label::Ccomp | Label::Conj | Label::Relcl | Label::Xcomp);
        if is_main && ["do", "does", "did", "'d", "have", "has", "had"].contains(&lower.as_str()) {
            return Coarse::Verb;
        }
        if tag != Tag::To && matches!(label, Label::Aux | Label::Auxpass) {
            return Coarse::Auxiliary;
        }
        let row = self.of_word.get(lower.as_str()).and_then(|rows| rows.iter().rev().find(|(of, _)| *of == tag));
        row.map(|(_, coarse)| *coarse).or_else(|| self.of_tag.get(&tag).copied()).unwrap_or(Coarse::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_labels_come_before_tags() {
        let tags = CoarseTags::new();
        let check = |word, tag, label, expected| assert_eq!(tags.of(word, tag, label, None), expected, "{word}");
        check("ferry", Tag::Nn, Label::Nsubj, Coarse::Noun);
        check("Everyone", Tag::Nn, Label::Nsubj, Coarse::Pronoun);
        check("had", Tag::Vbd, Label::Aux, Coarse::Auxiliary);
        check("had", Tag::Vbd, Label::Root, Coarse::Verb);
        check("That", Tag::Dt, Label::Nsubj, Coarse::Pronoun);
        check("that", Tag::In, Label::Mark, Coarse::Subordinator);
        assert_eq!(tags.of("was", Tag::Vbd, Label::Root, Some(Label::Expl)), Coarse::Verb);
    }
}
