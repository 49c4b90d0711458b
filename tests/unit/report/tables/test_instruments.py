import pandas as pd
import pytest
from given.paths import ROOT
from given.words import TEXTS

from effectstudie.report.tables.instruments import instruments_table
from effectstudie.shared.yaml_files import read_yaml

LABELS = TEXTS["labels"]
WORDS = TEXTS["heads"]["instruments_short"]
RELIABILITY = pd.DataFrame(
    [("mansa", "T0", 0.821), ("mansa", "T1", 0.1), ("tsi", "T0", 0.71), ("tsi", "T0", 0.88), ("ace", "T0", None)],
    columns=["instrument", "wave", "alpha"],
)
FILES = sorted((ROOT / "resources/instruments").glob("*.yaml"))


def rows(*names, **changed):
    definitions = [read_yaml(ROOT / f"resources/instruments/{name}.yaml") | changed for name in names]
    table = instruments_table(definitions, RELIABILITY, LABELS, WORDS)
    return {row[0]: dict(zip([column.head for column in table.columns], row, strict=True)) for row in table.printed()}


def test_an_instrument_has_one_row_that_says_how_to_read_it():
    row = rows("mansa")["MANSA"]
    assert list(row.values())[2:] == [
        "volwassenen",
        "12",
        "1–10",
        "hoger is beter",
        "–",
        ",82",
        "Priebe, Huxley, Knight & Evans (1999)",
    ]


def test_alphas_of_several_scales_are_a_range_of_the_first_wave():
    assert rows("tsi")["TSI"][WORDS["alpha"]] == ",71–,88"
    assert rows("ace")["ACE"][WORDS["alpha"]] == "–"


def test_range_and_direction_are_those_of_the_scales_that_are_reported():
    assert rows("simspr")["SIMS-PR"][WORDS["range"]] == "4–20"
    varies = rows("simspr", reported=["reactivity", "insecurity"])["SIMS-PR"]
    assert varies[WORDS["range"]] == WORDS["varies"]
    assert rows("sis", reported=["constructive", "destructive"])["SIS"][WORDS["better"]] == WORDS["varies"]


def test_loose_questions_are_no_instrument():
    assert rows("background") == {}
    assert list(rows("safety")) == ["Gevoel van veiligheid"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_instrument_can_be_told_and_names_scales_that_it_has(path):
    definition = read_yaml(path)
    assert set(definition.get("reported", [])) <= definition["scales"].keys()
    for row in rows(path.stem).values():
        assert all(cell and "{" not in cell for cell in row.values())
