"""Conclusions that turn, in the result tables and in the printed ones."""

import re

import pytest
from given.paths import ROOT
from given.two_runs import PRINTED, SENSITIVITY, TESTS, VERDICTS, WORDS, analysis, printed

from effectstudie.runs.conclusions import conclusion_in, turned_conclusions, turned_in_print


def turns_with(old, new):
    assert TESTS.count(old) == 1
    return turned_conclusions(analysis(), analysis(tests=TESTS.replace(old, new)))


def kinds(turns):
    return [turn.kind for turn in turns]


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
    turns = turned_in_print(printed(), new, WORDS["concluding_columns"])
    assert [(turn.kind, turn.key) for turn in turns] == [
        ("size", ("Veiligheid", "Meting", "Grootte")),
        ("significance", ("Veiligheid", "Groep × meting", "p")),
        ("direction", ("Veiligheid", "Beide groepen samen")),
        ("verdict", ("Veiligheid", "Conclusie")),
    ]
    assert (turns[1].old["conclusion"], turns[1].new["conclusion"]) == (",058", ",042")


@pytest.mark.parametrize(
    "text,expected",
    [
        ("< ,001", True),
        (",049", True),
        ("0,049", True),
        (",050", False),
        ("> ,999", False),
        ("< 0,05", True),
        ("≥ 0,05", False),
        ("–", "–"),
        ("", ""),
    ],
)
def test_a_printed_p_is_read_back(text, expected):
    assert conclusion_in("significance", text) is expected


def test_which_groups_differ_counts_and_not_how_clearly():
    assert conclusion_in("significance", "A en B: p < ,05; A en C: p < ,01") == conclusion_in(
        "significance", "A en B: p < ,001; A en C: p < 0,05"
    )
    assert conclusion_in("significance", "p < ,05") != conclusion_in("significance", "niet significant")
    assert conclusion_in("significance", "A en B: p < ,05") != conclusion_in("significance", "A en C: p < ,05")


def test_a_direction_is_what_stands_before_its_size():
    assert conclusion_in("direction", "verbetert (groot)") == "verbetert" == conclusion_in("direction", "verbetert")
    assert conclusion_in("direction", "niet significant") == "niet significant"


def test_columns_that_conclude_something_are_heads_of_the_report():
    sources = [
        *(ROOT / "resources/pages/report").glob("*.yaml"),
        *(ROOT / "workflow/effectstudie/report").rglob("*.py"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    heads = {head for columns in WORDS["concluding_columns"].values() for head in columns}
    assert [head for head in heads if not re.search(rf"\b{re.escape(head)}\b(?=[\"',}}\]]|$)", text, re.M)] == []
