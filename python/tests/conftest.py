"""What the tests share: the corpus, and the program whose answers are the measure."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import variorum

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path for path in (ROOT / "corpus").glob("*/reports"))


def lines_of(values: list[Any]) -> str:
    """Returns values as JSON Lines, as the program writes them."""
    return "".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n" for value in values)


@pytest.fixture(scope="session")
def cli() -> Callable[..., str]:
    """Runs the program of the workspace build and returns what it printed."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    found = [path for kind in ("debug", "release") if (path := target / kind / "variorum").is_file()]
    assert found, "there is no program to compare with; run `cargo build --workspace`"

    def run(*args: str, lines: str = "") -> str:
        done = subprocess.run([found[0], *args], input=lines, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return run


@pytest.fixture(params=FOLDERS, ids=lambda path: path.parent.name)
def folder(request: pytest.FixtureRequest) -> Path:
    """A folder of reports."""
    return Path(request.param).relative_to(ROOT)


@pytest.fixture(scope="session")
def leak() -> list[dict[str, Any]]:
    """The reports of the harbour leak, cleaned."""
    return [dict(report) for report in variorum.read(ROOT / "corpus/harbour-leak/reports")]


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
