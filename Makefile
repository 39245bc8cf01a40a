PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# uv takes a third of pip's time; pip, which also knows mirrors of pip.conf, takes over where uv doesn't get on
INSTALL = $(PIP) install --quiet --require-hashes --no-deps -r requirements/uv.txt \
	&& $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes --no-deps -r $(1) \
	|| { echo "That was uv; pip does it instead, which takes a minute or two."; \
	$(PIP) install --quiet --require-hashes --no-deps -r $(1); }
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

DIR ?=
PORT ?= 8888
BROWSER ?= yes

.PHONY: help learn test lint prove redteam bench docs format pins clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

learn: $(VENV)/learn.done  ## install the course, build the workspace, open it in JupyterLab (DIR=, PORT=, BROWSER=no)
	@$(BIN)/backend-path learn $(if $(DIR),--dir "$(DIR)") --port $(PORT) $(if $(filter no,$(BROWSER)),--no-browser)

test: $(VENV)/dev.done  ## install what the tests need and run them
	@$(BIN)/python tests/debian_packages.py --install
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=15 $(ARGS)

lint: $(VENV)/dev.done  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

prove: $(VENV)/dev.done  ## prove every exercise
	@$(BIN)/backend-path author prove

redteam: $(VENV)/dev.done  ## try hostile submissions on the grader, on stock nbgrader, and without each layer of the sandbox
	@$(BIN)/python tests/redteam/run.py $(or $(ARGS),--stock --each-layer)

bench: $(VENV)/dev.done  ## measure speed and print the tables
	@$(BIN)/python benchmarks/curriculum_speed.py
	@$(BIN)/python benchmarks/grading.py --all

docs: $(VENV)/dev.done  ## make the generated pages anew: the commands' reference and the picture of the path
	$(BIN)/python -m curriculum.commands.reference docs/cli.md
	$(BIN)/backend-path export --format svg --output docs/images/path.svg

format: $(VENV)/dev.done  ## rewrite the code in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pins: $(VENV)/dev.done  ## compile the pinned requirement files anew
	$(COMPILE) pyproject.toml --extra mysql --extra polyglot -o requirements/learn.txt
	$(COMPILE) pyproject.toml --all-extras --group dev -c requirements/learn.txt -o requirements/dev.txt
	echo uv | $(COMPILE) - -c requirements/dev.txt -o requirements/uv.txt

clean:  ## remove the environment and what tools left behind; the workspace stays
	rm -rf $(VENV) build dist artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/learn.done: requirements/learn.txt requirements/uv.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the course needs into $(VENV): a minute or less, the first time only."
	@$(call INSTALL,requirements/learn.txt)
	@$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(VENV)/dev.done: requirements/dev.txt requirements/uv.txt pyproject.toml | $(BIN)/python
	@$(call INSTALL,requirements/dev.txt)
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/learn.done
