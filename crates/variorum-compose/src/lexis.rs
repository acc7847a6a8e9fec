//! The content words of sentences, as numbers that can be compared fast.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_text::{fold, is_stop_word, stem, words};

/// The words seen so far, and in how many sentences each stands.
#[derive(Debug, Default)]
pub(crate) struct Lexis {
    ids: FxHashMap<String, u32>,
    stems: FxHashMap<String, u32>,
    counts: Vec<u32>,
    total: u32,
}

/// What a sentence holds: its content words, and those of them that are names or numbers; both sorted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    /// Each content word, once.
    pub words: Vec<u32>,
    /// Names and numbers among them.
    pub facts: Vec<u32>,
}

impl Lexis {
    /// Returns the content of a text, and remembers its words.
    pub fn read(&mut self, text: &str) -> Content {
        let mut content = Content::default();
        for (n, word) in words(text).iter().enumerate() {
            let Some(id) = self.id(&fold(word.text)) else { continue };
            content.words.push(id);
            if word.has_digit() || (n > 0 && word.is_capitalised()) {
                content.facts.push(id);
            }
        }
        for list in [&mut content.words, &mut content.facts] {
            list.sort_unstable();
            list.dedup();
        }
        self.total += 1;
        content.words.iter().for_each(|&id| self.counts[id as usize] += 1);
        content
    }

    /// Returns the number of a folded word's stem; none for words of grammar.
    fn id(&mut self, folded: &str) -> Option<u32> {
        if let Some(&id) = self.ids.get(folded) {
            return (id != u32::MAX).then_some(id);
        }
        let id = if is_stop_word(folded) { u32::MAX } else { self.stem_id(stem(folded)) };
        self.ids.insert(folded.to_owned(), id);
        (id != u32::MAX).then_some(id)
    }

    fn stem_id(&mut self, stem: String) -> u32 {
        let next = self.counts.len() as u32;
        let id = *self.stems.entry(stem).or_insert(next);
        if id == next {
            self.counts.push(0);
        }
        id
    }

    /// Returns what a word weighs: the fewer sentences have it, the more.
    pub fn weight(&self, id: u32) -> f64 {
        (1.0 + f64::from(self.total) / (f64::from(self.counts[id as usize]) + 0.5)).ln()
    }

    /// Returns the weight of some words.
    pub fn size(&self, words: &[u32]) -> f64 {
        words.iter().map(|&id| self.weight(id)).sum()
    }

    /// Returns the weighted share of some words that stands among others, which are sorted.
    pub fn held(&self, words: &[u32], among: &[u32]) -> f64 {
        let all = self.size(words);
        if all == 0.0 {
            return 1.0;
        }
        words.iter().filter(|id| among.binary_search(id).is_ok()).map(|&id| self.weight(id)).sum::<f64>() / all
    }

    /// Returns how alike two sentences are, from 0 to 1.
    pub fn likeness(&self, a: &Content, b: &Content) -> f64 {
        let square = |words: &[u32]| words.iter().map(|&id| self.weight(id).powi(2)).sum::<f64>();
        let both = a.words.iter().filter(|id| b.words.binary_search(id).is_ok());
        let both: f64 = both.map(|&id| self.weight(id).powi(2)).sum();
        if both == 0.0 { 0.0 } else { both / (square(&a.words) * square(&b.words)).sqrt() }
    }
}

/// Returns the words of both lists, sorted.
pub(crate) fn union(a: &[u32], b: &[u32]) -> Vec<u32> {
    let all: FxHashSet<u32> = a.iter().chain(b).copied().collect();
    let mut all: Vec<u32> = all.into_iter().collect();
    all.sort_unstable();
    all
}
