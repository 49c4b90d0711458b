import pytest

from effectstudie.definitions.export_columns import Column, columns_of, export_names, table_of

CODEBOOK = {
    "help_kinds": {"ggz": "geestelijke gezondheidszorg", "politie": "politie"},
    "columns": {
        "respondent_id": {"type": "id"},
        "geslacht": {"type": "code", "label": "Geslacht", "values": {1: "man", 2: "vrouw"}, "questionnaire": "Basis"},
        "leeftijd": {"type": "number", "range": [16, 97]},
        "toelichting": {"type": "free_text", "required": False, "waves": ["T1", "T2"]},
    },
    "item_blocks": [
        {"pattern": "ace_{:02d}", "first": 1, "last": 2, "type": "code", "label": "ACE item {}", "waves": ["T0"]},
        {"pattern": "tsi_{:03d}", "first": 9, "last": 10, "type": "code", "range": [0, 3], "label": "TSI {}"},
        {"pattern": "hulp_{}_nut", "over": "help_kinds", "type": "code", "label": "Nut van {}", "waves": ["T1"]},
        {"pattern": "sis_{}", "first": 1, "last": 1, "type": "code", "label": "{}", "applies": {"age": [3, 12]}},
    ],
}


def test_blocks_give_a_column_for_each_number_and_each_kind_of_help():
    assert list(columns_of(CODEBOOK)) == [
        *("respondent_id", "geslacht", "leeftijd", "toelichting", "ace_01", "ace_02", "tsi_009", "tsi_010"),
        *("hulp_ggz_nut", "hulp_politie_nut", "sis_1"),
    ]
    assert columns_of(CODEBOOK)["tsi_010"].label == "TSI 10"
    assert columns_of(CODEBOOK)["hulp_ggz_nut"].label == "Nut van geestelijke gezondheidszorg"


def test_a_wave_has_only_its_own_columns():
    assert list(columns_of(CODEBOOK, "T0")) == [
        *("respondent_id", "geslacht", "leeftijd", "ace_01", "ace_02", "tsi_009", "tsi_010", "sis_1"),
    ]
    assert "toelichting" in columns_of(CODEBOOK, "T2")
    assert "hulp_ggz_nut" not in columns_of(CODEBOOK, "T2")


def test_columns_carry_values_range_ages_and_whether_they_must_be_there():
    columns = columns_of(CODEBOOK)
    assert columns["geslacht"].values == {1: "man", 2: "vrouw"}
    assert (columns["leeftijd"].low, columns["leeftijd"].high) == (16, 97)
    assert columns["sis_1"].ages == (3, 12)
    assert columns["leeftijd"].required
    assert not columns["toelichting"].required


def test_what_is_allowed_is_said_in_words():
    columns = columns_of({"columns": {**CODEBOOK["columns"], "datum": {"type": "date"}, "uren": {"type": "number"}}})
    assert columns["geslacht"].allowed() == "one of 1, 2"
    assert columns["leeftijd"].allowed() == "a number from 16 to 97"
    assert columns["datum"].allowed() == "a date (year-month-day or day-month-year)"
    assert columns["uren"].allowed() == "a number"
    assert columns_of(CODEBOOK)["tsi_009"].allowed() == "a whole number from 0 to 3"
    assert columns_of(CODEBOOK)["ace_01"].allowed() == "a whole number"


def test_exports_are_the_households_and_three_tables_a_wave():
    assert export_names(["T0", "T1"]) == [
        "huishoudens",
        *("T0_volwassenen", "T0_kinderen", "T0_jeugd"),
        *("T1_volwassenen", "T1_kinderen", "T1_jeugd"),
    ]
    assert [table_of(name) for name in ("huishoudens", "T1_jeugd")] == ["huishoudens", "jeugd"]


@pytest.mark.parametrize(
    ("column", "right", "wrong"),
    [
        (Column("a", "code", "", values={1: "man", 2: "vrouw"}), [1.0, 2], [0, 1.5]),
        (Column("a", "code", "", low=0, high=3), [0, 3.0], [4, 1.5]),
        (Column("a", "number", "", low=0, high=3), [0, 1.5], [-1, 3.1]),
        (Column("a", "number", ""), [1e9, -0.5], []),
    ],
)
def test_a_column_allows_what_it_says(column, right, wrong):
    assert all(map(column.allows, right)) and not any(map(column.allows, wrong))
