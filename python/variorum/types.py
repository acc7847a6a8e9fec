"""The shapes that the stages answer with, as `docs/schema` has them; a test holds the two together.

Every span counts Unicode code points, as Python strings do: `report["text"][span["start"]:span["end"]] == span["text"]`.
"""

from typing import Any, Literal, TypedDict


class Outside(TypedDict):
    """A source that is credited and not among the reports."""

    outside: str
    """Its name as credited."""


class Span(TypedDict):
    """A place in the text of a report, with the words that stand there."""

    report: str
    """The report in whose text the words stand."""
    start: int
    """The first code point."""
    end: int
    """One past the last code point."""
    text: str
    """The words themselves."""


class Party(TypedDict):
    """A person, body or document that speaks: the mention beside the words, and the resolved name."""

    name: str
    """The resolved name ("Laura Ortiz" where the text has "she")."""
    span: Span
    """The mention beside the words."""


class Attribution(TypedDict):
    """Words that tell who stands behind a piece of text."""

    span: Span
    """What is attributed: the clause with its source and cue."""
    source: Party | None
    """Who is named; none where the writer names nobody ("reports indicate")."""
    cue: Span
    """The word that attributes ("said", "according to", "reportedly")."""
    content: Span | None
    """The words that are handed to the source, without source and cue; none where they are cut in two or not to be told."""
    hedged: bool
    """Whether the writer keeps his distance: nobody is named, or the cue doubts ("reportedly", "sources suggested")."""
    within: int | None
    """The attribution in whose content this one stands, by its place in this list ("Orr said that Lee had told her …")."""


DateKind = Literal["date", "time", "duration", "set"]
"""What kind of time a mention is, as TIMEX3 tells them apart."""

DateModifier = Literal["start", "mid", "end", "approx", "more-than", "less-than", "equal-or-more", "equal-or-less"]
"""Which part of a time is meant, or how nearly."""


class DateMention(TypedDict):
    """A mention of a point or stretch of time."""

    span: Span
    """The words."""
    value: str
    """TIMEX3 value (`2025-01-26`, `2025-W13`, `T03:41`, `P3D`, `XXXX-01-26` where the year is unknown)."""
    kind: DateKind
    """What kind of time it is."""
    modifier: DateModifier | None
    """Which part of it is meant, or how nearly; TIMEX3 calls it `mod`, and the value does not write it."""


NameKind = Literal["person", "organisation", "place", "event", "work", "other"]
"""What bears a name."""


class Entity(TypedDict):
    """One bearer of names in one report."""

    id: str
    """Its name inside this report (`e1`, `e2`, …, in order of first mention)."""
    name: str
    """Its fullest form in this report."""
    kind: NameKind
    """What it is."""
    mentions: int
    """How often it is named."""


Hedge = Literal["about", "over", "under", "at-least", "at-most", "between"]
"""How sure a writer is of an amount."""

Trend = Literal["up", "down"]
"""Which way an amount moved."""


class _FigureAlways(TypedDict):
    span: Span
    """The amount with its hedge and what it counts ("about 1,200 people")."""
    value: float
    """The amount, or the lower end of a range."""
    high: float | None
    """The upper end of a range."""
    unit: str | None
    """`%`, an ISO 4217 code, or a unit's symbol or English name; none for counted things."""
    what: str | None
    """What is counted or measured, head noun with its modifiers."""
    hedge: Hedge | None
    """How sure the writer is of the amount."""
    trend: Trend | None
    """Which way it moved ("rose 5 %")."""
    per: str | None
    """What it is reckoned by ("day" in "three flights a day", "person" in "$20 per person")."""


class Figure(_FigureAlways, total=False):
    """An amount: of what, how sure."""

    vague: bool
    """The words name no number ("dozens", "several hundred"): `value` is the least that they can mean."""


