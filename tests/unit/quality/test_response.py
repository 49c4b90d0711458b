import pandas as pd

from effectstudie.definitions.export_columns import columns_of
from effectstudie.quality.response import answers_given, corrections_made

COLUMNS = columns_of(
    {
        "columns": {
            "kind_id": {"type": "id", "questionnaire": "Administratie"},
            "leeftijd": {"type": "number", "questionnaire": "Achtergrond"},
        },
        "item_blocks": [
            {"pattern": "sis_{}", "first": 1, "last": 2, "type": "code", "range": [1, 4], "label": "{}"}
            | {"questionnaire": "SIS", "applies": {"age": [8, 18]}}
        ],
    }
)
HOUSEHOLDS = pd.DataFrame(
    {"household": ["H1", "H2"], "row": [1, 2], "regio": ["Twente", "Twente"], "aanpak": ["Samen", None]}
)
YOUTH = pd.DataFrame(
    {
        "household": ["H1", "H1", "H1", "H2", "H2"],
        "leeftijd": [9.0, 10.0, 7.0, 12.0, -9.0],
        "sis_1": [1.0, -9.0, None, -8.0, None],
        "sis_2": [4.0, None, None, 2.0, None],
        "row": [1, 2, 3, 4, 5],
    }
)
TABLES = {"huishoudens": HOUSEHOLDS, "T0_jeugd": YOUTH}


def test_answers_are_counted_by_questionnaire_region_and_approach():
    columns = {"huishoudens": {}, "T0_jeugd": COLUMNS}
    found = answers_given(TABLES, columns, {"T0_jeugd": "leeftijd"}).set_index(["questionnaire", "aanpak"])
    assert found.loc[("Administratie", "Samen"), "forms"] == 3
    assert found.loc[("Administratie", ""), "forms"] == 2
    # the child of seven is not asked; one refused one question and skipped the other; age unknown: asked
    numbers = ["forms", "empty", "asked", "answered", "refused", "not_applicable"]
    assert found.loc[("SIS", "Samen"), numbers].tolist() == [2, 1, 4, 2, 1, 0]
    assert found.loc[("SIS", ""), numbers].tolist() == [2, 1, 4, 1, 0, 1]
    assert set(found["file"]) == {"T0_jeugd"} and set(found["regio"]) == {"Twente"}


def test_corrections_are_told_with_the_place_of_their_household():
    fix = {"row": 4, "column": "sis_1", "reason": "typfout", "who": "AB", "date": "2026-01-02"}
    found = corrections_made({"huishoudens": [], "T0_jeugd": [fix, {**fix, "row": 1}]}, TABLES)
    assert found["aanpak"].tolist() == ["", "Samen"]
    assert found["regio"].tolist() == ["Twente", "Twente"]
    assert found["file"].tolist() == ["T0_jeugd", "T0_jeugd"]


def test_no_corrections_are_a_table_too():
    assert corrections_made({"T0_jeugd": []}, TABLES).empty
