"""The command line. Commands are loaded when they are called: ``--help`` reads only this table."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any

import click

from commentary import __version__
from commentary.errors import CommentaryError

COMMANDS = {
    "init": ("desk", "Lay out settings and folders for your own rules, phrases and desk inputs."),
    "note": ("notes", "Write the note of one settled session."),
    "notes": ("notes", "Write the notes of a range of sessions."),
    "verdicts": ("verdicts", "List the verdicts of a range of sessions."),
    "backtest": ("backtest", "Hold verdicts against labelled days and plain rules."),
    "explain": ("verdicts", "Show every item of a session's ledger, its gates, and what would flip it."),
    "readings": ("readings", "List the readings of a session."),
    "episodes": ("episodes", "List the shipped days that need no data."),
    "desk": ("inputs", "Lay out the desk inputs of a session, with its open questions."),
    "check": ("authors", "Check universe, rules, messages, phrases, templates and desk inputs."),
    "rules": ("rules", "Lay out an evidence item of your own; show what an edit of rules changes."),
    "phrases": ("phrases", "Count what of the bank was true and printed, and where it is too thin."),
    "sample": ("authors", "Render a message's phrases on days on which they are true."),
    "style": ("style", "Print rhythm and texture of a text beside the bands of its verdict."),
    "fetch": ("desk", "Bring the store of bars up to date."),
    "publish": ("publish", "Put a written note somewhere, once."),
    "verify": ("verify", "Hold a note against what its session reads now; propose a correction."),
    "status": ("status", "Show what is in the archive."),
    "doctor": ("doctor", "Look at feeds, store, settings and folders, and say what to do."),
    "label": ("record", "Say, after the fact, what a session was, and why."),
    "record": ("record", "Count published verdicts against the labels given since."),
}
"""Command → module of ``commentary.commands``, one-line summary."""


class _Lazy(click.Group):
    """A group whose commands are imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"commentary.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


PATIENCE = 200_000, 50, 50
"""Of the collector: a run makes many objects and no garbage, and it takes an eighth of its time otherwise."""


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="commentary")
def group() -> None:
    """Read a day's cross-asset moves, decide whether somebody had to sell or chose to, write the desk note.

    \b
    Start:    commentary note --source episodes
    Own data: commentary note --source FOLDER --date 2024-08-05
    Exit:     0 done, 2 usage, 3 held (with the reason), 4 a mistake in rules or phrases, 1 anything else;
              verify: 5 where a correction is proposed.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the program and exit with the status of what happened."""
    gc.set_threshold(*PATIENCE)
    # Plugins of other packages have no say in rules, and looking for them reads every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    status = run(arguments)
    gc.freeze()  # nor does the interpreter look for any on its way out: another eighth
    sys.exit(status)


def run(arguments: list[str] | None = None) -> int:
    """Run the program; return the exit status. Errors of the program are one message on standard error."""
    try:
        result: Any = group.main(arguments, standalone_mode=False, prog_name="commentary")
    except CommentaryError as error:
        click.echo(f"commentary: {error}", err=True)
        return error.exit_status
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("commentary: stopped", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0