class Name(TypedDict):
    """A mention of a name."""

    span: Span
    """The words of the name, without title or article."""
    kind: NameKind
    """What bears it."""
    entity: str
    """The entity it belongs to."""
    sure: bool
    """Whether two independent ways of telling names agree on its words and kind."""


QuoteKind = Literal["direct", "indirect", "mixed"]
"""How words are quoted."""


class Quote(TypedDict):
    """Words between quotation marks, or reported closely."""

    span: Span
    """The quoted words, without their marks."""
    kind: QuoteKind
    """How they are quoted."""
    speaker: Party | None
    """Who said them."""
    cue: Span | None
    """The word that makes it speech ("said", "according to")."""


class Annotations(TypedDict):
    """Everything found in one report, each layer in order of its place in the text."""

    sentences: list[Span]
    """The sentences of the text; headings, list items and captions are sentences of their own."""
    quotes: list[Quote]
    """Quoted words."""
    figures: list[Figure]
    """Amounts."""
    dates: list[DateMention]
    """Dates, times, durations and sets."""
    names: list[Name]
    """Mentions of names."""
    entities: list[Entity]
    """The persons, organisations and places that the names belong to."""
    attributions: list[Attribution]
    """Who is named as the source of what."""


BlockKind = Literal["paragraph", "heading", "list-item", "caption", "quote", "table"]
"""What a part of a report's text is."""


class _BlockAlways(TypedDict):
    kind: BlockKind
    """What the part is."""
    start: int
    """The first code point."""
    end: int
    """One past the last code point."""


class Block(_BlockAlways, total=False):
    """A part of a report's text."""

    language: str | None
    """BCP 47 language, where it is another than the report's."""


CreditKind = Literal["original-source", "reported-by", "agency", "photo"]
"""What a credit is for."""


class Credit(TypedDict):
    """A line in which a report names where it has its words or pictures from."""

    source: str
    """The name or host that is credited."""
    kind: CreditKind
    """What kind of credit it is."""
    text: str
    """The words of the credit."""
    span: Span | None
    """Where they stand; none for a credit in a line that was removed."""


class Note(TypedDict):
    """Something odd in a report, and what was done about it."""

    span: Span | None
    """Where it stands, where it stands in the text."""
    note: str
    """What was odd, and what was done."""


class Removed(TypedDict):
    """Words that were taken out of a report, and why."""

    text: str
    """The words as they stood."""
    reason: str
    """Why they are no part of the article."""


class _ReportAlways(TypedDict):
    id: str
    """Stable name: the given one, or made from the report's bytes."""
    path: str | None
    """The file it came from."""
    url: str | None
    """Its address."""
    outlet: str | None
    """Who published it."""
    title: str | None
    """Its headline, where it has one."""
    standfirst: str | None
    """The line under the headline."""
    byline: list[str]
    """Its authors: people, not roles or outlets."""
    published: str | None
    """When it was first published: RFC 3339, or a bare ISO day."""
    language: str | None
    """BCP 47 language."""
    text: str
    """The article's own words, NFC, blocks parted by `n`."""
    blocks: list[Block]
    """What each part of the text is, in order; every word of the text stands in a block."""
    credits: list[Credit]
    """Whom the report names as its source."""
    removed: list[Removed]
    """What was taken out, word for word."""


class Report(_ReportAlways, total=False):
    """One outlet's telling of an event: its own words, and the facts about it."""

    modified: str | None
    """When it was last changed: RFC 3339, or a bare ISO day."""
    section: str | None
    """The part of the outlet it stood in ("World")."""
    canonical: str | None
    """The address that the page calls its own, where that is another than `url`."""
    confidence: float | None
    """How sure it is that `text` is the article and nothing else, 0–1; given for web pages."""
    repeated_lines: str | None
    """The name of the table of repeated lines that was held against it, where one was."""
    notes: list[Note]
    """Odd things noticed on the way, each with what was done."""
    annotations: Annotations | None
    """What `annotate` found."""
    extra: dict[str, Any]
    """Fields of the input that nobody here knows, kept."""


