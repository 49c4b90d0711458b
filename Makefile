# Everything that make can do. `make help` prints these lines:
#
# make report_groningen   installeert wat ontbreekt en maakt het rapport (CORES=4: op vier kernen)
# make explain_groningen  wat er opnieuw gemaakt zou worden, en waarom; verandert niets
# make archive_groningen  de run in een bestand, om te publiceren (archive_groningen_intern: alles, blijft binnen)
# make compare OLD=../voor NEW=. STUDY=groningen   een pagina die zegt wat er tussen twee runs verschilt
# make map RAW=map        een voorstel voor variables.csv en recodes.csv bij een map met exports, in results/map (OUT=andere map)
# make power STUDY=groningen   welk verschil een studie kan vinden, met hoeveel gezinnen: een pagina voor wie haar plant
# make plan STUDY=groningen   legt het plan van een studie vast, vooraf (RAW=map met exports; REASON="…" bij een nieuwe versie)
# make release STUDY=groningen BY="A. Voorbeeld"   legt vast welk rapport naar buiten gaat; het volgende wordt ermee vergeleken
# make changes            een pagina die zegt wat er sinds de laatste vrijgave nieuw is, en welke conclusies omsloegen; alle studies
# make verify ARCHIVE=… RAW=…   is een archief zoals het gemaakt is; met RAW, de map met exports: geeft het dezelfde getallen
#                         (KEY=bestand: de sleutel van de pseudoniemen, als die niet die van config/config.yaml is)
#
# Voor wie het programma onderhoudt:
#
# make test               installeert wat ontbreekt en draait alle tests
# make lint               opmaak en stijl
# make benchmarks         meet opnieuw hoe snel het is, in benchmarks/README.md (NAMES="workflow peers": alleen die)
# make norms              na wijziging van schalen in resources/instruments: de verzonnen normtabellen
# make docs               na wijziging van kolommen van resultatentabellen: docs/resultaten.md
# make lock               na wijziging van envs/*.in; UPGRADE=--upgrade neemt de nieuwste versies
CORES ?= $(shell nproc)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
compile := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes $(UPGRADE)

.DEFAULT_GOAL := install
.PHONY: install install_tests help report explain archive benchmarks changes compare map power plan test release verify lint norms docs lock

studies := $(basename $(notdir $(wildcard config/studies/*.yaml)))
# Says one line of resources/words/make.nl.yaml, and stops.
say = @sed -n 's/^$(1): "\(.*\)"$$/\1/p' resources/words/make.nl.yaml | \
	sed 's/{studie}/$(firstword $(studies))/; s/{naam}/$@/g; s/\\"/"/g' >&2; exit 2

install:
	@envs/install.sh

install_tests:
	@envs/install.sh test

help:
	@sed -n '3,/^[^#]/s/^# \{0,1\}//p' Makefile

report_% archive_%: install
	snakemake --cores $(CORES) $@

report explain archive:
	$(call say,$@)

benchmarks: install
	python benchmarks/run.py $(NAMES)

compare: install
	$(if $(and $(OLD),$(NEW),$(STUDY)),,$(call say,compare))
	python workflow/scripts/compare.py "$(OLD)" "$(NEW)" --study "$(STUDY)"

map: install
	$(if $(RAW),,$(call say,map))
	python workflow/scripts/map_exports.py "$(RAW)" $(if $(OUT),--out "$(OUT)")

explain_%: install
	@snakemake --dry-run --cores 1 report_$*

power: install
	$(if $(STUDY),,$(call say,power))
	snakemake --cores $(CORES) power_$(STUDY)

plan: install
	$(if $(STUDY),,$(call say,plan))
	@PYTHONPATH=workflow python -m effectstudie.running.freeze_plan "$(STUDY)" $(if $(RAW),--raw "$(RAW)") \
		--reason="$$REASON"

test: install_tests
	pytest

release: install
	$(if $(and $(STUDY),$(BY)),,$(call say,release))
	python workflow/scripts/release.py "$(STUDY)" --by "$(BY)"

changes: install
	snakemake --cores $(CORES) changes

verify: install
	$(if $(ARCHIVE),,$(call say,verify))
	python workflow/scripts/verify.py "$(ARCHIVE)" $(if $(RAW),--raw "$(RAW)") $(if $(KEY),--key "$(KEY)")

lint: install_tests
	ruff check .
	ruff format --check .
	snakefmt --check Snakefile workflow/Snakefile workflow/rules
	snakemake --lint

norms: install
	PYTHONPATH=workflow python -c 'from effectstudie.demo.norms import write_illustrative; write_illustrative("resources")'

docs: install
	PYTHONPATH=workflow python -m effectstudie.definitions.result_tables.document

lock: install
	$(compile) envs/python.in --output-file envs/python.lock
	$(compile) envs/test.in --constraints envs/python.lock --output-file envs/test.lock
	$(compile) envs/build.in --constraints envs/python.lock --output-file envs/build.lock
	sed -i '/- pip:$$/q' envs/conda.yaml
	sed -n '/^rpy2=/d; s/^\([a-z].*\) \\$$/      - \1/p' envs/python.lock >>envs/conda.yaml

.DEFAULT:
	$(call say,unknown)
