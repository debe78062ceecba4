# Two targets do everything on a fresh machine: `make run` and `make test`. Needs Python >= 3.11, make, a package manager.
.DEFAULT_GOAL := run
.PHONY: messages run demo test check bench screenshots pictures site lock clean

SUITABLE := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
    $$p -c '$(SUITABLE)' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

run: .venv/run.ready
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	    echo "No display here: the same session runs in the terminal (Ctrl+C ends it)."; \
	    exec $(BIN)/attune live demo --pace 6; \
	else exec $(BIN)/attune; fi

demo: .venv/run.ready
	@$(BIN)/attune --demo

test: .venv/test.ready
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4

check: .venv/test.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/bench.ready
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

screenshots: .venv/run.ready
	QT_QPA_PLATFORM=offscreen $(BIN)/python docs/make_screenshots.py docs/screenshots

pictures: .venv/test.ready
	QT_QPA_PLATFORM=offscreen $(BIN)/python tests/ui/kept_pictures.py

site: .venv/site.ready
	$(BIN)/python -m typer app.cli.commands utils docs --name attune --title Commands --output docs/commands.md
	$(BIN)/mkdocs build --quiet

messages: .venv/test.ready
	@$(BIN)/python docs/make_messages.py

.venv/run.ready: requirements.txt pyproject.toml
	$(call set_up,run,requirements.txt)

.venv/test.ready: requirements-test.txt pyproject.toml
	$(call set_up,test,requirements-test.txt)
	@touch .venv/run.ready

.venv/bench.ready: requirements-bench.txt .venv/test.ready
	@$(PIP) --require-hashes -r requirements-bench.txt
	@touch $@

.venv/site.ready: requirements-site.txt .venv/run.ready
	@$(PIP) --require-hashes -r requirements-site.txt
	@touch $@

define set_up
@if [ -z "$(PYTHON)" ]; then echo "Attune needs Python 3.11 or newer: please install it first." >&2; exit 1; fi
@PYTHON="$(PYTHON)" sh .ci/system-libraries $(1)
@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv || { \
    echo "A virtual environment could not be made. On Debian and Ubuntu please type: sudo apt-get install python3-venv" >&2; exit 1; }
@echo "Installing what Attune needs (the first time only)"
@$(PIP) --require-hashes -r $(2)
@$(PIP) --no-deps --no-build-isolation --editable .
@touch $@
endef

# The lock files hold hashes and no address of any registry.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
    --no-annotate pyproject.toml --extra build
lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra test --output-file requirements-test.txt
	$(LOCK) --extra test --extra bench --output-file requirements-bench.txt
	$(LOCK) --extra site --output-file requirements-site.txt

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
