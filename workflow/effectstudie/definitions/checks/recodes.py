"""What can be wrong with recodes before an export is read. Sentences, one per problem."""

import re
from collections.abc import Collection, Mapping

from effectstudie.definitions.checks.content import check_names
from effectstudie.definitions.export_columns import columns_of_export, table_of
from effectstudie.shared.messages.sentences import say

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def check_recodes(
    path: str | None,
    rows: Mapping[int, Mapping[str, str]],
    codebooks: Mapping[str, Mapping],
    no_answer: Collection[float],
) -> list[str]:
    """Columns that no code can be recoded in, codes that are none, and a code that would become two.

    `rows`: by line; `codebooks`: by table; `no_answer`: the codes of config that are no answer.
    """
    problems: list[str] = []
    first: dict[tuple, int] = {}
    for line, row in rows.items():
        where, name = say("{path}, line {line}", path=path, line=line), row["column"]
        columns = columns_of_export(codebooks[table_of(row["file"])], row["file"])
        if unknown := check_names(where, "column", [name], columns, say("column")):
            problems += unknown
            continue
        column, old, new = columns[name], _code_of(row["old"]), _code_of(row["new"])
        if not column.recodable:
            problems.append(
                say(
                    "{where}: column {name} holds no codes or numbers; put a single cell right in corrections.csv.",
                    where=where,
                    name=name,
                )
            )
            continue
        if not isinstance(new, float) or not (column.allows(new) or new in no_answer):
            problems.append(
                say(
                    "{where}: new is '{new}'; allowed: {allowed}, or for no answer {codes}.",
                    where=where,
                    new=row["new"],
                    allowed=column.allowed(),
                    codes=[f"{code:g}" for code in no_answer],
                )
            )
        if old == new:
            problems.append(say("{where}: new is old, so it changes nothing; take the line out.", where=where))
        if (place := (row["file"], name, old)) in first:
            problems.append(
                say(
                    "{where}: line {first} recodes this code of the column already; keep one of the two.",
                    where=where,
                    first=first[place],
                )
            )
        first.setdefault(place, line)
    return problems


def _code_of(text: str) -> float | str:
    """A code as a number however it is written (1, 01, 1,0); any other text as it is."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else text
