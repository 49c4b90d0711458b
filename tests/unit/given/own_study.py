"""A study of few families, as stages read its tables, for who works on with its data."""

import pandas as pd
from given.paths import ROOT
from given.person_files import number

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.own_analysis.variables import Layout
from effectstudie.shared.words import read_words

WORDS = read_words(ROOT / "resources/pages/own_analysis/texts.nl.yaml")
TEMPLATE = ROOT / "resources/pages/own_analysis/leesmij.txt.j2"
CLASSES = {1: {"id": "man", "label": "man"}, 2: {"id": "woman", "label": "vrouw"}}
OF_ALL = {"unit": "adult", "section": "wellbeing", "label": "x", "measure": "%"}
OUTCOMES = outcomes_from({
    "sex": {**OF_ALL, "kind": "class", "classes": CLASSES, "section": "background", "measured": "T0"},
    "safety": {**OF_ALL, "kind": "mean", "label": "gevoel van veiligheid", "measure": "rapportcijfer (1-10)"},
    "trauma": {**OF_ALL, "kind": "percentage", "label": "aandeel met klachten"},
    "mark": {**OF_ALL, "kind": "mean", "measured": "follow_up"},
    "violence": {**OF_ALL, "unit": "household", "kind": "class", "better": "lower", "classes": CLASSES},
    "tsi__AA": {**OF_ALL, "kind": "mean", "section": "appendix"},
})  # fmt: skip
WAVES = ("T0", "T1", "T2")
GROUPS = {"approach": "Samen", "control": "Controle", "rest": "Overig", "none": "Samen, niet gematcht"}


def layout(**changed):
    kept = {"unit": "adult", "waves": WAVES, "outcomes": OUTCOMES, "covariates": {"x": "Kenmerk x"}}
    return Layout(**{**kept, "filled": ["x", "x_missing"], "groups": GROUPS, **changed})


def persons(table, *categories):
    """As persons.read_persons gives a table: numbers for ids, categories for names that recur."""
    ids = {name: table[name].map(number).astype("uint64") for name in ("household", "unit_id") if name in table}
    return table.assign(**ids).astype(dict.fromkeys(categories, "category"))


def long(rows):
    """The table of analysis: (unit_id, household, role, outcome, wave, measured_at, value)."""
    columns = ["unit_id", "household", "role", "outcome", "wave", "measured_at", "value"]
    return persons(pd.DataFrame(rows, columns=columns), "role", "outcome", "wave", "measured_at")


def at_each_wave(rows):
    """The table of waves: (unit_id, household, role, outcome, wave, value)."""
    columns = ["unit_id", "household", "role", "outcome", "wave", "value"]
    return persons(pd.DataFrame(rows, columns=columns), "role", "outcome", "wave")
