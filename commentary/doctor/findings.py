"""What one look came to, how all of them print, and what of them may not."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from commentary.settings_checks import SECRET
from commentary.shapes import dataclass

OK, WARN, FAIL = "ok", "warn", "fail"
HIDDEN = "(hidden)"

SHORTEST = 4
"""Letters of a secret that is looked for in what is printed: shorter ones are parts of ordinary words."""

_USERINFO = re.compile(r"(?<=://)[^/\s@]+@")


@dataclass(frozen=True)
class Finding:
    """One line: its name, one of OK, WARN and FAIL, what was seen, what to do, and more lines where needed."""

    name: str
    state: str
    said: str
    remedy: str = ""
    details: tuple[str, ...] = ()


def as_text(findings: Sequence[Finding]) -> str:
    """A line a finding, then what to do, then its details."""
    width = max(len(item.name) for item in findings)
    return "\n".join(line for item in findings for line in _lines(item, width)) + "\n"


def _lines(item: Finding, width: int) -> Iterator[str]:
    remedy = f"; {item.remedy}" if item.remedy else ""
    yield f"{item.state:4}  {item.name.ljust(width)}  {item.said}{remedy}"
    for detail in item.details:
        yield f"{'':{width + 8}}{detail}"


def as_json(findings: Sequence[Finding]) -> str:
    """The same for programs: ``failed``, and ``checks`` with name, state, said, remedy and details."""
    checks = [
        {
            "name": item.name,
            "state": item.state,
            "said": item.said,
            "remedy": item.remedy,
            "details": list(item.details),
        }
        for item in findings
    ]
    return json.dumps({"failed": failed(findings), "checks": checks}, indent=1, ensure_ascii=False) + "\n"


def failed(findings: Sequence[Finding]) -> bool:
    """Whether any look failed."""
    return any(item.state == FAIL for item in findings)


def masked(text: str, secrets: Sequence[str]) -> str:
    """The text without any of the secrets, and without user names and passwords in addresses."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return _USERINFO.sub(f"{HIDDEN}@", text)


def secrets_at(file: Path, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Everything that looks like a secret in the environment and in a settings file, so that none is printed."""
    found = [value for name, value in environment.items() if SECRET.search(name)]
    with contextlib.suppress(OSError, ValueError):  # of a file that cannot be read nothing is printed
        found += _below(tomllib.loads(file.read_text(encoding="utf-8")))
    return tuple({value for value in found if len(value) >= SHORTEST})


def _below(data: object, *, inside: bool = False) -> Iterator[str]:
    """Texts under keys that are named like secrets."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _below(value, inside=inside or bool(SECRET.search(key)))
    elif isinstance(data, list):
        for value in data:
            yield from _below(value, inside=inside)
    elif inside:
        yield str(data)
