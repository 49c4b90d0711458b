"""How families were found and visited, from what is set in a study's file under `recruitment`."""

from collections.abc import Mapping
from typing import Any

from effectstudie.disclosure.shown import Count
from effectstudie.report.values import count_cell


def recruitment_said(
    study: Mapping[str, Any], words: Mapping[str, Any], households: Count, counts: Mapping[str, str]
) -> list[str]:
    """A short sentence for each fact that is set; empty where a study sets none.

    `words`: recruitment of recruitment.nl.yaml; `households`: of the approach at the start, before matching; `counts`:
    see `count_cell`. Whether a target was reached is only said where their number is.
    """
    given = study.get("recruitment", {})
    names = {"approach": study["approach"]["label"], "n": str(count_cell(households, counts))}
    said = []
    if "target" in given:
        low, high = given["target"]
        kind = "below" if households.number < low else "above" if households.number > high else "within"
        reached = [words["reached"][kind].format(**names)] if households.kind == "exact" else []
        said += [words["target"].format(low=low, high=high), *reached]
    said += [words[key].format(by=given[key]) for key in ("letter_and_call_by", "home_visits_by") if key in given]
    if given.get("certificate_of_conduct"):
        said.append(words["certificate_of_conduct"])
    if "minutes" in given:
        ranges = {who: words["range"].format(low=low, high=high) for who, (low, high) in given["minutes"].items()}
        said.append(words["minutes"].format(**ranges))
    if "reward" in given:
        said.append(words["reward"].format(**given["reward"]))
    said += [words[key].format(text=given[key]) for key in ("two_children", "extra_route", "ethics") if key in given]
    if given.get("key_file_apart"):
        said.append(words["key_file_apart"])
    return [sentence for sentence in said if sentence]
