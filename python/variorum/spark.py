"""Makes an archive on a cluster: Spark, or what speaks its protocol, runs the stages; the compiled core does the work.

    python -m variorum.spark PATH... --out DIR --master spark://HOST:7077

The result is the same, byte for byte, as that of `variorum archive` on one machine.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from variorum._engine import GO_ON, ArchiveError, Watch, connect, quoted, start

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from variorum._core import Driver

__all__ = ["ArchiveError", "archive", "main"]

MOST_TASKS = 10_000
"""Tasks of a stage at most; beyond it a task has several names, for the engine's bookkeeping grows with the tasks."""

PROBES = 8
"""Tasks that look whether workers are fit, before the first stage."""

Stage = tuple[str, list[str], bool]
"""A stage as the core hands it out: its name, what to map over, and whether it is grouped."""


@dataclass
class _Run:
    """A job under way on an engine."""

    paths: list[str]
    out: str
    options: dict[str, Any]
    partitions: int = 16
    keep_work: bool = False
    patience: float = 120.0
    is_verbose: bool = False
    done: list[str] = field(default_factory=list)

    def config(self) -> str:
        """Returns what the core begins a job with, as JSON."""
        # Into how many parts the engine cuts is its own affair, and no part of the job.
        told = {"inputs": self.paths, "out": self.out, "options": self.options}
        return json.dumps({**told, "keep_work": self.keep_work})

    def where(self, stage: str) -> str:
        """Says how far the job came."""
        return f"in stage `{stage}`, after {', '.join(self.done)}" if self.done else f"in stage `{stage}`, the first"


def archive(
    spark: SparkSession,
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    window: int = 14,
    published: str | None = None,
    partitions: int = 16,
    keep_work: bool = False,
    patience: float = 120.0,
) -> dict[str, Any]:
    """Makes an archive of all reports under `paths` in the folder `out`, with a session, and returns its manifest.

    All workers must see the paths and the folder under the same names. A job that was stopped goes on where it stopped.

    Raises:
        ArchiveError: where nothing can be read, a file cannot be written, or the engine fails.
    """
    named = [os.fspath(path) for path in paths]
    if published is not None and not is_date(published):
        raise ArchiveError(f"`{published}` is not a date", "write it as 2025-03-27")
    options = {"window": window, "published": published}
    run = _Run(named, os.fspath(out), options, partitions, keep_work, patience)
    summary = _carry_out(run, lambda: spark)
    manifest: dict[str, Any] = summary["manifest"]
    return manifest


def is_date(text: str) -> bool:
    """Tells whether a text is a day or a time, as reports carry them."""
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return len(text) >= 10


def _carry_out(run: _Run, session: Callable[[], SparkSession]) -> dict[str, Any]:
    """Begins a job or goes on with it, runs what stages there are to run, and returns the core's summary."""
    from variorum import _core

    with _core_errors():
        driver = _core.Driver(run.config())
        stage = driver.stage()
    if stage is not None:
        spark = _engine_errors(run, "before the first stage", session)
        _fit(spark, run)
        while stage is not None:
            stage = _stage(spark, run, driver, stage)
    with _core_errors():
        summary: dict[str, Any] = json.loads(driver.finish())
    return summary


def _stage(spark: SparkSession, run: _Run, driver: Driver, stage: Stage) -> Stage | None:
    """Runs one stage and returns the next."""
    with _core_errors():
        job = driver.job()
    receipts = _collected(spark, run, stage, _frame(spark, run, job, stage))
    with _core_errors():
        driver.take(stage, receipts)
        run.done.append(stage[0])
        return driver.stage()


def _frame(spark: SparkSession, run: _Run, job: str, stage: Stage) -> DataFrame:
    """Returns a stage as the engine sees it: numbers in, receipts out."""
    from variorum import _core, _steps

    name, names, is_grouped = stage
    portions = portioned(names, MOST_TASKS)
    # A range is cut exactly into so many partitions by every engine; rows that are repartitioned fall at random.
    numbers = spark.range(0, len(portions), 1, len(portions))
    step = _steps.mapper(job, name, portions, _core.version())
    if not is_grouped:
        return numbers.mapInArrow(step, _steps.RECEIPTS)
    # Cut by number, else the engine joins parts that are small in bytes and long in work.
    rows = numbers.mapInArrow(step, _steps.ROWS).repartition(run.partitions, "bucket")
    return rows.groupBy("bucket").applyInArrow(_steps.grouper(job, name, _core.version()), _steps.RECEIPTS)


