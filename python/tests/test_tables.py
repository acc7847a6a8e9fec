"""Tables of three libraries: the rows stay, columns come to them."""

import datetime
import json
import math
import subprocess
import sys
from typing import Any

import pandas
import polars
import pyarrow
import pytest
import variorum

FIELDS = ("id", "url", "outlet", "published", "title", "byline", "language", "text")

LIBRARIES: dict[str, Any] = {
    "pandas": lambda rows: pandas.DataFrame(rows, columns=list(rows[0])),
    "polars": lambda rows: polars.DataFrame(rows, infer_schema_length=None),
    "pyarrow": lambda rows: pyarrow.Table.from_pylist(rows),
    "batch": lambda rows: pyarrow.RecordBatch.from_pylist(rows),
}


@pytest.fixture(params=LIBRARIES)
def make(request: pytest.FixtureRequest) -> Any:
    """Makes a table of rows."""
    return LIBRARIES[request.param]


def rows_of(table: Any) -> list[dict[str, Any]]:
    """Returns the rows of a table of any library, with None for what is missing."""
    if isinstance(table, pandas.DataFrame):
        plain = table.astype("object").where(table.notna(), None)
        return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
    if isinstance(table, polars.DataFrame):
        return list(table.to_dicts())
    return list(table.to_pylist())


@pytest.fixture
def rows(leak: list[Any]) -> list[dict[str, Any]]:
    """Reports as rows of a table, with a column that nobody knows and a row that cannot be used."""
    good = [{name: report[name] for name in FIELDS} | {"desk": "port"} for report in leak]
    bad = dict.fromkeys(FIELDS) | {"id": "bad", "byline": [], "desk": None}
    return [*good[:3], bad, *good[3:]]


def test_annotate(make: Any, rows: list[Any], leak: list[Any]) -> None:
    table = make(rows)
    result = variorum.annotate(table)
    assert type(result) is type(table)
    answers = rows_of(result)
    assert list(answers[0]) == [*rows[0], "annotations", "problem"]
    assert [row["id"] for row in answers] == [row["id"] for row in rows]
    assert [row["problem"] is None for row in answers] == [row["id"] != "bad" for row in rows]
    assert answers[3]["annotations"] is None and "`text`" in answers[3]["problem"]
    alone: Any = variorum.annotate([{k: v for k, v in row.items() if v is not None} for row in rows])
    assert json.loads(answers[0]["annotations"]) == alone[0]["annotations"]


def test_group_then_trace(make: Any, rows: list[Any], leak: list[Any]) -> None:
    grouped = variorum.group(make(rows))
    placements: Any = {line["id"]: line for line in map(dict, variorum.group(leak))}
    for row in rows_of(grouped):
        if row["id"] != "bad":
            assert {name: row[name] for name in ("id", "story", "duplicate_of", "score")} == placements[row["id"]]
    edges = rows_of(variorum.trace(grouped))
    expected: Any = variorum.trace([{k: v for k, v in row.items() if v is not None} for row in rows if row["id"] != "bad"])
    told = [edge for edge in edges if edge["problem"] is None]
    assert [(edge["to"], edge["kind"], edge["score"], edge["credited"]) for edge in told] == [
        (edge["to"], edge["kind"], edge["score"], edge["credited"]) for edge in expected
    ]
    assert [edge["from"] or {"outside": edge["outside"]} for edge in told] == [edge["from"] for edge in expected]
    assert json.loads(told[0]["evidence"]) == expected[0]["evidence"]
    assert [edge["problem"] is None for edge in edges].count(False) == 1


def test_trace_without_stories(make: Any, rows: list[Any]) -> None:
    result = variorum.trace(make(rows))
    assert list(rows_of(result)[0])[:3] == ["from", "outside", "to"]


def test_clean_then_annotate_then_collate(make: Any, rows: list[Any], leak: list[Any]) -> None:
    cleaned = variorum.clean(make(rows))
    first = rows_of(cleaned)[0]
    assert first["desk"] == "port" and json.loads(first["extra"]) == {"desk": "port"}
    assert json.loads(first["blocks"])[0]["start"] == 0
    annotated = variorum.annotate(cleaned)
    reasons = [row["problem"] for row in rows_of(annotated)]
    assert reasons == [row["problem"] for row in rows_of(cleaned)] and reasons[3]
    figures = rows_of(variorum.findings(annotated, "figures"))
    texts = {row["id"]: row["text"] for row in rows_of(annotated)}
    assert len(figures) > 50
    assert all(texts[row["report"]][row["start"] : row["end"]] == row["text"] for row in figures)
    dossier = variorum.collate(annotated)
    of_lists = variorum.collate(variorum.annotate(variorum.clean([r for r in rows if r["id"] != "bad"])))
    assert dossier["stories"] == of_lists["stories"]
    assert [problem.get("id") for problem in dossier["problems"]] == ["bad"]


