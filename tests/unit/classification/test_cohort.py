from math import inf, nan

import pandas as pd
import pytest
from given.person_files import pseudonym, written
from given.score_rows import RISK_FACTORS, VARIABLES, VIOLENCE, adult, child, partner, scores, took_part

from effectstudie.classification.cohort import classify_cohort, classify_exports, participation_of
from effectstudie.classification.rows import VARIABLE_COLUMNS
from effectstudie.shared.persons.kept import Kept

# Participation.


def test_participation_counts_each_once_a_wave():
    tables = {
        "huishoudens": pd.DataFrame({"household": ["h"]}),
        "T0_volwassenen": pd.DataFrame({"household": ["h", "h"], "respondent": ["a", "b"]}),
        "T0_kinderen": pd.DataFrame({"household": ["h", "h"], "respondent": ["a", "b"], "child": ["k", "k"]}),
        "T0_jeugd": pd.DataFrame({"household": ["h", "h"], "child": ["k", "l"]}),
        "T1_volwassenen": pd.DataFrame({"household": ["h"], "respondent": ["a"]}),
    }
    found = participation_of(tables)
    rows = found.groupby(["wave", "unit"])["unit_id"].agg(lambda ids: "".join(sorted(ids))).to_dict()
    assert rows == {
        ("T0", "household"): "h",
        ("T0", "adult"): "ab",
        ("T0", "child"): "kl",
        ("T0", "youth"): "kl",
        ("T1", "household"): "h",
        ("T1", "adult"): "a",
    }


# The whole cohort.


@pytest.fixture
def cohort():
    everyone = scores(
        *partner(4), *child(0), *partner(0, household="g"), *adult("a"), *adult("b", "g"), *adult("a", wave="T1")
    )
    households = pd.DataFrame({"household": ["h", "g"], "thv": [1.0, -9.0]})
    return everyone, households, pd.concat([took_part("k"), took_part("k", wave="T1")])


def cohort_variables(everyone, households, participation):
    return classify_cohort(everyone, households, participation, VIOLENCE, VARIABLES, RISK_FACTORS, "T0")


def test_cohort_has_a_row_per_unit_wave_and_variable_with_a_value(cohort):
    found = cohort_variables(*cohort)
    assert list(found.columns) == VARIABLE_COLUMNS
    assert found["value"].notna().all()
    assert not found.duplicated(["unit", "unit_id", "wave", "variable"]).any()
    assert {"violence_class", "total_violence", "low_income"} <= set(found["variable"])
    assert not any("." in name for name in found["variable"])


def test_a_refused_restraining_order_is_unknown(cohort):
    found = cohort_variables(*cohort)
    order = found[found["variable"] == "household_restraining_order"]
    assert order.set_index("unit_id")["value"].to_dict() == {"h": 1}
    of_adults = found[found["variable"] == "restraining_order"]
    assert of_adults.set_index("unit_id")["value"].to_dict() == {"a": 1}


def test_children_are_counted_at_the_first_wave_and_zero_counts(cohort):
    everyone, households, participation = cohort
    newcomer = took_part("l", wave="T1")
    found = cohort_variables(everyone, households, pd.concat([participation, newcomer]))
    number = found[found["variable"] == "n_children"]
    assert set(number["wave"]) == {"T0"}
    assert number.set_index("unit_id")["value"].to_dict() == {"h": 1, "g": 0}
    of_adults = found[found["variable"] == "children_over_3"]
    assert of_adults.set_index("unit_id")["value"].to_dict() == {"a": 1, "b": 0}


def test_order_of_rows_changes_nothing(cohort):
    everyone, households, participation = cohort
    key = ["unit", "unit_id", "wave", "variable"]
    one, other = (
        cohort_variables(*tables).sort_values(key, ignore_index=True)
        for tables in (cohort, (everyone[::-1], households[::-1], participation[::-1]))
    )
    pd.testing.assert_frame_equal(one, other)


def test_no_value_is_infinite(cohort):
    assert not cohort_variables(*cohort)["value"].isin([inf, -inf]).any()


def test_a_cohort_is_classified_from_its_files_in_the_order_of_its_units(tmp_path):
    key = ["unit", "unit_id", "wave"]
    ids = ["c", "a", "b"]
    households = pd.DataFrame({"household": ids, "thv": [1.0, 0.0, nan]})
    adults = pd.DataFrame({"household": ids, "respondent": [f"r{name}" for name in ids]})
    exports = {
        "huishoudens": written(tmp_path / "huishoudens.parquet", households, ["household"]),
        "T0_volwassenen": written(tmp_path / "T0_volwassenen.parquet", adults, ["respondent"]),
    }
    marks = pd.DataFrame({"unit": "household", "unit_id": ids, "household": ids, "wave": "T0"})
    counts = [f"count{part}" for part in ("", ".minor", ".severe", ".minor.known", ".severe.known")]
    marks = marks.assign(**dict.fromkeys(counts, [0.0, 1.0, 9.0]), **{"count.rule": "complete"})
    violence = {**VIOLENCE["partner_violence"], "score": "cts2.count"}
    definitions = {
        "violence": {
            "partner_violence": violence,
            "child_abuse": {**violence, "unit": "child", "score": "ctspc.count"},
        },
        "variables": {"often": {"score": "cts2.count", "unit": "household", "yes_when": {"from": 9}}},
        "risk_factors": {},
    }
    scores = [written(tmp_path / "cts2.parquet", marks, key)]
    paths = {name: tmp_path / f"{name}.parquet" for name in ("variables", "participation")}
    told = classify_exports(exports, scores, definitions, "T0", **paths, kept=Kept(tmp_path / "record"))
    found = pd.read_parquet(paths["variables"])
    assert list(found.columns) == VARIABLE_COLUMNS
    assert found[["unit", "unit_id"]].apply(tuple, axis=1).is_monotonic_increasing
    often = found[found["variable"] == "often"].set_index("household")["value"].to_dict()
    assert often == {pseudonym("c"): 0, pseudonym("a"): 0, pseudonym("b"): 100}
    assert "often household T0: 3" in told and "household_restraining_order household T0: 2" in told
    taken = pd.read_parquet(paths["participation"])
    assert taken["unit"].tolist() == ["adult"] * 3 + ["household"] * 3

    def again():
        kept = Kept(tmp_path / "record")
        classify_exports(exports, scores, definitions, "T0", **paths, kept=kept)
        return bool(kept.anew)

    before = [path.read_bytes() for path in paths.values()]
    assert not again()
    written(exports["huishoudens"], households.assign(row=[1, 2, 3]), ["household"])  # no answer that is read
    written(tmp_path / "cts2.parquet", marks.assign(other=1.0), key)
    assert not again()
    written(exports["huishoudens"], households.assign(thv=[1.0, 1.0, nan]), ["household"])
    assert again() and [path.read_bytes() for path in paths.values()][0] != before[0]
    written(exports["T0_volwassenen"], adults.assign(respondent=["ra", "rb", "rd"]), ["respondent"])
    assert again() and [path.read_bytes() for path in paths.values()][1] != before[1]
    written(exports["T0_volwassenen"], adults, ["respondent"])
    written(exports["huishoudens"], households, ["household"])
    assert again() and [path.read_bytes() for path in paths.values()] == before
    assert not again()
