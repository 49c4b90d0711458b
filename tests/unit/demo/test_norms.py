"""The illustrative norm tables, and how they are made."""

import pandas as pd
import pytest
import yaml
from given.paths import ROOT

from effectstudie.definitions.instruments import definition_paths
from effectstudie.demo.norms import illustrative_files, write_illustrative
from effectstudie.shared.yaml_files import read_yaml


def test_the_illustrative_tables_are_those_of_the_definitions():
    folder = ROOT / "resources/norms/illustrative"
    paths = definition_paths(ROOT / "resources/instruments")
    public = {name: read_yaml(path) for name, path in paths.items() if path.parent.name == "instruments"}
    expected = illustrative_files(public)
    assert sorted(path.name for path in folder.iterdir()) == sorted(expected), "run: make norms"
    for name, text in expected.items():
        assert (folder / name).read_text(encoding="utf-8") == text, "run: make norms"


def test_every_illustrative_table_says_in_name_and_first_line_what_it_is():
    for path in (ROOT / "resources/norms/illustrative").glob("*.csv"):
        assert path.stem.endswith("_illustrative")
        assert path.read_text(encoding="utf-8").startswith("# ILLUSTRATIVE - NOT A NORM")


def test_an_illustrative_mean_lies_at_three_tenths_from_the_favourable_end(tmp_path):
    definition = {
        "answers": [1, 5],
        "norm_scales": ["bad", "good"],
        "forms": {"f": {"views": {"own": {"columns": "q{}", "first": 1, "last": 4}}}},
        "scales": {
            "bad": {"items": [1, 2, 3, 4], "better": "lower"},
            "good": {"items": [1, 2], "op": "mean", "better": "higher"},
        },
    }
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments/q.yaml").write_text(yaml.safe_dump(definition))
    write_illustrative(tmp_path)
    table = pd.read_csv(tmp_path / "norms/illustrative/q_illustrative.csv", comment="#").set_index("scale")
    assert table.loc["bad", ["mean", "sd"]].tolist() == pytest.approx([4 + 0.3 * 16, 0.18 * 16])
    assert table.loc["good", ["mean", "sd"]].tolist() == pytest.approx([1 + 0.7 * 4, 0.18 * 4])
