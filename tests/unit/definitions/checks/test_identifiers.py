"""What people write in config/ and in corrections names nobody who is not meant there."""

import pytest
import yaml
from given.paths import ROOT
from given.project_files import STUDY, correct

from effectstudie.definitions.checks.content import check_schema
from effectstudie.definitions.checks.identifiers import correction_problems, naming_problems
from effectstudie.privacy.cleared import Cleared
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml

FIX = {"file": "T0_jeugd", "id": "K1", "column": "sis_01", "old_value": "1", "new_value": "2", "date": "2026-01-02"}


def lines_of(problems):
    """The lines that problems say to add, as a person fills them in."""
    lines = [problem.partition("config/cleared.yaml: - ")[2] for problem in problems]
    text = "\n".join(f"- {line}" for line in lines)
    for empty, filled in (("NAAM", "A. Voorbeeld"), ("JJJJ-MM-DD", "2026-11-28"), ("REDEN", "verzonnen")):
        text = text.replace(empty, filled)
    return yaml.load(text, Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        ({"funder": "Mohammed Bakker, Fonds"}, "key funder", "a name"),
        ({"exclusions": ["Geen kinderen.", "Fatima Bakker niet."]}, "key exclusions", "a name"),
        ({"matching": {"reason": "zie Dorpsstraat 12"}}, "key matching.reason", "an address"),
        ({"institute": "bel 050-1234567"}, "key institute", "a telephone number"),
        (["opm Jan de Vries"], "key ", "a name"),
    ],
)
def test_a_text_of_settings_names_nobody_until_a_person_clears_it(tmp_path, content, place, what):
    (problem,) = naming_problems({"config/a.yaml": content}, tmp_path, Cleared())
    assert problem.startswith(f"config/a.yaml, {place}: seems to hold {what}; take that out, or, where it names nobody")
    assert not any(word in problem for word in ("Bakker", "Dorpsstraat", "1234567", "Vries"))
    assert naming_problems({"config/a.yaml": content}, tmp_path, Cleared(lines_of([problem]))) == []


def test_a_service_number_cannot_be_cleared(tmp_path):
    (problem,) = naming_problems({"a.yaml": {"funder": "Fonds 999990019"}}, tmp_path, Cleared())
    assert problem == "a.yaml, key funder: seems to hold a citizen service number (BSN); take that out."


def test_authors_and_the_address_of_the_institute_are_meant(tmp_path):
    meant = {"authors": ["Jan de Vries"], "people": [{"name": "Fatima Bakker"}], "address": "Dorpsstraat 12, 1234 AB"}
    assert naming_problems({"a.yaml": meant}, tmp_path, Cleared()) == []
    reached = {"authors": ["Jan de Vries, 06-11223344"], "raw_dir": "/home/jan de vries", "sha": "a" * 64}
    assert len(naming_problems({"a.yaml": reached}, tmp_path, Cleared())) == 1


def test_remarks_in_a_file_go_along_and_are_read(tmp_path):
    text = 'study: a  # belde met dhr. Bakker\ncolour: "#1f2a30"\n# en met Fatima\n'
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    problems = naming_problems({"a.yaml": read_yaml(tmp_path / "a.yaml")}, tmp_path, Cleared())
    assert [problem.partition(":")[0] for problem in problems] == ["a.yaml, remark", "a.yaml, remark"]


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("reason", "Jan de Vries belde", "a name"),
        ("reason", "zie 06-11223344", "a telephone number"),
        ("who", "AB 06-11223344", "a telephone number"),
        ("new_value", "Jan de Vries", "a name"),
        ("old_value", "fatima@voorbeeld.nl", "an e-mail address"),
        ("reason", "zie mail van Emma Kinderziekenhuis", None),
        ("who", "Jan de Vries", None),
        ("new_value", "01-02-1980", None),
    ],
)
def test_a_correction_names_nobody_but_who_made_it(column, text, told):
    rows = [{**FIX, "reason": "typefout", "who": "AB", column: text}]
    problems = correction_problems("c.csv", rows, Cleared())
    begin = f"c.csv, line 2: column {column} seems to hold {told}; write it without that"
    assert [problem.startswith(begin) for problem in problems] == ([True] if told else [])
    assert not any(text in problem for problem in problems)


def test_all_of_it_is_seen_when_settings_are_read_and_a_person_can_clear_it(project):
    header = "file,id,column,old_value,new_value,reason,who,date"
    correct(project, f"{header}\nT0_jeugd,K1,sis_01,1,2,formulier van Sophie,AB,2026-01-02\n")
    project.edit(STUDY, "funder: Fonds", "funder: Mohammed Bakker, Fonds")
    with pytest.raises(ConfigError) as error:
        project.load()
    assert len(error.value.problems) == 2
    (project.folder / "config/cleared.yaml").write_text(yaml.safe_dump({"cleared": lines_of(error.value.problems)}))
    assert len(project.load().cleared) == 2


SCHEMA = read_yaml(ROOT / "workflow/schemas/cleared.schema.yaml")
LINE = {"file": "T0_jeugd", "place": "column a", "kind": "name", "mark": "0a1b"}
LINE |= {"who": "AB", "date": "2026-11-28", "why": "hond"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"who": "NAAM"}, "key cleared.0.who is 'NAAM'; allowed: the name of who looked at it."),
        ({"why": "REDEN"}, "key cleared.0.why is 'REDEN'; allowed: why it names nobody."),
        ({"date": "JJJJ-MM-DD"}, "key cleared.0.date is 'JJJJ-MM-DD'; allowed: a date as year-month-day"),
        ({"mark": "3f"}, "key cleared.0.mark is '3f'; allowed: four hexadecimal digits between quotes."),
        ({"kind": "bsn"}, "key cleared.0.kind is 'bsn'; allowed: one of document, "),
    ],
)
def test_a_line_that_nobody_filled_in_clears_nothing(change, told):
    check_schema({"cleared": [LINE]}, SCHEMA, "config/cleared.yaml")
    with pytest.raises(ConfigError) as error:
        check_schema({"cleared": [LINE | change]}, SCHEMA, "config/cleared.yaml")
    assert error.value.problems[0].startswith(f"config/cleared.yaml: {told}")
