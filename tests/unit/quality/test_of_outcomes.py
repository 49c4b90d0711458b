import pandas as pd
import pytest
import yaml
from given.paths import ROOT

from effectstudie.definitions.result_tables.quality import HOW_READ
from effectstudie.intake.warnings import warning
from effectstudie.quality.of_outcomes import warnings_of_outcomes

WORDS = yaml.safe_load((ROOT / "resources/pages/quality/quality.nl.yaml").read_text(encoding="utf-8"))
STUDY = {"follow_up": {"waves": ["T2"]}}
BEHIND = {"jeugd": ["sis_01", "sis_02", "leeftijd"], "volwassenen": []}


def said(*warnings):
    return warnings_of_outcomes(pd.DataFrame(warnings), BEHIND, STUDY, WORDS)


@pytest.mark.parametrize(
    ("file", "column", "touches"),
    [
        ("T0_jeugd", "sis_01", True),
        ("T0_jeugd", "tscc_01, sis_02", True),
        ("T0_jeugd", "leeftijd", True),
        ("T0_jeugd", "", True),
        ("T0_jeugd.sav", "afnamedatum", True),
        ("huishoudens", "huishouden_id", True),
        ("T0_jeugd", "tscc_01", False),
        ("T1_jeugd", "sis_01", False),
        ("T0_volwassenen", "", False),
        ("T0_kinderen", "", False),
    ],
)
def test_a_warning_is_told_where_it_touches_an_outcome(file, column, touches):
    assert bool(said(warning("no_answer", file, column, "", 3))) is touches


def test_how_cells_were_read_says_nothing_against_the_data():
    assert said(*(warning(kind, "T0_jeugd", "", "", 3) for kind in HOW_READ)) == []


def test_files_with_the_same_oddity_share_a_sentence_without_rows():
    rows = pd.Series([4711, 8])
    odd = [warning("line", "T0_jeugd", "", "", rows), warning("line", "T2_jeugd", "", "", rows)]
    (sentence,) = said(*odd, warning("line", "T1_jeugd", "", "", rows))
    assert sentence == ("Hetzelfde antwoord op alle vragen van meer dan één vragenlijst (in T0_jeugd en T2_jeugd).")
    assert "4711" not in sentence


def test_nothing_odd_is_nothing_said():
    assert warnings_of_outcomes(pd.DataFrame([warning("line", "x", "", "", 1)])[:0], BEHIND, STUDY, WORDS) == []
