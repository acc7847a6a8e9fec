//! The words for tolls, from `data/en`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_lexicon::{is_known, is_person_noun};

/// What happened to people who are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Toll {
    /// They died.
    Killed,
    /// They were hurt and live.
    Injured,
    /// Nobody knows where they are.
    Missing,
    /// They were taken by the police.
    Arrested,
    /// They were saved.
    Rescued,
    /// They had to leave their homes.
    Displaced,
    /// They fell ill.
    Ill,
}

/// How a word tells a toll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// A verb; it is done to them.
    Object,
    /// The same, but whether it killed stands in other words.
    Weapon,
    /// A verb; it happens to them.
    Subject,
    /// An adjective.
    State,
    /// A noun for one case.
    Count,
    /// A noun for one dead.
    Body,
    /// A life, lost or claimed.
    Life,
    /// A noun for what one suffers.
    Harm,
    /// A state of some of them only.
    Part,
}

/// What a cue says of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// It is of another incident, or of a longer time.
    Past,
    /// It no longer stands.
    Revised,
    /// It did not happen.
    Unreal,
}

/// What a word is for that tells no toll by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Use {
    /// What may be broken.
    Limb,
    /// To have a wound.
    Suffer,
    /// To bring to a hospital.
    Take,
    /// A sentence with it is worth parsing.
    Parse,
}

impl Toll {
    /// Returns the plain word for it.
    pub fn word(self) -> &'static str {
        match self {
            Toll::Killed => "killed",
            Toll::Injured => "injured",
            Toll::Missing => "missing",
            Toll::Arrested => "arrested",
            Toll::Rescued => "rescued",
            Toll::Displaced => "displaced",
            Toll::Ill => "ill",
        }
    }

    /// Every toll, what a reader asks for first before the others.
    pub const ALL: [Toll; 7] =
        [Toll::Killed, Toll::Injured, Toll::Missing, Toll::Arrested, Toll::Rescued, Toll::Displaced, Toll::Ill];

    fn named(word: &str) -> Option<Self> {
        Toll::ALL.into_iter().find(|toll| toll.word() == word)
    }
}

type Cues = FxHashMap<&'static str, Vec<(Doubt, Vec<&'static str>)>>;

struct Tables {
    triggers: FxHashMap<&'static str, Vec<(Toll, Role)>>,
    cues: Cues,
    persons: FxHashMap<&'static str, u8>,
    kinds: FxHashMap<&'static str, Vec<(&'static str, &'static str)>>,
    others: FxHashSet<&'static str>,
    pairs: FxHashSet<&'static str>,
    uses: FxHashSet<(Use, &'static str)>,
}

fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(read);
    &TABLES
}

fn read() -> Tables {
    let mut triggers: FxHashMap<&str, Vec<(Toll, Role)>> = FxHashMap::default();
    for row in rows(include_str!("../../data/en/tolls.tsv")) {
        if let (Some(toll), Some(role)) = (Toll::named(row[0]), role(row[1])) {
            for word in row[2].split(' ') {
                triggers.entry(word).or_default().push((toll, role));
            }
        }
    }
    let mut cues: Cues = FxHashMap::default();
    for row in rows(include_str!("../../data/en/toll-cues.tsv")) {
        let doubt = match row[0] {
            "past" => Doubt::Past,
            "revised" => Doubt::Revised,
            _ => Doubt::Unreal,
        };
        let words: Vec<&str> = row[1].split(' ').collect();
        cues.entry(words[0]).or_default().push((doubt, words));
    }
    let mut persons = FxHashMap::default();
    for row in rows(include_str!("../../data/en/person-nouns.tsv")) {
        let many = row[0].parse().unwrap_or(0);
        row[1].split(' ').for_each(|word| {
            persons.entry(word).or_insert(many);
        });
    }
    let mut kinds: FxHashMap<&str, Vec<(&str, &str)>> = FxHashMap::default();
    for row in rows(include_str!("../../data/en/person-kinds.tsv")) {
        row[2].split(' ').for_each(|word| kinds.entry(word).or_default().push((row[0], row[1])));
    }
    let others = rows(include_str!("../../data/en/not-people.tsv")).flat_map(|row| row[0].split(' ')).collect();
    let pairs = rows(include_str!("../../data/en/toll-pairs.tsv")).flat_map(|row| row[0].split(' ')).collect();
    let uses = rows(include_str!("../../data/en/toll-words.tsv"))
        .filter_map(|row| Some((used(row[0])?, row[1])))
        .flat_map(|(used, words)| words.split(' ').map(move |word| (used, word)))
        .collect();
    Tables { triggers, cues, persons, kinds, others, pairs, uses }
}