class Placement(TypedDict):
    """The story that a report belongs to."""

    id: str
    """The report."""
    story: str
    """Its story."""
    duplicate_of: str | None
    """An earlier report with the same text, edited by a few words at most."""
    score: float
    """Confidence from 0 to 1 that the report belongs to that story."""


class Merge(TypedDict):
    """Stories that turned out to be one; the first name survives."""

    merge: list[str]
    """Two stories, the surviving one first."""
    score: float
    """How sure it is that they tell of one event, from 0 to 1."""
    because: list[str]
    """The two reports that tie them most, one of each story."""


class Split(TypedDict):
    """A merge that later reports contradict is undone; the story gets back the name that it had."""

    split: list[str]
    """The story that goes on, and the one that leaves it."""
    reports: list[str]
    """The reports that leave with it."""


_EvidenceAlways = TypedDict("_EvidenceAlways", {"from": Span | None, "to": Span})


class Evidence(_EvidenceAlways, total=False):
    """Two passages that show a link; `from` is none where the credit itself is the evidence."""

    shared: list[Span]
    """The runs of words in `to` that stand word for word in `from` too."""


EdgeKind = Literal["copy", "excerpt", "rewrite", "shared-origin"]
"""What was done with the words of a source."""

_EdgeAlways = TypedDict(
    "_EdgeAlways",
    {
        "from": str | Outside,
        "to": str,
        "kind": EdgeKind,
        "credited": bool,
        "score": float,
        "evidence": list[Evidence],
    },
)


class Edge(_EdgeAlways, total=False):
    """One link: `to` has words from `from`."""

    explain: str
    """What ties the two, why this way round and how sure it is, in two sentences."""


DoubtKind = Literal["together", "apart", "short"]
"""What cannot be told surely of an origin."""


class Doubt(TypedDict):
    """What makes an origin uncertain."""

    kind: DoubtKind
    """What cannot be told surely."""
    reports: list[str]
    """The reports that it is about; of `together` and `apart` the likeliest pair."""
    probability: float | None
    """How likely it is that they are kin, 0–1; none where the reports are too short to tell."""
    explain: str
    """The doubt in one sentence."""


class Independence(TypedDict):
    """How many stand behind the reports of a story: reports, publishers, independent origins; and how sure that is."""

    reports: int
    """How many reports there are."""
    publishers: int
    """How many publishers they name, each counted once."""
    unnamed: int
    """How many reports name no publisher."""
    origins: int
    """How many independent origins the reports have."""
    uncertain: int
    """How many of the origins stand in a doubt."""
    certainty: list[float]
    """For each origin, in their order, how likely it is that its reports belong together and no other does: 0–1."""
    doubts: list[Doubt]
    """What makes an origin uncertain, most doubtful first."""


class TraceAnswer(TypedDict):
    """The lineage of one story among many, by the story's name."""

    id: str
    """The name of the story."""
    edges: list[Edge]
    """Its links."""
    origins: list[list[str]]
    """Its reports grouped by independent origin."""
    independence: Independence
    """How many origins that makes, and how sure it is."""


DriftKind = Literal[
    "figure",
    "date",
    "name",
    "quote",
    "hedge",
    "attribution",
    "polarity",
    "status",
    "cause",
    "scope",
    "unsupported",
]
"""What a rewrite changed."""


class _DriftAlways(TypedDict):
    kind: DriftKind
    """What was changed."""
    rewrite: Span
    """The words of the rewrite."""
    source: Span | None
    """The words of the source; none where it has nothing to compare."""
    explain: str
    """What was changed, in one sentence."""
    confidence: float
    """From 0 to 1: how often findings like this one are right."""


class Drift(_DriftAlways, total=False):
    """A change that a rewrite made to what its source says."""

    proposed: bool
    """Whether a model proposed it; its words were confirmed, its judgement is the model's."""


