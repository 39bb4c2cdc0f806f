# `make` alone lists the targets. Everything installs into .venv; nothing touches the system.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# The first Python on the PATH that the product runs on; PYTHON=… chooses another.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c '$(FITS)' 2>/dev/null && { echo "$$p"; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
# Pinned like every other requirement; it installs the locked set in seconds.
UV := uv==0.13.9
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python

# Two workers keep a small machine busy without starving PostgreSQL. Each begins with half of the
# tests in their order, so that what a file's tests share is mostly made once.
PYTEST := $(BIN)/pytest -q -n 2 --dist worksteal

##@ Use it

run: $(VENV)/.run ## Install, migrate data/family.db, and chat with a demo family (and Telegram)
	@$(BIN)/family-scheduler migrate
	@$(BIN)/family-scheduler serve --console

doctor: $(VENV)/.run ## Say in plain words what is wrong with the settings and how to mend it
	@$(BIN)/family-scheduler doctor

##@ Work on it

test: lint types contracts ## The whole suite: style, types, import contracts, tests on both databases
	$(PYTEST)

test-all: lint types contracts ## As test, with every script on every platform and database
	ALL_COMBINATIONS=1 $(PYTEST)

lint: $(VENV)/.dev ## Style and common mistakes (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Static types (mypy, strict)
	$(BIN)/mypy

contracts: $(VENV)/.dev ## Which package may import which (import-linter)
	$(BIN)/lint-imports

format: $(VENV)/.dev ## Rewrite the code in the house style
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

eval: $(VENV)/.dev ## How well messages are read, without a model and, where one is set, with it
	$(BIN)/python -m tests.corpora.evaluate

bench: $(VENV)/.dev ## Measure the product as ratios to floors, on SQLite and PostgreSQL
	$(BIN)/python -m benchmarks

bench-million: $(VENV)/.dev ## The reminder loop with a million reminders, none due and all due
	$(BIN)/python -m benchmarks.million

bench-families: $(VENV)/.dev ## One family's requests beside 999 others, as ratios to it alone
	$(BIN)/python -m benchmarks.crowd

fuzz: $(VENV)/.dev ## Attack the HTTP API with some 10,000 requests made from its own description
	$(BIN)/python -m scripts.fuzz_api

audit: $(VENV)/.dev ## Known vulnerabilities of what is installed, and its licences
	$(BIN)/python -m scripts.audit

storm: $(VENV)/.dev ## Kill every part at random under 2,000 requests, and count what became of them
	$(BIN)/python -m scripts.storm

outage: $(VENV)/.dev ## Redis and the database away for a minute each, and what became of it
	$(BIN)/python -m scripts.outage

memory: $(VENV)/.dev ## Memory of a worker after 1,000 turns and after 10,000
	$(BIN)/python -m benchmarks.endurance

load: $(VENV)/.dev ## 10, 50 and 100 requests at once with a slow model, as ratios to one
	$(BIN)/python -m scripts.load

drill: $(VENV)/.dev ## Lose database, worker, broker and region in turn; how long, and what was lost
	$(BIN)/python -m scripts.drill

lock: $(VENV)/.dev ## Pin requirements*.txt again from pyproject.toml (LOCK_FLAGS=--upgrade: newest)
	$(LOCK) $(LOCK_FLAGS) pyproject.toml --group dev --output-file requirements-dev.txt
	$(LOCK) $(LOCK_FLAGS) pyproject.toml --constraint requirements-dev.txt \
		--output-file requirements.txt

env-example: $(VENV)/.dev ## Write .env.example again from the settings class
	$(BIN)/python -m scripts.env_example > .env.example

catalogues: $(VENV)/.dev ## Bring the languages in bot/locales up to date with what the code says
	$(BIN)/python -m scripts.catalogues

dashboard: $(VENV)/.dev ## Write the Grafana dashboard again from its queries
	$(BIN)/python -m scripts.dashboard > deploy/observability/dashboard.json

pictures: $(VENV)/.dev ## Draw the README's conversation again
	$(BIN)/python -m scripts.conversation_picture

clean: ## Remove the environment and the caches; data/ stays
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

##@ Help

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Stamps: each holds until what it was made from changes, so a second run starts at once.

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Family Scheduler needs Python 3.11, 3.12 or 3.13, and none is on the PATH." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -c '$(FITS)' || { echo "$(PYTHON) is $$("$(PYTHON)" -V 2>&1); Family Scheduler needs Python 3.11, 3.12 or 3.13." >&2; exit 1; }
	@echo "Setting up $(VENV) …"
	@"$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt pyproject.toml
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: run doctor test test-all lint types contracts format bench bench-million eval fuzz storm load drill lock env-example catalogues dashboard pictures audit bench-families memory outage clean help
