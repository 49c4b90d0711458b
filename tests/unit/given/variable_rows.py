"""Variables of invented households, written as rows."""

import pandas as pd

APPROACH = {"regio": "Groningen", "aanpak": "Multifocus"}
ROLES = pd.Series({"h": "approach", "p": "pool", "x": "excluded"})


def variables(*rows):
    """(unit, unit_id, household, wave, variable, value)"""
    return pd.DataFrame(rows, columns=["unit", "unit_id", "household", "wave", "variable", "value"])
