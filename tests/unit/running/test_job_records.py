"""The jobs behind a result, from records as Snakemake keeps them."""

import json
import os
from base64 import urlsafe_b64encode

import pytest

from effectstudie.running.job_records import earlier_seconds, jobs_behind, refuse_read_otherwise, timings
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.storage import sha256

RAW = {"exports/T0_jeugd.sav": "T0_jeugd.sav"}


@pytest.fixture
def records(tmp_path):
    def record(path, rule, log, inputs, started):
        content = {"rule": rule, "log": [f"results/logs/{log}.log"], "input": inputs, "starttime": started}
        name = urlsafe_b64encode(path.encode()).decode()
        (tmp_path / name).write_text(json.dumps({**content, "endtime": started + 1.25}))

    record("exports/T0_jeugd.sav", "make_demo_cohort", "make_demo_cohort", ["seed.yaml"], 10)
    record("results/a.parquet", "ingest", "ingest/T0_jeugd", ["exports/T0_jeugd.sav", "envs/python.lock"], 20)
    record("results/z.csv", "analyse", "analyse/zeeland", ["results/a.parquet"], 30)
    record("results/y.csv", "analyse", "analyse/zeeland", ["results/a.parquet"], 30)
    record("results/other.csv", "analyse", "analyse/drenthe", ["results/a.parquet"], 30)
    record("results/b.html", "a_report", "a_report", ["results/z.csv", "results/y.csv"], 40)
    return tmp_path


def test_jobs_come_in_the_order_of_the_data_and_of_the_asked_results_only(records):
    jobs = jobs_behind(["results/b.html"], RAW, records)
    assert [job.name for job in jobs] == ["ingest/T0_jeugd", "analyse/zeeland", "a_report"]
    assert jobs[1].outputs == ("results/y.csv", "results/z.csv")


def test_a_raw_export_has_its_name_and_what_made_it_is_left_out(records):
    (job,) = jobs_behind(["results/a.parquet", "exports/T0_jeugd.sav"], RAW, records)
    assert job.inputs == ("T0_jeugd.sav", "envs/python.lock")


def test_when_and_how_long(records):
    (time,) = timings(jobs_behind(["results/a.parquet"], RAW, records))
    assert time == {"job": "ingest/T0_jeugd", "started": "1970-01-01T00:00:20+00:00", "seconds": 1.2}


def test_a_result_without_a_record_is_named_with_what_to_do(records):
    with pytest.raises(EffectstudieError) as error:
        jobs_behind(["results/b.html", "results/c.html"], RAW, records)
    assert str(error.value) == (
        "1 results have no record of the job that made them; make them again with: snakemake --cores 8 --force -- "
        "results/c.html"
    )


def test_a_record_that_a_power_cut_left_half_is_as_none(records):
    name = urlsafe_b64encode(b"results/y.csv").decode()
    (records / name).write_text((records / name).read_text()[:20])
    with pytest.raises(EffectstudieError, match=r"^1 results have no record .* results/y.csv$"):
        jobs_behind(["results/b.html"], RAW, records)


def test_records_that_go_round_are_refused(records):
    name = urlsafe_b64encode(b"results/a.parquet").decode()
    content = json.loads((records / name).read_text())
    (records / name).write_text(json.dumps({**content, "input": ["results/b.html"]}))
    with pytest.raises(EffectstudieError, match="go round in a circle"):
        jobs_behind(["results/b.html"], RAW, records)


def test_the_last_time_of_each_job_by_its_rule_and_log(records):
    assert earlier_seconds(records)["analyse"] == {
        "results/logs/analyse/zeeland.log": 1.25,
        "results/logs/analyse/drenthe.log": 1.25,
    }


def test_a_record_of_a_result_that_a_job_no_longer_makes_counts_no_longer(records):
    name = urlsafe_b64encode(b"results/z.csv").decode()
    content = json.loads((records / name).read_text())
    (records / name).write_text(json.dumps({**content, "starttime": 2, "endtime": 9}))
    assert earlier_seconds(records)["analyse"]["results/logs/analyse/zeeland.log"] == 1.25


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"rule": "a", "log": []}'])
def test_a_record_that_cannot_be_read_is_passed_over(records, broken):
    before = earlier_seconds(records)
    (records / "broken").write_text(broken)
    assert earlier_seconds(records) == before


def test_without_records_nothing_is_known(tmp_path):
    assert earlier_seconds(tmp_path / "no folder") == {}


@pytest.fixture
def read_files(tmp_path, monkeypatch):
    """A project where a score and a report were made of files that people wrote; the folder of records is its own."""
    monkeypatch.chdir(tmp_path)
    for path in ("sis.yaml", "text.md", "results/a.parquet", "results/b.html", ".records/x"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    for path, rule, inputs in (
        ("results/a.parquet", "score", ["sis.yaml", "no_checksum.yaml"]),
        ("results/b.html", "a_report", ["results/a.parquet", "text.md", "sis.yaml"]),
    ):
        checksums = {read: f"sha256:{sha256(read)}" for read in inputs if (tmp_path / read).exists()}
        record = {"rule": rule, "log": [], "input": inputs, "starttime": 1, "input_checksums": checksums}
        record["endtime"] = (tmp_path / path).stat().st_mtime
        (tmp_path / ".records" / urlsafe_b64encode(path.encode()).decode()).write_text(json.dumps(record))
    return tmp_path


def test_what_jobs_read_is_held_against_what_is_there_now(read_files):
    made = ["results/b.html", "results/without_record.csv"]
    refuse_read_otherwise(made, ".records", "report_zeeland")
    (read_files / "results/a.parquet").write_text("of the run itself")
    refuse_read_otherwise(made, ".records", "report_zeeland")
    before = (read_files / "sis.yaml").stat()
    (read_files / "sis.yaml").write_text("SIS.YAML")
    os.utime(read_files / "sis.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(EffectstudieError) as error:
        refuse_read_otherwise(made, ".records", "report_zeeland")
    assert str(error.value) == (
        "sis.yaml: is not as it was when a_report, score read it, so the record of the run would not be true; make "
        "what follows from it again with: snakemake --cores 8 --forcerun a_report score -- report_zeeland"
    )
    (read_files / "text.md").unlink()
    with pytest.raises(EffectstudieError, match="sis.yaml, text.md: is not"):
        refuse_read_otherwise(made, ".records", "report_zeeland")


def test_a_result_that_is_younger_than_its_record_tells_nothing(read_files):
    (read_files / "text.md").write_text("another text")
    os.utime(read_files / "results/b.html", (4 * 10**9, 4 * 10**9))
    refuse_read_otherwise(["results/b.html"], ".records", "report_zeeland")


@pytest.mark.parametrize("written", ["", '{"input": [', "[]", "{}", "null"])
def test_a_record_that_cannot_be_read_is_told_as_one_that_is_not_there(read_files, written):
    name = urlsafe_b64encode(b"results/b.html").decode()
    (read_files / ".records" / name).write_text(written)
    told = "1 results have no record of the job that made them; .* -- results/b.html$"
    with pytest.raises(EffectstudieError, match=told):
        refuse_read_otherwise(["results/b.html"], ".records", "report_zeeland")
    with pytest.raises(EffectstudieError, match=told):
        jobs_behind(["results/b.html"], RAW, ".records")
