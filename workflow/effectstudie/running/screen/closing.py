"""What a run ends with: where the results stand that were asked for, and which warnings wait to be looked at."""

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from effectstudie.release.news import LISTS, news
from effectstudie.shared import formats

# So many warnings are told; the page has all.
_SHOWN = 5


def closing(
    asked: Iterable[str],
    menu: Mapping[str, Collection[str]],
    words: Mapping[str, Any],
    kinds: Mapping[str, str],
    selected: Mapping[str, str],
    fewest: int,
    counts: Mapping[str, Mapping[str, str]],
    changes: str = "",
) -> list[str]:
    """The lines at the end of a run.

    `asked`: names; `menu`: name of the menu → its files; `words`: resources/words/running.nl.yaml; `kinds`: what is odd
    in data, in words (resources/pages/quality/quality.nl.yaml); `selected`: study → the strategy that it uses;
    `fewest`: participants below which nothing is shown; `counts`: of resources/pages/compare/since.nl.yaml; `changes`:
    the page on what is new in all studies, where that was made. Paths are seen from the project's folder.
    """
    said, lines = words["closing"], []
    for target in asked:
        stage, _, study = target.partition("_")
        if stage == "report" and target in menu and study.removesuffix("_intern") not in selected:
            lines.append(said["report_of_set"].format(set=study, html=f"results/{study}/report/{study}.html"))
        elif stage == "report":
            lines += _report(study.removesuffix("_intern"), study.endswith("_intern"), said, kinds)
            if not changes and not study.endswith("_intern"):
                lines += _since([study], f"results/{study}/release/sinds_vrijgave.html", said["since"], counts)
        elif stage == "archive":
            folder = f"results/{study.removesuffix('_intern')}/archive{'_intern' * study.endswith('_intern')}"
            lines.append(said["archive"].format(folder=folder))
        elif target == "codebook":
            lines.append(said["codebook"].format(page="results/codebook/codebook.html"))
        elif target in menu:
            folders = dict.fromkeys(_folder(file) for file in menu[target])
            lines.append(said["folders"].format(target=target, folders=", ".join(folders)))
        study = study.removesuffix("_intern")
        if stage in ("match", "analyse", "report") and study in selected:
            lines += _few_matched(study, selected[study], said["few_matched"], fewest)
    return lines + _since(selected, changes, said["since"], counts) if changes else lines


def _since(studies: Collection[str], page: str, said: Mapping[str, Any], counts: Mapping[str, Any]) -> list[str]:
    """What is new in studies since their last releases, and how many published conclusions turned."""
    records = [record for study in studies if (record := _read(f"results/{study}/release/since.json"))]
    released = [record for record in records if record["version"]]
    if not released:
        return [said["never"]] if records else []
    told = [record for record in released if record["told"]]
    came = {what: {name for record in told for name in record["came"][what]} for what in LISTS}
    turned, stayed = (sum(record["counts"][key] for record in told) for key in ("turned", "stayed"))
    form = said["same" if all(record["same_files"] for record in released) else "differs" if told else "unknown"]
    what = form.format(news=news(came, counts) or said["nothing"], turned=turned, stayed=stayed, page=page)
    about = {"study": released[0]["study"], "date": formats.long_date(released[0]["version"]["date"])}
    head = said["one" if len(records) == 1 else "all"]
    return [head.format(**about, released=len(released), studies=len(records), what=what)]


def _few_matched(study: str, strategy: str, said: Mapping[str, Any], fewest: int) -> list[str]:
    """That most households of the approach are in no comparison, or too few to show anything, and why."""
    summary = _read(f"results/{study}/matching/{strategy}/summary.json") or {}
    everyone, matched = (summary.get(name, 0) for name in ("n_approach", "n_matched_approach"))
    if 2 * matched >= everyone and matched >= fewest or not everyone:
        return []
    why = [
        said[reason].format(n=n, exact=", ".join(summary["exact"]))
        for reason, n in summary["unmatched_approach"].items()
        if n
    ]
    line = said["line"].format(strategy=summary["label"], matched=matched, everyone=everyone, why=", ".join(why))
    return [line + (said["nothing"].format(fewest=fewest) if matched < fewest else "")]


def _folder(file: str) -> str:
    path = PurePath(file)
    return f"{path.parent if path.suffix else path}/"


def _report(study: str, internal: bool, said: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[str]:
    version = "_intern" * internal
    folder = f"results/{study}/report{version}"
    yield said[f"report{version}"].format(study=study, html=f"{folder}/{study}{version}.html")
    page = f"{folder}/{study}{version}_kwaliteit.html"
    odd = [
        said["warning"].format(file=row["file"], what=kinds[row["kind"]].format(**row))
        for row in _rows("results/cohort/check/warnings.csv")
    ]
    yield from _counted(odd, said["warnings"], said["more"], page=page)
    weak = [
        said["check"].format(**check)
        for check in _read(f"results/{study}/checks{version}.json") or []
        if check["state"] != "ok"
    ]
    yield from _counted(weak, said["checks"], said["more"])


def _counted(lines: list[str], head: Mapping[str, str], more: str, **values: str) -> list[str]:
    if not lines:
        return []
    told = [head["one" if len(lines) == 1 else "more"].format(n=len(lines), **values), *lines[:_SHOWN]]
    return told + [more.format(n=len(lines) - _SHOWN)] * (len(lines) > _SHOWN)


def _rows(path: str) -> list[dict[str, str]]:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError:
        return []


def _read(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError:
        return None
