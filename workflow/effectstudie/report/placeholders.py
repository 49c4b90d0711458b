"""What a text written by a person may name between double braces."""

from collections.abc import Mapping, Sequence
from typing import Any

from effectstudie.report.contents import Contents
from effectstudie.report.values import find, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, UNITS, WAVES


def placeholders(contents: Contents, study: Mapping[str, Any], units: Sequence[str] = UNITS) -> dict[str, str]:
    """What a text written by a person may name between double braces: dotted name → printed text.

    `units`: whom the cohort has.
    """
    refs = {name: f"{word}{formats.NBSP}" for name, word in contents.texts["refs"].items()}
    names = {"title": study["title"], "region": study["region_label"]}
    names |= {f"label.{group}": contents.labels["groups"][group] for group in COMPARED}
    names |= {f"phrase.{name}": phrase for name, phrase in contents.labels["phrases"].items()}
    names |= {f"ref.{name}": f"{refs['figure']}{one.number}" for name, one in contents.figures.items()}
    names |= {f"ref.table.{name}": f"{refs['table']}{one.number}" for name, one in contents.tables.items()}
    names |= {f"sentences.{name}": text for name, text in contents.sentences.items()}
    for group in COMPARED:
        for unit in units:
            for wave, end in zip(WAVES, ("", "_follow_up"), strict=True):
                row = find(contents.shown.values, outcome="participation", unit=unit, group=group, wave=wave)
                known = row is not None and row["n"] == row["n"]
                names[f"n.{group}.{unit}{end}"] = size_text(row) if known else contents.labels["fewer"]
    for facts in contents.outcome_facts:
        section = contents.outcomes[facts.outcome].section
        if section in contents.figures:
            names[f"ref.{facts.outcome}"] = f"{refs['figure']}{contents.figures[section].number}"
        for group, shown in facts.shown.items():
            names[f"value.{facts.outcome}.{group}.T0"] = shown.before_text
            names[f"value.{facts.outcome}.{group}.follow_up"] = shown.after_text
    return names
