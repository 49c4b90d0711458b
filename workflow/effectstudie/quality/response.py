"""How much of each questionnaire was answered, and what was corrected or recoded."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.definitions.result_tables.quality import ANSWERS, CORRECTIONS, RECODES
from effectstudie.intake.cells import NOT_APPLICABLE, REFUSED


def answers_given(
    tables: Mapping[str, pd.DataFrame],
    columns: Mapping[str, Mapping[str, Column]],
    age_columns: Mapping[str, str | None],
) -> pd.DataFrame:
    """ANSWERS: one row per export, questionnaire, region and approach (empty for none).

    `tables`: ingested, by export. `forms` are rows for whom the questionnaire is meant, `empty` those with no answer at
    all to it; `asked` to `not_applicable` count questions. The questionnaire Administratie counts every row.
    """
    rows = []
    for export, table in tables.items():
        place = _places(table, tables["huishoudens"])
        for questionnaire, names in _questions(columns[export]).items():
            values = table[names].to_numpy(dtype=float, na_value=np.nan) if names else np.empty((len(table), 0))
            meant = _meant(table, [columns[export][name] for name in names], age_columns.get(export))
            counts = pd.DataFrame(
                {
                    "forms": meant.any(axis=1) if names else True,
                    "empty": (meant.any(axis=1) & ~(meant & (values >= 0)).any(axis=1)) if names else False,
                    "asked": meant.sum(axis=1),
                    "answered": (meant & (values >= 0)).sum(axis=1),
                    "refused": (meant & (values == REFUSED)).sum(axis=1),
                    "not_applicable": (meant & (values == NOT_APPLICABLE)).sum(axis=1),
                },
                index=table.index,
            )
            grouped = counts.astype(int).groupby([place["regio"], place["aanpak"]]).sum().reset_index()
            rows.append(grouped.assign(file=export, questionnaire=questionnaire)[ANSWERS.names])
    return pd.concat(rows, ignore_index=True)


def corrections_made(corrections: Mapping[str, list[dict]], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """CORRECTIONS: one row per correction. `corrections`: of each export those of its manifest, in order."""
    rows = []
    for export, made in corrections.items():
        place = _places(tables[export], tables["huishoudens"]).set_index(tables[export]["row"])
        rows += [{"file": export, **place.loc[fix["row"]], **fix} for fix in made]
    return pd.DataFrame(rows, columns=CORRECTIONS.names)


def recodes_made(recodes: Mapping[str, list[dict]]) -> pd.DataFrame:
    """RECODES: one row per recode. `recodes`: of each export those of its manifest, in order."""
    rows = [{"file": export, **one} for export, made in recodes.items() for one in made]
    return pd.DataFrame(rows, columns=RECODES.names)


def _places(table: pd.DataFrame, households: pd.DataFrame) -> pd.DataFrame:
    """Region and approach of each row."""
    known = households.set_index("household")
    return pd.DataFrame(
        {name: table["household"].map(known[name]).fillna("").str.strip() for name in ("regio", "aanpak")},
        index=table.index,
    )


def _questions(columns: Mapping[str, Column]) -> dict[str, list[str]]:
    """Questionnaire → its columns that hold an answer."""
    found: dict[str, list[str]] = {}
    for name, column in columns.items():
        names = found.setdefault(column.questionnaire, [])
        if column.kind in ("code", "number"):
            names.append(name)
    return found


def _meant(table: pd.DataFrame, columns: list[Column], age_column: str | None) -> np.ndarray:
    """Whether a question (column) is meant for a person (row): one of other ages is not asked."""
    meant = np.ones((len(table), len(columns)), dtype=bool)
    if age_column:
        age = table[age_column].to_numpy(dtype=float)
        for place, column in enumerate(columns):
            if column.ages:
                meant[:, place] = ~((age >= 0) & ((age < column.ages[0]) | (age > column.ages[1])))
    return meant
