//! Who is told of: for each word that tells a toll, the noun phrase of those it befell.

use variorum_syntax::{Label, Tag};

use super::count::{Count, people};
use super::grammar::Tree;
use super::vocabulary::{Role, Toll, triggers};

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
}

impl Said {
    fn of(toll: Toll, who: usize, at: usize) -> Self {
        Said { toll, who, at, weak: false, count: None, whole: false, part: false, also: false }
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
            Role::State => found.extend(state(tree, at).map(|who| Said::of(toll, who, at))),
            Role::Count => found.extend(case(tree, at, toll)),
            Role::Body => found.extend(body(tree, at).map(|who| Said::of(toll, who, at))),
            Role::Life if fights(tree, at) => found.extend(
                tree.subject(tree.verb_of(at)).map(|who| Said { weak: true, ..Said::of(Toll::Injured, who, at) }),
            ),
            Role::Life => found.extend(life(tree, at).map(|who| Said::of(toll, who, at))),
            Role::Harm => found.extend(harm(tree, at).map(|who| Said::of(toll, who, at))),
            Role::Part => found.extend(worse(tree, at)),
        }
    }
    if tree.word(at).starts_with("hospital") || matches!(tree.word(at), "treated" | "treating" | "recovering") {
        found.extend(hospital(tree, at).map(|who| Said { weak: true, ..Said::of(Toll::Injured, who, at) }));
    }
    if matches!(tree.word(at), "victim" | "person") {
        found.extend(nth(tree, at));
    }
    found.extend(all_well(tree, at));
    if tree.word(at) == "fatally" {
        found.extend(fatally(tree, at).map(|who| Said::of(Toll::Killed, who, at)));
    }
    found
}

/// Whom a verb was done to.
fn done_to(tree: &Tree, at: usize) -> Option<usize> {
    if let Some(number) = own_number(tree, at) {
        return Some(number);
    }
    let token = tree.token(at);
    if token.label == Label::Amod && !tree.is_verb(token.head) {
        return Some(token.head);
    }
    if tree.is_passive(at) {
        return tree.subject(at);
    }
    if let Some(object) = tree.object(at) {
        // "Killed himself": the one who did it.
        return if is_reflexive(tree, object) { tree.subject(at).or(Some(object)) } else { Some(object) };
    }
    if !tree.is_verb(at) && token.coarse != variorum_syntax::Coarse::Adjective {
        return None;
    }
    match (token.tag, token.label) {
        // "Was shot and killed", "were found and arrested".
        (Tag::Vbn | Tag::Vbd, Label::Conj) => {
            if tree.is_passive(token.head) || tree.child(at, Label::Nsubj).is_some() {
                tree.subject(at)
            } else {
                tree.object(token.head).filter(|_| tree.word(token.head) != "said")
            }
        }
        (Tag::Vbn | Tag::Jj, _) => tree.subject(at),
        // "Four killed in crash" and "A man killed after a fight" have the form of the active.
        (Tag::Vbd, Label::Root | Label::Ccomp | Label::Advcl) => {
            tree.subject(at).filter(|_| tree.child(at, Label::Dative).is_none())
        }
        _ => None,
    }
}

/// Tells whether a verb is done to the one who does it.
pub(crate) fn oneself(tree: &Tree, at: usize) -> bool {
    tree.object(at).is_some_and(|o| is_reflexive(tree, o))
}

fn is_reflexive(tree: &Tree, at: usize) -> bool {
    matches!(tree.word(at), "himself" | "herself")
}

/// "40 injured", "two dead": the word is counted itself.
fn own_number(tree: &Tree, at: usize) -> Option<usize> {
    let own = tree.sentence.children(at).find(|c| *c < at && tree.token(*c).label == Label::Nummod);
    // The parser may hang the number elsewhere, but never on a noun that stands between.
    own.or_else(|| at.checked_sub(1).filter(|b| tree.token(*b).tag == Tag::Cd && tree.token(*b).head != at + 1))
}

fn happens(tree: &Tree, at: usize) -> Option<usize> {
    tree.is_verb(at).then(|| tree.subject(at)).flatten()
}

fn state(tree: &Tree, at: usize) -> Option<usize> {
    if let Some(number) = own_number(tree, at) {
        return Some(number);
    }
    let token = tree.token(at);
    if token.label == Label::Amod && !tree.is_verb(token.head) {
        return Some(token.head);
    }
    // "The dead", "the missing": some who were told of before.
    if tree.child(at, Label::Det).is_some() {
        return None;
    }
    if token.label == Label::Advmod && tree.is_verb(token.head) {
        return None;
    }
    tree.subject(at).filter(|s| *s != at)
}