def portioned(names: list[str], most: int) -> list[list[str]]:
    """Returns names in portions, one each up to so many; neighbours, which are often alike in size, lie apart."""
    count = min(len(names), most)
    return [names[at::count] for at in range(count)]


def _collected(spark: SparkSession, run: _Run, stage: Stage, frame: DataFrame) -> list[str]:
    """Runs a frame under watch and returns its receipts."""
    name = stage[0]
    with Watch(spark, name, run.patience, _teller(name, len(stage[1]))) as watch:
        try:
            receipts = [row[0] for row in frame.collect()]
        except Exception as error:
            if run.is_verbose:
                traceback.print_exc()
            if watch.is_lost:
                raise _lost(run, name, watch) from error
            raise quoted(error, run.where(name)) from error
    _say(f"{name}: {len(stage[1])} done", end="\n")
    return receipts


def _lost(run: _Run, stage: str, watch: Watch) -> ArchiveError:
    """Says that no worker is left, and how far the job came."""
    tasks = f"; {watch.done} of its {watch.tasks} tasks were done" if watch.tasks else ""
    lost = f"no worker has been alive for {run.patience:g} seconds {run.where(stage)}{tasks}"
    return ArchiveError(lost, f"start workers, then {GO_ON}")


def _teller(stage: str, names: int) -> Callable[[int, int], None]:
    return lambda done, tasks: _say(f"{stage}: {done} of {tasks or names} tasks", end="")


def _say(line: str, end: str) -> None:
    """Writes over the line of progress, where somebody sees it."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end=end, file=sys.stderr, flush=True)


def _fit(spark: SparkSession, run: _Run) -> None:
    """Looks whether the workers have this core and see the folders, before hours of work are laid on them."""
    from variorum import _core, _steps

    # Under the prefix of files that are not sealed, so that one left behind is swept.
    with tempfile.NamedTemporaryFile(prefix=".unsealed-", dir=run.out) as seen:
        paths = [os.path.abspath(path) for path in run.paths if os.path.exists(path)]
        frame = spark.range(0, PROBES, 1, PROBES).mapInArrow(_steps.look(seen.name, paths), _steps.RECEIPTS)
        answers = _collected(spark, run, ("workers", [""] * PROBES, False), frame)
    for answer in answers:
        _unfit(json.loads(answer), _core.version(), run.out)


def _unfit(worker: dict[str, Any], version: str, out: str) -> None:
    """Raises what makes a worker unfit."""
    who = f"the worker {worker['host']} ({worker['python']})"
    same = "install the same wheel on the driver and on all workers; see docs/spark.md"
    if worker["reason"]:
        raise ArchiveError(f"{who} cannot load variorum: {worker['reason']}", same)
    if worker["version"] != version:
        raise ArchiveError(f"{who} has variorum {worker['version']}, the driver has {version}", same)
    shared = "workers and driver must see all paths under the same names; use a shared folder"
    if not worker["sees_out"]:
        raise ArchiveError(f"{who} does not see the folder {out}", shared)
    if worker["unseen"]:
        raise ArchiveError(f"{who} does not see {worker['unseen'][0]}", shared)


@contextmanager
def _core_errors() -> Iterator[None]:
    """Turns what the core raises into message and hint."""
    try:
        yield
    except (RuntimeError, ValueError) as error:
        message, _, hint = str(error).partition("\nhint: ")
        raise ArchiveError(message, hint or "mend what it names and run the same command again") from error


def _engine_errors(run: _Run, where: str, session: Callable[[], SparkSession]) -> SparkSession:
    """Returns the session, or says in our words why there is none."""
    try:
        return session()
    except ArchiveError:
        raise
    except Exception as error:
        if run.is_verbose:
            traceback.print_exc()
        raise quoted(error, where) from error


EXAMPLES = """\
examples:
  python -m variorum.spark /data/news --out /data/archive
      on this machine
  python -m variorum.spark /data/news --out /data/archive --master spark://head:7077 --partitions 256
      on a cluster whose workers see /data under the same name and have the same wheel installed
  spark-submit --master yarn --archives venv.tar.gz#venv --conf spark.pyspark.python=./venv/bin/python \\
      --conf spark.pyspark.driver.python=python3 job.py
      with a packed environment; job.py is: import sys, variorum.spark; sys.exit(variorum.spark.main([...]))
  python -m variorum.spark /data/news --out /data/archive --remote sc://head:50051
      through Spark Connect, also with Sail

