"""The adults, children and reports (adult about child) of the demonstration cohort."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from effectstudie.demo.adults import make_adults
from effectstudie.demo.draws import birth_dates, by_rank, stream
from effectstudie.demo.households import scaled, waves_of


@dataclass(frozen=True)
class People:
    """Who takes part.

    `households`: as `make_households`. `adults` and `children`: one row per person; `household` is the row number
    of the household, `place` the number of the adult in the household. `reports`: row numbers `adult` and
    `child` of each adult's report on a child. `youth`: row numbers of the children who answer themselves.
    """

    households: pd.DataFrame
    adults: pd.DataFrame
    children: pd.DataFrame
    reports: pd.DataFrame
    youth: np.ndarray


def make_people(households: pd.DataFrame, definition: Mapping, seed: int) -> People:
    """Adults and children of the households, with background that is distributed exactly as defined."""
    adults = make_adults(households, definition, seed)
    children = _children(households, definition, seed)
    return People(
        households,
        adults,
        children,
        _reports(adults, children),
        _youth(households, children, definition, seed),
    )


def members(people: People, table: str) -> pd.DataFrame:
    """Rows of a table: `household` and `person` (row numbers), `stratum`, `present_<wave>`."""
    adults, children, homes = people.adults, people.children, people.households
    waves = waves_of(homes)
    if table == "volwassenen":
        frame = pd.DataFrame({"household": adults["household"], "person": np.arange(len(adults))})
        for wave in waves:
            frame[f"present_{wave}"] = adults[f"present_{wave}"]
    elif table == "kinderen":
        child = people.reports["child"].to_numpy()
        frame = pd.DataFrame({"household": children["household"].to_numpy()[child], "person": child})
        for wave in waves:
            frame[f"present_{wave}"] = adults[f"present_{wave}"].to_numpy()[people.reports["adult"]]
    else:
        frame = pd.DataFrame({"household": children["household"].to_numpy()[people.youth], "person": people.youth})
        for wave in waves:
            frame[f"present_{wave}"] = homes[f"attends_{wave}"].to_numpy()[frame["household"]]
    return frame.assign(stratum=homes["stratum"].to_numpy()[frame["household"]])


def age_at(birth_date: pd.Series, day: pd.Series) -> np.ndarray:
    """Completed years of age."""
    had_birthday = (day.dt.month * 100 + day.dt.day) >= (birth_date.dt.month * 100 + birth_date.dt.day)
    return (day.dt.year - birth_date.dt.year - (~had_birthday).astype(int)).to_numpy()


def _children(households: pd.DataFrame, definition: Mapping, seed: int) -> pd.DataFrame:
    home = np.repeat(np.arange(len(households)), households["n_children"])
    children = pd.DataFrame({"household": home})
    children["place"] = children.groupby("household").cumcount() + 1
    children["child"] = [
        f"{households['household'].iat[row]}-K{place}" for row, place in zip(home, children["place"], strict=True)
    ]
    children["stratum"] = households["stratum"].to_numpy()[home]
    parts = []
    for name, part in children.groupby("stratum", sort=False):
        spec, rng = definition["strata"][name], stream(seed, "children", name)
        sex = by_rank(rng.random(len(part)), {2: spec["girls"], 1: 100 - spec["girls"]}).astype(int)
        ages = by_rank(rng.random(len(part)), spec["child_age"])
        bounds = np.array([[int(bound) for bound in text.split("-")] for text in ages])
        years = rng.integers(bounds[:, 0], bounds[:, 1] + 1)
        birth = birth_dates(years, households["visit_T0"].to_numpy()[part["household"]], rng)
        parts.append(part.assign(sex=sex, birth_date=birth))
    return pd.concat(parts).sort_index()


def _reports(adults: pd.DataFrame, children: pd.DataFrame) -> pd.DataFrame:
    left = adults[["household"]].assign(adult=np.arange(len(adults)))
    right = children[["household"]].assign(child=np.arange(len(children)))
    return left.merge(right, on="household")[["adult", "child"]].sort_values(["adult", "child"], ignore_index=True)


def _youth(households: pd.DataFrame, children: pd.DataFrame, definition: Mapping, seed: int) -> np.ndarray:
    """Children from the lowest age of the self-report on who answer themselves, in the number of the stratum."""
    first = pd.Series(children["birth_date"].to_numpy())
    age = age_at(first, households["visit_T0"].iloc[children["household"]].reset_index(drop=True))
    chosen = []
    for name, spec in definition["strata"].items():
        old_enough = np.flatnonzero((children["stratum"] == name).to_numpy() & (age >= definition["youth_from_age"]))
        drawn = stream(seed, "youth", name).permutation(old_enough)
        chosen.append(drawn[: max(scaled(spec["youth"], definition), 1)])
    return np.sort(np.concatenate(chosen))
