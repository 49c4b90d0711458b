"""Shown values of outcomes, as the tables of the report take them, with labels and heads."""

import pandas as pd
from given.words import TEXTS

LABELS = {
    "groups": {"approach": "Multifocus", "control": "Controlegroep"},
    "waves": {"T0": "T0", "follow_up": "T2"},
    "units": {"household": "huishoudens", "adult": "volwassenen", "child": "kinderen", "youth": "jeugdigen"},
    "effects": {"time": "Meting", "group": "Groep", "interaction": "Groep × meting"},
    "forms": {"adult": "volwassenen"},
    "titles": {"violence": "totaal geweld"},
}
HEADS = TEXTS["heads"]
NAN = float("nan")
COLUMNS = ["outcome", "cell", "label", "unit", "group", "wave", "n", "value", "sd", "status"]


def values(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)
