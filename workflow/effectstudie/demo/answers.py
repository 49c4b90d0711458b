"""Answers on single questions: mark for safety, yes/no list of adversity, drinking, help received."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from effectstudie.demo.draws import bisect, by_rank, correlated, stream
from effectstudie.demo.households import waves_of
from effectstudie.demo.people import People, members
from effectstudie.demo.ratings import alpha, mean_target

NOT_APPLICABLE = 98
DAYS_A_WEEK = np.array([0, 0.23, 0.69, 2.5, 5])  # AUDIT-C item 1, mid-points of the answers
DRINKS_A_DAY = np.array([1.5, 3.5, 5.5, 8, 12])  # AUDIT-C item 2


def marks(people: People, definition: Mapping, seed: int) -> dict[str, np.ndarray]:
    """Per wave each adult's mark 1-10 for safety, one column."""
    spec, rows, rng = definition["safety"], members(people, "volwassenen"), stream(seed, "safety")
    trait, answers = rng.standard_normal(len(rows)), {}
    for wave in waves_of(people.households):
        trait = trait if wave == "T0" else correlated(rng, trait, spec["stability"])
        mark = np.zeros(len(rows))
        for stratum in definition["strata"]:
            here = (rows["stratum"] == stratum).to_numpy()
            present = here & rows[f"present_{wave}"].to_numpy()

            def answer(shift: float, h=present, t=trait) -> np.ndarray:
                return np.clip(np.rint(shift + spec["sd"] * t[h]), 1, 10)

            centre = (
                bisect(lambda x: float(answer(x).mean()), mean_target(spec, stratum, wave), 1, 14)
                if present.any()
                else 7
            )
            mark[here] = answer(centre, here)
        answers[wave] = mark[:, None]
    return answers


def adversity(people: People, definition: Mapping, seed: int) -> np.ndarray:
    """Ten yes/no answers of each adult; the share of households with an adult at 4 or more is met per stratum."""
    spec, adults, rng = definition["ace"], people.adults, stream(seed, "ace")
    noise, theta = rng.standard_normal((len(adults), 10)), adults["ace_liability"].to_numpy()[:, None]
    threshold = rng.permutation(np.linspace(*spec["thresholds"], 10))
    home = adults["household"].to_numpy()
    stratum = adults["stratum"].to_numpy()

    def yes(load: float, shift: np.ndarray | float) -> np.ndarray:
        return (load * theta + np.sqrt(1 - load**2) * noise + np.reshape(shift, (-1, 1)) > threshold).astype(float)

    load = bisect(lambda x: alpha(yes(x, 0.0)), spec["alpha"], 0.0, 0.99, steps=12)
    shift = np.zeros(len(adults))
    for name, part in definition["strata"].items():
        here = stratum == name

        def share(x: float, h=here) -> float:
            many = pd.Series((yes(load, x)[h].sum(axis=1) >= 4).astype(float)).groupby(home[h]).max()
            return 100 * float(many.mean())

        shift[here] = bisect(share, part["ace_4_or_more"], -3, 3)
    return yes(load, shift)


