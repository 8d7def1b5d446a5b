"""Errors of the program: each says what was got, what was wanted, which file and key."""

from __future__ import annotations

from collections.abc import Iterable

from commentary.shapes import dataclass


class CommentaryError(Exception):
    """Root of every error the program raises on purpose. ``exit_status`` is what the shell sees."""

    exit_status = 1


class UsageError(CommentaryError):
    """A command was called with words it does not take."""

    exit_status = 2


class HeldError(CommentaryError):
    """A note that cannot be right is not written; the message is the reason."""

    exit_status = 3


class SourceError(HeldError):
    """Market data could not be had, or cannot be read as what it claims to be."""


class CardError(CommentaryError):
    """A card cannot be read by this version of the program."""


class OutputError(CommentaryError):
    """A file could not be written where it was asked for."""


class PublishError(CommentaryError):
    """A publisher could not put a note where it was asked to."""


class AuditError(HeldError):
    """The finished note says something that its readings do not bear out."""

    def __init__(self, findings: Iterable[object]) -> None:
        self.findings = tuple(findings)
        lines = "\n".join(f"  - {finding}" for finding in self.findings)
        super().__init__(f"the finished note fails its audit in {len(self.findings)} places:\n{lines}")


@dataclass(frozen=True)
class Problem:
    """One mistake of an author: where it stands, what was got, what was wanted."""

    file: str
    key: str
    got: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: got {self.got}; wanted {self.wanted}"


class AuthoringError(CommentaryError):
    """All mistakes found in rules, messages, phrases or templates, shown at once."""

    exit_status = 4

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        noun = "mistake" if count == 1 else "mistakes"
        super().__init__(f"{count} {noun}:\n" + "\n".join(f"  {problem}" for problem in self.problems))
