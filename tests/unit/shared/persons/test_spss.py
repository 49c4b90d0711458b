"""Tables of persons as SPSS files."""

import pandas as pd
import pyreadstat

from effectstudie.shared.persons.spss import write_spss

FRAME = pd.DataFrame({"safety": [7.5, None]})


def test_a_file_has_the_same_bytes_whenever_it_is_written(tmp_path):
    for name in ("first", "second"):
        write_spss(FRAME, tmp_path / f"{name}.sav", "proef", column_labels={"safety": "Veiligheid"})
    first, second = ((tmp_path / f"{name}.sav").read_bytes() for name in ("first", "second"))
    assert first == second
    assert first[92:109] == b"01 Jan 2000:00:00"
    frame, meta = pyreadstat.read_sav(tmp_path / "first.sav")
    assert frame["safety"].tolist()[0] == 7.5 and (meta.file_label, meta.column_labels) == ("proef", ["Veiligheid"])
