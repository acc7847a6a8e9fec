"""The stages: what a caller has is made lines, the compiled half answers, and the answers take the form of what came in."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast, overload

from variorum import _core, _tables
from variorum._lines import ReportLike, line, lines, problem, written
from variorum._tables import Columns, Kind, Sheet, Table, sheet
from variorum.types import Check, Dossier, Edge, Placement, ProblemLine, Report, TraceAnswer

AnyTable = TypeVar("AnyTable", bound=Table)

_CLEANED: dict[str, Kind] = {
    "path": "text",
    "url": "text",
    "outlet": "text",
    "title": "text",
    "standfirst": "text",
    "byline": "texts",
    "published": "text",
    "modified": "text",
    "section": "text",
    "canonical": "text",
    "language": "text",
    "confidence": "number",
    "text": "text",
    "blocks": "text",
    "credits": "text",
    "removed": "text",
    "repeated_lines": "text",
    "notes": "text",
    "extra": "text",
}
_ANNOTATED: dict[str, Kind] = {"annotations": "text"}
_PLACED: dict[str, Kind] = {"story": "text", "duplicate_of": "text", "score": "number"}
_CHECKED: dict[str, Kind] = {"faithful": "number", "sentences": "text", "drift": "text"}
_EDGE: dict[str, Kind] = {
    "from": "text",
    "outside": "text",
    "to": "text",
    "kind": "text",
    "credited": "flag",
    "score": "number",
    "explain": "text",
    "evidence": "text",
}


@overload
def clean(  # type: ignore[overload-overlap]
    pages: ReportLike, *, published: str | None = None, repeated_lines: Mapping[str, Any] | None = None
) -> Report | ProblemLine: ...
@overload
def clean(
    pages: AnyTable, *, published: str | None = None, repeated_lines: Mapping[str, Any] | None = None
) -> AnyTable: ...
@overload
def clean(
    pages: Iterable[ReportLike], *, published: str | None = None, repeated_lines: Mapping[str, Any] | None = None
) -> list[Report | ProblemLine]: ...
def clean(pages: Any, *, published: str | None = None, repeated_lines: Mapping[str, Any] | None = None) -> Any:
    """Cleans pages to the article's own words; what was taken out stands in `removed`.

    A page is a text, or a dict with `text` or `html` and what is known beside it (`id`, `url`, `outlet`, `published`,
    `title`, `byline`, `language`); other fields are kept under `extra`. `published` is the date of pages that carry
    none. `repeated_lines` is a table that `variorum clean --write-repeated-lines` wrote: those lines are taken out too.

    A dict or a text gives a dict, a table the table with the fields of a report as columns, anything else a list.
    """
    table = None if repeated_lines is None else json.dumps(dict(repeated_lines))
    if (taken := sheet(pages)) is not None:
        answers = [_one_page(found, n) for n, found in enumerate(_core.clean(_rows(taken), published, table))]
        return _put(taken, answers, _CLEANED)
    if _is_one(pages):
        return _one_page(_core.clean([line(pages)], published, table)[0], 0)
    found = _core.clean(lines(pages), published, table)
    return [json.loads(answer) for answers in found for answer in answers]


def _one_page(answers: Sequence[str], place: int) -> Any:
    if len(answers) == 1:
        return json.loads(answers[0])
    reason = f"this is a feed of {len(answers)} entries, not one page; put it into a list, or give it to variorum.read"
    return json.loads(problem(place, reason))


@overload
def annotate(  # type: ignore[overload-overlap]
    reports: ReportLike, *, fast: bool = False
) -> Report | ProblemLine: ...
@overload
def annotate(reports: AnyTable, *, fast: bool = False) -> AnyTable: ...
@overload
def annotate(reports: Iterable[ReportLike], *, fast: bool = False) -> list[Report | ProblemLine]: ...
def annotate(reports: Any, *, fast: bool = False) -> Any:
    """Finds sentences, quotes, figures, dates, names and attributions; the text stays as it is.

    `fast` leaves the grammar out: many times faster, and more is missed. A table gets a column `annotations` of JSON
    text, one type in every library and for every row, which CSV and Parquet keep; `variorum.findings` makes rows of it.
    """
    if (taken := sheet(reports)) is not None:
        return _put(taken, _loaded(_core.annotate(_rows(taken), fast)), _ANNOTATED)
    if _is_one(reports):
        return json.loads(_core.annotate([line(reports)], fast)[0])
    return _loaded(_core.annotate(lines(reports), fast))


@overload
def group(reports: AnyTable, *, window: int | None = None) -> AnyTable: ...
@overload
def group(reports: Iterable[ReportLike], *, window: int | None = None) -> list[Placement | ProblemLine]: ...
def group(reports: Any, *, window: int | None = None) -> Any:
    """Tells which story each report belongs to, with all of them in sight; the order of the reports does not matter.

    `window` is the number of days after which a story takes no more reports. A table gets the columns `story`,
    `duplicate_of` and `score`. For reports that stream in there is `variorum.Shelf`.
    """
    if (taken := sheet(reports)) is not None:
        return _put(taken, _loaded(_core.group(_rows(taken), window)), _PLACED)
    return _loaded(_core.group(_several(reports), window))


@overload
def trace(  # type: ignore[overload-overlap]
    reports: Mapping[str, Any],
) -> TraceAnswer | ProblemLine: ...
@overload
def trace(reports: AnyTable) -> AnyTable: ...
@overload
def trace(reports: Iterable[ReportLike]) -> list[Edge | ProblemLine]: ...
def trace(reports: Any) -> Any:
    """Tells who copied, excerpted or rewrote whom among the reports of one story.

    Reports give a list of edges, after the problems of those that could not be used. A dict `{"id", "reports"}` is a
    story and gives a dict with `edges`, `origins` and `independence`. A table gives a table with a row an edge; where
    it has a column `story`, as `variorum.group` makes it, each story is traced by itself.
    """
    if (taken := sheet(reports)) is not None:
        return _edges(taken)
    if isinstance(reports, Mapping):
        return json.loads(_core.trace_stories([_story(reports)])[0])
    return _loaded(_core.trace([_several(reports)])[0])


def _edges(taken: Sheet) -> Any:
    """Returns a table of the edges of each story."""
    stories: dict[Any, list[str]] = {}
    for row, text in zip(taken.rows, _rows(taken)):
        stories.setdefault(row.get("story"), []).append(text)
    answers = [
        {"story": story, **json.loads(answer)}
        for story, found in zip(stories, _core.trace(list(stories.values())))
        for answer in found
    ]
    for answer in answers:
        if isinstance(source := answer.get("from"), dict):
            answer |= {"from": None, "outside": source["outside"]}
    kinds = _EDGE if "story" not in taken.names else {"story": "text", **_EDGE}
    columns = {name: _tables.column(kind, name, answers) for name, kind in kinds.items()}
    return taken.make(columns | {"problem": _tables.problems(answers)})


@overload
def check(
    rewrite: ReportLike, against: ReportLike | Iterable[ReportLike], *, all: bool = False
) -> Check | ProblemLine: ...
@overload
def check(rewrite: AnyTable, against: None = None, *, all: bool = False) -> AnyTable: ...
@overload
def check(
    rewrite: Iterable[Mapping[str, Any]], against: None = None, *, all: bool = False
) -> list[Check | ProblemLine]: ...
def check(rewrite: Any, against: Any = None, *, all: bool = False) -> Any:
    """Tells whether a rewrite (a summary, a retelling, a model's answer) is true to its sources.

    `rewrite` and each of `against` are a text or a report. Many are checked at once without `against`: dicts
    `{"rewrite": "…", "sources": ["…"]}` with an `id` where they have one, or a table with those columns, which gets
    `faithful`, and `sentences` and `drift` as JSON text. `all` gives less sure findings too.
    """
    if against is not None:
        return _check_one(rewrite, against, all)
    if (taken := sheet(rewrite)) is not None:
        return _put(taken, _loaded(_core.check([_pair(row) for row in taken.rows], all)), _CHECKED)
    if isinstance(rewrite, (str, Mapping)):
        raise TypeError('there is nothing to check against\nhint: check(rewrite, against=["the text of a source"])')
    return _loaded(_core.check(_several(rewrite), all))


def _check_one(rewrite: object, against: Any, all: bool) -> Any:
    if not isinstance(against, (str, Mapping)) and not isinstance(against, Iterable):
        raise TypeError(f"against={against!r} is no text\nhint: give the sources as a list of texts or reports")
    sources = [against] if _is_one(against) else list(against)
    words = [_words(value, name) for value, name in [(rewrite, "rewrite"), *((s, "source") for s in sources)]]
    for found in words:
        if isinstance(found, dict):
            return found
    return json.loads(_core.check([json.dumps({"rewrite": words[0], "sources": words[1:]})], all)[0])


def _words(value: object, name: str) -> str | dict[str, Any]:
    """Returns the words of a text or a report, cleaned where it is a page; or the problem of one that has none."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        raise TypeError(f"a {name} of type {type(value).__name__} is no text\nhint: give a text or a dict with `text`")
    if isinstance(text := value.get("text"), str):
        return text
    report = _one_page(_core.clean([line(value)])[0], 0)
    return report if "problem" in report else cast(str, report["text"])


def _pair(row: Mapping[str, Any]) -> str:
    """Returns the line of a row to check; one source alone may be given as a text."""
    sources = row.get("sources")
    return written({**row, "sources": [sources]} if isinstance(sources, str) else row)


@overload
def collate(  # type: ignore[overload-overlap]
    reports: Mapping[str, Any], *, published: str | None = None, all: bool = False
) -> Dossier | ProblemLine: ...
@overload
def collate(
    reports: Table | Iterable[ReportLike], *, published: str | None = None, one_story: bool = False, all: bool = False
) -> Dossier: ...
def collate(reports: Any, *, published: str | None = None, one_story: bool = False, all: bool = False) -> Any:
    """Collates reports into a dossier: who copied whom, what they agree on, where they differ, what a rewrite bent.

    Pages that were not cleaned are cleaned first; `published` is the date of those that carry none. `one_story` says
    that all tell one event; a dict `{"id", "reports"}` is such a story. `all` gives less sure findings too.
    """
    if (taken := sheet(reports)) is not None:
        return json.loads(_core.collate(_rows(taken), published, one_story, all))
    if isinstance(reports, Mapping):
        return json.loads(_core.collate_stories([_story(reports)], published, all)[0])
    return json.loads(_core.collate(_several(reports), published, one_story, all))


def collate_stories(
    stories: Iterable[Mapping[str, Any]], *, published: str | None = None, all: bool = False
) -> list[Dossier | ProblemLine]:
    """Collates many stories on all cores, each a dict `{"id", "reports"}` that is not grouped again; a dossier each."""
    return _loaded(_core.collate_stories([_story(story) for story in stories], published, all))


def trace_stories(stories: Iterable[Mapping[str, Any]]) -> list[TraceAnswer | ProblemLine]:
    """Traces many stories on all cores, each a dict `{"id", "reports"}`; a dict with edges and origins each."""
    return _loaded(_core.trace_stories([_story(story) for story in stories]))


def read(
    source: str | os.PathLike[str] | bytes | Iterable[str | os.PathLike[str]],
    *,
    name: str = "bytes",
    published: str | None = None,
) -> list[Report | ProblemLine]:
    """Reads files and folders, or the bytes of one file, and cleans what they hold, as `variorum clean` does.

    Text, web pages, JSON Lines, feeds, sitemaps, web archives (WARC), agency items and Parquet are told by their
    content, packed or not. Lines that an outlet repeats on its pages are learned from all of them and taken out.
    `name` is what problems call the bytes, and its ending helps to tell their format.
    """
    if isinstance(source, (bytes, bytearray)):
        return _loaded(_core.read_bytes(name, bytes(source), published))
    if isinstance(source, (str, os.PathLike)):
        return _loaded(_core.read_paths([source], published))
    if not isinstance(source, Iterable):
        raise TypeError(f"{source!r} is no path\nhint: give a path, a list of paths, or bytes")
    return _loaded(_core.read_paths(list(source), published))


def is_problem(answer: Mapping[str, Any]) -> bool:
    """Tells whether an answer is the problem of an input that could not be used."""
    return "problem" in answer


def _is_one(value: object) -> bool:
    return isinstance(value, (str, Mapping))


def _several(values: object) -> list[str]:
    """Returns the lines of a list of reports, for stages that need more than one."""
    if _is_one(values):
        raise TypeError("one report is not enough here\nhint: give a list of reports, or a table")
    return lines(values)


def _story(value: object) -> str:
    return line(value) if isinstance(value, Mapping) else problem(0, "no story; give a dict {id, reports}")


def _rows(taken: Sheet) -> list[str]:
    return [line(row, place) for place, row in enumerate(taken.rows)]


def _loaded(answers: Iterable[str]) -> list[Any]:
    return [json.loads(answer) for answer in answers]


def _put(taken: Sheet, answers: Sequence[Mapping[str, Any]], kinds: Mapping[str, Kind]) -> Any:
    """Returns a table with the fields of the answers to its rows as columns."""
    columns: Columns = {"id": _tables.ids(taken.rows, answers)}
    columns |= {name: _tables.column(kind, name, answers) for name, kind in kinds.items()}
    return taken.put(columns | {"problem": _tables.problems(answers)})
