"""What would be made again, and why: the file, the key and the value that changed, in the words of an analyst."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from effectstudie.running.screen.changed import settings_changed

_SHOWN = 4


class Cause(NamedTuple):
    """Why a job would run. `settings`: parameter → its value now, of those that changed; `before`: what was recorded
    of the parameters that changed, as Python writes it.
    """

    rule: str
    wildcards: tuple[str, ...] = ()
    missing: bool = False
    incomplete: bool = False
    files: tuple[str, ...] = ()
    inputs: bool = False
    code: bool = False
    settings: Mapping[str, Any] = {}
    before: frozenset[str] = frozenset()
    environment: bool = False
    forced: bool = False
    always: bool = False


def cause_of(job: Any, reason: Any) -> Cause:
    """Of a job of Snakemake and its reason; that a folder for the time of a run is not there is none."""
    changed = reason.params_changed
    now = {name: value for name, value in job.params.items() if repr(value) in changed.only_new} if changed else {}
    return Cause(
        rule=job.rule.name,
        wildcards=tuple(job.wildcards),
        missing=bool(set(reason.missing_output) - set(job.temp_output)),
        incomplete=bool(reason.incomplete_output) or any(map(_put_back, job.output)),
        files=tuple(sorted(set(reason.updated_input) - set(reason.updated_input_run))),
        inputs=bool(reason.input_changed),
        code=bool(reason.code_changed),
        settings=now,
        before=frozenset(changed.only_old) if changed else frozenset(),
        environment=bool(reason.software_stack_changed),
        forced=bool(reason.forced),
        always=bool(reason.nooutput) and not job.is_norun,
    )


def _put_back(file: str) -> bool:
    """Whether a failed step left a result of before, which is then as old as can be (rules/common/asked.smk)."""
    return Path(file).exists() and Path(file).stat().st_mtime == 0


def explained(causes: Collection[Cause], words: Mapping[str, Any]) -> str:
    """Jobs by the reason of their own, those with the same on one line; then what only follows, a line a rule.

    `words`: resources/words/running.nl.yaml. Targets are left out.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    followers: Counter[str] = Counter()
    told: set[str] = set()
    jobs = {**words["jobs"], **{one.rule: words["archive"] for one in causes if one.rule.startswith("archive_")}}
    order = list(jobs)
    for cause in sorted((one for one in causes if one.rule in jobs), key=lambda one: order.index(one.rule)):
        why = tuple(dict.fromkeys(_why(cause, words)))
        # the record of a run is of everything: a reason of another job is no news there
        if not why or cause.rule == "record_run" and told >= set(why):
            followers[jobs[cause.rule]] += 1
        else:
            told.update(why)
            alike.setdefault(why, []).append(jobs[cause.rule] + of_job(cause.wildcards))
    lines = [words["head"]] if alike else []
    lines += [f"- {', '.join(names)}: {'; '.join(why)}" for why, names in alike.items()]
    if followers:
        lines.append(words["follow"])
        lines += [f"- {words['times'].format(job=job, n=n) if n > 1 else job}" for job, n in followers.items()]
    return "\n".join(lines) or words["nothing"]


def of_job(wildcards: Iterable[str]) -> str:
    """The export, study or strategy of a job, between brackets."""
    named = ", ".join(value for value in wildcards if value)
    return f" ({named})" if named else ""


def _why(cause: Cause, words: Mapping[str, Any]) -> Iterator[str]:
    said = words["reasons"]
    for kind in ("forced", "incomplete", "missing", "always"):
        if getattr(cause, kind):
            yield said[kind]
            return
    changed = settings_changed(cause.settings, cause.before, cause.wildcards, words)
    # an export that is another one is told as such
    exports = [name for name in cause.files if PurePath(name).stem in changed.exports]
    if files := [name for name in cause.files if name not in exports]:
        yield said["files"].format(files=listed(files, words["more"]))
    yield from changed.lines
    for kind in ("inputs", "environment"):
        if getattr(cause, kind) and not (kind == "inputs" and (files or changed.lines)):
            yield said[kind]
    if changed.packages:
        yield said["environment"]
    if cause.code or changed.program:
        yield said["code"]
    if not (files or changed) and cause.settings:
        yield said["settings"].format(settings=listed(list(cause.settings), words["more"]))


def listed(names: list[str], more: str) -> str:
    """Names with commas between them; of a long row the first, and how many more there are."""
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" {more.format(n=rest)}" if rest > 0 else "")
