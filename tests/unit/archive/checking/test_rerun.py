"""An archive is run again and each number that differs is named; a small script stands for the workflow."""

import sys
from functools import partial

import pytest
from given.small_run import KEY, RESULTS, packed, small_run

from effectstudie.archive.bag import Finding
from effectstudie.archive.checking.differences import Difference, compare
from effectstudie.archive.checking.reading import unzipped
from effectstudie.archive.checking.rerun import again, other_versions, run_again
from effectstudie.privacy.pseudonyms import sealed
from effectstudie.shared.errors import EffectstudieError

TABLE, REPORT = "results/zeeland/analysis/tests.csv", "results/zeeland/report/zeeland.html"
SOFTWARE = {"Python": "3.11.7", "snakemake": "9.27.1", "R": "4.2.2", "R: MatchIt": "4.5.1"}
WRITE = """
import pathlib, sys
assert pathlib.Path("Snakefile").read_text() == "# stages\\n"
settings = dict(one.split("=", 1) for one in sys.argv[2:])
assert pathlib.Path(settings["raw_dir"], "T0_jeugd.csv").is_file()
assert all(pathlib.Path(settings[f"{name}_file"]).is_file() for name in ("corrections", "recodes", "variables"))
for path, text in RESULTS.items():
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(path).write_text(text)
"""


@pytest.fixture
def run(tmp_path):
    return small_run(tmp_path / "project")


@pytest.fixture
def raw(run):
    return run.project / "exports"


KEYED = partial(sealed, key=KEY)


def files_of(run, internal=True):
    return unzipped(packed(run, internal).content)[1]


def workflow(**changed):
    """A command that makes the results of the small run, some of them changed."""
    results = {**RESULTS, **{path.replace("__", "."): text for path, text in changed.items()}}
    program = f"RESULTS = { ({path: text for path, text in results.items() if text is not None})!r}\n{WRITE}"
    return lambda study, settings: [sys.executable, "-c", program, study, *settings]


def differences(run, tmp_path, raw, internal=True, **changed):
    folder = tmp_path / "again"
    folder.mkdir()
    files = files_of(run, internal)
    return compare(files, run_again(files, raw, folder, workflow(**changed)), str if internal else KEYED)


@pytest.mark.parametrize("internal", [False, True])
def test_the_same_results_have_no_differences(run, tmp_path, raw, internal):
    found = differences(run, tmp_path, raw, internal)
    assert found.differences == [] and found.files == (3 if internal else 2) and found.values > 4


def test_one_other_number_is_named_with_its_place(run, tmp_path, raw):
    changed = {TABLE: RESULTS[TABLE].replace("approach,3", "approach,4")}
    found = differences(run, tmp_path, raw, **changed).differences
    assert found == [Difference("cell", TABLE, "safety · approach", "n", "3", "4")]


def test_another_number_in_the_text_is_named(run, tmp_path, raw):
    changed = {REPORT: RESULTS[REPORT].replace("44", "45")}
    (found,) = differences(run, tmp_path, raw, **changed).differences
    assert found == Difference(
        "text", REPORT, archived="Het daalde van 112 naar 44.", again="Het daalde van 112 naar 45."
    )


def test_a_page_that_differs_outside_its_text_is_named(run, tmp_path, raw):
    changed = {REPORT: RESULTS[REPORT].replace("<b>44</b>", "44")}
    assert differences(run, tmp_path, raw, **changed).differences == [Difference("form", REPORT)]


def test_rows_and_tables_that_come_or_go_are_named(run, tmp_path, raw):
    extra = "results/zeeland/analysis/extra.csv"
    changed = {TABLE: RESULTS[TABLE] + "harm,control,9\n", extra: "n\n1\n", "results/zeeland/render/table_1.csv": None}
    found = differences(run, tmp_path, raw, **changed).differences
    assert found == [
        Difference("row", TABLE, "harm · control", again="outcome harm, group control, n 9"),
        Difference("absent", "results/zeeland/render/table_1.csv"),
        Difference("new", extra),
    ]


def test_a_column_that_comes_and_another_order_of_columns_are_named(run, tmp_path, raw):
    printed = "results/zeeland/render/table_1.csv"
    changed = {TABLE: "outcome,group,n,p\nsafety,approach,3,.04\n", printed: "n,Uitkomst\n–,Veiligheid\n"}
    found = differences(run, tmp_path, raw, **changed).differences
    assert found == [Difference("column", TABLE, column="p", again="p"), Difference("order", printed)]


@pytest.mark.parametrize(("number", "close"), [("3.00000000001", 1), ("3.0001", 0)])
def test_only_the_last_digits_may_differ(run, tmp_path, raw, number, close):
    found = differences(run, tmp_path, raw, **{TABLE: RESULTS[TABLE].replace(",3", f",{number}")})
    assert found.last_digits == close and len(found.differences) == 1 - close


