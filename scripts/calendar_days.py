"""The exchanges of ``make_calendar.py``, and what its libraries do not know or do not name of their days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEW_YORK = "America/New_York"


@dataclass(frozen=True)
class Source:
    """Where an exchange's days come from, and its regular close by the date from which it holds."""

    name: str
    library: str
    timezone: str
    close: Mapping[str, str]
    provisional: tuple[str, str] | None = None
    named_by: str = ""  # calendar of exchange_calendars whose holiday rules carry names


SOURCES = {
    "XNYS": Source("New York Stock Exchange", "XNYS", NEW_YORK, {"2004-01-01": "16:00"}, None, "XNYS"),
    "CME": Source(
        "CME metals (COMEX): days that settle",
        "CMEGlobex_Metals",
        NEW_YORK,
        {"2004-01-01": "17:00"},
        ("2027-01-01", "rules of earlier years; CME publishes hours a few weeks ahead"),
    ),
    "SIFMA": Source(
        "US bond market, recommended closes",
        "SIFMAUS",
        NEW_YORK,
        {"2004-01-01": "17:30"},
        ("2028-01-01", "rules of earlier years; SIFMA publishes two years each December"),
    ),
    "XSHG": Source(
        "Shanghai Stock Exchange, stand-in for the Shanghai Futures Exchange",
        "XSHG",
        "Asia/Shanghai",
        {"2004-01-01": "15:00"},
        ("2027-01-01", "statutory holidays and the pattern of 2025-2026; the notice of the year was not out"),
    ),
    "XLON": Source(
        "London Stock Exchange",
        "XLON",
        "Europe/London",
        {"2004-01-01": "16:30"},
        ("2028-01-01", "rules of the bank holidays"),
        "XLON",
    ),
    "XTKS": Source(
        "Tokyo Stock Exchange (JPX)",
        "XTKS",
        "Asia/Tokyo",
        {"2004-01-01": "15:00", "2024-11-05": "15:30"},
        ("2028-01-01", "astronomical equinoxes; the Cabinet Office confirms them each February"),
        "XTKS",
    ),
}

PROVISIONAL_SHANGHAI = {
    # Regulation of 2024-11-10 (13 statutory days) laid out as the notices for 2025 and 2026 did: eight days
    # from Lunar New Year's Eve, five days in May, seven in October (eight where Mid-Autumn falls in them).
    2027: {
        "New Year's Day": "01-01",
        "Lunar New Year": "02-05 02-08 02-09 02-10 02-11 02-12",
        "Tomb-Sweeping Day": "04-05",
        "Labour Day": "05-03 05-04 05-05",
        "Dragon Boat Festival": "06-09",
        "Mid-Autumn Festival": "09-15",
        "National Day": "10-01 10-04 10-05 10-06 10-07",
    },
    2028: {
        "New Year's Day": "01-03",
        "Lunar New Year": "01-25 01-26 01-27 01-28 01-31 02-01",
        "Tomb-Sweeping Day": "04-04",
        "Labour Day": "05-01 05-02 05-03 05-04 05-05",
        "Dragon Boat Festival": "05-29",
        "National Day": "10-02 10-03 10-04 10-05 10-06",
    },
}

ONE_OFF = {
    "XNYS": {
        "2004-06-11": "day of mourning for Ronald Reagan",
        "2007-01-02": "day of mourning for Gerald Ford",
        "2012-10-29": "Hurricane Sandy",
        "2012-10-30": "Hurricane Sandy",
        "2018-12-05": "day of mourning for George H. W. Bush",
        "2025-01-09": "day of mourning for Jimmy Carter",
    },
    "XLON": {
        "2011-04-29": "royal wedding",
        "2012-06-04": "Spring Bank Holiday",
        "2012-06-05": "Diamond Jubilee",
        "2020-05-08": "Early May Bank Holiday",
        "2022-06-02": "Spring Bank Holiday",
        "2022-06-03": "Platinum Jubilee",
        "2022-09-19": "state funeral of Queen Elizabeth II",
        "2023-05-08": "coronation of King Charles III",
    },
    "XTKS": {
        "2009-09-22": "Citizens' Holiday",
        "2015-09-22": "Citizens' Holiday",
        "2019-04-30": "Citizens' Holiday",
        "2019-05-01": "accession of the Emperor",
        "2019-05-02": "Citizens' Holiday",
        "2019-10-22": "enthronement of the Emperor",
        "2020-10-01": "system failure, no trading",
        "2026-09-22": "Citizens' Holiday",
    },
    "XSHG": {"2015-09-03": "Victory Day", "2015-09-04": "Victory Day"},
}

RENAMED = {
    "Christmas": "Christmas Day",
    "Citizen's Holiday Golden Week": "Citizens' Holiday",
    "Dr. Martin Luther King Jr. Day": "Martin Luther King Jr. Day",
    "Emperor Akihito's Birthday": "Emperor's Birthday",
    "Emperor Naruhito's Birthday": "Emperor's Birthday",
    "Good Friday 1908+": "Good Friday",
    "Good Friday Thru 2020": "Good Friday",
    "Health and Sports Day (2020)": "Sports Day",
    "Health and Sports Day (2021)": "Sports Day",
    "Health and Sports Day (2022 onwards)": "Sports Day",
    "July 4th": "Independence Day",
    "Juneteenth National Independence Day": "Juneteenth",
    "Juneteenth Starting at 2022": "Juneteenth",
    "Labor Thanksgiving Day": "Labour Thanksgiving Day",
    "New Years Day": "New Year's Day",
    "New Years Day US": "New Year's Day",
    "President's Day": "Presidents' Day",
    "Presidents Day": "Presidents' Day",
    "Thanksgiving": "Thanksgiving Day",
    "Weekend Boxing Day": "Boxing Day (substitute)",
    "Weekend Christmas": "Christmas Day (substitute)",
}

COMEX_CLOSED = {
    # NYMEX and COMEX kept these until 2006; their bars are missing in every copy of the metals.
    "2004-06-11": "day of mourning for Ronald Reagan",
    "2004-11-26": "day after Thanksgiving",
    "2004-12-31": "New Year's Day (observed)",
    "2005-11-25": "day after Thanksgiving",
    "2006-07-03": "session before Independence Day",
    "2006-11-24": "day after Thanksgiving",
}

SIFMA_NOON = ("2007-04-06", "2010-04-02", "2012-04-06", "2015-04-03")
"""Good Fridays with an employment report: noon, not closed (SIFMA notices of 2009-12, 2012-03-21 and
2015-03-09). The ten-year yield of H.15 has a value on each."""

SIFMA_FULL = ("2010-12-31",)  # notice of 2009-12: a full day, the last of the year
