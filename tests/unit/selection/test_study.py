import pandas as pd
import pytest
from given.person_files import number, pseudonym, written

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.selection.roles import cohort_counts
from effectstudie.selection.study import select_cohort, select_to_plan
from effectstudie.shared.errors import InputError

STUDY = {"approach": {"regio": "Groningen", "aanpak": "Multifocus"}, "follow_up": {"waves": ["T1"]}}
STUDY["risk_threshold"] = 4
OUTCOMES = outcomes_from(
    {
        "safety": {"variable": "safety.mark", "unit": "adult"},
        "violence": {"variable": "total_violence", "unit": "household"},
    }
)
COVARIATES = {
    "violence": {"variable": "total_violence"},
    "safety": {"variable": "safety.mark", "of_adults": "mean"},
}
PLACES = {"h": ("Groningen", "Multifocus"), "p": ("Twente", ""), "x": ("Twente", "Anders")}


@pytest.fixture
def paths(tmp_path):
    """One adult in each of three households: of the approach, of the pool, and of neither; two waves."""
    households = pd.DataFrame({"household": list("hpx"), "household_order": [2, 1, 3]})
    households[["regio", "aanpak"]] = [PLACES[name] for name in "hpx"]
    where = pd.DataFrame(
        [(unit, name if unit == "household" else f"a{name}", name, wave)
         for unit in ("adult", "household") for name in "hpx" for wave in ("T0", "T1")],
        columns=["unit", "unit_id", "household", "wave"],
    )  # fmt: skip
    violence = where[where["unit"] == "household"].assign(variable="total_violence", value=10.0)
    marks = where[where["unit"] == "adult"].assign(mark=6.0)
    marks.loc[marks["wave"] == "T1", "mark"] = 8.0
    key = ["unit", "unit_id", "wave"]
    return {
        "households": written(tmp_path / "households.parquet", households, ["household"]),
        "variables": written(tmp_path / "variables.parquet", violence, [*key, "variable"]),
        "participation": written(tmp_path / "participation.parquet", where, key),
        "scores": [written(tmp_path / "safety.parquet", marks.assign(**{"mark.rule": "complete"}), key)],
        "analysis": tmp_path / "analysis.parquet",
        "waves": tmp_path / "waves.parquet",
    }


def select(paths, study=STUDY):
    return select_cohort(
        **paths,
        names=["safety.mark"],
        study=study,
        outcomes=OUTCOMES,
        covariates=COVARIATES,
        first_wave="T0",
    )


def test_a_study_is_written_kind_of_unit_by_kind_of_unit_without_households_of_other_approaches(paths):
    select(paths)
    analysis = pd.read_parquet(paths["analysis"])
    assert set(analysis["household"]) == {pseudonym("h"), pseudonym("p")}
    marks = analysis[analysis["outcome"] == "safety"].set_index(["role", "wave"])["value"].to_dict()
    assert marks == {(role, wave): 6.0 if wave == "T0" else 8.0 for role, wave in marks} and len(marks) == 4
    assert analysis["unit"].is_monotonic_increasing and set(analysis["unit"]) == {"adult", "household"}
    waves = pd.read_parquet(paths["waves"])
    assert set(waves["wave"]) == {"T0", "T1"} and set(waves["outcome"]) == {"participation", "safety", "violence"}


def test_what_a_study_is_planned_with_is_what_it_will_analyse(paths):
    select(paths)
    analysis = pd.read_parquet(paths["analysis"])
    planned = to_plan(paths)
    key = ["unit", "outcome", "role", "wave", "value"]
    assert set(map(tuple, planned[key].to_numpy())) == set(map(tuple, analysis[key].to_numpy()))
    assert len(planned) == len(analysis)


def test_a_study_without_a_family_of_its_approach_is_planned_with_possible_controls(paths):
    planned = to_plan(paths, {**STUDY, "approach": {"regio": "Zeeland", "aanpak": "Nieuw"}})
    assert set(planned["role"]) == {"pool"} and set(planned["household"]) == {number("p")}


def to_plan(paths, study=STUDY):
    tables = {name: path for name, path in paths.items() if name not in ("analysis", "waves")}
    return select_to_plan(**tables, names=["safety.mark"], study=study, outcomes=OUTCOMES, first_wave="T0")


def test_covariates_of_all_kinds_of_units_come_together_in_the_order_of_the_shuffle(paths):
    assert select(paths)[0].to_dict("list") == {
        "household": [number("p"), number("h")],
        "order": [1, 2],
        "role": ["pool", "approach"],
        "violence": [10.0, 10.0],
        "safety": [6.0, 6.0],
    }


def test_nothing_is_written_for_an_approach_that_nobody_is_of(paths):
    with pytest.raises(InputError, match="no household has regio 'Zeeland'"):
        select(paths, {**STUDY, "approach": {"regio": "Zeeland", "aanpak": "Multifocus"}})
    assert not paths["analysis"].exists()


def test_the_households_of_the_cohort_are_counted_by_their_role():
    roles = pd.Series(["approach", "pool", "pool", "excluded"], index=["a", "b", "c", "d"])
    assert cohort_counts(roles) == {"cohort": 4, "approach": 1, "pool": 2, "other_approach": 1}
