"""From scores to what the studies report: violence classes, yes/no variables, risk factors, household totals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from effectstudie.classification.risk import risk_counts
from effectstudie.classification.rows import VARIABLE_COLUMNS, VARIABLE_KEY, household_rows, with_wave
from effectstudie.classification.variables import make_variable
from effectstudie.classification.violence import child_abuse, total_violence, violence_class
from effectstudie.definitions.export_columns import table_of
from effectstudie.definitions.fitted import OF_PARENTS
from effectstudie.definitions.lineage import scores_needed
from effectstudie.scoring.score_tables import columns_of_scores, long_scores, read_ingested, read_scores, with_ids
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.persons.blocks import ROWS, in_blocks, together
from effectstudie.shared.persons.kept import Kept, digests_of_columns
from effectstudie.shared.persons.read import read_narrow, read_persons
from effectstudie.shared.persons.write import parquet_parts, write_parquet

# What is read of the households.
_OF_HOUSEHOLDS = ["household", "thv"]


def classify_exports(
    exports: Mapping[str, str | Path],
    scores: Sequence[str | Path],
    definitions: Mapping[str, Mapping],
    first_wave: str,
    variables: str | Path,
    participation: str | Path,
    kept: Kept,
) -> list[str]:
    """Write who took part when and all variables of a cohort; gives what a log says of it.

    `exports`: export → its ingested table; `scores`: score tables; `definitions`: violence, variables, risk_factors.
    What is there is taken, as `kept` tells, where nobody came or went and each score that is read is as it was.
    """
    read = {path: columns_of_scores(path, scores_needed(**definitions)) for path in scores}
    read |= {path: with_ids(path, []) for path in exports.values()}
    read[exports["huishoudens"]] = _OF_HOUSEHOLDS
    contents = {path: digests_of_columns(path) for path in read}
    made_from = (
        definitions,
        first_wave,
        {Path(path).name: [contents[path][column] for column in columns] for path, columns in read.items()},
    )

    def make() -> list[str]:
        taken = participation_of({export: read_ingested(path, []) for export, path in exports.items()})
        columns = list(taken.columns)
        write_parquet(taken, participation, columns, ["unit", "unit_id", "wave"], columns)
        tables = read_scores(scores, scores_needed(**definitions), _by_household)
        households = read_persons(exports["huishoudens"], _OF_HOUSEHOLDS)
        counts_children = any(table_of(export) == OF_PARENTS for export in exports)
        parts = classified_parts(tables, households, taken, definitions, first_wave, counts_children)
        del tables, taken  # large; the parts let go of them when they are made
        sizes: Counter = Counter()
        with parquet_parts(variables, VARIABLE_COLUMNS, VARIABLE_KEY, VARIABLE_COLUMNS[:-1]) as add:
            for part in units_in_order(parts):
                add(part)
                sizes.update(part.groupby(["variable", "unit", "wave"], observed=True).size().to_dict())
        return [f"{' '.join(place)}: {rows}" for place, rows in sorted(sizes.items())]

    sizes = kept.part("classes", made_from, [variables, participation], make)
    kept.write()
    return sizes if kept.anew else [say("Nothing was classified anew: no score that is read was changed."), *sizes]


def _by_household(path: str | Path, columns: Sequence[str]) -> pd.DataFrame:
    """A score table in the order of its households: in_blocks then makes no copy of it."""
    return read_narrow(path, columns).sort_values("household", kind="stable", ignore_index=True)


def classify_cohort(
    scores: pd.DataFrame,
    households: pd.DataFrame,
    participation: pd.DataFrame,
    violence: Mapping,
    variables: Mapping,
    risk_factors: Mapping,
    first_wave: str,
    counts_children: bool = True,
) -> pd.DataFrame:
    """What the cohort's scores mean, one row per unit, wave and variable that has a value (VARIABLE_COLUMNS).

    `scores` is score_tables.SCORE_COLUMNS of scores_needed; `households` has household and thv; `participation` is
    from participation_of. The definitions are the files of resources/classification/. `counts_children`: parents told
    of their children, so that a household of which no child is known has none.
    """
    children = participation[participation["unit"] == "child"]
    parts = [
        violence_class(scores, violence, children),
        child_abuse(scores, violence),
        total_violence(scores, violence, children),
        *[make_variable(scores, name, spec, variables) for name, spec in variables.items()],
        risk_counts(scores, risk_factors),
        _household_facts(households, children if counts_children else None, scores, first_wave),
    ]
    parts = [part[VARIABLE_COLUMNS].astype(dict.fromkeys(("unit", "wave", "variable"), "category")) for part in parts]
    table = together(parts)
    return table[table["value"].notna()].reset_index(drop=True)


def classified_parts(
    scores: Mapping[str, pd.DataFrame],
    households: pd.DataFrame,
    participation: pd.DataFrame,
    definitions: Mapping[str, Mapping],
    first_wave: str,
    counts_children: bool = True,
    rows: int = ROWS,
) -> Iterator[pd.DataFrame]:
    """classify_cohort of some households at a time: what a household is classified as depends on no other household.

    `scores`: instrument -> its table with the scores_needed; `definitions`: violence, variables and risk_factors; on
    about so many `rows` at a time.
    """
    names = scores_needed(**definitions)
    of_households = {"households": households, "participation": participation}
    for part in in_blocks({**scores, **of_households}, "household", rows):
        others = {name: part.pop(name) for name in of_households}
        scores_of_part = long_scores(part, names)
        yield classify_cohort(
            scores_of_part, **others, **definitions, first_wave=first_wave, counts_children=counts_children
        )


def units_in_order(parts: Iterable[pd.DataFrame], rows: int = ROWS) -> Iterator[pd.DataFrame]:
    """The rows of these parts with kinds of unit and their ids in order, some units at a time."""
    of_unit = defaultdict(list)
    for part in parts:
        for unit, rows_of_unit in part.groupby("unit", observed=True):
            of_unit[unit].append(rows_of_unit)
    for unit in sorted(of_unit):
        for part in in_blocks(dict(enumerate(of_unit.pop(unit))), "unit_id", rows):
            yield together(list(part.values()))


def participation_of(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Who took part when: unit (household, adult, child, youth), unit_id, household, wave; one row each.

    A child takes part when a parent reports on it or it answers itself; youth are those who answer themselves.
    """
    return rows_of_units(tables).drop_duplicates(["unit", "unit_id", "wave"], ignore_index=True)


