# Two commands matter: `make demo` and `make test`. Each sets up what it needs; Python 3.11+ and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint types check bench codebooks clean help

help:
	@echo "make demo   set up, read the example reports, write the briefs to demo/"
	@echo "make test   set up, check style and types, run the tests"
	@echo "make bench  slow measurements (speed, quality on the development data)"
	@echo "make codebooks  rebuild the generated codebooks from their packages"

$(STAMP): pyproject.toml requirements.txt hatch_build.py web/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit("Marsad needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

demo: $(STAMP)
	$(BIN)/marsad demo

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

test: $(STAMP) lint types
	$(BIN)/python -m pytest -n auto --dist loadscope

check: test

bench: $(STAMP)
	@set -e; for f in benchmarks/*.py; do echo "== $$f"; $(BIN)/python $$f; done

codebooks: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tools/requirements.txt
	@set -e; for f in tools/build_*.py; do echo "== $$f"; $(BIN)/python $$f; done

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache dist build