SentenceVerdict = Literal["supported", "drifted", "unsupported"]
"""Whether sources bear a sentence out."""


class _CheckedSentenceAlways(TypedDict):
    span: Span
    """The sentence."""
    verdict: SentenceVerdict
    """Whether the sources bear it out."""
    score: float
    """From 0 to 1: how well they do."""
    sources: list[Span]
    """The passages that bear it out, best first."""


class CheckedSentence(_CheckedSentenceAlways, total=False):
    """One sentence of a rewrite, held against its sources."""

    proposed: bool
    """Whether the verdict is a model's, whose words were confirmed."""


class _CheckAlways(TypedDict):
    rewrite: str
    """The text that was checked; its spans name the report `rewrite`."""
    sources: list[str]
    """The texts it was checked against; their spans name `source-1`, `source-2`, …."""
    sentences: list[CheckedSentence]
    """Each sentence of the rewrite."""
    drift: list[Drift]
    """What the rewrite changed or invented."""
    faithful: float
    """From 0 to 1: how much of the rewrite its sources bear out."""


class Check(_CheckAlways, total=False):
    """Whether a rewrite is true to its sources."""

    id: str | None
    """The name of the pair, where many are checked."""


class _ProblemAlways(TypedDict):
    reason: str
    """What was wrong and what to do next, in one sentence."""


class Problem(_ProblemAlways, total=False):
    """An input, or a part of one, that could not be used."""

    id: str | None
    """The report, where it has a name."""
    path: str | None
    """The file, where it is one."""


Verdict = Literal["agreed", "single-origin", "differs"]
"""Whether the tellings of a statement agree."""

Part = Literal["lead", "news", "voices", "background"]
"""What a sentence of the account is to the story; the parts stand in this order."""


class _AccountSentenceAlways(TypedDict):
    text: str
    """The words."""
    sources: list[Span]
    """Every span that says it; the first is where the words stand."""
    mark: Verdict
    """Whether independent origins agree on it, one alone tells it, or reports differ in a part of it."""
    origins: int
    """How many independent origins tell it."""
    statement: str
    """The statement that it tells."""
    part: Part
    """What it is to the story."""
    paragraph: int
    """The number of its paragraph, counted from 0."""


class AccountSentence(_AccountSentenceAlways, total=False):
    """One sentence of the account: verbatim words, and every span that says it."""

    variants: list[str]
    """The variants that show where reports differ in it."""


StatementKind = Literal["event", "figure", "date", "quote"]
"""What a statement compares."""


class _ReadingAlways(TypedDict):
    span: Span
    """The words that are compared."""
    sentence: Span
    """The sentence they stand in."""
    value: float | str | None
    """Their value: an amount, a TIMEX3 value, or a word such as `held`."""
    hedge: Hedge | None
    """How sure the writer is of an amount."""
    speaker: str | None
    """Who says it, where it is quoted."""
    attributed_to: str | None
    """Who is named as its source."""
    derived: bool
    """Whether the report has it from another report of the story."""


class Reading(_ReadingAlways, total=False):
    """How one report tells a statement."""

    when: str | None
    """When this was so, as far as the report says or its publication tells: a TIMEX3 value."""


class _StatementAlways(TypedDict):
    id: str
    """Stable name, made from the words it rests on."""
    kind: StatementKind
    """What is compared."""
    gist: Span
    """The words that say it best."""
    readings: list[Reading]
    """Each telling."""
    reports: int
    """How many reports tell it."""
    origins: int
    """How many independent origins tell it."""
    verdict: Verdict
    """Whether the tellings agree."""
    confidence: float
    """From 0 to 1: how often tellings that were put together like these say the same."""


class Statement(_StatementAlways, total=False):
    """Something that one report or several tell."""

    about: str | None
    """What the figure counts or the date dates, where it is a figure or a date."""


