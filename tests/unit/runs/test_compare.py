"""Differences between two runs: every one is found, and none is made up."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectstudie.runs.compare import (
    Change,
    as_number,
    changed_cells,
    changed_files,
    changed_values,
    compare_runs,
    said,
    same,
    turned_conclusions,
    turned_in_print,
)
from effectstudie.runs.finished import Run, Table, read_table

DESCRIPTIVES = """outcome,unit,group,wave,n,mean,sd,ci_low,ci_high
participation,household,approach,T0,51,,,,
safety,adult,approach,T0,64,7.1,1.9,6.6,7.6
safety,adult,control,T0,71,7.3,1.8,6.9,7.7
violence_class.mild,household,approach,T0,51,9.8,,4.3,21
"""
TESTS = """outcome,unit,analysis,effect,group,wave,statistic,value,df1,df2,p,effect_size,effect_value,size_word,n,note
safety,adult,mixed_anova,time,,,F,8.1,1,120,0.005,partial_eta_squared,0.063,small_to_medium,122,
safety,adult,mixed_anova,interaction,,,F,3.7,1,120,0.058,partial_eta_squared,0.03,small_to_medium,122,
safety,adult,paired_t,time,approach,,t,2.9,58,,0.004,partial_eta_squared,0.13,,59,
safety,adult,mean_change,time,approach,,,,,,,mean_change,0.6,,59,
sex,adult,chi_squared,group,,T0,chi2,3.2,1,,0.07,cramers_v,0.15,,135,
"""
SENSITIVITY = """outcome,unit,analysis,value,p
safety,adult,main,-0.4,0.058
safety,adult,cr2,-0.4,0.061
"""
VERDICTS = """outcome,unit,p,p_holm,p_bh,verdict,against
safety,adult,0.058,0.2,0.1,differs,ancova
"""
TEXTS = {"descriptives": DESCRIPTIVES, "tests": TESTS, "sensitivity": SENSITIVITY, "verdicts": VERDICTS}
PRINTED = {
    "tests": "Uitkomst,Effect,p,Grootte\nVeiligheid,Meting,\",005\",klein\nVeiligheid,Groep × meting,\",058\",klein\n",
    "key": "Uitkomst,Aanpak T0,Verandering\nVeiligheid,\"7,1\",verbetert (klein)\n",
    "conclusions": "Uitkomst,p,Conclusie\nVeiligheid,\",058\",houdt stand\n",
    "figure_safety": "name,sample,size,strategy\nA,voor,0.4,1\nA,voor,0.4,2\nA,na,0.1,1\n",
}  # fmt: skip


def analysis(**changed):
    return {name: read_table(changed.get(name, text)) for name, text in TEXTS.items()}


def printed(**changed):
    return {name: read_table(changed.get(name, text)) for name, text in PRINTED.items()}


def run(**changed):
    settings = {"config": {"seed": 1, "waves": ["T0", "T1"]}, "study": {"matching": {"ratio": 2}}}
    facts = {"file": "T0.sav", "sha256": "a" * 64, "rows": 362, "corrections": 0, "corrections_sha256": "b" * 64}
    whole = {
        "exports": {"T0_jeugd": facts, "T1_jeugd": facts},
        "settings": settings,
        "files": {"resources/instruments/ace.yaml": "1", "workflow/effectstudie/score.py": "2"},
        "versions": {"R": "4.2.2", "pandas": "3.1.1"},
        "analysis": analysis(),
        "printed": printed(),
        "record": {"summary": {"participants": "Er deden 51 huishoudens mee."}},
        "html": "<html><body><h2>Samenvatting</h2><p>Er deden 51 huishoudens mee.</p></body></html>",
        "recorded": True,
    }
    return Run(**whole | changed)


def turns_with(old, new):
    assert TESTS.count(old) == 1
    return turned_conclusions(analysis(), analysis(tests=TESTS.replace(old, new)))


def kinds(turns):
    return [turn.kind for turn in turns]


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
    found = compare_runs(Run(printed=printed(), record=run().record), run())
    assert found.exports is found.settings is found.files is found.versions is found.results is None
    assert not found.effects


def test_numbers_are_the_same_in_another_notation():
    assert same("1", "1.0") and same("0.05", "5e-2") and same("", "") and same("groot", "groot")
    assert not same("1", "1.0000001") and not same("", "0") and not same("groot", "klein")


def test_rows_and_columns_of_one_table_are_named():
    old, new = read_table("a,b,c\nx,1,2\ny,3,4\n"), read_table("a,b,d\nx,1,2\nz,3,4\n")
    found = changed_cells(old, new, ["a"])
    assert (found.removed, found.added) == ([("y",)], [("z",)])
    assert (found.columns_removed, found.columns_added, found.cells) == (["c"], ["d"], [])


def test_a_row_that_occurs_twice_is_told_apart():
    found = changed_cells(read_table("a,b\nx,1\nx,2\n"), read_table("a,b\nx,1\nx,3\nx,4\n"))
    assert [(cell.key, cell.old, cell.new) for cell in found.cells] == [(("x", "2"), "2", "3")]
    assert found.added == [("x", "3")]


def test_a_number_is_never_part_of_the_name_of_a_row():
    new = PRINTED["figure_safety"].replace("A,voor,0.4,2", "A,voor,0.5,2")
    found = changed_cells(read_table(PRINTED["figure_safety"]), read_table(new))
    assert [(cell.column, cell.old, cell.new) for cell in found.cells] == [("size", "0.4", "0.5")]


@pytest.mark.parametrize("old,new,kind", [
    ("F,3.7,1,120,0.058", "F,4.2,1,120,0.042", "significance"),
    ("F,8.1,1,120,0.005", "F,2.1,1,120,0.05", "significance"),
    ("t,2.9,58,,0.004", "t,-2.9,58,,0.004", "direction"),
    ("0.063,small_to_medium", "0.14,medium_to_large", "size"),
])  # fmt: skip
def test_a_conclusion_that_turns_is_of_its_kind(old, new, kind):
    assert kinds(turns_with(old, new)) == [kind]


def test_a_p_that_stays_on_its_side_turns_nothing():
    assert turns_with("F,3.7,1,120,0.058", "F,3.8,1,120,0.0500001") == []


def test_a_test_that_can_no_longer_be_done_is_no_conclusion_any_more():
    assert kinds(turns_with("F,8.1,1,120,0.005", "F,,,,")) == ["significance"]


def test_another_method_hides_no_turn():
    turns = turns_with("chi_squared,group,,T0,chi2,3.2,1,,0.07", "fisher_exact,group,,T0,,,,,0.04")
    assert [(turn.kind, turn.old["analysis"], turn.new["analysis"]) for turn in turns] == [
        ("significance", "chi_squared", "fisher_exact")
    ]


def test_the_direction_of_what_is_not_significant_turns_nothing():
    other = SENSITIVITY.replace("main,-0.4", "main,0.4")
    assert turned_conclusions(analysis(), analysis(sensitivity=other)) == []
    assert kinds(turned_conclusions(analysis(), analysis(sensitivity=other.replace("0.4,0.058", "0.4,0.04")))) == [
        "direction"
    ]


def test_a_verdict_turns_with_the_analyses_that_differ():
    for other in ("holds,\n", "differs,gee\n"):
        new = analysis(verdicts=VERDICTS.replace("differs,ancova\n", other))
        assert kinds(turned_conclusions(analysis(), new)) == ["verdict"]


def test_without_the_result_tables_the_printed_ones_tell_what_turned():
    new = printed(
        tests=PRINTED["tests"].replace(",058", ",042").replace("Meting,\",005\",klein", "Meting,\",006\",groot"),
        key=PRINTED["key"].replace("verbetert (klein)", "verslechtert (klein)"),
        conclusions=PRINTED["conclusions"].replace("houdt stand", "anders bij: cr2"),
    )  # fmt: skip
    turns = turned_in_print(printed(), new)
    assert [(turn.kind, turn.key) for turn in turns] == [
        ("size", ("Veiligheid", "Meting", "Grootte")),
        ("significance", ("Veiligheid", "Groep × meting", "p")),
        ("direction", ("Veiligheid", "Verandering")),
        ("verdict", ("Veiligheid", "Conclusie")),
    ]
    assert (turns[1].old["said"], turns[1].new["said"]) == (",058", ",042")


@pytest.mark.parametrize(
    "text,expected",
    [("< ,001", True), (",049", True), ("0,049", True), (",050", False), ("> ,999", False), ("–", "–"), ("", "")],
)
def test_a_printed_p_is_read_back(text, expected):
    assert said("significance", text) is expected


def test_which_groups_differ_counts_and_not_how_clearly():
    assert said("significance", "A en B: p<.05; A en C: p<.01") == said(
        "significance", "A en B: p<.001; A en C: p<0,05"
    )
    assert said("significance", "p<.05") != said("significance", "Ns")
    assert said("significance", "A en B: p<.05") != said("significance", "A en C: p<.05")


def test_only_of_two_significant_changes_the_direction_counts():
    assert said("direction", "verbetert (groot)") == "verbetert"
    assert said("direction", "n.s.") is None


def test_the_background_is_told_as_it_is_printed_unless_its_test_turned_too():
    table = 'Kenmerk,Categorie,Aanpak,Verschil\nOpleiding,laag,"19%",p<.05\nGeslacht,man,"36%",Ns\n'
    old, new = (run(printed={"background": read_table(text)}) for text in (table, table.replace("p<.05", "Ns")))
    assert [(turn.kind, turn.key[0]) for turn in compare_runs(old, new).turns] == [("significance", "Opleiding")]
    tests = TESTS.replace(",,T0,chi2,3.2,1,,0.07,", ",,T0,chi2,4.2,1,,0.04,")
    old, new = (
        dataclasses.replace(one, settings={"outcomes": {"sex": {"label": "Opleiding"}}}, analysis=found)
        for one, found in ((old, analysis()), (new, analysis(tests=tests)))
    )
    assert [turn.table for turn in compare_runs(old, new).turns] == ["tests"]


def test_what_may_be_published_is_not_confidential():
    public = Run(printed=printed(), record=run().record)
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
