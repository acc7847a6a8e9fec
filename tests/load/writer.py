"""Hands in so many invented reports a second, through `variorum add`, until it is stopped."""

import json
import os
import subprocess
import sys
import tempfile
import time

program, store, rate = sys.argv[1], sys.argv[2], int(sys.argv[3])
PLACES = ["Delmare", "Karsholm", "Vesterland", "Port Ostra", "Lindau Bay", "Norrhamn", "Sele", "Toveby"]
THINGS = ["ferry", "bridge", "harbour", "school", "railway", "mine", "dam", "market"]
run, kept, failed = f"{time.time_ns():x}", 0, 0
begun = time.monotonic()
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "in.jsonl")
    while True:
        with open(path, "w") as out:
            for n in range(rate):
                k = kept + n
                place, thing = PLACES[k % 8], THINGS[k // 8 % 8]
                text = (
                    f"The {thing} of {place} was closed on Thursday after {k % 40 + 2} people were hurt, Ada Orr said. "
                    f"The council of {place} will meet in {k % 7 + 2} days. Number {k} of these accounts was written for a test."
                )
                line = {"id": f"load-{run}-{k}", "outlet": f"{place} Post", "published": "2026-11-22", "title": f"{thing} of {place} closed", "text": text}
                out.write(json.dumps(line) + "\n")
        done = subprocess.run([program, "add", path, "--no-work", "--store", store], capture_output=True, text=True)
        failed += done.returncode != 0
        kept += rate
        print(f"{kept} reports handed in over {time.monotonic() - begun:.0f} s, {failed} calls failed {done.stderr[-200:]!r}", flush=True)
        time.sleep(max(0, begun + kept / rate - time.monotonic()))
