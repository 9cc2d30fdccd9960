# gotk: the two commands of the README are `make demo` and `make test`; `make help` lists the rest.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Stamps: the virtual environment's content follows the sources.
SOURCES := pyproject.toml $(shell find gotk -type f -not -path '*/__pycache__/*' -not -path 'gotk/native/bin/*')
.DEFAULT_GOAL := help
.PHONY: help aarch64 demo test check stress conformance bench bench-latency native precompile clean preflight ctest sources

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

preflight:
	@sh tools/preflight.sh "$(PYTHON)"

$(VENV)/.installed: $(SOURCES)
	@sh tools/preflight.sh "$(PYTHON)"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "installing gotk into $(VENV) (compiles the native library; a minute or two the first time)"
	@$(PY) -m pip install --quiet --disable-pip-version-check '.[go,test]'
	@# Python and Jupyter started in the checkout import it, not the installed copy: it gets the same binaries.
	@rm -rf gotk/native/bin && cp -r $(VENV)/lib/python3*/site-packages/gotk/native/bin gotk/native/bin
	@cd $(VENV) && bin/python -m gotk.compiler.precompile > /dev/null
	@touch $@

demo: $(VENV)/.installed  ## set up, run the quickstart notebook headless, print the comparison table
	@cd $(VENV) && bin/python -m gotk.bench.demo "$(CURDIR)/notebooks/01_quickstart.ipynb"

ctest: preflight  ## the C library's own tests
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/cmake || $(PY) -m pip install --quiet --disable-pip-version-check cmake ninja
	@PATH="$(CURDIR)/$(BIN):$$PATH" cmake -S gotk/native -B build/ctest -G Ninja > build-ctest.log 2>&1 || (cat build-ctest.log; exit 1)
	@PATH="$(CURDIR)/$(BIN):$$PATH" cmake --build build/ctest >> build-ctest.log 2>&1 || (tail -40 build-ctest.log; exit 1)
	@PATH="$(CURDIR)/$(BIN):$$PATH" ctest --test-dir build/ctest --output-on-failure -j2

test: $(VENV)/.installed ctest  ## all tests (under 10 minutes on 2 cores)
	@$(BIN)/pytest -n 2 tests

check: $(VENV)/.installed  ## what CI runs besides the tests: ruff and mypy
	@$(BIN)/ruff check gotk tests
	@$(BIN)/mypy gotk

stress: $(VENV)/.installed  ## sanitizer builds of the C tests, programs × procs × seeds, and more (STAGES="thread memory" for some)
	@sh tests/stress/run.sh "$(CURDIR)/$(PY)"

conformance: $(VENV)/.installed  ## Go's own test suite (Debian's golang-1.19-src) against gotk
	@PYTHONPATH=tests $(BIN)/python -m conformance

aarch64: $(VENV)/.installed  ## cross-build for aarch64, all test programs under qemu-user (needs Debian's gcc-aarch64-linux-gnu and qemu-user)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(PY) tests/aarch64/run.py --c-tests $(PROGRAMS)

fuzz: $(VENV)/.installed  ## generated Go programs compared with real Go (PROGRAMS=10000 SEED=N)
	@$(PY) -m tests.fuzz --programs $(or $(PROGRAMS),10000) $(if $(SEED),--seed $(SEED))

bench: $(VENV)/.installed  ## the scheduler, compiled code and memory beside real Go, interleaved; ROWS="spawn select" for some rows
	@cd $(VENV) && bin/python -m gotk.bench.scheduler --write "$(CURDIR)/docs" $(ROWS)
	@test -n "$(ROWS)" || (cd $(VENV) && bin/python -m gotk.bench.pthreads && bin/python -m gotk.bench.compute --write "$(CURDIR)/docs/performance_code.md")

bench-latency: $(VENV)/.installed  ## submit to first output of a 50-line cell, beside `go run`
	@cd $(VENV) && bin/python -m gotk.bench.latency

native:  ## build the C library in place (gotk/native/bin), for work on the sources
	cmake -S gotk/native -B build/native -G Ninja -DGOTK_TESTS=OFF
	cmake --build build/native
	cmake --install build/native

clean:  ## remove what was built
	rm -rf build build-ctest.log gotk/native/bin $(VENV)
