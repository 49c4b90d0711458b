"""Words of numbers, and their turns."""

from given.outcome_facts import both
from given.prose_reading import UNITS
from given.told import told

from effectstudie.report.prose.outcome import Shown
from effectstudie.report.prose.wording import pick, spoken, unit_text
from effectstudie.shared import formats


def test_one_incident_is_singular():
    texts = [unit_text(UNITS["incidents"], text).replace(formats.NBSP, " ") for text in ("1", "1,0", "0", "1,2", "21")]
    assert texts == [" incident per jaar"] * 2 + [" incidenten per jaar"] * 3
    assert unit_text(None, "7") == ""


def test_each_kind_of_number_has_its_own_words():
    assert spoken(UNITS["mark"], "7,4") == "een\u00a07,4" and unit_text(UNITS["mark"], "7,4") == ""
    assert spoken(None, "27%") == "27%"
    shown = Shown(6.9, 7.4, "6,9", "7,4", change=0.5)
    assert told(both(shown), unit=UNITS["mark"])[0].endswith("in de controlegroep van een 6,9 naar een 7,4.")
    none = Shown(0, 0, "0", "0", change=0)
    assert told(both(none, "equal"), unit=UNITS["incidents"])[0] == (
        "Het geweld blijft in beide groepen vrijwel gelijk: in de A-groep 0 incidenten per jaar op beide metingen en "
        "in de controlegroep 4 incidenten per jaar op beide metingen."
    )


def test_wordings_take_turns():
    assert [pick(["a", "b", "c"], place) for place in range(4)] == ["a", "b", "c", "a"]
    assert pick("a", 2) == "a"
