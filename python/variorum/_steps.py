"""What runs on the workers: the steps of a stage, in the shape in which Spark calls them.

Nothing here knows what a stage does; the compiled core does. The functions that are handed to the engine are made anew
for each stage and hold only plain data, so that they travel to workers of any kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from queue import Full, Queue
from threading import Event, Thread

import pyarrow as pa

ROWS = "bucket long, key string, body binary"
"""The columns of what a grouped stage regroups, as the engine writes types."""

RECEIPTS = "receipt string"
"""The columns of what the driver is told, as the engine writes types."""

_ROWS = pa.schema([("bucket", pa.int64()), ("key", pa.string()), ("body", pa.binary())])

Batches = Callable[[Iterable[pa.RecordBatch]], Iterable[pa.RecordBatch]]
"""A step over batches, as `mapInArrow` calls it."""

Put = Callable[[pa.RecordBatch], None]


def look(seen: str, inputs: list[str]) -> Batches:
    """Returns a step that tells of a worker: its core's version, and what it sees of `seen` and the inputs."""

    # It must say so where nothing of ours is installed, so it uses nothing of this module.
    def step(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import json
        import os
        import socket
        import sys

        import pyarrow

        told = {"host": socket.gethostname(), "python": sys.executable, "version": "", "reason": ""}
        try:
            from variorum import _core

            told["version"] = _core.version()
        except Exception as error:
            told["reason"] = f"{type(error).__name__}: {error}"
        unseen = [path for path in inputs if not os.path.exists(path)]
        receipt = json.dumps({**told, "sees_out": os.path.exists(seen), "unseen": unseen[:1]}, sort_keys=True)
        for _ in batches:
            yield pyarrow.RecordBatch.from_pydict({"receipt": [receipt]})

    return step


def mapper(job: str, stage: str, portions: list[list[str]], version: str) -> Batches:
    """Returns the first half of a stage: for each number that comes in, the core does that portion of names."""

    def step(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        core = same_core(version)
        for batch in batches:
            for number in batch.column(0).to_pylist():
                for name in portions[number]:
                    yield from handed(partial(core.archive_map, job, stage, name))

    return step


def grouper(job: str, stage: str, version: str) -> Callable[[pa.Table], pa.Table]:
    """Returns the second half of a stage, over all rows of one bucket."""

    def step(rows: pa.Table) -> pa.Table:
        core = same_core(version)
        # Engines may hand out wider columns than they were given.
        rows = rows.select(_ROWS.names).cast(_ROWS)
        return pa.Table.from_batches([core.archive_group(job, stage, rows.to_batches())])

    return step


def same_core(version: str):  # type: ignore[no-untyped-def]  # a module has no type of its own
    """Returns the core of this worker, which must be the driver's."""
    from variorum import _core

    here = _core.version()
    if here != version:
        raise RuntimeError(
            f"a worker has variorum {here}, the driver has {version}\n"
            "hint: install the same wheel on the driver and on all workers"
        )
    return _core


class _GoneError(Exception):
    """Nobody takes what is handed out."""


def handed(work: Callable[[Put], None]) -> Iterator[pa.RecordBatch]:
    """Yields what `work` hands out while it goes on.

    The core calls back and Spark wants an iterator, so the core works in a thread of its own; a few batches wait at
    most. Rows of a whole input kept in a list would cost as much memory as the input.
    """
    ready: Queue[pa.RecordBatch | Exception | None] = Queue(maxsize=2)
    gone = Event()

    def put(batch: pa.RecordBatch | Exception | None) -> None:
        while not gone.is_set():
            try:
                return ready.put(batch, timeout=0.2)
            except Full:
                continue
        raise _GoneError

    thread = Thread(target=_work, args=(work, put), daemon=True)
    thread.start()
    try:
        while (batch := ready.get()) is not None:
            if isinstance(batch, Exception):
                raise batch
            yield batch
    finally:
        gone.set()
        thread.join()


def _work(work: Callable[[Put], None], put: Callable[[pa.RecordBatch | Exception | None], None]) -> None:
    try:
        try:
            work(put)
        except _GoneError:
            raise
        except Exception as error:
            put(error)
        else:
            put(None)
    except _GoneError:
        pass
