"""RO-Crate metadata of a run, in the profile Provenance Run Crate: what was made from what, how and by whom."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from effectstudie.archive.crate_entities import (
    PROFILES,
    file_entity,
    licence_entity,
    parameter_entity,
    person_entity,
    profile_entities,
    refs,
    script_facts,
    software_entity,
)
from effectstudie.archive.crate_run import Contents, absent_entities, inputs_of, link_parameters, raw_refs, steps_of

CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
MAIN = "code/Snakefile"


_LANGUAGE = {
    "@id": "#snakemake-language",
    "@type": "ComputerLanguage",
    "name": "Snakemake",
    "url": {"@id": "https://snakemake.readthedocs.io"},
}
_DESCRIPTOR = {
    "@id": "ro-crate-metadata.json",
    "@type": "CreativeWork",
    "about": {"@id": "./"},
    "conformsTo": [{"@id": "https://w3id.org/ro/crate/1.1"}, {"@id": list(PROFILES)[-1]}],
}


def metadata(about: Mapping[str, Any], contents: Contents, words: Mapping[str, str]) -> dict:
    """The content of ro-crate-metadata.json.

    `about`: name, description, date (year-month-day), version, people (name, role and perhaps orcid) and licence (name
    and perhaps url). `words`: names of the run, a step and the engine.
    """
    people = [person_entity(place, person) for place, person in enumerate(about["people"], 1)]
    licence = licence_entity(about["licence"])
    inputs, values = inputs_of(contents)
    outputs = [
        parameter_entity(f"output/{PurePosixPath(path).name}", PurePosixPath(path).name, "File", path)
        for path in contents.reports
    ]
    agent = {"@id": people[0]["@id"]}
    steps, actions = steps_of(contents, agent)
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": words["run"].format(name=about["name"]),
        "agent": agent,
        "instrument": {"@id": MAIN},
        "object": [*raw_refs(contents), *refs(values)],
        "result": [{"@id": path} for path in contents.reports],
    }
    engine = software_entity("Snakemake", contents.software["snakemake"])
    requirements = [
        software_entity(name, version) for name, version in contents.software.items() if name != "snakemake"
    ]
    organize, controls = _organised(contents, actions, agent, engine, words)
    workflow = {
        **file_entity(MAIN, contents.files[MAIN]),
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
        "name": "effectstudie",
        "programmingLanguage": {"@id": "#snakemake-language"},
        "version": about["version"],
        "license": {"@id": licence["@id"]},
        "input": refs(inputs),
        "output": refs(outputs),
        "step": refs(steps),
        "hasPart": [step["workExample"] for step in steps],
        "softwareRequirements": refs(requirements),
    }
    scripts = {step["workExample"]["@id"] for step in steps}
    files = [
        workflow if path == MAIN else {**file_entity(path, facts), **(script_facts(path) if path in scripts else {})}
        for path, facts in sorted(contents.files.items())
    ]
    link_parameters(files, [*inputs, *outputs])
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": about["name"],
        "description": about["description"],
        "datePublished": about["date"],
        "license": {"@id": licence["@id"]},
        "author": refs(people),
        "conformsTo": [{"@id": profile} for profile in PROFILES],
        "mainEntity": {"@id": MAIN},
        "hasPart": refs(files),
        "mentions": [{"@id": "#run"}, {"@id": "#organize"}, *refs(actions)],
    }
    entities = [
        *(_DESCRIPTOR, root, *files, run, organize, *actions, *controls),
        *(*steps, *inputs, *outputs, *values, *absent_entities(contents)),
        *(_LANGUAGE, engine, *requirements, *people, licence, *profile_entities()),
    ]
    return {"@context": CONTEXT, "@graph": entities}


def _organised(
    contents: Contents,
    actions: Sequence[Mapping[str, Any]],
    agent: Mapping[str, str],
    engine: Mapping[str, Any],
    words: Mapping[str, str],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The work of the engine, and of each job that it was this job that was done."""
    controls = [
        {
            "@id": f"#control/{action['@id'][1:]}",
            "@type": "ControlAction",
            "name": words["step"].format(name=action["name"]),
            "instrument": {"@id": f"#step/{job.rule}"},
            "object": {"@id": action["@id"]},
        }
        for job, action in zip(contents.jobs, actions, strict=True)
    ]
    organize = {
        "@id": "#organize",
        "@type": "OrganizeAction",
        "name": words["engine"],
        "agent": agent,
        "instrument": {"@id": engine["@id"]},
        "object": refs(controls),
        "result": {"@id": "#run"},
    }
    return organize, controls
