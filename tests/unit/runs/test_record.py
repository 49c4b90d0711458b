import hashlib

import pytest

from effectstudie.runs.record import export_facts, run_record

MANIFEST = {"file": "T0.sav", "sha256": "a", "rows": 3, "corrections": 1, "synthetic": True, "warnings": ["row 3"]}
MANIFEST |= {"corrections_sha256": "c", "recodes": 2, "recodes_sha256": "d"}


@pytest.fixture
def files(tmp_path):
    for name in ("b.yaml", "a.py"):
        (tmp_path / name).write_text(name)
    return [str(tmp_path / "b.yaml"), str(tmp_path / "a.py")]


def test_the_record_holds_settings_and_digests_and_nothing_of_persons(files):
    record = run_record(
        settings={"study": {"title": "T"}},
        manifests={"T0_jeugd": MANIFEST},
        versions={"R": "4.2.2"},
        files=files,
        results={"analysis/tests.csv": files[0]},
    )
    facts = {"file": "T0.sav", "sha256": "a", "rows": 3, "corrections": 1, "corrections_sha256": "c"}
    facts |= {"recodes": 2, "recodes_sha256": "d"}
    assert record["exports"] == {"T0_jeugd": facts}
    assert list(record["files"]) == sorted(files)
    assert record["files"][files[0]] == hashlib.sha256(b"b.yaml").hexdigest()
    assert record["results"] == {"analysis/tests.csv": record["files"][files[0]]}
    assert (record["settings"], record["versions"]) == ({"study": {"title": "T"}}, {"R": "4.2.2"})
    assert record["container"] is None


def test_the_record_names_the_container_that_jobs_were_in():
    record = run_record(settings={}, manifests={}, versions={}, files=[], results={}, container="sha256:0")
    assert record["container"] == "sha256:0"


def test_of_an_export_its_corrections_are_counted():
    assert export_facts(MANIFEST)["corrections"] == 1
    assert export_facts(MANIFEST | {"corrections": ["one", "two"]})["corrections"] == 2
    assert set(export_facts(MANIFEST)) == {"file", "sha256", "rows", "corrections", "recodes"}