A job that was stopped, or lost its workers, goes on where it stopped when the same command is run again.
The wheel must be installed for the Python of the workers (spark.pyspark.python), in the same version as here:
it is compiled, so --py-files cannot carry it. To send it along: unpack it, pack its folder variorum as wheel.zip, and
give --conf spark.archives=wheel.zip#wheel --conf spark.executorEnv.PYTHONPATH=./wheel. See docs/spark.md.

exit status: 0 done (problems of single inputs stand in the archive), 1 it could not be done, 2 wrong usage"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m variorum.spark",
        description="Makes an archive of reports on Spark: the same bytes as `variorum archive` on one machine.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="+", help="files and folders with reports; all workers must see them")
    add("--out", required=True, metavar="DIR", help="the folder of the archive; all workers must see it")
    engine = parser.add_mutually_exclusive_group()
    engine.add_argument("--master", metavar="URL", help="a Spark master, such as spark://host:7077, yarn or local[4]")
    engine.add_argument("--remote", metavar="URL", help="a Spark Connect server, such as sc://host:50051")
    parts = "parts into which rows are regrouped, best three or four a core; no result depends on it (default 16)"
    add("--partitions", type=_at_least_one, default=16, metavar="N", help=parts)
    window = "days after which a story takes no more reports (default 14)"
    add("--window", type=_at_least_one, default=14, metavar="DAYS", help=window)
    add("--published", type=_date, metavar="DATE", help="publication date for texts that carry none")
    add("--keep-work", action="store_true", help="keep what the stages wrote for one another")
    patience = "how long to wait while no worker is alive (default 120)"
    add("--patience", type=_seconds, default=120.0, metavar="SECONDS", help=patience)
    setting = "a setting of Spark, such as spark.executor.memory=4g; may be repeated"
    add("--conf", action="append", type=_setting, default=[], metavar="NAME=VALUE", help=setting)
    add("--verbose", action="store_true", help="show the engine's log and its whole account of a failure")
    return parser


def _date(text: str) -> str:
    if not is_date(text):
        raise argparse.ArgumentTypeError(f"`{text}` is not a date; write it as 2025-03-27")
    return text


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 1 <= number < 1e6:
        raise argparse.ArgumentTypeError("must be seconds, at least 1")
    return number


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.startswith("spark."):
        raise argparse.ArgumentTypeError(f"`{text}` is no spark.NAME=VALUE")
    return name, value


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line asks and returns its exit status."""
    asked = _parser().parse_args(arguments)
    options = {"window": asked.window, "published": asked.published}
    run = _Run(asked.paths, asked.out, options, asked.partitions, asked.keep_work, asked.patience, asked.verbose)
    try:
        _need_pyspark()
        with _Session(asked) as session:
            summary = _carry_out(run, session)
    except ArchiveError as error:
        _say("", end="")
        print(f"error: {error.message}\nhint: {error.hint}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"\nstopped; {GO_ON}", file=sys.stderr)
        return 130
    print(told(summary, asked.out))
    return 0


def _need_pyspark() -> None:
    try:
        import pyarrow
        import pyspark

        _ = pyarrow, pyspark
    except ImportError as error:
        raise ArchiveError(f"{error.name} is not installed", "pip install 'variorum[spark]'") from error


class _Session:
    """The session that the command line asks for: begun when it is needed, and stopped."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._asked = asked
        self._spark: SparkSession | None = None

    def __enter__(self) -> _Session:
        return self

    def __call__(self) -> SparkSession:
        asked = self._asked
        if asked.remote:
            self._spark = connect(asked.remote, asked.patience)
        else:
            self._spark = start(asked.master, dict(asked.conf), not asked.verbose)
        return self._spark

    def __exit__(self, *_: object) -> None:
        if self._spark is not None:
            # Who is lost cannot be taken leave of.
            with suppress(Exception):
                self._spark.stop()


def told(summary: dict[str, Any], out: str) -> str:
    """Returns what a job came to, for a person."""
    manifest = summary["manifest"]
    counts = [f"{manifest[what]:,} {what}" for what in ("reports", "stories", "problems")]
    whole = "it was whole before; nothing was left to do\n" if summary.get("was_whole") else ""
    return (
        f"{whole}{', '.join(counts)} in {len(manifest['files']):,} files\n"
        f"manifest: {os.path.join(out, 'manifest.json')}\n"
        f"next: variorum import {out}"
    )


if __name__ == "__main__":
    # Under its own name: what is handed to workers must be found there by the name of its module.
    from variorum.spark import main as begin

    sys.exit(begin())
