"""Reads WordNet 3.0 and says how often each word is used in each of its senses."""

import os
from collections import defaultdict

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
SENSE_PART = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}


class WordNet:
    """Synsets by (part of speech, offset), the senses of every word, and what share of its uses each sense takes."""

    def __init__(self, folder):
        self.words = {}       # synset -> its lemmas, lower case
        self.pointers = {}    # synset -> [(symbol, synset, source word or None, target word or None)]
        self.field = {}       # synset -> number of its lexicographer file
        self.instance = set() # synsets of single things: cities, people
        self.senses = defaultdict(list)
        self.irregular = defaultdict(list)  # form -> [(lemma, part)]
        by_key = {}
        for part, name in PARTS.items():
            for line in open(os.path.join(folder, f"data.{name}"), encoding="utf-8"):
                if line.startswith(" "):
                    continue
                self._synset(line.split(" | ")[0].split(), part, by_key)
            for line in open(os.path.join(folder, f"index.{name}"), encoding="utf-8"):
                if line.startswith(" "):
                    continue
                row = line.split()
                count = int(row[2])
                for offset in row[-count:]:
                    self.senses[row[0]].append((part, offset))
            for line in open(os.path.join(folder, f"{name}.exc"), encoding="utf-8"):
                form, *lemmas = line.split()
                self.irregular[form] += [(lemma, part) for lemma in lemmas]
        self._shares(os.path.join(folder, "cntlist.rev"), by_key)
        self._sizes()

    def _synset(self, row, part, by_key):
        synset = (part, row[0])
        count = int(row[3], 16)
        words, at = [], 4
        for _ in range(count):
            word = row[at].split("(")[0].lower()
            by_key[word, part, int(row[1]), int(row[at + 1], 16)] = synset
            words.append(word)
            at += 2
        links = []
        for i in range(int(row[at])):
            symbol, offset, to, pair = row[at + 1 + 4 * i: at + 5 + 4 * i]
            to = "a" if to == "s" else to
            links.append((symbol, (to, offset), int(pair[:2], 16), int(pair[2:], 16)))
            if symbol == "@i":
                self.instance.add(synset)
        self.words[synset], self.pointers[synset], self.field[synset] = words, links, int(row[1])

    def _shares(self, path, by_key):
        counts = defaultdict(int)
        for line in open(path, encoding="utf-8"):
            key, _, count = line.split()
            word, rest = key.split("%")
            kind, field, number = rest.split(":")[:3]
            synset = by_key.get((word, SENSE_PART[kind], int(field), int(number)))
            if synset:
                counts[word, synset] += int(count)
        self.share, self.part_uses = {}, defaultdict(lambda: defaultdict(float))
        for word, senses in self.senses.items():
            weights, order = {}, defaultdict(int)
            for sense in senses:
                order[sense[0]] += 1
                # The counts come from a small corpus: what it lacks is assumed to fall off with the order of senses.
                weights[sense] = counts[word, sense] + 1 / order[sense[0]] ** 2
            total = sum(weights.values())
            for sense, weight in weights.items():
                self.share[word, sense] = weight / total
                self.part_uses[word][sense[0]] += weight

    def _sizes(self):
        """How many synsets lie below each one."""
        below = defaultdict(set)
        for synset, links in self.pointers.items():
            for symbol, to, _, _ in links:
                if symbol == "@":
                    below[to].add(synset)
        self.below = below
        self.size = {}

        def size(synset, path):
            if synset not in self.size:
                found = {synset}
                for child in below[synset]:
                    if child not in path:
                        found |= size(child, path | {synset})
                self.size[synset] = found
            return self.size[synset]

        import sys
        sys.setrecursionlimit(10000)
        for synset in list(self.words):
            size(synset, frozenset())
        self.size = {synset: len(found) for synset, found in self.size.items()}

    def parents(self, synset):
        return [to for symbol, to, _, _ in self.pointers[synset] if symbol == "@"]

    def named(self, synset, number):
        """The words that a pointer begins or ends at: one, or (number 0) all."""
        return [self.words[synset][number - 1]] if number else self.words[synset]

    def uses(self, word, synset):
        return self.share.get((word, synset), 0.0)
