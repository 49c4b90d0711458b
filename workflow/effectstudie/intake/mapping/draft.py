"""A draft of variables.csv and recodes.csv, from a folder of exports: what a person has to look at, and no more.

Nothing of a person is in it: a column that seems to name somebody is left out, and of values only codes are told.
"""

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyreadstat

from effectstudie.definitions.export_columns import Column, columns_of_export, table_of
from effectstudie.intake.cells import convert
from effectstudie.intake.column_checks import canonical_names
from effectstudie.intake.files.readers import Export, read_bytes, read_export
from effectstudie.intake.labels import codes_with_labels
from effectstudie.intake.mapping.columns import SURE, Pair, find_columns
from effectstudie.intake.mapping.held import fits, held_in
from effectstudie.intake.mapping.proposals import Change, by_cells, by_labels
from effectstudie.intake.no_answers import says_no_answer
from effectstudie.intake.spelling.letters import as_typed
from effectstudie.privacy.cleared import Cleared
from effectstudie.privacy.identifiers import shown_name
from effectstudie.privacy.naming_columns import column_problems
from effectstudie.shared.storage import harmless

# Values that are refused are another code from so many, or from this share of a column on; fewer are slips of the pen.
_MANY, _SHARE = 9, 0.1
Recode = tuple[str, str, str, str, str]


class Mapped(NamedTuple):
    """What an export is found to hold.

    `known`: how many columns need no line; `fitting`: column of the export → whether its values fit, None where it has
    none; `missing`: columns of the codebook that were not found; `unused`: columns of the export that are none;
    `hidden`: the places of those that seem to name somebody.
    """

    known: int
    pairs: list[Pair]
    fitting: dict[str, bool | None]
    recodes: list[Recode]
    missing: list[str]
    unused: list[str]
    hidden: list[int]


class Rules(NamedTuple):
    """`codebooks`: by table; `missing_codes`: of config; `cleared`: lines of config/cleared.yaml; `synonyms`: of
    mapping.nl.yaml; `recoded`: export and column of the recodes that are there already.
    """

    codebooks: Mapping[str, Mapping]
    missing_codes: Mapping[str, Sequence[float]]
    cleared: Sequence[Mapping[str, str]]
    synonyms: Mapping[str, Collection[str]]
    recoded: Collection[tuple[str, str]] = ()


def map_export(path: Path, names: Mapping[str, str], rules: Rules) -> Mapped:
    """Find the columns of the codebook in an export; InputError where it cannot be read.

    `names`: raw name → its column, of variables.csv.
    """
    export, content = path.stem, read_bytes(path)
    columns = columns_of_export(rules.codebooks[table_of(export)], export)
    raw = read_export(path, {*columns, *names}, content)
    names = {name: names[name] for name in raw.frame if names.get(name) in columns}
    canonical = canonical_names(raw.frame, columns, names)
    known = {name: canonical.get(name, name) for name in raw.frame if canonical.get(name, name) in columns}
    cleared = Cleared([line for line in rules.cleared if line["file"] == export])
    hidden = {name for name in raw.frame if name not in known and _names_somebody(raw.frame[[name]][:0], cleared)}
    no_answer = {code for codes in rules.missing_codes.values() for code in codes}
    held = {
        name: held_in(raw.frame[name], no_answer, raw.user_missing.get(name, ()))
        for name in raw.frame
        if name not in hidden
    }
    labels = {name: {f"{code}": label for code, label in of.items() if code not in no_answer}
              for name, of in raw.labels.items()}  # fmt: skip
    wave = export.split("_")[0] if "_" in export else None
    pairs = find_columns(columns, held, _labels_of_columns(path, content), labels, known, wave, rules.synonyms)
    kinds = {pair.raw: columns[pair.name].kind for pair in pairs} | {one: columns[known[one]].kind for one in known}
    hidden |= {
        name
        for name in raw.frame
        if name not in hidden and _names_somebody(raw.frame[[name]], cleared, kinds.get(name), name in known)
    }
    # a name that a spreadsheet takes for a formula cannot stand in a list
    pairs = [pair for pair in pairs if pair.raw not in hidden and harmless(pair.raw) == pair.raw]
    found = known | {pair.raw: pair.name for pair in pairs}
    return Mapped(
        known=len(known),
        pairs=pairs,
        fitting={p.raw: None if held[p.raw].empty else fits(columns[p.name], held[p.raw]) for p in pairs},
        recodes=_recodes(raw, export, {name: found[name] for name in found if name not in hidden}, columns, rules),
        missing=[name for name, column in columns.items() if column.required and name not in found.values()],
        unused=[name for name in raw.frame if name not in found and name not in hidden],
        hidden=[number for number, name in enumerate(raw.frame, start=1) if name in hidden],
    )


