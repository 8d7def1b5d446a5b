"""Fails when a test was skipped for a reason that the list beside this file does not allow."""

import os
import pathlib
import re
import sys

report = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
allowed = [
    line.strip()
    for line in (pathlib.Path(__file__).parent / "allowed_skips.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
if "COMMENTARY_MARKET_DATA" not in os.environ:
    allowed.append("COMMENTARY_MARKET_DATA")
skips = re.findall(r"^SKIPPED .*$", report, flags=re.MULTILINE)
refused = [line for line in skips if not any(reason in line for reason in allowed)]
print("\n".join(["skips that nobody allowed:", *refused]) if refused else f"{len(skips)} skips, all allowed")
sys.exit(1 if refused else 0)
