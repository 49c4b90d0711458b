# make report_groningen   install what is missing, then build that report (CORES=4: on four cores)
# make compare OLD=archive.zip NEW=. STUDY=groningen   a page that says what differs between two runs
# make map RAW=folder     a draft of variables.csv and recodes.csv for a folder of exports, in results/map (OUT=another)
# make explain_groningen  what would be made again, and why, in Dutch; runs nothing
# make plan STUDY=groningen   freeze the plan of a study, before data (RAW=folder of exports; REASON="…" for a new version)
# make test               install what is missing, then run the tests
# make release STUDY=groningen BY="A. Voorbeeld"   register the report that goes out: the next one is compared with it
# make verify ARCHIVE=… RAW=…   is an archive as it was made; with the folder of exports: does it give the same numbers
#                         (KEY=file: the key of the pseudonyms, where it is not that of config/config.yaml)
# make lint               format and style
# make benchmarks         measure again how fast it is, into benchmarks/README.md (NAMES="workflow peers": only those)
# make norms              after editing scales of resources/instruments: the illustrative norm tables
# make docs              after editing what columns of result tables are or mean: docs/resultaten.md
# make lock               after editing envs/*.in; UPGRADE=--upgrade takes the newest versions
CORES ?= $(shell nproc)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
compile := uv pip compile --quiet --python-version 3.11 --generate-hashes $(UPGRADE)

.DEFAULT_GOAL := install
.PHONY: install benchmarks compare map plan test release verify lint norms docs lock

install:
	@envs/install.sh

report_%: install
	snakemake --cores $(CORES) $@

benchmarks: install
	python benchmarks/run.py $(NAMES)

compare: install
	@test "$(OLD)" -a "$(NEW)" -a "$(STUDY)" || { echo "Name both runs and the study: OLD=, NEW=, STUDY=" >&2; exit 2; }
	python workflow/scripts/compare.py "$(OLD)" "$(NEW)" --study "$(STUDY)"

map: install
	@test "$(RAW)" || { echo "Name the folder of exports: RAW=" >&2; exit 2; }
	python workflow/scripts/map_exports.py "$(RAW)" $(if $(OUT),--out "$(OUT)")

explain_%: install
	@python workflow/scripts/explain.py report_$*

plan: install
	@test "$(STUDY)" || { echo "Name the study: STUDY=" >&2; exit 2; }
	@PYTHONPATH=workflow python -m effectstudie.running.freeze_plan "$(STUDY)" $(if $(RAW),--raw "$(RAW)") \
		--reason="$$REASON"

test:
	@envs/install.sh test
	pytest

release: install
	@test "$(STUDY)" -a "$(BY)" || { echo "Name the study and who releases it: STUDY=, BY=" >&2; exit 2; }
	python workflow/scripts/release.py "$(STUDY)" --by "$(BY)"

verify: install
	python workflow/scripts/verify.py "$(ARCHIVE)" $(if $(RAW),--raw "$(RAW)") $(if $(KEY),--key "$(KEY)")

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
