"""A shelf places reports as they stream in, and goes on where it stopped."""

import pickle
from pathlib import Path
from typing import Any

import pytest
import variorum


def placed(shelf: variorum.Shelf, reports: list[Any]) -> list[Any]:
    return [line for report in reports for line in shelf.place(report)]


def test_one_by_one_is_as_all_at_once(leak: list[Any]) -> None:
    assert placed(variorum.Shelf(), leak) == variorum.Shelf().place(leak)


@pytest.mark.parametrize("way", ["file", "pickle"])
def test_a_saved_shelf_goes_on(leak: list[Any], tmp_path: Path, way: str) -> None:
    whole = variorum.Shelf(window=14)
    first, rest = whole.place(leak[:5]), whole.place(leak[5:])
    shelf = variorum.Shelf(window=14)
    assert shelf.place(leak[:5]) == first
    if way == "file":
        shelf.save(tmp_path / "news.shelf")
        shelf = variorum.Shelf.resume(tmp_path / "news.shelf", window=14)
        assert [path.name for path in tmp_path.iterdir()] == ["news.shelf"]
    else:
        shelf = pickle.loads(pickle.dumps(shelf))
    assert leak[0]["id"] in shelf and "nobody" not in shelf
    assert shelf.place(leak[5:]) == rest


def test_the_program_goes_on_with_it(leak: list[Any], tmp_path: Path, cli: Any) -> None:
    from conftest import lines_of

    shelf = variorum.Shelf()
    shelf.place(leak[:5])
    shelf.save(tmp_path / "news.shelf")
    printed = cli("group", "--shelf", str(tmp_path / "news.shelf"), lines=lines_of(leak[5:]))
    assert printed == lines_of(shelf.place(leak[5:]))


def test_what_does_not_fit_says_what_to_do(leak: list[Any], tmp_path: Path) -> None:
    shelf = variorum.Shelf(window=7)
    shelf.place(leak[0])
    shelf.save(tmp_path / "s")
    with pytest.raises(ValueError, match="hint: resume it with window=7"):
        variorum.Shelf.resume(tmp_path / "s")
    (tmp_path / "s").write_bytes(b"no shelf")
    with pytest.raises(ValueError, match="hint: "):
        variorum.Shelf.resume(tmp_path / "s")
    with pytest.raises(FileNotFoundError):
        variorum.Shelf.resume(tmp_path / "none")


def test_a_report_twice_is_a_problem(leak: list[Any]) -> None:
    answers: Any = variorum.Shelf().place([leak[0], leak[0]])
    assert answers[1]["problem"]["id"] == leak[0]["id"]
