"""A small invented cohort as raw exports in every format, and the gate that exports go through."""

import functools
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from given.paths import ROOT
from given.workbooks import write_xlsx

from effectstudie.definitions.export_columns import TABLES, columns_of, columns_of_export, export_names, table_of
from effectstudie.definitions.load import load
from effectstudie.demo.export import write_sav
from effectstudie.intake.exports import ids_of, manifest, pseudonymised, take_in
from effectstudie.intake.files.raw_files import check_folder, find_export
from effectstudie.intake.spelling.linked_ids import link
from effectstudie.quality.odd_waves import odd_waves
from effectstudie.quality.whole_cohort import check_cohort
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import for_screen
from effectstudie.shared.storage import sha256
from effectstudie.shared.vocabulary import LISTS
from effectstudie.shared.yaml_files import read_yaml

CONFIG = read_yaml(ROOT / "config/config.yaml")
CODEBOOKS = {table: read_yaml(ROOT / f"resources/exports/{table}.yaml") for table in TABLES}
# the first twelve questions of every questionnaire: enough for every check, and three times as quick
SHORT = {
    table: codebook
    | {
        "item_blocks": [
            block | ({} if "over" in block else {"last": min(block["last"], block["first"] + 11)})
            for block in codebook.get("item_blocks", [])
        ]
    }
    for table, codebook in CODEBOOKS.items()
}
WAVES = tuple(CONFIG["waves"])
EXPORTS = tuple(export_names(WAVES))
# region, approach, adults, ages of the children at T0, waves
FAMILIES = (
    ("Groningen", "Multifocus", 2, (4, 9), "T0 T1 T2"),
    ("Groningen", "Multifocus", 1, (6,), "T0 T1 T2"),
    ("Groningen", "Multifocus", 2, (11, 14), "T0 T1 T2"),
    ("Groningen", "", 1, (3, 8), "T0 T1 T2"),
    ("Den Haag", "Veilig Verder", 2, (10,), "T0 T1 T2"),
    ("Den Haag", "Veilig Verder", 1, (5, 12), "T0 T1"),
    ("Twente", "", 2, (7,), "T0 T1 T2"),
    ("Twente", "", 2, (1, 9), "T0 T1 T2"),
    ("Utrecht", "", 1, (13,), "T0 T1 T2"),
    ("Amsterdam", "", 2, (2, 10), "T0 T1 T2"),
    ("Kennemerland", "", 1, (15,), "T0 T2"),
    ("Rotterdam", "", 2, (4, 8), "T0 T1 T2"),
)
HOMES = 3 * FAMILIES  # enough people to compare waves
REMARKS = ("", "Het hielp; wij praten weer.", 'Zij zei: "kom terug",\nmaar dat was te laat.', "Eén half jaar wachten")


# --- the cohort


def make_exports(codebooks: Mapping[str, Mapping]) -> dict[str, pd.DataFrame]:
    """The ten tables as the demonstration cohort has them: ids and text are text, codes floats, dates datetimes."""
    homes = [_home(number, *home) for number, home in enumerate(HOMES, start=1)]
    columns = [home["columns"] for home in homes]
    tables = {"huishoudens": pd.DataFrame(columns)[list(columns_of(codebooks["huishoudens"]))]}
    for export in EXPORTS[1:]:
        wave, table = export.split("_")
        people = [person for home in homes if wave in home["waves"] for person in _people(home, table)]
        tables[export] = _table(people, codebooks[table], wave)
    return tables


def _draws(*key) -> np.random.Generator:
    """Draws that hang on the key alone, so that a question is as hard, and a person as he is, in every wave."""
    return np.random.default_rng(zlib.crc32(repr(key).encode()))


@functools.cache
def _level(*key) -> float:
    """Of a question from -1 to 1, of anything else standard normal."""
    return _draws(*key).uniform(-1, 1) if key[0] == "question" else _draws(*key).standard_normal()


