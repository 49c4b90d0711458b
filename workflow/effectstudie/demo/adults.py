"""The adults of the demonstration cohort, with background that is distributed exactly as defined."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from effectstudie.demo.draws import birth_dates, by_rank, correlated, stream
from effectstudie.demo.households import WAVES, waves_of


def make_adults(households: pd.DataFrame, definition: Mapping, seed: int) -> pd.DataFrame:
    """One row per adult: ids, background and in which waves they take part."""
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
    adults = pd.concat(parts).sort_index()
    return adults.assign(**_of_later_waves(adults, households))


def _of_later_waves(adults: pd.DataFrame, households: pd.DataFrame) -> dict[str, pd.Series | np.ndarray]:
    """What adults have at measurements after those of WAVES: their background stays as it was."""
    found: dict[str, pd.Series | np.ndarray] = {}
    last, stays = WAVES[-1], ("income", "hours", "partner", "single_parent")
    present = adults[f"present_{last}"].to_numpy()
    for wave in waves_of(households)[len(WAVES) :]:
        present = present & households[f"attends_{wave}"].to_numpy()[adults["household"]]
        found |= {f"{name}_{wave}": adults[f"{name}_{last}"] for name in stays} | {f"present_{wave}": present}
    return found


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
    disadvantage, n = adults["disadvantage"].to_numpy(), len(adults)
    home = adults["household"].to_numpy()
    household_noise = rng.standard_normal(len(households))[home]

    def ranked(key: str, base: np.ndarray) -> np.ndarray:
        return by_rank(-correlated(rng, base, weights["strength"][key]), spec[key])

    adults["sex"] = _sex(adults, spec["men"], rng)
    older = correlated(rng, household_noise, weights["couple_age_correlation"])
    adults["birth_date"] = _adult_birth(by_rank(older, spec["age"]), adults, households, rng)
    adults["migration"] = by_rank(household_noise[::-1] + 0.1 * rng.standard_normal(n), spec["migration"]).astype(int)
    adults["education"] = ranked("education", disadvantage).astype(int)
    adults["ace_liability"] = correlated(rng, disadvantage, weights["strength"]["ace"])
    income = correlated(rng, shared[home], weights["strength"]["income"])
    # One income per household: nearly the same score for its adults, so that quota rarely split them.
    income = pd.Series(income).groupby(home).transform("first").to_numpy() + 0.01 * rng.standard_normal(n)
    work = correlated(rng, disadvantage, weights["strength"]["work"])
    for wave in WAVES:
        key = "T0" if wave == "T0" else "follow_up"
        if wave == "T1":
            # Relief: at follow-up the risk factors of one person or household are less related.
            income = correlated(rng, income - spec["relief"] * shared[home], weights["stability"]["income"])
            work = correlated(rng, work - spec["relief"] * disadvantage, weights["stability"]["work"])
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
    return birth_dates(years, households["visit_T0"].to_numpy()[adults["household"]], rng)
