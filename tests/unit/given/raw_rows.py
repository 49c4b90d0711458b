"""Rows of a raw export, and what taking them in gives or refuses."""

from dataclasses import replace

import pandas as pd
import pytest

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.files.readers import Export
from effectstudie.intake.ingest import ingest_table
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import for_screen
from effectstudie.shared.vocabulary import CORRECTION_FIELDS

MISSING = {"refused": [99, -9], "not_applicable": [98, -8]}
ADULTS = columns_of(
    {
        "columns": {
            "respondent_id": {"type": "id", "questionnaire": "Administratie"},
            "huishouden_id": {"type": "id", "questionnaire": "Administratie"},
            "afnamedatum": {"type": "date", "questionnaire": "Administratie"},
            "geslacht": {"type": "code", "values": {1: "man", 2: "vrouw"}, "questionnaire": "Achtergrond"},
            "uren": {"type": "number", "range": [0, 120], "questionnaire": "Achtergrond"},
            "tsi_1": {"type": "code", "range": [0, 3], "questionnaire": "TSI"},
            "toelichting": {"type": "free_text", "required": False},
            "cijfer": {"type": "number", "range": [1, 10], "required": False},
        }
    }
)
HOUSEHOLDS = columns_of(
    {"columns": {"huishouden_id": {"type": "id"}, "regio": {"type": "text"}, "aanpak": {"type": "text"}}}
)
CHILDREN = columns_of(
    {
        "columns": {
            "kind_id": {"type": "id"},
            "respondent_id": {"type": "id"},
            "leeftijd": {"type": "number", "range": [0, 18]},
        },
        "item_blocks": [
            {"pattern": "sims_{}", "first": 1, "last": 2, "type": "code", "range": [1, 5], "label": "{}"}
            | {"applies": {"age": [3, 12]}, "questionnaire": "SIMS"}
        ],
    }
)
ROWS = {
    "respondent_id": ["R1", "R2", "R3"],
    "huishouden_id": ["H1", "H1", "H2"],
    "afnamedatum": ["2016-03-04", "2016-03-05", "2016-03-06"],
    "geslacht": ["1", "2", "2"],
    "uren": ["36", "7,5", "0"],
    "tsi_1": ["0", "3", "1"],
}


def rows(without=(), **changed):
    frame = pd.DataFrame({**ROWS, **changed}, dtype=object)
    return Export(frame.drop(columns=list(without)))


def ingest(raw, columns=ADULTS, key=("respondent_id",), **options):
    # taking in uses up what it is given
    return ingest_table(replace(raw), "T0_volwassenen.csv", columns, key, MISSING, **options)


def problems_of(raw, *arguments, **options):
    with pytest.raises(InputError) as raised:
        ingest(raw, *arguments, **options)
    return [for_screen(problem).removeprefix("T0_volwassenen.csv") for problem in raised.value.problems]


def fixes(*changes, file="T0_volwassenen"):
    """Corrections of (id, column, old, new), on lines 2, 3, ..."""
    return pd.DataFrame(
        [[file, *change, "typfout", "AB", "2026-01-02"] for change in changes], columns=CORRECTION_FIELDS
    )
