"""What Snakemake would make again, and why, in the words of an analyst."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# A job in the output of a dry run: its rule, then lines of a name and a value.
_JOB = re.compile(r"^(?:local)?(?:rule|checkpoint) (\w+):\n((?:    .*\n)+)", re.MULTILINE)

_FIELD = re.compile(r"^    (\w+): (.*)$", re.MULTILINE)

_REASONS = {
    "Missing output files": "missing",
    "Incomplete output files": "incomplete",
    "Updated input files": "files",
    "Input files updated by another job": "earlier",
    "Set of input files has changed": "inputs",
    "Code has changed": "code",
    "Params have changed": "settings",
    "Software environment": "environment",
    "Forced execution": "forced",
}

_SETTING = re.compile(r"'(\w+)': ")

_SHOWN = 4


def explained(dry_run: str, words: Mapping[str, Any]) -> str:
    """What has a reason of its own, a line a job with the reason; then what only follows from that, a line a rule.

    `dry_run`: what `snakemake --dry-run` says; `words`: resources/words/running.nl.yaml. Targets are left out.
    """
    causes: dict[str, None] = {}
    followers: Counter[str] = Counter()
    for job in _JOB.finditer(dry_run):
        rule, fields = job[1], dict(_FIELD.findall(job[2]))
        reasons = dict(_why(fields.get("reason", ""), words["more"]))
        if rule not in words["jobs"]:
            continue
        if set(reasons) <= {"earlier"}:
            followers[words["jobs"][rule]] += 1
        else:
            why = [words["reasons"][kind].format(**values) for kind, values in reasons.items() if kind != "earlier"]
            wildcards = [part.partition("=")[2] for part in fields.get("wildcards", "").split(", ")]
            causes[f"- {words['jobs'][rule]}{of_job(wildcards)}: {'; '.join(why)}"] = None
    lines = [words["head"], *causes] if causes else []
    if followers:
        lines.append(words["follow"])
        lines += [f"- {words['times'].format(job=job, n=n) if n > 1 else job}" for job, n in followers.items()]
    return "\n".join(lines) or words["nothing"]


def of_job(wildcards: Iterable[str]) -> str:
    """The export, study or strategy of a job, between brackets."""
    named = ", ".join(value for value in wildcards if value)
    return f" ({named})" if named else ""


def _why(reason: str, more: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Kinds of reasons, with the files and settings that they name."""
    for start, kind in _REASONS.items():
        if start in reason:
            said = reason.partition(start)[2]
            files = [name for name in re.split(r"[:;]", said)[1].strip().split(", ") if name] if ":" in said else []
            settings = list(dict.fromkeys(_SETTING.findall(said))) if kind == "settings" else []
            yield kind, {"files": _listed(files, more), "settings": _listed(settings, more)}


def _listed(names: list[str], more: str) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" {more.format(n=rest)}" if rest > 0 else "")
