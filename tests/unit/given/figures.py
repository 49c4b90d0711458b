"""What figures are drawn of."""

import pandas as pd

LABELS = {
    "groups": {"approach": "Multifocus", "control": "Controlegroep"},
    "waves": {"T0": "T0", "follow_up": "T2"},
    "samples": {"all": "vóór", "matched": "na"},
    "covariates": {"thv": "huisverbod"},
    "smd": "verschil",
    "not_shown": "niet getoond",
}
NAN = float("nan")
BALANCE = pd.DataFrame(
    [
        ("thv", "", "all", -0.6),
        ("thv", "", "matched", 0.1),
        ("area", "stad", "all", NAN),
        ("area", "stad", "matched", 0.3),
    ],
    columns=["covariate", "level", "sample", "smd"],
)
