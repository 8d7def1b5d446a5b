"""What tests of the loopback share: an environment that leads to it, and a yfinance without memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def environ(values: Mapping[str, str]) -> Iterator[None]:
    """The process's environment with these variables, as it was afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def forget(folder: Path) -> None:
    """Take from yfinance what it kept of other servers: answers, cookie, crumb; its files go to a folder."""
    import yfinance
    from yfinance import cache
    from yfinance.data import SingletonMeta, YfData

    YfData.cache_get.cache_clear()
    SingletonMeta._instances.clear()
    folder.mkdir(parents=True, exist_ok=True)
    yfinance.set_tz_cache_location(str(folder))
    cache._TzCacheManager._tz_cache = None  # a cache keeps the first folder's base, told another one or not
    cache._CookieCacheManager._Cookie_cache = None
