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
