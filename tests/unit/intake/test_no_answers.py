import datetime

import pytest
from given.raw_rows import ingest, problems_of, rows

from effectstudie.intake.files.readers import Export
from effectstudie.intake.no_answers import is_declared, says_no_answer
from effectstudie.shared.errors import InputError


@pytest.mark.parametrize(
    "label",
    [
        *(
            "weigert",
            "Weigering",
            "geweigerd",
            "wil niet zeggen",
            "Wil ik niet zeggen",
            "zeg ik liever niet: geweigerd",
        ),
        *("weet niet", "WEET IK NIET", "Weet u niet", "weet niet / wil niet zeggen", "kan ik niet zeggen", "geen idee"),
        *("n.v.t.", "nvt", "N.v.t", "niet van toepassing", "9 = niet van toepassing", "-8: n.v.t."),
        *("geen antwoord", "geen antwoord gegeven", "geen opgave", "niet ingevuld", "niet beantwoord", "niet gevraagd"),
        *("onbekend", "99. Onbekend", "niet bekend", "missing", "Missing value", "system missing", "ontbreekt"),
        *("ontbrekende waarde", "overgeslagen", "blanco", "leeg", "geen gegevens", "w.n.", "g.a.", "WN/GA"),
        *("refused", "Refusal", "don't know", "Don’t know", "DK", "DK/NA", "do not know", "not applicable", "N/A"),
        *("no answer", "not asked", "not answered", "unknown", "prefer not to say", "skipped", "no response"),
    ],
)
def test_a_label_says_in_many_ways_that_there_is_no_answer(label):
    assert says_no_answer(label)


@pytest.mark.parametrize(
    "label",
    [
        *(
            "nooit",
            "niet in het afgelopen jaar, wel eerder",
            "geen",
            "geen hulp",
            "nee",
            "niet",
            "helemaal niet",
            "anders",
        ),
        *("nauwelijks", "weinig", "80 of meer", "de aanpak van de regio zelf", "huisarts", "ggz", "lager onderwijs"),
        *(
            "niet tevreden",
            "geen mening",
            "niet gegeven",
            "niet beschikbaar",
            "liever niet",
            "never",
            "none",
            "not at all",
        ),
        *("no", "n", "na een jaar", "weer", "wil wel", "weet wel", "know well", "bekend"),
    ],
)
def test_a_label_of_an_answer_says_no_such_thing(label):
    assert not says_no_answer(label)


def test_a_value_is_declared_missing_by_itself_or_in_a_range():
    assert is_declared(99, [(7, 9), (99, 99)]) and is_declared(8.5, [(7, 9)])
    assert is_declared("NVT ", [("NVT", "NVT")])
    assert not is_declared(6, [(7, 9)]) and not is_declared("8", [(7, 9)]) and not is_declared(8, [("8", "8")])


def labelled(name, values, labels, user_missing=None):
    return Export(rows(**{name: values}).frame, user_missing or {}, {name: labels})


REST = "but SPSS was not told that it is missing; declare it missing in SPSS, or empty it."


@pytest.mark.parametrize(
    ("name", "values", "labels", "where"),
    [
        ("uren", [36.0, 77.0, 77.0], {77.0: "weigert"}, "rows 2, 3, column uren, value '77'"),
        ("uren", [36.0, 0.0, 99.0], {99.0: "weigert"}, "row 3, column uren, value '99'"),
        ("uren", ["36", "0", "77"], {"77": "weigert"}, "row 3, column uren, value '77'"),
        (
            "afnamedatum",
            [datetime.date(2016, 3, 4), datetime.date(2016, 12, 31), None],
            {datetime.date(2016, 12, 31): "weigert"},
            "row 2, column afnamedatum, value '2016-12-31'",
        ),
        (
            "afnamedatum",
            ["4-3-2016", "5-3-2016", ""],
            {"5-3-2016": "weigert"},
            "row 2, column afnamedatum, value '5-3-2016'",
        ),
        ("huishouden_id", ["H1", "H1", "X99"], {"X99": "weigert"}, "row 3, column huishouden_id"),
        ("respondent_id", [1.0, 2.0, 999.0], {999.0: "weigert"}, "row 3, column respondent_id"),
    ],
)
def test_a_value_that_a_label_calls_no_answer_is_refused_in_every_kind_of_column(name, values, labels, where):
    assert problems_of(labelled(name, values, labels)) == [f", {where}: the export calls this 'weigert', {REST}"]


@pytest.mark.parametrize("value", [8.0, "8", -1.0])
def test_a_code_that_no_codebook_knows_is_explained_by_its_label(value):
    explained, refused = problems_of(labelled("tsi_1", [0.0, 1.0, value], {value: "Weet niet"}))
    assert explained.startswith(f", row 3, column tsi_1, value '{float(value):g}': the export calls this 'Weet niet', ")
    assert refused.startswith(f", row 3, column tsi_1, value '{float(value):g}': must be a whole number from 0 to 3")


@pytest.mark.parametrize(
    ("values", "labels", "user_missing"),
    [
        ([36.0, 77.0, 0.0], {77.0: "weigert"}, {"uren": [(77.0, 77.0)]}),
        ([36.0, 12.0, 0.0], {77.0: "weigert"}, None),
        ([36.0, -9.0, 0.0], {-9.0: "weigert"}, None),
        ([36.0, 77.0, 0.0], {77.0: "meer dan twee weken"}, None),
    ],
)
def test_what_is_declared_or_a_missing_code_or_not_there_or_an_answer_is_no_problem(values, labels, user_missing):
    table = ingest(labelled("uren", values, labels, user_missing)).table
    assert table["uren"].tolist()[::2] == [36, 0]


def test_the_answer_is_on_the_screen_and_not_in_the_log():
    with pytest.raises(InputError) as raised:
        ingest(labelled("uren", [36.0, 77.0, 0.0], {77.0: "weigert"}))
    assert "value '77'" in str(raised.value) and "77" not in raised.value.for_log
