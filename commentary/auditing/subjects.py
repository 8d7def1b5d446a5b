"""Instruments named in a sentence: each is read by it, and each figure stands with its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commentary.auditing.proof import Finding, Proof
from commentary.auditing.statement import Statement, Token
from commentary.auditing.words import BEATING, BESIDES, DEMOTING, LINKS, UNIT_WORDS, UNNAMED

_LISTING = frozenset({"and", ",", "percent", "basis", "points", "point", "sigma", "bp"})
FEW = 6
"""A reading of at most so many inputs may be told by naming them; of more, it speaks for none of them."""

TWINS = (
    frozenset({"sp500", "spy"}), frozenset({"nasdaq100", "qqq"}), frozenset({"russell", "small_caps"}),
    frozenset({"gold", "gold_future"}), frozenset({"oil", "crude_future"}), frozenset({"bitcoin", "bitcoin_fund"}),
    frozenset({"high_yield", "high_yield_spread"}), frozenset({"grade", "grade_spread"}),
)  # fmt: skip
"""Instruments that stand for one thing: an index and its fund, a fund and its spread."""

_INDEX = frozenset({"sp500", "spy"})
_UNNAMED_ALIKE = {
    "index": _INDEX, "stocks": _INDEX, "real": frozenset({"tips10y"}),
    "spread": frozenset({"high_yield", "grade", "high_yield_spread", "grade_spread"}),
}  # fmt: skip
"""Words that stand for an instrument without naming it."""

_YIELDS = frozenset({"ust2y", "ust5y", "ust10y", "ust30y"})
_TREASURIES = frozenset({"treasuries", "long_bonds", "short_bonds"})
MEMBERS = {
    "bonds": ("treasuries", "ust2y", "ust10y", "long_bonds"), "metals": ("gold", "silver"),
    "curve": ("ust2y", "ust5y", "ust10y", "ust30y"), "averages": ("sp500", "nasdaq"),
    "equities": ("sp500", "nasdaq", "russell"), "momentum": ("momentum_fund",),
    "defensives": ("staples", "utilities", "health"), "liquid": ("gold", "silver", "bitcoin"),
    "gold_vol": ("gold",), "oil_vol": ("oil",),
    "first_crypto": ("bitcoin", "ether"), "first_metals": ("gold", "silver"), "first_carry": ("yen",),
    "first_credit": ("high_yield",), "first_rates": ("ust2y", "ust10y", "treasuries"),
    "first_commodities": ("oil", "copper", "commodities"), "first_equities": ("sp500", "nasdaq", "russell"),
    "first_emerging": ("emerging",), "first_semis": ("semis",), "first_software": ("software",),
    "first_megacaps": ("megacaps",),
}  # fmt: skip
"""Subjects of METHOD §3 that are made of instruments → those instruments."""


def named(statement: Statement) -> Iterator[Finding]:
    """Every instrument named is read by the sentence's condition or figures."""
    known = backed(statement)
    for token in statement.subjects:
        if token.ids.isdisjoint(known):
            wanted = ", ".join(sorted(known)) or "no instrument"
            yield statement.finding("subjects", f"{token.text!r}", f"one that it reads: {wanted}")


def repeated(statement: Statement) -> Iterator[Finding]:
    """A list names each of its members once, and nothing is set against itself."""
    tokens = statement.tokens
    for index, token in enumerate(tokens):
        if token.kind != "subject":
            continue
        listed = index > 0 and tokens[index - 1].text in {"and", "the"}
        others = group_before(tokens, index)[1:] if listed else []
        if index > 1 and tokens[index - 1].text in {"than", *BESIDES, *BEATING}:
            others += [
                item for item in tokens[: index - 1] if item.kind == "subject" and not item.possessive
            ][-1:]
        if any(_same(item, token) for item in others):
            yield statement.finding("subjects", f"{token.text!r} twice", "another subject")


def _same(first: Token, second: Token) -> bool:
    return (
        first.ids == second.ids
        and not first.possessive
        and (len(first.ids) == 1 or first.text == second.text)
    )


