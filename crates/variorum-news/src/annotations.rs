//! What `annotate` finds in one report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Span, exact, exact_option};

/// Everything found in one report, each layer in order of its place in the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Annotations {
    /// The sentences of the text; headings, list items and captions are sentences of their own.
    #[serde(default)]
    pub sentences: Vec<Span>,
    /// Quoted words.
    #[serde(default)]
    pub quotes: Vec<Quote>,
    /// Amounts.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Dates, times, durations and sets.
    #[serde(default)]
    pub dates: Vec<DateMention>,
    /// Mentions of names.
    #[serde(default)]
    pub names: Vec<Name>,
    /// The persons, organisations and places that the names belong to.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Who is named as the source of what.
    #[serde(default)]
    pub attributions: Vec<Attribution>,
}

/// Words between quotation marks, or reported closely.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// The quoted words, without their marks.
    pub span: Span,
    /// How they are quoted.
    pub kind: QuoteKind,
    /// Who said them.
    #[serde(default)]
    pub speaker: Option<Party>,
    /// The word that makes it speech ("said", "according to").
    #[serde(default)]
    pub cue: Option<Span>,
}

/// How words are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// Whole sentences between marks.
    Direct,
    /// Speech without marks.
    Indirect,
    /// Some words between marks inside the writer's sentence.
    Mixed,
}

/// A person, body or document that speaks: the mention beside the words, and the resolved name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// The resolved name ("Laura Ortiz" where the text has "she").
    pub name: String,
    /// The mention beside the words.
    pub span: Span,
}

/// An amount: of what, how sure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// The amount with its hedge and what it counts ("about 1,200 people").
    pub span: Span,
    /// The amount, or the lower end of a range.
    #[serde(serialize_with = "exact")]
    pub value: f64,
    /// The upper end of a range.
    #[serde(default, serialize_with = "exact_option")]
    pub high: Option<f64>,
    /// `%`, an ISO 4217 code, or a unit's symbol or English name; none for counted things.
    #[serde(default)]
    pub unit: Option<String>,
    /// What is counted or measured, head noun with its modifiers.
    #[serde(default)]
    pub what: Option<String>,
    /// How sure the writer is of the amount.
    #[serde(default)]
    pub hedge: Option<Hedge>,
    /// Which way it moved ("rose 5 %").
    #[serde(default)]
    pub trend: Option<Trend>,
    /// What it is reckoned by ("day" in "three flights a day", "person" in "$20 per person").
    #[serde(default)]
    pub per: Option<String>,
    /// The words name no number ("dozens", "several hundred"): `value` is the least that they can mean.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub vague: bool,
}

/// How sure a writer is of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// "about", "around", "some".
    About,
    /// "more than", "over".
    Over,
    /// "fewer than", "under".
    Under,
    /// "at least".
    AtLeast,
    /// "at most", "up to".
    AtMost,
    /// "between … and …", "10 to 12".
    Between,
}

/// Which way an amount moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    /// "rose", "up".
    Up,
    /// "fell", "down".
    Down,
}

/// A mention of a point or stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateMention {
    /// The words.
    pub span: Span,
    /// TIMEX3 value (`2025-01-26`, `2025-W13`, `T03:41`, `P3D`, `XXXX-01-26` where the year is unknown).
    pub value: String,
    /// What kind of time it is.
    pub kind: DateKind,
    /// Which part of it is meant, or how nearly; TIMEX3 calls it `mod`, and the value does not write it.
    #[serde(default)]
    pub modifier: Option<DateModifier>,
}

/// Which part of a time is meant, or how nearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateModifier {
    /// "early March", "the beginning of 2024".
    Start,
    /// "mid-March".
    Mid,
    /// "late March", "year-end".
    End,
    /// "about three weeks".
    Approx,
    /// "more than two years".
    MoreThan,
    /// "less than a week".
    LessThan,
    /// "at least ten days".
    EqualOrMore,
    /// "at most ten days".
    EqualOrLess,
}

/// What kind of time a mention is, as TIMEX3 tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// A day or anything coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

/// A mention of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// The words of the name, without title or article.
    pub span: Span,
    /// What bears it.
    pub kind: NameKind,
    /// The entity it belongs to.
    pub entity: String,
    /// Whether two independent ways of telling names agree on its words and kind.
    #[serde(default)]
    pub sure: bool,
}

/// What bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, ministry, party, team, court.
    Organisation,
    /// A country, city, river, building.
    Place,
    /// A war, summit, festival, storm.
    Event,
    /// A law, book, film, treaty.
    Work,
    /// Anything else that bears a name.
    Other,
}

/// One bearer of names in one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Its name inside this report (`e1`, `e2`, …, in order of first mention).
    pub id: String,
    /// Its fullest form in this report.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
    /// How often it is named.
    pub mentions: usize,
}

/// Words that tell who stands behind a piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// What is attributed: the clause with its source and cue.
    pub span: Span,
    /// Who is named; none where the writer names nobody ("reports indicate").
    #[serde(default)]
    pub source: Option<Party>,
    /// The word that attributes ("said", "according to", "reportedly").
    pub cue: Span,
    /// The words that are handed to the source, without source and cue; none where they are cut in two or not to be told.
    #[serde(default)]
    pub content: Option<Span>,
    /// Whether the writer keeps his distance: nobody is named, or the cue doubts ("reportedly", "sources suggested").
    #[serde(default)]
    pub hedged: bool,
    /// The attribution in whose content this one stands, by its place in this list ("Orr said that Lee had told her …").
    #[serde(default)]
    pub within: Option<usize>,
}