def test_check(make: Any) -> None:
    pairs = [
        {"id": "1", "rewrite": "Nine people died.", "sources": ["Eight people died."]},
        {"id": "2", "rewrite": None, "sources": ["Eight people died."]},
    ]
    result = rows_of(variorum.check(make(pairs)))
    assert result[0]["faithful"] < 1 and json.loads(result[0]["drift"])[0]["kind"] == "figure"
    assert result[1]["faithful"] is None and "rewrite" in result[1]["problem"]
    one_source = variorum.check(make([{"rewrite": "Nine people died.", "sources": "Eight people died."}]))
    assert rows_of(one_source)[0]["drift"] == result[0]["drift"]


@pytest.mark.parametrize(
    "empty",
    [
        pandas.DataFrame({"text": []}),
        pandas.DataFrame(),
        polars.DataFrame({"text": []}, schema={"text": polars.String}),
        polars.DataFrame(),
        pyarrow.table({"text": pyarrow.array([], pyarrow.string())}),
        pyarrow.RecordBatch.from_pydict({"text": pyarrow.array([], pyarrow.string())}),
    ],
    ids=["pandas", "pandas, no columns", "polars", "polars, no columns", "pyarrow", "batch"],
)
def test_empty_tables(empty: Any) -> None:
    for stage in (variorum.clean, variorum.annotate, variorum.group, variorum.trace, variorum.check):
        result = stage(empty)
        assert type(result) is type(empty) and rows_of(result) == []
    assert rows_of(variorum.findings(variorum.annotate(empty), "quotes")) == []
    assert variorum.collate(empty)["stories"] == []


def test_the_columns_do_not_depend_on_the_rows(make: Any) -> None:
    def kinds(table: Any) -> list[str]:
        found = table.schema.items() if isinstance(table, polars.DataFrame) else getattr(table, "schema", None)
        return [str(kind) for kind in (table.dtypes.items() if found is None else found)]

    some, other = make([{"id": "a", "text": "Nine people died."}]), make([{"id": "b", "text": "No."}])
    for stage in (variorum.clean, variorum.annotate, variorum.group, variorum.trace):
        assert kinds(stage(some)) == kinds(stage(other))
    for kind in ("figures", "quotes", "dates", "names", "entities", "attributions", "sentences"):
        found = [variorum.findings(variorum.annotate(table), kind) for table in (some, other)]
        assert kinds(found[0]) == kinds(found[1])


def test_odd_columns_of_pandas() -> None:
    frame = pandas.DataFrame(
        {
            "id": [1.0, math.nan, 3.0],
            "text": ["Nine people died.", None, "\U0001f600 Ten people died."],
            "published": [pandas.Timestamp("2025-03-27"), pandas.NaT, pandas.Timestamp("2025-03-28T10:00:00Z")],
            "byline": ["Ana Oule", None, ""],
            "n": pandas.array([1, None, 2], dtype="Int64"),
            "kind": pandas.Categorical(["a", None, "b"]),
            7: [1, 2, 3],
        },
        index=[5, 5, 5],
    )
    result = variorum.clean(frame)
    assert list(result["id"][[True, False, True]]) == ["1", "3"]
    assert list(result.index) == [5, 5, 5]
    rows = rows_of(result)
    assert (rows[0]["published"], rows[2]["published"][:10]) == ("2025-03-27", "2025-03-28")
    assert rows[0]["byline"] == ["Ana Oule"]
    assert json.loads(rows[0]["extra"]) == {"n": 1, "kind": "a", "7": 1}
    assert rows[1]["problem"]
    annotated = rows_of(variorum.annotate(result))
    span = json.loads(annotated[2]["annotations"])["figures"][0]["span"]
    assert annotated[2]["text"][span["start"] : span["end"]] == span["text"] == "Ten people"


def test_big_numbers_and_days() -> None:
    day = datetime.date(2025, 3, 27)
    table = pyarrow.table({"id": [2**62, None], "published": [day, None], "text": ["Nine died.", "Ten died."], "x": [math.nan, 1.0]})
    rows = variorum.clean(table).to_pylist()
    assert (rows[0]["id"], rows[0]["published"]) == (str(2**62), "2025-03-27")
    assert len(rows[1]["id"]) == 16


def test_the_input_is_left_alone() -> None:
    frame = pandas.DataFrame({"text": ["Nine died."]})
    variorum.annotate(frame)
    assert list(frame.columns) == ["text"]


def test_columns_and_lazy_frames() -> None:
    texts = ["Nine people died.", "Ten people died."]
    for column in (pandas.Series(texts), polars.Series(texts)):
        answers: Any = variorum.annotate(column)
        assert [answer["text"] for answer in answers] == texts
    with pytest.raises(TypeError, match="hint: call .collect"):
        variorum.annotate(polars.LazyFrame({"text": texts}))


def test_a_shelf_takes_no_table() -> None:
    with pytest.raises(TypeError, match="hint: variorum.group"):
        variorum.Shelf().place(pandas.DataFrame({"text": ["Nine died."]}))


def test_without_pyarrow_a_table_says_what_to_install() -> None:
    code = """
import sys
sys.modules["pyarrow"] = None
import variorum
class Stream:
    def __arrow_c_stream__(self, requested_schema=None): ...
try:
    variorum.annotate(Stream())
except ImportError as error:
    print(error)
import pandas
print(len(variorum.annotate(pandas.DataFrame({"text": ["Nine died."]}))))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["hint: pip install 'variorum[tables]'", "1"]