def placed(statement: Statement) -> Iterator[Finding]:
    """A figure stands with the instrument whose reading it shows."""
    for index, token in enumerate(statement.tokens):
        own = _owner(statement.proof, token)
        if own and not _stands_with(statement, index, own):
            wanted = " or ".join(sorted(own))
            yield statement.finding(
                "subjects", f"{token.text!r} beside another subject", f"figure of {wanted}"
            )


def foreign(statement: Statement) -> Iterator[Finding]:
    """A sentence that names instruments shows no figure of one that it does not name."""
    named = frozenset().union(*(token.ids for token in statement.subjects))
    if not named:
        return
    for said, also in _UNNAMED_ALIKE.items():
        named |= also if said in statement.words else frozenset()
    for index, token in enumerate(statement.tokens):
        own = _owner(statement.proof, token)
        if not own or not _near_subject(statement, index):
            continue
        family = own & _YIELDS and named.isdisjoint(_YIELDS)
        own |= _drivers(statement.proof, token) | (_TREASURIES if family else frozenset())
        if own.isdisjoint(named):
            yield statement.finding(
                "subjects", f"{token.text!r} of {' or '.join(sorted(own))}", "one that is named"
            )


def _near_subject(statement: Statement, index: int) -> bool:
    """True where a subject stands before a place or in its clause."""
    places = (at for at, token in enumerate(statement.tokens) if token.kind == "subject")
    return any(at < index or statement.segments[at] == statement.segments[index] for at in places)


def backed(statement: Statement) -> frozenset[str]:
    """Ids that a sentence's readings speak for."""
    leader = statement.proof.scene.get("leader")
    found = _standing_for(statement.proof, leader) if isinstance(leader, str) else set()
    for name in statement.read:
        found |= _spoken_for(statement.proof, name)
    return twins(found)


def twins(ids: Iterable[str]) -> frozenset[str]:
    """Ids with those that stand for the same thing."""
    found = set(ids)
    for group in TWINS:
        if found & group:
            found |= group
    return frozenset(found)


def group_before(tokens: tuple[Token, ...], index: int) -> list[Token]:
    """The subject at ``index`` with those joined to it before: "gold, silver and bitcoin".

    A comma before "and" ends a clause: lists are written without it.
    """
    found = [tokens[index]]
    place = index - 1
    while place >= 0 and not (tokens[place].text == "and" and place and tokens[place - 1].text == ","):
        if tokens[place].text in {",", "and", "or", "nor", "the", "both"} and tokens[place].kind == "word":
            place -= 1
        elif tokens[place].kind == "subject" and place + 1 <= index and tokens[place + 1].text != "the":
            found.append(tokens[place])
            place -= 1
        else:
            break
    return found


def demoted(tokens: tuple[Token, ...], index: int) -> bool:
    """True for a subject that is an object: "than silver", "beside the S&P"."""
    place = index - 1
    while place >= 0 and tokens[place].text in {"the", "its", "even", "only"}:
        place -= 1
    before = tokens[place] if place >= 0 else None
    return (
        before is not None
        and before.kind == "word"
        and (before.text in DEMOTING or before.text.endswith("ing"))
    )


def _spoken_for(proof: Proof, name: str) -> set[str]:
    subject, _, measure = name.partition(".")
    found = {subject, *MEMBERS.get(subject, ()), *MEMBERS.get(measure, ())}
    spec = proof.specs.get(name)
    if spec is not None and len(spec.inputs) <= FEW:
        found |= set(spec.inputs)
    value = proof.scene.get(name)
    said = {value} if isinstance(value, str) else set()
    for named_today in said | proof.spoken.get(subject, frozenset()):
        found |= _standing_for(proof, named_today)
    return found


def _standing_for(proof: Proof, ident: str) -> set[str]:
    """An id that a reading names today, with its members or legs."""
    pair = proof.specs.get(f"{ident}.spread_1d")
    return {ident, *MEMBERS.get(ident, ()), *(pair.inputs if pair else ())}


