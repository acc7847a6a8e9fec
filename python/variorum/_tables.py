"""Tables of pyarrow, pandas and polars, as rows and back; none of the three is imported before it is used."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Kind = Literal["text", "number", "whole", "flag", "texts"]
"""What a column holds; each may be missing in a row."""

Columns = dict[str, tuple[Kind, list[Any]]]
"""Columns by name, in their order."""

_NESTED = ("annotations", "blocks", "credits", "removed", "notes", "extra")
"""Fields that stand in a table as JSON."""


class Table(Protocol):
    """A table: of pyarrow, pandas, polars, or of whatever else offers the Arrow stream interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hands the table out as a stream of Arrow batches."""


@dataclass(frozen=True)
class Sheet:
    """A table that was taken apart."""

    rows: list[dict[str, Any]]
    """Its rows, without the values that are missing."""
    names: list[str]
    """Its columns."""
    put: Callable[[Columns], Any]
    """Returns the table with columns put in, replaced where they are there."""
    make: Callable[[Columns], Any]
    """Returns another table of the same library."""


def sheet(value: object) -> Sheet | None:
    """Returns the rows of a table and the way back; nothing where the value is no table."""
    names = {(base.__module__.partition(".")[0], base.__name__) for base in type(value).__mro__}
    if ("pandas", "DataFrame") in names:
        return _pandas(value)
    if ("polars", "DataFrame") in names:
        return _polars(value)
    if ("polars", "LazyFrame") in names:
        raise TypeError("a LazyFrame has no rows yet\nhint: call .collect() first")
    if ("pyarrow", "RecordBatch") in names:
        return _arrow(value, is_batch=True)
    # A column can be streamed too, but its values are texts like those of a list.
    is_column = any(name in ("Series", "ChunkedArray", "Array") for _, name in names)
    if hasattr(value, "__arrow_c_stream__") and not is_column:
        return _arrow(value, is_batch=False)
    return None


def _pandas(frame: Any) -> Sheet:
    import pandas

    text = "str" if int(pandas.__version__.split(".")[0]) >= 3 else "object"
    types = {"text": text, "number": "float64", "whole": "Int64", "flag": "boolean", "texts": "object"}

    def put(columns: Columns) -> Any:
        result = frame.copy()
        for name, (kind, values) in columns.items():
            result[name] = pandas.Series(values, dtype=types[kind]).array
        return result

    def make(columns: Columns) -> Any:
        series = {name: pandas.Series(values, dtype=types[kind]) for name, (kind, values) in columns.items()}
        return pandas.DataFrame(series)

    names = [str(name) for name in frame.columns]
    columns = [frame.iloc[:, n] for n in range(len(names))]
    values = [column.astype("object").where(column.notna(), None).tolist() for column in columns]
    return Sheet(_rows(names, values, len(frame)), names, put, make)


def _polars(frame: Any) -> Sheet:
    import polars

    types = {
        "text": polars.String,
        "number": polars.Float64,
        "whole": polars.Int64,
        "flag": polars.Boolean,
        "texts": polars.List(polars.String),
    }

    def series(columns: Columns) -> list[Any]:
        return [polars.Series(name, values, dtype=types[kind]) for name, (kind, values) in columns.items()]

    names = list(frame.columns)
    rows = _rows(names, [frame.get_column(name).to_list() for name in names], frame.height)
    return Sheet(rows, names, lambda c: frame.with_columns(series(c)), lambda c: polars.DataFrame(series(c)))


def _arrow(value: Any, *, is_batch: bool) -> Sheet:
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("this table needs pyarrow\nhint: pip install 'variorum[tables]'") from error

    types = {
        "text": pyarrow.string(),
        "number": pyarrow.float64(),
        "whole": pyarrow.int64(),
        "flag": pyarrow.bool_(),
        "texts": pyarrow.list_(pyarrow.string()),
    }
    table = value if is_batch or isinstance(value, pyarrow.Table) else pyarrow.table(value)
    kind = pyarrow.RecordBatch if is_batch else pyarrow.Table

    def arrays(columns: Columns) -> dict[str, Any]:
        return {name: pyarrow.array(values, type=types[kind]) for name, (kind, values) in columns.items()}

    def put(columns: Columns) -> Any:
        fresh = arrays(columns)
        kept = [(field, fresh.pop(field.name, None), column) for field, column in zip(table.schema, table.columns)]
        fields = [field if new is None else pyarrow.field(field.name, new.type) for field, new, _ in kept]
        fields += [pyarrow.field(name, new.type) for name, new in fresh.items()]
        columns_now = [column if new is None else new for _, new, column in kept] + list(fresh.values())
        return kind.from_arrays(columns_now, schema=pyarrow.schema(fields))

    def make(columns: Columns) -> Any:
        fresh = arrays(columns)
        return kind.from_arrays(list(fresh.values()), names=list(fresh))

    names = list(table.schema.names)
    rows = _rows(names, [column.to_pylist() for column in table.columns], table.num_rows)
    return Sheet(rows, names, put, make)


def _rows(names: Sequence[str], columns: Sequence[Sequence[Any]], count: int) -> list[dict[str, Any]]:
    if not columns:
        return [{} for _ in range(count)]
    return [_row(names, values) for values in zip(*columns)]


def _row(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    """Returns the fields of a row as a line of JSON has them; a problem of an earlier stage is all that its row says."""
    row = {name: _field(name, value) for name, value in zip(names, values) if value is not None}
    reason = row.pop("problem", None)
    if isinstance(reason, str):
        told = {"reason": reason}
        return {"problem": told | {"id": row["id"]} if isinstance(row.get("id"), str) else told}
    return row


def _field(name: str, value: Any) -> Any:
    if name == "id" and isinstance(value, (int, float)) and not isinstance(value, bool):
        # A column of whole numbers in which one is missing comes as floats.
        return str(int(value)) if value == value and value - value == 0 and value == int(value) else str(value)
    if name == "byline" and isinstance(value, str):
        return [value]
    if name in _NESTED and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def column(kind: Kind, name: str, answers: Sequence[Mapping[str, Any]]) -> tuple[Kind, list[Any]]:
    """Returns the column of a field of many answers; nested values become JSON where the column holds text."""
    values = [answer.get(name) for answer in answers]
    return kind, [_cell(value) for value in values] if kind == "text" else values


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def ids(rows: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]) -> tuple[Kind, list[Any]]:
    """Returns the column of ids: those that the answers carry, else the given ones."""
    given = [row.get("id", row.get("problem", {}).get("id") if "problem" in row else None) for row in rows]
    return "text", [answer.get("id", None if was is None else str(was)) for answer, was in zip(answers, given)]


def problems(answers: Sequence[Mapping[str, Any]]) -> tuple[Kind, list[Any]]:
    """Returns the column that says why a row has no answer."""
    return "text", [answer["problem"]["reason"] if "problem" in answer else None for answer in answers]