def drinking(people: People, who: str, definition: Mapping, seed: int) -> dict[str, np.ndarray]:
    """Per wave the three AUDIT-C codes; 98 where the first answer (never) or having no partner closes the gate."""
    spec, adults, rng = definition["drinking"][who], people.adults, stream(seed, "drinking", who)
    n, stratum = len(adults), adults["stratum"].to_numpy()
    latent = correlated(rng, adults["disadvantage"].to_numpy(), spec["with_disadvantage"])
    relief = np.array([definition["strata"][name]["relief"] for name in stratum]) * adults["disadvantage"].to_numpy()
    usual, answers = rng.standard_normal((n, 3)), {}
    for wave in waves_of(people.households):
        latent = latent if wave == "T0" else correlated(rng, latent - relief * (wave == "T1"), spec["stability"])
        usual = usual if wave == "T0" else correlated(rng, usual, spec["stability"])
        load = spec["loading"]
        seen = load * latent[:, None] + np.sqrt(1 - load**2) * usual
        codes = np.zeros((n, 3))
        asked = adults[f"partner_{wave}"].to_numpy() == 1 if who == "partner" else np.ones(n, bool)
        for name in definition["strata"]:
            here = stratum == name
            counts = here & asked & adults[f"present_{wave}"].to_numpy()

            def answer(shift: float, h: np.ndarray, s=seen) -> np.ndarray:
                moved = s[h] + shift
                return np.stack([np.digitize(moved[:, j], spec["thresholds"][j]) for j in range(3)], axis=1)

            def weekly(shift: float, h=counts, a=answer) -> float:
                frequency, quantity, _ = a(shift, h).T
                return float((DAYS_A_WEEK[frequency] * DRINKS_A_DAY[quantity]).mean())

            shift = bisect(weekly, mean_target(spec, name, wave), -4, 4) if counts.any() else 0.0
            codes[here] = answer(shift, here)
        codes[codes[:, 0] == 0, 1:] = NOT_APPLICABLE
        codes[~asked] = NOT_APPLICABLE
        answers[wave] = codes
    return answers


def help_received(people: People, table: str, definition: Mapping, seed: int) -> dict[str, pd.DataFrame]:
    """Per follow-up wave the help columns: received, use and importance of each kind, choice, mark, explanation."""
    spec, rows, answers = definition["help"], members(people, table), {}
    for wave in waves_of(people.households)[1:]:
        rng, of_choice, parts = stream(seed, "help", table, wave), stream(seed, "help choice", table, wave), []
        for stratum, part in rows.groupby("stratum", sort=False):
            own = spec[stratum] if stratum in spec else spec["rest"]
            answered = _help(own, spec, len(part), part.index, rng)
            parts.append(_judge_approach(answered, own.get("chooses_approach", 0), spec["approach_code"], of_choice))
        answers[wave] = pd.concat(parts).sort_index()
    return answers


def _judge_approach(answers: pd.DataFrame, percentage: float, code: int, rng: np.random.Generator) -> pd.DataFrame:
    """This percentage of those who judge any help choose the approach itself to judge."""
    judges = answers["hulp_keuze"] != NOT_APPLICABLE
    chosen = by_rank(rng.random(judges.sum()), {True: percentage, False: 100 - percentage}).astype(bool)
    answers.loc[judges[judges].index[chosen], "hulp_keuze"] = float(code)
    return answers


def _help(ratings: Mapping, spec: Mapping, n: int, index: pd.Index, rng: np.random.Generator) -> pd.DataFrame:
    kinds, columns = list(spec["kinds"]), {}
    received = np.stack([by_rank(rng.random(n), {1: p, 0: 100 - p}) for p in spec["kinds"].values()], axis=1) == 1
    for number, kind in enumerate(kinds):
        columns[f"hulp_{kind}_ontvangen"] = received[:, number].astype(float)
        for part in ("nut", "belang"):
            rated = by_rank(rng.random(n), ratings[part]).astype(float)
            columns[f"hulp_{kind}_{part}"] = np.where(received[:, number], rated, NOT_APPLICABLE)
    any_help = received.any(axis=1)
    choice = np.argmax(received * rng.random(received.shape), axis=1) + 1.0
    mark = np.clip(np.rint(ratings["mark"] + spec["mark_sd"] * rng.standard_normal(n)), 1, 10)
    columns["hulp_keuze"] = np.where(any_help, choice, NOT_APPLICABLE)
    columns["hulp_cijfer"] = np.where(any_help, mark, NOT_APPLICABLE)
    words = [spec["explanations"]["high" if m >= 7 else "low" if m <= 4 else "middle"] for m in mark]
    explained = any_help & (rng.random(n) < spec["explains"])
    columns["hulp_toelichting"] = [
        text[rng.integers(len(text))] if yes else "" for text, yes in zip(words, explained, strict=True)
    ]
    return pd.DataFrame(columns, index=index)
