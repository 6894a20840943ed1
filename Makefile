# Everything a newcomer needs. Each target sets itself up; the first run takes a minute or two.

PORT ?= 8000
NAV_INSTANCE ?= instance
export PORT NAV_INSTANCE

PREPARE = sh deploy/setup/prepare.sh
PY = .venv/bin/python
TESTS ?=
BENCH ?=

.PHONY: help run test check bench audit statement trees lock migration

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{ printf "make %-10s %s\n", $$1, $$2 }'

run: ## the site with sample data on http://127.0.0.1:$PORT/ (PORT=8000, NAV_INSTANCE=instance)
	@$(PREPARE) run
	@sh deploy/setup/sample.sh

test: ## every test, on SQLite and PostgreSQL, with real browsers (TESTS=tests/rules for a part)
	@$(PREPARE) test
	@$(PY) -m pytest -n 2 --dist worksteal --db both --durations 15 --durations-min 2 -m 'not audit' $(TESTS)

check: ## style, types, direction of imports, languages, sizes
	@$(PREPARE) check
	@sh deploy/setup/check.sh

bench: ## the figures of speed and size, as ratios and counts (BENCH=page_bytes for one)
	@$(PREPARE) check
	@$(PY) -m benchmarks $(BENCH)

audit: ## the slow and thorough tests: every page, browser, kill and flood
	@$(PREPARE) audit
	@rm -rf .tested
	@sh deploy/setup/audit.sh 'audit or tested' --db both --hypothesis-profile audit $(TESTS)
	@$(if $(TESTS),,$(PY) -m tests.accessibility)

statement: ## the accessibility statement anew: the page checks and every client's journeys, then the writing
	@$(PREPARE) audit
	@rm -rf .tested
	@sh deploy/setup/audit.sh tested
	@$(PY) -m tests.accessibility

trees: ## what a screen reader is told of the main pages, written anew (tests/checks/trees)
	@$(PREPARE) test
	@$(PY) -m tests.checks.trees

lock: ## write the locked, hashed requirement files anew from pyproject.toml
	@$(PREPARE) check
	@sh deploy/setup/lock.sh

migration: ## write the next migration from the models (MESSAGE="what changes")
	@$(PREPARE) check
	@$(PY) -m nav_access.migrations.drafting "$(MESSAGE)"
