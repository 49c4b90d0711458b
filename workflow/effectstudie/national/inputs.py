"""All that the page of a set is made from, and what each study's own public report says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.regions.shown import ShownRegions
from effectstudie.shared import formats


@dataclass(frozen=True)
class Study:
    """A study as its own report tells of it: texts, printed there. `region`: of the cohort; `name`: on this page."""

    id: str
    region: str
    name: str
    approach: str
    households: str
    balance: str
    loss: str
    rating: str
    n_approach: str
    n_controls: str
    unmatched: str

    @property
    def href(self) -> str:
        """Its report, seen from the page of the set."""
        return f"../../{self.id}/report/{self.id}.html"


@dataclass(frozen=True, kw_only=True, eq=False)
class NationalInputs:
    """`set`: config/sets/<set>.yaml; `studies`: by id, in the order of the set: config/studies/<study>.yaml; `records`:
    by id: render.json of its public report; `outcomes`: those of the studies, in the order of the page; `shown`: what
    may be shown; `regions`: of config/config.yaml; `grid`: resources/pages/national/grid.yaml; `rating`:
    config/rating.yaml; `words`: of the page, with the labels, sentences and effect of the report; `house`:
    config/house_style.yaml; `covariates`: resources/classification/covariates.yaml.
    """

    set: Mapping[str, Any]
    studies: Mapping[str, Mapping[str, Any]]
    records: Mapping[str, Mapping[str, Any]]
    outcomes: Mapping[str, Outcome]
    shown: ShownRegions
    regions: Sequence[str]
    grid: Mapping[str, Any]
    rating: Mapping[str, Any]
    words: Mapping[str, Any]
    house: Mapping[str, Any]
    covariates: Mapping[str, Mapping[str, Any]]
    final: bool = False
    zeros: bool = False

    @property
    def synthetic(self) -> bool:
        return any(record["synthetic"] for record in self.records.values())


def sizes_printed(record: Mapping[str, Any]) -> dict[str, str]:
    """`n_approach`, `n_controls` and `unmatched` of the matching that a report is based on, as it prints them."""
    matching = record["matching"]
    chosen = next(one for one in matching["strategies"] if one["id"] == matching["selected"])
    return {name: chosen[name] for name in ("n_approach", "n_controls", "unmatched")}


def studies_of(inputs: NationalInputs) -> dict[str, Study]:
    """By id, in the order of the set."""
    places = [study["region_label"] for study in inputs.studies.values()]
    found = {}
    for id, study in inputs.studies.items():
        record, label = inputs.records[id], study["region_label"]
        approach = study["approach"]["label"]
        rating, facts = record["summary"]["rating"], _rated(record, inputs.rating)
        found[id] = Study(
            id=id,
            region=study["approach"]["regio"],
            name=label if places.count(label) == 1 else f"{label} ({approach})",
            approach=approach,
            households=_households(record, inputs.words),
            balance=facts["balance"],
            loss=facts["loss"],
            rating=inputs.words["rated"].format(**{name: rating[name] for name in ("step", "of", "word")}),
            **sizes_printed(record),
        )
    return found


def _rated(record: Mapping[str, Any], rules: Mapping[str, Any]) -> dict[str, str]:
    """What the report's table of the rating says of this study on each point."""
    rows = [row["cells"] for row in record["tables"]["rating"]["rows"]]
    return {
        name: next((row[-2] for row in rows if row[0].startswith(rules[name]["label"])), formats.ABSENT)
        for name in ("balance", "loss")
    }


def _households(record: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Households of both groups at the follow-up, as the report's table of participants has them."""
    head = formats.capital(words["labels"]["units"]["household"])
    rows = [row["cells"] for row in record["tables"]["participants"]["rows"]]
    sizes = next((row for row in rows if row[0] == head), [])
    later = sizes[2::2] if len(sizes) == 5 else [formats.ABSENT] * 2
    return words["of_groups"].format(approach=later[0], control=later[1])
