"""The page, in Dutch, that says of studies what is new since their last release: one self-contained HTML file."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from effectstudie.release.news import LISTS, news
from effectstudie.report.figures.palette import house_style_beside, read_palette, style_of
from effectstudie.shared import formats
from effectstudie.shared.templates import environment

DIFFERENCES = ("changed", "texts", "answers", "turns", "appeared")


def since_html(
    studies: Sequence[Mapping[str, Any]], words: Mapping[str, Any], kinds: Mapping[str, str], pages: str | Path
) -> str:
    """The page. `studies`: records of since.since_release; `words`: since.nl.yaml; `kinds`: of conclusions, in words
    (turns of compare.nl.yaml); `pages`: resources/pages.
    """
    templates = environment(pages)
    templates.filters |= {"long_date": formats.long_date}
    marks = [words["confidential"], *([words["stamp"]] if any(one["synthetic"] for one in studies) else [])]
    return templates.get_template("compare/since.html.j2").render(
        studies=[_study(one, words, kinds) for one in studies],
        any_version=any(one["version"] for one in studies),
        overview=[_in_short(one, words) for one in studies],
        confidential=" – ".join(marks),
        style=Markup(style_of(pages)),
        colours=read_palette(house_style_beside(pages))["compare"],
    )


def _name(one: Mapping[str, Any]) -> str:
    return f"{one['title']}: {one['region_label']}"


def _in_short(one: Mapping[str, Any], words: Mapping[str, Any]) -> tuple[str, ...]:
    """A row of the table over all studies."""
    if not one["version"]:
        return (_name(one), words["not_released"], *[words["none"]] * 4)
    version = words["version"].format(number=one["version"]["version"], date=formats.long_date(one["version"]["date"]))
    if not one["told"]:
        return (_name(one), version, words["same" if one["same_files"] else "unknown"], *[words["none"]] * 3)
    counts = one["counts"]
    numbers = (formats.number(counts[what]) for what in ("turned", "appeared", "stayed"))
    return (_name(one), version, news(one["came"], words["counts"]) or words["nothing"], *numbers)


def _study(one: Mapping[str, Any], words: Mapping[str, Any], kinds: Mapping[str, str]) -> dict[str, Any]:
    """What the page tells of a study, in words."""
    if not one.get("told"):
        return {**one, "name": _name(one), "differs": False}
    lists = [
        (words["what"][what], *(_names(what, one[side][what], words) for side in ("came", "went")))
        for what in LISTS
        if one["came"][what] or one["went"][what]
    ]
    return {
        **one,
        "name": _name(one),
        "differs": bool(lists) or any(one[part] for part in DIFFERENCES),
        "lists": lists,
        "changed": [_value(*row, words) for row in one["changed"]],
        **{part: [(_title(*row[:2], words), row[2]) for row in one[part]] for part in ("texts", "answers")},
        **{
            part: [(table, about, kinds[kind], old, new) for kind, table, about, old, new in one[part]]
            for part in ("turns", "appeared")
        },
    }


def _names(what: str, names: Iterable[str], words: Mapping[str, Any]) -> str:
    known = words["units"] if what == "units" else {}
    return formats.joined([known.get(name, name) for name in names]) or words["none"]


def _value(what: str, key: str, old: str, new: str, words: Mapping[str, Any]) -> tuple[str, str, str, str]:
    if what == "facts":
        old, new = (formats.long_date(day) for day in (old, new)) if key == "report_date" else (old, new)
        key = words["about"]["facts"][key]
    elif what == "exports":
        key = words["about"]["exports"].format(key=key)
    return words["what"][what], key, old, new


def _title(kind: str, about: str, words: Mapping[str, Any]) -> str:
    return words["texts"][kind].format(about=about) if about or kind != "plan" else words["plan_itself"]
