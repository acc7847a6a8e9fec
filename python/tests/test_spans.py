"""Every span fits: the slice of the report's text that it names is its words."""

from collections.abc import Iterator
from typing import Any

import variorum
from hypothesis import given, settings
from hypothesis import strategies as st

WIDE = "\U0001f600 Twelve \U00010348 people died on 27 March 2025, “no warning came 𝔘,” Ana López said. São Tomé gave €1.5 million."


def spans(value: Any) -> Iterator[Any]:
    """Yields every span in an answer."""
    if isinstance(value, dict):
        if {"report", "start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def fit(answer: Any, texts: dict[str, str]) -> int:
    """Returns how many spans there are, all of which fit."""
    found = list(spans(answer))
    for span in found:
        assert texts[span["report"]][span["start"] : span["end"]] == span["text"], span
    return len(found)


def test_spans_of_annotations_outside_the_basic_plane() -> None:
    report: Any = variorum.annotate({"id": "w", "text": WIDE})
    assert report["text"] == WIDE
    assert fit(report, {"w": WIDE}) > 8


def test_spans_of_a_dossier(leak: list[Any]) -> None:
    dossier = variorum.collate(leak)
    assert fit(dossier, {report["id"]: report["text"] for report in dossier["reports"]}) > 500


def test_spans_of_a_check() -> None:
    rewrite, source = WIDE.replace("Twelve", "Thirteen"), WIDE
    assert fit(variorum.check(rewrite, [source]), {"rewrite": rewrite, "source-1": source}) > 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WIDE.split(), "\n", "’s", "e\u0301", "\u200d", "1,500", "%"]) | st.text(max_size=8)))
def test_spans_of_any_text(words: list[str]) -> None:
    text = " ".join(words)
    report: Any = variorum.annotate({"id": "t", "text": text}, fast=True)
    if "problem" not in report:
        assert report["text"] == text
        fit(report, {"t": text})
