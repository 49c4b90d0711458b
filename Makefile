# make report_groningen   install what is missing, then build that report (CORES=4: on four cores)
# make compare OLD=archive.zip NEW=. STUDY=groningen   a page that says what differs between two runs
# make explain_groningen  what would be made again, and why, in Dutch; runs nothing
# make test               install what is missing, then run the tests
# make verify ARCHIVE=… RAW=…   is an archive as it was made; with the folder of exports: does it give the same numbers
# make lint               format and style
# make benchmarks         measure again how fast it is, into benchmarks/README.md (NAMES="workflow peers": only those)
# make norms              after editing scales of resources/instruments: the illustrative norm tables
# make docs              after editing what columns of result tables are or mean: docs/resultaten.md
# make lock               after editing envs/*.in; UPGRADE=--upgrade takes the newest versions
CORES ?= $(shell nproc)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
compile := uv pip compile --quiet --python-version 3.11 --generate-hashes $(UPGRADE)

.DEFAULT_GOAL := install
.PHONY: install benchmarks compare test verify lint norms docs lock

install:
	@envs/install.sh

report_%: install
	snakemake --cores $(CORES) $@

benchmarks: install
	python benchmarks/run.py $(NAMES)

compare: install
	@test "$(OLD)" -a "$(NEW)" -a "$(STUDY)" || { echo "Name both runs and the study: OLD=, NEW=, STUDY=" >&2; exit 2; }
	python workflow/scripts/compare.py "$(OLD)" "$(NEW)" --study "$(STUDY)"

explain_%: install
	@python workflow/scripts/explain.py report_$*

test:
	@envs/install.sh test
	pytest

verify: install
	python workflow/scripts/verify.py "$(ARCHIVE)" $(if $(RAW),--raw "$(RAW)")

lint: install
	ruff check .
	ruff format --check .
	snakefmt --check Snakefile workflow/rules
	snakemake --lint

norms: install
	PYTHONPATH=workflow python -c 'from effectstudie.demo.norms import write_illustrative; write_illustrative("resources")'

docs: install
	PYTHONPATH=workflow python -m effectstudie.definitions.result_tables.document

lock: install
	$(compile) envs/python.in --output-file envs/python.lock
	$(compile) envs/build.in --constraints envs/python.lock --output-file envs/build.lock
	sed -i '/- pip:$$/q' envs/conda.yaml
	sed -n 's/^\([a-z].*\) \\$$/      - \1/p' envs/python.lock >>envs/conda.yaml
