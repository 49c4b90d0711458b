"""Alternative texts and source lines of figures."""

import pandas as pd
import pytest
from given.words import TEXTS

from effectstudie.definitions.result_tables.analysis import ANALYSES, OF_CHANGE
from effectstudie.report.figures.descriptions import class_line, love_alt
from effectstudie.report.prose.facts import DIFFERENCE_TESTS


def test_every_test_of_classes_that_tests_csv_can_have_has_a_name_in_the_report():
    assert {*OF_CHANGE, *DIFFERENCE_TESTS} == set(TEXTS["tests"])
    assert set(TEXTS["tests"]) <= set(ANALYSES.ids)


@pytest.mark.parametrize(
    ("analysis", "name"),
    [("mcnemar_exact", "exacte toets van McNemar"), ("stuart_maxwell_exact", "exacte toets van Stuart-Maxwell")],
)
def test_a_figure_names_the_test_that_was_made(analysis, name):
    rows = [("v", "fisher_exact", "group", 0.5), ("v", analysis, "time", 0.01)]
    tests = pd.DataFrame(rows, columns=["outcome", "analysis", "effect", "p"])
    said = f"Verschil tussen de groepen: exacte toets van Fisher; verandering binnen een groep: {name}."
    assert class_line("v", tests, TEXTS) == said


def test_the_differences_of_a_strategy_are_counted_in_right_dutch():
    samples = {"all": "vóór", "matched": "na"}
    rows = [("Huisverbod", "vóór", 0.6), ("Huisverbod", "na", 0.02), ("Kinderen", "vóór", 0.3), ("Kinderen", "na", 0.4)]
    data = pd.DataFrame(rows, columns=["name", "sample", "size"])
    said = love_alt({"S": data}, samples, TEXTS)
    assert "vóór matching is het grootste verschil 0,60 (Huisverbod), na matching 0,40 (Kinderen); 1 van de 2" in said
    assert "1 van de 2 kenmerken ligt na matching op of boven 0,10" in said
    said = love_alt({"S": data.assign(size=data["size"] / 10)}, samples, TEXTS)
    assert "geen van de 2 kenmerken ligt na matching op of boven 0,10" in said
