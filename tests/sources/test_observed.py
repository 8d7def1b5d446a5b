"""Observations: files that are right or say every line that is not; laid out on sessions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from commentary.errors import SourceError
from commentary.sources.observed import Observation, laid_out, read_files

SESSIONS = pd.DatetimeIndex(["2024-08-01", "2024-08-02", "2024-08-05"], name="session")


def written(folder: Path, text: str, name: str = "observations.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_what_a_folder_brings(tmp_path: Path) -> None:
    written(
        tmp_path, "series,date,value,source\nspy.shares_outstanding,2024-08-02,943032000,the fund's page\n"
    )
    written(tmp_path, "series,date,value,source\ngold.iv_30d,2024-08-05,18.5,own\n", "observations_iv.csv")
    assert read_files(tmp_path) == [
        Observation("spy.shares_outstanding", date(2024, 8, 2), 943032000.0, "the fund's page"),
        Observation("gold.iv_30d", date(2024, 8, 5), 18.5, "own"),
    ]


def test_every_wrong_line_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        "Gold IV,2024-08-02,1,own",
        "gold.iv,2 August,1,own",
        "gold.iv,2024-08-02,nan,own",
        "gold.iv,2024-08-02,1,",
    ]
    written(tmp_path, "\n".join(["series,date,value,source", *lines, "gold.iv,2024-08-02"]))
    with pytest.raises(SourceError) as caught:
        read_files(tmp_path)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()[1:]] == [
        f"  observations.csv, line {number}" for number in range(2, 7)
    ]


def test_a_file_with_another_header_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"observations\.csv: the header is .*wanted series,date,value,source"
    ):
        read_files(written(tmp_path, "date,series,value\n"))


def test_laid_out_on_sessions() -> None:
    found = laid_out(
        [
            Observation("claims.print", date(2024, 8, 3), 1.0, "a Saturday counts for Monday"),
            Observation("gold.iv", date(2024, 8, 1), 2.0, "own"),
            Observation("gold.iv", date(2024, 8, 6), 9.0, "after the data"),
        ],
        SESSIONS,
    )
    assert list(found.columns) == ["claims.print", "gold.iv"]
    assert np.isnan(found["claims.print"].to_numpy()[:2]).all() and found["claims.print"].iloc[2] == 1.0
    assert found["gold.iv"].iloc[0] == 2.0 and np.isnan(found["gold.iv"].iloc[2])
    assert laid_out([], SESSIONS).shape == (3, 0)
