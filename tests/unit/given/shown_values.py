"""Shown values of outcomes, as the tables of the report take them."""

import pandas as pd

NAN = float("nan")
COLUMNS = ["outcome", "cell", "label", "unit", "group", "wave", "n", "value", "sd", "status"]


def values(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)
