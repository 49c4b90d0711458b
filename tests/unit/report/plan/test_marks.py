from given.plans import frozen
from given.words import TEXTS

from effectstudie.definitions.plans.registered import Registered
from effectstudie.report.plan.marks import mark_note, marked
from effectstudie.report.table import Number, Table, text_columns

WORDS = TEXTS["plan"]
PLAN = Registered(frozen("none"), ())
TABLE = Table(text_columns("Uitkomst", "p"), [["Gevoel van veiligheid", Number(0.1)], ["Alcoholgebruik", Number(0.2)]])


def test_what_the_plan_does_not_name_is_marked_and_the_mark_is_explained():
    rows = marked(TABLE, ["safety", "drinking"], PLAN, WORDS).rows
    assert [row[0] for row in rows] == ["Gevoel van veiligheid", "Alcoholgebruik (verkennend)"]
    assert rows[1][1] == Number(0.2)
    assert mark_note(["safety", "drinking"], PLAN, WORDS) == "Verkennend: de uitkomst staat niet in het plan."


def test_where_all_outcomes_were_planned_nothing_is_said():
    assert marked(TABLE, ["safety", "stress"], PLAN, WORDS).rows == TABLE.rows
    assert mark_note(["safety", "stress"], PLAN, WORDS) == ""


def test_without_a_plan_a_note_says_it_once():
    assert marked(TABLE, ["safety", "drinking"], None, WORDS) == TABLE
    assert mark_note(["safety"], None, WORDS) == "Er is geen plan vastgelegd: alle uitkomsten zijn verkennend."
