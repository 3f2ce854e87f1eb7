#: Needs Python 3.11 or newer, pip and make. Everything goes into .venv.
#:
#:   make dataset   build the articles in seeds/ into dataset/
#:   make test      format, lint, types, tests: exactly what the continuous integration runs
#:   make bench     speed by stage, and peak memory
#:   make format    put the code into the one format

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help dataset test bench format

help:
	@sed -n 's/^#: \{0,1\}//p' Makefile

dataset: .venv/installed
	$(BIN)/build-dataset build seeds --out dataset

test: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: .venv/installed
	$(BIN)/python -m tests.bench.speed

format: .venv/installed-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# Installed again only when pyproject.toml has changed.
.venv/installed: pyproject.toml | .venv/bin/python
	$(PIP) --editable .
	@touch $@

.venv/installed-test: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[test]'
	@touch .venv/installed $@
