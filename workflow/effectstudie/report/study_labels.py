"""The words of the texts with the names of one study in them."""

from collections.abc import Collection, Mapping
from typing import Any

from effectstudie.shared.vocabulary import UNITS

UNLIKE = ("more", "less", "could")  # what an entry of covariates.yaml says of groups that differ in it


def study_labels(
    study: Mapping[str, Any],
    covariates: Mapping[str, Mapping],
    limits: Mapping[str, int],
    texts: Mapping,
    units: Collection[str] = UNITS,
) -> dict[str, Any]:
    """The words of `texts.labels` with the names of this study in them.

    `limits`: `Shown.limits`; `units`: whom the cohort has.
    """
    words = texts["labels"]
    names = {name: entry["label"] for name, entry in covariates.items()}
    missing = {f"{name}_missing": words["covariates"]["missing"].format(label=text) for name, text in names.items()}
    approach = study["approach"]["label"]
    waves = {"T0": "T0", "follow_up": study["follow_up"]["label"]}
    phrases = {name: phrase.format(label=approach) for name, phrase in words["group_phrases"].items()}
    phrases |= {"approach_label": approach, "control_label": study["control_label"].lower()}
    return {
        **words,
        "titles": texts["titles"],
        "groups": {"approach": approach, "control": study["control_label"], "rest": study["rest_label"]},
        "waves": waves,
        "units": {unit: words["units"][unit] for unit in units},
        "phrases": {**phrases, **waves},
        "about": words["about"]["any" if study["approach"].get("help_code") is None else "approach"].format(**phrases),
        "fewer": words["fewer"].format(**limits),
        "covariates": {**names, **missing, "propensity_score": words["covariates"]["propensity_score"]},
        "unlike": {name: {key: entry[key] for key in UNLIKE if key in entry} for name, entry in covariates.items()},
    }
