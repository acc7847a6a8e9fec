"""The known ways to group news, timed on the reports of a file: `peers.py PEER FILE [CHECKOUT]`.

A line of the file is the event, a tab, and the report. Prints CPU seconds, BCubed F and the setting."""
import collections
import datetime
import json
import sys
import time


def bcubed_f(events, found):
    both = collections.Counter(zip(events, found))
    of_event, of_found = collections.Counter(events), collections.Counter(found)
    precision = sum(n * n / of_found[f] for (_, f), n in both.items()) / len(events)
    recall = sum(n * n / of_event[e] for (e, _), n in both.items()) / len(events)
    return 2 * precision * recall / (precision + recall)


def read(file):
    events, lines = [], []
    for line in open(file, encoding="utf-8"):
        event, report = line.split("\t", 1)
        events.append(event)
        lines.append(report)
    return events, lines


def dbscan(events, lines):
    """The best of five radii is taken, and only its time counts: a gift to the peer."""
    from sklearn.cluster import DBSCAN
    from sklearn.feature_extraction.text import TfidfVectorizer

    best = None
    for radius in (0.5, 0.6, 0.7, 0.75, 0.8):
        start = time.process_time()
        reports = [json.loads(line) for line in lines]
        texts = [(report["title"] or "") + "\n" + report["text"] for report in reports]
        vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
        labels = DBSCAN(eps=radius, min_samples=2, metric="cosine").fit_predict(vectors)
        took = time.process_time() - start
        found = [f"alone {n}" if label < 0 else int(label) for n, label in enumerate(labels)]
        f = bcubed_f(events, found)
        if best is None or f > best[1]:
            best = (took, f, f"radius {radius}, the best of five")
    return best


def news_clustering(events, lines, checkout):
    """Its clustering alone is timed; the weighed tokens, lemmas and names that it asks for are made before."""
    import contextlib
    import io

    from sklearn.feature_extraction.text import TfidfVectorizer

    sys.path.insert(0, checkout)
    import clustering
    import model

    reports = [json.loads(line) for line in lines]

    def weighed(texts, **options):
        maker = TfidfVectorizer(sublinear_tf=True, **options).fit(texts)
        # Its own weights leave nothing to words that all reports have; this library's leave one.
        maker.idf_ = maker.idf_ - 1
        rows = maker.transform(texts)
        words = maker.get_feature_names_out()
        return [{words[i]: float(v) for i, v in zip(row.indices, row.data)} for row in rows]

    parts = {
        "title": [report["title"] or "" for report in reports],
        "body": [report["text"] for report in reports],
        "all": [(report["title"] or "") + "\n" + report["text"] for report in reports],
    }
    kinds = {
        "Tokens": {},
        "Lemmas": {"stop_words": "english"},
        "Entities": {"lowercase": False, "token_pattern": r"(?<![.] )\b[A-Z]\w+\b"},
    }
    features = [{} for _ in reports]
    for kind, options in kinds.items():
        for part, texts in parts.items():
            for row, vector in zip(features, weighed(texts, **options)):
                if vector:
                    row[f"{kind}_{part}"] = vector
    with contextlib.redirect_stdout(io.StringIO()):
        fits, merges = model.Model(), model.Model()
        models = checkout + "/models/en/"
        fits.load(models + "4_1491902620.876421_10000.0.model", models + "example_2017-04-10T193850.536289.ii")
        merges.load_raw(models + "md_3")
    start = time.process_time()
    shelf = clustering.Aggregator(fits, 0.0, merges)
    found = []
    for n, report in enumerate(reports):
        date = datetime.datetime.strptime(report["published"], "%Y-%m-%dT%H:%M:%SZ").strftime("%Y-%m-%d %H:%M:%S")
        document = clustering.Document({"id": str(n), "features": features[n], "date": date}, "")
        found.append(shelf.PutDocument(document))
    took = time.process_time() - start
    return took, bcubed_f(events, found), f"{len(shelf.clusters)} clusters, its English models, its features made untimed"


if __name__ == "__main__":
    peer, file, checkout = (sys.argv[1:] + [""])[:3]
    events, lines = read(file)
    took, f, note = dbscan(events, lines) if peer == "dbscan" else news_clustering(events, lines, checkout)
    print(took, f, note)
