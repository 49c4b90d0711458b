"""All that the rows of the codebook are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.export_columns import REPORTING
from effectstudie.derived.score import Score, scores_of


@dataclass(frozen=True)
class Sources:
    """What people wrote down of a cohort.

    `instruments` and `norms` (norm_tables.norm_file) are by the stems of the definition files; `classification` has the
    files violence, variables and risk_factors; `thresholds` gives the risk_threshold of each study; `words` is
    resources/pages/derived/codebook.nl.yaml.
    """

    instruments: Mapping[str, Mapping[str, Any]]
    classification: Mapping[str, Mapping[str, Any]]
    norms: Mapping[str, Mapping[str, Any]]
    waves: Sequence[str]
    thresholds: Mapping[str, int]
    words: Mapping[str, Any]
    tables: Sequence[str] = REPORTING

    @property
    def cohort(self) -> Cohort:
        return Cohort(self.waves, self.tables)

    @cached_property
    def scores(self) -> dict[tuple[str, str], Score]:
        """Every score by its name and unit."""
        made = [score for stem, definition in self.instruments.items() for score in scores_of(stem, definition)]
        return {(score.name, score.unit): score for score in made}
