"""Table of the balance of one matching strategy."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.report.values import difference_text
from effectstudie.shared import formats


def balance(frame: pd.DataFrame, covariate_labels: Mapping[str, str]) -> pd.DataFrame:
    """Standardised differences before and after matching. `frame`: capped (`Shown.balance`)."""
    rows = []
    levels = frame["level"].fillna("").astype(str)
    for covariate, level in dict.fromkeys(zip(frame["covariate"], levels, strict=True)):
        own = frame[(frame["covariate"] == covariate) & (levels == level)].set_index("sample")
        label = formats.capital(covariate_labels.get(covariate, covariate))
        ratio = own["variance_ratio"].get("matched", float("nan"))
        before, after = (own["smd"].get(sample) for sample in ("all", "matched"))
        rows.append(
            {
                "Kenmerk": f"{label}: {level}" if level else label,
                "Verschil vóór matching": difference_text(before),
                "Verschil na matching": difference_text(after),
                "Variantieverhouding na matching": formats.ABSENT if pd.isna(ratio) else formats.number(ratio, 2),
            }
        )
    return pd.DataFrame(rows)
