"""Fits the weights of data/en/turns.tsv: how likely a word put in or left out turns a claim.

    cargo run --release -p variorum --example turned < pairs.jsonl > turned.jsonl
    python3 crates/variorum-collate/examples/turns.py turned.jsonl truth.jsonl > crates/variorum-collate/data/en/turns.tsv

A line of truth.jsonl is what calibrate.py reads. A candidate is right where it touches the words of a change; what stands in a changed
sentence otherwise is not judged. Pairs of one `group` are held out together. Needs numpy only. What held-out folds say goes to the
standard error.
"""
import json, sys, zlib
import numpy as np

FOLDS = 10
# How strongly weights are drawn to nothing: those of one word's grade more than the rest.
SHARED, GRADE = 2.0, 4.0


def touches(a, b):
    return a[0] < max(b[1], b[0] + 1) and b[0] < max(a[1], a[0] + 1)


def read(turned, truth):
    known = {t["id"]: t for t in map(json.loads, open(truth, encoding="utf-8"))}
    rows, met = [], set()
    for row in map(json.loads, open(turned, encoding="utf-8")):
        t = known.get(row["id"])
        for turn in row["turns"] if t else []:
            at = (turn["start"], turn["end"])
            right = any(touches(at, c["words"]) for c in t["changes"])
            if not right and any(touches(at, s) for c in t["changes"] for s in c["sentences"]):
                continue
            same = (t["group"], turn["explain"], json.dumps(turn["measures"], sort_keys=True), right)
            if same not in met:
                met.add(same)
                rows.append((turn, right, zlib.crc32(t["group"].encode()) % FOLDS))
    return rows


def fit(x, y, keep):
    b = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ b))
        w = np.maximum(p * (1 - p), 1e-6)
        b -= np.linalg.solve((x * w[:, None]).T @ x + np.diag(keep), x.T @ (p - y) + keep * b)
    return b


def main():
    rows = read(*sys.argv[1:3])
    say = lambda *a: print(*a, file=sys.stderr)
    names = sorted({n for turn, _, _ in rows for n in turn["measures"]})
    place = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for i, (turn, _, _) in enumerate(rows):
        for n, v in turn["measures"].items():
            x[i, place[n]] = v
    y = np.array([float(right) for _, right, _ in rows])
    folds = np.array([fold for _, _, fold in rows])
    keep = np.array([0.01 if n.endswith(".bias") else GRADE if x[:, i].mean() < 0.02 else SHARED for n, i in place.items()])
    p = np.zeros(len(y))
    for k in range(FOLDS):
        of = folds == k
        p[of] = 1 / (1 + np.exp(-x[of] @ fit(x[~of], y[~of], keep)))
    say(f"{len(y)} candidates, {y.sum():.0f} right")
    side = np.array([next(iter(n for n in turn["measures"] if n.endswith(".bias"))) for turn, _, _ in rows])
    for s in sorted(set(side)):
        for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            of = (side == s) & (p >= least)
            say(f"  {s} from {least}: {of.sum()} candidates, {y[of].mean() if of.any() else 0:.3f} right, {y[of].sum() / max(1, y[side == s].sum()):.3f} of the right ones")
    kinds = np.array([turn["kind"] for turn, _, _ in rows])
    for kind in sorted(set(kinds)):
        of = (kinds == kind) & (p >= 0.5)
        say(f"  {kind:12s} at .5: {of.sum()}, {y[of].mean() if of.any() else 0:.2f} right, of {y[kinds == kind].sum():.0f}")
    print("# Fitted by examples/turns.py on rewrites of which it is known what they changed; see the README.")
    for name, weight in zip(names, fit(x, y, keep)):
        print(f"{name}\t{weight:.3f}")


if __name__ == "__main__":
    main()
