//! Which mentions bear one name: full names, surnames, acronyms, shortened names.

use rustc_hash::{FxHashMap, FxHashSet};
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
        let mut votes: FxHashMap<&str, Votes> = FxHashMap::default();
        for (candidate, form) in candidates.iter().zip(forms) {
            votes.entry(form).or_default().add(candidate);
        }
        known.kinds = votes.into_iter().map(|(form, votes)| (form, votes.elected())).collect();
        let kinds = |form: &String| known_kind(&known.kinds, form);
        let (people, bodies): (Vec<usize>, Vec<usize>) = (0..forms.len())
            .filter(|&at| kinds(&forms[at]) != NameKind::Other)
            .partition(|&at| kinds(&forms[at]) == NameKind::Person);
        people.into_iter().for_each(|at| known.learn_person(&tokens[candidates[at].tokens.clone()], &forms[at]));
        // A person's name says more than the name of the body that bears it too, so people come first.
        let claimed: FxHashSet<&str> = known.fuller.keys().copied().collect();
        bodies
            .into_iter()
            .for_each(|at| known.learn_body(&tokens[candidates[at].tokens.clone()], &forms[at], &claimed));
        known.learn_families(tokens, candidates, forms);
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
        while start > 1 && family - start < LONGEST_FAMILY {
            start -= 1;
            from -= words[start].low.len() + 1;
            self.claim(&form[from..], form);
        }
        if class(words[0].text).is(Class::GIVEN) || words[0].class.is(Class::FAMILY_FIRST) {
            self.claim(&form[..words[0].low.len()], form);
        }
    }

    /// "Orr Bank" may go on as "Orr".
    fn learn_body(&mut self, words: &[Token<'a>], form: &'a str, claimed: &FxHashSet<&str>) {
        let n = words.len();
        if n < 2 || !words[n - 1].class.is(Class::HEAD) {
            return;
        }
        let short = &form[..form.len() - words[n - 1].low.len() - 1];
        if !class(short).is(Class::PLACE | Class::PEOPLE | Class::STARTER) && !claimed.contains(short) {
            self.claim(short, form);
        }
    }

    /// "The Orrs" are the family of "Ada Orr".
    fn learn_families(&mut self, tokens: &[Token], candidates: &[Candidate], forms: &'a [String]) {
        for (candidate, form) in candidates.iter().zip(forms) {
            let start = candidate.tokens.start;
            let article = start > 0 && tokens[start - 1].low == "the" && tokens[start].gap == " ";
            let family = form.strip_suffix('s').filter(|_| article && candidate.tokens.len() == 1);
            if let Some(&full) = family.and_then(|family| self.fuller.get(family)).filter(|full| !full.is_empty()) {
                self.fuller.entry(form).or_insert(full);
            }
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

/// No family name has more words; a line of nothing but names would claim each of its ends.
const LONGEST_FAMILY: usize = 6;

fn known_kind(kinds: &FxHashMap<&str, (NameKind, Trust)>, form: &str) -> NameKind {
    kinds.get(form).map_or(NameKind::Other, |kind| kind.0)
}

/// How many mentions of a form speak for each kind, and the surest of them.
#[derive(Default)]
struct Votes([Option<(u32, Trust)>; KINDS.len()]);

const KINDS: [NameKind; 6] =
    [NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Event, NameKind::Work, NameKind::Other];

impl Votes {
    fn add(&mut self, candidate: &Candidate) {
        let weight = match candidate.trust {
            Trust::Weak => 0,
            Trust::Guessed => 2,
            Trust::Told => 4,
            Trust::Known => 8,
        };
        let votes = &mut self.0[candidate.kind as usize];
        let (sum, trust) = votes.unwrap_or((0, Trust::Weak));
        *votes = Some((sum + weight + 2 * u32::from(candidate.sure), trust.max(candidate.trust)));
    }

    /// Returns the kind with most votes, the first of equals, and how sure its surest mention is.
    fn elected(&self) -> (NameKind, Trust) {
        let stood: Vec<_> = KINDS.into_iter().zip(self.0).filter_map(|(kind, votes)| Some((kind, votes?))).collect();
        let best = stood.into_iter().rev().max_by_key(|(_, (sum, _))| *sum);
        best.map_or((NameKind::Other, Trust::Weak), |(kind, (_, trust))| (kind, trust))
    }
}

fn longer_or_none<'a>(one: &'a str, other: &'a str) -> &'a str {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let mut words = long.split(' ');
    if !short.is_empty() && short.split(' ').all(|word| words.any(|w| w == word)) { long } else { "" }
}
