"""``rules/scale.toml`` and ``rules/pairs.toml``: read, validated, all mistakes at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentary.errors import AuthoringError
from commentary.library import Library, shipped_root
from commentary.scale import Scale, load_scale
from commentary.universe import load_universe

OVERLAY = Path(__file__).parent / "prototype"


def overlaid(folder: Path, place: str, old: str, new: str) -> Library:
    text = (shipped_root() / place).read_text(encoding="utf-8")
    assert old in text
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Library((folder,))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMENTARY_CACHE", str(tmp_path_factory.mktemp("cache")))


def test_the_shipped_files_load_and_are_frozen() -> None:
    scale = load_scale(Library())
    assert (scale.sigma.short, scale.sigma.long, scale.sigma.clip) == (63, 756, 8.0)
    assert [name for name, pair in scale.pairs.items() if pair.scored] == [
        "nasdaq_vs_dow", "russell_vs_sp500", "technology_vs_financials", "technology_vs_energy",
        "technology_vs_staples", "software_vs_semis", "discretionary_vs_staples",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="frozen"):
        scale.sigma.short = 20  # type: ignore[misc]


def test_mistakes_in_both_files_are_shown_at_once(tmp_path: Path) -> None:
    overlaid(tmp_path, "rules/pairs.toml", 'short = ["dow"]', 'short = ["dow"]\nshrot = 1')
    library = overlaid(tmp_path, "rules/scale.toml", "penalty = 10.0", 'penalty = "ten"\nwindwo = 3')
    with pytest.raises(AuthoringError) as caught:
        load_scale(library)
    shown = [(problem.file, problem.key, problem.got) for problem in caught.value.problems]
    assert ("rules/scale.toml", "unexplained.penalty", "'ten'") in shown
    assert ("rules/scale.toml", "unexplained.windwo", "3") in shown
    assert ("rules/pairs.toml", "pairs.nasdaq_vs_dow.shrot", "1") in shown


def test_a_refit_phase_lies_below_its_period(tmp_path: Path) -> None:
    library = overlaid(tmp_path, "rules/scale.toml", "refit_phase = 0", "refit_phase = 5")
    with pytest.raises(AuthoringError, match="refit_phase must be below refit_every, 5"):
        load_scale(library)


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(Library, "documents", lambda self, below: ())
    with pytest.raises(AuthoringError, match=r"rules/scale\.toml: \(file\): got no file"):
        load_scale(library)


def test_the_prototypes_overlay_differs_in_few_places() -> None:
    shipped, prototype = load_scale(Library()), load_scale(Library((OVERLAY,)))
    assert changed(shipped, prototype) == {
        "history": {"first"},
        "sigma": {"by_days"},
        "unexplained": {"refit_phase", "cap", "capped"},
        "turbulence": {"minimum"},
    }


def changed(one: Scale, other: Scale) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in type(one).model_fields:
        first, second = getattr(one, name), getattr(other, name)
        if first != second:
            found[name] = {
                key for key in type(first).model_fields if getattr(first, key) != getattr(second, key)
            }
    return found


def test_the_prototypes_universe_differs_in_its_choices_of_symbol_alone() -> None:
    shipped, prototype = load_universe(Library()), load_universe(Library((OVERLAY,)))
    assert shipped.stocks == prototype.stocks
    assert list(shipped.instruments) == list(prototype.instruments)
    differ = {name for name in shipped.instruments if shipped[name] != prototype[name]}
    assert differ == {"russell", "silver", "copper", "yen", "dollar"}
