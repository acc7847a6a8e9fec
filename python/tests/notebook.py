"""Runs the code cells of a page in their order; `python python/tests/notebook.py PAGE` writes what they print into it.

A cell is a fence of `python`; the fence of `text` that follows it is what it prints. A cell without one prints nothing.
"""

import contextlib
import io
import os
import re
import sys
from pathlib import Path

CELL = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<printed>.*?)```\n)?", re.DOTALL)


def played(page: str) -> str:
    """Returns a page with what its cells print when they are run now, one after the other."""
    names: dict[str, object] = {"__name__": "notebook"}

    def run(cell: re.Match[str]) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(cell["code"], "cell", "exec"), names)  # noqa: S102
        lines = "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
        return f"```python\n{cell['code']}```\n" + (f"\n```text\n{lines}```\n" if lines else "")

    return CELL.sub(run, page)


if __name__ == "__main__":
    path = Path(sys.argv[1]).resolve()
    os.chdir(Path(__file__).resolve().parents[2])
    path.write_text(played(path.read_text()))
