"""The files for SPSS, R and Excel: the same bytes each time, with labels, and each says that it is confidential."""

import pandas as pd
import pyreadstat
import pytest
from given.own_study import TEMPLATE, WORDS, layout

from effectstudie.own_analysis.variables import variables_of
from effectstudie.own_analysis.write import write_data, write_guide
from effectstudie.shared.storage import DUTCH

VARIABLES = variables_of(layout(), WORDS)
STUDY = {"study": "zeeland", "title": "Uitkomsten van Dijk & Duin", "region_label": "Zeeland"}


def table():
    numbers = {one.name: [1.0, float("nan")] for one in VARIABLES if not one.is_text}
    found = pd.DataFrame({"huishouden": ["H0123", "H4567"], "volwassene": ["P01e5", "=cmd"], **numbers})
    return found.assign(safety_T0=[1 / 3, -2.5])[[one.name for one in VARIABLES]]


def written(folder, synthetic=True):
    paths = {kind: str(folder / name) for kind, name in
             (("sav", "zeeland_volwassenen.sav"), ("csv", "v.csv"), ("codebook", "v_codeboek.csv"))}  # fmt: skip
    write_data(table(), VARIABLES, paths, synthetic, WORDS)
    return paths


def guide(path, **changed):
    about = {"study": STUDY, "files": ["volwassenen"], "persons": ["volwassene"], "rows": WORDS["rows"]}
    about |= {"groups": ["Samen", "Controle"], "strategy": "Strategie 2", "waves": ["T0", "T1", "T2"]}
    write_guide(path, TEMPLATE, **{**about, "synthetic": False, **changed})
    return path.read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(tmp_path):
    first, second = (written(tmp_path / name) for name in ("one", "two"))
    for kind, path in first.items():
        assert (tmp_path / path).read_bytes() == (tmp_path / second[kind]).read_bytes()


def test_spss_gets_labels_measures_and_numbers_as_they_are(tmp_path):
    frame, meta = pyreadstat.read_sav(written(tmp_path)["sav"])
    assert list(frame.columns) == list(table().columns)
    assert meta.column_names_to_labels["safety_T0"] == "Gevoel van veiligheid; rapportcijfer (1-10); T0"
    assert meta.variable_value_labels["groep"] == {1: "Samen", 2: "Controle", 3: "Overig", 4: "Samen, niet gematcht"}
    assert [meta.variable_measure[name] for name in ("safety_T0", "sex_T0")] == ["scale", "nominal"]
    assert [meta.original_variable_types[name] for name in ("safety_T0", "sex_T0")] == ["F8.3", "F8.0"]
    assert frame["safety_T0"].tolist() == [1 / 3, -2.5] and frame["groep"].isna().tolist() == [False, True]


def test_excel_in_dutch_and_r_read_the_csv(tmp_path):
    path = written(tmp_path)["csv"]
    head, first, second = (tmp_path / "v.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("\ufeffhuishouden;volwassene;groep;")
    assert ";0,333333333333;" in first and ";-2,5;" in second
    frame = pd.read_csv(path, **DUTCH)
    # nothing that a spreadsheet would run
    assert frame["volwassene"].tolist() == ["P01e5", "'=cmd"]


def test_the_codebook_says_of_each_column_what_it_is(tmp_path):
    rows = pd.read_csv(written(tmp_path)["codebook"], **DUTCH, keep_default_na=False).set_index("Kolom")
    assert list(rows.index) == list(table().columns)
    assert rows.loc["trauma_vervolg"].tolist() == [
        "Aandeel met klachten; vervolg", "0 = nee; 100 = ja", "schaal", "trauma",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("synthetic", "label"),
    [(True, "VERTROUWELIJK, SYNTHETISCH - zeeland_volwassenen"), (False, "VERTROUWELIJK - zeeland_volwassenen")],
)
def test_the_file_itself_says_that_it_is_confidential_and_whether_it_is_invented(tmp_path, synthetic, label):
    _, meta = pyreadstat.read_sav(written(tmp_path, synthetic)["sav"], metadataonly=True)
    assert meta.file_label == label


def test_a_study_with_a_long_name_has_a_label_that_spss_takes(tmp_path):
    paths = {"sav": f"{tmp_path}/{'z' * 80}.sav", "csv": f"{tmp_path}/v.csv", "codebook": f"{tmp_path}/c.csv"}
    write_data(table(), VARIABLES, paths, True, WORDS)
    assert pyreadstat.read_sav(paths["sav"], metadataonly=True)[1].file_label.startswith("VERTROUWELIJK, SYNTHETISCH")


def test_the_guide_begins_with_what_must_not_happen_and_names_files_groups_and_waves(tmp_path):
    text = guide(tmp_path / "leesmij.txt")
    assert text.startswith("VERTROUWELIJK. ") and "SYNTHETISCH" not in text
    assert "SYNTHETISCH. Deze gegevens zijn verzonnen" in guide(tmp_path / "leesmij.txt", synthetic=True)
    assert "- zeeland_volwassenen.sav en .csv: elke rij is een volwassene." in text
    assert "  1 = Samen\n  2 = Controle\n" in text and "UITKOMSTEN VAN DIJK & DUIN (Zeeland)" in text
    assert "..._T0 is de" in text and ", ..._T1, ..._T2 elke meting apart" in text
    assert "snakemake --cores 8 data_zeeland" in text