/// "Shot": dead where other words say so, else hurt as far as this sentence tells.
fn weapon(tree: &Tree, at: usize) -> Option<Said> {
    let who = done_to(tree, at)?;
    if !tree.is_verb(at) {
        return None;
    }
    let near: Vec<&str> =
        tree.words[at.saturating_sub(1)..(at + 4).min(tree.words.len())].iter().map(String::as_str).collect();
    let dead = near.contains(&"fatally") || near.contains(&"dead") || near.windows(2).any(|w| w == ["to", "death"]);
    // Whoever shoots others "before killing himself" shot them dead, as such reports are written.
    let dead = dead || tree.object(at).is_some() && ends_himself(tree, at);
    if oneself(tree, at) && !dead {
        return None;
    }
    Some(if dead { Said::of(Toll::Killed, who, at) } else { Said { weak: true, ..Said::of(Toll::Injured, who, at) } })
}

/// "… before killing himself", "… then himself".
fn ends_himself(tree: &Tree, at: usize) -> bool {
    (at + 1..tree.words.len()).any(|t| {
        matches!(tree.word(t), "himself" | "herself")
            && matches!(tree.word(t - 1), "killing" | "shooting" | "killed" | "shot" | "then" | "before" | "on")
    })
}

/// "Is the fourth victim": of those who died, where the report tells of one who did.
fn nth(tree: &Tree, at: usize) -> Option<Said> {
    let predicate = matches!(tree.token(at).label, Label::Attr | Label::Appos);
    let count = ranked(tree, at).filter(|_| predicate)?;
    Some(Said { count: Some(count), also: true, ..Said::of(Toll::Killed, at, at) })
}

/// "Everyone got out alive", "all of them escaped unhurt".
fn all_well(tree: &Tree, at: usize) -> Option<Said> {
    let toll = match tree.word(at) {
        "alive" | "survived" => Toll::Killed,
        "unhurt" | "unharmed" | "uninjured" | "unscathed" => Toll::Injured,
        _ => return None,
    };
    let who = tree.subject(at).or_else(|| tree.subject(tree.verb_of(at)))?;
    let all = matches!(tree.word(who), "everyone" | "everybody" | "all")
        || tree.child(who, Label::Det).is_some_and(|d| tree.word(d) == "all");
    let tokens = (who.min(at), who.max(at) + 1);
    let none = Count { numeral: true, ..Count::of(0.0, tokens) };
    all.then_some(Said { count: Some(none), ..Said::of(toll, who, at) })
}

/// "Two deaths", "the death of a man, "no injuries", "a third fatality".
fn case(tree: &Tree, at: usize, toll: Toll) -> Option<Said> {
    let noun = matches!(tree.token(at).tag, Tag::Nn | Tag::Nns | Tag::Vbg);
    if !noun || tree.token(at).label == Label::Compound {
        return None;
    }
    // "No reports of deaths".
    let token = tree.token(at);
    if token.label == Label::Pobj && tree.word(token.head) == "of" {
        let reports = tree.token(token.head).head;
        if let Some(no) = tree.child(reports, Label::Det).filter(|d| tree.word(*d) == "no") {
            let none = Count { numeral: true, ..Count::of(0.0, (no, at + 1)) };
            return Some(Said { count: Some(none), ..Said::of(toll, at, at) });
        }
    }
    let of = tree.after(at, &["of"]).filter(|of| toll == Toll::Killed && people(tree, *of).is_some());
    if let Some(of) = of {
        return Some(Said::of(toll, of, at));
    }
    let count = case_count(tree, at)?;
    Some(Said { count: Some(count), ..Said::of(toll, at, at) })
}

fn case_count(tree: &Tree, at: usize) -> Option<Count> {
    let count = people(tree, at);
    if let Some(count) = count.filter(|c| c.numeral) {
        return Some(count);
    }
    ranked(tree, at)
}

fn ranked(tree: &Tree, at: usize) -> Option<Count> {
    let ordinal = tree.sentence.children(at).find(|c| *c < at && super::count::ordinal(tree.word(*c)).is_some())?;
    let rank = super::count::ordinal(tree.word(ordinal));
    Some(Count { more: true, rank, ..Count::of(1.0, (ordinal, at + 1)) })
}

