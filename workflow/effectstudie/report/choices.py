"""The choices where the method is silent, with the values that a run used."""

from collections.abc import Mapping, Sequence

from effectstudie.report.documents.texts import filled
from effectstudie.shared.formats import joined, number, percent


def choices_of(
    definitions: Sequence[Mapping[str, str]],
    study: Mapping,
    instruments: Sequence[Mapping],
    fisher_for: str,
    words: Mapping,
) -> list[dict[str, str]]:
    """`definitions` (resources/pages/report/choices.nl.yaml: point, choice) with their placeholders filled.

    `instruments` are definition files; `words`: choices in the texts. InputError for a placeholder that names nothing.
    """
    known = {
        "follow_up_waves": joined(study["follow_up"]["waves"]),
        "risk_threshold": str(study["risk_threshold"]),
        "fisher_for": words["fisher_for"][fisher_for],
    }
    known["missing_rules"] = joined([_missing_rule(one, words) for one in instruments if one["missing"]["max_share"]])
    averaged = [one["label"] for one in instruments if any(u.get("combine") == "mean" for u in one["units"].values())]
    known["averaged"] = joined(averaged) or words["averaged_none"]
    for definition in instruments:
        name = definition["instrument"]
        if "recode" in definition:
            known[f"recode.{name}"] = joined([number(value) for value in definition["recode"].values()])
    texts = filled({choice["point"]: choice["choice"] for choice in definitions}, known)
    return [{"point": point, "choice": text} for point, text in texts.items()]


def _missing_rule(definition: Mapping, words: Mapping) -> str:
    share, fill = percent(100 * definition["missing"]["max_share"]), words["fill"][definition["missing"]["fill"]]
    return words["missing_rule"].format(label=definition["label"], share=share, fill=fill)
