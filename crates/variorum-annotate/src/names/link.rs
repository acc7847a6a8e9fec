//! Which mentions bear one name: full names, surnames, acronyms, shortened names.

use rustc_hash::FxHashMap;
use variorum_news::NameKind;

use super::kinds::{Candidate, Trust, phrase};
use super::lexicon::{Class, class, country};
use super::tokens::Token;

/// One bearer: the candidates that name it, by index.
#[derive(Debug)]
pub(super) struct Bearer {
    /// Its mentions.
    pub mentions: Vec<usize>,
    /// What it is.
    pub kind: NameKind,
}

/// Returns the bearers in order of first mention; weak candidates that nothing bears out belong to none.
pub(super) fn link(tokens: &[Token], candidates: &[Candidate]) -> Vec<Bearer> {
    let forms: Vec<String> = candidates.iter().map(|c| phrase(&tokens[c.tokens.clone()])).collect();
    let known = Known::read(tokens, candidates, &forms);
    let mut by_form: FxHashMap<&str, usize> = FxHashMap::default();
    let mut bearers: Vec<Bearer> = Vec::new();
    for (at, form) in forms.iter().enumerate() {
        let full = known.fullest(form);
        let Some(&(kind, trust)) = known.kinds.get(full) else { continue };
        if trust == Trust::Weak {
            continue;
        }
        // "Britain" and "the United Kingdom" are one country.
        let one = if kind == NameKind::Place { country(full).unwrap_or(full) } else { full };
        let bearer = *by_form.entry(one).or_insert_with(|| {
            bearers.push(Bearer { mentions: Vec::new(), kind });
            bearers.len() - 1
        });
        bearers[bearer].mentions.push(at);
    }
    bearers
}

/// What the whole report tells of its names.
struct Known<'a> {
    /// The surest kind of every form.
    kinds: FxHashMap<&'a str, (NameKind, Trust)>,
    /// The fuller form that a shorter one stands for; empty where two fuller forms claim it.
    fuller: FxHashMap<&'a str, &'a str>,
}

impl<'a> Known<'a> {
    fn read(tokens: &'a [Token], candidates: &[Candidate], forms: &'a [String]) -> Self {
        let mut known = Known { kinds: FxHashMap::default(), fuller: FxHashMap::default() };
        for (candidate, form) in candidates.iter().zip(forms) {
            let kind = known.kinds.entry(form).or_insert((candidate.kind, candidate.trust));
            if candidate.trust > kind.1 {
                *kind = (candidate.kind, candidate.trust);
            }
        }
        for (candidate, form) in candidates.iter().zip(forms) {
            let words = &tokens[candidate.tokens.clone()];
            match known.kinds[form.as_str()].0 {
                NameKind::Person => known.learn_person(words, form),
                NameKind::Organisation | NameKind::Place | NameKind::Work | NameKind::Event => {
                    known.learn_body(words, form);
                }
                NameKind::Other => {}
            }
        }
        for pair in candidates.windows(2).zip(forms.windows(2)) {
            known.learn_bracket(tokens, pair.0, pair.1);
        }
        known
    }

    /// "Orr" and "Ada" stand for "Ada Orr", "van Dyk" for "Jan van Dyk".
    fn learn_person(&mut self, words: &[Token<'a>], form: &'a str) {
        let n = words.len();
        if n < 2 {
            return;
        }
        let suffixed = matches!(&*words[n - 1].low, "jr" | "sr" | "ii" | "iii") && n > 2;
        let family = if suffixed { n - 2 } else { n - 1 };
        let mut from: usize = words[..family].iter().map(|w| w.low.len() + 1).sum();
        self.claim(&form[from..from + words[family].low.len()], form);
        let mut start = family;
        while start > 1 {
            start -= 1;
            from -= words[start].low.len() + 1;
            self.claim(&form[from..], form);
        }
        if class(words[0].text).is(Class::GIVEN) {
            self.claim(&form[..words[0].low.len()], form);
        }
    }

    /// "Orr Bank" may go on as "Orr".
    fn learn_body(&mut self, words: &[Token<'a>], form: &'a str) {
        let n = words.len();
        if n < 2 || !words[n - 1].class.is(Class::HEAD) {
            return;
        }
        let short = &form[..form.len() - words[n - 1].low.len() - 1];
        if !class(short).is(Class::PLACE | Class::PEOPLE | Class::STARTER) {
            self.claim(short, form);
        }
    }

    /// "Harbour Safety Board (HSB)": the letters in brackets stand for the words before them.
    fn learn_bracket(&mut self, tokens: &[Token], pair: &[Candidate], forms: &'a [String]) {
        let (long, short) = (&pair[0], &pair[1]);
        let follows = long.tokens.end == short.tokens.start && tokens[short.tokens.start].gap == " (";
        if !follows || short.tokens.len() != 1 || long.tokens.len() < 2 || !tokens[short.tokens.start].upper {
            return;
        }
        let initial = forms[1].chars().next();
        if tokens[long.tokens.clone()].iter().any(|t| t.low.chars().next() == initial) {
            self.fuller.insert(&forms[1], &forms[0]);
        }
    }

    fn claim(&mut self, short: &'a str, full: &'a str) {
        self.fuller
            .entry(short)
            .and_modify(|claimed| {
                // "Ada Orr" and "Ada Maria Orr" are one; "Ada Orr" and "Ben Orr" are two, and then "Orr" is neither for sure.
                if *claimed != full {
                    *claimed = longer_or_none(claimed, full);
                }
            })
            .or_insert(full);
    }

    /// Returns the fullest form that a form stands for.
    fn fullest(&self, form: &'a str) -> &'a str {
        let mut full = form;
        // A form stands for a longer one, so the chain is short; three steps join acronym, short and full form.
        for _ in 0..3 {
            match self.fuller.get(full) {
                Some(&next) if !next.is_empty() && next != full && self.fits(full, next) => full = next,
                _ => break,
            }
        }
        full
    }

    /// A surname takes the kind of its full name, unless the word alone is surely something else.
    fn fits(&self, short: &str, full: &str) -> bool {
        let Some(&(kind, trust)) = self.kinds.get(short) else { return true };
        let same = self.kinds.get(full).is_some_and(|full| full.0 == kind);
        same || trust < Trust::Known
    }
}

fn longer_or_none<'a>(one: &'a str, other: &'a str) -> &'a str {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut words = long.split(' ');
    if !short.is_empty() && short.split(' ').all(|word| words.any(|w| w == word)) { long } else { "" }
}
