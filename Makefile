# Five words: install, run, test, check, bench. Needs only Python 3.11 or newer, make and git.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# More than there are cores: many tests wait for a server, a browser or a disk.
PARALLEL := -n 4 --dist worksteal

.PHONY: install run test check audit bench format

install: $(STAMP)

$(STAMP): pyproject.toml uv.lock tools/uv-requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tools/uv-requirements.txt
	$(BIN)/uv sync --quiet --frozen --compile-bytecode
	$(BIN)/python -m compileall -q src
	$(BIN)/kpbot faq compile
	touch $(STAMP)

run: install
	$(BIN)/kpbot serve

test: install
	$(BIN)/pytest $(PARALLEL)

check: install audit
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r src
	$(BIN)/python tools/secrets_scan.py
	$(BIN)/kpbot check
	$(BIN)/pytest $(PARALLEL) -m "not slow and not browser"

# Asks elsewhere which dependencies have known weaknesses; without a network it says so in one line.
audit: install
	$(BIN)/python tools/audit.py

bench: install
	$(BIN)/uv sync --quiet --frozen --extra bench
	$(BIN)/kpbot bench all

format: install
	$(BIN)/ruff format src tests
	$(BIN)/ruff check --fix src tests
