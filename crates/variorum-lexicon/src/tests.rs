use proptest::prelude::*;
use variorum_text::{fold, words};

use crate::{
    Part, Relation, is_known, is_person_noun, lemma, nearness, opposites, part, rarity, relation, sides, vector,
};

fn check(a: &str, b: &str, expected: Relation) {
    assert_eq!(relation(&fold(a), &fold(b)), expected, "{a} / {b}");
}

#[test]
fn forms_of_one_word() {
    for (form, base) in [
        ("children", "child"),
        ("rose", "rise"),
        ("deported", "deport"),
        ("carried", "carry"),
        ("planned", "plan"),
        ("hoping", "hope"),
        ("cities", "city"),
        ("wolves", "wolf"),
        ("policemen", "policeman"),
        ("fell", "fall"),
        ("women", "woman"),
        ("meetings", "meeting"),
        ("dying", "die"),
        ("killed", "kill"),
        ("news", "news"),
        ("morning", "morning"),
    ] {
        assert_eq!(lemma(form), base, "{form}");
    }
    check("left", "leaving", Relation::Same);
    check("organised", "organizes", Relation::Same);
    check("labour", "labor", Relation::Same);
    check("Zorbling", "zorblings", Relation::Same);
}

#[test]
fn words_of_one_root() {
    for (a, b) in [
        ("deport", "deportation"),
        ("attack", "attackers"),
        ("Peru", "Peruvians"),
        ("died", "death"),
        ("quick", "quickly"),
    ] {
        check(a, b, Relation::Derived);
    }
}

#[test]
fn words_for_one_thing() {
    for (a, b) in [("purchased", "bought"), ("physicians", "doctor"), ("huge", "enormous"), ("assist", "helping")] {
        check(a, b, Relation::Synonym);
    }
}

#[test]
fn kinds_of_things() {
    check("ferry", "boat", Relation::Narrower);
    check("crimes", "bribery", Relation::Wider);
    check("cars", "truck", Relation::Sibling);
    check("Monday", "Tuesday", Relation::Sibling);
    check("killed", "injured", Relation::Sibling);
}

#[test]
fn what_excludes() {
    for (a, b) in
        [("rose", "fell"), ("confirmed", "denies"), ("approve", "rejection"), ("guilty", "innocent"), ("won", "lost")]
    {
        check(a, b, Relation::Opposite);
    }
    assert!(opposites("signed").contains(&"veto"));
}

#[test]
fn what_is_not_related() {
    for (a, b) in [
        ("harbour", "tax"),
        ("river", "money"),
        ("minister", "bridge"),
        ("asians", "europeans"),
        ("five", "nine"),
        ("", "boat"),
        ("boat", ""),
    ] {
        check(a, b, Relation::Unrelated);
    }
}

#[test]
fn a_purchase_is_nearer_than_a_weekday() {
    assert!(nearness("purchase", "acquire") > 0.5);
    for (a, b) in [("monday", "tuesday"), ("killed", "injured"), ("rise", "fall"), ("paris", "london")] {
        assert!(nearness(a, b) < 0.4, "{a} / {b}");
    }
}

#[test]
fn sentences_that_tell_one_thing_point_one_way() {
    let told = vector(["ferry", "sank", "storm"]);
    let retold = vector(["boat", "went", "under", "gale"]);
    let other = vector(["council", "raised", "tax"]);
    assert!(told.cosine(&retold) > told.cosine(&other) + 0.2);
    assert!((told.cosine(&told) - 1.0).abs() < 1e-4);
    assert_eq!(told.cosine(&vector(["zorbling"])).to_bits(), 0.0f32.to_bits());
    assert!(nearness("court", "judge") > nearness("court", "harbour"));
}

#[test]
fn what_words_are() {
    assert!(is_person_noun("ministers") && is_person_noun("swimmer") && !is_person_noun("bridge"));
    assert_eq!(part("deported"), Some(Part::Verb));
    assert_eq!(part("bridges"), Some(Part::Noun));
    assert_eq!(part("quickly"), Some(Part::Adverb));
    assert_eq!(part("zorbling"), None);
    assert!(is_known("ferries") && !is_known("zorbling"));
    assert!(
        rarity("the") < rarity("bridge")
            && rarity("bridge") < rarity("gantries")
            && rarity("gantries") < rarity("zorbling")
    );
}

#[test]
fn every_row_of_ours_holds_in_its_examples() {
    let mut missing = Vec::new();
    for (table, expected) in [
        (include_str!("../data/en/synonyms.tsv"), Relation::Synonym),
        (include_str!("../data/en/derived.tsv"), Relation::Derived),
        (include_str!("../data/en/opposites.tsv"), Relation::Opposite),
        (include_str!("../data/en/siblings.tsv"), Relation::Sibling),
    ] {
        for row in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (a, b) = row.rsplit('\t').next().and_then(|example| example.split_once(" / ")).unwrap();
            let found =
                words(a).iter().any(|a| words(b).iter().any(|b| relation(&fold(a.text), &fold(b.text)) == expected));
            if !found {
                missing.push((expected, row));
            }
        }
    }
    assert!(missing.is_empty(), "was data/words.py run after the row was added? {missing:#?}");
}

#[test]
fn a_pair_of_opposites_stands_in_one_table() {
    for row in include_str!("../data/en/opposites.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut pair = row.split('\t');
        assert!(!apart(pair.next().unwrap(), pair.next().unwrap()), "{row}");
    }
}

fn apart(a: &str, b: &str) -> bool {
    sides(a).iter().any(|(question, second)| sides(b).contains(&(*question, !second)))
}

#[test]
fn the_examples_of_every_question_stand_on_its_two_sides() {
    for row in include_str!("../data/en/sides.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (a, b) = row.rsplit('\t').next().and_then(|example| example.split_once(" / ")).unwrap();
        let met = words(a).iter().any(|a| words(b).iter().any(|b| apart(&fold(a.text), &fold(b.text))));
        assert!(met, "{row}");
    }
}

#[test]
fn sides_are_known_of_every_form() {
    assert!(apart("praised", "denouncing") && apart("withdrew", "joined") && apart("rose", "slumped"));
    assert!(!apart("praised", "welcomes") && !apart("ferry", "harbour"));
}

static ALL: std::sync::LazyLock<Vec<&'static str>> = std::sync::LazyLock::new(crate::blob::every_word);

proptest! {
    #[test]
    fn any_words_can_be_asked(a in "\\PC{0,30}", b in "[a-z]{0,12}(s|ed|ing|es|ies|men|er|est)?") {
        for (a, b) in [(a.clone(), b.clone()), (b, a)] {
            let (there, back) = (relation(&a, &b), relation(&b, &a));
            let turned = match there {
                Relation::Narrower => Relation::Wider,
                Relation::Wider => Relation::Narrower,
                other => other,
            };
            prop_assert_eq!(turned, back);
            prop_assert_eq!(nearness(&a, &b).to_bits(), nearness(&b, &a).to_bits());
            prop_assert!((0.0..=1.0).contains(&nearness(&a, &b)));
            prop_assert!(!lemma(&a).is_empty() || a.is_empty());
        }
    }

    #[test]
    fn known_words_are_related_alike_from_both_sides(seed in 0usize..4000, other in 0usize..4000) {
        let all = &*ALL;
        let (a, b) = (all[seed * 7 % all.len()], all[other * 13 % all.len()]);
        prop_assert_eq!(relation(a, b) == Relation::Unrelated, relation(b, a) == Relation::Unrelated);
        for opposite in opposites(a) {
            prop_assert_eq!(relation(a, opposite), relation(opposite, a));
        }
    }
}
