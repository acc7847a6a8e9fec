"""Annotations as rows: one for every quote, figure, date, name or attribution."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from variorum import _tables
from variorum._tables import Kind, sheet

Finding = Literal["sentences", "quotes", "figures", "dates", "names", "entities", "attributions"]
"""What `annotate` finds."""

_PLACE: dict[str, Kind] = {"report": "text", "start": "whole", "end": "whole", "text": "text"}

_FIELDS: dict[str, dict[str, Kind]] = {
    "sentences": _PLACE,
    "quotes": _PLACE | {"kind": "text", "speaker": "text", "cue": "text"},
    "figures": _PLACE
    | {
        "value": "number",
        "high": "number",
        "unit": "text",
        "what": "text",
        "per": "text",
        "hedge": "text",
        "trend": "text",
        "vague": "flag",
    },
    "dates": _PLACE | {"value": "text", "kind": "text", "modifier": "text"},
    "names": _PLACE | {"kind": "text", "entity": "text", "sure": "flag"},
    "entities": {"report": "text", "id": "text", "name": "text", "kind": "text", "mentions": "whole"},
    "attributions": _PLACE
    | {"source": "text", "cue": "text", "content": "text", "hedged": "flag", "within": "whole"},
}


def findings(reports: Any, kind: Finding) -> Any:
    """Returns a row for every finding of a kind in annotated reports.

    A row says where the finding stands (`report`, `start`, `end`, `text`) and has its other fields; a speaker or a
    source stands there by name, a cue by its words. Reports give a list of dicts, a table gives a table.
    """
    fields = _FIELDS.get(kind)
    if fields is None:
        raise ValueError(f"there are no findings {kind!r}\nhint: ask for one of {', '.join(_FIELDS)}")
    if (taken := sheet(reports)) is None:
        return [row for report in _reports(reports) for row in _of_report(report, kind, fields)]
    rows = [row for report in taken.rows for row in _of_report(report, kind, fields)]
    return taken.make({name: _tables.column(of, name, rows) for name, of in fields.items()})


def _reports(given: Any) -> list[Mapping[str, Any]]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise TypeError(f"a value of type {type(given).__name__} has no annotations\nhint: give it to variorum.annotate first")
    return [given] if isinstance(given, Mapping) else list(given)


def _of_report(report: Mapping[str, Any], kind: str, fields: Mapping[str, Kind]) -> list[dict[str, Any]]:
    if "problem" in report:
        return []
    annotations = report.get("annotations")
    if annotations is None:
        raise ValueError("a report has no annotations\nhint: give the reports to variorum.annotate first")
    return [_row(finding, report, fields) for finding in annotations[kind]]


def _row(finding: Mapping[str, Any], report: Mapping[str, Any], fields: Mapping[str, Kind]) -> dict[str, Any]:
    span = finding.get("span", finding)
    row = {"report": report.get("id"), **{name: span[name] for name in _PLACE if name in span}}
    return {name: row[name] if name in row else _value(finding.get(name), kind) for name, kind in fields.items()}


def _value(value: Any, kind: Kind) -> Any:
    if isinstance(value, Mapping):
        return value.get("name", value.get("text"))
    return bool(value) if kind == "flag" else value
