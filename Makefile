# Alongside: every command of the house. `make` alone lists them. Nothing here installs system packages.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

BIN := .venv/bin
PORT ?= 8000
# One more than the cores of a small machine: a worker that waits for a browser leaves a core idle.
WORKERS ?= 3
# The first of these that is Python 3.11 or newer; or say PYTHON=/path/to/python.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$name" && break; done)
# uv where it is on the PATH and works; otherwise venv and pip.
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
TEMPLATES = $$(find src -name '*.html' -path '*/templates/*')
DJANGOFMT = $(BIN)/djangofmt --quiet --indent-width 2 --line-length 120

ifdef UV
VENV = uv venv --quiet --allow-existing --python "$(PYTHON)" .venv
INSTALL = uv pip install --quiet --python $(BIN)/python
READY = @:
else
VENV = "$(PYTHON)" -m venv .venv
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# A .venv that uv made holds no pip.
READY = @$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade >/dev/null
endif
EDITABLE = $(INSTALL) --no-deps --no-build-isolation --editable .

.PHONY: help setup run demo test check fix lint types layers wheel unit-tests both-tests bench prove docs locks clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|' 2>/dev/null \
		|| grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1: /'

# --- set-up

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Alongside needs Python 3.11 or newer; none was found on the PATH." >&2; exit 1; }
	$(VENV)

.venv/.runtime: requirements/build.txt requirements/runtime.txt pyproject.toml | .venv/bin/python
	$(READY)
	$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	$(EDITABLE)
	@touch $@

.venv/.dev: requirements/build.txt requirements/dev.txt pyproject.toml | .venv/bin/python
	$(READY)
	$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/dev.txt
	$(EDITABLE)
	@touch $@ .venv/.runtime

setup: .venv/.dev ## everything needed to work on Alongside, in .venv

# --- running

run: .venv/.runtime ## set up from nothing and serve on http://localhost:8000 (PORT=8001 for another)
	@$(BIN)/alongside migrate --verbosity 0
	@PORT=$(PORT) ALONGSIDE_SHOW_MAIL=1 $(BIN)/alongside serve

demo: export ALONGSIDE_DATA_DIR := $(CURDIR)/var/demo
demo: export ALONGSIDE_DEMO := 1
demo: .venv/.runtime ## the same with a year of two organisations in it; prints who can sign in
	@rm -rf var/demo
	@$(BIN)/alongside migrate --verbosity 0
	@$(BIN)/alongside seed_demo
	@PORT=$(PORT) $(BIN)/alongside serve

# --- tests and checks

# Whoever sets it keeps no compiled modules: each of some hundred processes of the tests would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

test: unit-tests both-tests ## set up and run all tests, those marked `both` on PostgreSQL too (at most 15 minutes on 2 cores)

unit-tests: .venv/.dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

both-tests: .venv/.dev
	$(BIN)/python -m tests.postgres -m both -n $(WORKERS) --dist loadscope --no-loadscope-reorder

check: lint types layers wheel ## exactly what CI runs: lint, types, layers, the wheel, then every test
	@$(MAKE) --no-print-directory test

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(DJANGOFMT) --check $(TEMPLATES)
	$(BIN)/python -m django makemigrations --check --dry-run --verbosity 1 --settings tests.settings

types: .venv/.dev
	$(BIN)/python -m mypy

layers: .venv/.dev
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

wheel: .venv/.dev
	$(BIN)/python -m tests.running.wheel

fix: .venv/.dev ## put formatting and imports right
	-$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	-$(BIN)/djade --target-version 5.2 $(TEMPLATES)
	-$(DJANGOFMT) $(TEMPLATES)

prove: .venv/.dev ## the whole suite on PostgreSQL, and every kill and race many times over (about an hour)
	TESTS_ROUNDS=100 $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder
	TESTS_ROUNDS=100 $(BIN)/python -m tests.postgres -n $(WORKERS) --dist loadscope --no-loadscope-reorder

bench: .venv/.dev ## measure the promises on speed and size (QUICK=1: at a tenth of the size)
	@ls bench/*.py >/dev/null 2>&1 || { echo "bench/ holds no measurement yet." >&2; exit 1; }
	@for script in bench/*.py; do $(BIN)/python "$$script" || exit 1; done

docs: .venv/.dev ## check that every page that the docs point to exists, and list the pages
	$(BIN)/python -m pytest -q -n 0 tests/architecture/test_docs.py
	@find docs -name '*.md' | sort

# --- upkeep

COMPILE = "$(PYTHON)" -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make locks" pyproject.toml

locks: ## renew requirements/*.txt from pyproject.toml (needs uv)
	$(COMPILE) --output-file requirements/runtime.txt
	$(COMPILE) --extra postgres --constraint requirements/runtime.txt --output-file requirements/postgres.txt
	$(COMPILE) --extra fast --constraint requirements/runtime.txt --output-file requirements/fast.txt
	$(COMPILE) --extra postgres --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(COMPILE:pyproject.toml=) --group build --output-file requirements/build.txt

clean: ## remove .venv and what builds leave; your data in var/ stays
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
