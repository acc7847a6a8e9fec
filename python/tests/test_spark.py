"""The archive job on Spark, as far as no cluster is needed: what is asked, what is told, what runs on a worker."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="skipped: pyarrow is not installed; pip install 'variorum[spark]'")
pytest.importorskip("pyspark", reason="skipped: pyspark is not installed; pip install 'variorum[spark]'")

from variorum import _engine, _steps, spark  # noqa: E402

SUMMARY = {
    "manifest": {"reports": 1200, "stories": 34, "problems": 2, "files": [{"path": "a"}, {"path": "b"}]},
    "was_whole": False,
}


class Core(ModuleType):
    """A core that does nothing, and tells of it."""

    def __init__(self) -> None:
        super().__init__("variorum._core")
        self.grouped: list[list[str]] = []

    def version(self) -> str:
        return "1.2.3"

    def archive_map(self, job: str, stage: str, name: str, out: Any) -> None:
        if name == "broken":
            raise RuntimeError("broken.warc is damaged: no end\nhint: remove that file")
        for n in range(5):
            out(pa.record_batch({"receipt": [f"{stage} {name} {n}"]}))

    def archive_group(self, job: str, stage: str, batches: list[Any]) -> Any:
        self.grouped.append([key for batch in batches for key in batch.column(1).to_pylist()])
        return pa.record_batch({"receipt": ["grouped"]})

    class Driver:
        """A job that is done."""

        def __init__(self, config: str) -> None:
            self.config = json.loads(config)
            if "nothing" in self.config["inputs"]:
                raise RuntimeError("there is nothing to read\nhint: name files")

        def stage(self) -> None:
            return None

        def finish(self) -> str:
            return json.dumps({**SUMMARY, "was_whole": True})


@pytest.fixture
def core(monkeypatch: pytest.MonkeyPatch) -> Iterator[Core]:
    import variorum

    core = Core()
    monkeypatch.setitem(sys.modules, "variorum._core", core)
    monkeypatch.setattr(variorum, "_core", core, raising=False)
    yield core


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.jsonl"], "--out"),
        (["--out", "x"], "PATH"),
        (["a", "--out", "x", "--partitions", "0"], "at least 1"),
        (["a", "--out", "x", "--patience", "0"], "at least 1"),
        (["a", "--out", "x", "--published", "yesterday"], "is not a date"),
        (["a", "--out", "x", "--conf", "memory=4g"], "no spark.NAME=VALUE"),
        (["a", "--out", "x", "--master", "local", "--remote", "sc://h"], "not allowed with"),
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        spark.main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        spark.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "--master spark://" in said and "sc://" in said and "exit status" in said


def test_a_whole_archive_needs_no_engine(core: Core, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert spark.main(["in", "--out", str(tmp_path), "--master", "spark://127.0.0.1:1"]) == 0
    said = capsys.readouterr().out
    assert "nothing was left to do" in said
    assert "1,200 reports, 34 stories, 2 problems in 2 files" in said
    assert f"next: variorum import {tmp_path}" in said


def test_what_the_core_refuses_is_told_with_its_hint(core: Core, capsys: pytest.CaptureFixture[str]) -> None:
    assert spark.main(["nothing", "--out", "x"]) == 1
    assert capsys.readouterr().err == "error: there is nothing to read\nhint: name files\n"


def test_a_server_that_does_not_answer_is_told_at_once() -> None:
    with pytest.raises(spark.ArchiveError, match="nothing answers at sc://127.0.0.1:1 "):
        _engine.connect("sc://127.0.0.1:1", 5)


def test_dates() -> None:
    assert spark.is_date("2025-03-27") and spark.is_date("2025-03-27T10:00:00Z")
    assert not spark.is_date("27.3.2025") and not spark.is_date("2025-02-30")


def test_a_name_is_a_task_up_to_a_bound() -> None:
    names = [str(n) for n in range(10)]
    assert spark.portioned(names, 100) == [[name] for name in names]
    assert spark.portioned(names, 4) == [["0", "4", "8"], ["1", "5", "9"], ["2", "6"], ["3", "7"]]


def numbers(*those: int) -> list[Any]:
    return [pa.record_batch({"id": list(those)})]


def test_a_map_hands_on_what_the_core_hands_out(core: Core) -> None:
    step = _steps.mapper("{}", "clean", [["a"], ["b", "c"]], "1.2.3")
    told = [receipt for batch in step(numbers(1)) for receipt in batch.column(0).to_pylist()]
    assert told == [f"clean {name} {n}" for name in "bc" for n in range(5)]


def test_what_the_core_raises_reaches_the_engine(core: Core) -> None:
    step = _steps.mapper("{}", "clean", [["a", "broken"]], "1.2.3")
    with pytest.raises(RuntimeError, match=r"broken\.warc is damaged"):
        list(step(numbers(0)))


def test_a_map_that_is_not_read_to_its_end_ends(core: Core) -> None:
    batches = iter(_steps.mapper("{}", "clean", [["a"]], "1.2.3")(numbers(0)))
    next(batches)
    batches.close()  # type: ignore[attr-defined]  # it is a generator


def test_another_version_on_a_worker_is_refused(core: Core) -> None:
    with pytest.raises(RuntimeError, match=r"a worker has variorum 1\.2\.3, the driver has 1\.2\.4"):
        list(_steps.mapper("{}", "clean", [["a"]], "1.2.4")(numbers(0)))


def test_a_group_takes_wide_columns(core: Core) -> None:
    wide = pa.schema([("bucket", pa.int64()), ("key", pa.large_string()), ("body", pa.large_binary())])
    rows = pa.table({"bucket": [1, 1], "key": ["k", "l"], "body": [b"x", b"y"]}, schema=wide)
    assert _steps.grouper("{}", "ids", "1.2.3")(rows)["receipt"].to_pylist() == ["grouped"]
    assert core.grouped == [["k", "l"]]


@pytest.mark.parametrize(
    ("worker", "said"),
    [
        ({"reason": "ModuleNotFoundError: No module named 'variorum'"}, "cannot load variorum"),
        ({"version": "1.2.2"}, "has variorum 1.2.2, the driver has 1.2.3"),
        ({"sees_out": False}, "does not see the folder /out"),
        ({"unseen": ["/in/a.warc"]}, "does not see /in/a.warc"),
    ],
)
def test_an_unfit_worker_is_named(worker: dict[str, Any], said: str) -> None:
    fit = {"host": "h", "python": "p", "reason": "", "version": "1.2.3", "sees_out": True, "unseen": []}
    spark._unfit(fit, "1.2.3", "/out")
    with pytest.raises(spark.ArchiveError, match="the worker h") as refused:
        spark._unfit({**fit, **worker}, "1.2.3", "/out")
    assert said in refused.value.message and refused.value.hint


TRACE = """[PYTHON_EXCEPTION] An exception was thrown from the Python worker:
Traceback (most recent call last):
  File "worker.py", line 1, in process
