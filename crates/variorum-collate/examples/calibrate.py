"""Fits the weights of data/en/confidence.tsv: how often a finding of a kind and strength is right.

    cargo run --release -p variorum --example evidence < pairs.jsonl > evidence.jsonl
    python3 crates/variorum-collate/examples/calibrate.py evidence.jsonl truth.jsonl docs/reliability.svg > data/en/confidence.tsv

A line of truth.jsonl says of the pair with the same id which findings are right:
{"id", "group", "changes": [{"kind", "words": [start, end], "sentences": [[start, end]]}]|null, "about": [[start, end]]|null}.
A finding is right where it touches the words of a change, or has its kind and stands in its sentence; what stands in a changed
sentence otherwise is not judged, nor what stands outside `about`. Pairs of one `group` are held out together. Needs numpy only.
The plot shows held-out findings: what was said against how often it was right, with counts.
"""
import json, sys, zlib
import numpy as np

FOLDS = 8
KINDS = ["figure", "date", "name", "quote", "hedge", "attribution", "polarity", "status", "cause", "scope", "unsupported"]
# Kinds with few cases lean on what holds for all.
SHARED, OWN = 1.0, 2.0
# What weighs differently for every kind.
OWN_MEASURES = ["raw", "sourced", "alone"]
# What says nothing of kinds that were not seen with it.
OWN_ONLY = ["alone"]


def touches(a, b):
    return a[0] < max(b[1], b[0] + 1) and b[0] < max(a[1], a[0] + 1)


def read(evidence, truth):
    known = {t["id"]: t for t in map(json.loads, open(truth, encoding="utf-8"))}
    names, rows, met = None, [], set()
    for line in open(evidence, encoding="utf-8"):
        row = json.loads(line)
        if "id" not in row:
            names = row["finding"]
            continue
        t = known.get(row["id"])
        if not t:
            continue
        for f in (f for s in row["sentences"] for f in s["findings"]):
            at = (f["start"], f["end"])
            if t["about"] is not None and not any(touches(at, a) for a in t["about"]):
                continue
            right = False
            for c in t["changes"]:
                inside = any(touches(at, s) for s in c["sentences"])
                if touches(at, c["words"]) or inside and c["kind"] == f["kind"]:
                    right = True
                elif inside and not right:
                    right = None
            # The texts of one group share sentences; a finding that they share counts once.
            same = (t["group"], f["kind"], f["explain"], *f["measures"], right)
            if right is not None and same not in met:
                met.add(same)
                rows.append((f["weighed_as"], f["measures"], int(right), zlib.crc32(t["group"].encode()) % FOLDS))
    return names, rows


def design(names, rows):
    x = np.array([r[1] for r in rows])
    kind = np.array([[float(r[0] == k) for k in KINDS] for r in rows])
    own = [kind * x[:, [names.index(n)]] for n in OWN_MEASURES]
    return np.hstack([x, kind, *own, np.ones((len(x), 1))])


def fit(z, y, names):
    keep = np.array([1e6 if n in OWN_ONLY else SHARED for n in names] + [OWN] * ((1 + len(OWN_MEASURES)) * len(KINDS)) + [0.0])
    b = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-z @ b))
        b -= np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(keep + 1e-9), z.T @ (p - y) + keep * b)
    return b


def plot(path, bins):
    side, left = 320, 60
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{side + 2 * left}" height="{side + 2 * left}" font-family="sans-serif" font-size="12">',
           f'<rect x="{left}" y="{left}" width="{side}" height="{side}" fill="none" stroke="#888"/>',
           f'<line x1="{left}" y1="{left + side}" x2="{left + side}" y2="{left}" stroke="#bbb" stroke-dasharray="4"/>',
           f'<text x="{left}" y="{left - 20}" font-size="14">Findings of check: said and true, held out</text>',
           f'<text x="{left + side / 2}" y="{left + side + 40}" text-anchor="middle">confidence said</text>',
           f'<text transform="translate({left - 36} {left + side / 2}) rotate(-90)" text-anchor="middle">share right</text>']
    for tick in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<text x="{left + tick * side:.0f}" y="{left + side + 18}" text-anchor="middle">{tick:g}</text>')
        out.append(f'<text x="{left - 8}" y="{left + side - tick * side + 4:.0f}" text-anchor="end">{tick:g}</text>')
    for said, true, count in bins:
        x, y = left + said * side, left + side - true * side
        out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#205080"/><text x="{x + 7:.1f}" y="{y + 4:.1f}">{count}</text>')
    open(path, "w", encoding="utf-8").write("\n".join(out + ["</svg>", ""]))


def main():
    names, rows = read(*sys.argv[1:3])
    say = lambda *x: print(*x, file=sys.stderr)
    z, y, folds = design(names, rows), np.array([r[2] for r in rows]), np.array([r[3] for r in rows])
    kinds = np.array([r[0] for r in rows])
    p = np.zeros(len(y))
    for k in range(FOLDS):
        p[folds == k] = 1 / (1 + np.exp(-z[folds == k] @ fit(z[folds != k], y[folds != k], names)))
    bins = []
    say(f"{len(y)} findings, {y.sum()} right; said, true, findings")
    for low in np.arange(0, 1, 0.1):
        of = (p >= low) & (p < low + 0.1)
        if of.any():
            bins.append((p[of].mean(), y[of].mean(), int(of.sum())))
            say("  {:.2f} {:.2f} {}".format(*bins[-1]))
    say("at least, precision, share of the right ones kept")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9):
        of = p >= least
        say(f"  {least} {y[of].mean():.3f} {y[of].sum() / y.sum():.3f}")
    for kind in KINDS:
        of = kinds == kind
        if of.any():
            top = of & (p >= 0.5)
            say(f"  {kind:12s} {of.sum():4d} findings, {y[of].mean():.2f} right; at .5: {top.sum()}, {y[top].mean() if top.any() else 0:.2f} right")
    if len(sys.argv) > 3:
        plot(sys.argv[3], bins)
    b = fit(z, y, names)
    print("# Fitted by examples/calibrate.py on rewrites of which it is known what they changed; see the README.")
    keys = [f"all.{n}" for n in names] + [f"{k}.bias" for k in KINDS] + [f"{k}.{n}" for n in OWN_MEASURES for k in KINDS] + ["all.bias"]
    for key, value in zip(keys, b):
        print(f"{key}\t{value:.3f}")


main()
