"""Makes one archive many ways, kills what makes it, and compares the manifests. `run` says how it is called."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from engines import LIGHT, Cluster, Processes, Sail, kill
from invent import Dice
from measure import Watched, Watching, costs

HERE = Path(__file__).parent
TABLES = ["reports", "stories", "problems"]
DAMAGED = ["wire-00.jsonl", "cut-short.jsonl.gz", "no-columns.parquet"]

LOG4J = """rootLogger.level = info
rootLogger.appenderRef.file.ref = file
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${sys:variorum.log}
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
"""


class WrongError(Exception):
    """Something is not as it must be."""


def must(holds: bool, what: str) -> None:
    """Raises where something does not hold."""
    if not holds:
        raise WrongError(what)


def say(line: str) -> None:
    """Prints at once: who reads along in CI wants to know where it hangs."""
    print(line, flush=True)


@dataclass
class Ran:
    """A program that ended."""

    status: int
    words: str
    wall: float
    cpu: float = 0.0
    peak_mb: float = 0.0


class Test:
    """The test's folders, programs and the manifest that all must come to."""

    def __init__(self, asked: argparse.Namespace, scratch: Path) -> None:
        self.program, self.scratch, self.kills, self.unsorted = asked.program, scratch, asked.kills, asked.unsorted
        self.inputs = scratch / "in"
        self.count, self.seed = asked.reports, asked.seed
        (scratch / "conf").mkdir()
        (scratch / "events").mkdir()
        (scratch / "conf" / "log4j2.properties").write_text(LOG4J)
        local = {"no_proxy": "127.0.0.1,localhost", "PYTHONDONTWRITEBYTECODE": "1", "PYSPARK_PYTHON": sys.executable}
        spark = {"SPARK_HOME": str(Path(sys.modules["pyspark"].__file__ or "").parent)}
        self.environment = {**os.environ, **local, **spark}
        # A configuration of Spark that the machine has is another test.
        self.environment.pop("SPARK_CONF_DIR", None)
        self.processes = Processes(scratch, self.environment)
        self.manifest = b""
        self.reports = 0

    def embedded(self, out: Path) -> list[str]:
        """Returns the command of one machine."""
        return [self.program, "archive", str(self.inputs), "--out", str(out)]

    def spark(self, name: str, out: Path, engine: list[str], partitions: int, patience: int = 60) -> list[str]:
        """Returns the command of a cluster."""
        command = [sys.executable, "-m", "variorum.spark", str(self.inputs), "--out", str(out), *engine]
        command += ["--partitions", str(partitions), "--patience", str(patience)]
        if "--master" not in engine:
            return command
        settings = {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.memory": "512m",
            "spark.executor.memory": "512m",
            "spark.executor.extraJavaOptions": LIGHT,
            "spark.driver.extraJavaOptions": f"{LIGHT} -Dvariorum.log={self.log(name)} "
            f"-Dlog4j2.configurationFile=file:{self.scratch}/conf/log4j2.properties",
            "spark.log.level": "INFO",
            "spark.local.dir": str(self.scratch / "driver-local"),
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": f"file:{self.scratch}/events",
            "spark.eventLog.compress": "false",
            "spark.eventLog.rolling.enabled": "false",
            "spark.app.name": name,
        }
        return command + [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]

    def log(self, name: str) -> Path:
        """Returns where the driver of a run logs."""
        return self.scratch / f"{name}.driver.log"

    def ran(
        self,
        name: str,
        command: list[str],
        during: Callable[[int], None] = lambda pid: None,
        limit: float = 400,
        **more: str,
    ) -> Ran:
        """Runs a command to its end, does something meanwhile, and returns how it ended."""
        words = self.scratch / f"{name}.log"
        words.unlink(missing_ok=True)
        begun = time.monotonic()
        process = self.processes.start(name, command, **more)
        try:
            during(process.pid)
            while True:
                pid, status, used = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                must(time.monotonic() - begun < limit, f"{name} hangs: no end after {limit:g} s")
                time.sleep(0.02)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            self.processes.end(process)
        wall, cpu = time.monotonic() - begun, used.ru_utime + used.ru_stime
        return Ran(process.returncode, words.read_text(errors="replace"), wall, cpu, used.ru_maxrss / 1024)

    def same(self, name: str, out: Path) -> None:
        """Holds an archive against the manifest of the embedded run, and its files against its own."""
        whole(out)
        must((out / "manifest.json").read_bytes() == self.manifest, f"{name}: another manifest ({out})")
        shutil.rmtree(out)


