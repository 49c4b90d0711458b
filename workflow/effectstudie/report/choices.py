"""The choices where the method is silent, with the values that a run used."""

from collections.abc import Collection, Mapping, Sequence

from effectstudie.definitions.follow_up import by_rule
from effectstudie.shared.errors import InputError
from effectstudie.shared.formats import joined, number, percent
from effectstudie.texts.names import PLACEHOLDER, filled, name_problems


def choices_of(
    definitions: Sequence[Mapping[str, str]],
    study: Mapping,
    instruments: Sequence[Mapping],
    fisher_for: str,
    words: Mapping,
) -> list[dict[str, str]]:
    """`definitions` (resources/pages/report/choices.nl.yaml: point, choice) with their placeholders filled.

    `instruments` are definition files of what the study rests on; `words`: choices in the texts. A choice on the
    answers of another questionnaire is left out. InputError for a placeholder that names nothing.
    """
    known = {
        "follow_up": by_rule(study["follow_up"], words["follow_up"]),
        "follow_up_waves": joined(study["follow_up"]["waves"]),
        "risk_threshold": str(study["risk_threshold"]),
        "fisher_for": words["fisher_for"][fisher_for],
    }
    known["missing_rules"] = _missing_rules(instruments, words)
    averaged = [one["label"] for one in instruments if any(u.get("combine") == "mean" for u in one["units"].values())]
    known["averaged"] = joined(averaged) or words["averaged_none"]
    for definition in instruments:
        name = definition["instrument"]
        if "recode" in definition:
            known[f"recode.{name}"] = joined([number(value) for value in definition["recode"].values()])
    definitions = [one for one in definitions if not _of_absent(one["choice"], known)]
    problems = [found for one in definitions for found in name_problems(one["choice"], one["point"], known)]
    if problems:
        raise InputError(problems)
    return [{**one, "choice": filled(one["choice"], one["point"], known)[0]} for one in definitions if one["choice"]]


def _of_absent(choice: str, known: Collection[str]) -> bool:
    """Whether a choice is on the answers of a questionnaire that nothing in this study rests on."""
    named = [name.strip() for name in PLACEHOLDER.findall(choice)]
    return any(name.startswith("recode.") and name not in known for name in named)


def _missing_rules(instruments: Sequence[Mapping], words: Mapping) -> str:
    """How much of each scale may be missing; what was done about it is said once for all that share it."""
    rules: dict[str, dict[float, list[str]]] = {}
    for one in instruments:
        if share := one["missing"]["max_share"]:
            rules.setdefault(one["missing"]["fill"], {}).setdefault(share, []).append(one["label"])
    said = []
    for fill, by_share in rules.items():
        shares = [
            words["missing_share"].format(share=percent(100 * share), labels=joined(labels))
            for share, labels in by_share.items()
        ]
        said.append(words["missing_rule"].format(shares=joined(shares), fill=words["fill"][fill]))
    return "; ".join(said)
