"""Words that are counted: hedges, and images by the family that they are taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MODALS = (
    "may", "might", "could", "perhaps", "maybe", "possibly", "probably", "likely", "unlikely", "appear", "appears",
    "appeared", "seem", "seems", "seemed", "suggest", "suggests", "arguably", "potentially", "apparently",
)  # fmt: skip
"""Words that say that it may be otherwise."""

IMAGES: Mapping[str, str] = {
    "fire": "fire alarm*, fire drill*, fire, smoke*, burn*, ignit*, flame*, accelerant*, torch*, rocket fuel, "
    "fuel, lit, kindling, spark*",
    "water": "flood*, tide*, wave*, flush*, evaporat*, drain*, swept, overboard, storm*, ripple*, undercurrent*, "
    "calm sea*, shark*, float, bleeding, wash*, afloat, downdraft*, sank, spill*, waterfall*, cascad*, "
    "pool",
    "machine": "plumbing, engine, anchor, gear*, machine, seize, circuit*, brake, brakes, stabilizer*, stabiliser*, "
    "lever, pull the plug, pulled the plug, crowbar*, treadmill*, elevator*, staircase*, trampoline*, "
    "turbocharge*, high-speed",
    "building": "exit, exits, door, doors, trapdoor*, toll booth*, tollbooth*, rent, moat*, floor, ceiling*, "
    "foundation*, scaffold*, domino*, ladder*, cliff*, cracked, roof",
    "war": "battlefield*, arms race*, war, trench*, trigger*, crosshairs, shock wave*, shockwave*, besieg*, "
    "casualt*, ammunition, front line*, stampede*, weak hands, landmine*, time-bomb*, timebomb*, slam, "
    "slams, slammed, slamming, bloodbath*",
    "body": "blood, cough*, pulse, hangover*, psycholog*, pain, nerve, nerves, fever*, fatigue*, tantrum*, "
    "whiplash*, jitters, bruis*, sick, nursing, punch*, faceplant*, belly flop*, breathe*, puke*, "
    "cancer*, digest*",
    "theatre": "mask, costume*, theatre*, theater*, theatrics, script*, stage, act, spotlight*, curtain*, drama, "
    "halo*, illusion*, hallmarks, decoration*, poetry, encore*, masquerad*, dressed, spoiler*",
    "person": "margin clerk*, valuation committee*, servant*, master*, betrayal*, admitting, talking*, negotiat*, "
    "stopped asking, tiptoed, sulk*, cheer*, shrug*, nosedived, hesitates, ask, asks, remind*",
    "game": "bet, bets, roulette*, casino*, poker*, playbook*, ponies, rubik's, jackpot*, gamble*, wager*, gamma "
    "squeeze*, musical chairs, winner*",
    "journey": "map, maps, through line*, direction of travel, road, path, compass*, crossroads, migration*, "
    "saddles, roller coaster*, gravity, canyon*",
    "garden and weather": "garden*, harvest*, seed, seeds, winter*, fog, climate*, thaw*, air pocket*, "
    "photographic negative*",
}
"""Terms by family; an asterisk stands for any ending. Dead verbs of the market (fall, rise, slide, climb, drop, surge)
are no images."""


def _any(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms as whole words, the longer of two that begin alike first."""
    ordered = sorted(terms, key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(term).replace(r"\*", r"\w*") for term in ordered) + r")\b"
    )


_MODALS = _any(MODALS)
_IMAGES = {family: _any(terms.split(", ")) for family, terms in IMAGES.items()}


def modals(lower: str) -> int:
    """Modal hedges in a text of small letters."""
    return len(_MODALS.findall(lower))


def images(lower: str) -> dict[str, int]:
    """Images of a text of small letters by family, families without any left out."""
    found = {family: len(pattern.findall(lower)) for family, pattern in _IMAGES.items()}
    return {family: count for family, count in found.items() if count}
