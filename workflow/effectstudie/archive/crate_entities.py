"""The entities of RO-Crate metadata that say what one thing is: a file, a person, a program, a parameter."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/ro/wfrun/provenance/0.5": "Provenance Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}

PARAMETER_PROFILE = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"

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
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def refs(entities: Iterable[Mapping]) -> list[dict[str, str]]:
    return [{"@id": entity["@id"]} for entity in entities]


def fragment(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._/-]", "-", text)


def profile_entities() -> list[dict]:
    return [
        {"@id": url, "@type": "CreativeWork", "name": name, "version": url.rsplit("/", 1)[1]}
        for url, name in PROFILES.items()
    ] + [{"@id": PARAMETER_PROFILE, "@type": "CreativeWork", "name": "FormalParameter", "version": "1.0-RELEASE"}]


def person_entity(place: int, person: Mapping[str, str]) -> dict:
    orcid = person.get("orcid")
    identifier = f"https://orcid.org/{orcid}" if orcid else f"#person-{place}"
    return {"@id": identifier, "@type": "Person", "name": person["name"], "jobTitle": person["role"]}


def licence_entity(licence: Mapping[str, str | None]) -> dict:
    identifier = licence.get("url") or "#licence"
    return {"@id": identifier, "@type": "CreativeWork", "name": licence["name"], "description": licence["name"]}


def software_entity(name: str, version: str) -> dict:
    identifier = f"#software/{fragment(name.lower())}"
    return {"@id": identifier, "@type": "SoftwareApplication", "name": name, "softwareVersion": version}


def file_entity(path: str, facts: tuple[int, str]) -> dict:
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


def script_facts(path: str) -> dict:
    return {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": "Python", "name": PurePosixPath(path).stem}


def parameter_entity(identifier: str, name: str, kind: str, example: str) -> dict:
    return {
        "@id": f"#parameter/{fragment(identifier)}",
        "@type": "FormalParameter",
        "name": name,
        "additionalType": kind,
        "conformsTo": {"@id": PARAMETER_PROFILE},
        "workExample": {"@id": example},
    }
