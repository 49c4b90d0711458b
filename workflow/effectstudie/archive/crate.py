"""RO-Crate metadata of a run, in the profile Provenance Run Crate: what was made from what, how and by whom."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from effectstudie.running.job_records import Job

PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/ro/wfrun/provenance/0.5": "Provenance Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}

CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]

PARAMETER_PROFILE = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"

MAIN = "code/Snakefile"

MEDIA_TYPES = {
    ".html": "text/html",
    ".csv": "text/csv",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".yaml": "application/yaml",
    ".parquet": "application/vnd.apache.parquet",
    ".md": "text/markdown",
    ".py": "text/x-python",
    ".patch": "text/x-diff",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Contents(NamedTuple):
    """What the metadata describe.

    `files`: path in the archive → (bytes, SHA-256). `absent`: path of a file of the run that is not in the archive →
    its SHA-256, or None where that is not told. `raw`: name of a raw export → its SHA-256. `settings`: name → value.
    `software`: name → version. `reports`: paths in the archive of what the run was for.
    """

    files: Mapping[str, tuple[int, str]]
    absent: Mapping[str, str | None]
    raw: Mapping[str, str]
    settings: Mapping[str, Any]
    jobs: Sequence[Job]
    software: Mapping[str, str]
    reports: Sequence[str]


def metadata(about: Mapping[str, Any], contents: Contents) -> dict:
    """The content of ro-crate-metadata.json.

    `about`: name, description, date (year-month-day), version, people (name, role and perhaps orcid) and licence (name
    and perhaps url).
    """
    people = [_person(place, person) for place, person in enumerate(about["people"], 1)]
    licence = _licence(about["licence"])
    inputs, values = _inputs(contents)
    outputs = [
        _parameter(f"output/{PurePosixPath(path).name}", PurePosixPath(path).name, "File", path)
        for path in contents.reports
    ]
    agent = {"@id": people[0]["@id"]}
    steps, actions = _steps(contents, agent)
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"Uitvoering: {about['name']}",
        "agent": agent,
        "instrument": {"@id": MAIN},
        "object": [*_raw_refs(contents), *_refs(values)],
        "result": [{"@id": path} for path in contents.reports],
    }
    engine = _software("Snakemake", contents.software["snakemake"])
    requirements = [_software(name, version) for name, version in contents.software.items() if name != "snakemake"]
    controls = [
        {
            "@id": f"#control/{action['@id'][1:]}",
            "@type": "ControlAction",
            "name": f"Stap {action['name']}",
            "instrument": {"@id": f"#step/{job.rule}"},
            "object": {"@id": action["@id"]},
        }
        for job, action in zip(contents.jobs, actions, strict=True)
    ]
    organize = {
        "@id": "#organize",
        "@type": "OrganizeAction",
        "name": "Uitvoering door Snakemake",
        "agent": agent,
        "instrument": {"@id": engine["@id"]},
        "object": _refs(controls),
        "result": {"@id": "#run"},
    }
    workflow = {
        **_file(MAIN, contents.files[MAIN]),
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
        "name": "effectstudie",
        "programmingLanguage": {"@id": "#snakemake-language"},
        "version": about["version"],
        "license": {"@id": licence["@id"]},
        "input": _refs(inputs),
        "output": _refs(outputs),
        "step": _refs(steps),
        "hasPart": [step["workExample"] for step in steps],
        "softwareRequirements": _refs(requirements),
    }
    scripts = {step["workExample"]["@id"] for step in steps}
    files = [
        workflow if path == MAIN else {**_file(path, facts), **(_tool(path) if path in scripts else {})}
        for path, facts in sorted(contents.files.items())
    ]
    _link_parameters(files, [*inputs, *outputs])
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about["name"],
        "description": about["description"],
        "datePublished": about["date"],
        "license": {"@id": licence["@id"]},
        "author": _refs(people),
        "conformsTo": [{"@id": profile} for profile in PROFILES],
        "mainEntity": {"@id": MAIN},
        "hasPart": _refs(files),
        "mentions": [{"@id": "#run"}, {"@id": "#organize"}, *_refs(actions)],
    }
    language = {"@id": "#snakemake-language", "@type": "ComputerLanguage", "name": "Snakemake"}
    language["url"] = {"@id": "https://snakemake.readthedocs.io"}
    entities = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": [{"@id": "https://w3id.org/ro/crate/1.1"}, {"@id": list(PROFILES)[-1]}],
        },
        *(root, *files, run, organize, *actions, *controls, *steps, *inputs, *outputs, *values, *_absent(contents)),
        *(language, engine, *requirements, *people, licence, *_profiles()),
    ]
    return {"@context": CONTEXT, "@graph": entities}


def _refs(entities: Iterable[Mapping]) -> list[dict[str, str]]:
    return [{"@id": entity["@id"]} for entity in entities]


def _fragment(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._/-]", "-", text)


def _profiles() -> list[dict]:
    return [
        {"@id": url, "@type": "CreativeWork", "name": name, "version": url.rsplit("/", 1)[1]}
        for url, name in PROFILES.items()
    ] + [{"@id": PARAMETER_PROFILE, "@type": "CreativeWork", "name": "FormalParameter", "version": "1.0-RELEASE"}]


def _person(place: int, person: Mapping[str, str]) -> dict:
    orcid = person.get("orcid")
    identifier = f"https://orcid.org/{orcid}" if orcid else f"#person-{place}"
    return {"@id": identifier, "@type": "Person", "name": person["name"], "jobTitle": person["role"]}


def _licence(licence: Mapping[str, str | None]) -> dict:
    identifier = licence.get("url") or "#licence"
    return {"@id": identifier, "@type": "CreativeWork", "name": licence["name"], "description": licence["name"]}


def _software(name: str, version: str) -> dict:
    identifier = f"#software/{_fragment(name.lower())}"
    return {"@id": identifier, "@type": "SoftwareApplication", "name": name, "softwareVersion": version}


def _file(path: str, facts: tuple[int, str]) -> dict:
    size, digest = facts
    place = PurePosixPath(path)
    return {
        "@id": path,
        "@type": "File",
        "name": place.name,
        "contentSize": str(size),
        "sha256": digest,
        "encodingFormat": MEDIA_TYPES.get(place.suffix, "text/plain"),
    }


def _tool(path: str) -> dict:
    return {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": "Python", "name": PurePosixPath(path).stem}


def _raw_id(name: str) -> str:
    return f"#raw/{_fragment(name)}"


def _raw_refs(contents: Contents) -> list[dict[str, str]]:
    return [{"@id": _raw_id(name)} for name in contents.raw]


def _parameter(identifier: str, name: str, kind: str, example: str) -> dict:
    return {
        "@id": f"#parameter/{_fragment(identifier)}",
        "@type": "FormalParameter",
        "name": name,
        "additionalType": kind,
        "conformsTo": {"@id": PARAMETER_PROFILE},
        "workExample": {"@id": example},
    }


def _inputs(contents: Contents) -> tuple[list[dict], list[dict]]:
    """The parameters of the workflow, raw exports and settings; and the values of the settings."""
    exports = [_parameter(f"raw/{name}", name.split(".")[0], "PropertyValue", _raw_id(name)) for name in contents.raw]
    names = {name: f"#setting/{_fragment(name)}" for name in contents.settings}
    settings = [_parameter(f"setting/{name}", name, "PropertyValue", value) for name, value in names.items()]
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


def _link_parameters(files: Sequence[dict], parameters: Sequence[Mapping]) -> None:
    examples = {parameter["workExample"]["@id"]: parameter["@id"] for parameter in parameters}
    for file in files:
        if file["@id"] in examples:
            file["exampleOfWork"] = {"@id": examples[file["@id"]]}


def _steps(contents: Contents, agent: Mapping[str, str]) -> tuple[list[dict], list[dict]]:
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
            "@id": f"#job/{_fragment(job.name)}",
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
        return [inside] if inside in contents.files else [f"#absent/{_fragment(path)}"]
    within = sorted(name for name in contents.files if name == path or name.startswith(f"{path}/"))
    return within or [f"#absent/{_fragment(path)}"]


def _absent(contents: Contents) -> list[dict]:
    """Files of the run that are not in the archive: the raw exports, and what the archive only names."""
    raw = [
        {
            "@id": _raw_id(name),
            "@type": "PropertyValue",
            "name": name,
            "propertyID": "https://w3id.org/ro/terms/workflow-run#sha256",
            "value": digest,
            "exampleOfWork": {"@id": f"#parameter/raw/{_fragment(name)}"},
        }
        for name, digest in contents.raw.items()
    ]
    others = [
        {"@id": f"#absent/{_fragment(path)}", "@type": "CreativeWork", "name": path, "sha256": digest}
        for path, digest in contents.absent.items()
    ]
    return raw + [{key: value for key, value in other.items() if value is not None} for other in others]