def _home(number: int, region: str, approach: str, adults: int, ages: tuple, waves: str) -> dict:
    household, rng = f"DEMO-H{number:02d}", _draws("home", number)
    reported = pd.Timestamp(2016, 2, 1) + pd.Timedelta(days=9 * number)
    first = reported + pd.Timedelta(days=int(rng.integers(14, 60)))
    days = {"T0": first, "T1": first + pd.Timedelta(days=365), "T2": first + pd.Timedelta(days=548)}

    def person(kind, place, age, sex):
        birth = first - pd.Timedelta(days=int(age * 365.25 + rng.integers(20, 340)))
        return {"id": f"{household}-{kind}{place}", "birth": birth, "sex": sex, "days": days, "household": household}

    return {
        "waves": waves.split(),
        "columns": {
            "huishouden_id": household,
            "regio": region,
            "aanpak": approach,
            "thv": float(number % 2),
            "melddatum": reported,
        },
        "adults": [person("V", n, 27 + 2 * ((number - 1) % len(FAMILIES)) + n, 3.0 - n) for n in range(1, adults + 1)],
        "children": [person("K", n, age, float(rng.integers(1, 3))) for n, age in enumerate(ages, start=1)],
    }


def _people(home: Mapping, table: str) -> list[dict]:
    """Who has a row in a table, and as whom."""
    adults = [{**one, "respondent_id": one["id"]} for one in home["adults"]]
    children = [{**one, "kind_id": one["id"]} for one in home["children"]]
    if table == "volwassenen":
        return adults
    if table == "kinderen":
        return [{**child, "respondent_id": adult["id"], "id": adult["id"] + child["id"]}
                for adult in adults for child in children]  # fmt: skip
    return [child for child in children if _age(child, "T0") >= 8]


def _age(person: Mapping, wave: str) -> int:
    day, birth = person["days"][wave], person["birth"]
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _table(people: list[dict], codebook: Mapping, wave: str) -> pd.DataFrame:
    table, columns = codebook["table"], columns_of(codebook, wave)
    child = "kind_" if table == "kinderen" else ""
    said = {
        "huishouden_id": [one["household"] for one in people],
        "respondent_id": [one.get("respondent_id") for one in people],
        "kind_id": [one.get("kind_id") for one in people],
        "afnamedatum": [one["days"][wave] for one in people],
        f"{child}geslacht": [one["sex"] for one in people],
        f"{child}leeftijd": [float(_age(one, wave)) for one in people],
    }
    for column in columns.values():
        if column.name not in said:
            said[column.name] = [_answer(one, column, wave, table) for one in people]
    frame = pd.DataFrame({name: said[name] for name in columns})
    for kind in codebook.get("help_kinds", ()):
        if f"hulp_{kind}_nut" in frame:
            frame.loc[frame[f"hulp_{kind}_ontvangen"] == 0, f"hulp_{kind}_nut"] = 98.0
    return frame


def _answer(one: Mapping, column, wave: str, table: str):
    """A person's answer: the question's mean, the person's own level, and what differs from wave to wave."""
    rng = _draws("answer", column.name, one["id"], wave, table)
    if column.kind == "free_text":
        return REMARKS[rng.integers(len(REMARKS))]
    if column.ages and not column.ages[0] <= _age(one, wave) <= column.ages[1]:
        return float("nan")
    stable = column.questionnaire == "Achtergrond"
    if column.kind == "code" and not stable and rng.random() < 0.03:
        return float(rng.choice([99, -9, 98, np.nan]))
    low, high = (min(column.values), max(column.values)) if column.values else (column.low, column.high)
    level = 0.9 * _level("question", column.name) if column.kind == "code" and high - low > 1 else 0
    level += 0.7 * _level("person", column.name if stable else column.questionnaire, one["id"])
    level += 0 if stable else 0.7 * rng.standard_normal()
    share = 1 / (1 + np.exp(-1.7 * level))
    step = 0.5 if column.name == "uren_werk" else 1.0
    return float(low + step * np.floor(share * (high - low + 1) / step).clip(0, (high - low) / step))


# --- the formats


