//! Small words that show where a noun phrase begins and what governs it.

use crate::names::lexicon::Class;
use crate::names::tokens::Token;

/// Tells whether a word is a noun for a speaker without a name.
pub(crate) fn is_role(token: &Token) -> bool {
    token.class.is(Class::ROLE) && !token.upper
}

/// Tells whether a word begins a noun phrase.
pub(crate) fn is_determiner(low: &str) -> bool {
    matches!(
        low,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
            | "one"
            | "two"
            | "three"
            | "several"
            | "some"
            | "many"
            | "other"
            | "another"
            | "both"
            | "most"
            | "few"
            | "no"
    )
}

/// Tells whether a word stands between an article and a noun for a speaker.
pub(crate) fn is_modifier(low: &str) -> bool {
    matches!(
        low,
        "former"
            | "senior"
            | "top"
            | "then"
            | "acting"
            | "deputy"
            | "vice"
            | "prime"
            | "foreign"
            | "chief"
            | "interim"
            | "late"
            | "ex"
            | "local"
            | "federal"
            | "state"
            | "national"
            | "government"
            | "military"
            | "medical"
            | "opposition"
            | "defence"
            | "defense"
            | "finance"
            | "human"
            | "rights"
            | "health"
            | "security"
            | "police"
            | "company"
            | "team"
            | "party"
            | "union"
            | "political"
            | "legal"
            | "new"
            | "outgoing"
            | "incoming"
            | "intelligence"
            | "law"
            | "enforcement"
            | "city"
            | "county"
            | "court"
            | "school"
            | "hospital"
            | "press"
            | "republican"
            | "democratic"
            | "conservative"
            | "liberal"
            | "climate"
            | "election"
            | "campaign"
    )
}

/// Tells whether a word is a preposition, so that what follows is not its clause's subject.
pub(crate) fn is_preposition(low: &str) -> bool {
    matches!(
        low,
        "of" | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "with"
            | "from"
            | "to"
            | "into"
            | "about"
            | "against"
            | "between"
            | "under"
            | "over"
            | "during"
            | "through"
            | "within"
            | "without"
            | "near"
            | "among"
            | "toward"
            | "towards"
            | "like"
            | "than"
            | "around"
            | "behind"
            | "despite"
            | "amid"
            | "following"
            | "including"
            | "via"
            | "per"
            | "upon"
            | "across"
            | "alongside"
            | "concerning"
            | "regarding"
            | "outside"
            | "inside"
    )
}

/// Tells whether a word is a form of "be" or "get", which make a passive.
pub(super) fn is_be(low: &str) -> bool {
    matches!(low, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am" | "get" | "got")
}

/// Tells whether a word may stand between a subject and its verb ("has also said").
pub(super) fn is_helper(low: &str) -> bool {
    is_be(low)
        || matches!(
            low,
            "has"
                | "have"
                | "had"
                | "having"
                | "will"
                | "would"
                | "may"
                | "might"
                | "can"
                | "could"
                | "shall"
                | "should"
                | "must"
                | "did"
                | "does"
                | "do"
                | "not"
                | "also"
                | "then"
                | "later"
                | "earlier"
                | "once"
                | "again"
                | "even"
                | "still"
                | "now"
                | "just"
                | "first"
                | "often"
                | "never"
                | "always"
                | "further"
                | "both"
                | "who"
                | "there"
                | "yesterday"
                | "today"
                | "himself"
                | "herself"
                | "themselves"
                | "soon"
                | "previously"
        ) && low != "who"
        || low.len() > 4 && low.ends_with("ly")
}

/// Tells whether a word opens a clause.
pub(super) fn is_clause_start(low: &str) -> bool {
    matches!(
        low,
        "when"
            | "while"
            | "after"
            | "before"
            | "as"
            | "because"
            | "although"
            | "though"
            | "if"
            | "since"
            | "until"
            | "that"
            | "where"
            | "whether"
            | "unless"
            | "but"
            | "whereas"
    )
}

/// Returns the base of the verbs that need a preposition before the words they take.
pub(super) fn low_stem(low: &str) -> &str {
    match low {
        "spoke" | "speaks" | "speaking" | "spoken" | "speak" => "speak",
        "talk" | "talks" | "talked" | "talking" => "talk",
        "refer" | "refers" | "referred" | "referring" => "refer",
        low => low,
    }
}
