"""The data files of a study: for SPSS and for a Dutch spreadsheet, with their codebook; and what to read before."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.own_analysis.variables import Variable, cut
from effectstudie.shared.persons.spss import write_spss
from effectstudie.shared.storage import replace_file, write_dutch_csv
from effectstudie.shared.templates import environment
from effectstudie.shared.words import Words

# The most bytes of the label of a file that SPSS takes.
_FILE_LABEL = 64


def write_data(
    table: pd.DataFrame, variables: Sequence[Variable], paths: Mapping[str, str], synthetic: bool, words: Words
) -> None:
    """Write a table of table_of_unit to the `paths` sav and csv, and what its columns hold to the path codebook."""
    kind = words["file_label"]["synthetic" if synthetic else "own"]
    write_spss(
        table,
        paths["sav"],
        cut(kind.format(file=Path(paths["sav"]).stem), _FILE_LABEL),
        column_labels={one.name: one.label for one in variables},
        variable_value_labels={one.name: dict(one.values) for one in variables if one.values},
        variable_measure={one.name: one.measure for one in variables},
        variable_format={one.name: _format(one, table[one.name]) for one in variables if not one.is_text},
    )
    write_dutch_csv(table, paths["csv"])
    write_dutch_csv(codebook(variables, words), paths["codebook"])


def codebook(variables: Sequence[Variable], words: Words) -> pd.DataFrame:
    """A row a column of a data file, in words."""
    heads, measures = words["codebook"], words["measures"]
    rows = [
        {
            heads["name"]: one.name,
            heads["label"]: one.label,
            heads["values"]: "; ".join(f"{code} = {label}" for code, label in one.values.items()),
            heads["measure"]: measures[one.measure],
            heads["of"]: one.of,
        }
        for one in variables
    ]
    return pd.DataFrame(rows)


def write_guide(path: str | Path, template: str | Path, **about: Any) -> None:
    """Write what to read before the data are used. `about`: what the template names."""
    page = environment(Path(template).parent, escape=False).get_template(Path(template).name)
    replace_file(path, lambda temporary: temporary.write_text(f"{page.render(**about)}\n", encoding="utf-8"))


def _format(variable: Variable, values: pd.Series) -> str:
    """How SPSS shows a number: whole ones as such."""
    whole = variable.measure != "scale" or (values.dropna() % 1 == 0).all()
    return "F8.0" if whole else "F8.3"
