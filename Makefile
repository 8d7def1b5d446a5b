PYTHON ?= .venv/bin/python

.PHONY: check test golden figures voice bench docs peers feed slow
.venv/bin/python:
	python3 -m venv .venv
	.venv/bin/pip install -q -e ".[dev]"

check: $(PYTHON)  ## style, types, authors' files
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m commentary check

test: $(PYTHON)  ## the fast suite
	$(PYTHON) -m pytest -q -n 2

golden: $(PYTHON)  ## write the golden notes anew; read the difference before you commit it
	UPDATE_GOLDEN=1 $(PYTHON) -m pytest -q tests/test_golden.py

figures: $(PYTHON)  ## every figure beside its target
	$(PYTHON) scripts/figures.py

voice: $(PYTHON)  ## what the prose is held to, on fixed sessions and over a year
	$(PYTHON) scripts/voice.py

bench: $(PYTHON)  ## times as ratios, in one run
	$(PYTHON) scripts/bench.py

docs: $(PYTHON)  ## write the generated pages anew
	$(PYTHON) scripts/make_docs.py

peers: $(PYTHON)  ## real publishing peers, from Debian
	command -v hugo >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq hugo; }
	$(PYTHON) -m pytest -q -m peer

slow: $(PYTHON)  ## planted errors, killed fetches, many real days, every phrase before two other proof-readers
	$(PYTHON) -m pytest -q -n 2 -m "(slow or prose) and not peer"

feed: $(PYTHON)  ## every fault that a feed may have, and a few evenings of them at random
	COMMENTARY_SCENARIOS=all $(PYTHON) -m pytest -q -n 2 tests/yahoo/test_scenarios.py
	$(PYTHON) scripts/feed_faults.py --mornings 20 --seed 7 --workers 2
