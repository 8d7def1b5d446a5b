"""Claims that exclude each other are looked for on the same sessions."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from commentary.condition_masks import Masks
from commentary.linting.contraries import contraries
from commentary.phrasing.claims import ClaimFile


class Three:
    """Three sessions of one reading."""

    def masks(self, names: Iterable[str]) -> Masks:
        """As scenes give them."""
        assert set(names) == {"gold.move_z"}
        return Masks({"gold.move_z": np.array([-2.0, 0.0, 2.0])}, 3)


def test_each_pair_once_with_its_sessions() -> None:
    claims = {
        "sold": ClaimFile("Sold.", "gold.move_z <= 0", ("bought", "kept")),
        "kept": ClaimFile("Kept.", "gold.move_z >= 0", ("sold",)),
        "bought": ClaimFile("Bought.", "gold.move_z > 0", ("sold",)),
        "idle": ClaimFile("Idle.", "gold.move_z == 0"),
    }
    found = list(contraries(Three(), claims))  # type: ignore[arg-type]
    assert [(item.file, item.got) for item in found] == [
        ("rules/claims/kept.toml", "kept and sold on 1 sessions")
    ]