_UNITS_OF = {
    "volwassenen": {"household": "household", "adult": "respondent"},
    "kinderen": {"household": "household", "child": "child"},
    "jeugd": {"household": "household", "child": "child", "youth": "child"},
}


def rows_of_units(tables: Mapping[str, pd.DataFrame], columns: Sequence[str] = ()) -> pd.DataFrame:
    """The rows of these tables for each unit that they are about: unit, unit_id, household, wave, and these columns."""
    frames = []
    for name, table in tables.items():
        wave, _, questionnaire = name.partition("_")
        for unit, column in _UNITS_OF.get(questionnaire, {}).items():
            rows = table[["household", *columns]]
            frames.append(rows.assign(unit=unit, unit_id=table[column], wave=wave))
    rows = pd.concat(frames, ignore_index=True)[["unit", "unit_id", "household", "wave", *columns]]
    return rows.astype({"unit": "category", "wave": "category"})


def _household_facts(
    households: pd.DataFrame, children: pd.DataFrame | None, scores: pd.DataFrame, first_wave: str
) -> pd.DataFrame:
    """Restraining order and number of children (None: not known), of the household and of each of its adults."""
    order = households.set_index("household")["thv"].where(lambda values: values >= 0)
    wave = pd.Series(first_wave, index=order.index)
    adults = scores[(scores["unit"] == "adult") & (scores["wave"] == first_wave)]
    adults = adults[["unit", "unit_id", "household", "wave"]].drop_duplicates()
    facts = [
        household_rows(with_wave(order, wave), "household_restraining_order"),
        adults.assign(variable="restraining_order", value=adults["household"].map(order)),
    ]
    if children is not None:
        at_start = children[children["wave"] == first_wave].drop_duplicates("unit_id")
        number = at_start.groupby("household").size().reindex(order.index, fill_value=0).astype(float)
        facts += [
            household_rows(with_wave(number, wave), "n_children"),
            adults.assign(variable="children_over_3", value=adults["household"].map(number).clip(upper=3)),
        ]
    return pd.concat(facts)
