"""The words that claim something: directions, numbers, superlatives, windows, weekdays. Lists, no logic."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


UPWARD = _set(
    """rose rise rises risen rising gained gain gains gaining climbed climb climbs climbing advanced advance
    advances advancing rallied rally rallies rallying jumped jump jumps jumping surged surge surges surging
    soared soar soars soaring leapt leap leaps strengthened firmed rebounded bounced widened widen widens
    widening steepened steepening spiked popped"""
)
DOWNWARD = _set(
    """fell fall falls fallen falling lost lose loses losing loss losses slipped slip slips slipping dropped
    drop drops dropping declined decline declines declining slid slide slides sliding sank sink sinks sunk
    sinking tumbled tumble tumbles tumbling plunged plunge plunges plunging retreated retreat retreats
    retreating eased weakened crashed collapsed slumped slump narrowed narrow narrows narrowing tightened
    tightening flattened flattening dipped dips dip sagged skidded dived plummeted softened"""
)
DIRECTIONS = {**dict.fromkeys(UPWARD, 1), **dict.fromkeys(DOWNWARD, -1)}
"""Verbs and nouns that say which way something went."""

NOUNS = _set(
    """gain gains loss losses rise rises fall falls drop drops decline declines advance advances climb climbs jump
    jumps slide slides rally rallies slip slips retreat retreats slump surge surges plunge plunges lose soar leap
    widen sink tumble narrow dip"""
)
"""Those of them that are nouns or adjectives unless a subject or an auxiliary stands right before."""

DEGREES = {
    "higher": 1, "lower": -1, "up": 1, "down": -1, "wider": 1, "tighter": -1, "narrower": -1, "dearer": 1,
    "cheaper": -1,
}  # fmt: skip
"""Words that say which way only after a verb of standing or beside a figure."""

BESIDE_FIGURES = {"added": 1, "adding": 1, "adds": 1, "shed": -1, "sheds": -1, "surrendered": -1, "grew": 1}
"""Words that say which way only when a figure follows."""

BESIDES = {"above": 1, "over": 1, "below": -1, "beneath": -1, "under": -1}
"""Sides that a figure may stand on: "3 percent below its average"."""

TRADES = {"bought": 1, "bid": 1, "sold": -1, "dumped": -1}

GIVING = _set("gave gives give giving given")
STANDING = _set(
    """is are was were be been being closed closes close closing opened opens open opening ended ends end
    ending     finished finishes finish traded trades trade trading edged edges moved moves move went goes stood stands
    stayed inched crept drifted turned settled began started held sent pushed pulled came marked
    ticked nudged drifting"""
)
BETWEEN = STANDING | _set(
    """had has have having did does do also then even again still only each all both barely just once too
    soon later now already twice itself themselves not never failed refused to could cannot unable managed
    hardly scarcely yet alike together instead alone today yesterday in on by at the a an and of far well
    much little more less day session close open bell morning afternoon end largely so off back further"""
)
"""What may stand between a subject and the verb that says where it went."""

NEGATIONS = _set(
    """not never no neither nor failed refused without unable cannot hardly scarcely stopped ceased instead
    rather nothing nobody none avoided denied barely"""
)
HYPOTHETICAL = _set(
    """would could should if unless until must may might will can when whenever whether expect expects"""
)
PAST = _set(
    "was were had did fell rose closed opened lost gained sank climbed held stood kept ended broke slipped"
)
"""Verbs after which "when" dates what happened."""
IDLE_AFTER = _set("asleep silent short quiet behind apart out in for to")
"""After "fell" and "rose" these make an idiom: "fell silent", "rose to the occasion"."""
OWNED = _set("lost lose loses losing gained gain gains gaining")
AFTER_OWNED = _set(
    """in on with as more less most again too ground and while but after before beside together among during
    at by from over since than further heavily"""
)

LEFT_FILL = _set(
    """by about nearly almost only just some another a an the further more than over under roughly around as
    much full mere its at least barely of well close whole less fewer not even"""
)
RIGHT_FILL = _set(
    """percent percentage basis points point bp bps pt sigma sigmas σ % standard deviations session sessions
    day days straight consecutive successive one-day daily a an the price single net total"""
)

DEMOTING = _set(
    """than of with beside against by in for like from behind to as versus over under above below beneath beat
    outpaced outran outperformed trailed lagged led without at on into between near beyond
    except per alongside toward among unlike"""
)
UNNAMED = _set(
    """index indexes stocks shares equities market markets bonds yields credit spreads twin sectors winners losers
    companies names rest others family metals"""
)
"""Owners of a figure that are no single instrument."""
LINKS = _set("in for of on at from by to the a an its loss gain fall rise decline drop advance move level")

BEATING = {
    "beat": 1, "beats": 1, "outran": 1, "outpaced": 1, "outperformed": 1, "outdid": 1, "trailed": -1,
    "lagged": -1, "underperformed": -1,
}  # fmt: skip
MORE = {"further": 1, "more": 1, "harder": 1, "farther": 1, "faster": 1, "less": -1}

UNIT_WORDS = {
    "percent": "percent", "%": "percent", "per cent": "percent", "basis points": "bp", "basis point": "bp",
    "bp": "bp", "bps": "bp", "percentage points": "points", "percentage point": "points", "points": "points",
    "point": "points", "pt": "points", "sigma": "sigma", "sigmas": "sigma", "σ": "sigma",
    "standard deviations": "sigma", "sessions": "sessions", "session": "sessions", "days": "sessions",
    "day": "sessions", "weeks": "weeks", "week": "weeks", "months": "months", "month": "months",
    "years": "years", "year": "years", "dollars": "dollars", "times": "times", "percentile": "percentile",
    "hours": "hours", "hour": "hours", "million": "million",
}  # fmt: skip

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10, "eleventh": 11, "twelfth": 12, "twelfths": 12, "twentieth": 20,
}  # fmt: skip
MULTIPLES = {
    "twice": 2, "double": 2, "doubled": 2, "doubles": 2, "thrice": 3, "triple": 3, "tripled": 3, "treble": 3,
    "trebled": 3, "quadruple": 4, "quadrupled": 4, "halved": 0.5,
}  # fmt: skip
HEDGES = {
    "nearly": "less", "almost": "less", "just under": "less", "close to": "less", "not quite": "less",
    "just short of": "less", "shy of": "less", "little under": "less", "more than": "more", "just over": "more",
    "well over": "more", "upward of": "more", "upwards of": "more", "better than": "more", "little over": "more",
    "a good": "more", "less than": "fewer", "fewer than": "fewer", "not even": "fewer", "about": "about",
    "roughly": "about", "around": "about", "some": "about", "approximately": "about", "above": "above",
    "over": "above", "past": "above", "beyond": "above", "below": "below", "under": "below", "beneath": "below",
}  # fmt: skip
"""Words right before a figure → what they make of it; "above" and "below" may also be places."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip

