"""The measurements and the tables that a cohort has, and what is left of definitions that know of more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from effectstudie.definitions.export_columns import OF_CHILDREN, REPORTING, YOUTH, export_names
from effectstudie.definitions.instruments import forms_of, scale_cells
from effectstudie.shared.vocabulary import UNITS, WAVES
from effectstudie.shared.words import CONDITIONS

# In a definition the measurements after the start, however many a cohort has.
LATER = WAVES[1]


@dataclass(frozen=True)
class Cohort:
    """`waves`: in order of time, the start first; `tables`: in which persons report."""

    waves: Sequence[str]
    tables: Sequence[str] = REPORTING

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> "Cohort":
        """As config/config.yaml says; without the key `tables` a cohort has all."""
        asked = config.get("tables", REPORTING)
        return cls(list(config["waves"]), [table for table in REPORTING if table in asked])

    @property
    def exports(self) -> list[str]:
        """Stems of the raw exports."""
        return export_names(self.waves, self.tables)

    def named(self, config: Mapping[str, Any]) -> list[str]:
        """The measurements that studies and questionnaires may name: also those that another cohort has."""
        return sorted({*self.waves, *config.get("wave_times", {})})

    @property
    def has_children(self) -> bool:
        return any(table in self.tables for table in OF_CHILDREN)

    @property
    def units(self) -> list[str]:
        """Whom the cohort has anything of."""
        absent = {"child": not self.has_children, "youth": YOUTH not in self.tables}
        return [unit for unit in UNITS if not absent.get(unit)]

    @property
    def conditions(self) -> set[str]:
        """Of what the parts of a text may depend on (shared/words.py), what holds for this cohort."""
        parents, youth = (table in self.tables for table in OF_CHILDREN)
        holds = {"parents": parents, "youth": youth, "children": parents or youth, "both": parents and youth}
        return {name for name in CONDITIONS if holds[name]}

    def waves_of(self, asked: str | Sequence[str] | None) -> list[str]:
        """The measurements of this cohort among those of a definition's key `waves`; None: it has no such key."""
        if asked is None or asked == LATER:
            return list(self.waves[1 if asked else 0 :])
        return [wave for wave in self.waves if wave in asked]

    def instrument(self, definition: Mapping[str, Any]) -> dict[str, Any] | None:
        """What is left of an instrument where tables or measurements are absent; None where that is nothing."""
        forms = {name: form for name, form in definition["forms"].items() if form["table"] in self.tables}
        waves = self.waves_of(definition.get("waves"))
        if not forms or not waves:
            return None
        left = {**definition, "forms": forms, **({"waves": waves} if "waves" in definition else {})}
        if len(forms) == len(definition["forms"]):
            return left
        left["units"] = {
            unit: _among(spec, forms) for unit, spec in definition["units"].items() if forms_of(left, spec)
        }
        scales = {name: _among(scale, forms) for name, scale in definition["scales"].items()}
        of_items = {name for name, scale in scales.items() if "total_of" not in scale and _asked(left, scale)}
        totals = {name: {**scale, "total_of": [part for part in scale["total_of"] if part in of_items]}
                  for name, scale in scales.items() if of_items & set(scale.get("total_of", []))}  # fmt: skip
        left["scales"] = {name: totals.get(name, scales[name]) for name in scales if name in of_items | totals.keys()}
        for key in ("norm_scales", "reported"):
            named = [name for name in definition.get(key, []) if name in left["scales"]]
            left = {name: value for name, value in left.items() if name != key} | ({key: named} if named else {})
        return left

    def instruments(self, definitions: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Those of which anything is left."""
        found = {stem: self.instrument(definition) for stem, definition in definitions.items()}
        return {stem: definition for stem, definition in found.items() if definition}


def _among(spec: Mapping[str, Any], forms: Iterable[str]) -> dict[str, Any]:
    """A unit or a scale with those of its forms that there are."""
    return {**spec, "forms": [form for form in spec["forms"] if form in forms]} if "forms" in spec else dict(spec)


def _asked(definition: Mapping[str, Any], scale: Mapping[str, Any]) -> bool:
    return bool(scale_cells(definition, scale, forms_of(definition, {}, scale)))
