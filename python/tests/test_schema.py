"""Answers have the shapes of `docs/schema`, and `variorum.types` has its fields."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import variorum
import variorum.types
from conftest import ROOT

SCHEMAS = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "docs/schema").glob("*.json"))}


def shapes() -> dict[str, dict[str, Any]]:
    """Returns every object of the schemas by its name."""
    found: dict[str, dict[str, Any]] = {}
    for schema in SCHEMAS.values():
        for name, shape in [(schema["title"], schema), *schema.get("$defs", {}).items()]:
            found[name] = shape
    return found


@pytest.mark.parametrize("name", sorted(name for name, shape in shapes().items() if "properties" in shape))
def test_the_fields_of_a_shape(name: str) -> None:
    shape, ours = shapes()[name], getattr(variorum.types, name)
    assert ours.__required_keys__ == set(shape.get("required", []))
    assert ours.__required_keys__ | ours.__optional_keys__ == set(shape["properties"])


@pytest.mark.parametrize("name", sorted(name for name, shape in shapes().items() if "oneOf" in shape))
def test_the_words_of_a_choice(name: str) -> None:
    assert list(getattr(variorum.types, name).__args__) == [one["const"] for one in shapes()[name]["oneOf"]]


def test_the_fields_of_a_cleaned_table_are_those_of_a_report() -> None:
    from variorum._findings import _FIELDS
    from variorum._stages import _CLEANED

    assert {"id", "annotations", *_CLEANED} == set(SCHEMAS["report"]["properties"])
    assert list(_FIELDS) == list(variorum.types.Annotations.__annotations__)


def holds(schema: str, value: Any) -> None:
    jsonschema.validate(value, SCHEMAS[schema])


def test_answers_are_valid(folder: Path) -> None:
    reports: Any = variorum.read(folder)
    for report in variorum.annotate(reports):
        holds("report", report)
    for placement in variorum.group(reports):
        holds("group-line", placement)
    for line in variorum.Shelf().place(reports):
        holds("group-line", line)
    for edge in variorum.trace(reports):
        holds("edge", edge)
    holds("trace-answer", variorum.trace({"id": "s", "reports": reports}))
    holds("check", variorum.check(reports[0], reports[1:3]))
    holds("dossier", variorum.collate(reports))
    holds("problem-line", variorum.clean({}))