def test_tables_that_are_not_in_the_archive_are_held_against_their_checksum(run, tmp_path, raw):
    changed = {TABLE: RESULTS[TABLE].replace(",3", ",4")}
    (found,) = differences(run, tmp_path, raw, internal=False, **changed).differences
    assert (found.kind, found.place) == ("together", "1") and found.archived != found.again


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("corrections", "file,id,column,old_value,new_value,reason,who,date\n"),
        ("recodes", "file,column,old,new,reason\n"),
    ],
)
def test_a_list_that_came_later_is_left_out(run, tmp_path, raw, name, head):
    files = files_of(run._replace(config={**run.config, f"{name}_file": None}))
    folder = tmp_path / "again"
    folder.mkdir()
    given = []

    def command(study, settings):
        given.extend(settings)
        return workflow()(study, settings)

    run_again(files, raw, folder, command)
    taken = dict(one.split("=", 1) for one in given if one.startswith(("corrections_file=", "recodes_file=")))
    assert {path for path in taken.values() if str(raw) not in path} == {str(folder / f"run/{name}.csv")}
    assert taken[f"{name}_file"] == str(folder / f"run/{name}.csv")
    assert (folder / f"run/{name}.csv").read_text() == head


def test_an_export_that_is_missing_stops_the_new_run(run, tmp_path, raw):
    files = files_of(run)
    (raw / "T0_jeugd.csv").unlink()
    found = again(files, raw, tmp_path, workflow(), SOFTWARE, str)
    assert found.raw == [Finding("T0_jeugd.csv", "missing")] and found.compared is None


def test_an_export_that_was_changed_is_named_and_its_numbers_are_compared(run, tmp_path, raw):
    files = files_of(run)
    (raw / "T0_jeugd.csv").write_text("kind_id,sis_01\nDEMO-H0001-V1,3\n")
    folder = tmp_path / "again"
    folder.mkdir()
    found = again(files, raw, folder, workflow(), SOFTWARE, str)
    assert found.raw == [Finding("T0_jeugd.csv", "changed")] and found.compared.differences == []


def test_a_run_that_fails_gives_its_last_lines(run, tmp_path, raw):
    files = files_of(run)
    fails = [sys.executable, "-c", "raise SystemExit('no such column')"]
    folder = tmp_path / "again"
    folder.mkdir()
    found = again(files, raw, folder, lambda study, settings: fails, SOFTWARE, str)
    assert (
        found.compared is None and found.failure == "De nieuwe run is mislukt. De laatste regels ervan:\nno such column"
    )


def test_without_the_key_a_published_archive_gives_its_numbers_again_and_says_what_was_not_looked_at(
    run, tmp_path, raw
):
    files = files_of(run, internal=False)
    (raw / "T0_jeugd.csv").write_text("kind_id,sis_01\nDEMO-H0001-V1,3\n")
    for name, sum_of in (("without", None), ("with", KEYED)):
        folder = tmp_path / name
        folder.mkdir()
        found = again(files, raw, folder, workflow(), SOFTWARE, sum_of)
        assert found.compared.differences == [] and found.sealed == (sum_of is None)
        assert found.raw == ([Finding("T0_jeugd.csv", "changed")] if sum_of else [])


@pytest.mark.parametrize("path", ["data/code/../../up.txt", "data/run//x", "data/code/\x1b[2J", "data/code//etc/x"])
def test_nothing_is_unpacked_of_an_archive_that_would_write_outside_its_folder(run, tmp_path, raw, path):
    folder = tmp_path / "deep/again"
    folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(EffectstudieError, match="nothing was unpacked"):
        run_again({**files_of(run), path: b"x"}, raw, folder, workflow())
    assert sorted(tmp_path.rglob("*")) == before


def test_a_report_that_is_no_page_differs_in_its_form(run, tmp_path, raw):
    assert differences(run, tmp_path, raw, **{REPORT: ""}).differences == [Difference("form", REPORT)]


def test_what_needs_a_licence_is_not_run_from_a_published_archive(run, tmp_path, raw):
    licensed = run.project / "resources/instruments/licensed/sis.yaml"
    licensed.parent.mkdir()
    licensed.write_text("key: 1\n")
    with pytest.raises(EffectstudieError) as error:
        run_again(files_of(run, internal=False), raw, tmp_path, workflow())
    assert str(error.value) == (
        "resources/instruments/licensed/sis.yaml: stays with its licensee and is not in this archive, so it cannot be "
        "run again; use the internal archive."
    )


def test_a_later_version_of_a_report_is_not_run_without_the_register_of_those_before(run, tmp_path, raw):
    path = "config/releases/zeeland_1.json"
    (run.project / path).parent.mkdir()
    (run.project / path).write_text("{}")
    job = run.jobs[-1]._replace(inputs=(*run.jobs[-1].inputs, path))
    with pytest.raises(EffectstudieError) as error:
        run_again(files_of(run._replace(jobs=[*run.jobs[:-1], job]), internal=False), raw, tmp_path, workflow())
    assert str(error.value) == (
        f"{path}: stays inside and is not in this archive, so it cannot be run again; use the internal archive."
    )


def test_programs_of_another_version_are_named(run):
    now = {**SOFTWARE, "R: MatchIt": "4.6.0", "uv": "1.0"}
    assert other_versions(files_of(run), now) == [("R: MatchIt", "4.5.1", "4.6.0"), ("uv", "–", "1.0")]
