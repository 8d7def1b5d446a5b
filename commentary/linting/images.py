"""Images that a phrase draws on without saying so, and families that clash within one.

The list is of words whose literal sense no market note has a use for; what the trade itself says ("floor", "roof" of a
range, "pool", "volume") is left out. A hit asks an author to look: the phrase may be plain all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from commentary.linting.bench import Entry, phrases_of
from commentary.linting.doubts import Doubt
from commentary.phrasing.lexicon import CLASHES

UNDECLARED = "images without a family"
CLASHING = "families that clash"

_LISTS = {
    "fire": "fire fires flame flames burn burns burned burning ember embers smoke smoked ash ashes candle",
    "water": "tide tides wave waves flood floods flooded flooding ebb ebbed drown drowned shore harbor harbors anchor "
    "anchors ship ships boat boats swim swam leak leaks leaked leaking tap pipe pipes dam undertow current swimmers",
    "machine": "engine engines gear gears lever motor brake brakes fuse valve clockwork machinery thermostat pedal "
    "throttle gauge wiring circuit ratchet hinge",
    "house": "door doors window windows roof roofs attic cellar staircase stairs hallway furniture tenant tenants "
    "landlord lodger wallpaper threshold bricks ladder porch keyhole shutters",
    "war": "army armies troops battle battles siege trench trenches truce ceasefire retreating "
    "fortress garrison flank ambush artillery mutiny deserters",
    "body": "pulse spine stomach lungs fever bruise bruises limp limped heartbeat doctor "
    "medicine symptom symptoms wound wounds scar scars cough pain",
    "theatre": "stage curtain audience actor actors rehearsal applause script scene scenes encore understudy spotlight "
    "prompter intermission cast masks",
    "game": "chess pawn pawns dice poker bluff bluffed card cards referee scoreboard checkmate gamblers casino",
    "road": "detour crossroads highway passenger passengers luggage traffic roundabout brakes turnpike signpost "
    "milestone convoy",
    "weather": "storm storms rain rained umbrella umbrellas thunder lightning cloud clouds fog frost thaw drizzle gust "
    "gusts barometer climate sunshine snow breeze",
    "garden": "garden gardens seed seeds weeds harvest harvested orchard prune pruned bloom blossom roots soil ripe",
    "court": "jury juror jurors alibi testimony testified defendant acquitted courtroom "
    "prosecution oath perjury",
    "school": "classroom pupil pupils homework exam exams teacher lesson lessons detention schoolyard grades",
    "parliament": "parliament quorum ballot ballots dissent dissented dissenter caucus coalition abstained veto motion",
    "kitchen": "kitchen recipe oven simmer simmered stew pantry dish dishes boil boiled spoon menu",
    "diary": "diary footnote footnotes chapter chapters paragraph postscript envelope handwriting",
    "kin": "cousin cousins sibling siblings brother brothers sister uncle aunt nephew godfather",
    "animals": "herd dog dogs cat cats wolf wolves sheep bird birds canary canaries horse horses hound tail fox",
    "music": "orchestra choir chorus melody tune tempo conductor drum drums refrain duet solo violin",
    "shop": "shelf shelves counter clearance bargain bargains cashier shopkeeper customers pawnbroker",
    "sleep": "asleep slept sleeping dream dreamt dreams awake woke wakes yawn yawned pillow nightmare doze dozed",
    "crowd": "stampede turnstile turnstiles mob queue crowd crowds",
}

_FAMILY = {word: family for family, words in _LISTS.items() for word in words.split()}


def images(entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Phrases declared to have no image in which there is a word of one; and those in which families clash."""
    for entry in phrases_of(entries):
        file = entry.phrase.file
        drawn = drawn_on(file.text)
        if drawn and file.family == "none" and file.device != "definition":
            words = ", ".join(f"{word} ({family})" for word, family in drawn.items())
            yield Doubt(
                UNDECLARED, entry.place, entry.key, f"{words}: {file.text!r}", "a family, or a plain word"
            )
        families = {*drawn.values(), file.family}
        for pair in CLASHES:
            if pair <= families:
                yield Doubt(
                    CLASHING, entry.place, entry.key, " and ".join(sorted(pair)), "images of one family"
                )


def drawn_on(text: str) -> dict[str, str]:
    """Words of a text that belong to an image, with its family."""
    words = re.findall(r"[a-z]+", re.sub(r"{{.*?}}", " ", text).lower())
    return {word: _FAMILY[word] for word in words if word in _FAMILY}
