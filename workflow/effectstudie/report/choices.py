"""The choices where the method is silent, with the values that a run used."""

from collections.abc import Mapping, Sequence

from effectstudie.report.documents.texts import filled
from effectstudie.shared.formats import joined, number, percent

FILL = {"nothing": "wat ontbreekt, telt niet mee", "person_mean": "aangevuld met het gemiddelde van de persoon"}

FISHER_FOR = {"2x2": "tabellen van twee bij twee", "all": "alle tabellen"}


def choices_of(
    definitions: Sequence[Mapping[str, str]], study: Mapping, instruments: Sequence[Mapping], fisher_for: str
) -> list[dict[str, str]]:
    """`definitions` (resources/pages/report/choices.nl.yaml: point, choice) with their placeholders filled.

    `instruments` are definition files. InputError for a placeholder that names nothing.
    """
    known = {
        "follow_up_waves": joined(study["follow_up"]["waves"]),
        "risk_threshold": str(study["risk_threshold"]),
        "fisher_for": FISHER_FOR[fisher_for],
    }
    known["missing_rules"] = joined([_missing_rule(one) for one in instruments if one["missing"]["max_share"]])
    averaged = [one["label"] for one in instruments if any(u.get("combine") == "mean" for u in one["units"].values())]
    known["averaged"] = joined(averaged) or "geen van de vragenlijsten"
    for definition in instruments:
        name = definition["instrument"]
        if "recode" in definition:
            known[f"recode.{name}"] = joined([number(value) for value in definition["recode"].values()])
    texts = filled({choice["point"]: choice["choice"] for choice in definitions}, known)
    return [{"point": point, "choice": text} for point, text in texts.items()]


def _missing_rule(definition: Mapping) -> str:
    share = percent(100 * definition["missing"]["max_share"])
    return f"{definition['label']} {share} ({FILL[definition['missing']['fill']]})"
