"""Values that a caller has, as lines of JSON for the compiled half, and back."""

import datetime
import decimal
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

ReportLike = str | Mapping[str, Any]
"""What is taken for a report: its text, or a dict with the fields of a line of JSON (`id`, `outlet`, `text`, …)."""


def line(value: object, place: int = 0) -> str:
    """Returns the line of a report; what is none becomes the line of a problem."""
    if isinstance(value, str):
        return json.dumps({"text": value})
    if not isinstance(value, Mapping):
        return problem(place, f"a value of type {type(value).__name__} is no report; give its text or a dict")
    try:
        return written(value)
    except (TypeError, ValueError, RecursionError) as error:
        return problem(place, f"the dict cannot be written as JSON ({error}); leave that field out or make it text")


def lines(values: object) -> list[str]:
    """Returns the lines of many reports; raises where the value is no collection at all."""
    if isinstance(values, (bytes, bytearray, os.PathLike)):
        raise TypeError(f"{_of(values)} is no report\nhint: variorum.read(…) reads files and bytes of every format")
    if not isinstance(values, Iterable):
        raise TypeError(
            f"{_of(values)} is no report\nhint: give a text, a dict with `text` or `html`, a list of those, or a table"
        )
    return [line(value, place) for place, value in enumerate(values)]


def written(value: Mapping[Any, Any]) -> str:
    """Returns a mapping as one line of JSON; a number that is none (NaN) is null."""
    fields = value if isinstance(value, dict) else dict(value)
    if type(id := fields.get("id")) is int and id.bit_length() > 63:
        # JSON's readers make a float of it, and two such names would be one.
        fields = {**fields, "id": str(id)}
    try:
        return json.dumps(fields, allow_nan=False, default=_plain)
    except ValueError:
        return json.dumps(_without_nan(fields), default=_plain)


def problem(place: int, reason: str) -> str:
    """Returns the line of a problem."""
    return json.dumps({"problem": {"path": f"input[{place}]", "reason": reason}})


def _plain(value: Any) -> Any:
    """Returns a value of another library in words of JSON."""
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return list(value)
    for name in ("tolist", "item"):
        if callable(method := getattr(value, name, None)):
            return method()
    if type(value).__name__ == "NAType":
        return None
    raise TypeError(f"a value of type {type(value).__name__}")


def _moment(value: datetime.datetime) -> str | None:
    """Returns a time as RFC 3339; a midnight without a zone is how tables hold a bare day."""
    if value != value:  # pandas' missing time is no time, and unlike itself
        return None
    is_day = value.tzinfo is None and value.time() == datetime.time()
    return value.date().isoformat() if is_day else value.isoformat()


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, Mapping):
        return {key: _without_nan(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(inner) for inner in value]
    return value


def _of(value: object) -> str:
    return f"a value of type {type(value).__name__}"
