"""Fits the weights of data/en/support.tsv: which words of a sentence the sources do not bear out, and whether they bear
out the whole.

    cargo run --release -p variorum --example evidence < pairs.jsonl > evidence.jsonl
    python3 crates/variorum-collate/examples/fit.py evidence.jsonl truth.jsonl > crates/variorum-collate/data/en/support.tsv

A line of truth.jsonl says what is true of the pair with the same id:
{"id", "set", "group", "sentences": [{"start", "end", "supported": bool|null, "spans": [[start, end]]|null}]}
with a sentence for each place that is known; `spans` are the words that the sources do not bear out. Pairs of one `group` (one source)
are held out together, and every set counts by the root of its size, so that no one set decides. Needs numpy only.
What the tests say goes to the standard error.
"""
import json, sys, zlib
from collections import Counter
import numpy as np

FOLDS = 8
# The measures of a sentence that are made of the judgement of its words.
JUDGED = ["likeliest", "second", "mean", "none"]
# Measures that held-out sets showed to add nothing are left out.
SENTENCE = ["length", "clause", "pairs", "together", "likeliest", "mean", "none"]
NOTES = {
    "nowhere": "it stands nowhere in the sources",
    "far": "it stands in the sources, but in no passage like the sentence",
    "beside": "it stands beside the likest passages",
    "second": "it stands in the second or third passage taken together with the likest",
    "derived": "a word of its root stands in the likest passages",
    "synonym": "a word of its meaning does",
    "wider": "a wider or narrower word does",
    "near": "how near the nearest other word of the likest passages is in meaning",
    "weight": "its rarity",
    "clause": "share of its clause (for a sentence: of its worst clause) that the likest passages lack",
    "sentence": "share of its sentence that they lack",
    "window": "share of the six words around it that they lack",
    "pair_before": "it stands near the word before in a likely passage too",
    "pair_after": "it stands near the word after in a likely passage too",
    "alike": "likeness of the likest passage",
    "likeliest": "log odds of the likeliest word to be wrong",
    "mean": "mean chance of the words to be wrong, by weight",
    "none": "log chance that no word is wrong",
    "length": "letters of a word, in tens; content words of a sentence (log)",
    "together": "share of the words that the likest passages hold",
    "pairs": "share of neighbouring words that are near each other in a likely passage too",
}


def fold(group):
    return zlib.crc32(group.encode()) % FOLDS


def fit(x, y, w, ridge=3.0):
    """Logistic regression with a ridge on standardised measures, by Newton's method."""
    mean, spread = x.mean(0), x.std(0)
    spread[spread < 1e-9] = 1e9
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    keep = np.full(z.shape[1], ridge)
    keep[-1] = 0
    b = np.zeros(z.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-z @ b))
        slope = z.T @ (w * (p - y)) + keep * b
        curve = (z * (w * p * (1 - p))[:, None]).T @ z + np.diag(keep + 1e-9)
        b -= np.linalg.solve(curve, slope)
    return b[:-1] / spread, b[-1] - (b[:-1] * mean / spread).sum()


def chance(model, x):
    return 1 / (1 + np.exp(-(x @ model[0] + model[1])))


def balance(sets, y):
    key = list(zip(sets, y))
    count = Counter(key)
    w = np.array([count[k] ** -0.5 for k in key])
    return w / w.mean()


def auc(y, p):
    order = np.argsort(p, kind="stable")
    ranks = np.empty(len(p))
    ranks[order] = np.arange(len(p))
    for value in np.unique(p):
        same = p == value
        ranks[same] = ranks[same].mean()
    pos = y == 1
    n, m = pos.sum(), (~pos).sum()
    return (ranks[pos].sum() - n * (n - 1) / 2) / (n * m) if n and m else float("nan")


