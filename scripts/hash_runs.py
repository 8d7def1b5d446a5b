"""Hashes of every six-word run of a folder's texts, for the linter: ``python scripts/hash_runs.py FOLDER``.

The texts themselves stay where they are: of a hash of eight bytes no words can be had back.
"""

from __future__ import annotations

import sys
from pathlib import Path

from commentary.files import write_bytes
from commentary.linting.runs import FILE, hashes_of


def main(folder: str) -> None:
    """Write the package's file from every ``.txt`` below a folder."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).rglob("*.txt"))]
    found = sorted({each for text in texts for each in hashes_of(text)})
    write_bytes(FILE, b"".join(found))
    print(f"{len(found)} runs of {len(texts)} texts in {FILE}")


if __name__ == "__main__":
    main(*sys.argv[1:])