def cells_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as the text that a .csv holds."""

    def text(column):
        if column.dtype.kind == "M":
            return column.dt.strftime("%Y-%m-%d").fillna("")
        if column.dtype.kind == "f":
            return column.map(lambda value: "" if value != value else f"{value:g}")
        return column.astype(object).where(column.notna(), "")

    return frame.apply(text).astype(object)


def csv_of(cells: pd.DataFrame, sep: str = ",") -> str:
    return cells.to_csv(index=False, sep=sep, lineterminator="\n")


def rows_of(frame: pd.DataFrame) -> list[list]:
    """Header and rows of a workbook: numbers, text, days and None."""
    days = {name: frame[name].dt.date for name in frame if frame[name].dtype.kind == "M"}
    rows = frame.assign(**days).astype(object)
    return [list(frame.columns), *rows.where(frame.notna() & (rows != ""), None).to_numpy().tolist()]


def write_export(frame: pd.DataFrame, path: Path, codebooks: Mapping[str, Mapping]) -> None:
    """A table in the format of the path's suffix."""
    wave, _, table = path.stem.rpartition("_")
    if path.suffix == ".sav":
        write_sav(frame, path, codebooks[table], wave or None)
    elif path.suffix == ".xlsx":
        write_xlsx(path, rows_of(frame))
    else:
        path.write_text(csv_of(cells_of(frame)), encoding="utf-8", newline="")


# --- the gate


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a folder, a sentence each. Warnings stand on the page of data quality."""

    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)


class Gate:
    """The checks of the rule check_exports, in their order.

    An export with the same bytes under the same rules is taken in once; only what a test changed is read anew.
    """

    def __init__(self, codebooks: Mapping[str, Mapping]):
        self._codebooks = codebooks
        self._taken_in = {}
        self._settings = load(CONFIG, ROOT)

    def __call__(self, folder: Path) -> Verdict:
        """Exports in `folder`, with corrections.csv, recodes.csv and variables.csv beside them if need be."""
        try:
            settings = self._settings_of(folder)
            check_folder(folder, EXPORTS)
        except InputError as error:
            return Verdict([str(problem).replace(f"{folder}/", "") for problem in error.problems])
        problems, warnings, unmapped, tables, labels, ids = [], [], [], {}, {}, {}
        for export in EXPORTS:
            try:
                tables[export], facts, ids[export] = self._take_in(folder, export, settings)
            except InputError as error:
                problems += error.problems
                continue
            warnings += facts["warnings"]
            labels[export] = facts["labels"]
            unmapped += [f"{facts['file']}: {name}" for name in facts["unmapped_columns"]]
        if not problems:
            columns = {export: columns_of_export(self._codebooks[table_of(export)], export) for export in tables}
            try:
                linked = link(ids)
                for export, spellings in linked.spellings.items():
                    tables[export], *_ = self._take_in(folder, export, settings, spellings)
                    warnings += linked.warnings[export]
                warnings += check_cohort(tables, WAVES, labels) + odd_waves(tables, columns, WAVES)
            except InputError as error:
                problems = error.problems
        shown = [
            f"{one['file']}, {one['kind']}, column {one['column']}: {one['about']} ({one['count']})" for one in warnings
        ]
        return Verdict([for_screen(problem) for problem in problems], shown, unmapped)

    def _settings_of(self, folder: Path):
        changed = {}
        if any((folder / name).exists() for name in LISTS.values()):
            changed["raw_dir"] = str(folder)
        if (folder / "variables.csv").exists():
            changed["variables_file"] = str(folder / "variables.csv")
        return load(CONFIG | changed, ROOT) if changed else self._settings

    def _take_in(self, folder: Path, export: str, settings, spellings=None):
        path, codebook = find_export(folder, export), self._codebooks[table_of(export)]
        rules = {
            "sha256": sha256(path),
            "corrections_sha256": settings.corrections_digest(export),
            "recodes_sha256": settings.recodes_digest(export),
            "variables": settings.variables_of(export),
            "missing_codes": CONFIG["missing_codes"],
            "regions": CONFIG["regions"],
            "approaches": settings.approaches(),
            "demonstration_id_prefix": CONFIG["demonstration_id_prefix"],
        }
        name = json.dumps([path.name, rules, spellings])
        if name not in self._taken_in:
            ingested = take_in(path, export, codebook, {**rules, **settings.lists}, spellings)
            facts = manifest(ingested, export, codebook, path.name, rules)
            self._taken_in[name] = (pseudonymised(ingested, b"k" * 32, seed=1), facts, ids_of(ingested))
        return self._taken_in[name]