Uncertain = Literal["no-year", "no-date", "week-only", "about", "disputed"]
"""Why it is not sure when something was."""


class Moment(TypedDict):
    """A resolved point in time, with the words that give it."""

    value: str
    """TIMEX3 value."""
    text: Span
    """The words."""


class _TimelineEntryAlways(TypedDict):
    when: Moment
    """When it was."""
    what: Span
    """The words that tell it."""
    statement: str
    """The statement it belongs to."""
    reports: list[str]
    """The reports that tell it."""


class TimelineEntry(_TimelineEntryAlways, total=False):
    """Something that is dated."""

    uncertain: Uncertain | None
    """Why the day is not sure, where it is not."""


VariantKind = Literal["figure", "date", "time", "status", "attribution", "name", "polarity", "scope"]
"""What differs between readings."""


class _VariantAlways(TypedDict):
    id: str
    """Stable name, made from the words it rests on."""
    kind: VariantKind
    """What differs."""
    about: str
    """What it is about, in words of a report."""
    statement: str
    """The statement it belongs to."""
    readings: list[Reading]
    """Each reading."""
    confidence: float
    """From 0 to 1: how often findings like this one are right."""


class Variant(_VariantAlways, total=False):
    """A place where reports differ."""

    development: bool
    """Whether time explains the difference: a later count, not another one."""


class _StoryAlways(TypedDict):
    id: str
    """Stable name."""
    title: Span | None
    """The words that name the story best."""
    reports: list[str]
    """Its reports; their order gives the sigla A, B, C …."""
    origins: list[list[str]]
    """The reports grouped by independent origin."""
    lineage: list[Edge]
    """Who has words from whom."""
    statements: list[Statement]
    """What is told, by whom."""
    variants: list[Variant]
    """Where reports differ."""
    drift: list[Drift]
    """What rewrites changed or invented."""
    timeline: list[TimelineEntry]
    """What happened when."""
    account: list[AccountSentence]
    """The story in source words only."""


class Story(_StoryAlways, total=False):
    """One event as its reports tell it."""

    independence: Independence | None
    """How many origins that makes, and how sure it is."""


class _DossierAlways(TypedDict):
    schema: str
    """The shape of this value: `variorum/dossier@1`."""
    reports: list[Report]
    """The reports with their annotations."""
    stories: list[Story]
    """The stories that they tell."""
    problems: list[Problem]
    """What could not be used, and why."""


class Dossier(_DossierAlways, total=False):
    """Everything known of a set of reports: the main output."""

    id: str | None
    """The name of the story, where many are collated."""


class ProblemLine(TypedDict):
    """A problem as it stands in a stream of JSON Lines, in place of the line that caused it."""

    problem: Problem
    """The problem."""


GroupLine = Placement | Merge | Split
"""A line that `group` gives."""

__all__ = [
    "AccountSentence",
    "Annotations",
    "Attribution",
    "Block",
    "BlockKind",
    "Check",
    "CheckedSentence",
    "Credit",
    "CreditKind",
    "DateKind",
    "DateMention",
    "DateModifier",
    "Dossier",
    "Doubt",
    "DoubtKind",
    "Drift",
    "DriftKind",
    "Edge",
    "EdgeKind",
    "Entity",
    "Evidence",
    "Figure",
    "GroupLine",
    "Hedge",
    "Independence",
    "Merge",
    "Moment",
    "Name",
    "NameKind",
    "Note",
    "Outside",
    "Part",
    "Party",
    "Placement",
    "Problem",
    "ProblemLine",
    "Quote",
    "QuoteKind",
    "Reading",
    "Removed",
    "Report",
    "SentenceVerdict",
    "Span",
    "Split",
    "Statement",
    "StatementKind",
    "Story",
    "TimelineEntry",
    "TraceAnswer",
    "Trend",
    "Uncertain",
    "Variant",
    "VariantKind",
    "Verdict",
]