RuntimeError: part-1.reports is damaged: no end
hint: remove that file and run the same command again

\tat org.apache.spark.api.python.BasePythonRunner.handle(PythonRunner.scala:1)
\tat java.base/java.lang.Thread.run(Thread.java:1)
"""


def test_of_a_trace_only_what_happened_is_told() -> None:
    error = _engine.quoted(Exception(TRACE), "in stage `read`")
    assert error.message == "part-1.reports is damaged: no end (in stage `read`)"
    assert error.hint == "remove that file and run the same command again"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[JAVA_GATEWAY_EXITED] Java gateway process exited", "Spark did not start"),
        ("All masters are unresponsive! Giving up.", "no Spark master answers"),
        ("Job 3 cancelled because SparkContext was shut down", "the engine was lost"),
        ("StatusCode.UNAVAILABLE: failed to connect", "the engine was lost"),
        ("ModuleNotFoundError: No module named 'variorum'", "a worker has no variorum"),
        ("ExecutorLostFailure (executor 3 exited)", "workers died again and again"),
        ("ValueError: odd", "ValueError: odd"),
        ("", "no reason given"),
    ],
)
def test_failures_of_engines_in_our_words(words: str, said: str) -> None:
    error = _engine.quoted(Exception(words), "in stage `read`")
    assert said in error.message and error.hint and "\n" not in error.message


@pytest.mark.parametrize(("master", "is_local"), [("local", True), ("local[4]", True), ("local-cluster[2,1,512]", False), ("yarn", False)])
def test_local_masters(master: str, is_local: bool) -> None:
    assert _engine.is_local(master) is is_local
