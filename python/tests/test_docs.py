"""The pages say what the code does: every cell prints what stands under it."""

import pytest
from conftest import ROOT
from notebook import played


@pytest.mark.parametrize("name", ["docs/python.md", "python/README.md"])
def test_a_page_prints_what_it_says(name: str) -> None:
    page = (ROOT / name).read_text()
    assert played(page) == page, f"read what changed after: python python/tests/notebook.py {name}"
