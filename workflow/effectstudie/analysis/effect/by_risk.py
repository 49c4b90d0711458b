"""Does risk at the start go with the outcome, and with what the approach does? With households as clusters.

Beside the published analysis of variance (moderation), which takes persons of a household as independent.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.order import in_order
from effectstudie.analysis.effect.rows import estimate_columns
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.effect import BY_RISK, OF_RISK
from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.estimate import Estimate
from effectstudie.selection.measurements import RISK_STATUS
from effectstudie.shared.vocabulary import WAVES


def by_risk(
    pairs: Mapping[str, pd.DataFrame],
    statuses: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    own_factors: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """What households at risk have more of than others (BY_RISK), of both groups together and apart.

    `what`: the outcome at T0 (level_t0) and its change, at risk - not, within groups: least squares with the group
    beside it; and how much larger the difference in change is at risk (approach - control, at risk - not).

    `statuses`: household, outcome (risk_status, or risk_status.<factor> for the count without that factor) and value
    (100: they accumulate). `own_factors`: by outcome the risk factors that are made from its own answers: the count is
    then taken without it, because a household that has the factor at T0 can only lose it. With more than one such
    factor (the count itself) there is no index left. Unweighted, of the units with both measurements.
    """
    rows = []
    risk = {name: of.set_index("household")["value"] == 100 for name, of in statuses.groupby("outcome", observed=True)}
    for name, outcome in outcomes.items():
        own = own_factors.get(name, ())
        index = RISK_STATUS if not own else f"{RISK_STATUS}.{own[0]}"
        where = {"outcome": name, "unit": outcome.unit, "without_factor": own[0] if len(own) == 1 else ""}
        if len(own) > 1:
            circular = Estimate(note="the index is made of the outcome itself", reason="input")
            made = dict.fromkeys(OF_RISK, (circular, 0))
        else:
            made = _estimates(pairs[name], risk.get(index, pd.Series(dtype=bool)), outcome.kind == "percentage")
        for what, (estimate, fewest) in made.items():
            counts = {"n": estimate.n, "n_smallest": fewest, "households": estimate.clusters}
            rows.append({**where, "what": what, **counts, **estimate_columns(estimate)})
    return BY_RISK.typed(rows)


def _estimates(table: pd.DataFrame, risk: pd.Series, percentage: bool) -> dict[str, tuple[Estimate, int]]:
    """By question the estimate, and how many units the smallest of its cells has.

    These are the four of group and risk for the difference between groups, else the two of risk; of a percentage those
    who say yes and no, or who change and do not, apart.
    """
    known = table.assign(risk=table["household"].map(risk)).dropna(subset=["risk", *WAVES])
    known = in_order(known, [*WAVES, "group", "risk"])
    group = (known["group"] == "approach").to_numpy().astype(float)
    at_risk = known["risk"].to_numpy(dtype=float)
    cells = [int(((group == g) & (at_risk == r)).sum()) for g in (0, 1) for r in (0, 1)]
    start = known["T0"].to_numpy(dtype=float)
    change = known["follow_up"].to_numpy(dtype=float) - start
    if min(cells) == 0:
        note = "a combination of group and risk status has nobody"
        empty = Estimate(n=len(known), clusters=known["household"].nunique(), note=note, reason="pairs")
        return dict.fromkeys(OF_RISK, (empty, 0))
    design, household = np.column_stack([np.ones(len(known)), group, at_risk]), known["household"].to_numpy()
    apart = np.column_stack([design, group * at_risk])
    main = [(cr2(y, design, household, 2), _fewest(y, at_risk, percentage)) for y in (start, change)]
    return dict(zip(OF_RISK, [*main, (cr2(change, apart, household, 3), min(cells))], strict=True))


def _fewest(values: np.ndarray, at_risk: np.ndarray, percentage: bool) -> int:
    sides = [values[at_risk == r] for r in (0, 1)]
    return min(min(np.sum(of != 0), np.sum(of == 0)) if percentage else len(of) for of in sides)
