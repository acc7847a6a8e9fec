"""What a run cost: processor time and memory of the workers while it went on, and what Spark's event log tells."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from engines import descendants

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """What one stage cost."""

    tasks: int = 0
    again: int = 0
    begin: float = 0.0
    end: float = 0.0
    shuffle: int = 0


@dataclass
class Watched:
    """Processor seconds over time, of Java and of Python, and the most memory that a Python had."""

    pids: Callable[[], list[int]]
    python: dict[int, float] = field(default_factory=dict)
    java: dict[int, float] = field(default_factory=dict)
    peak: int = 0
    seen: list[tuple[float, float, float]] = field(default_factory=list)

    def look(self) -> None:
        """Looks once."""
        for root in self.pids():
            for pid in descendants(root):
                try:
                    stat = Path(f"/proc/{pid}/stat").read_text()
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                fields = stat.rpartition(")")[2].split()
                used = (int(fields[11]) + int(fields[12])) / TICKS
                if "(java)" in stat:
                    self.java[pid] = used
                else:
                    # Sail runs Python inside itself.
                    self.python[pid] = used
                    peaks = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
                    self.peak = max([self.peak, *peaks])
        self.seen.append((time.time(), sum(self.python.values()), sum(self.java.values())))

    def during(self, begin: float, end: float) -> tuple[float, float]:
        """Returns the processor seconds of Python and of Java between two times."""
        before = max((one for one in self.seen if one[0] <= begin), default=(0.0, 0.0, 0.0))
        after = min((one for one in self.seen if one[0] >= end), default=self.seen[-1])
        return after[1] - before[1], after[2] - before[2]


class Watching:
    """Looks at processes a few times a second while something runs."""

    def __init__(self, pids: Callable[[], list[int]]) -> None:
        self.watched = Watched(pids)
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watched:
        self.watched.look()
        self._thread.start()
        return self.watched

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self.watched.look()

    def _run(self) -> None:
        while not self._over.wait(0.25):
            self.watched.look()


def costs(log: Path) -> dict[str, Cost]:
    """Returns what Spark's event log tells of each stage of the job, in their order."""
    stages: dict[str, Cost] = {}
    named: dict[int, str] = {}
    for line in log.read_text().splitlines():
        event = json.loads(line)
        kind = event["Event"]
        if kind == "SparkListenerStageSubmitted":
            described = event.get("Properties", {}).get("spark.job.description", "?")
            named[event["Stage Info"]["Stage ID"]] = described.removeprefix("variorum: ")
        elif kind == "SparkListenerTaskEnd":
            cost = stages.setdefault(named.get(event["Stage ID"], "?"), Cost())
            task, metrics = event["Task Info"], event.get("Task Metrics") or {}
            cost.tasks += 1
            cost.again += task["Attempt"] > 0 or event["Stage Attempt ID"] > 0
            begin, end = task["Launch Time"] / 1000, task["Finish Time"] / 1000
            cost.begin, cost.end = min(cost.begin or begin, begin), max(cost.end, end)
            cost.shuffle += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
    return stages
