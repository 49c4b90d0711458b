"""The choices where the method is silent, with the values that a run used."""

from collections.abc import Mapping, Sequence

from effectstudie.authored import filled
from effectstudie.formats import joined

FISHER_FOR = {"2x2": "tabellen van twee bij twee", "all": "alle tabellen"}


def choices_of(definitions: Sequence[Mapping[str, str]], study: Mapping, fisher_for: str) -> list[dict[str, str]]:
    """`definitions` (resources/report/choices.nl.yaml: point, choice) with their placeholders filled.

    InputError for a placeholder that names nothing.
    """
    known = {
        "follow_up_waves": joined(study["follow_up"]["waves"]),
        "risk_threshold": str(study["risk_threshold"]),
        "fisher_for": FISHER_FOR[fisher_for],
    }
    texts = filled({choice["point"]: choice["choice"] for choice in definitions}, known)
    return [{"point": point, "choice": text} for point, text in texts.items()]
