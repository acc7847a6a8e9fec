"""Many news reports in, one sourced account out: the stages over texts, dicts and tables.

A report is a text, or a dict with the fields of a line of JSON (`id`, `url`, `outlet`, `published`, `title`, `byline`,
`language`, `text` or `html`). What cannot be used becomes `{"problem": {…}}` in its place and stops nothing else.
Every claim carries its span, counted in code points as Python strings are; `variorum.types` has the shapes.
"""

from variorum._core import version as _version
from variorum._findings import findings
from variorum._lines import ReportLike
from variorum._shelf import Shelf
from variorum._stages import (
    annotate,
    check,
    clean,
    collate,
    collate_stories,
    group,
    is_problem,
    read,
    trace,
    trace_stories,
)
from variorum._tables import Table

__version__ = _version()

__all__ = [
    "ReportLike",
    "Shelf",
    "Table",
    "annotate",
    "check",
    "clean",
    "collate",
    "collate_stories",
    "findings",
    "group",
    "is_problem",
    "read",
    "trace",
    "trace_stories",
]
