"""Every instrument against a second implementation in R (scoring/score.R), on random answers with missing codes."""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from effectstudie.definitions.instruments import columns_of_form, definition_paths
from effectstudie.scoring.instrument import score_instrument
from effectstudie.scoring.score_tables import long_form
from effectstudie.shared.yaml_files import read_yaml

HERE = Path(__file__).parent / "scoring"
INSTRUMENTS = Path(__file__).parents[2] / "resources" / "instruments"
FILES = {"volwassenen": ("adults", "respondent"), "kinderen": ("children", "child"), "jeugd": ("youth", "child")}
NAMES = sorted(set(definition_paths(INSTRUMENTS)) - {"background"})


@cache
def expected() -> pd.DataFrame:
    return pd.read_csv(HERE / "expected.csv")


def answers(table: str, columns: list[str]) -> pd.DataFrame:
    """The random answers in the shape of an ingested table; persons of the three files are apart."""
    file, key = FILES[table]
    frame = pd.read_csv(HERE / f"{file}.csv")
    keys = {"household": frame[key], "respondent": frame[key], "child": frame[key]}
    rest = {name: frame.get(name, np.nan) for name in columns}
    return pd.DataFrame({**keys, **rest})


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_the_second_implementation(name):
    definition = read_yaml(INSTRUMENTS / f"{name}.yaml")
    tables = {(form, "T1"): answers(spec["table"], columns_of_form(spec)) for form, spec in definition["forms"].items()}
    found = long_form(pd.concat(score_instrument(definition, tables)), name)
    found = found[found["unit"] != "household"].rename(columns={"unit_id": "id"}).set_index(["id", "score"])
    want = expected()[expected()["score"].str.startswith(f"{name}.")].set_index(["id", "score"])
    assert len(want)
    both = want.join(found[["value", "status"]].add_suffix("_found"))
    assert both["status_found"].notna().all()
    # a side of the violence has the status of its scale here; the second implementation looks at its own cells
    side = both.index.get_level_values("score").str.endswith((".own", ".partner"))
    assert ((both["status"] == "ok") == (both["status_found"] == "ok")).all()
    both = both[~side | (both["status"] == "ok")]
    assert (both["status"] == both["status_found"]).all(), both[both["status"] != both["status_found"]].head()
    np.testing.assert_allclose(both["value_found"], both["value"], rtol=1e-10, atol=0)


def test_the_oracle_meets_every_status_of_every_score():
    seen = expected().groupby("score")["status"].nunique()
    assert (seen == 3).all()
