"""The same reports give the same bytes as the program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import variorum
from conftest import lines_of

Cli = Callable[..., str]

BROKEN: list[Any] = [{"id": "bare"}, {"id": 7, "text": "Seven people were hurt."}, {"text": 3}, {"html": "<p>x"}]


@pytest.fixture
def reports(folder: Path) -> list[Any]:
    """The reports of a folder as `clean` gives them."""
    return list(variorum.read(folder))


def test_read_is_clean_of_paths(folder: Path, reports: list[Any], cli: Cli) -> None:
    assert lines_of(reports) == cli("clean", str(folder))


def test_clean_of_lines(reports: list[Any], cli: Cli) -> None:
    pages = [{"id": r["id"], "outlet": r["outlet"], "text": r["text"], "desk": "port"} for r in reports] + BROKEN[:1]
    assert lines_of(variorum.clean(pages)) == cli("clean", lines=lines_of(pages))


@pytest.mark.parametrize("flags", [[], ["--fast"]])
def test_annotate(reports: list[Any], flags: list[str], cli: Cli) -> None:
    given = reports + BROKEN
    assert lines_of(variorum.annotate(given, fast=bool(flags))) == cli("annotate", *flags, lines=lines_of(given))


def test_group_whole(reports: list[Any], cli: Cli) -> None:
    given = reports + BROKEN + reports[:1]
    assert lines_of(variorum.group(given)) == cli("group", "--whole", lines=lines_of(given))
    assert lines_of(variorum.group(given, window=3)) == cli("group", "--whole", "--window", "3", lines=lines_of(given))


def test_group_as_reports_stream_in(reports: list[Any], cli: Cli) -> None:
    given = reports + BROKEN + reports[:1]
    assert lines_of(variorum.Shelf().place(given)) == cli("group", lines=lines_of(given))
    assert lines_of(variorum.Shelf(window=3).place(given)) == cli("group", "--window", "3", lines=lines_of(given))


def test_trace(reports: list[Any], cli: Cli) -> None:
    assert lines_of(variorum.trace(reports)) == cli("trace", lines=lines_of(reports))


def test_trace_of_stories(reports: list[Any], cli: Cli) -> None:
    stories = [{"id": "all", "reports": reports}, {"id": "two", "reports": reports[:2] * 2}]
    assert lines_of(variorum.trace_stories(stories)) == cli("trace", "--jsonl", lines=lines_of(stories))
    assert lines_of([variorum.trace(stories[0])]) == cli("trace", "--jsonl", lines=lines_of(stories[:1]))


def test_check(reports: list[Any], cli: Cli, tmp_path: Path) -> None:
    texts = [report["text"] for report in reports]
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.txt").write_text(text)
    paths = [str(tmp_path / f"{n}.txt") for n in range(len(texts))]
    answer: Any = variorum.check(texts[0], texts[1:], all=True)
    assert lines_of([answer]) == cli("check", paths[0], "--against", *paths[1:], "--all")


def test_check_of_pairs(reports: list[Any], cli: Cli) -> None:
    texts = [report["text"] for report in reports]
    pairs = [{"id": str(n), "rewrite": text, "sources": [*texts[:n], *texts[n + 1 :]]} for n, text in enumerate(texts)]
    assert lines_of(variorum.check(pairs)) == cli("check", "--jsonl", lines=lines_of(pairs))


def test_collate(folder: Path, reports: list[Any], cli: Cli) -> None:
    assert lines_of([variorum.collate(reports)]) == cli("collate", str(folder), "--json")
    assert lines_of([variorum.collate(reports, one_story=True, all=True)]) == cli(
        "collate", str(folder), "--json", "--one-story", "--all"
    )


def test_collate_of_stories(reports: list[Any], cli: Cli) -> None:
    stories = [{"id": "all", "reports": reports}, {"id": "short", "reports": [{"id": "a", "text": "One line."}, {}]}]
    assert lines_of(variorum.collate_stories(stories)) == cli("collate", "--jsonl", lines=lines_of(stories))


def test_problems_of_a_folder_come_along(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "a.txt").write_text("Two workers died at the Marrowick dock on Tuesday, the port said.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    reports = variorum.read(tmp_path)
    assert [variorum.is_problem(dict(report)) for report in reports] == [False, True, True]
    assert lines_of(reports) == cli("clean", str(tmp_path))
    assert lines_of([variorum.collate([dict(r) for r in reports])]) == cli("collate", str(tmp_path), "--json")
