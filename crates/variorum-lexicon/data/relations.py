"""How the words of a vocabulary are related: from WordNet's frequent senses and from the rows in `en/`."""

from collections import defaultdict
from math import log, sqrt

from forms import base_forms

# A relation of two senses counts as much as the words are used in these senses, from 0 to 1; weaker ones are left out.
OPPOSITE, DERIVED, WIDER = 0.20, 0.20, 0.35
# A synonym in frequent senses, or in rarer ones where the two words also stand in the same company (cosine of their GloVe vectors).
# Adjectives grouped with one head need more of it.
BESIDE = 0.5
SYNONYM = [(0.8, 0.2), (0.3, 0.3), (0.15, 0.45)]
LEAST_COMPANY = 0.2
# How many synsets may lie below a synset before it says too little to be a wider word, and before its children are no siblings.
WIDE = {"n": 1500, "v": 60, "a": 0, "r": 0}
BROOD = 400
# Lexicographer files whose kinds exclude one another: animals, artefacts, bodies, food, plants, quantities, substances, times.
APART = {5, 6, 8, 13, 20, 23, 27, 28}
PERSON = ("n", "00007846")
# Every numeral is grouped with these two, and no numeral is another.
NUMERALS = {"cardinal", "ordinal"}


def rows(path):
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


