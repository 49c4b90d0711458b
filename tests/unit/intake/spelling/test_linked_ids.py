"""The same people over all exports."""

import pandas as pd
import pytest

from effectstudie.intake.spelling.linked_ids import known_from, link, mostly_unknown
from effectstudie.shared.errors import InputError

NAMES = {"huishoudens": ["huishouden_id"], "volwassenen": ["respondent_id", "huishouden_id"]}
NAMES |= {"kinderen": ["respondent_id", "kind_id", "huishouden_id"], "jeugd": ["kind_id", "huishouden_id"]}


def cohort(**exports):
    """Ids of exports, a tuple of columns each, in the order of NAMES; ids by blanks."""
    return {
        export: {
            column: pd.Series(texts.split(), dtype="str")
            for column, texts in zip(NAMES[export.split("_")[-1]], columns, strict=True)
        }
        for export, columns in exports.items()
    }


def adults(*waves, homes="H1 H1 H2"):
    """Adults of waves, in households that are all known."""
    of_waves = {
        f"T{number}_volwassenen": (people, " ".join(homes.split()[: len(people.split())]))
        for number, people in enumerate(waves)
    }
    return cohort(huishoudens=("H1 H2",), **of_waves)


def problems(ids):
    with pytest.raises(InputError) as raised:
        link(ids)
    return raised.value.problems


def test_ids_that_are_alike_need_no_linking():
    linked = link(adults("A B C", "C A"))
    assert linked.spellings == {} and linked.warnings == {}


@pytest.mark.parametrize(
    ("first", "later", "kind"),
    [
        ("R1a R2 R3", "r1A r2 r3", "capitals"),
        ("0110 0111", "110 111", "zeros"),
        ("1440 2000", "1.440 2.000", "thousands"),
    ],
)
def test_ids_that_are_alike_but_for_what_programs_lose_are_one_and_told(first, later, kind):
    linked = link(adults(first, later))
    meant = dict(zip(later.split(), first.split(), strict=True))
    assert linked.spellings == {"T1_volwassenen": {"respondent_id": meant}}
    [warning] = linked.warnings["T1_volwassenen"]
    assert (warning["kind"], warning["about"], warning["count"]) == (f"id_{kind}", "T0_volwassenen", len(meant))


def test_the_spelling_of_the_exports_that_agree_counts():
    linked = link(adults("110 7", "0110 07", "0110"))
    assert linked.spellings == {"T0_volwassenen": {"respondent_id": {"110": "0110", "7": "07"}}}


def test_different_people_stay_different():
    assert link(adults("ab AB 7 07", "AB ab 07", homes="H1 H1 H2 H2")).spellings == {}


def test_two_spellings_in_one_export_are_refused_where_another_has_one():
    [problem] = problems(adults("AB C", "AB ab C"))
    assert problem.startswith(
        "T1_volwassenen, rows 1, 2, column respondent_id: some of these ids differ in nothing but"
    )
    assert "AB" not in problem


def test_each_kind_of_id_is_linked_by_itself():
    ids = cohort(huishoudens=("A",), T0_volwassenen=("a", "a"), T0_kinderen=("a", "A", "A"))
    assert link(ids).spellings == {"T0_volwassenen": {"huishouden_id": {"a": "A"}}}


CAUSES = {
    "ids of column huishouden_id": ("R1 R2 R3", "H1 H2"),
    "nothing but signs, blanks or capitals": ("R-1 R-2 R-3", "R1 R2 R3"),
    "cut off": ("RESP1 RESP2", "RESP1X RESP2X"),
    "more, or less, before or behind": ("R1 R2 R3", "T1_R1 T1_R2"),
    "Only these are numbers": ("Ra Rb Rc", "5 6 7"),
    "numbered anew": ("Ra Rb Rc", "Qx Qy Qz"),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_a_wave_that_nobody_knows_stops_with_the_likely_cause(cause):
    first, later = CAUSES[cause][:: -1 if cause == "cut off" else 1]
    [problem] = problems(adults(first, later))
    count = len(later.split())
    assert problem.startswith(
        f"T1_volwassenen, column respondent_id: {count} of its {count} ids are not in T0_volwassenen, so that these "
        "people cannot be linked. "
    )
    assert cause in problem and "R1" not in problem


def unknown(**exports):
    ids = {export: {name: of.unique() for name, of in columns.items()} for export, columns in cohort(**exports).items()}
    return [(one.export, one.column, one.unknown) for one in mostly_unknown(ids, ["T0", "T1"])]


def test_some_newcomers_stop_nothing():
    assert unknown(T0_volwassenen=("A B C D", "H H H H"), T1_volwassenen=("A B X Y", "H H H H")) == []
    assert unknown(T0_volwassenen=("A B C", "H H H"), T1_volwassenen=("A X Y", "H H H")) == [
        ("T1_volwassenen", "respondent_id", 2)
    ]


def test_children_and_households_stop_too():
    assert unknown(
        huishoudens=("H1 H2",), T0_kinderen=("A A", "K L", "h1 h2"), T1_kinderen=("A A", "X Y", "H1 H2")
    ) == [("T0_kinderen", "huishouden_id", 2)]
    assert unknown(T0_kinderen=("A A", "K L", "H H"), T1_kinderen=("A A", "X Y", "H H")) == [
        ("T1_kinderen", "kind_id", 2)
    ]
    assert unknown(T1_volwassenen=("A", "H"), T1_kinderen=("B B", "K L", "H H")) == [
        ("T1_kinderen", "respondent_id", 1)
    ]


def test_youth_may_answer_where_few_parents_did():
    assert unknown(T0_kinderen=("A", "K", "H"), T0_jeugd=("K X Y Z", "H H H H")) == []
    assert unknown(T0_kinderen=("A A A", "K L M", "H H H"), T0_jeugd=("X Y Z", "H H H")) == [("T0_jeugd", "kind_id", 3)]


def test_who_should_know_whom_hangs_on_the_exports_that_there_are():
    assert known_from(["T0_volwassenen", "T1_volwassenen"], ["T0", "T1"]) == [
        ("T1_volwassenen", "T0_volwassenen", "respondent_id")
    ]
