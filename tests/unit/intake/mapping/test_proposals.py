import pytest

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.mapping.proposals import advice, by_cells, by_labels, said
from effectstudie.shared.messages.sentences import for_log, for_screen

SEX = Column("geslacht", "code", "", values={1: "man", 2: "vrouw"})
AGE = Column("leeftijd", "number", "", low=16, high=97)


def test_labels_tell_which_code_becomes_which():
    assert by_labels({"0": "Man ", "1": "vrouw", "2": "anders"}, SEX) == [
        ("0", "1", "label: Man"),
        ("1", "2", "label: vrouw"),
    ]
    assert by_labels({"1": "MAN", "2": "2 = vrouw"}, SEX) == []


@pytest.mark.parametrize(
    ("cells", "refused", "changes"),
    [
        ({"0", "1", "99"}, {"0"}, [("0", "?", "?"), ("1", "?", "?")]),
        ({"man", "Vrouw", "1"}, {"man", "Vrouw"}, [("Vrouw", "2", "label: Vrouw"), ("man", "1", "label: man")]),
        ({"1", "Jan"}, {"Jan"}, []),
        ({"1", "1980"}, {"1980"}, []),
        (set(map(str, range(3, 20))), set(map(str, range(3, 20))), []),
    ],
    ids=["codes", "labels", "a text", "a year", "very many"],
)
def test_cells_tell_which_codes_need_another(cells, refused, changes):
    assert by_cells(cells, refused, SEX) == changes


def test_the_lines_are_those_of_a_list():
    assert said("T0_jeugd", "geslacht", [("0", "1", "label: m, v")]) == '\n  T0_jeugd,geslacht,0,1,"label: m, v"'


def test_advice_names_the_codebook_and_shows_codes_on_the_screen_only():
    told = advice("T0_jeugd", "geslacht", {"0", "1"}, {"0"}, SEX)
    assert for_screen(told) == (
        " Where the whole column is coded otherwise, these lines in recodes.csv recode it. The codebook: 1 man, 2 "
        "vrouw. Put the right code, and why, in the place of each ?.\n"
        "  T0_jeugd,geslacht,0,?,?\n  T0_jeugd,geslacht,1,?,?"
    )
    assert for_log(told).endswith("each ?.")
    assert advice("T0_jeugd", "afnamedatum", {"1"}, {"1"}, Column("afnamedatum", "date", "")) == ""
    assert "The codebook" not in advice("T0_jeugd", "leeftijd", {"3"}, {"3"}, AGE)
