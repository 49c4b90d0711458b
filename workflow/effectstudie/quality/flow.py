"""Households from the export to the follow-up, and why some were left out on the way."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.disclosure.quality import ROLES
from effectstudie.shared.vocabulary import COMPARED


def flow_steps(
    roles: pd.Series, candidates: pd.DataFrame, matched: pd.DataFrame, followed: Sequence[str], reasons: Mapping
) -> pd.DataFrame:
    """Households at each step: columns step, kind (`stage` or `reason`), approach and control.

    `roles`: role by household, of the whole cohort; `candidates`: household and role of those asked at T0; `matched`:
    household and group; `followed`: households with a follow-up; `reasons`: `unmatched_approach` and `pool_set_aside`
    of the matching's summary, reason → number.
    """
    groups = matched.set_index("household")["group"]
    asked = candidates["role"].value_counts()
    stages = [("export", "stage", *(int((roles == role).sum()) for role in ROLES[:2]))]
    stages.append(("asked", "stage", *(int(asked.get(role, 0)) for role in ROLES[:2])))
    stages += [
        (reason, "reason", int(number), int(reasons["pool_set_aside"].get(reason, 0)))
        for reason, number in reasons["unmatched_approach"].items()
        if number or reasons["pool_set_aside"].get(reason, 0)
    ]
    stages.append(("matched", "stage", *(int((groups == group).sum()) for group in COMPARED)))
    later = groups[groups.index.isin(followed)]
    stages.append(("followed", "stage", *(int((later == group).sum()) for group in COMPARED)))
    return pd.DataFrame(stages, columns=["step", "kind", *COMPARED])