def read(evidence, truth):
    known = {t["id"]: t for t in map(json.loads, open(truth, encoding="utf-8"))}
    names, words, sentences = None, [], []
    for line in open(evidence, encoding="utf-8"):
        row = json.loads(line)
        if "id" not in row:
            names = row
            continue
        t = known.get(row["id"])
        for s in row["sentences"] if t else []:
            about = [k for k in t["sentences"] if k["start"] < s["end"] and s["start"] < k["end"]]
            if not about or not s["words"]:
                continue
            verdicts = {k["supported"] for k in about}
            verdict = False if False in verdicts else None if None in verdicts else True
            spans = None if any(k["spans"] is None for k in about) else [x for k in about for x in k["spans"]]
            first = len(words)
            for v in s["words"]:
                truth_of = -1 if spans is None else int(any(v["start"] < b and a < v["end"] for a, b in spans))
                words.append((t["set"], fold(t["group"]), truth_of, v["measures"], v["weight"]))
            sentences.append((t["set"], fold(t["group"]), -1 if verdict is None else int(verdict), s["measures"], first, len(words)))
    return names, words, sentences


def main():
    names, words, sentences = read(*sys.argv[1:3])
    say = lambda *x: print(*x, file=sys.stderr)
    sets, folds, truth = (np.array([w[i] for w in words]) for i in range(3))
    x, weight = np.array([w[3] for w in words]), np.array([w[4] for w in words])

    def held_out(x, y, sets, folds, without=None):
        p = np.zeros(len(y))
        for k in range(FOLDS):
            known = (folds != k) & (y >= 0) & (sets != without)
            p[folds == k] = chance(fit(x[known], y[known], balance(sets[known], y[known])), x[folds == k])
        return p

    p = held_out(x, truth, sets, folds)
    say("words: AUC in cross-validation, and where the fit has not seen the set")
    for name in sorted(set(sets)):
        of = (sets == name) & (truth >= 0)
        if len(set(truth[of])) == 2:
            say(f"  {name:14s} {auc(truth[of], p[of]):.3f} {auc(truth[of], held_out(x, truth, sets, folds, name)[of]):.3f}  {of.sum()} words, {(truth[of] == 1).sum()} wrong")
    known = truth >= 0
    word = fit(x[known], truth[known], balance(sets[known], truth[known]))

    def judged(p):
        rows = []
        for s in sentences:
            q, w = p[s[4] : s[5]], weight[s[4] : s[5]]
            top = np.clip(np.append(np.sort(q)[::-1], [0.0, 0.0])[:2], 0.001, 0.999)
            odds = np.log(top / (1 - top))
            rows.append(list(s[3]) + [odds[0], odds[1], (q * w).sum() / max(1e-9, w.sum()), np.log(1 - np.minimum(q, 0.99)).sum()])
        return np.array(rows)

    columns = [(names["sentence"] + JUDGED).index(n) for n in SENTENCE]
    s_sets, s_folds, s_truth = (np.array([s[i] for s in sentences]) for i in range(3))
    # The words of a held-out sentence are judged by weights that do not know them either.
    s_x = judged(p)[:, columns]
    q = held_out(s_x, s_truth, s_sets, s_folds)
    say("sentences: AUC in cross-validation, and where the fit has not seen the set")
    for name in sorted(set(s_sets)):
        of = (s_sets == name) & (s_truth >= 0)
        if len(set(s_truth[of])) == 2:
            say(f"  {name:14s} {auc(s_truth[of], q[of]):.3f} {auc(s_truth[of], held_out(s_x, s_truth, s_sets, s_folds, name)[of]):.3f}  {of.sum()} sentences, {(s_truth[of] == 0).sum()} not borne out")
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        rates = [f"{n} {(q[(s_sets == n) & (s_truth == t)] < least).mean():.3f}" for t in (1, 0) for n in sorted(set(s_sets)) if ((s_sets == n) & (s_truth == t)).any()]
        say(f"  below {least}: " + " ".join(rates))
    known = s_truth >= 0
    sentence = fit(s_x[known], s_truth[known], balance(s_sets[known], s_truth[known]))
    print("# Fitted by examples/fit.py on rewrites and claims of which it is known what their sources bear out; see the README.")
    for model, fitted, columns in (("word", word, names["word"]), ("sentence", sentence, SENTENCE)):
        for name, value in zip(columns, fitted[0]):
            print(f"{model}.{name}\t{value:.3f}\t{NOTES.get(name, '')}".rstrip())
        print(f"{model}.bias\t{fitted[1]:.3f}")


main()
