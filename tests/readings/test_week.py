"""The index three and four sessions ago: the day's own return, later."""

from __future__ import annotations

import math

from commentary.readings import week
from tests.readings.synthetic import context, setting

RETURNS = [0.01, -0.02, 0.03, -0.04, 0.05]


def test_each_is_the_return_of_its_own_day() -> None:
    names = [spec.name for spec in week.declare(setting())]
    assert names == ["sp500.return_1d_prev3", "sp500.return_1d_prev4"]
    made = week.compute(context({"sp500.return_1d": RETURNS}))
    assert made[names[0]].iloc[-1] == -0.02
    assert made[names[1]].iloc[-1] == 0.01
    assert math.isnan(float(made[names[0]].to_numpy()[2]))
    assert math.isnan(float(made[names[1]].to_numpy()[3]))
