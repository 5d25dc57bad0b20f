# Chancery: everything that one types in this folder. `make` alone lists the targets.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
RECORD ?= records/board-of-peace
WORKERS ?= 2
PORT ?= 8000

# The rooms that no test may leave a branch of unvisited.
CORE := values log register rules acts ledger text views exchange desk languages
comma := ,
empty :=
space := $(empty) $(empty)
CORE_FILES := $(subst $(space),$(comma),$(CORE:%=src/chancery/%/*))

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check format bench faults fuzz strace patroni replay postgresql chromium reference clean tests coverage \
	lint types imports fast-tests \
	reference-unchanged messages

# List the targets.
help:
	@awk '/^# /{said=substr($$0, 3)} /^[a-z-]+:/{sub(":.*", ""); printf "  make %-20s %s\n", $$0, said}' Makefile

# Set up what running Chancery needs, in .venv.
setup: $(VENV)/.run-time

# Set up what working on Chancery needs too: tests, checks, the benchmark's peers, PostgreSQL, a browser.
setup-dev: $(VENV)/.dev postgresql chromium strace

# Install Debian's Chromium where there is none: the tests of the pages walk them with it.
chromium:
	@if command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing Chromium"; export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; \
	else echo "The tests of the pages need Chromium; on Debian: apt-get install chromium fonts-noto-core" >&2; fi

# Install Debian's PostgreSQL where there is none: the tests of the shelves start a server of their own.
postgresql:
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing PostgreSQL"; export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	else echo "The tests need a PostgreSQL server, 15 or later; on Debian: apt-get install postgresql" >&2; fi

# Install Debian's strace where there is none: the tests of faults inject them with it.
strace:
	@if command -v strace >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing strace"; export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends strace >/dev/null; \
	else echo "The tests of faults need strace; on Debian: apt-get install strace" >&2; fi

# Install etcd (Debian's) and Patroni, in .patroni for the machine's own Python: `make faults` kills leaders with them.
patroni: .patroni/.done
	@if command -v etcd >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing etcd"; export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends etcd-server >/dev/null; \
	else echo "Killing leaders needs etcd; on Debian: apt-get install etcd-server" >&2; fi

.patroni/.done: requirements-faults.lock | $(VENV)/pyvenv.cfg
	@echo "Setting up .patroni"
	@rm -rf .patroni
	@/usr/bin/python3 -m pip --version >/dev/null 2>&1 && runs=/usr/bin/python3 || runs=$(PYTHON); \
		$$runs -c 'import sys; print(*sys.version_info[:2])' | grep -qx \
			"$$(/usr/bin/python3 -c 'import sys; print(*sys.version_info[:2])')" || { \
			echo "Patroni needs pip for /usr/bin/python3. On Debian: apt-get install python3-pip" >&2; exit 1; }; \
		$$runs -m pip install -qq --require-hashes --target .patroni -r requirements-faults.lock
	@touch $@

# Check the first record, show it as it stands today, say what to type next, and serve it in the browser.
demo: setup
	@for asked in 'check $(RECORD)' 'show standing $(RECORD)' 'show disputes $(RECORD)'; do \
		printf '\n$$ %s\n\n' "$(BIN)/chancery $$asked"; $(BIN)/chancery $$asked; done
	@printf '\n%s\n' 'Type next:'
	@printf '  %s\n' \
		'$(BIN)/chancery why $(RECORD) state:be body:board-of-peace' \
		'$(BIN)/chancery show counts $(RECORD) --on 2026-01-28 --known 2026-02-28' \
		'$(BIN)/chancery diff $(RECORD) --from 2026-01-21 --to 2026-01-23' \
		'$(BIN)/chancery show duties $(RECORD)' \
		'$(BIN)/chancery show standing $(RECORD) --on 2026-01-22 --known 2026-01-22 --lang ar' \
		'$(BIN)/chancery --help'
	@printf '\n%s\n' 'Open this in a browser:'
	@exec $(BIN)/chancery serve $(RECORD) --port $(PORT)

# Run everything that must hold before a change is kept; .ci/run calls this.
test: coverage imports types lint reference-unchanged

# Check a change while working on it, in under a minute.
check: lint types imports reference-unchanged fast-tests

# Put the code in its one format, and mend what the linter can mend.
format: setup-dev
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# Measure Chancery beside its peers, in one run.
bench: setup-dev
	$(BIN)/python -m bench

# Inject every fault in its long form, and write docs/faults.md: hours. PART=kills takes one part anew.
faults: setup-dev patroni .fuzz/.done
	$(BIN)/python -m faults $(PART)

# Feed every reader by atheris, which follows its branches; `make faults` does so too.
fuzz: setup-dev .fuzz/.done
	$(BIN)/python -m faults fuzzing

.fuzz/.done: requirements-fuzz.lock $(VENV)/.dev
	@echo "Setting up .fuzz"
	@rm -rf .fuzz
	@$(PIP) install -qq --require-hashes --no-deps --target .fuzz -r requirements-fuzz.lock
	@touch $@

# Decide again what real bodies decided, and compare with what is on record.
replay: setup-dev
	@$(BIN)/python -m tests.replay

# Write docs/reference again from the code.
reference: setup-dev
	$(BIN)/python -m tests.reference

# Gather every message that the code says into the catalogues; say what is left to translate.
messages: setup-dev
	$(BIN)/python -m tests.messages

# Take away everything that make has made.
clean:
	rm -rf $(VENV) .patroni .fuzz .faults build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests bench faults -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Run all the tests, noting which lines and branches they visit.
tests: setup-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=

# Hold the tests to every branch of the core, and to 95% of the whole.
coverage: tests
	$(BIN)/coverage report --include='$(CORE_FILES)' --fail-under=100
	$(BIN)/coverage report --fail-under=95

# Hold the code to its one format and to the linter's rules.
lint: setup-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check

# Check the types, strictly.
types: setup-dev
	$(BIN)/mypy

# Check that each room imports only downwards.
imports: setup-dev
	$(BIN)/lint-imports

# Run the tests that take less than a second each and no server.
fast-tests: setup-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -m "not slow"

# Check that docs/reference is what the code would write.
reference-unchanged: setup-dev
	$(BIN)/python -m tests.reference --check

# A virtual environment; where Debian has no python3-venv, one without pip, which the outer pip then fills.
$(VENV)/pyvenv.cfg:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Chancery needs Python 3.11 or newer, and found none. On Debian: apt-get install python3 python3-pip" >&2; exit 1; fi
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV)
	@test -x $(BIN)/pip || $(PYTHON) -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); \
		echo "Chancery needs pip for $(PYTHON), and found none. On Debian: apt-get install python3-pip" >&2; exit 1; }

# Whichever pip there is, filling .venv.
PIP = $$(if [ -x $(BIN)/pip ]; then echo $(BIN)/python -m pip; else echo $(PYTHON) -m pip --python $(BIN)/python; fi)

$(VENV)/.run-time: requirements.lock pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Setting up .venv"
	@$(PIP) install -qq --require-hashes -r requirements.lock
	@$(PIP) install -qq --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run-time
	@echo "Setting up .venv for development"
	@$(PIP) install -qq --require-hashes -r requirements-dev.lock
	@touch $@