fn used(word: &str) -> Option<Use> {
    Some(match word {
        "limb" => Use::Limb,
        "suffer" => Use::Suffer,
        "take" => Use::Take,
        "parse" => Use::Parse,
        _ => return None,
    })
}

fn role(word: &str) -> Option<Role> {
    Some(match word {
        "object" => Role::Object,
        "weapon" => Role::Weapon,
        "subject" => Role::Subject,
        "state" => Role::State,
        "count" => Role::Count,
        "body" => Role::Body,
        "life" => Role::Life,
        "harm" => Role::Harm,
        "part" => Role::Part,
        _ => return None,
    })
}

/// Tells whether the folded words of a sentence may tell a toll, so that it is worth parsing.
pub(crate) fn tells<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let mut half: Option<&str> = None;
    for word in words {
        if tables().pairs.contains(word) {
            if half.is_some_and(|other| other != word) {
                return true;
            }
            half = Some(word);
        } else if is_trigger(word) {
            return true;
        }
    }
    false
}

fn is_trigger(folded: &str) -> bool {
    tables().triggers.contains_key(folded) || is(Use::Parse, folded) || folded.starts_with("hospital")
}

/// Tells whether a lower-case word is for this.
pub(crate) fn is(used: Use, word: &str) -> bool {
    tables().uses.contains(&(used, word))
}

/// Returns what a lower-case word tells.
pub(crate) fn triggers(word: &str) -> &'static [(Toll, Role)] {
    tables().triggers.get(word).map_or(&[], Vec::as_slice)
}

/// Returns the cues that begin at a word, with their lengths.
pub(crate) fn cues(words: &[String], at: usize) -> impl Iterator<Item = (Doubt, usize)> {
    let rows = tables().cues.get(words[at].as_str()).map_or(&[][..], Vec::as_slice);
    rows.iter().filter(move |(_, cue)| fits(cue, &words[at..])).map(|(doubt, cue)| (*doubt, cue.len()))
}

fn fits(cue: &[&str], words: &[String]) -> bool {
    cue.len() <= words.len() && cue.iter().zip(words).all(|(a, b)| a == b)
}

/// Tells whether a single word is a cue of this kind.
pub(crate) fn is_cue(word: &str, doubt: Doubt) -> bool {
    tables().cues.get(word).is_some_and(|rows| rows.iter().any(|(d, cue)| *d == doubt && cue.len() == 1))
}

/// Returns how many people a noun in the singular means: none where it is no noun for people.
pub(crate) fn people_in(noun: &str) -> Option<u8> {
    if let Some(many) = tables().persons.get(noun) {
        return Some(*many);
    }
    if is_other(noun) {
        return None;
    }
    (is_person_noun(noun) || is_trade(noun)).then_some(1)
}

/// A word that no dictionary has, with an ending of those who do something: "scaffolder".
fn is_trade(noun: &str) -> bool {
    let ends = ["er", "or", "ist", "ian", "man", "woman"].iter().any(|end| noun.ends_with(end));
    ends && noun.len() > 5 && !is_known(noun)
}

/// Returns what a noun or pronoun says of a person: facets and their values.
pub(crate) fn kinds(noun: &str) -> &'static [(&'static str, &'static str)] {
    tables().kinds.get(noun).map_or(&[], Vec::as_slice)
}

/// Tells whether a noun, in the singular or the plural, counts no people.
pub(crate) fn is_other(noun: &str) -> bool {
    let single = noun.strip_suffix('s').unwrap_or(noun);
    tables().others.contains(noun)
        || tables().others.contains(single)
        || tables().others.contains(single.strip_suffix('e').unwrap_or(single))
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}
