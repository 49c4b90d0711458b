"""Answers to an instrument, and the scores that they give."""

from given.paths import ROOT

from effectstudie.shared.yaml_files import read_yaml

INSTRUMENTS = ROOT / "resources" / "instruments"


def definition(name):
    return read_yaml(INSTRUMENTS / f"{name}.yaml")
