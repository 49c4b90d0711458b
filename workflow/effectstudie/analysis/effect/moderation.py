"""Whether the risk status of the household at T0 changes what the approach does (research question 3).

Of each outcome the change from T0 to follow-up, by group and risk status: two-way analysis of variance with type III
sums of squares (effect coding). Its interaction is the three-way interaction group x risk x measurement of the
repeated measures, its main effect of risk the interaction risk x measurement.
"""

from collections.abc import Mapping
from math import nan

import pandas as pd

from effectstudie.analysis.pairs import wide
from effectstudie.definitions.outcomes import Outcome, compared_over_time
from effectstudie.definitions.result_tables.analysis import MODERATION, MODERATION_CELLS
from effectstudie.methods.two_way import two_way
from effectstudie.selection.measurements import RISK_STATUS
from effectstudie.shared.vocabulary import COMPARED, WAVES

EFFECTS = ("group", "risk", "group_x_risk")


def moderation(
    changes: pd.DataFrame, risk: pd.Series, outcomes: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tests (MODERATION) and mean changes of the four cells (MODERATION_CELLS) of each outcome.

    `changes`: outcome, household, group (approach, control) and change, one row per unit with both measurements;
    `risk`: True or False per household, unknown ones left out; `outcomes`: id -> unit, in order.
    """
    tests, cells = [], []
    known = changes.assign(risk=changes["household"].map(risk)).dropna(subset=["risk"])
    for outcome, unit in outcomes.items():
        # by all that counts, so that rows of another order, or other pseudonyms, give the same last digit
        mine = known[known["outcome"] == outcome].sort_values(["change", "group", "risk"])
        y = mine["change"].to_numpy(dtype=float)
        group = (mine["group"] == "approach").to_numpy()
        at_risk = mine["risk"].to_numpy(dtype=bool)
        for name, of_group in zip(COMPARED, (group, ~group), strict=True):
            for status in (True, False):
                values = y[of_group & (at_risk == status)]
                spread = float(values.std(ddof=1)) if len(values) > 1 else nan
                mean = float(values.mean()) if len(values) else nan
                cells.append([outcome, unit, name, status, len(values), mean, spread])
        for effect, test in zip(EFFECTS, two_way(y, group, at_risk), strict=True):
            figures = [test.f, test.df1, test.df2, test.p, test.partial_eta_squared, *test.ci90]
            tests.append([outcome, unit, effect, *figures, len(y), test.note])
    return MODERATION.frame(tests), MODERATION_CELLS.frame(cells)


def moderation_of(
    table: pd.DataFrame, matched: pd.DataFrame, outcomes: Mapping[str, Outcome]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tests and cells for the outcomes of a study that are means or percentages at both waves.

    `table`: the long table of the analysis; its outcome `risk_status` is the household's at T0. `matched`: matching's.
    """
    units = {name: outcome.unit for name, outcome in compared_over_time(outcomes).items()}
    risk = table[table["outcome"] == RISK_STATUS].set_index("household")["value"] == 100
    pairs = [wide(table, matched, name, unit).assign(outcome=name) for name, unit in units.items()]
    if not pairs:
        return moderation(pd.DataFrame(columns=["outcome", "household", "group", "change"]), risk, {})
    known = pd.concat(pairs).dropna(subset=list(WAVES))
    return moderation(known.assign(change=known["follow_up"] - known["T0"]), risk, units)
