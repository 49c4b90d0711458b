"""Files of an export as a test writes them, and what reading them gives or refuses."""

import pytest

from effectstudie.intake.files.readers import read_export
from effectstudie.shared.errors import InputError

NAMES = ["respondent_id", "regio", "cijfer"]


def csv_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "T0_volwassenen.csv"
    path.write_bytes(text.encode(encoding))
    return path


def problems_of(path, expected=NAMES):
    with pytest.raises(InputError) as raised:
        read_export(path, expected)
    return str(raised.value).split("\n")


def cells(path):
    return read_export(path, NAMES).frame.to_numpy().tolist()
