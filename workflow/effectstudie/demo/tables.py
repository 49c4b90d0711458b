"""From people and answers to the raw export tables, in the columns of the codebook."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.demo.people import People, age_at


def household_table(people: People) -> pd.DataFrame:
    homes = people.households
    return pd.DataFrame(
        {
            "huishouden_id": homes["household"],
            "regio": homes["region"],
            "aanpak": homes["approach"],
            "thv": homes["thv"].astype(float),
            "melddatum": homes["report_date"],
        }
    )


def adult_table(people: People, wave: str) -> pd.DataFrame:
    """Identification and background of all adults; who is absent in the wave is left out later."""
    adults, day = people.adults, _visit(people, people.adults["household"], wave)
    background = {
        "geslacht": adults["sex"],
        "leeftijd": age_at(adults["birth_date"], day),
        "migratieachtergrond": adults["migration"],
        "opleiding": adults["education"],
        "inkomen": adults[f"income_{wave}"],
        "uren_werk": adults[f"hours_{wave}"],
        "alleenstaand_ouder": adults[f"single_parent_{wave}"],
        "partner": adults[f"partner_{wave}"],
    }
    return pd.DataFrame(
        {
            "respondent_id": adults["respondent"],
            "huishouden_id": people.households["household"].to_numpy()[adults["household"]],
            "afnamedatum": day,
            **{name: np.asarray(values, dtype=float) for name, values in background.items()},
        }
    )


def report_table(people: People, wave: str) -> pd.DataFrame:
    """Identification of all reports of an adult on a child."""
    child = people.children.iloc[people.reports["child"]].reset_index(drop=True)
    day = _visit(people, child["household"], wave)
    return pd.DataFrame(
        {
            "respondent_id": people.adults["respondent"].to_numpy()[people.reports["adult"]],
            "kind_id": child["child"],
            "huishouden_id": people.households["household"].to_numpy()[child["household"]],
            "afnamedatum": day,
            "kind_geslacht": child["sex"].astype(float),
            "kind_leeftijd": age_at(child["birth_date"], day).astype(float),
        }
    )


def youth_table(people: People, wave: str) -> pd.DataFrame:
    """Identification of all children who answer themselves."""
    child = people.children.iloc[people.youth].reset_index(drop=True)
    day = _visit(people, child["household"], wave)
    return pd.DataFrame(
        {
            "kind_id": child["child"],
            "huishouden_id": people.households["household"].to_numpy()[child["household"]],
            "afnamedatum": day,
            "geslacht": child["sex"].astype(float),
            "leeftijd": age_at(child["birth_date"], day).astype(float),
        }
    )


def named(pattern: str, codes: np.ndarray, numbers: Sequence[int] | None = None) -> pd.DataFrame:
    """Codes, rows x items, under the names of the items: `pattern` with 1, 2, … or with `numbers`."""
    numbers = numbers or range(1, codes.shape[1] + 1)
    return pd.DataFrame(codes.astype(float), columns=[pattern.format(number) for number in numbers])


def fitted(table: pd.DataFrame, columns: Mapping[str, Column], age_column: str | None) -> pd.DataFrame:
    """`table` in the codebook's columns and order; what is not asked at the child's age is empty."""
    frame = table[list(columns)].copy()
    for name, column in columns.items():
        if column.ages and age_column:
            low, high = column.ages
            frame.loc[~frame[age_column].between(low, high), name] = np.nan
    return frame


def with_gaps(
    frame: pd.DataFrame, columns: Mapping[str, Column], spec: Mapping, rng: np.random.Generator
) -> pd.DataFrame:
    """Skipped questionnaires, skipped items and refusals, at the stated rates."""
    frame = frame.copy()
    blocks: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column.kind in ("code", "number") and name not in spec["always_answered"]:
            blocks.setdefault(column.questionnaire, []).append(name)
    for questionnaire, names in blocks.items():
        values = frame[names].to_numpy(dtype=float, copy=True)
        asked = ~np.isnan(values)
        lost = rng.random(values.shape) < spec["item"]
        how = rng.choice([np.nan, *spec["refused"]], size=values.shape, p=spec["shares"])
        values = np.where(asked & lost & (values != spec["not_applicable"][0]), how, values)
        closed = (values == spec["not_applicable"][0]) & (rng.random((len(frame), 1)) < spec["undeclared"])
        values[closed] = spec["not_applicable"][1]
        if questionnaire not in spec["never_skipped"]:
            values[rng.random(len(frame)) < spec["block"]] = np.nan
        frame[names] = values
    return frame


def _visit(people: People, household: pd.Series, wave: str) -> pd.Series:
    return people.households[f"visit_{wave}"].iloc[household].reset_index(drop=True)
