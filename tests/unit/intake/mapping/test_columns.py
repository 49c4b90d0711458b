"""Which column is which: what each step finds, and what none of them dares to say."""

import pytest

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.mapping.columns import find_columns
from effectstudie.intake.mapping.held import Held

COLUMNS = columns_of(
    {
        "columns": {
            "respondent_id": {"type": "id", "label": "Respondent"},
            "afnamedatum": {"type": "date", "label": "Datum van afname"},
            "geslacht": {"type": "code", "label": "Geslacht", "values": {1: "man", 2: "vrouw"}},
            "leeftijd": {"type": "number", "label": "Leeftijd in jaren", "range": [16, 97]},
            "partner": {"type": "code", "label": "Heeft een partner", "values": {0: "nee", 1: "ja"}},
        },
        "item_blocks": [
            {"pattern": "tsi_{:03d}", "first": 1, "last": 12, "type": "code", "range": [0, 3], "label": "TSI item {}"},
            {"pattern": "moeder_{}", "first": 1, "last": 4, "type": "code", "range": [1, 5], "label": "Moeder item {}"},
            {"pattern": "vader_{}", "first": 1, "last": 4, "type": "code", "range": [1, 5], "label": "Vader item {}"},
        ],
    }
)
SYNONYMS = {"geslacht": ["sekse", "sex"], "leeftijd": ["lft"]}


def holds(column):
    """What a good column holds."""
    if column.kind == "code":
        codes = column.values or range(int(column.low), int(column.high) + 1)
        return Held(frozenset(map(float, codes)), frozenset(), False)
    texts, numbers = {"id": ({"R1"}, ()), "number": ((), {30.0, 41.5}), "date": ((), ())}[column.kind]
    return Held(frozenset(numbers), frozenset(texts), column.kind == "date")


def found(names, order=None, held=None, labels=None, value_labels=None, wave="T1"):
    """Raw name → (column, why, sure). `names`: column → its name in the export, None: it is not there."""
    raw = {names.get(name, name): holds(column) for name, column in COLUMNS.items() if names.get(name, name)}
    raw |= held or {}
    raw = {name: raw[name] for name in order or raw}
    known = {name: name for name in raw if name in COLUMNS}
    pairs = find_columns(COLUMNS, raw, labels or {}, value_labels or {}, known, wave, SYNONYMS)
    return {pair.raw: (pair.name, pair.why, pair.sure) for pair in pairs}


def items(stem, form):
    return {name: form.format(int(name.split("_")[1])) for name in COLUMNS if name.startswith(f"{stem}_")}


def right(names, why, sure):
    return {raw: (name, why, sure) for name, raw in names.items()}


@pytest.mark.parametrize("form", ["TSI_{}_T1", "tsi{:02d}", "T1.Tsi.item.{}", "TSI[SQ{:03d}]"])
def test_names_that_are_only_spelled_otherwise(form):
    assert found(items("tsi", form)) == right(items("tsi", form), "spelling", "certain")


def test_synonyms_and_values_that_do_not_fit_make_it_less_sure():
    names = {"geslacht": "sekse", "leeftijd": "lft_T1"}
    assert found(names) == right(names, "synonym", "certain")
    zero = found(names, held={"sekse": Held(frozenset({0.0, 1.0}), frozenset(), False)})
    assert zero["sekse"] == ("geslacht", "synonym", "likely") and zero["lft_T1"][2] == "certain"


def test_of_two_columns_of_one_name_at_most_their_place_tells():
    names = items("tsi", "TSI_{}")
    twice = found(names, held={"tsi1": holds(COLUMNS["tsi_001"])})
    assert "tsi1" not in twice and twice["TSI_1"] == ("tsi_001", "order", "possible")
    assert twice["TSI_2"] == ("tsi_002", "spelling", "certain")


def test_labels_of_spss_tell_whatever_the_names_and_the_order_are():
    names = {name: f"q{place:03d}x" for place, name in enumerate(COLUMNS)}
    labels = {raw: COLUMNS[name].label.upper() for name, raw in names.items()}
    order = sorted(names.values(), key=lambda raw: raw[::-1])
    assert found(names, order, labels=labels) == right(names, "label", "certain")


def test_labels_of_codes_and_labels_that_are_alike_are_likely():
    names = {"geslacht": "x", "leeftijd": "y"}
    order = ["y", "x", *(name for name in COLUMNS if name not in names)]
    told = found(names, order, labels={"y": "Leeftijd van u, in jaren"}, value_labels={"x": {"0": "Man", "1": "vrouw"}})
    assert told == {"x": ("geslacht", "value_labels", "likely"), "y": ("leeftijd", "labels_alike", "likely")}


def test_a_block_of_other_names_is_known_by_its_numbers_and_values():
    names = items("tsi", "V12_{}_T1")
    assert found(names) == right(names, "block", "likely")
    begins_later = {name: f"V{100 + int(name[4:])}" for name in names}
    assert found(begins_later) == right(begins_later, "block", "likely")
    lacks_one = {**names, "tsi_007": None}
    assert found(lacks_one) == right({name: raw for name, raw in names.items() if name != "tsi_007"}, "block", "likely")


def test_blocks_that_only_their_place_tells_apart_are_possible_and_without_order_nothing():
    names = items("moeder", "a_{}") | items("vader", "b_{}")
    assert found(names) == right(names, "block", "possible")
    apart = [*names.values(), *reversed([name for name in COLUMNS if name not in names])]
    assert found(names, apart) == {}


def test_a_block_of_other_values_is_not_taken():
    names = items("tsi", "V12_{}")
    wrong = {raw: Held(frozenset({1.0, 7.0, 9.0}), frozenset(), False) for raw in names.values()}
    assert found(names, held=wrong) == {}


def test_columns_with_nothing_but_their_order():
    names = {name: f"V{place}" for place, name in enumerate(COLUMNS, start=1)}
    assert found(names) == right(names, "order", "possible")
    # of questions of one kind with a number left out nobody knows which it is; the others are known
    told = found({**names, "tsi_007": None})
    assert not {raw for name, raw in names.items() if name.startswith("tsi_")} & told.keys()
    assert told[names["vader_4"]][0] == "vader_4" and told["V3"][0] == "geslacht"


def test_a_name_that_is_alike_with_another_number_is_another():
    assert found({"partner": "partners"})["partners"] == ("partner", "alike", "likely")
    apart = [name for name in reversed(COLUMNS) if name != "partner"]
    assert found({"partner": "partner_2"}, ["partner_2", *apart]) == {}


def test_columns_that_are_none_get_none():
    extra = {
        "duur": Held(frozenset({301.0, 999.0}), frozenset(), False),
        "%": Held(frozenset(), frozenset({"a"}), False),
    }
    assert found({}, held=extra) == {}
