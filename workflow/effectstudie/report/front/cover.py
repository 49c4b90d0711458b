"""The cover and the colophon: who made the report, for whom, in which version, and whether it is final."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from effectstudie.texts.pictures import data_uri

# Facts of a study's file that the cover and the colophon print, where there are any.
FACTS = ("commissioner", "funder", "isbn", "version")


def facts_of(study: Mapping[str, Any]) -> dict[str, Any]:
    """`authors` (a list) and FACTS of a study's file; empty where it has none."""
    return {"authors": list(study.get("authors", [])), **{name: study.get(name, "") for name in FACTS}}


def status_of(final: bool, words: Mapping[str, Any]) -> str:
    """`words`: cover of cover.nl.yaml."""
    return words["nl"]["status_words"]["final" if final else "draft"]


def stamp_of(parts: Sequence[tuple[str, bool]]) -> str:
    """What stands on every page: the words of which it is so."""
    return " – ".join(words for words, so in parts if so)


def house_said(
    house: Mapping[str, Any], study: Mapping[str, Any], final: bool, words: Mapping[str, Any]
) -> dict[str, Any]:
    """The house on the cover. `house`: config/house_style.yaml; `words`: cover of cover.nl.yaml."""
    said = words[house["cover_language"]]
    day = date.fromisoformat(str(study["report_date"]))
    return {
        "institute": house["institute"],
        "address": house["address"],
        "language": house["cover_language"],
        "logo": data_uri(Path(house["logo"])) if house["logo"] else "",
        "words": {
            **{name: said[name] for name in said if name not in ("months", "status_words")},
            "subtitle": said["subtitle"].format(region=study["region_label"]),
            "status_is": said["status_words"]["final" if final else "draft"],
            "date_is": f"{day.day} {said['months'][day.month - 1]} {day.year}",
            "logo_of": said["logo_of"].format(institute=house["institute"]),
        },
    }
