"""The rows of the variables that the code makes from several definitions."""

from collections.abc import Mapping

from effectstudie.definitions.instruments import digest
from effectstudie.definitions.lineage import COMPUTED, ONLY_OF_A_STUDY, VIOLENCE_BEHIND, scores_behind
from effectstudie.derived.numerals import plain
from effectstudie.derived.questionnaires import behind
from effectstudie.derived.sources import Sources
from effectstudie.derived.variable_rows import threshold

# Those variables, with their units.
UNITS = {**COMPUTED, "risk_at_least": "household", "risk_at_most": "household", **ONLY_OF_A_STUDY}


def computed_row(name: str, unit: str, given: Sources) -> dict[str, str]:
    """The row of a variable that the code makes: its words, filled with the numbers of the definitions."""
    words, spec, filled = given.words, given.words["computed"][name], _placeholders(given)
    source = "violence" if name in VIOLENCE_BEHIND else "risk_factors" if name.startswith("risk_") else None
    units = {part["score"]: part.get("unit", "adult") for part in given.classification.get(source, {}).values()}
    alias = "risk_cumulation" if source == "risk_factors" else name
    scores = [given.scores[score, units[score]] for score in scores_behind(alias, given.classification)]
    nothing = {key: words["none"] for key in ("vragenlijst", "items", "norm")}
    alone = {"metingen": given.waves[0], "leeftijd": words["ages"]["all"], "sleutel": words["no_key"], **nothing}
    facts = behind(scores, given) if scores else {**alone, "kolommen": spec.get("kolommen", words["none"])}
    return {
        "variabele": name,
        "eenheid": words["units"][unit],
        **{key: spec[key].format(**filled) for key in ("omschrijving", "formule", "ontbrekend", "bereik", "bron")},
        "beter": words["better"][spec["beter"]] if "beter" in spec else words["none"],
        "versie": digest(given.classification[source]) if source else words["none"],
        **facts,
    }


def _placeholders(given: Sources) -> dict[str, str]:
    words, violence = given.words, given.classification["violence"]
    factors = [
        words["factor"].format(
            n=n,
            test=threshold(factor["score"], factor["yes_when"]),
            kept=words["factor_kept"] if factor.get("keep") else "",
        )
        for n, factor in enumerate(given.classification["risk_factors"].values(), start=1)
    ]
    rules = {name: words["class_rule"].format(**_in_digits(spec)) for name, spec in violence.items()}
    return {
        "partner": violence["partner_violence"]["score"],
        "abuse": violence["child_abuse"]["score"],
        "partner_rule": rules["partner_violence"],
        "abuse_rule": rules["child_abuse"],
        "first_wave": given.waves[0],
        "factors": "; ".join(factors),
        "n_factors": str(len(factors)),
        "thresholds": ", ".join(f"{study} {number}" for study, number in sorted(given.thresholds.items())),
    }


def _in_digits(spec: Mapping) -> dict[str, str]:
    return {key: value if isinstance(value, str) else plain(value) for key, value in spec.items()}