def _owner(proof: Proof, token: Token) -> frozenset[str]:
    """Instruments whose figure a number token is; empty for what belongs to no single one."""
    if token.number is None:
        return frozenset()
    subject = token.number.reading.partition(".")[0]
    return twins({subject}) if subject in proof.vocabulary.labels else frozenset()


def _stands_with(statement: Statement, index: int, own: frozenset[str]) -> bool:
    tokens = statement.tokens
    if [token.text for token in tokens[index + 1 : index + 3]] in (
        ["of", "it"],
        ["of", "that"],
        ["of", "them"],
    ):
        return True
    tied = _tied(tokens, index)
    if tied is not None:
        return bool(own & tied.ids)
    before = _subjects_before(statement, index)
    if not before:
        return True
    if any(token.text in UNNAMED for token in tokens[before[-1] : index]):
        return True
    near = [before[-1]]
    near += [at for at in reversed(before) if not (demoted(tokens, at) or tokens[at].possessive)][:1]
    candidates = [member for at in near for member in _respective(tokens, at, index)]
    candidates += _linked(tokens, index)
    wanted = own | _drivers(statement.proof, tokens[index]) | (_TREASURIES if own & _YIELDS else frozenset())
    return any(wanted & token.ids for token in candidates)


def _drivers(proof: Proof, token: Token) -> frozenset[str]:
    """What an explained share may stand beside: "the dollar accounts for a quarter of the rise"."""
    reading = token.number.reading if token.number else ""
    spec = proof.specs.get(reading) if "explained" in reading else None
    return frozenset(spec.inputs) if spec else frozenset()


def _subjects_before(statement: Statement, index: int) -> list[int]:
    """Places of the subjects before a figure in its clause; a figure alone in its clause looks one back."""
    tokens, segments = statement.tokens, statement.segments
    own = [at for at, segment in enumerate(segments) if segment == segments[index]]
    found = [at for at in own if at < index and tokens[at].kind == "subject"]
    if found or not all(_bare(tokens[at]) for at in own):
        return found
    back = [
        at for at in range(own[0]) if segments[at] == segments[index] - 1 and tokens[at].kind == "subject"
    ]
    return back if len(back) == 1 and tokens[own[0]].text == "," else []


def _bare(token: Token) -> bool:
    return token.kind == "number" or token.text in {
        ",",
        ".",
        "down",
        "up",
        "lower",
        "higher",
        "a",
        "an",
        *UNIT_WORDS,
        "basis",
    }


def _respective(tokens: tuple[Token, ...], at: int, index: int) -> list[Token]:
    """Subjects that a figure may belong to: of "gold and silver lost 1.3 and 4.5" each its own."""
    group = group_before(tokens, at)[::-1]
    run = _run(tokens, index)
    if len(group) > 1 and len(run) == len(group):
        return [group[run.index(index)]]
    return group


def _run(tokens: tuple[Token, ...], index: int) -> list[int]:
    """Places of the figures listed together with one: "1.3 and 4.5 percent"."""
    run = [index]
    for step in (-1, 1):
        place = index + step
        while 0 <= place < len(tokens) and (tokens[place].kind == "number" or tokens[place].text in _LISTING):
            run += [place] if tokens[place].kind == "number" else []
            place += step
    return sorted(run)


def _tied(tokens: tuple[Token, ...], index: int) -> Token | None:
    """The subject that a figure is a part of: "a quarter of gold's retreat"."""
    rest = [token for token in tokens[index + 1 : index + 4] if token.text != "the"]
    if len(rest) > 1 and rest[0].text == "of" and rest[1].kind == "subject":
        return rest[1]
    return None


def _linked(tokens: tuple[Token, ...], index: int) -> list[Token]:
    """The subject that a figure is tied to behind it: "4 percent in gold"."""
    for token in tokens[index + 1 : index + 7]:
        if token.kind == "subject":
            return [token]
        if token.text not in LINKS and token.text not in UNIT_WORDS:
            break
    return []
