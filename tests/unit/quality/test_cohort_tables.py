import pandas as pd
import pytest
from given.person_files import number, written

from effectstudie.intake.warnings import warning
from effectstudie.quality.cohort_tables import cohort_tables
from effectstudie.quality.ingested import WholeTables, read_people
from effectstudie.shared.errors import InputError

CODEBOOKS = {
    "huishoudens": {"columns": {"regio": {"type": "text", "questionnaire": "Administratie"}}},
    "volwassenen": {
        "age_column": "leeftijd",
        "columns": {
            "respondent_id": {"type": "id", "questionnaire": "Administratie"},
            "cijfer": {"type": "code", "range": [1, 3], "questionnaire": "Veiligheid"},
        },
    },
    "kinderen": {"columns": {}},
    "jeugd": {"columns": {}},
}
RECODE = {"column": "cijfer", "old": "0", "new": "1", "count": 1, "reason": "andere codes"}
FIX = {"row": 1, "column": "cijfer", "reason": "typfout", "who": "AB", "date": "2026-01-02"}


def adults(day, *people):
    """(respondent, household, age, answer)"""
    table = pd.DataFrame(people, columns=["respondent", "household", "leeftijd", "cijfer"])
    return table.assign(geslacht=1.0, afnamedatum=pd.Timestamp(day), row=range(1, len(table) + 1))


@pytest.fixture
def exports(tmp_path):
    households = pd.DataFrame({"household": ["h", "i"], "row": [1, 2], "regio": "Twente", "aanpak": ["Samen", None]})
    tables = {
        "huishoudens": (households.assign(melddatum=pd.Timestamp("2015-12-01")), ["household"]),
        "T0_volwassenen": (adults("2016-01-01", ("a", "h", 30.0, 1.0), ("b", "i", 40.0, 2.0)), ["respondent"]),
        "T1_volwassenen": (adults("2017-01-01", ("a", "h", 31.0, 1.0), ("c", "i", 40.0, 1.0)), ["respondent"]),
    }
    child = pd.DataFrame({"household": ["h"], "child": ["k"], "row": [1], "afnamedatum": [pd.Timestamp("2016-01-01")]})
    by_parent = child.assign(respondent="a", kind_leeftijd=9.0, kind_geslacht=1.0)
    tables["T0_kinderen"] = by_parent, ["child", "respondent"]
    tables["T0_jeugd"] = child.assign(leeftijd=9.0, geslacht=1.0), ["child"]
    return {name: written(tmp_path / f"{name}.parquet", *table) for name, table in tables.items()}


def manifests(exports):
    odd = warning("no_date", "T0_volwassenen", "afnamedatum", "", pd.Series([2]))
    of_export = {"labels": {}, "warnings": [], "corrections": [], "recodes": []}
    return {name: of_export for name in exports} | {
        "T0_volwassenen": {"labels": {}, "warnings": [odd], "corrections": [FIX], "recodes": [RECODE]}
    }


def test_what_is_odd_in_one_export_and_between_waves_comes_together(exports):
    tables = cohort_tables(exports, manifests(exports), CODEBOOKS, ["T0", "T1"])
    assert tables["warnings"][["kind", "file", "rows"]].to_numpy().tolist() == [
        ["no_date", "T0_volwassenen", "2"],
        ["stranger", "T1_volwassenen", "2"],
    ]
    absent = tables["never_given"].set_index("file")["codes"].to_dict()
    assert absent == {"T0_volwassenen": "3", "T1_volwassenen": "2, 3"}
    asked = tables["answers"].set_index(["file", "questionnaire", "aanpak"])["answered"]
    assert asked["T1_volwassenen", "Veiligheid", "Samen"] == 1
    assert tables["corrections"][["file", "regio", "aanpak"]].to_numpy().tolist() == [
        ["T0_volwassenen", "Twente", "Samen"]
    ]
    assert tables["recodes"].to_dict("records") == [{"file": "T0_volwassenen", **RECODE}]


def test_a_contradiction_between_exports_stops_the_run(exports, tmp_path):
    other = adults("2017-01-01", ("a", "i", 31.0, 1.0), ("b", "i", 41.0, 2.0))
    exports["T1_volwassenen"] = written(tmp_path / "other.parquet", other, ["respondent"])
    with pytest.raises(InputError, match="the respondent was in another household in T0"):
        cohort_tables(exports, manifests(exports), CODEBOOKS, ["T0", "T1"])


def test_large_tables_are_kept_two_at_a_time(exports, monkeypatch):
    monkeypatch.setattr("effectstudie.quality.ingested._CELLS", 1)
    tables = WholeTables(exports)
    first = tables["T0_volwassenen"]
    assert first["respondent"].sort_values().tolist() == sorted([number("a"), number("b")])
    assert tables["T0_volwassenen"] is first
    assert len([tables[name] for name in ("T1_volwassenen", "huishoudens")]) == 2
    assert tables["T0_volwassenen"] is not first
    assert "T9_volwassenen" not in tables and list(tables) == list(exports)
    assert "cijfer" in first and "cijfer" not in read_people(exports["T0_volwassenen"])
