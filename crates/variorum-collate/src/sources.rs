//! The sources that a rewrite is held against, as one place to look things up.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_lexicon::Relation;
use variorum_text::{fold, words};

use crate::align::{Place, likeness};
use crate::drift::name::known::other_names;
use crate::drift::prints::{Prints, PrintsOnce};
use crate::drift::slots::{Slots, SlotsOnce};
use crate::evidence::Evidence;
use crate::verdict::Judgement;
use crate::witness::{Forms, Passage, Token, Witness};

/// The sources of one rewrite.
#[derive(Debug)]
pub(crate) struct Sources<'a, 'r> {
    /// All witnesses; `which` says which of them are sources.
    pub witnesses: &'a [Witness<'r>],
    which: &'a [usize],
    pub forms: &'a Forms,
    held: FxHashSet<u32>,
    /// The numbers of its words in the lexicon.
    numbers: FxHashSet<u64>,
    stumps: FxHashSet<String>,
    folded: FxHashSet<&'a str>,
    acronyms: FxHashSet<String>,
    running: Vec<String>,
    index: FxHashMap<u32, Vec<Place>>,
    weights: &'a [f64],
    slots: SlotsOnce,
    prints: PrintsOnce,
}

/// How well the sources bear a passage out.
#[derive(Debug, Clone)]
pub(crate) struct Support {
    /// The likest passages of the sources, best first.
    pub best: Vec<(Place, f64)>,
    /// What they hold of it, word by word.
    pub evidence: Evidence,
    /// What that says.
    pub judgement: Judgement,
}

/// Capitalised words of one root are compared by their first letters ("Peru", "Peruvian").
const STUMP: usize = 5;
/// A form that more passages hold finds none of them.
const MOST_IN_LIST: usize = 400;
/// So many of the passages that share most words are compared, and so many are kept.
const MOST_COMPARED: usize = 16;
const MOST_NAMED: usize = 6;

