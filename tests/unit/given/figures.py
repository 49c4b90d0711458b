"""What figures are drawn of."""

import pandas as pd

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
