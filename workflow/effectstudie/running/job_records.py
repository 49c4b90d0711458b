"""The jobs behind a result, from the records that the workflow system keeps of them."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import sha256

# Seconds by which the clock of a disk may differ from another.
_CLOCK = 1


class Job(NamedTuple):
    """One job. `name`: rule, and after / what it was for; times are seconds since 1970."""

    name: str
    rule: str
    log: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    started: float
    ended: float


def jobs_behind(results: Iterable[str], raw: Mapping[str, str], records: str | Path) -> list[Job]:
    """The jobs that made these results, and what those were made from, in the order of the data.

    `raw`: path of each export → its name, which stands in the jobs; what made an export is left out. `records`: folder
    with a JSON file for every output, under the base64 of its path. EffectstudieError for a file under results/ that
    has none that can be read.
    """
    recorded: dict[str, dict] = {}
    waiting = [path for path in results if path not in raw]
    missing = []
    while waiting:
        path = waiting.pop()
        if path in recorded or path in raw or not path.startswith("results/"):
            continue
        record = _record(records, path)
        if not record:
            missing.append(path)
            continue
        recorded[path] = record
        waiting += record["input"]
    _refuse_missing(missing)
    return _in_order(_jobs(recorded, raw))


def _record(records: str | Path, path: str) -> dict[str, Any] | None:
    """What is recorded of the job that made a result; None where nothing is, empty where it cannot be read."""
    file = Path(records, urlsafe_b64encode(path.encode()).decode())
    try:
        record = json.loads(file.read_bytes())
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except ValueError:  # a power cut may leave a record half written
        return {}
    return record if isinstance(record, dict) and "input" in record else {}


def _refuse_missing(results: Iterable[str]) -> None:
    if missing := sorted(results):
        raise EffectstudieError(
            say(
                "{count} results have no record of the job that made them; make them again with: "
                "snakemake --cores 8 --force -- {files}",
                count=len(missing),
                files=" ".join(missing),
            )
        )


def refuse_read_otherwise(results: Iterable[str], records: str | Path, target: str) -> None:
    """EffectstudieError with each file that is no longer what a job behind these results read.

    `records`: as for `jobs_behind`; they tell the SHA-256 of what a job read, but for large files and folders. A result
    that is younger than its record tells nothing: on a cluster jobs of a group are recorded together, after the last.
    Results of this project are left out, for Snakemake makes them; one whose record cannot be read is told as in
    `jobs_behind`. `target`: what to ask for to have all made again.
    """
    waiting, seen, now, changed, missing = list(results), set(), {}, {}, []
    while waiting:
        path = waiting.pop()
        if path in seen or (record := _record(records, path)) is None:
            continue
        seen.add(path)
        if not record:
            missing.append(path)
            continue
        waiting += record["input"]
        if Path(path).exists() and Path(path).stat().st_mtime > record["endtime"] + _CLOCK:
            continue
        for read, digest in (record.get("input_checksums") or {}).items():
            if read.startswith("results/"):
                continue
            if read not in now:
                now[read] = f"sha256:{sha256(read)}" if Path(read).is_file() else ""
            if digest != now[read]:
                changed.setdefault(read, set()).add(record["rule"])
    _refuse_missing(missing)
    if changed:
        rules = sorted(set().union(*changed.values()))
        raise EffectstudieError(
            say(
                "{files}: is not as it was when {rules} read it, so the record of the run would not be true; make what "
                "follows from it again with: snakemake --cores 8 --forcerun {forced} -- {target}",
                files=sorted(changed),
                rules=rules,
                forced=" ".join(rules),
                target=target,
            )
        )


def _jobs(recorded: Mapping[str, Mapping[str, Any]], raw: Mapping[str, str]) -> list[Job]:
    outputs: dict[str, list[str]] = {}
    for path, record in recorded.items():
        outputs.setdefault(record["log"][0], []).append(path)
    jobs = []
    for log, paths in outputs.items():
        record = recorded[paths[0]]
        jobs.append(
            Job(
                name=log.removeprefix("results/logs/").removesuffix(".log"),
                rule=record["rule"],
                log=log,
                inputs=tuple(sorted(raw.get(path, path) for path in record["input"])),
                outputs=tuple(sorted(paths)),
                started=min(recorded[path]["starttime"] for path in paths),
                ended=max(recorded[path]["endtime"] for path in paths),
            )
        )
    return sorted(jobs)


def _in_order(jobs: list[Job]) -> list[Job]:
    """Each job after those whose results it reads, and otherwise by name."""
    ordered, made = [], set()
    ours = {path for job in jobs for path in job.outputs}
    while len(ordered) < len(jobs):
        for job in jobs:
            if job not in ordered and made.issuperset(ours.intersection(job.inputs)):
                ordered.append(job)
                made.update(job.outputs)
                break
        else:
            raise EffectstudieError(
                say("The records of the jobs go round in a circle; make the report again with --forceall.")
            )
    return ordered


def earlier_seconds(records: str | Path) -> dict[str, dict[str, float]]:
    """How long each job took when it last ran: rule → the job's log → seconds. Records that cannot be read are skipped.

    `records`: as for `jobs_behind`; nothing is known where there is no such folder.
    """
    last: dict[tuple[str, str], tuple[float, float]] = {}
    for file in Path(records).glob("*"):
        try:
            record = json.loads(file.read_bytes())
            job = (record["rule"], record["log"][0])
            times = (record["endtime"], record["endtime"] - record["starttime"])
        except (OSError, ValueError, LookupError, TypeError):
            continue
        last[job] = max(last.get(job, times), times)
    seconds_of: dict[str, dict[str, float]] = {}
    for (rule, log), (_, seconds) in last.items():
        seconds_of.setdefault(rule, {})[log] = seconds
    return seconds_of


def timings(jobs: Iterable[Job]) -> list[dict[str, Any]]:
    """When each job ran and how long it took, in seconds."""
    return [
        {
            "job": job.name,
            "started": datetime.fromtimestamp(job.started, UTC).isoformat(timespec="seconds"),
            "seconds": round(job.ended - job.started, 1),
        }
        for job in jobs
    ]
