"""docs/resultaten.md: every result table and its columns, in Dutch. `make docs` writes it, a test compares it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from effectstudie.definitions.result_tables import analysis, effect, matching, planning, quality, regions, scoring
from effectstudie.definitions.result_tables.table import Column, ResultTable
from effectstudie.shared.storage import replace_file
from effectstudie.shared.words import read_words

# In the order in which they are made.
TABLES = {
    **quality.TABLES,
    **scoring.TABLES,
    **matching.TABLES,
    **analysis.TABLES,
    "imputed": effect.IMPUTED,
    **regions.TABLES,
    **planning.TABLES,
}


def markdown(tables: Mapping[str, ResultTable], words: Mapping[str, Any]) -> str:
    """The page. `words`: result_tables.nl.yaml, in which a table's own columns go before those of `shared`."""
    parts = [words["intro"].rstrip() + "\n"]
    for name, table in tables.items():
        about = words["tables"][name]
        parts.append("\n".join([f"## {name}", "", f"`results/{table.file}`", "", about["about"], ""]))
        parts.append("\n".join(_rows(table, {**words["shared"], **about.get("columns", {})}, words)) + "\n")
    return "\n".join(parts)


def _rows(table: ResultTable, meanings: Mapping[str, str], words: Mapping[str, Any]) -> Iterator[str]:
    yield "| " + " | ".join(words["head"]) + " |"
    yield "|---" * len(words["head"]) + "|"
    for name, column in table.columns.items():
        yield f"| `{name}` | {_kind(column, words)} | {meanings[name]} |"


def _kind(column: Column, words: Mapping[str, Any]) -> str:
    if column.ids:
        return _listed(column.ids)
    return ", ".join(filter(None, [words["kinds"][column.kind], column.unit and words["units"][column.unit]]))


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"`{name}`".replace("|", r"\|") for name in ids)


if __name__ == "__main__":
    words = read_words("resources/words/result_tables.nl.yaml")
    page = markdown(TABLES, words)
    replace_file("docs/resultaten.md", lambda path: path.write_text(page, encoding="utf-8"))
