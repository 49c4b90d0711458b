"""An estimate as the columns of a result table."""

from typing import Any

from effectstudie.methods.estimate import Estimate


def estimate_columns(estimate: Estimate) -> dict[str, Any]:
    """The columns result_tables.effect.TESTED."""
    return {
        "value": estimate.value, "se": estimate.se, "df": estimate.df, "p": estimate.p,
        "ci_low": estimate.ci95[0], "ci_high": estimate.ci95[1], "note": estimate.note, "reason": estimate.reason,
    }  # fmt: skip
