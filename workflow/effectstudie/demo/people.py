"""The adults, children and reports (adult about child) of the demonstration cohort."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from effectstudie.demo.draws import by_rank, correlated, stream
from effectstudie.demo.households import WAVES, scaled

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class People:
    """Who takes part.

    `households`: as `make_households`. `adults` and `children`: a row a person, `household` is the row number
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
    adults = _adults(households, definition, seed)
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
    if table == "volwassenen":
        frame = pd.DataFrame({"household": adults["household"], "person": np.arange(len(adults))})
        for wave in WAVES:
            frame[f"present_{wave}"] = adults[f"present_{wave}"]
    elif table == "kinderen":
        child = people.reports["child"].to_numpy()
        frame = pd.DataFrame({"household": children["household"].to_numpy()[child], "person": child})
        for wave in WAVES:
            frame[f"present_{wave}"] = adults[f"present_{wave}"].to_numpy()[people.reports["adult"]]
    else:
        frame = pd.DataFrame({"household": children["household"].to_numpy()[people.youth], "person": people.youth})
        for wave in WAVES:
            frame[f"present_{wave}"] = homes[f"attends_{wave}"].to_numpy()[frame["household"]]
    return frame.assign(stratum=homes["stratum"].to_numpy()[frame["household"]])


def age_at(birth_date: pd.Series, day: pd.Series) -> np.ndarray:
    """Completed years of age."""
    had_birthday = (day.dt.month * 100 + day.dt.day) >= (birth_date.dt.month * 100 + birth_date.dt.day)
    return (day.dt.year - birth_date.dt.year - (~had_birthday).astype(int)).to_numpy()


def _adults(households: pd.DataFrame, definition: Mapping, seed: int) -> pd.DataFrame:
    rows = np.repeat(np.arange(len(households)), 1 + households["two_adults"].to_numpy(dtype=int))
    adults = pd.DataFrame({"household": rows})
    adults["place"] = adults.groupby("household").cumcount() + 1
    adults["respondent"] = [
        f"{households['household'].iat[row]}-V{place}" for row, place in zip(rows, adults["place"], strict=True)
    ]
    adults["stratum"] = households["stratum"].to_numpy()[rows]
    rng = stream(seed, "disadvantage")
    shared = rng.standard_normal(len(households))
    adults["disadvantage"] = correlated(rng, shared[rows], definition["background"]["couple_correlation"])
    parts = [
        _background(part.copy(), households, shared, definition["strata"][name], definition, seed)
        for name, part in adults.groupby("stratum", sort=False)
    ]
    return pd.concat(parts).sort_index()


def _background(
    adults: pd.DataFrame,
    households: pd.DataFrame,
    shared: np.ndarray,
    spec: Mapping,
    definition: Mapping,
    seed: int,
) -> pd.DataFrame:
    rng = stream(seed, "background", adults["stratum"].iat[0])
    weights = definition["background"]
    own, n = adults["disadvantage"].to_numpy(), len(adults)
    home = adults["household"].to_numpy()
    household_noise = rng.standard_normal(len(households))[home]

    def ranked(key: str, base: np.ndarray) -> np.ndarray:
        return by_rank(-correlated(rng, base, weights["strength"][key]), spec[key])

    adults["sex"] = _sex(adults, spec["men"], rng)
    older = correlated(rng, household_noise, weights["couple_age_correlation"])
    adults["birth_date"] = _adult_birth(by_rank(older, spec["age"]), adults, households, rng)
    adults["migration"] = by_rank(household_noise[::-1] + 0.1 * rng.standard_normal(n), spec["migration"]).astype(int)
    adults["education"] = ranked("education", own).astype(int)
    adults["ace_liability"] = correlated(rng, own, weights["strength"]["ace"])
    income = correlated(rng, shared[home], weights["strength"]["income"])
    # One income a household: nearly the same score for its adults, so that quota rarely split them.
    income = pd.Series(income).groupby(home).transform("first").to_numpy() + 0.01 * rng.standard_normal(n)
    work = correlated(rng, own, weights["strength"]["work"])
    for wave in WAVES:
        key = "T0" if wave == "T0" else "follow_up"
        if wave == "T1":
            # Relief: at follow-up the risk factors of one person or household hang together less.
            income = correlated(rng, income - spec["relief"] * shared[home], weights["stability"]["income"])
            work = correlated(rng, work - spec["relief"] * own, weights["stability"]["work"])
        elif wave == "T2":
            income = correlated(rng, income, weights["stability"]["income"])
            work = correlated(rng, work, weights["stability"]["work"])
        adults[f"income_{wave}"] = by_rank(-income, spec["income"][key]).astype(int)
        works = by_rank(-work, {"under_12": 100 - spec["works"][key], "from_12": spec["works"][key]})
        adults[f"hours_{wave}"] = np.where(
            works == "from_12",
            rng.integers(12, 41, n),
            np.where(rng.random(n) < 0.8, 0, rng.integers(2, 12, n)),
        )
    return _with_presence(_with_partner(adults, households, spec, weights, rng), households, definition, rng)


