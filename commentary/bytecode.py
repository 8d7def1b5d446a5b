"""Templates kept compiled between runs: compiling the two of a note takes longer than filling them."""

from __future__ import annotations

import contextlib
import zlib
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from commentary.files import write_bytes

_SUM = 4
"""Bytes of a checksum."""


class Bytecode(BytecodeCache):
    """Compiled templates in a folder; Jinja asks for one by its name and the hash of its text.

    A damaged file is as good as none; a folder that cannot be written costs time, nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from its file, if there is one and it is whole."""
        try:
            whole = (self.folder / bucket.key).read_bytes()
        except OSError:
            return
        if whole[:_SUM] == zlib.crc32(whole[_SUM:]).to_bytes(_SUM, "big"):
            bucket.bytecode_from_string(whole[_SUM:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket."""
        content = bucket.bytecode_to_string()
        with contextlib.suppress(OSError):
            write_bytes(self.folder / bucket.key, zlib.crc32(content).to_bytes(_SUM, "big") + content)
