"""Coverage of a bank as tables: in short, thin slots, what was never true, every message, every phrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commentary.evaluation.coverage import Need, Slot
from commentary.evaluation.sheets import Sheet, Value


@dataclass(frozen=True, slots=True)
class Coverage:
    """Slots of a bank over a number of sessions. Without ``needs`` no note was composed: only truth was counted."""

    slots: Sequence[Slot]
    needs: Mapping[str, Need]
    sessions: int

    def sheets(self) -> list[Sheet]:
        """Every table, the shortest first."""
        thin = [self._thin()] if self.needs else []
        return [self._short(), *thin, self._never(), self._messages(), self._phrases()]

    def _short(self) -> Sheet:
        wordings = [wording for slot in self.slots for wording in slot.wordings]
        counts: dict[str, Value] = {
            "messages": len(self.slots),
            "messages never true": sum(not slot.true for slot in self.slots),
            "phrases": len(wordings),
            "phrases never true": sum(not wording.eligible for wording in wordings),
        }
        if self.needs:
            counts |= {
                "messages never printed": sum(not slot.printed for slot in self.slots),
                "phrases printed": sum(bool(wording.used) for wording in wordings),
                "slots thinner than their need": sum(need.thin for need in self.needs.values()),
            }
        rows: list[dict[str, Value]] = [{"what": what, "count": count} for what, count in counts.items()]
        return Sheet("short", "In short", f"{self.sessions} sessions.", ("what", "count"), rows)

    def _thin(self) -> Sheet:
        thin = [(slot, self.needs[slot.message]) for slot in self.slots if self.needs[slot.message].thin]
        thin.sort(key=lambda pair: (-pair[1].starved, pair[1].have - pair[1].need))
        rows: list[dict[str, Value]] = [
            {"message": slot.message, **_figures(slot, need), "printed": len(slot.printed)}
            for slot, need in thin
        ]
        note = (
            "On the session that lacked most: variants needed, and those that were true. Starved: sessions on which "
            "every true wording rested and the section stayed short or a rest was broken; replaced: another message "
            "was printed instead."
        )
        columns = ("message", "need", "have", "phrases", "starved", "replaced", "printed")
        return Sheet("thin", "Slots thinner than their need", note, columns, rows)

    def _never(self) -> Sheet:
        rows: list[dict[str, Value]] = [
            {
                "phrase": wording.name,
                "message true": slot.true,
                "never in the data": ", ".join(wording.lacking),
            }
            for slot in self.slots
            for wording in slot.wordings
            if not wording.eligible
        ]
        note = "Phrases that were true on no session, and on how many their message was."
        return Sheet(
            "never", "Phrases never true", note, ("phrase", "message true", "never in the data"), rows
        )

    def _messages(self) -> Sheet:
        columns = ("message", "true", "chosen", "printed", "need", "have", "phrases", "starved", "replaced")
        rows: list[dict[str, Value]] = [
            {"message": slot.message, "true": slot.true, "phrases": len(slot.wordings)} for slot in self.slots
        ]
        if not self.needs:
            return Sheet("messages", "Messages", "Sessions.", ("message", "true", "phrases"), rows)
        for row, slot in zip(rows, self.slots, strict=True):
            row |= {"chosen": slot.chosen, "printed": len(slot.printed)}
            row |= _figures(slot, self.needs[slot.message])
        return Sheet("messages", "Messages", "Sessions.", columns, rows)

    def _phrases(self) -> Sheet:
        rows: list[dict[str, Value]] = [
            {
                "phrase": wording.name,
                "rests as": wording.tier,
                "true": len(wording.eligible),
                "printed": len(wording.used),
            }
            for slot in self.slots
            for wording in slot.wordings
        ]
        columns = ("phrase", "rests as", "true", *(("printed",) if self.needs else ()))
        return Sheet("phrases", "Phrases", "Sessions.", columns, rows)


def _figures(slot: Slot, need: Need) -> dict[str, Value]:
    return {
        "need": need.need,
        "have": need.have,
        "phrases": len(slot.wordings),
        "starved": need.starved,
        "replaced": need.replaced,
    }
