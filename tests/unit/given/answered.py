"""Answers to an instrument, and the scores that they give."""

import copy
import functools

from given.paths import ROOT

from effectstudie.shared.yaml_files import read_yaml

INSTRUMENTS = ROOT / "resources" / "instruments"


_read = functools.cache(read_yaml)


def definition(name):
    return copy.deepcopy(_read(INSTRUMENTS / f"{name}.yaml"))
