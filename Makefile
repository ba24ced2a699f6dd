# From Neuron to Network. `make help` lists what can be made.
#
# Each step leaves a stamp in _build and is made again only when something it reads has changed.

PY := '$(CURDIR)/.venv/bin/python'
NBGRADER := '$(CURDIR)/.venv/bin/nbgrader'
COURSE := _build/course
ASSIGNMENTS := $(notdir $(wildcard exercises/assignments/*))
export PYTHON

# What each step reads. A list in a file, compared by content, notices files that went away.
find = $(shell find $(1) -type f -not -path '*/__pycache__/*' -not -name '*.pyc' | sort)
NNLIB := $(call find,nnlib)
EXERCISES := $(call find,exercises)
BOOK := $(call find,book) $(call find,docs) _config.yml _toc.yml
TESTS := $(call find,tests)
REST := Makefile pyproject.toml requirements.lock $(wildcard *.md LICENSE .pre-commit-config.yaml) \
        $(call find,scripts .ci)

.PHONY: help course assignments grade book serve test retest lint format concepts lab wheel lock clean FORCE
.DELETE_ON_ERROR:

help:
	@echo 'make course      everything: environment, assignments, graded sample class, marks, site'
	@echo 'make test        run all tests'
	@echo 'make serve       show the site on http://localhost:8000'
	@echo 'make lab         open a copy of the assignments (in my_work/) in JupyterLab'
	@echo 'make wheel       the package that students install (in dist/)'
	@echo 'make retest      run all tests, though nothing has changed'
	@echo 'make assignments | grade | book     one part of `make course`'
	@echo 'make concepts    how many concepts of the curriculum are done'
	@echo 'make lint | format                  check or mend the style of the code'
	@echo 'make lock        newer versions of all packages (needs uv)'
	@echo 'make clean       remove everything that was built (not the environment)'

course: _build/.graded.ok _build/.book.ok
	@echo
	@$(PY) -m exercises marks $(COURSE)
	@echo
	@echo 'Made:'
	@echo '  site          _build/html/index.html          (make serve shows it)'
	@for a in $(ASSIGNMENTS); do \
	    echo "  assignment    $(COURSE)/release/$$a/$$a.ipynb"; done
	@echo '  feedback      $(COURSE)/feedback/<student>/'
	@echo '  marks         $(COURSE)/grades.csv'

assignments: _build/.assignments.ok
grade: _build/.graded.ok
book: _build/.book.ok

.venv/.ok: requirements.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh

# --- lists of sources ---------------------------------------------------------------------

_build/%.list: FORCE
	@mkdir -p _build
	@echo '$($*)' | cmp -s - $@ || echo '$($*)' > $@

# The notebooks name sections of the book.
_build/headings.list: FORCE
	@mkdir -p _build
	@grep -hE '^(\(|#)' book/*.md | cmp -s - $@ || grep -hE '^(\(|#)' book/*.md > $@

# --- assignments and marks ----------------------------------------------------------------

# A changed exercise may have other points, so the sample class gets a new gradebook.
_build/.assignments.ok: .venv/.ok $(EXERCISES) $(NNLIB) _build/EXERCISES.list _build/NNLIB.list \
                       _build/headings.list
	@echo '==> Assignments'
	@rm -rf $(COURSE)/gradebook.db $(COURSE)/release $(COURSE)/source
	@$(PY) -m exercises course $(COURSE)
	@cd $(COURSE) && for a in $(ASSIGNMENTS); do \
	    $(NBGRADER) generate_assignment --force --log-level=WARN $$a || exit 1; done
	@touch $@

_build/.graded.ok: _build/.assignments.ok
	@echo '==> Sample class'
	@$(PY) -m exercises samples $(COURSE)
	@cd $(COURSE) && $(NBGRADER) db student import --log-level=WARN students.csv
	@cd $(COURSE) && for a in $(ASSIGNMENTS); do \
	    $(PY) -m exercises grade . $$a || exit 1; done
	@cd $(COURSE) && $(NBGRADER) export --log-level=WARN --to=grades.csv
	@touch $@

# --- the book -----------------------------------------------------------------------------

_build/.book.ok: .venv/.ok $(BOOK) $(NNLIB) _build/BOOK.list _build/NNLIB.list
	@echo '==> Book'
	@.venv/bin/jupyter-book build . -W -n --keep-going
	@touch $@

serve: _build/.book.ok
	@echo 'The site is on http://localhost:8000/ (Ctrl-C stops it)'
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html 8000

# Solutions are written in copies outside of _build, and an existing copy is never replaced.
lab: _build/.assignments.ok
	@mkdir -p my_work
	@for a in $(ASSIGNMENTS); do [ -e my_work/$$a ] || cp -R $(COURSE)/release/$$a my_work/; done
	@.venv/bin/jupyter lab my_work

# What students install: nnlib and the checks.
wheel: .venv/.ok
	@$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

concepts: .venv/.ok
	@$(PY) book/ext/concepts.py

# --- tests --------------------------------------------------------------------------------

test: _build/.tests.ok
	@if [ -e _build/.tests.new ]; then rm _build/.tests.new; else \
	    echo "Nothing has changed since all tests passed on $$(date -r _build/.tests.ok '+%F at %R')."; \
	    echo '`make retest` runs them again.'; fi

retest:
	@rm -f _build/.tests.ok
	@$(MAKE) --no-print-directory test

_build/.tests.ok: _build/.graded.ok _build/.book.ok $(TESTS) $(REST) _build/TESTS.list
	@echo '==> Tests'
	@$(PY) -m pytest --cov -n 2
	@touch $@ _build/.tests.new

lint: .venv/.ok
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

format: .venv/.ok
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

# --- upkeep -------------------------------------------------------------------------------

# Newer versions: pip install uv, then make lock. All extras but `oracle`, which is too large.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 \
	    $(foreach e,data plot book grade test build,--extra $(e)) \
	    --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -o requirements.lock

clean:
	rm -rf _build
