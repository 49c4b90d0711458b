"""Values of an SPSS export whose labels say that there is no answer, in columns of every kind.

A code that the codebook allows is judged with the other labels (labels.against_codebook); what is judged here is a
value that somebody has: 77 for hours of work, the last day of a year, an id of nines.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cells import as_number, as_typed, is_allowed
from effectstudie.intake.places import rows_told
from effectstudie.shared.messages.sentences import private, say

# Anywhere in a label, and as a whole label; both without signs and accents: n.v.t. is n v t.
_NO_ANSWER = re.compile(
    r"""
    \b(?:
      weiger\w* | geweigerd | refus\w+ | declined | prefer\ not | skipped | overgeslagen | onbekend | unknown
      | (?:weten?|weet)(?:\ \w+)?\ niet | wil(?:\ \w+){0,2}\ niet | liever\ niet\ (?:zeggen|antwoorden|beantwoorden)
      | (?:don\ ?t|do\ not|doesn\ ?t|not)\ know\w* | kan(?:\ \w+)?\ niet\ (?:zeggen|beantwoorden|beoordelen)
      | niet\ (?:van\ toepassing|ingevuld|beantwoord|geantwoord|gevraagd|afgenomen|opgegeven)
      | not\ (?:applicable|asked|answered|stated|ascertained|completed|administered)
      | geen\ (?:antwoord|opgave|respons|reactie)\w* | no\ (?:answer|response|reply)
      | ontbre\w+ | missings? | sysmis | user\ missing | blanco | n\ ?v\ ?t
    )\b
    | ^(?:
      (?:n\ ?a|n\ ?b|d\ ?k|w\ ?n|g\ ?a)(?:\ (?:n\ ?a|g\ ?a))? | niet\ bekend | null | nan | leeg | empty
      | geen\ (?:gegevens?|info\w*|data|idee) | no\ data
    )$
    """,
    re.VERBOSE,
)
# A code in front of a label.
_CODE = re.compile(r"^\s*[-+]?\d+\s*[.:=)-]\s*(?=\D)")


@lru_cache(maxsize=5_000)
def says_no_answer(label: str) -> bool:
    """Whether a label says that nobody answered: weet niet, n.v.t., -9 = geweigerd."""
    letters = unicodedata.normalize("NFKD", _CODE.sub("", label.casefold()))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bool(_NO_ANSWER.search(" ".join(re.sub(r"[\W_]+", " ", plain).split())))


def is_declared(value: Any, bounds: Sequence[tuple[Any, Any]]) -> bool:
    """Whether SPSS was told that this value, a number or a text, is no answer."""
    for low, high in bounds:
        if isinstance(low, str) != isinstance(value, str):
            continue
        if value.strip() == low.strip() if isinstance(value, str) else low <= value <= high:
            return True
    return False


def labelled_values(
    labels: Mapping[str, Mapping[Any, str]],
    frame: pd.DataFrame,
    file: str,
    columns: Mapping[str, Column],
    user_missing: Mapping[str, Sequence[tuple[Any, Any]]],
    missing: Collection[float],
) -> list[str]:
    """A problem for each value that a label calls no answer, that rows hold, and that would be taken for one.

    `labels` and `user_missing`: of the export, by canonical name; `missing`: the codes of config that are no answer.
    """
    problems = []
    for name in (name for name in frame if columns[name].kind in ("id", "date", "code", "number")):
        for value, label in labels.get(name, {}).items():
            if not says_no_answer(str(label)) or is_declared(value, user_missing.get(name, ())):
                continue
            if _is_judged(value, columns[name], missing):
                continue
            rows = _rows_with(value, frame[name], columns[name])
            if len(rows):
                told = say(", value '{value}'", value=as_typed(value))
                shown = "" if columns[name].kind == "id" else private(told)
                problems.append(
                    say(
                        "{file}, {rows}, column {name}{shown}: the export calls this '{label}', but SPSS "
                        "was not told that it is missing; declare it missing in SPSS, or empty it.",
                        file=file,
                        rows=rows_told(rows + 1),
                        name=name,
                        shown=shown,
                        label=label,
                    )
                )
    return problems


def _is_judged(value: Any, column: Column, missing: Collection[float]) -> bool:
    """Whether this is a code that config calls no answer, or one that the codebook allows."""
    if column.kind not in ("code", "number"):
        return False
    number = as_number(value)
    allowed = bool(is_allowed(np.array([number]), column)[0])
    return column.kind == "code" if allowed else number in missing


def _rows_with(value: Any, cells: pd.Series, column: Column) -> pd.Index:
    number = as_number(value) if column.kind in ("code", "number") else float("nan")
    same = cells.map(as_typed) == as_typed(value) if number != number else cells.map(as_number) == number
    return cells.index[same]
