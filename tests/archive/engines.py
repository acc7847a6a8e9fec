"""Engines on this machine alone: a Spark cluster whose workers have loopback addresses of their own, and Sail."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyspark

SPARK = Path(pyspark.__file__).parent
LIGHT = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"


def free_port(host: str = "127.0.0.1") -> int:
    """Returns a port that nobody listens at."""
    with socket.socket() as one:
        one.bind((host, 0))
        return int(one.getsockname()[1])


def wait_for(what: str, comes: Callable[[], bool], seconds: float = 60, every: float = 0.05) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not comes():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:g} s for {what}")
        time.sleep(every)


def answers(port: int) -> bool:
    """Tells whether somebody listens at a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def descendants(pid: int) -> list[int]:
    """Returns a process and all that it started, as far as they live."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry))
    found = [pid]
    for one in found:
        found.extend(children.get(one, []))
    return found


def kill(pid: int) -> None:
    """Ends a process and all that it started, at once, as a machine that loses its power does."""
    for one in descendants(pid):
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            pass


class Processes:
    """What was started here, and nothing else; it ends when the test does."""

    def __init__(self, scratch: Path, environment: dict[str, str]) -> None:
        self.scratch, self.environment = scratch, environment
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, command: list[str], **more: str) -> subprocess.Popen[bytes]:
        """Starts a command; what it says goes into a file of its name."""
        with open(self.scratch / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**self.environment, **more},
                cwd=self.scratch,
            )
        self.running.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Ends a process and all that it started."""
        if process.poll() is None:
            kill(process.pid)
        process.wait()
        self.running.remove(process)

    def end_all(self) -> None:
        """Ends whatever still runs."""
        for process in list(self.running):
            self.end(process)


class Cluster:
    """A Spark master and its workers."""

    def __init__(self, processes: Processes) -> None:
        self.processes = processes
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.workers: dict[int, subprocess.Popen[bytes]] = {}
        master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(self.port)]
        self._daemon("master", "127.0.0.1", [*master, "--webui-port", "0"])
        wait_for("the Spark master", lambda: answers(self.port))

    def _daemon(self, name: str, host: str, command: list[str]) -> subprocess.Popen[bytes]:
        local = {"SPARK_LOCAL_IP": host, "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": LIGHT}
        local["SPARK_LOCAL_DIRS"] = str(self.processes.scratch / f"{name}-local")
        return self.processes.start(name, [str(SPARK / "bin" / "spark-class"), *command], **local)

    def worker(self, number: int) -> None:
        """Starts a worker of one core, on its own address: Spark forgets all that was made at an address that died."""
        host, name = f"127.0.0.{number}", f"worker-{number}"
        command = ["org.apache.spark.deploy.worker.Worker", "--host", host, "--webui-port", "0", "--cores", "1"]
        command += ["--memory", "1g", "--work-dir", str(self.processes.scratch / name), self.url]
        log = self.processes.scratch / f"{name}.log"
        log.unlink(missing_ok=True)
        self.workers[number] = self._daemon(name, host, command)
        wait_for(f"worker {number}", lambda: "Successfully registered with master" in log.read_text(errors="replace"))

    def kill_worker(self, number: int) -> None:
        """Kills a worker, its executor and the executor's Python at once."""
        self.processes.end(self.workers.pop(number))


class Sail:
    """A Sail server in the mode of a cluster."""

    def __init__(self, processes: Processes) -> None:
        self.port = free_port()
        self.url = f"sc://127.0.0.1:{self.port}"
        beside = Path(sys.executable).parent / "sail"
        program = str(beside) if beside.exists() else shutil.which("sail") or "sail"
        command = [program, "spark", "server", "--ip", "127.0.0.1", "--port", str(self.port)]
        self.process = processes.start("sail", command, SAIL_MODE="local-cluster")
        wait_for("Sail", lambda: answers(self.port))
