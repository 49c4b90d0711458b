"""What is said of a score agrees with how it is computed."""

import numpy as np
import pandas as pd
import pytest
from given.derived_table import INSTRUMENTS

from effectstudie.definitions.instruments import form_columns
from effectstudie.derived.score import scores_of
from effectstudie.scoring.instrument import score_instrument


@pytest.mark.parametrize("stem", ["cts2", "ctspc", "auditc_own", "kidscreen", "simspr", "tsi", "tscyc"])
def test_no_score_of_random_answers_lies_outside_its_range(stem):
    """Some answers missing, two informants, children from one year on."""
    definition, rng, n = INSTRUMENTS[stem], np.random.default_rng(7), 60
    low, high = definition["answers"]
    tables = {}
    for form, spec in definition["forms"].items():
        names = list(form_columns(spec).values())
        frame = pd.DataFrame(rng.integers(low, high + 1, (2 * n, len(names))).astype(float), columns=names)
        frame = frame.mask(rng.random(frame.shape) < 0.03)
        pairs = [f"{i:02d}" for i in range(n) for _ in range(2)]
        frame["household"], frame["respondent"], frame["child"] = pairs, [f"r{i}" for i in range(2 * n)], pairs
        for key, below in (("age", 18), ("sex", 3)):
            if key in spec:
                frame[spec[key]] = np.repeat(rng.integers(1, below, n), 2).astype(float)
        tables[form, "T0"] = frame if spec["table"] != "jeugd" else frame[::2].reset_index(drop=True)
    scores = pd.concat(score_instrument(definition, tables))
    seen = 0
    for one in scores_of(stem, definition):
        values = scores.loc[scores["unit"] == one.unit, one.name.removeprefix(f"{stem}.")].dropna()
        if one.range() is None or "range" in one.spec:
            continue
        # where answers that are missing add nothing, a sum may lie under its lowest
        assert values.max() <= one.range()[1] + 1e-9 or values.empty, one.name
        assert values.min() >= one.range()[0] - 1e-9 or values.empty, one.name
        seen += len(values)
    assert seen > 100
