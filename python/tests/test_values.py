"""Texts, dicts and lists: what goes in and the form in which it comes out."""

import datetime
import decimal
import json
import math
import pickle
import subprocess
import sys
from collections import UserDict
from pathlib import Path
from typing import Any

import pytest
import variorum

TEXT = "Twelve people died on Tuesday, the Calverra fire service said."
ARTICLE = f"""<html><body><article><h1>Leak at the dock</h1><p>{TEXT} The leak began in a cold store at the port of
Marrowick shortly before dawn and was closed two hours later by a crew from the port authority.</p><p>Residents of the
streets behind the dock were told to keep their windows shut until the evening, and two schools stayed closed.</p>
</article></body></html>"""


def test_nothing_is_imported_that_was_not_asked_for() -> None:
    code = "import sys, variorum; print(sorted({'pandas', 'polars', 'pyarrow', 'pyspark'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_text_gives_a_dict_and_a_list_a_list() -> None:
    one: Any = variorum.annotate(TEXT)
    assert one["annotations"]["figures"][0]["value"] == 12
    assert variorum.annotate([TEXT, {"text": TEXT}]) == [one, one]
    assert variorum.annotate(text for text in [TEXT]) == [one]
    assert variorum.annotate([]) == []
    assert variorum.annotate(UserDict(text=TEXT)) == one


def test_clean_keeps_unknown_fields_and_takes_furniture_out() -> None:
    page = {"id": "p", "html": ARTICLE, "desk": "port"}
    report: Any = variorum.clean(page, published="2025-03-27")
    assert TEXT in report["text"]
    assert (report["id"], report["extra"], report["published"]) == ("p", {"desk": "port"}, "2025-03-27")
    assert variorum.clean([page]) == [variorum.clean(page)]


def test_check_takes_texts_and_reports() -> None:
    answer: Any = variorum.check("Nine people died.", "Eight people died.")
    assert [drift["kind"] for drift in answer["drift"]] == ["figure"]
    assert answer == variorum.check({"text": "Nine people died."}, [{"id": "x", "text": "Eight people died."}])
    page: Any = variorum.check(TEXT, {"html": ARTICLE})
    assert page["faithful"] == 1
    assert "problem" in variorum.check(TEXT, [{"html": ""}])


@pytest.mark.parametrize("bad", [None, math.nan, 3, b"bytes", [TEXT], object()])
def test_a_bad_value_is_a_problem_in_its_place(bad: Any) -> None:
    answers: Any = variorum.annotate([TEXT, bad, TEXT])
    assert [variorum.is_problem(answer) for answer in answers] == [False, True, False]
    assert answers[1]["problem"]["path"] == "input[1]"


@pytest.mark.parametrize(
    "bad",
    [{}, {"text": None}, {"text": 5}, {"text": math.nan}, {"text": "x", "note": {1, 2}}, {"text": "x", (1, 2): 3}],
)
def test_a_bad_dict_is_a_problem_in_every_stage(bad: Any) -> None:
    for stage in (variorum.clean, variorum.annotate, variorum.group, variorum.trace):
        answers: Any = stage([bad])
        assert [list(answer) for answer in answers] == [["problem"]], stage
        assert answers[0]["problem"]["reason"]
    assert len(variorum.collate([bad])["problems"]) == 1


def test_a_dict_that_holds_itself_is_a_problem() -> None:
    report: dict[str, Any] = {"text": TEXT}
    report["self"] = report
    assert "problem" in variorum.annotate(report)


def test_a_lone_surrogate_is_a_problem() -> None:
    assert "problem" in variorum.annotate("half of \ud83d here")


def test_problems_go_through_the_stages() -> None:
    cleaned: Any = variorum.clean([{"id": "empty"}, TEXT])
    assert variorum.annotate(cleaned)[0] == cleaned[0]
    assert variorum.group(cleaned)[0] == cleaned[0]
    assert variorum.trace(cleaned)[0] == cleaned[0]
    assert variorum.collate(cleaned)["problems"] == [cleaned[0]["problem"]]


def test_values_of_python_become_those_of_json() -> None:
    extra = {
        "day": datetime.date(2025, 3, 27),
        "price": decimal.Decimal("1.10"),
        "many": 2**80,
        "none": [math.nan],
        "pair": (1, 2),
    }
    report: Any = variorum.clean({"id": 2**80, "published": datetime.datetime(2025, 3, 27), "text": TEXT, **extra})
    assert (report["id"], report["published"]) == (str(2**80), "2025-03-27")
    assert report["extra"]["day"] == "2025-03-27"
    assert report["extra"]["price"] == "1.10"
    assert report["extra"]["pair"] == [1, 2]


@pytest.mark.parametrize("stage", [variorum.clean, variorum.annotate, variorum.group, variorum.trace, variorum.collate])
@pytest.mark.parametrize("bad", [None, 7, b"bytes", Path("reports")])
def test_a_wrong_argument_says_what_to_give(stage: Any, bad: Any) -> None:
    with pytest.raises(TypeError, match="hint: "):
        stage(bad)


def test_a_text_alone_cannot_be_grouped() -> None:
    for stage in (variorum.group, variorum.trace, variorum.collate):
        with pytest.raises(TypeError, match="hint: give a list"):
            stage(TEXT)
    with pytest.raises(TypeError, match="hint: check"):
        variorum.check(TEXT)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="hint: "):
        variorum.check(TEXT, 5)  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="hint: write it as"):
        variorum.clean(TEXT, published="yesterday")


def test_a_feed_in_one_dict_is_told_apart_from_a_page() -> None:
    item = {"id": "1", "content_text": TEXT, "url": "https://a.example/1"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Port", "items": [item, item | {"id": "2"}]}
    assert len(variorum.clean([feed])) == 2
    assert "problem" in variorum.clean(feed)
    assert len(variorum.read(json.dumps(feed).encode(), name="feed.json")) == 2


def test_bytes_of_an_archive_are_read() -> None:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{ARTICLE}".encode()
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/leak\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    (report,) = variorum.read(head.encode() + page + b"\r\n\r\n", name="crawl.warc")
    assert dict(report)["url"] == "https://a.example/leak"


def test_a_path_that_is_not_there_is_a_problem() -> None:
    (answer,) = variorum.read(Path("no/such/folder"))
    assert dict(answer) == {"problem": {"path": "no/such/folder", "reason": "no such file or folder; check the path"}}


def test_findings_are_rows() -> None:
    annotated: Any = variorum.annotate([{"id": "a", "text": TEXT}, {"id": "b"}])
    (row,) = variorum.findings(annotated, "figures")
    assert (row["report"], row["start"], row["end"], row["text"], row["value"]) == ("a", 0, 13, "Twelve people", 12)
    (said,) = variorum.findings(annotated, "attributions")
    assert said["source"] and said["cue"] == "said"
    assert variorum.findings(annotated[0], "figures") == [row]
    with pytest.raises(ValueError, match="hint: ask for one of sentences, quotes"):
        variorum.findings(annotated, "words")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="hint: give the reports to variorum.annotate"):
        variorum.findings([{"id": "a", "text": TEXT}], "figures")


def test_answers_are_pickled(leak: list[Any]) -> None:
    dossier = variorum.collate(leak)
    assert pickle.loads(pickle.dumps(dossier)) == dossier
