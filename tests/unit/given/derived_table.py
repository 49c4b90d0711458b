"""The table of derived variables, made of the project's own definitions."""

from given.paths import ROOT

from effectstudie.derived.sources import Sources
from effectstudie.derived.variables import derived_variables
from effectstudie.shared.words import read_words
from effectstudie.shared.yaml_files import read_yaml

RESOURCES = ROOT / "resources"
TEMPLATES = RESOURCES / "pages/derived"
WORDS = read_words(TEMPLATES / "codebook.nl.yaml")
INSTRUMENTS = {path.stem: read_yaml(path) for path in sorted((RESOURCES / "instruments").glob("*.yaml"))}
CLASSIFICATION = {
    name: read_yaml(RESOURCES / f"classification/{name}.yaml") for name in ("violence", "variables", "risk_factors")
}
MANIFEST = read_yaml(RESOURCES / "norms/illustrative/manifest.yaml")
NORMS = {stem: {"status": "illustrative", "entry": entry} for stem, entry in MANIFEST.items()}
WAVES = ["T0", "T1", "T2"]


def made(instruments=INSTRUMENTS, norms=NORMS, **changes):
    classification = CLASSIFICATION if not changes else {**CLASSIFICATION, **changes}
    return derived_variables(Sources(instruments, classification, norms, WAVES, {"groningen": 4, "west": 3}, WORDS))


TABLE = made()
