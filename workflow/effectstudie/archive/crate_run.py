"""What of a run its metadata describe: its inputs, its steps and jobs, and the files that are not at hand."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from effectstudie.archive.crate_entities import fragment, parameter_entity
from effectstudie.running.job_records import Job


class Contents(NamedTuple):
    """What the metadata describe.

    `files`: path in the archive → (bytes, SHA-256). `absent`: paths of files of the run that are not in the archive.
    `raw`: name of a raw export → its checksum, which is `bare` (SHA-256) or keyed. `settings`: name → value.
    `software`: name → version. `reports`: paths in the archive of what the run was for.
    """

    files: Mapping[str, tuple[int, str]]
    absent: Sequence[str]
    raw: Mapping[str, str]
    bare: bool
    settings: Mapping[str, Any]
    jobs: Sequence[Job]
    software: Mapping[str, str]
    reports: Sequence[str]


def _raw_id(name: str) -> str:
    return f"#raw/{fragment(name)}"


def raw_refs(contents: Contents) -> list[dict[str, str]]:
    return [{"@id": _raw_id(name)} for name in contents.raw]


def inputs_of(contents: Contents) -> tuple[list[dict], list[dict]]:
    """The parameters of the workflow, raw exports and settings; and the values of the settings."""
    exports = [
        parameter_entity(f"raw/{name}", name.split(".")[0], "PropertyValue", _raw_id(name)) for name in contents.raw
    ]
    names = {name: f"#setting/{fragment(name)}" for name in contents.settings}
    settings = [parameter_entity(f"setting/{name}", name, "PropertyValue", value) for name, value in names.items()]
    values = [
        {
            "@id": names[name],
            "@type": "PropertyValue",
            "name": name,
            "value": json.dumps(value, ensure_ascii=False),
            "exampleOfWork": {"@id": parameter["@id"]},
        }
        for (name, value), parameter in zip(contents.settings.items(), settings, strict=True)
    ]
    return exports + settings, values


def link_parameters(files: Sequence[dict], parameters: Sequence[Mapping]) -> None:
    examples = {parameter["workExample"]["@id"]: parameter["@id"] for parameter in parameters}
    for file in files:
        if file["@id"] in examples:
            file["exampleOfWork"] = {"@id": examples[file["@id"]]}


def steps_of(contents: Contents, agent: Mapping[str, str]) -> tuple[list[dict], list[dict]]:
    """A step for each rule, and an action for each job."""
    rules = list(dict.fromkeys(job.rule for job in contents.jobs))
    steps = [
        {
            "@id": f"#step/{rule}",
            "@type": "HowToStep",
            "name": rule,
            "position": str(place),
            "workExample": {"@id": f"code/workflow/scripts/{rule}.py"},
        }
        for place, rule in enumerate(rules, 1)
    ]
    actions = [
        {
            "@id": f"#job/{fragment(job.name)}",
            "@type": "CreateAction",
            "name": job.name,
            "agent": agent,
            "instrument": {"@id": f"code/workflow/scripts/{job.rule}.py"},
            "object": [{"@id": place} for path in job.inputs for place in _places(path, contents)],
            "result": [{"@id": place} for path in job.outputs for place in _places(path, contents)],
        }
        for job in contents.jobs
    ]
    return steps, actions


def _places(path: str, contents: Contents) -> list[str]:
    """Where a file of the run stands in the metadata; several places for a folder, none for the program itself."""
    if path in contents.raw:
        return [_raw_id(path)]
    if path.startswith(("workflow/", "envs/")):
        return []
    if not path.startswith("results/"):
        inside = f"code/{path}"
        return [inside] if inside in contents.files else [f"#absent/{fragment(path)}"]
    within = sorted(name for name in contents.files if name == path or name.startswith(f"{path}/"))
    return within or [f"#absent/{fragment(path)}"]


def absent_entities(contents: Contents) -> list[dict]:
    """Files of the run that are not in the archive: the raw exports, and what the archive only names."""
    kind = "https://w3id.org/ro/terms/workflow-run#sha256" if contents.bare else "HMAC-SHA256"
    raw = [
        {
            "@id": _raw_id(name),
            "@type": "PropertyValue",
            "name": name,
            "propertyID": kind,
            "value": digest,
            "exampleOfWork": {"@id": f"#parameter/raw/{fragment(name)}"},
        }
        for name, digest in contents.raw.items()
    ]
    return raw + [
        {"@id": f"#absent/{fragment(path)}", "@type": "CreativeWork", "name": path} for path in contents.absent
    ]
