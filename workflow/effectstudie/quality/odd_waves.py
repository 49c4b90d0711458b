"""What may be true in the exports but looks odd. It never stops a run: it goes on the data-quality page.

A warning has the columns of WARNINGS: `kind` is a key of quality.nl.yaml, which has the words; `about` names
what the words leave open; `rows` are case numbers, for the analyst alone.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import ID_NAMES, Column
from effectstudie.definitions.result_tables.quality import NEVER_GIVEN
from effectstudie.intake.odd_rows import questionnaires
from effectstudie.intake.spelling.linked_ids import known_from
from effectstudie.intake.warnings import warning
from effectstudie.quality.over_waves import over_waves

# An answer that was given elsewhere is missed where at least this many were to be expected.
EXPECTED = 10


def odd_waves(
    tables: Mapping[str, pd.DataFrame],
    columns: Mapping[str, Mapping[str, Column]],
    waves: Sequence[str],
    people: Mapping[str, pd.DataFrame] | None = None,
) -> list[dict]:
    """What is odd of an export beside the same questionnaire in other waves.

    `tables`: ingested, by export; `columns`: of each export, its columns in the codebook; `people`: the tables with
    at least the columns of ingested.read_people (None: the same tables).
    """
    people = tables if people is None else people
    odd = []
    for kind in dict.fromkeys(name.split("_")[-1] for name in tables):
        names = [f"{wave}_{kind}" for wave in waves if f"{wave}_{kind}" in tables]
        for early, late in pairwise(names):
            odd += _few_rows(people, early, late) + over_waves(tables, columns, early, late)
        odd += _absent_answers(tables, columns, names)
    return odd + _strangers(people, waves) + _reported_later(people, waves)


def _few_rows(tables: Mapping[str, pd.DataFrame], early: str, late: str) -> list[dict]:
    if len(tables[late]) * 2 >= len(tables[early]):
        return []
    return [warning("few_rows", late, "", early, len(tables[late]))]


def _absent_answers(tables: Mapping, columns: Mapping, names: Sequence[str]) -> list[dict]:
    """Lowest and highest answers that other waves lead one to expect, and that nobody gave here."""
    given: dict[tuple, dict[str, np.ndarray]] = {}
    for export in names:
        for (questionnaire, codes), items in questionnaires(columns[export], tables[export]).items():
            answers = tables[export][items].to_numpy(dtype=float)
            counts = [int((answers == code).sum()) for code in (codes[0], codes[-1])]
            given.setdefault((questionnaire, codes, items[0]), {})[export] = np.array([*counts, (answers >= 0).sum()])
    absent = []
    for (questionnaire, codes, first), of_export in given.items():
        for export, here in of_export.items():
            others = sum(count for name, count in of_export.items() if name != export)
            for place, code in enumerate((codes[0], codes[-1])):
                expected = others[place] / others[2] * here[2] if np.any(others) and others[2] else 0
                if here[place] == 0 and expected >= EXPECTED:
                    absent.append(warning("absent", export, first, f"{questionnaire}: {code}", int(here[2])))
    return absent


def never_given(tables: Mapping, columns: Mapping[str, Mapping[str, Column]]) -> pd.DataFrame:
    """Codes of the codebook that nobody gave to a questionnaire (NEVER_GIVEN), with what the codebook calls them."""
    rows = []
    for export, table in tables.items():
        for (questionnaire, codes), items in questionnaires(columns[export], table).items():
            answers = table[items].to_numpy(dtype=float)
            absent = [code for code in codes if not (answers == code).any()]
            if absent:
                first = columns[export][items[0]]
                labels = "; ".join(f"{code} {(first.values or {}).get(code, '')}".strip() for code in absent)
                named = first.label if len(items) == 1 else f"{first.label} … {columns[export][items[-1]].label}"
                given = (", ".join(map(str, absent)), labels, codes[0], codes[-1], int((answers >= 0).sum()))
                rows.append((export, questionnaire, named, *given))
    return pd.DataFrame(rows, columns=NEVER_GIVEN.names)


def _strangers(tables: Mapping[str, pd.DataFrame], waves: Sequence[str]) -> list[dict]:
    """People of a later wave, or children of one export, whom the export that should know them does not."""
    strangers = []
    for export, knows, column in known_from(tables, waves):
        unit = ID_NAMES[column]
        if unit == "household":
            continue  # check_cohort refuses those
        stranger = ~tables[export][unit].isin(tables[knows][unit])
        if stranger.any():
            strangers.append(warning("stranger", export, "", knows, tables[export].loc[stranger, "row"]))
    return strangers


def _reported_later(tables: Mapping[str, pd.DataFrame], waves: Sequence[str]) -> list[dict]:
    """Households that were asked before they were reported."""
    reported = tables["huishoudens"].set_index("household")["melddatum"]
    early_rows = []
    for name in (f"{waves[0]}_{kind}" for kind in ("volwassenen", "kinderen", "jeugd")):
        if name in tables:
            early = tables[name]["afnamedatum"] < tables[name]["household"].map(reported)
            if early.any():
                early_rows.append(warning("before_report", name, "afnamedatum", "", tables[name].loc[early, "row"]))
    return early_rows