def _names_somebody(one: pd.DataFrame, cleared: Cleared, kind: str | None = None, is_known: bool = False) -> bool:
    """Whether the gate of the intake would refuse a column, by its name or by what is in it."""
    (name,) = one
    known = [name] if kind or is_known else []
    of_kind = {each: known if kind == each else [] for each in ("id", "free_text", "date")}
    return bool(
        column_problems(one, "", of_kind["id"], of_kind["free_text"], of_kind["date"], known=known, cleared=cleared)
    )


def _labels_of_columns(path: Path, content: bytes) -> dict[str, str]:
    if path.suffix.lower() not in (".sav", ".zsav"):
        return {}
    _, meta = pyreadstat.read_sav(BytesIO(content), metadataonly=True)
    return {name: label for name, label in meta.column_names_to_labels.items() if label}


def _recodes(
    raw: Export, export: str, names: Mapping[str, str], columns: Mapping[str, Column], rules: Rules
) -> list[Recode]:
    """Lines for the columns that are coded otherwise, in the order of the codebook. `names`: raw name → its column."""
    by_name = {name: one for one, name in names.items() if (export, name) not in rules.recoded}
    no_answer = {code for codes in rules.missing_codes.values() for code in codes}
    of_codes, user_missing = (
        {name: of[one] for name, one in by_name.items() if one in of} for of in (raw.labels, raw.user_missing)
    )
    labels = codes_with_labels(of_codes, columns, no_answer, user_missing)
    lines: list[Recode] = []
    for name, column in columns.items():
        if name in by_name and column.recodable:
            cells, bounds = raw.frame[by_name[name]], user_missing.get(name, ())
            found = labels.get(name, {})
            changes = by_labels(found, column) + [
                (code, f"{rules.missing_codes['refused'][0]:g}", f"label: {label.strip()}")
                for code, label in found.items()
                if says_no_answer(label)
            ]
            changes = changes or _of_cells(cells, bounds, column, rules.missing_codes)
            lines += [(export, name, old, new, shown_name(why, "label")) for old, new, why in changes]
    return lines


def _of_cells(cells: pd.Series, bounds: Sequence, column: Column, missing_codes: Mapping) -> list[Change]:
    _, refused, _ = convert(cells, column, missing_codes, bounds)
    if refused.sum() < min(_MANY, _SHARE * cells.notna().sum()) or not refused.any():
        return []
    texts = cells.dropna().map(as_typed)
    return by_cells(set(texts), set(texts[refused]), column)


def variable_rows(mapped: Mapping[str, Mapped], words: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """File, raw name, column and remark: one line for all waves of a table where they agree."""
    rows = []
    for export, of in mapped.items():
        table = table_of(export)
        others = {other: mapped[other] for other in mapped if table_of(other) == table}
        for pair in of.pairs:
            same = {
                other: one
                for other, found in others.items()
                for one in found.pairs
                if (one.raw, one.name) == (pair.raw, pair.name)
            }
            whole = export != table and len(others) > 1 and len(same) == len(others)
            if whole and export != next(iter(same)):
                continue
            told = same if whole else {export: pair}
            sure = max((one.sure for one in told.values()), key=SURE.index)
            fit = {mapped[other].fitting[pair.raw] for other in told}
            values = "differ" if False in fit else "fit" if True in fit else "none"
            why = words["why"][pair.why].format(number=pair.number)
            remark = f"{words['sure'][sure]}: {why}, {words['values'][values]}"
            rows.append((table if whole else export, pair.raw, pair.name, remark))
    return rows
