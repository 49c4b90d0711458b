import pandas as pd
import pytest
import yaml
from given.paths import ROOT

from effectstudie.privacy.cleared import CONTACTS, Cleared, found_in_text, mark_of
from effectstudie.privacy.identifiers import LIKELY
from effectstudie.privacy.naming_columns import column_problems, text_problems
from effectstudie.shared.yaml_files import read_yaml


def line_in(problem):
    """The line that a problem says to add, filled in by a person."""
    line = problem.partition("config/cleared.yaml: - ")[2]
    filled = line.replace("NAAM", "A. Voorbeeld").replace("JJJJ-MM-DD", "2026-11-28").replace("REDEN", "een ziekenhuis")
    return yaml.load(filled, Loader=yaml.BaseLoader)


def problems_of(frame, cleared=(), free_text=()):
    return column_problems(frame, "T1_jeugd.sav", (), free_text, (), (), Cleared(cleared))


@pytest.mark.parametrize(
    ("frame", "free_text", "count"),
    [
        (pd.DataFrame({"toelichting": ["Daan hielp", "nee", "mevrouw Bakker"]}), ["toelichting"], 2),
        (pd.DataFrame({"plaatje": ["Dorpsstraat 3", "nee", "Dorpsstraat 4"]}), [], 1),
        (pd.DataFrame({"plaatje": ["Dorpsstraat 3", "nee", "mevrouw Bakker"]}), [], 2),
        (pd.DataFrame({"opm Daan": [1, 2]}), [], 1),
        (pd.DataFrame({"naam": [1, 2]}), [], 1),
    ],
)
def test_the_line_that_a_message_gives_clears_it_and_holds_no_text(frame, free_text, count):
    problems = problems_of(frame, free_text=free_text)
    lines = [line_in(problem) for problem in problems]
    assert len(problems) == count
    assert problems_of(frame, lines, free_text) == []
    assert not any(word in str(lines) for word in ("Daan", "Bakker", "Dorpsstraat"))


def test_another_text_another_place_and_another_kind_are_not_cleared():
    frame = pd.DataFrame({"toelichting": ["Daan hielp", "nee"]})
    [line] = [line_in(problem) for problem in problems_of(frame, free_text=["toelichting"])]
    assert problems_of(pd.DataFrame({"toelichting": ["Sanne hielp"]}), [line], ["toelichting"])
    assert problems_of(frame.rename(columns={"toelichting": "reactie"}), [line], ["reactie"])
    assert problems_of(frame, [{**line, "kind": "plate"}], ["toelichting"])
    assert problems_of(frame, [{**line, "file": "T2_jeugd"}], ["toelichting"])


@pytest.mark.parametrize("text", ["bsn 999990019", "bel 06-11223344", "fatima@voorbeeld.nl", "NL20 INGB 0001 2345 67"])
def test_nobody_can_clear_what_is_certain(text):
    [(_, end)] = found_in_text(text, "T1_jeugd", "column a", Cleared())
    kinds = [*LIKELY, "bsn", "telephone", "e-mail", "account"]
    lines = [{"file": "T1_jeugd", "place": "column a", "kind": kind, "mark": mark_of(text)} for kind in kinds]
    assert end == "." and len(found_in_text(text, "T1_jeugd", "column a", Cleared(lines))) == 1


def test_how_to_reach_an_institute_can_be_cleared_where_a_contact_may_be_meant():
    text = "info@voorbeeld.nl of 050-1234567"
    found = found_in_text(text, "a.md", "text", Cleared(), contact=True)
    lines = [line_in(end) for _, end in found]
    assert [line["kind"] for line in lines] == [*CONTACTS]
    assert found_in_text(text, "a.md", "text", Cleared(lines), contact=True) == []


def test_what_is_meant_in_a_place_is_no_find():
    assert found_in_text("A. van Dijk", "a.md", "text", Cleared(), meant=("name",)) == []
    assert found_in_text("A. van Dijk", "a.md", "text", Cleared())


def test_a_text_beside_the_cells_is_told_by_its_place():
    [problem] = text_problems([("a comment", "bel 06-11223344"), ("a comment", "vraag 3")], "T1_jeugd.xlsx", Cleared())
    assert problem == "T1_jeugd.xlsx, a comment: seems to hold a telephone number; take that out of the file."


def test_a_mark_tells_of_no_text():
    marks = {mark_of(f"respondent {number}") for number in range(5000)}
    assert all(len(mark) == 4 for mark in marks) and len(marks) < 5000  # many texts have the same


def test_the_schema_knows_every_kind_that_can_be_cleared():
    line = read_yaml(ROOT / "workflow/schemas/cleared.schema.yaml")["properties"]["cleared"]["items"]["properties"]
    assert {*line["kind"]["enum"]} == {*LIKELY, *CONTACTS}
