"""The codebook of derived variables as one self-contained HTML file: a section and a table per questionnaire."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from effectstudie.shared import formats
from effectstudie.shared.templates import environment

# The columns of a table, and of the table of what is made from several questionnaires. Some are said once above a
# table where they are the same in all of it. What is left stands in a last column, a line each.
COLUMNS = ["variabele", "eenheid", "omschrijving", "formule", "ontbrekend", "items", "kolommen", "bereik", "beter"]
COLUMNS_OF_SEVERAL = [name for name in COLUMNS if name not in ("items", "kolommen")]
SAID_ONCE = ["eenheid", "beter", "metingen", "leeftijd", "norm", "bron", "sleutel", "versie"]
REST = ["vragenlijst", "items", "kolommen", "metingen", "leeftijd", "norm", "bron", "sleutel", "versie"]


def codebook_html(
    variables: pd.DataFrame, instruments: Mapping[str, Mapping], words: Mapping, templates: str | Path, style: str
) -> str:
    """The page. `variables`: derived.derived_variables; `templates`: folder with codebook.html.j2; `style`: CSS."""
    pages = environment(templates)
    pages.filters |= {"breakable": breakable}
    return pages.get_template("codebook.html.j2").render(
        sections=sections_of(variables, instruments, words),
        words=words,
        n=formats.number(len(variables)),
        style=Markup(style),
    )


def breakable(text: str) -> Markup:
    """Names in it may be broken behind a dot or an underscore, and a sign stays with its number."""
    kept = re.sub(r"(?<=[=<≥>−]) (?=\d)", formats.NBSP, text)
    parts = re.split(r"(?<=[._])(?=[^\W\d]{3})", kept)
    return Markup("<wbr>").join(Markup.escape(part) for part in parts)


def sections_of(variables: pd.DataFrame, instruments: Mapping[str, Mapping], words: Mapping) -> list[dict[str, Any]]:
    """A section per questionnaire, then the variables of variables.yaml and those that are computed."""
    stems = variables["variabele"].str.partition(".")
    computed = variables["variabele"].isin(list(words["computed"]))
    of_section = stems[0].where(stems[1] == ".", computed.map({True: "computed", False: "variables"}))
    sections = []
    by_title = sorted(instruments, key=lambda stem: (instruments[stem]["label"].casefold(), stem))
    for name in [*by_title, "variables", "computed"]:
        rows = variables[of_section == name]
        definition = instruments.get(name)
        title, lead = (
            (definition["label"], definition["about"])
            if definition
            else (words["sections"][name]["title"], words["sections"][name]["lead"])
        )
        sections.append({"id": name, "title": title, "lead": formats.ranges(lead), **_table(rows, definition, words)})
    return [section for section in sections if section["rows"]]


def _table(rows: pd.DataFrame, definition: Mapping | None, words: Mapping) -> dict[str, Any]:
    """What holds for all rows, the columns of the table, what its last column holds, and the rows."""
    once = {name: text for name in SAID_ONCE if (text := _for_all(rows[name], words)) is not None}
    note = definition["key"]["note"] if definition else ""
    facts = [{"name": name, "text": text, "note": ""} for name, text in once.items()]
    for fact in facts:
        if definition and fact["name"] == "sleutel":
            fact |= {"text": fact["text"].removesuffix(note), "note": note}
    columns = [name for name in (COLUMNS if definition else COLUMNS_OF_SEVERAL) if name not in once]
    known = [*columns, *once, *(["vragenlijst"] if definition else [])]
    n = len(rows)
    return {
        "count": words["n_variables"]["one" if n == 1 else "many"].format(n=n),
        "facts": facts,
        "columns": columns,
        "rest": [name for name in REST if name not in known],
        "rows": rows.to_dict("records"),
    }


def _for_all(values: pd.Series, words: Mapping) -> str | None:
    """The value that all rows have; a norm is one for all though only T scores have it."""
    different = list(dict.fromkeys(values))
    if values.name == "norm" and len(different) > 1:
        different = [value for value in different if value != words["none"]]
    return different[0] if len(different) == 1 else None
