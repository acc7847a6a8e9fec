"""Threads, processes and order leave no trace."""

import json
import multiprocessing
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import variorum

CODE = """
import hashlib, json, sys, variorum
reports = variorum.read("corpus/harbour-leak/reports")
answers = [variorum.annotate(reports), variorum.group(reports), variorum.trace(reports), variorum.collate(reports)]
print(hashlib.sha256(json.dumps(answers).encode()).hexdigest())
"""


def test_the_number_of_threads_leaves_no_trace() -> None:
    def answers(threads: int) -> str:
        env = os.environ | {"RAYON_NUM_THREADS": str(threads)}
        return subprocess.run([sys.executable, "-c", CODE], env=env, capture_output=True, text=True, check=True).stdout

    assert len({answers(threads) for threads in (1, 2, 4)}) == 1


def test_the_order_leaves_no_trace(leak: list[Any]) -> None:
    dossier, edges = variorum.collate(leak), variorum.trace(leak)
    stories = {line["id"]: line for line in map(dict, variorum.group(leak))}
    for seed in range(3):
        shuffled = random.Random(seed).sample(leak, len(leak))
        assert variorum.collate(shuffled) == dossier
        assert sorted(map(json.dumps, variorum.trace(shuffled))) == sorted(map(json.dumps, edges))
        assert {line["id"]: line for line in map(dict, variorum.group(shuffled))} == stories


def test_many_threads_call_at_once(leak: list[Any]) -> None:
    alone = variorum.annotate(leak, fast=True)
    shelf = variorum.Shelf()
    with ThreadPoolExecutor(8) as threads:
        calls = [threads.submit(variorum.annotate, leak, fast=True) for _ in range(16)]
        places = [threads.submit(shelf.place, report) for report in leak]
        assert all(call.result() == alone for call in calls)
        assert sum(len(place.result()) for place in places) >= len(leak)


def annotated(text: str) -> list[Any]:
    return variorum.annotate([text, text], fast=True)


@pytest.mark.parametrize("start", sorted(set(multiprocessing.get_all_start_methods()) - {"forkserver"}))
def test_other_processes_work_too(start: str) -> None:
    # A forked process has none of the threads that its parent has by now.
    here = annotated("Twelve people died.")
    with multiprocessing.get_context(start).Pool(2) as pool:
        assert pool.map_async(annotated, ["Twelve people died."] * 4).get(timeout=60) == [here] * 4
