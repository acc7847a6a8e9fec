"""Reads what the newsroom hands out with the libraries that others read it with.

    python readers.py URL

Atom and JSON Feed by feedparser, PROV-O and schema.org by rdflib, whose tables hold every term of both vocabularies.
"""

import json
import sys
import urllib.request

import feedparser
import rdflib
from rdflib.namespace import PROV, RDF, SDO

home = sys.argv[1]


def fetch(path: str) -> bytes:
    with urllib.request.urlopen(home + path, timeout=30) as answer:
        return answer.read()


def feeds(stories: int) -> None:
    atom = feedparser.parse(fetch("/feed.atom"))
    assert not atom.bozo, atom.bozo_exception
    assert atom.version == "atom10" and len(atom.entries) == stories, (atom.version, len(atom.entries))
    assert len({entry.id for entry in atom.entries}) == stories
    assert all(entry.get("updated_parsed") and entry.title and entry.link for entry in atom.entries)
    via = [link for entry in atom.entries for link in entry.links if link.rel == "via"]
    assert via and all(link.href.startswith(("http://", "https://")) for link in via), via
    plain = json.loads(fetch("/feed.json"))
    assert [item["id"] for item in plain["items"]] == [entry.id for entry in atom.entries]


def terms(document: dict, vocabulary, prefix: str) -> int:
    """Counts the terms of a vocabulary in a document; one that the vocabulary does not have is an error."""
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    used = {p for p in graph.predicates() if str(p).startswith(prefix)}
    used |= {kind for kind in graph.objects(None, RDF.type) if str(kind).startswith(prefix)}
    unknown = [term for term in used if str(term)[len(prefix):] not in vocabulary]
    assert not unknown, unknown
    return len(used)


def exports(story: str) -> None:
    prov = json.loads(fetch(f"/story/{story}.prov.json"))
    assert terms(prov, PROV, str(PROV)) > 5
    linked = json.loads(fetch(f"/story/{story}.jsonld"))
    # The published context says the same of the terms used here: all are of one vocabulary.
    assert linked.pop("@context") == "https://schema.org"
    linked["@context"] = {"@vocab": str(SDO)}
    assert terms(linked, SDO, str(SDO)) > 5


stories = json.loads(fetch("/api/v1/stories?order=reports"))["items"]
feeds(len(stories))
for story in stories:
    exports(story["id"])
print(f"{len(stories)} stories read as feeds and as linked data, every term one of its vocabulary")