class Relations:
    """word -> {other word: strength} for each kind, and word -> parents whose children are siblings."""

    def __init__(self, net, known, company):
        self.net, self.known, self.company = net, known, company
        self.synonyms, self.opposites, self.derived, self.wider = (defaultdict(dict) for _ in range(4))
        self.parents = defaultdict(set)
        self.people = set()
        self._synonyms()
        self._derived()
        self._opposites()
        self._wider()

    def note(self, table, a, b, strength, least):
        if a != b and a in self.known and b in self.known and strength >= least:
            table[a][b] = max(table[a].get(b, 0), min(strength, 1.0))

    def note_both(self, table, a, b, strength, least):
        self.note(table, a, b, strength, least)
        self.note(table, b, a, strength, least)

    def _synonyms(self):
        net, shared = self.net, defaultdict(float)
        for synset, words in net.words.items():
            words = [w for w in words if w in self.known]
            for a in words:
                for b in words:
                    if a < b:
                        shared[a, b] += sqrt(net.uses(a, synset) * net.uses(b, synset))
            # An adjective and the one it is grouped with are nearly synonyms: "huge" is "large".
            for symbol, head, _, _ in net.pointers[synset]:
                if symbol == "&" and not NUMERALS & set(net.words[head]):
                    for a in words:
                        for b in net.words[head]:
                            if a != b:
                                shared[min(a, b), max(a, b)] += 0.6 * sqrt(net.uses(a, synset) * net.uses(b, head))
        beside = self._beside()
        for pair in beside:
            shared[pair] += 0.0
        for (a, b), strength in shared.items():
            if a in self.known and b in self.known:
                company = self.company(a, b)
                if company >= BESIDE:
                    strength += 0.4 * beside.get((a, b), 0)
                if any(strength >= least and company >= near for least, near in SYNONYM):
                    self.note_both(self.synonyms, a, b, 0.5 * min(strength, 1) + 0.5 * min(company / 0.6, 1), 0)

    def _beside(self):
        """Adjectives that are grouped with one head: "huge" and "enormous" with "large"."""
        net, grouped, found = self.net, defaultdict(set), defaultdict(float)
        for synset, links in net.pointers.items():
            for symbol, head, _, _ in links:
                if symbol == "&" and not NUMERALS & set(net.words[head]):
                    grouped[head] |= {(word, synset) for word in net.words[synset] if word in self.known}
        for words in grouped.values():
            for a, one in words:
                for b, other in words:
                    if a < b and one != other:
                        found[a, b] += sqrt(net.uses(a, one) * net.uses(b, other))
        return found

    def _derived(self):
        net, shared = self.net, defaultdict(float)
        for synset, links in net.pointers.items():
            for symbol, to, source, target in links:
                if symbol == "+" or symbol == "\\":
                    for a in net.named(synset, source):
                        for b in net.named(to, target):
                            if a != b and a[:2] == b[:2]:
                                shared[min(a, b), max(a, b)] += sqrt(net.uses(a, synset) * net.uses(b, to)) / (2 if symbol == "+" else 1)
        for (a, b), strength in shared.items():
            self.note_both(self.derived, a, b, strength, DERIVED)
        # Two words of one root through a third: "deportee" and "deportation" through "deport".
        for base, others in list(self.derived.items()):
            for a, one in others.items():
                for b, other in others.items():
                    if a < b and min(one, other) >= 0.6 and a[:5] == b[:5] and len(base) >= 5 and base[:4] == a[:4]:
                        shared[a, b] = max(shared[a, b], 0.8 * one * other)
        for (a, b), strength in shared.items():
            self.note_both(self.derived, a, b, strength, DERIVED)

    def _opposites(self):
        net = self.net
        for synset, links in net.pointers.items():
            for symbol, to, source, target in links:
                if symbol != "!":
                    continue
                for a in net.named(synset, source):
                    for b in net.named(to, target):
                        self.note_both(self.opposites, a, b, sqrt(net.uses(a, synset) * net.uses(b, to)), OPPOSITE)

    def _wider(self):
        net = self.net
        for synset, words in net.words.items():
            words = [w for w in words if w in self.known]
            if not words:
                continue
            near = self._ancestors(synset, 2)
            people = synset[0] == "n" and PERSON in self._ancestors(synset, 20)
            for a in words:
                uses = net.uses(a, synset)
                if people and uses >= 0.3:
                    self.people.add(a)
                for up, steps in near.items():
                    if net.size[up] > WIDE[synset[0]]:
                        continue
                    for b in net.words[up]:
                        if self.company(a, b) < LEAST_COMPANY:
                            continue
                        self.note(self.wider, a, b, sqrt(uses * net.uses(b, up)) * (1.0, 0.9, 0.7)[steps], WIDER)
                    # Two letters are a symbol: of an element, a unit, a number.
                    if steps == 1 and len(a) > 2 and net.field[synset] in APART and synset[0] == "n" and uses >= 0.5 and 2 < net.size[up] <= BROOD:
                        self.parents[a].add(up)

    def _ancestors(self, synset, most):
        found, edge = {}, [synset]
        for step in range(1, most + 1):
            edge = [up for s in edge for up in self.net.parents(s) if up not in found and up != synset]
            found.update((up, step) for up in edge)
        return found

    def demonyms(self, path):
        for names, people in ((row[0].split(", "), row[1].split(", ")) for row in rows(path) if len(row) > 1 and row[0]):
            for a in names + people:
                for b in people:
                    for b in base_forms(b, self.known) or [b]:
                        self.note_both(self.derived, a, b, 1.0, 0)

    def own(self, folder):
        for name, table in (("synonyms", self.synonyms), ("derived", self.derived)):
            for words, *_ in rows(f"{folder}/{name}.tsv"):
                for a in words.split():
                    for b in words.split():
                        self.note(table, a, b, 0.95, 0)
        for name in ("opposites", "sides"):
            for one, other, *_ in rows(f"{folder}/{name}.tsv"):
                for a in one.split():
                    for b in other.split():
                        self.note_both(self.opposites, a, b, 1.0, 0)
        for number, (words, *_) in enumerate(rows(f"{folder}/siblings.tsv")):
            for a in words.split():
                self.parents[a].add(("own", number))
                for b in words.split():
                    for table in (self.synonyms, self.derived, self.wider):
                        table[a].pop(b, None)

    def respell(self, spellings):
        """What is said of a British spelling is said of the American one."""
        for table in (self.synonyms, self.opposites, self.derived, self.wider):
            for british, american in spellings.items():
                for other, strength in table.pop(british, {}).items():
                    other = spellings.get(other, other)
                    if other != american:
                        table[american][other] = max(strength, table[american].get(other, 0))
            for others in table.values():
                for british in [word for word in others if word in spellings]:
                    american, strength = spellings[british], others.pop(british)
                    others[american] = max(strength, others.get(american, 0))
            for word, others in table.items():
                others.pop(word, None)
        for british, american in spellings.items():
            self.parents[american] |= self.parents.pop(british, set())

    def settle(self):
        """What contradicts a surer relation goes."""
        for a in list(self.opposites):
            for b in list(self.opposites[a]):
                if self.synonyms[a].get(b, 0) > self.opposites[a][b]:
                    del self.opposites[a][b]
                else:
                    self.synonyms[a].pop(b, None)
                    self.derived[a].pop(b, None)
        # What is derived from a word's opposite is its opposite as well: "approve", "rejection".
        grown = defaultdict(dict)
        for a, others in self.opposites.items():
            for b, strength in others.items():
                verb = self.net.part_uses[b].get("v", 0) > sum(self.net.part_uses[b].values()) / 2 if b in self.net.part_uses else False
                for c, derived in self.derived[b].items():
                    if (verb or c.endswith("ly")) and strength >= 0.6 and derived >= 0.6 and c not in self.people and c != a and c not in self.derived[a] and c not in self.synonyms[a]:
                        grown[a][c] = grown[c][a] = strength * 0.8
        for a, others in grown.items():
            for b, strength in others.items():
                self.opposites[a].setdefault(b, strength)
        for a, others in self.wider.items():
            for b in list(others):
                if b in self.synonyms[a] or b in self.opposites[a]:
                    del others[b]
