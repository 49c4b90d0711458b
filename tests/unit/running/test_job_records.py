"""The jobs behind a result, from records as Snakemake keeps them."""

import json
from base64 import urlsafe_b64encode

import pytest

from effectstudie.running.job_records import earlier_seconds, jobs_behind, timings
from effectstudie.shared.errors import EffectstudieError

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