impl<'a, 'r> Sources<'a, 'r> {
    /// Indexes the sources once for many look-ups.
    pub fn new(witnesses: &'a [Witness<'r>], which: &'a [usize], forms: &'a Forms) -> Self {
        let mut sources = Sources {
            witnesses,
            which,
            forms,
            held: FxHashSet::default(),
            numbers: FxHashSet::default(),
            stumps: FxHashSet::default(),
            folded: FxHashSet::default(),
            acronyms: FxHashSet::default(),
            running: Vec::new(),
            index: FxHashMap::default(),
            weights: forms.weights(),
            slots: SlotsOnce::new(),
            prints: PrintsOnce::new(),
        };
        for &w in which {
            let witness = &witnesses[w];
            let mut running = String::from(" ");
            for (p, passage) in witness.passages.iter().enumerate() {
                for &form in &passage.forms {
                    sources.index.entry(form).or_default().push(Place { witness: w, passage: p });
                    sources.held.insert(form);
                }
                for token in &passage.words {
                    running.push_str(&token.folded);
                    running.push(' ');
                    sources.folded.insert(&token.folded);
                    sources.numbers.insert(token.word.number());
                    if token.capital {
                        sources.stumps.extend(stump(&token.folded));
                    }
                }
            }
            sources.acronyms.extend(acronyms(&witness.report.text));
            if let Some(title) = &witness.report.title {
                words(title)
                    .iter()
                    .filter(|w| w.is_capitalised())
                    .for_each(|w| sources.stumps.extend(stump(&fold(w.text))));
            }
            sources.running.push(running);
        }
        sources
    }

    /// Returns the names and numbers of the sources, read when they are first asked for.
    pub fn slots(&self) -> &Slots {
        self.slots.get_or_init(|| Slots::new(self))
    }

    /// Returns the words of the sources as quotes are held against them, read when a quote first asks.
    pub fn printed(&self) -> &Prints {
        self.prints.get_or_init(|| Prints::new(self))
    }

    /// Returns the passages of the sources, in order.
    pub fn passages(&self) -> impl Iterator<Item = (Place, &Passage)> {
        self.which.iter().flat_map(move |&w| {
            self.witnesses[w]
                .passages
                .iter()
                .enumerate()
                .map(move |(p, passage)| (Place { witness: w, passage: p }, passage))
        })
    }

    /// Returns the passages that hold a form, in order.
    pub fn holding(&self, form: u32) -> &[Place] {
        self.index.get(&form).map_or(&[], Vec::as_slice)
    }

    /// Returns where a passage stands in the order of the sources.
    pub fn rank(&self, place: Place) -> (usize, usize) {
        (self.which.iter().position(|&w| w == place.witness).unwrap_or(usize::MAX), place.passage)
    }

    /// Returns the passage at a place.
    pub fn at(&self, place: Place) -> (&Witness<'r>, &Passage) {
        let witness = &self.witnesses[place.witness];
        (witness, &witness.passages[place.passage])
    }

    /// Returns the passage at a place, if there is one.
    pub fn passage(&self, place: Place) -> Option<&Passage> {
        self.witnesses[place.witness].passages.get(place.passage)
    }

    /// Tells whether a word, another form of it or another word of its root stands in the sources.
    pub fn has(&self, token: &Token) -> bool {
        token.form.is_none_or(|form| self.held.contains(&form))
            || self.folded.contains(token.folded.as_str())
            || token.word.related(Relation::Derived).any(|(number, _)| self.numbers.contains(&number))
            || (token.capital && stump(&token.folded).is_some_and(|s| self.stumps.contains(&s)))
            || (token.capital && self.acronyms.contains(&token.folded))
            || (token.capital && other_names(&token.folded).any(|name| self.folded.contains(name)))
            // "Two A350-900s" are of the type A350-900.
            || token.digit && token.folded.strip_suffix('s').is_some_and(|one| self.folded.contains(one))
            || token.folded.contains('-') && token.folded.split('-').all(|part| self.folded.contains(part))
    }

    /// Tells whether a folded word stands in the sources, as it is or as an acronym.
    pub fn has_word(&self, folded: &str) -> bool {
        self.folded.contains(folded)
            || self.acronyms.contains(folded)
            || stump(folded).is_some_and(|s| self.stumps.contains(&s))
    }

    /// Tells whether a folded word stands in the sources as it is.
    pub fn prints(&self, folded: &str) -> bool {
        self.folded.contains(folded)
    }

    /// Tells whether a run of words stands in a source, whatever its marks and case.
    pub fn says(&self, quoted: &str) -> bool {
        let run: Vec<String> = words(quoted).iter().map(|w| fold(w.text)).collect();
        self.says_words(&run.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Tells whether folded words stand in a source in a row.
    pub fn says_words(&self, run: &[&str]) -> bool {
        // Most sentences of a rewrite have a word of their own, and a look through whole texts is spared.
        if !run.iter().all(|word| self.folded.contains(word)) {
            return false;
        }
        let run = format!(" {} ", run.join(" "));
        self.running.iter().any(|running| running.contains(&run))
    }

    /// Returns the weight of a form, as `Forms::weight` does, computed once.
    pub fn weight(&self, form: u32) -> f64 {
        self.weights[form as usize]
    }

    /// Returns how well the sources bear a passage out.
    pub fn support(&self, witness: &Witness, passage: &Passage) -> Support {
        let best = self.likest(passage);
        let evidence = Evidence::new(self, witness, passage, &best);
        let judgement = Judgement::new(&evidence);
        Support { best, evidence, judgement }
    }

    /// Returns the passages that are likest, best first.
    fn likest(&self, passage: &Passage) -> Vec<(Place, f64)> {
        let mut shared: FxHashMap<Place, f64> = FxHashMap::default();
        for form in &passage.forms {
            // A word of every passage finds nothing; the rarer words of the passage do.
            for place in self.index.get(form).filter(|list| list.len() <= MOST_IN_LIST).into_iter().flatten() {
                *shared.entry(*place).or_default() += self.weight(*form);
            }
        }
        let mut ranked: Vec<(Place, f64)> = shared.into_iter().collect();
        let order = |a: &(Place, f64), b: &(Place, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if ranked.len() > MOST_COMPARED {
            ranked.select_nth_unstable_by(MOST_COMPARED, order);
            ranked.truncate(MOST_COMPARED);
        }
        for (place, score) in &mut ranked {
            *score = likeness(passage, self.at(*place).1, self.forms).score;
        }
        ranked.sort_by(order);
        ranked.truncate(MOST_NAMED);
        ranked
    }
}

fn stump(folded: &str) -> Option<String> {
    let letters: String = folded.chars().take(STUMP).collect();
    (letters.chars().count() == STUMP && letters.chars().all(char::is_alphabetic)).then_some(letters)
}

/// The initials of every run of two to six capitalised words ("World Food Agency": wfa), grammar words passed over.
fn acronyms(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for range in variorum_text::sentences(text) {
        let sentence = words(&text[range]);
        let mut initials: Vec<char> = Vec::new();
        for word in &sentence {
            if word.is_capitalised() {
                initials.extend(word.text.chars().next().into_iter().flat_map(char::to_lowercase));
                for from in initials.len().saturating_sub(6)..initials.len().saturating_sub(1) {
                    found.push(initials[from..].iter().collect());
                }
            } else if !matches!(word.text, "of" | "for" | "and" | "the" | "on" | "de") {
                initials.clear();
            }
        }
    }
    found
}