def whole(out: Path) -> dict[str, Any]:
    """Returns the manifest of an archive whose files are all there, as they were sealed, and none beside."""
    manifest: dict[str, Any] = json.loads((out / "manifest.json").read_text())
    for file in manifest["files"]:
        path = out / file["path"]
        must(path.is_file(), f"{path} is listed and not there")
        must(hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"], f"{path} is not as it was sealed")
    listed = {file["path"] for file in manifest["files"]}
    there = {str(path.relative_to(out)) for table in TABLES for path in (out / table).rglob("*") if path.is_file()}
    must(there == listed, f"files beside the manifest: {sorted(there ^ listed)[:3]}")
    must(not (out / ".work").exists(), f"{out}/.work was left")
    problems = named_problems(out)
    for damaged in DAMAGED:
        must(damaged in problems, f"the damage of {damaged} is no problem of {out}")
    return manifest


def named_problems(out: Path) -> str:
    """Returns all problems of an archive as one text."""
    tables = [pq.ParquetFile(path).read() for path in sorted((out / "problems").rglob("*.parquet"))]
    return "\n".join(str(table.to_pylist()) for table in tables)


def first(test: Test) -> None:
    """Makes the archive on this machine; what it comes to, all others must come to."""
    out = test.scratch / "embedded"
    ran = test.ran("embedded", [*test.embedded(out), "--timings"])
    must(ran.status == 0, f"the embedded run ended with {ran.status}:\n{ran.words}")
    manifest = whole(out)
    test.manifest, test.reports = (out / "manifest.json").read_bytes(), manifest["reports"]
    paths = [file["path"] for file in manifest["files"] if file["path"].startswith("reports/")]
    days, langs = ({part for path in paths for part in re.findall(f"{key}=([^/]+)", path)} for key in ("day", "lang"))
    must(manifest["reports"] >= test.count * 0.97, f"only {manifest['reports']} reports of {test.count}")
    must(len(days) >= 6 and len(langs) >= 4, f"{len(days)} days and {len(langs)} languages are too few")
    shutil.rmtree(out)
    counts = ", ".join(f"{manifest[what]} {what}" for what in TABLES)
    read = sum(path.stat().st_size for path in test.inputs.iterdir())
    written = sum(file["bytes"] for file in manifest["files"])
    sum_of_all = hashlib.sha256(test.manifest).hexdigest()[:16]
    say(f"ok       embedded: {counts}, {len(days)} days, {len(langs)} languages; manifest {sum_of_all}")
    say("\n".join(f"         {line}" for line in ran.words.splitlines() if re.match(r"(stage|all|\w+ +\d+ )", line)))
    say(
        f"         {ran.wall:.1f} s, {ran.cpu:.1f} s of CPU, {test.reports / ran.cpu:.0f} reports a core-second,"
        f" {ran.peak_mb:.0f} MB; {read / test.reports:.0f} bytes a report read, {written / test.reports:.0f} written"
    )


def embedded_killed(test: Test) -> None:
    """Kills the embedded run many times at random moments, and lets it go on each time."""
    out, dice = test.scratch / "killed", Dice(test.seed + 99)
    begun = time.monotonic()
    ran = test.ran("whole", test.embedded(out))
    must(ran.status == 0, f"the embedded run ended with {ran.status}")
    test.same("embedded, again", out)
    killed, ends = 0, 0
    while killed < test.kills:
        # Short enough that most runs die, long enough that they come forward.
        delay = ran.wall * dice.roll(1000) / 1000 / 5
        one = test.ran("killed", test.embedded(out), partial(kill_after, delay))
        if one.status == -signal.SIGKILL:
            killed += 1
            continue
        must(one.status == 0, f"after {killed} kills the embedded run ended with {one.status}:\n{one.words}")
        test.same(f"embedded after {killed} kills", out)
        ends += 1
    one = test.ran("killed", test.embedded(out))
    must(one.status == 0, f"after {killed} kills the embedded run ended with {one.status}:\n{one.words}")
    test.same(f"embedded after {killed} kills", out)
    say(f"ok       embedded, killed {killed} times at random moments, brought to its end {ends + 1} times: identical"
        f" ({time.monotonic() - begun:.0f} s)")


def kill_after(delay: float, pid: int) -> None:
    """Kills a process after some seconds."""
    time.sleep(delay)
    kill(pid)


def spark_whole(test: Test, cluster: Cluster, partitions: int) -> None:
    """Makes the archive on the cluster."""
    name = f"spark-{partitions}"
    out = test.scratch / name
    with Watching(lambda: [worker.pid for worker in cluster.workers.values()]) as watched:
        ran = test.ran(name, test.spark(name, out, ["--master", cluster.url], partitions))
    must(ran.status == 0, f"{name} ended with {ran.status}:\n{ran.words}")
    test.same(name, out)
    say(f"ok       Spark, 2 workers, {partitions} partitions: identical ({ran.wall:.0f} s)")
    spent(test, name, watched)


def spent(test: Test, name: str, watched: Watched) -> None:
    """Prints what a run on the cluster cost, stage by stage."""
    stages = costs(events(test, name))
    say("         stage      tasks  wall s  Python s  Java s  shuffle bytes  reports a core-second")
    total = [0.0, 0.0, 0.0]
    for stage, cost in stages.items():
        python, java = watched.during(cost.begin, cost.end)
        total = [total[0] + python, total[1] + java, total[2] + cost.shuffle]
        rate = f"{test.reports / python:.0f}" if python > 0.1 else "-"
        wall = cost.end - cost.begin
        say(f"         {stage:<10} {cost.tasks:>5} {wall:>7.1f} {python:>9.1f} {java:>7.1f} {cost.shuffle:>14,} {rate:>22}")
    python, java, shuffle = total
    say(
        f"         all stages: {python:.0f} s of CPU in Python, {java:.0f} in Java, {shuffle / test.reports:.0f} bytes"
        f" shuffled a report; most memory of a Python worker {watched.peak / 1024:.0f} MB"
    )


def events(test: Test, name: str) -> Path:
    """Returns the event log of a run, which carries its name."""
    for path in sorted((test.scratch / "events").iterdir()):
        with path.open() as log:
            if any(f'"App Name":"{name}"' in line for line, _ in zip(log, range(40))):
                return path
    raise WrongError(f"{name} left no event log")


def under(out: Path, stage: str) -> int:
    """Returns how many files a stage has sealed."""
    folder = out / ".work" / stage
    return sum(not path.name.startswith(".") for path in folder.iterdir()) if folder.is_dir() else 0


def when(out: Path, stage: str, files: int, then: Callable[[], None]) -> Callable[[int], None]:
    """Returns what does something as soon as a stage has sealed so many files."""

    def during(pid: int) -> None:
        end = time.monotonic() + 300
        while under(out, stage) < files:
            waits = time.monotonic() < end and Path(f"/proc/{pid}/exe").exists()
            must(waits, f"stage `{stage}` never sealed {files} files")
            time.sleep(0.01)
        then()

    return during


def spark_killed(test: Test, cluster: Cluster, partitions: int, stage: str, files: int, what: str) -> None:
    """Kills a worker with its executor in a stage; the other one must do its work, and the log must show it."""
    name = f"killed-in-{stage}"
    out = test.scratch / name
    command = test.spark(name, out, ["--master", cluster.url], partitions)
    ran = test.ran(name, command, when(out, stage, files, lambda: cluster.kill_worker(3)))
    must(ran.status == 0, f"{name} ended with {ran.status}:\n{ran.words}")
    test.same(name, out)
    again = {stage: cost.again for stage, cost in costs(events(test, name)).items() if cost.again}
    log = test.log(name).read_text()
    must("Lost executor" in log, f"{test.log(name)} tells of no lost executor")
    must(sum(again.values()) > 0, f"no task of {name} ran again")
    told = next(line for line in log.splitlines() if "Lost executor" in line)
    say(f"ok       Spark, {partitions} partitions, a worker killed {what}: exit 0, identical; tasks run again: {again} ({ran.wall:.0f} s)")
    say(f"         {told[:150]}")
    cluster.worker(3)


def spark_lost(test: Test, cluster: Cluster, patience: int) -> None:
    """Kills both workers: the job must say so and end; with new workers it must go on."""
    out = test.scratch / "lost"
    command = test.spark("lost", out, ["--master", cluster.url], 6, patience)
    died = [0.0]

    def both() -> None:
        cluster.kill_worker(2)
        cluster.kill_worker(3)
        died[0] = time.monotonic()

    ran = test.ran("lost", command, when(out, "read", 2, both), limit=300)
    took = time.monotonic() - died[0]
    must(ran.status == 1, f"without workers the run ended with {ran.status}:\n{ran.words}")
    must(took < patience + 60, f"it took {took:.0f} s to see that there are no workers")
    is_clear = "no worker has been alive" in ran.words and "run the same command again" in ran.words
    must(is_clear, f"no clear error:\n{ran.words}")
    must("\tat " not in ran.words, f"a Java trace in the error:\n{ran.words}")
    error = " / ".join(line for line in ran.words.splitlines() if line.startswith(("error:", "hint:")))
    say(f"ok       Spark, both workers killed: exit 1 after {took:.0f} s with a patience of {patience} s")
    say(f"         {error}")
    cluster.worker(2)
    cluster.worker(3)
    again = test.ran("lost-again", test.spark("lost-again", out, ["--master", cluster.url], 6))
    must(again.status == 0, f"with new workers the run ended with {again.status}:\n{again.words}")
    done = costs(events(test, "lost-again"))
    must("clean" not in done, "what was cleaned was cleaned again")
    test.same("lost-again", out)
    stage = next(stage for stage in done if stage != "workers")
    say(f"ok       the same command with new workers goes on, with stage `{stage}`: identical ({again.wall:.0f} s)")


def broken(test: Test, cluster: Cluster) -> None:
    """Runs a core with one unsorted sum: if that gave the same manifest, this test would see nothing."""
    if not test.unsorted:
        say("skipped: the negative control; --unsorted names no core built with the feature `unsorted`")
        return
    out = test.scratch / "unsorted"
    command = test.spark("unsorted", out, ["--master", cluster.url], 5)
    more = {}
    if Path(test.unsorted).is_dir():
        more = {"PYTHONPATH": test.unsorted}
        command += ["--conf", f"spark.executorEnv.PYTHONPATH={test.unsorted}"]
    else:
        command[0] = test.unsorted
        more = {"PYSPARK_PYTHON": test.unsorted}
    ran = test.ran("unsorted", command, **more)
    must(ran.status == 0, f"the broken core ended with {ran.status}:\n{ran.words}")
    is_other = (out / "manifest.json").read_bytes() != test.manifest
    must(is_other, "a core that sums unsorted gave the same manifest: nothing here would notice")
    shutil.rmtree(out)
    say("ok       negative control: a core with one unsorted sum gives another manifest")


def sail(test: Test) -> None:
    """Makes the archive on Sail, by the same program."""
    engine = Sail(test.processes)
    out = test.scratch / "sail"
    with Watching(lambda: [engine.process.pid]) as watched:
        ran = test.ran("sail-run", test.spark("sail", out, ["--remote", engine.url], 7))
    must(ran.status == 0, f"Sail ended with {ran.status}:\n{ran.words}")
    test.same("sail", out)
    test.processes.end(engine.process)
    cpu = sum(watched.python.values())
    say(f"ok       Sail, local cluster, 7 partitions: identical ({ran.wall:.0f} s, {cpu:.0f} s of CPU)")


def all_of(test: Test) -> None:
    """Does it all, one after the other."""
    begun = time.monotonic()
    command = [sys.executable, str(HERE / "invent.py"), "--out", str(test.inputs)]
    command += ["--reports", str(test.count), "--seed", str(test.seed)]
    invented = subprocess.run(command, check=True, capture_output=True, text=True)
    say(f"         {invented.stdout.strip()}")
    first(test)
    cluster = Cluster(test.processes)
    cluster.worker(2)
    cluster.worker(3)
    spark_whole(test, cluster, 9)
    spark_killed(test, cluster, 4, "clean", 2, "in the map stage")
    spark_killed(test, cluster, 6, "days", 2, "after it, in a stage that regroups")
    spark_lost(test, cluster, 15)
    broken(test, cluster)
    for worker in list(cluster.workers):
        cluster.kill_worker(worker)
    sail(test)
    embedded_killed(test)
    say(f"all archives are the same, byte for byte ({time.monotonic() - begun:.0f} s)")


def main() -> int:
    """Does what the command line asks, and leaves nothing behind."""
    parser = argparse.ArgumentParser(description="Makes one archive many ways and compares the manifests.")
    parser.add_argument("program")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--unsorted", metavar="PATH")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder, with all logs")
    asked = parser.parse_args()
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, lambda *_: sys.exit(143))
    scratch = Path(tempfile.mkdtemp(prefix="variorum-archive-"))
    test = Test(asked, scratch)
    try:
        all_of(test)
    except (WrongError, TimeoutError) as error:
        say(f"FAILED   {error}")
        return 1
    finally:
        test.processes.end_all()
        if asked.keep:
            say(f"logs: {scratch}")
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    import pyspark  # noqa: F401  # its folder is Spark's home

    sys.exit(main())
