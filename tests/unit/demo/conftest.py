"""The invented cohort, made once for all tests that look at it."""

import pytest
import yaml
from given.paths import ROOT

from effectstudie.definitions.export_columns import REPORTING
from effectstudie.demo.cohort import make_cohort


def read(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def codebooks():
    return {name: read(f"resources/exports/{name}.yaml") for name in ("huishoudens", *REPORTING)}


@pytest.fixture(scope="session")
def definition():
    return read("resources/demo/cohort.yaml") | {"size": 0.2}


@pytest.fixture(scope="session")
def cohort(definition, codebooks):
    return make_cohort(definition, codebooks, seed=1)
