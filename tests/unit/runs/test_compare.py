"""Differences between two runs: every one is found, and none is made up."""

import dataclasses

from given.two_runs import WORDS, analysis, printed, run
from hypothesis import given
from hypothesis import strategies as st

from effectstudie.runs import compare
from effectstudie.runs.compare import Change, changed_files, changed_values
from effectstudie.runs.finished import FinishedRun
from effectstudie.runs.tables import Table, as_number, read_table


def compare_runs(old, new):
    return compare.compare_runs(old, new, WORDS)


def test_the_same_run_has_no_differences():
    found = compare_runs(run(), run())
    assert not found.causes and not found.effects
    assert (found.exports, found.settings, found.files, found.versions) == ([], [], [], [])
    assert found.results == found.printed == {} and found.turns == found.sentences == found.lost == found.gained == []


def test_settings_are_named_by_the_path_of_their_key():
    old = {"study": {"matching": {"ratio": 2, "exact": []}, "bands": [[35, 1], [50, 2]]}, "waves": ["T0", "T1"]}
    new = {"study": {"matching": {"ratio": 3, "exact": []}, "bands": [[35, 1], [55, 2]]}, "waves": ["T0"], "seed": 0}
    assert changed_values(old, new) == [
        Change("study.matching.ratio", 2, 3),
        Change("study.bands[2]", [50, 2], [55, 2]),
        Change("waves", ["T0", "T1"], ["T0"]),
        Change("seed", None, 0),
    ]


def test_a_key_without_a_value_is_as_one_that_is_missing():
    assert changed_values({"caliper": None, "named": {}}, {}) == []
    assert changed_values({"final": False}, {"final": 0.5}) == [Change("final", False, 0.5)]


def test_an_export_tells_which_of_its_facts_differ():
    other = dict(run().exports["T0_jeugd"]) | {"sha256": "c" * 64, "rows": 363}
    new = run(exports={"T0_jeugd": other, "T2_jeugd": other})
    found = {change.key: change[1:] for change in compare_runs(run(), new).exports}
    assert found["T0_jeugd.rows"] == (362, 363)
    assert found["T0_jeugd.sha256"] == ("a" * 64, "c" * 64)
    assert found["T1_jeugd.rows"] == (362, None) and found["T2_jeugd.rows"] == (None, 363)
    assert "T0_jeugd.file" not in found


def test_a_fact_that_one_run_does_not_tell_is_no_difference():
    bare = {name: {key: facts[key] for key in ("file", "rows")} for name, facts in run().exports.items()}
    assert compare_runs(run(exports=bare), run()).exports == []


def test_files_that_differ_come_or_go():
    found = changed_files({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "4", "d": "5"})
    assert found == [Change("b", "2", "4"), Change("c", "3", None), Change("d", None, "5")]


def test_versions_differ_by_name():
    found = compare_runs(run(), run(versions={"R": "4.3.0", "pandas": "3.1.1"}))
    assert found.versions == [Change("R", "4.2.2", "4.3.0")] and found.causes and not found.effects


def test_what_a_run_did_not_leave_is_not_compared():
    found = compare_runs(FinishedRun(printed=printed(), record=run().record), run())
    assert found.exports is found.settings is found.files is found.versions is found.results is None
    assert not found.effects


def test_the_background_as_printed_turns_only_where_no_result_table_can_tell():
    table = 'Kenmerk,Categorie,Aanpak,Verschil\nOpleiding,laag,"19%","p < ,05"\nGeslacht,man,"36%",niet significant\n'
    old, new = (
        run(printed={"background": read_table(text)}) for text in (table, table.replace("p < ,05", "niet significant"))
    )
    assert not compare_runs(old, new).turns
    old, new = (dataclasses.replace(one, analysis={}) for one in (old, new))
    assert [(turn.kind, turn.key[0]) for turn in compare_runs(old, new).turns] == [("significance", "Opleiding")]


def test_what_may_be_published_is_not_confidential():
    public = FinishedRun(printed=printed(), record=run().record)
    assert not compare_runs(public, public).confidential
    assert compare_runs(public, run()).confidential
    assert compare_runs(dataclasses.replace(public, exports=run().exports), public).confidential


def test_tables_of_one_run_are_named():
    more = run(analysis={**analysis(), "attrition": read_table("a\n1\n")}, printed={"tests": printed()["tests"]})
    found = compare_runs(run(), more)
    assert found.gained == ["analysis/attrition"]
    assert found.lost == ["render/conclusions", "render/figure_safety", "render/key"]


def test_sentences_come_from_both_pages_or_from_neither():
    other = run(html=run().html.replace("51", "52"))
    assert len(compare_runs(run(), other).sentences) == 1
    assert compare_runs(run(), dataclasses.replace(other, html="")).sentences == []


def numbers_of(table):
    """Places of cells that hold a number, as row and column."""
    return [
        (row, column)
        for row, cells in enumerate(table.rows)
        for column, text in enumerate(cells)
        if as_number(text) is not None
    ]


ALL_TABLES = {("results", name): table for name, table in analysis().items()}
ALL_TABLES |= {("printed", name): table for name, table in printed().items() if numbers_of(table)}


@given(st.data())
def test_one_other_number_is_named_and_nothing_else(data):
    """Whatever cell that holds a number, in whatever table."""
    kind, name = data.draw(st.sampled_from(sorted(ALL_TABLES)))
    table = ALL_TABLES[kind, name]
    row, column = data.draw(st.sampled_from(numbers_of(table)))
    old = table.rows[row][column]
    number = data.draw(st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x != float(old)))
    rows = [list(cells) for cells in table.rows]
    rows[row][column] = repr(number)
    changed = {name: Table(table.head, rows)}
    new = run(analysis=analysis() | changed) if kind == "results" else run(printed=printed() | changed)
    found = compare_runs(run(), new)
    assert (list(found.results), list(found.printed)) == (([name], []) if kind == "results" else ([], [name]))
    changes = getattr(found, kind)[name]
    (cell,) = changes.cells
    assert (cell.column, cell.old, cell.new) == (table.head[column], old, repr(number))
    assert [cell.rows[0][column] for column in table.head] == table.rows[row]
    assert not changes.removed and not changes.added
    assert not found.causes and not found.sentences
