"""What may be true in the exports but looks odd. It never stops a run: it goes on the data-quality page.

A warning has WARNING_COLUMNS: `kind` is a key of quality.nl.yaml, which has the words; `about` names
what the words leave open; `rows` are case numbers, for the analyst alone.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.odd_rows import AT_A_TIME, SAME_ANSWERS_FROM, questionnaires
from effectstudie.intake.warnings import warning

# An answer that was given elsewhere is missed where at least this many were to be expected.
EXPECTED = 10


# A question whose answers run against those of a year before was recoded; a true one stays above this.
AGAINST, AGAINST_FROM = -0.3, 40


# Questions were moved where they differ from their neighbours by less than this share of what they differ from
# themselves a wave before, with at least so many answers to each.
MOVED, MOVED_FROM = 0.85, 20


def odd_waves(
    tables: Mapping[str, pd.DataFrame],
    columns: Mapping[str, Mapping[str, Column]],
    waves: Sequence[str],
    people: Mapping[str, pd.DataFrame] | None = None,
) -> list[dict]:
    """What is odd of an export beside the same questionnaire in other waves.

    `tables`: ingested, by export; `columns`: of each export, its columns in the codebook; `people`: the tables with
    at least the columns of cohort.read_people (None: the same tables).
    """
    people = tables if people is None else people
    found = []
    for kind in dict.fromkeys(name.split("_")[-1] for name in tables):
        names = [f"{wave}_{kind}" for wave in waves if f"{wave}_{kind}" in tables]
        for early, late in pairwise(names):
            found += _few_rows(people, early, late) + _against(tables, columns, early, late)
        found += _absent_answers(tables, columns, names)
    return found + _strangers(people, waves) + _reported_later(people, waves) + _approaches(people)


def _few_rows(tables: Mapping[str, pd.DataFrame], early: str, late: str) -> list[dict]:
    if len(tables[late]) * 2 >= len(tables[early]):
        return []
    return [warning("few_rows", late, "", early, len(tables[late]))]


def _against(tables: Mapping, columns: Mapping, early: str, late: str) -> list[dict]:
    """How the answers of the same people go together over two waves, question by question.

    A question whose answers run against those before was turned round. Where a questionnaire's questions look like
    their neighbours rather than like themselves, its columns were moved. Whoever repeats all answers was copied.
    """
    before, after = tables[early], tables[late]
    key = [name for name in ("respondent", "child") if name in after]
    both = before[key].assign(early=range(len(before))).merge(after[key].assign(late=range(len(after))), on=key)
    if len(both) < 2:
        return []
    places = both["early"].to_numpy(), both["late"].to_numpy()
    found, same, asked, varied = [], True, 0, False
    for (questionnaire, _), names in questionnaires(columns[late], after).items():
        names = [name for name in names if name in before]
        if not names:
            continue
        sums = _Sums(len(names))
        alike, given, several = [], [], []
        for start in range(0, len(both), AT_A_TIME):
            rows = slice(start, start + AT_A_TIME)
            one, other = (
                table[names].take(place[rows]).to_numpy(dtype=float, copy=True)
                for table, place in zip((before, after), places, strict=True)
            )
            one[~(one >= 0)], other[~(other >= 0)] = np.nan, np.nan
            sums.add(one, other)
            alike.append(((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1))
            given.append((~np.isnan(one)).sum(axis=1))
            several.append((one > np.fmin.reduce(one, axis=1)[:, None] + 1).any(axis=1))
        same &= np.concatenate(alike)
        asked += np.concatenate(given)
        varied |= np.concatenate(several)
        odd = [name for name, r in zip(names, sums.correlations(), strict=True) if r < AGAINST]
        if odd:
            found.append(warning("against", late, ", ".join(odd), f"{questionnaire}, {early}", len(odd)))
        elif len(names) > 3 and sums.moved():
            found.append(warning("moved", late, names[0], f"{questionnaire}, {early}", len(names)))
    repeated = same & varied & (asked >= SAME_ANSWERS_FROM)
    if np.any(repeated):
        found.append(warning("repeated", late, "", early, after["row"].iloc[places[1][repeated]]))
    return found


class _Sums:
    """Of the answers to some questions in two waves, people by questions: sums, for means and correlations.

    Answers are whole numbers, so their sums are exact.
    """

    def __init__(self, size: int):
        self.n, self.total, self.squares = np.zeros((3, 2, size))
        # of those who answered in both waves
        self.n_both = np.zeros(size)
        self.of_both, self.squares_of_both, self.products = np.zeros((2, size)), np.zeros((2, size)), np.zeros(size)

    def add(self, one: np.ndarray, other: np.ndarray) -> None:
        """More people; NaN where there is no answer."""
        both = np.isfinite(one) & np.isfinite(other)
        for wave, answers in enumerate((one, other)):
            answered = np.isfinite(answers)
            values = np.where(answered, answers, 0)
            self.n[wave] += answered.sum(axis=0)
            self.total[wave] += values.sum(axis=0)
            self.squares[wave] += (values**2).sum(axis=0)
            values = np.where(both, values, 0)
            self.of_both[wave] += values.sum(axis=0)
            self.squares_of_both[wave] += (values**2).sum(axis=0)
        self.n_both += both.sum(axis=0)
        self.products += np.where(both, one * other, 0).sum(axis=0)

    def correlations(self) -> np.ndarray:
        """Of each question with itself a wave later; 0 where too few people answered both."""
        n = np.maximum(self.n_both, 1)
        spread = self.squares_of_both - self.of_both**2 / n
        together = self.products - self.of_both[0] * self.of_both[1] / n
        size = np.sqrt(np.maximum(spread, 0).prod(axis=0))
        known = (self.n_both >= AGAINST_FROM) & (size > 0)
        return np.where(known, together / np.where(known, size, 1), 0)

    def moved(self) -> bool:
        """Whether mean answers are more alike with each question one place on or back, or exchanged with its neighbour.

        Some questions are answered higher than others, in every wave.
        """
        if self.n.min() < MOVED_FROM:
            return False
        means = self.total / self.n
        variances = np.maximum(self.squares / self.n - means**2, 0)
        before, after = means - (self.total.sum(axis=1) / self.n.sum(axis=1))[:, None]
        chance = np.sqrt((variances / self.n).sum(axis=0)).mean()
        places = np.arange(len(before))
        orders = [np.roll(places, 1), np.roll(places, -1), np.minimum(places ^ 1, len(places) - 1)]
        own = np.abs(before - after).mean()
        return own > 1.5 * chance and min(np.abs(before - after[order]).mean() for order in orders) < MOVED * own


def _absent_answers(tables: Mapping, columns: Mapping, names: Sequence[str]) -> list[dict]:
    """Lowest and highest answers that other waves lead one to expect, and that nobody gave here."""
    given: dict[tuple, dict[str, np.ndarray]] = {}
    for export in names:
        for (questionnaire, codes), items in questionnaires(columns[export], tables[export]).items():
            answers = tables[export][items].to_numpy(dtype=float)
            counts = [int((answers == code).sum()) for code in (codes[0], codes[-1])]
            given.setdefault((questionnaire, codes, items[0]), {})[export] = np.array([*counts, (answers >= 0).sum()])
    found = []
    for (questionnaire, codes, first), of_export in given.items():
        for export, here in of_export.items():
            others = sum(count for name, count in of_export.items() if name != export)
            for place, code in enumerate((codes[0], codes[-1])):
                expected = others[place] / others[2] * here[2] if np.any(others) and others[2] else 0
                if here[place] == 0 and expected >= EXPECTED:
                    found.append(warning("absent", export, first, f"{questionnaire}: {code}", int(here[2])))
    return found


def never_given(tables: Mapping, columns: Mapping[str, Mapping[str, Column]]) -> pd.DataFrame:
    """Codes of the codebook that nobody gave to a questionnaire: columns file, questionnaire, codes, answers."""
    rows = []
    for export, table in tables.items():
        for (questionnaire, codes), items in questionnaires(columns[export], table).items():
            answers = table[items].to_numpy(dtype=float)
            absent = [str(code) for code in codes if not (answers == code).any()]
            if absent:
                rows.append((export, questionnaire, ", ".join(absent), int((answers >= 0).sum())))
    return pd.DataFrame(rows, columns=["file", "questionnaire", "codes", "answers"])


def _strangers(tables: Mapping[str, pd.DataFrame], waves: Sequence[str]) -> list[dict]:
    """People of a later wave, or children of one export, whom the export that should know them does not."""
    pairs = [
        (f"{wave}_{kind}", f"{waves[0]}_{kind}", unit)
        for wave in waves[1:]
        for kind, unit in (("volwassenen", "respondent"), ("kinderen", "child"))
    ]
    pairs += [(f"{wave}_kinderen", f"{wave}_volwassenen", "respondent") for wave in waves]
    pairs += [(f"{wave}_jeugd", f"{waves[0]}_kinderen", "child") for wave in waves]
    found = []
    for export, knows, unit in pairs:
        if export in tables and knows in tables:
            stranger = ~tables[export][unit].isin(tables[knows][unit])
            if stranger.any():
                found.append(warning("stranger", export, "", knows, tables[export].loc[stranger, "row"]))
    return found


def _reported_later(tables: Mapping[str, pd.DataFrame], waves: Sequence[str]) -> list[dict]:
    """Households that were asked before they were reported."""
    reported = tables["huishoudens"].set_index("household")["melddatum"]
    found = []
    for name in (f"{waves[0]}_{kind}" for kind in ("volwassenen", "kinderen", "jeugd")):
        if name in tables:
            early = tables[name]["afnamedatum"] < tables[name]["household"].map(reported)
            if early.any():
                found.append(warning("before_report", name, "afnamedatum", "", tables[name].loc[early, "row"]))
    return found


def _approaches(tables: Mapping[str, pd.DataFrame]) -> list[dict]:
    """An approach of one or two households: a name that was typed in another way makes one."""
    households = tables["huishoudens"]
    count = households["aanpak"].dropna().value_counts()
    rare = households["aanpak"].isin(count.index[count < 3]) if len(count) > 1 else pd.Series(dtype=bool)
    return [warning("rare_approach", "huishoudens", "aanpak", "", households.loc[rare, "row"])] if rare.any() else []
