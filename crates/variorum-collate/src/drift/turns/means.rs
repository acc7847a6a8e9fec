//! What words that turn a claim mean for one another: which can stand for which, and which exclude which.

use crate::drift::operators::{AHEAD, Grade, Grades, NEGATIVE, TOLD, UNSURE};

const QUANTITY: Grades = Grades::of(&[
    Grade::All,
    Grade::Most,
    Grade::Many,
    Grade::Some,
    Grade::OneOf,
    Grade::Few,
    Grade::None,
    Grade::Only,
]);
const CAUSAL: Grades = Grades::of(&[Grade::Because, Grade::So, Grade::Answer, Grade::Blame]);
const DOUBT: Grades =
    Grades::of(&[Grade::Possible, Grade::Likely, Grade::Seeming, Grade::Said, Grade::Hoped, Grade::Open]);

/// What can stand for a grade without turning what it says.
pub(super) fn same(grade: Grade) -> Grades {
    use Grade::*;
    match grade {
        Certain => Grades::of(&[Certain]),
        Must => Grades::of(&[Must, Set, Will]),
        Possible => UNSURE,
        Likely => UNSURE.and(Grades::of(&[Set])),
        Seeming | Hoped | Open => UNSURE,
        Said => UNSURE.and(TOLD),
        Would => Grades::of(&[Would, Will, Set, Plan, Possible, Open]),
        Not | No | None | Without | Weak | Lexical => NEGATIVE,
        All => Grades::of(&[All, None, No]),
        Most => Grades::of(&[Most, All]),
        Many | Some => Grades::of(&[Many, Some, Most, Few, OneOf]),
        OneOf => Grades::of(&[OneOf, Some, Few, Many]),
        Few => Grades::of(&[Few, Some, Only, OneOf, Weak]),
        Only => Grades::of(&[Only, Few, None, No]),
        Because | So | Answer | Blame => CAUSAL,
        Will => Grades::of(&[Will, Set, Plan, Must, Would]),
        Set | Plan | Try => AHEAD.and(Grades::of(&[Would, Possible, Open, Hoped, Likely])),
        Done => Grades::of(&[Done]),
        Say | Claim | Think | Show => TOLD.and(Grades::of(&[Said, Seeming])),
    }
}

/// What a grade cannot go with, said of one thing.
pub(super) fn apart(grade: Grade) -> Grades {
    use Grade::*;
    match grade {
        Certain | Must | Will => DOUBT,
        Possible | Likely | Seeming | Said | Hoped | Open | Would => Grades::of(&[Certain, Must, Will, Done]),
        Not | No | None | Without | Weak | Lexical => Grades::of(&[All, Some, Many, Most, Certain]),
        All => Grades::of(&[Some, Many, Most, Few, OneOf, Only]),
        Most => Grades::of(&[Some, Many, Few, OneOf]),
        Many | Some => Grades::of(&[All, None, Only, Most]),
        OneOf => Grades::of(&[Only, All]),
        Few => Grades::of(&[Many, Most, All]),
        Only => Grades::of(&[Some, Most, All, Many, OneOf]),
        Because | So | Answer | Blame => Grades::default(),
        Done => AHEAD.and(Grades::of(&[Would, Possible, Open, Likely])),
        Set | Plan | Try => Grades::of(&[Done]),
        Say | Claim | Think | Show => Grades::default(),
    }
}

/// The dimension of a grade, by which the model tells its evidence apart.
pub(super) fn dimension(grade: Grade) -> usize {
    if TOLD.has(grade) {
        0
    } else if CAUSAL.has(grade) {
        1
    } else if QUANTITY.has(grade) {
        2
    } else if NEGATIVE.has(grade) {
        3
    } else if grade == Grade::Will || AHEAD.has(grade) || grade == Grade::Done {
        4
    } else {
        5
    }
}