def _with_partner(
    adults: pd.DataFrame, households: pd.DataFrame, spec: Mapping, weights: Mapping, rng: np.random.Generator
) -> pd.DataFrame:
    """`partner_<wave>` and `single_parent_<wave>`: who lives with both adults in the cohort has a partner."""
    home = adults["household"].to_numpy()
    couple = households["two_adults"].to_numpy()[home]
    parent = households["n_children"].to_numpy()[home] > 0
    alone = correlated(rng, adults["disadvantage"].to_numpy(), weights["strength"]["alone"])
    alone += weights["parents_more_alone"] * parent - 9 * couple
    for wave in WAVES:
        share = spec["partner"]["T0" if wave == "T0" else "follow_up"]
        if wave != "T0":
            alone = np.where(couple, alone, correlated(rng, alone, weights["stability"]["partner"]))
        adults[f"partner_{wave}"] = by_rank(alone, {1: share, 0: 100 - share}).astype(int)
        adults[f"single_parent_{wave}"] = ((adults[f"partner_{wave}"] == 0) & parent).astype(int)
    return adults


def _with_presence(
    adults: pd.DataFrame, households: pd.DataFrame, definition: Mapping, rng: np.random.Generator
) -> pd.DataFrame:
    """`present_<wave>`: the household takes part, and a second adult does not drop out on its own."""
    for wave in WAVES:
        stays = (adults["place"] == 1) | (wave == "T0") | (rng.random(len(adults)) >= definition["adult_drops"])
        adults[f"present_{wave}"] = households[f"attends_{wave}"].to_numpy()[adults["household"]] & stays
    return adults


def _sex(adults: pd.DataFrame, men: float, rng: np.random.Generator) -> np.ndarray:
    """1 man, 2 woman. Two adults of one household are a man and a woman; the quota is met by the others."""
    pair = adults.groupby("household")["place"].transform("size").to_numpy() == 2
    sex = np.where(adults["place"] == 1, 2, 1)
    still = max(round(men / 100 * len(adults)) - int(pair.sum()) // 2, 0)
    single = np.flatnonzero(~pair)
    sex[rng.permutation(single)[:still]] = 1
    return sex


def _adult_birth(
    age_class: np.ndarray, adults: pd.DataFrame, households: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    bounds = np.array([[int(bound) for bound in text.split("-")] for text in age_class])
    years = rng.integers(bounds[:, 0], bounds[:, 1] + 1)
    return _birth(years, households["visit_T0"].to_numpy()[adults["household"]], rng)


def _birth(years: np.ndarray, day: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A birth date that makes the person so many completed years old on the day."""
    # Away from the birthday, so that leap days do not shift the completed years.
    days = (years * DAYS_A_YEAR + rng.integers(3, 362, len(years))).astype(int)
    return day - days.astype("timedelta64[D]")


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
        birth = _birth(years, households["visit_T0"].to_numpy()[part["household"]], rng)
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