/// "Two bodies", "the body of a man": where bodies are found, not a governing body.
fn body(tree: &Tree, at: usize) -> Option<usize> {
    let noun = matches!(tree.token(at).tag, Tag::Nn | Tag::Nns);
    if !noun {
        return None;
    }
    if let Some(of) = tree.after(at, &["of"])
        && people(tree, of).is_some()
    {
        return Some(of);
    }
    let verb = tree.verb_of(at);
    let found = matches!(
        tree.word(verb),
        "brought"
            | "carried"
            | "found"
            | "find"
            | "recovered"
            | "recover"
            | "discovered"
            | "pulled"
            | "retrieved"
            | "removed"
            | "dragged"
    );
    let counted = people(tree, at).is_some_and(|c| c.numeral && c.value > 0.0) || tree.word(at) == "body";
    (found && counted).then_some(at)
}

/// "Claimed 61 lives", "took the lives of two men", "lost their lives".
fn life(tree: &Tree, at: usize) -> Option<usize> {
    let verb = tree.token(at).head;
    if tree.token(at).label != Label::Dobj {
        return None;
    }
    match tree.word(verb) {
        "lost" | "lose" | "losing" | "loses" => tree.subject(verb),
        "claimed" | "claim" | "claims" | "claiming" | "took" | "taken" | "cost" | "costing" => {
            Some(tree.after(at, &["of"]).unwrap_or(at))
        }
        _ => None,
    }
}

/// "Is fighting for his life".
fn fights(tree: &Tree, at: usize) -> bool {
    tree.token(at).label == Label::Pobj && matches!(tree.word(tree.verb_of(at)), "fighting" | "fights" | "fought")
}

/// "Suffered minor burns", "received a cut": whoever did.
fn harm(tree: &Tree, at: usize) -> Option<usize> {
    let token = tree.token(at);
    // "Got out with injuries", "people with gunshot wounds".
    if token.label == Label::Pobj && tree.word(token.head) == "with" {
        let holder = tree.token(token.head).head;
        return if tree.is_verb(holder) { tree.subject(holder) } else { Some(holder) };
    }
    if token.label != Label::Dobj || tree.child(at, Label::Det).is_some_and(|d| tree.word(d) == "no") {
        return None;
    }
    let suffers = matches!(
        tree.word(token.head),
        "suffered" | "suffer" | "suffering" | "sustained" | "sustaining" | "received" | "incurred"
    );
    suffers.then(|| tree.subject(token.head)).flatten()
}

/// "Two are in a critical condition": some of the injured.
fn worse(tree: &Tree, at: usize) -> Option<Said> {
    let near = &tree.words[at..(at + 3).min(tree.words.len())];
    if !near.iter().any(|w| w == "condition" || w == "care") {
        return None;
    }
    let verb = tree.verb_of(at);
    let who = tree.subject(verb)?;
    Some(Said { part: true, weak: true, ..Said::of(Toll::Injured, who, at) })
}

/// "Was taken to hospital", "are being treated".
fn hospital(tree: &Tree, at: usize) -> Option<usize> {
    let verb = if tree.is_verb(at) { at } else { tree.verb_of(at) };
    let word = tree.word(verb);
    if matches!(word, "treated" | "treating")
        && !tree.is_passive(verb)
        && let Some(object) = tree.object(verb)
    {
        return Some(object);
    }
    let passive = tree.is_passive(verb) || tree.token(verb).tag == Tag::Vbn;
    if word == "recovering" && tree.object(verb).is_none() {
        return tree.subject(verb);
    }
    let lies = matches!(word, "are" | "is" | "remain" | "remains" | "remained")
        && tree.after(verb, &["in"]).is_some_and(|h| h == at);
    if lies {
        return tree.subject(verb);
    }
    let taken = matches!(
        word,
        "taken"
            | "rushed"
            | "airlifted"
            | "flown"
            | "transported"
            | "brought"
            | "admitted"
            | "sent"
            | "treated"
            | "hospitalised"
            | "hospitalized"
            | "conveyed"
            | "ferried"
    );
    (passive && taken).then(|| tree.subject(verb)).flatten()
}

/// "Four people were shot, two of them fatally": the number right before.
fn fatally(tree: &Tree, at: usize) -> Option<usize> {
    let mut back = (at.saturating_sub(3)..at).rev();
    let number = back.find(|t| tree.token(*t).tag == Tag::Cd)?;
    (number + 1..at).all(|t| matches!(tree.word(t), "of" | "them" | "people" | "victims")).then_some(number)
}
