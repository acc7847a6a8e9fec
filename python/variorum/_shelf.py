"""A shelf: grouping as reports stream in."""

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from variorum import _core
from variorum._lines import ReportLike, line, lines
from variorum._tables import sheet
from variorum.types import GroupLine, ProblemLine


class Shelf:
    """Remembers what came before, and tells where the next report belongs; an answer rests on earlier reports only.

    `window` is the number of days after which a story takes no more reports and is forgotten, which bounds memory.
    `splits` undoes merges that later reports contradict, as `{"split": […], "reports": […]}`.
    """

    def __init__(self, *, window: int | None = None, splits: bool = False) -> None:
        """Begins an empty shelf."""
        self._core = _core.Shelf(window, splits)
        self._options = (window, splits)

    def place(self, reports: ReportLike | Iterable[ReportLike]) -> list[GroupLine | ProblemLine]:
        """Places a report, or many in their order; each placement is followed by the merges and splits it brought."""
        if sheet(reports) is not None:
            raise TypeError("a shelf takes reports one after the other\nhint: variorum.group(table) groups a table whole")
        given = [line(reports)] if isinstance(reports, (str, Mapping)) else lines(reports)
        return [json.loads(answer) for answers in self._core.place(given) for answer in answers]

    def __contains__(self, id: object) -> bool:
        """Tells whether the shelf remembers a report of this name."""
        return isinstance(id, str) and self._core.holds(id)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Saves the shelf to a file, which is replaced whole: a crash leaves the old one or the new one."""
        target = Path(path).resolve()
        handle, beside = tempfile.mkstemp(prefix=".variorum-shelf-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self._core.save())
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    @classmethod
    def resume(cls, path: str | os.PathLike[str], *, window: int | None = None, splits: bool = False) -> "Shelf":
        """Goes on with a shelf that was saved, by this class or by `variorum group --shelf`, with the same options."""
        return cls._of(Path(path).read_bytes(), window, splits)

    @classmethod
    def _of(cls, saved: bytes, window: int | None, splits: bool) -> "Shelf":
        shelf = cls.__new__(cls)
        shelf._core = _core.Shelf.resume(saved, window, splits)
        shelf._options = (window, splits)
        return shelf

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles the shelf as what it would save."""
        return (Shelf._of, (self._core.save(), *self._options))
