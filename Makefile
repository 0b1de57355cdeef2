# The commands people type; each does all of its own set-up. What they promise stands in the README.

PYTHON ?= python3
PY := .venv/bin/python
PIP_INSTALL := $(PYTHON) -m pip --python $(PY) install --quiet --require-hashes

# Deployment checks look at the settings of a public site, with a state folder of their own.
PRODUCTION := env -u DATABASE_URL -u DEBUG -u SECRET_KEY SITE_URL=https://przyklad.pl VAR=.venv/lint
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: help run test lint bench lock static

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1\t/p' $(firstword $(MAKEFILE_LIST))

run: .venv/.runtime static  ## set everything up and serve on http://127.0.0.1:8000 (PORT=8123, VAR=/some/dir)
	@exec $(PY) manage.py serve

test: .venv/.dev  ## every test: on SQLite, on a throw-away PostgreSQL, in headless Chromium
	@exec $(PY) -m tests.run

lint: .venv/.dev  ## style, pins, templates, deployment settings, migrations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m tests.pins
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(PRODUCTION) $(PY) manage.py makemigrations --check --dry-run

bench: .venv-bench/.ready static  ## our figures beside the peers'; make bench BIG=1 adds a million rows
	@exec .venv-bench/bin/python -m bench --install $(if $(BIG),--rows 1000 100000 1000000)

lock: .venv/.dev  ## compile requirements*.in; make lock UPGRADE=--upgrade takes newer versions
	$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt
	$(LOCK) $(UPGRADE) requirements-bench.in -o requirements-bench.txt

static: staticfiles/staticfiles.json  ## collect and compress the static files, when any changed

staticfiles/staticfiles.json: .venv/.runtime platforma/settings.py $(shell find static -mindepth 1)
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

# An interpreter that is gone (a system upgrade) makes the whole environment anew.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit("Potrzebny Python 3.11 lub nowszy." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv --clear --without-pip .venv

.venv/.runtime: requirements.txt $(PY)
	@echo "Instaluję zależności…"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Instaluję narzędzia testów…"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

.venv-bench/.ready: requirements-bench.txt .venv/.runtime
	@echo "Instaluję narzędzia pomiarów…"
	@$(PYTHON) -m venv --clear --without-pip .venv-bench
	@$(PYTHON) -m pip --python .venv-bench/bin/python install --quiet --require-hashes -r requirements-bench.txt
	@touch $@
