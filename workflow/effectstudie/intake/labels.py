"""What an SPSS export says that its codes mean, against the codebook and between waves.

A wave whose codes were changed gives valid answers that mean something else. Labels are the only thing that tells.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cells import as_number, as_typed, is_allowed
from effectstudie.intake.mapping.meanings import meant_code, plain
from effectstudie.intake.mapping.proposals import by_labels, said
from effectstudie.intake.no_answers import is_declared, says_no_answer
from effectstudie.intake.warnings import warning
from effectstudie.shared.messages.sentences import joined, say

Labels = Mapping[str, Mapping[str, str]]


def codes_with_labels(
    labels: Mapping[str, Mapping[Any, str]],
    columns: Mapping[str, Column],
    missing: Collection[float],
    user_missing: Mapping[str, Sequence[tuple[Any, Any]]],
) -> dict[str, dict[str, str]]:
    """Per column of the codebook: code as text → label as the export spells it; codes that are no answer left out.

    A code may be a number or a text. `labels` and `user_missing`: those of the export by canonical name; `missing`: the
    codes of config that are no answer.
    """
    kept = {}
    for name, column in columns.items():
        if column.kind not in ("code", "number"):
            continue
        found = {}
        for code, label in labels.get(name, {}).items():
            number = as_number(code)
            if number in missing or is_declared(code, user_missing.get(name, ())):
                continue
            if says_no_answer(str(label)) and (
                column.kind == "number" or not is_allowed(np.array([number]), column)[0]
            ):
                continue  # see no_answers
            found[f"{number:g}" if number == number else as_typed(code)] = str(label)
        kept |= {name: {code: found[code] for code in sorted(found, key=_in_order)}} if found else {}
    return kept


def _in_order(code: str) -> tuple[bool, float, str]:
    """Numbers first."""
    number = as_number(code)
    return number != number, number if number == number else 0, code


def against_codebook(labels: Labels, columns: Mapping[str, Column], file: str) -> tuple[list[str], list[dict]]:
    """Problems: labels that the codebook gives to other codes. Warnings: one that the codebook does not know."""
    problems, warnings = [], []
    for name, found in labels.items():
        known = {str(code): label for code, label in (columns[name].values or {}).items()}
        for code, label in found.items():
            if meant_code(label, columns[name]) is not None:
                continue
            if says_no_answer(label):
                problems.append(
                    say(
                        "{file}, column {name}: the export calls code {code} '{label}', and the codebook allows "
                        "it as an answer; declare it missing in SPSS, or recode it in recodes.csv to one of the "
                        "missing_codes of config/config.yaml.",
                        file=file,
                        name=name,
                        code=code,
                        label=label,
                    )
                )
            elif code in known:
                warnings.append(warning("label", Path(file).stem, name, f"{code}: {label}", 1))
        if changes := by_labels(found, columns[name]):
            called = [
                say("code {old} '{label}' (in the codebook {new})", old=old, label=found[old], new=new)
                for old, new, _ in changes
            ]
            problems.append(
                say(
                    "{file}, column {name}: the export calls {called}; mend the labels, or, where they are "
                    "right, recode the column by these lines in recodes.csv:{lines}",
                    file=file,
                    name=name,
                    called=called,
                    lines=said(Path(file).stem, name, changes),
                )
            )
    return problems, warnings


def between_waves(of_exports: Mapping[str, Labels]) -> list[str]:
    """Problems: one label that stands for different codes in two waves. `of_exports`: of one questionnaire's table."""
    problems = []
    for (early, before), (late, after) in combinations(of_exports.items(), 2):
        for name in before.keys() & after.keys():
            codes = {plain(label): code for code, label in before[name].items()}
            moved = [
                say("'{label}' was {before} and is {code}", label=label, before=codes[plain(label)], code=code)
                for code, label in after[name].items()
                if codes.get(plain(label), code) != code
            ]
            if moved:
                problems.append(
                    say(
                        "{late}, column {name}: codes mean something else than in {early}: {moved}; recode one "
                        "of the two.",
                        late=late,
                        name=name,
                        early=early,
                        moved=joined("; ", moved),
                    )
                )
    return sorted(problems)
