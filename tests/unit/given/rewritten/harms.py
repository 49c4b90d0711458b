"""All that may spoil a good cohort, one thing a time."""

import random
from pathlib import Path

from given.rewritten import harms_of_cells, harms_of_files, harms_of_ids, harms_of_tables
from given.rewritten.cohorts import Cohort
from given.rewritten.spoiled import Spoiled
from given.rewritten.writings import Written

PARTS = (harms_of_cells, harms_of_ids, harms_of_tables, harms_of_files)
HARMS = {name: change for part in PARTS for name, change in part.harm.items()}


def spoil(name: str, cohort: Cohort, plain: Path, folder: Path, rng: random.Random) -> Written:
    """Write a cohort of which one thing is spoiled; `plain`: the folder where it was written plainly."""
    spoiled = Spoiled(cohort, plain, folder, rng)
    HARMS[name](spoiled)
    return spoiled.finish()