SUPERLATIVES = _set(
    """best worst largest biggest steepest widest sharpest deepest strongest weakest highest lowest heaviest
    smallest narrowest greatest hardest fastest broadest dearest cheapest calmest poorest tightest"""
)
AGAINST_SIDE = {
    "worst": _set("smallest least best strongest highest gain gains rise rally advance jump"),
    "best": _set("smallest least worst weakest lowest loss losses fall decline drop poorest heaviest"),
    "high": _set("lower lowest low worst weakest cheapest narrowest calmest poorest"),
    "low": _set("higher highest high best strongest widest dearest"),
    "rise": _set("smallest least fall drop decline lowest low best worst slide"),
    "fall": _set("smallest least rise jump gain highest high climb"),
    "wide": _set("narrowest tightest smallest lowest"),
}
"""Side of a since-reading → words that would say the other side."""
SINCE_SIDE = {
    "worst": "worst", "best": "best", "high": "high", "low": "low", "rise": "rise", "fall": "fall",
    "gap": "wide", "spread": "wide", "oas_widest": "wide", "widest": "wide",
}  # fmt: skip
DATA_WORDS = _set("data file record records series begin begins began start starts bars log least history")

PAST_WORDS = _set(
    """yesterday before earlier previous prior last had after following then from until since ago already past
    again undid reversed returned repeated eve ended ends end over broke broken snapped stopped longer entered"""
)
FORMER_WORDS = _set("yesterday before earlier previous prior last had ago already past eve from again undid")
"""Those that tell a figure of an earlier session and nothing else."""
LIKENING = _set("since as so more further this that such worse better longer")
"""After a denial these make a superlative: "has not lost as much"."""
RUNNING = ("in a row", "running", "straight", "consecutive", "successive")
UNSEEN_HINTS = _set(
    """reserve fed fomc bank banks ecb house congress fund funds companies office offices investor
    investors foreigners followers makers dealer dealers speculators algorithms payroll payrolls rumor
    rumors rumour rumours margin margins liquidated liquidating bankruptcy merger tariff tariffs
    election statement speech conference guidance estimates forecasts auction headline headlines will
    shall going likely bound due set expect expects expected target rebound expiry expiration witching
    option options began ended started raised turned because owing thanks response reaction wake driven caused
    triggered sparked prompted news announcement decision back"""
)
"""One of them is in every claim that no price can show: most sentences have none."""
