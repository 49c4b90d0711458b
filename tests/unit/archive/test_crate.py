"""The metadata of a run, held against the public validator of RO-Crate, and what they say."""

import json
from pathlib import Path

import pytest
import rocrate
from given.bags import unpacked
from given.small_run import packed, small_run
from requests_cache import CachedRequest, CachedResponse, CachedSession
from rocrate_validator import models, services

from effectstudie.archive.checking.reading import unzipped

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # the validator's own

PROFILE = "provenance-run-crate"  # takes in process run, workflow run, workflow and RO-Crate itself
CONTEXT = "https://w3id.org/ro/crate/1.1/context"


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """What the validator would fetch, so that it needs no internet."""
    path = tmp_path_factory.mktemp("cache") / "http"
    content = (Path(rocrate.__file__).parent / "data/ro-crate.jsonld").read_bytes()
    request = CachedRequest(method="GET", url=CONTEXT)
    headers = {"Content-Type": "application/ld+json"}
    response = CachedResponse(status_code=200, url=CONTEXT, content=content, headers=headers, request=request)
    store = CachedSession(str(path)).cache
    store.responses[store.create_key(request)] = response
    return path


@pytest.fixture(scope="module", params=[False, True], ids=["public", "internal"])
def crate(request, tmp_path_factory):
    """The folder of an unpacked archive."""
    run = small_run(tmp_path_factory.mktemp("run") / "project")
    _, files, _ = unzipped(packed(run, request.param).content)
    return unpacked(files, tmp_path_factory.mktemp("unpacked")) / "data"


@pytest.fixture
def entities(crate):
    graph = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found


def problems(folder, cache):
    settings = models.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier=PROFILE,
        requirement_severity="REQUIRED",
        offline=True,
        cache_path=cache,
    )
    return [issue.message for issue in services.validate(settings).get_issues()]


def test_the_public_validator_finds_nothing_wrong(crate, cache):
    assert problems(crate, cache) == []


def test_the_public_validator_misses_what_is_taken_out(crate, cache, tmp_path):
    content = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    for entity in content["@graph"]:
        if entity["@id"] == "#run":
            del entity["instrument"]
    for path in crate.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(crate)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps(content), encoding="utf-8")
    assert any("instrument" in message for message in problems(tmp_path, cache))


def references(value):
    if isinstance(value, dict):
        return (
            [value["@id"]]
            if value.keys() == {"@id"}
            else [one for inner in value.values() for one in references(inner)]
        )
    return [one for inner in value for one in references(inner)] if isinstance(value, list) else []


def test_every_reference_leads_somewhere(entities):
    outside = ("https://w3id.org/ro/crate/1.1", "https://snakemake.readthedocs.io")
    named = {name for entity in entities.values() for name in references(entity)}
    assert named - entities.keys() == set(outside)


def test_every_file_of_the_archive_is_described_with_its_checksum(crate, entities):
    files = {path.relative_to(crate).as_posix() for path in crate.rglob("*") if path.is_file()}
    described = {name for name, entity in entities.items() if "File" in entity["@type"]}
    assert described == files - {"ro-crate-metadata.json"}
    assert all(len(entities[name]["sha256"]) == 64 for name in described)


def test_a_number_of_the_report_can_be_walked_back_to_the_raw_export(entities):
    jobs = [entity for name, entity in entities.items() if name.startswith("#job/")]
    made = {result["@id"]: job for job in jobs for result in job["result"]}
    walk, at = [], "results/zeeland/report/zeeland.html"
    while at in made:
        walk.append(made[at]["name"])
        at = next(one["@id"] for one in made[at]["object"] if not one["@id"].startswith("code/"))
    assert walk == ["write_report/zeeland", "analyse_outcomes/zeeland", "ingest_exports"]
    assert entities[at]["name"] == "T0_jeugd.csv" and len(entities[at]["value"]) == 64


def test_people_licence_settings_and_software_are_named(crate, entities):
    assert entities["#person-1"]["jobTitle"] == "onderzoeker"
    licence = entities["./"]["license"]["@id"]
    internal = (crate / "results/cohort").exists()
    assert licence == ("#licence" if internal else "https://creativecommons.org/licenses/by/4.0/")
    assert entities["#setting/seed"]["value"] == "7" and "#setting/raw_dir" not in entities
    assert entities["#software/r--matchit"]["softwareVersion"] == "4.5.1"


def test_an_orcid_is_the_person(tmp_path):
    person = {"name": "A. Voorbeeld", "role": "onderzoeker", "orcid": "0000-0002-1825-0097"}
    _, files, _ = unzipped(packed(small_run(tmp_path / "project", people=[person])).content)
    assert b'"@id": "https://orcid.org/0000-0002-1825-0097"' in files["data/ro-crate-metadata.json"]
    assert b"https://orcid.org/0000-0002-1825-0097" in files["data/LEESMIJ.txt"]
