# Two commands do the work: `make run` and `make test`. Everything they need they install into .venv.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export DAGSTER_DISABLE_TELEMETRY := 1

.PHONY: run test lint types dashboard cabinet sandbox dagster bench screenshots system clean

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python -e .
	# The mobile application's public client, for tests: it asks for Python 3.13 but runs on 3.11, which only pip lets pass.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python aiotnse==2.0.4
	touch $@

run: .venv/ready                ## the night over the sample inbox
	mkdir -p data/var/inbox
	cp -Rp data/sample/. data/var/inbox/
	rm -f data/var/inbox/README.md
	$(BIN)/energosbyt nightly

# A worker more than there are cores: tests of pages and of killed nights wait about as long as they work.
test: .venv/ready system        ## everything that CI tests
	$(BIN)/python -m pytest -n $$(($$(nproc) + 1)) --dist loadfile --no-loadscope-reorder

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

dashboard: .venv/ready          ## the analysts' dashboard on http://localhost:8501
	$(BIN)/streamlit run dashboard/app.py

cabinet: .venv/ready            ## the customers' cabinet on http://localhost:8502
	$(BIN)/python -m dashboard.cabinet.asgi

sandbox: .venv/ready            ## a bank that takes no money, on http://localhost:8503 (docs/security.md says how the cabinet finds it)
	$(BIN)/python -m dashboard.cabinet.card.sandbox

dagster: .venv/ready            ## runs, checks and lineage on http://localhost:3000
	mkdir -p data/var/dagster
	cp -n dagster.yaml data/var/dagster/dagster.yaml || true
	DAGSTER_HOME=$(CURDIR)/data/var/dagster $(BIN)/dagster dev -m pipelines.definitions

bench: .venv/ready              ## every part, the businesses and the cabinet, or PART="night peers" ARGS="--accounts 20000"
	$(BIN)/python -m tests.bench $(PART) $(ARGS)
	$(if $(PART),,$(BIN)/python -m tests.bench.business)
	$(if $(PART),,$(BIN)/python -m tests.bench.cabinet)

screenshots: .venv/ready system
	$(BIN)/python -m tests.e2e.screenshots data/var/screenshots

system:                         ## the browser, fonts and PostgreSQL the tests need, where this user may install them
	./tools/system-packages

clean:
	rm -rf data/var
