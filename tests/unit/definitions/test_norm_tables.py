"""Norm tables: which one is used, what may be wrong with it, how the illustrative ones are made."""

import hashlib

import numpy as np
import pytest

from effectstudie.definitions.checks.norms import norm_problems
from effectstudie.definitions.norm_tables import norm_file, read_norm
from effectstudie.scoring.norms import t_scores
from effectstudie.shared.errors import ConfigError

OVERLAP = "n.csv: scale s, sex 1: the ages 8 to 14 and 13 to 18 overlap."
STRANGER = "n.csv: names the scale 't', which the instrument has no norm for."
HEADER = "scale,sex,age_from,age_below,mean,sd\n"


def norm(path, kind="linear"):
    return read_norm(path, "licensed", "x", {"kind": kind})


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "x.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return written


def problem(path, **entry):
    with pytest.raises(ConfigError) as error:
        read_norm(path, "licensed", "x", {"kind": "linear", **entry})
    (found,) = error.value.problems
    return found.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("present", "status"),
    [(["illustrative"], "illustrative"), (["illustrative", "published"], "published"),
     (["illustrative", "published", "licensed"], "licensed")],
)  # fmt: skip
def test_a_licensed_table_goes_before_a_published_and_that_before_an_illustrative_one(present, status):
    manifests = {one: {"x": {"file": f"{one}.csv"}} for one in present}
    assert norm_file(manifests, "x") == {
        "status": status,
        "path": f"resources/norms/{status}/{status}.csv",
        "entry": {"file": f"{status}.csv"},
    }


def test_an_instrument_that_no_manifest_names_has_no_norm():
    assert norm_file({"licensed": {"y": {"file": "y.csv"}}}, "x") is None


def test_a_table_is_read_with_what_its_manifest_says(file):
    path = file("# from the manual\n" + HEADER + "s,1,8,13,4,2\n")
    found = read_norm(path, "licensed", "x", {"kind": "linear", "round": "half_up", "floor": 35})
    assert (str(found), found.kind, found.round, found.floor) == ("licensed/x", "linear", "half_up", 35)
    assert found.rows == [{"scale": "s", "sex": 1, "age_from": 8, "age_below": 13, "mean": 4, "sd": 2}]


def test_a_file_other_than_the_one_in_the_manifest_is_refused(file):
    path = file(HEADER + "s,,,,4,2\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert str(read_norm(path, "licensed", "x", {"kind": "linear", "sha256": digest})) == "licensed/x"
    path.write_text(HEADER + "s,,,,4,3\n")
    assert problem(path, sha256=digest) == (
        "is not the file whose sha256 stands in manifest.yaml; put the right one there."
    )


def test_a_missing_file_other_columns_and_text_for_a_number_are_one_sentence(file, tmp_path):
    assert problem(tmp_path / "gone.csv") == "there is no such file; manifest.yaml beside it names it."
    assert problem(file("scale,mean\ns,1\n")) == (
        "the columns are scale, mean; allowed: scale, sex, age_from, age_below, mean, sd."
    )
    assert problem(file(HEADER + "s,man,,,4,2\n")) == "column sex holds 'man'; allowed: a number."
    assert problem(file(HEADER + "s,,,,4,\n")) == "column sd holds ''; allowed: a number."
    assert problem(file(HEADER + "s,,4,2\n")) == "the row 's,,4,2' has 4 cells; allowed: 6."


DEFINITION = {
    "norm_scales": ["s"], "ages": {"from": 8, "below": 18}, "units": {"child": {"combine": "highest"}},
    "scales": {"s": {"items": "1-5", "size": 5}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("s,,,,4,2\n", []),
        ("s,1,8,13,4,2\ns,1,13,18,4,2\ns,2,8,18,4,2\n", []),
        ("s,1,8,14,4,2\ns,1,13,18,4,2\ns,2,8,18,4,2\n", [OVERLAP]),
        (
            "s,1,8,12,4,2\ns,1,13,18,4,2\ns,2,8,18,4,2\n",
            ["n.csv: scale s, sex 1: the table leaves out the ages 12 to 13 of the instrument."],
        ),
        (
            "s,,9,17,4,2\n",
            [
                f"n.csv: scale s, sex {sex}: the table leaves out the ages {gap} of the instrument."
                for sex in (1, 2)
                for gap in ("from 8", "to 18")
            ],
        ),
        ("s,,,,4,0\n", ["n.csv: column sd must be above 0."]),
        ("s,,,,4,2\nt,,,,4,2\n", [STRANGER]),
        ("t,,,,4,2\n", ["n.csv: has no rows for the scale s.", STRANGER]),
    ],
)  # fmt: skip
def test_strata_cover_the_ages_without_overlap(file, rows, expected):
    found = norm(file(HEADER + rows))
    assert norm_problems("n.csv", found, DEFINITION) == expected


def test_ages_in_a_lookup_may_repeat_for_each_raw_score(file):
    header = "scale,sex,age_from,age_below,raw_from,raw_to,value\n"
    found = norm(file(header + "s,,8,18,0,4,40\ns,,8,18,5,9,60\n"), kind="lookup")
    assert norm_problems("n.csv", found, DEFINITION) == []
    t = t_scores(found, "s", np.array([4.0, 5, 9, 10, np.nan, -np.inf]), np.full(6, 9.0), np.full(6, 1.0))
    np.testing.assert_array_equal(t, [40, 60, 60, np.nan, np.nan, -np.inf])


LOOKUP = "scale,sex,age_from,age_below,raw_from,raw_to,value\n"


@pytest.mark.parametrize(
    ("changed", "whole"),
    [
        ({}, True),
        ({"missing": {"fill": "person_mean", "round": "half_up"}}, True),
        ({"missing": {"fill": "person_mean"}}, False),
        ({"units": {"child": {"combine": "mean", "at": "scale"}}}, False),
        ({"scales": {"s": {"items": "1-5", "size": 5, "op": "mean"}}}, False),
        ({"scales": {"s": {"items": "1-2", "size": 2, "op": "product"}}}, False),
        ({"scales": {"s": {"total_of": ["p"]}, "p": {"items": "1-5", "size": 5, "op": "mean"}}}, False),
        (
            {"scales": {"s": {"parts": ["p"], "size": 5}, "p": {"items": "1-5", "missing": {"fill": "person_mean"}}}},
            False,
        ),
    ],
)
def test_a_score_that_is_not_always_whole_does_not_fall_between_the_rows_of_a_lookup(file, changed, whole):
    """It had no T score, and its missing rule said that it was complete."""
    apart = norm(file(LOOKUP + "s,,8,18,0,4,40\ns,,8,18,5,9,60\n"), kind="lookup")
    problems = norm_problems("n.csv", apart, DEFINITION | changed)
    assert (problems == []) == whole
    assert whole or "a score can lie between 4 and 5" in problems[0]
    joined = norm(file(LOOKUP + "s,,8,18,0,4.5,40\ns,,8,18,4.5,9,60\n"), kind="lookup")
    assert norm_problems("n.csv", joined, DEFINITION | changed) == []
