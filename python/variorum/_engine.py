"""The engine that runs the stages: how it is reached, watched and quoted when it fails."""

from __future__ import annotations

import os
import re
import socket
import sys
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from types import TracebackType

    from pyspark.sql import SparkSession

GO_ON = "run the same command again: it goes on from there"


class ArchiveError(Exception):
    """A job that could not be done: what happened, and what to do next."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def is_remote(spark: SparkSession) -> bool:
    """Tells whether a session is one of Spark Connect, behind which there is no Java machine of ours."""
    return not hasattr(spark, "_jsparkSession")


def connect(url: str, patience: float) -> SparkSession:
    """Returns a session with a Spark Connect server, such as Sail."""
    # The client would try for ten minutes and then quote its transport.
    parts = urlsplit(url.split(";")[0])
    try:
        socket.create_connection((parts.hostname or "", parts.port or 15002), timeout=min(patience, 20)).close()
    except OSError as error:
        raise ArchiveError(
            f"nothing answers at {url} ({error.strerror or error})", "start the Spark Connect server, or mend --remote"
        ) from error
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.remote(url).getOrCreate()
    _retry_for(spark, patience)
    return spark


def _retry_for(spark: SparkSession, patience: float) -> None:
    try:
        from pyspark.sql.connect.client.retries import DefaultPolicy

        policy = DefaultPolicy(max_retries=15, max_backoff=max(50, int(patience * 1000 / 12)), jitter=0)
        session: Any = spark
        session.client.set_retry_policies([policy])
    except (ImportError, AttributeError):  # another version's client keeps its own patience
        pass


def start(master: str | None, settings: dict[str, str], is_quiet: bool) -> SparkSession:
    """Returns a session with a cluster's master, or the one that `spark-submit` or spark-defaults.conf names."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("variorum archive")
    if master is not None:
        builder = builder.master(master)
    if is_local(master or "") and "PYSPARK_PYTHON" not in os.environ:
        os.environ["PYSPARK_PYTHON"] = sys.executable
    # A task has a core; without this its core would take all of the machine's.
    mild = {"spark.ui.showConsoleProgress": "false", "spark.executorEnv.RAYON_NUM_THREADS": "1"}
    if is_quiet:
        mild["spark.log.level"] = "OFF"
    for name, value in {**mild, **settings}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def is_local(master: str) -> bool:
    """Tells whether a master's tasks run in the driver itself."""
    return re.match(r"local(\[|$)", master) is not None


class Watch:
    """Looks after one job: cancels it when no worker is left for too long, and tells how many tasks are done."""

    def __init__(self, spark: SparkSession, stage: str, patience: float, tell: Callable[[int, int], None]) -> None:
        self.is_lost = False
        self.done, self.tasks = 0, 0
        self._spark, self._stage, self._patience, self._tell = spark, stage, patience, tell
        self._group = f"variorum {stage} {time.monotonic_ns()}"
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        if not is_remote(self._spark):
            self._spark.sparkContext.setJobGroup(self._group, f"variorum: {self._stage}")
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _look(self) -> None:
        context = self._spark.sparkContext
        is_own = is_local(context.master or "")
        alive_at = time.monotonic()
        while not self._over.wait(1):
            try:
                self._count(context)
                if is_own or executors(context) > 0:
                    alive_at = time.monotonic()
                elif time.monotonic() - alive_at > self._patience:
                    # Again and again: a query may submit its next job just now.
                    self.is_lost = True
                    context.cancelJobGroup(self._group)
            except Exception:
                # The context is gone, and whoever waits for the job is told so.
                return

    def _count(self, context: Any) -> None:
        tracker = context.statusTracker()
        jobs = [tracker.getJobInfo(number) for number in tracker.getJobIdsForGroup(self._group)]
        ids = {number for job in jobs if job for number in job.stageIds}
        stages = [stage for stage in map(tracker.getStageInfo, sorted(ids)) if stage]
        self.done, self.tasks = sum(s.numCompletedTasks for s in stages), sum(s.numTasks for s in stages)
        self._tell(self.done, self.tasks)


def executors(context: Any) -> int:
    """Returns how many executors of a classic session are alive: all holders of blocks but the driver."""
    return int(context._jsc.sc().getExecutorMemoryStatus().size()) - 1


_RAISED = re.compile(r"^\s*(?:[A-Za-z_][\w.]*\.)?([A-Z]\w*(?:Error|Exception|Interrupt)): (.*)$")


def raised(text: str) -> tuple[str, str | None]:
    """Returns what a worker's Python raised, out of an engine's account of it, and the hint that it gave."""
    lines = text.splitlines()
    found = [(at, match) for at, line in enumerate(lines) if (match := _RAISED.match(line))]
    # The engine's own wrapping is not what happened.
    inner = [pair for pair in found if "PythonException" not in pair[1].group(1) and "Spark" not in pair[1].group(1)]
    if not inner:
        return next((line.strip() for line in lines if line.strip()), "no reason given")[:300], None
    at, match = inner[-1]
    hint = next((line.split("hint: ", 1)[1] for line in lines[at : at + 3] if line.startswith("hint: ")), None)
    message = match.group(2).strip()
    return (message if match.group(1) == "RuntimeError" else f"{match.group(1)}: {message}"), hint


_LOST = re.compile(
    "Master removed our application|SparkContext was shut down|stopped SparkContext|Answer from Java side is empty"
    "|Connection refused|Py4JNetworkError|UNAVAILABLE|RETRIES_EXCEEDED|session.*(not found|closed)",
    re.IGNORECASE,
)


def quoted(error: BaseException, where: str) -> ArchiveError:
    """Returns an engine's failure in our words; its own are a trace through three languages."""
    text = str(error)
    if re.search(r"JAVA_GATEWAY_EXITED|JavaGateway|Java gateway process exited", text):
        java = "install Java 17 or later, or set JAVA_HOME; --verbose shows its words"
        return ArchiveError("Spark did not start", java)
    if re.search(r"All masters are unresponsive|Invalid master|SPARK_MASTER|Could not parse Master URL", text):
        return ArchiveError("no Spark master answers", "start the cluster, or mend --master")
    if _LOST.search(text):
        return ArchiveError(f"the engine was lost {where}", f"look after the cluster, then {GO_ON}")
    if "No module named 'variorum'" in text:
        wheel = "install the same wheel on all workers; see docs/spark.md"
        return ArchiveError(f"a worker has no variorum ({where})", wheel)
    if re.search(r"ExecutorLostFailure|Python worker exited unexpectedly|crashed unexpectedly", text):
        return ArchiveError(
            f"workers died again and again {where}",
            f"give them more memory, for example --conf spark.executor.memory=4g, then {GO_ON}",
        )
    message, hint = raised(text)
    return ArchiveError(f"{message} ({where})", hint or f"--verbose shows the engine's whole account; then {GO_ON}")
