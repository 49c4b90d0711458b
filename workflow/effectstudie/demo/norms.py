"""Illustrative norm tables: invented, and marked so, because licensed ones may not be published."""

from collections.abc import Mapping
from pathlib import Path

from effectstudie.definitions.instruments import definition_paths, score_range
from effectstudie.definitions.norm_tables import COLUMNS
from effectstudie.shared.storage import replace_file
from effectstudie.shared.yaml_files import read_yaml

ILLUSTRATIVE_MARK = "# ILLUSTRATIVE - NOT A NORM: made from the range of the scores, to be replaced"
# Where an illustrative mean lies in the range of a scale, from its favourable end, and its standard deviation.
ILLUSTRATIVE_MEAN, ILLUSTRATIVE_SD = 0.30, 0.18


def illustrative_table(definition: Mapping) -> str:
    """The text of an illustrative norm table: a pooled stratum a scale, from the range of its scores only."""
    lines = [ILLUSTRATIVE_MARK, ",".join(COLUMNS["linear"])]
    for name in definition["norm_scales"]:
        low, high = score_range(definition, name)
        share = ILLUSTRATIVE_MEAN if definition["scales"][name]["better"] == "lower" else 1 - ILLUSTRATIVE_MEAN
        lines.append(f"{name},,,,{low + share * (high - low):.6g},{ILLUSTRATIVE_SD * (high - low):.6g}")
    return "\n".join(lines) + "\n"


def illustrative_files(definitions: Mapping[str, Mapping]) -> dict[str, str]:
    """The files of resources/norms/illustrative/: a table for each instrument that has norms, and the manifest."""
    named = {name: f"{name}_illustrative.csv" for name, one in sorted(definitions.items()) if "norm_scales" in one}
    manifest = ["# Made by `make norms` from the definitions in resources/instruments/. No norm of anyone."]
    for name, file in named.items():
        manifest += [
            f"{name}:",
            f"  file: {file}",
            "  kind: linear",
            "  source: geen norm, gemaakt uit het bereik van de score",
        ]
    tables = {file: illustrative_table(definitions[name]) for name, file in named.items()}
    return {**tables, "manifest.yaml": "\n".join(manifest) + "\n"}


def write_illustrative(resources: str | Path) -> None:
    """Write resources/norms/illustrative/ anew."""
    definitions = {name: read_yaml(path) for name, path in definition_paths(Path(resources) / "instruments").items()}
    for name, text in illustrative_files(definitions).items():
        replace_file(Path(resources) / "norms" / "illustrative" / name, lambda part, text=text: part.write_text(text))
