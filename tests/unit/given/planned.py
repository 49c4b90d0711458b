"""A cohort at T0 to plan a study with: families of one or two adults, with or without a follow-up."""

import numpy as np
import pandas as pd
from given.paths import ROOT

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.shared.words import read_words

WORDS = read_words(ROOT / "resources/pages/power/power.nl.yaml", ROOT / "resources/pages/report/labels.nl.yaml")
OF_ALL = {"variable": "x", "section": "wellbeing", "decimals": 1}
OUTCOMES = outcomes_from({
    "safety": {**OF_ALL, "unit": "adult", "kind": "mean", "label": "gevoel van veiligheid",
               "measure": "rapportcijfer (1-10)", "margin": 0.5},
    "trauma": {**OF_ALL, "unit": "adult", "kind": "percentage", "label": "aandeel met klachten", "measure": "%",
               "decimals": 0, "margin": 10},
    "total_violence": {**OF_ALL, "unit": "household", "kind": "mean", "label": "totale geweld",
                       "measure": "incidenten per jaar", "decimals": 0},
})  # fmt: skip
STUDY = {
    "study": "twente", "title": "Uitkomsten van Samen", "region_label": "Twente", "approach": {"label": "Samen"},
}  # fmt: skip
COLUMNS = ["unit", "unit_id", "household", "role", "outcome", "wave", "value"]


def rows(unit, outcome, wave, values):
    """`values`: (unit_id, household, role, value)."""
    return [(unit, one, home, role, outcome, wave, value) for one, home, role, value in values]


def cohort(approach=40, pool=160, follow_up=0.75, seed=5):
    """The table of selection.select_to_plan; every second household has two adults. Most of it has a follow-up."""
    rng, made, one = np.random.default_rng(seed), [], 0
    for home in range(approach + pool):
        role = "approach" if home < approach else "pool"
        stays, mark = rng.random() < follow_up, rng.normal(6, 1)
        made += rows("household", "participation", "T0", [(home, home, role, 1.0)])
        violence = float(rng.poisson(30))
        made += rows("household", "total_violence", "T0", [(home, home, role, violence)])
        if stays:
            made += rows("household", "total_violence", "follow_up", [(home, home, role, float(rng.poisson(violence)))])
        for _ in range(1 + home % 2):
            one += 1
            at_start = round(mark + rng.normal(0, 1), 0)
            trauma = 100.0 * (rng.random() < 0.3)
            made += rows("adult", "safety", "T0", [(one, home, role, at_start)])
            made += rows("adult", "trauma", "T0", [(one, home, role, trauma)])
            if stays:
                later = round(0.5 * at_start + 3 + rng.normal(0, 1), 0)
                made += rows("adult", "safety", "follow_up", [(one, home, role, later)])
                again = 100.0 * (rng.random() < 0.1 + trauma / 200)
                made += rows("adult", "trauma", "follow_up", [(one, home, role, again)])
    return pd.DataFrame(made, columns=COLUMNS)
