//! Who is told of: for each word that tells a toll, the noun phrase of those it befell.

mod care;
mod deeds;
mod states;

use variorum_syntax::Tag;

use super::count::Count;
use super::grammar::Tree;
use super::vocabulary::{Role, Toll, triggers};
use care::{expected, harm, hospital, released, slightly, survived, worse};
pub(crate) use deeds::oneself;
use deeds::{done_to, fatally, gun_on, happens, weapon};
use states::{all_well, body, case, fights, life, nth, state, third_dead, to_death};

/// A toll, who it befell, and the word that says so.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub toll: Toll,
    pub who: usize,
    pub at: usize,
    pub weak: bool,
    pub count: Option<Count>,
    pub whole: bool,
    pub part: bool,
    pub also: bool,
    /// One or some of those who were hit ("two of them fatally").
    pub among: bool,
    /// The words say that they live, or lived then ("in stable condition").
    pub lives: bool,
    /// A hospital took them in or treats them.
    pub care: bool,
    /// They have a wound, of which one may die.
    pub wound: bool,
    /// A negation that stands there has been read ("did not survive").
    pub read: bool,
}

impl Said {
    pub fn of(toll: Toll, who: usize, at: usize) -> Self {
        Said {
            toll,
            who,
            at,
            weak: false,
            count: None,
            whole: false,
            part: false,
            also: false,
            among: false,
            lives: false,
            care: false,
            wound: false,
            read: false,
        }
    }
}

impl Said {
    /// Somebody who was hurt, and lives.
    fn living(who: usize, at: usize) -> Self {
        Said { weak: true, lives: true, ..Said::of(Toll::Injured, who, at) }
    }
}

/// Returns what a word of a sentence tells.
pub(crate) fn told_at(tree: &Tree, at: usize) -> Vec<Said> {
    let mut found = Vec::new();
    for &(toll, role) in triggers(tree.word(at)) {
        match role {
            Role::Object => {
                found.extend(done_to(tree, at).map(|who| Said { also: oneself(tree, at), ..Said::of(toll, who, at) }))
            }
            Role::Weapon => found.extend(weapon(tree, at)),
            Role::Subject => found.extend(happens(tree, at).map(|who| Said::of(toll, who, at))),
            Role::State => {
                found.extend(state(tree, at).map(|who| Said::of(toll, who, at)));
                found.extend(third_dead(tree, at, toll));
            }
            Role::Count => found.extend(case(tree, at, toll)),
            Role::Body => found.extend(body(tree, at)),
            Role::Life if fights(tree, at) => {
                found.extend(tree.subject(tree.verb_of(at)).map(|who| Said::living(who, at)));
            }
            Role::Life => found.extend(life(tree, at)),
            Role::Harm => found.extend(harm(tree, at).map(|who| Said {
                wound: true,
                // Of those who have a gunshot wound one may be dead.
                weak: tree.token(who).tag == Tag::Cd
                    || tree.word(at).starts_with("wound")
                    || tree.word(at) == "gunshot",
                ..Said::of(toll, who, at)
            })),
            Role::Part => found.extend(worse(tree, at)),
        }
    }
    found.extend(released(tree, at));
    if tree.word(at).starts_with("hospital") || matches!(tree.word(at), "treated" | "treating" | "recovering") {
        let stays = |verb: &str| matches!(verb, "is" | "are" | "remain" | "remains" | "remained" | "recovering");
        let lives = stays(tree.word(tree.verb_of(at)));
        found.extend(hospital(tree, at).map(|who| Said { lives, care: true, ..Said::living(who, at) }));
    }
    found.extend(slightly(tree, at));
    found.extend(survived(tree, at));
    found.extend(expected(tree, at));
    found.extend(gun_on(tree, at));
    if matches!(tree.word(at), "victim" | "person") {
        found.extend(nth(tree, at));
    }
    found.extend(all_well(tree, at));
    found.extend(to_death(tree, at));
    if tree.word(at) == "fatally" {
        found.extend(fatally(tree, at).map(|who| Said { among: true, ..Said::of(Toll::Killed, who, at) }));
    }
    found
}
