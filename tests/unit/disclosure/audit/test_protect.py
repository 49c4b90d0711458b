import pytest
from given.audit_systems import systems, tried
from hypothesis import given, settings

from effectstudie.disclosure.audit.protect import protect
from effectstudie.disclosure.audit.system import System
from effectstudie.shared.errors import EffectstudieError


def rows_of_a_file():
    """The attack on the data-quality page: a total, and all but one of its parts."""
    system = System()
    for name, number in (("approach", 3), ("pool", 304), ("others", 55)):
        system.count(name, number, 500)
    system.same({"approach": 1, "pool": 1, "others": 1}, 362, "total", 3)
    system.same({"pool": 1}, 304, "pool", 2)
    system.same({"others": 1}, 55, "others", 1)
    system.hidden["approach"] = "the youth of the approach"
    return system


def test_of_what_would_protect_the_least_missed_number_goes():
    found = protect(rows_of_a_file(), 3, 60)
    assert (found.withheld, found.unfinished) == (("others",), ())
    assert protect(rows_of_a_file(), 3, 60, ["pool"]).withheld == ("pool",)


@given(systems())
@settings(max_examples=40, deadline=None)
def test_no_hidden_count_can_be_worked_out_of_what_is_left(system):
    found = protect(system, 3, 60)
    left = system.without(found.withheld)
    assert len(tried(left, "a")) >= min(3, system.most["a"] + 1)
    # and no more is withheld than it takes
    for key in found.withheld if len(found.withheld) == 1 else ():
        assert len(tried(system.without(set(found.withheld) - {key}), "a")) < min(3, system.most["a"] + 1)


def test_what_is_known_without_the_report_stops_it():
    system = rows_of_a_file()
    system.same({"approach": 1}, 3)
    with pytest.raises(EffectstudieError, match="the youth of the approach can be worked out, whatever else is hidden"):
        protect(system, 3, 60)


def test_without_time_nothing_is_protected_and_the_report_is_not_made():
    with pytest.raises(EffectstudieError, match="the report is not made"):
        protect(rows_of_a_file(), 3, 0)
