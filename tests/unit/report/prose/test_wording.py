"""Words of numbers, and their turns."""

from given.outcome_facts import VALUES
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
    assert spoken(UNITS["percentage"], "27%") == "27%"
    shown = {group: Shown(6.9, 7.4, "6,9", "7,4") for group in ("approach", "control")}
    assert told(shown, unit=UNITS["mark"])[0].endswith("in de controlegroep van een 6,9 naar een 7,4.")
    none = Shown(0, 0, "0", "0")
    assert told({"approach": none, "control": VALUES["same"]}, unit=UNITS["incidents"])[0] == (
        "Het geweld blijft in beide groepen gelijk: in de A-groep op 0 en in de controlegroep op 4 incidenten per jaar."
    )


def test_wordings_take_turns():
    assert [pick(["a", "b", "c"], place) for place in range(4)] == ["a", "b", "c", "a"]
    assert pick("a", 2) == "a"
