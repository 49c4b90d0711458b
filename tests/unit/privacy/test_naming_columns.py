import pandas as pd
import pytest

from effectstudie.privacy.naming_columns import refuse_identifying_columns, replace_ids
from effectstudie.shared.errors import InputError

KEY = b"k" * 32
# 111222333 is the citizen service number of manuals: 9*1+8*1+7*1+6*2+5*2+4*2+3*3+2*3-3 = 66 = 6 * 11
BSN = ["111222333", "123456782"]


def refused(values, name="V7", **kinds):
    """What the message says of a column of four rows; None when it is let through."""
    frame = pd.DataFrame({name: values, "uren": [36, 8, 0, 12]})
    try:
        refuse_identifying_columns(frame, "a.csv", **{"ids": [], "free_text": [], **kinds})
    except InputError as error:
        [problem] = error.problems
        assert problem.startswith(f"a.csv, column {name}: looks like ")
        assert "; nothing that names a person may enter. Leave it out" in problem
        return problem.removeprefix(f"a.csv, column {name}: looks like ").split(";")[0]
    return None


def test_a_column_is_refused_by_its_name():
    assert refused([1, 2, 3, 4], "voornaam") == "a name, address, contact, birth date or service number (by its name)"
    assert refused([1, 2, 3, 4], "naam_lijst") is None


# Of Castor, LimeSurvey, Qualtrics and SurveyMonkey, and of institutes that put some beside them.
ABOUT_THE_EXPORT = {
    "Survey Package Name": ["T0 volwassenen", "T1 volwassenen"],
    "Castor Participant ID": ["110001", "110002"],
    "Site Name": ["Veilig Thuis Groningen", "Veilig Thuis Twente"],
    "Survey Creation Date": ["12-03-2016 10:11:12", "13-03-2016 10:11:12"],
    "Survey Instance Id": ["7B2F0E1C-91A4-4C0D-9E2C-0D3C2A7B5F10", "7B2F0E1C-91A4-4C0D-9E2C-0D3C2A7B5F11"],
    "Email Sent On": ["12-03-2016", ""],
    "naam_lijst": ["T0", "CTS2"],
    "naam_aanpak": ["Multifocus", "Veilig Verder"],
    "tel_kinderen": ["2", "3"],
    "startlanguage": ["nl", "nl"],
    "token": ["aB3dE5fG7hI9jK1", "bB3dE5fG7hI9jK2"],
    "refurl": ["https://survey.example.nl/index.php/123456?lang=nl", ""],
    "ResponseId": ["R_2aBcD12xYz", "R_9zYxW87vUt"],
    "Status": ["Survey Preview", "Complete"],
    "Operating System": ["Windows NT 10.0", "Android 9"],
    "Collector ID": [123456789, 123456789],
    "Collector Name": ["Web Link 1", "Email Invitation 1"],
    "redcap_event_name": ["t0_arm_1", "t1_arm_1"],
}


@pytest.mark.parametrize("name", ABOUT_THE_EXPORT)
def test_a_column_about_the_export_names_nobody(name):
    assert refused(ABOUT_THE_EXPORT[name] * 2, name) is None


def test_a_name_that_holds_an_identifier_is_not_shown():
    frame = pd.DataFrame({"uren": [1, 2], "opm Jan de Vries 06-11223344": [1, 2], "jan_de_vries": [1, 2]})
    with pytest.raises(InputError) as raised:
        refuse_identifying_columns(frame, "a.csv", ids=[], free_text=[])
    first, second = raised.value.problems
    assert first.startswith("a.csv, column 2: its name seems to hold a telephone number;")
    assert second.startswith("a.csv, column 3: its name seems to hold a name;") and "vries" not in str(raised.value)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("jan@voorbeeld.nl", "an e-mail address"),
        ("bel 06-12345678", "a telephone number"),
        ("0201234567", "a telephone number"),
        ("+31 6 1234 5678", "a telephone number"),
        ("woont op 9712 AB", "a postcode"),
        ("9712ab", "a postcode"),
        ("Kerkstraat 12", "an address"),
    ],
)
def test_one_value_that_names_a_person_is_enough_and_is_not_shown(value, kind):
    assert refused(["niets", None, value, "x"]) == kind
    with pytest.raises(InputError) as raised:
        refuse_identifying_columns(pd.DataFrame({"V7": [value]}), "a.csv", ids=[], free_text=[])
    assert value not in str(raised.value)


@pytest.mark.parametrize(
    "values",
    [
        [1.0, 2.0, 99.0, None],
        ["36", "7,5", "0.0123456789", "0,0612345678"],
        ["01-01-2016 10:30", "02-02-2016 11:45", "2016-03-04 06:12:34", None],
        [pd.Timestamp(2016, 1, 2), pd.Timestamp(2016, 1, 3), pd.NaT, pd.Timestamp(2017, 1, 4)],
        ["Zij nam de tijd.", "1 tot 3.100 euro", "in 2016 en 2017", "T0"],
        [20160102, 20160103, 20160104, 20160105],
        [123456789, 234567890, 345678901, 456789012],
        [None, None, None, None],
    ],
)
def test_numbers_dates_and_plain_text_are_no_alarm(values):
    assert refused(values) is None


@pytest.mark.parametrize(
    "values",
    [
        BSN * 2,
        [float(number) for number in BSN * 2],
        ["1112.22.333", "1234.56.782", None, "111 222 333"],
        BSN * 1 + BSN,
    ],
)
def test_numbers_that_mostly_pass_the_eleven_test_are_citizen_service_numbers(values):
    assert refused(values) == "a citizen service number (BSN)"


def test_a_citizen_service_number_may_not_be_an_id_either():
    assert refused(BSN * 2, ids=["V7"]) == "a citizen service number (BSN)"


def test_in_a_column_of_numbers_chance_is_no_alarm_and_one_among_words_is():
    chance = [111222333, *range(123456783, 123456790), 234567890, 345678901]
    frame = pd.DataFrame({"V7": chance})
    refuse_identifying_columns(frame, "a.csv", ids=[], free_text=[])
    assert refused(["111222333", "nee", "ja", "misschien"]) == "a citizen service number (BSN)"


def test_mobile_numbers_that_lost_their_zero_are_telephone_numbers():
    assert refused([612345678.0, 687654321.0, 611111111.0, None]) == "a telephone number"


def test_dates_many_years_apart_are_dates_of_birth_unless_the_codebook_knows_them():
    births = ["1970-01-02", "3-4-1999", "1985-06-07 00:00", None]
    assert refused(births) == "a date of birth"
    assert refused(pd.to_datetime(pd.Series(["1970-01-02", "1999-04-03", "1985-06-07", None]))) == "a date of birth"
    assert refused(births, dates=["V7"]) is None


def test_dates_of_birth_without_signs_are_dates_of_birth():
    assert refused(pd.Series([19800312.0, 19751101.0, 20010203.0, None])) == "a date of birth"
    assert refused(["12031980", "01111975", "03022001", None]) == "a date of birth"
    assert refused(["12345678", "87654321", "11112222", None]) is None


@pytest.mark.parametrize(
    "births",
    [["12/03/1980", "1/4/1999", "02/11/2003", None], ["12 maart 1980", "1 april 1999", "2 mei 2003", "3 juni 1975"]],
)
def test_dates_of_birth_may_be_written_otherwise(births):
    assert refused(births) == "a date of birth"


def test_dates_of_long_ago_are_of_birth_however_near_they_lie():
    assert refused(["01-02-1980", "03-04-1981", "05-06-1982", None]) == "a date of birth"


def test_a_remark_among_dates_is_read_too():
    assert refused(["01-02-2016", "geboren 03-04-1985", "05-06-2016", "07-08-2016"]) == "a date of birth"


@pytest.mark.parametrize(
    "names",
    [
        ["Daan", "Fatima", "Piet", "Noor"],
        ["daan", "emma", "noor", "sem"],
        ["J. de Vries", "A. Bakker", "nee", None],
        ["José Müller", "nee", "ja", "ja"],
        ["Wietske Hoxha", "Djurre Brenninkmeijer", "Xandra Zzz", "Ybeltje Quist"],
        ["Vries, J. de", "Bakker, F.", None, None],
    ],
)
def test_names_are_seen_in_any_form(names):
    assert refused(names) == "a name"


@pytest.mark.parametrize(
    "values",
    [
        ["Veilig Verder", "Samen Verder", "Multifocus", None],
        ["Den Haag", "Gooi en Vechtstreek", "Noord-Oost-Brabant", "Midden-Brabant"],
        ["ja", "nee", "soms", None],
        ["DEMO-H0001-V2", "DEMO-H0002-V1", "DEMO-H0003-V1", None],
        ["R_2aBcD12xYz", "R_9zYxW87vUt", "R_4kLmN56oPq", None],
        [52.1, 51.5, 53.25, 50.75],
        [1467331200000, 1467331300000, 1467331400000, 1467331500000],
    ],
)
def test_names_of_approaches_and_regions_ids_and_means_are_no_alarm(values):
    assert refused(values) is None


def test_degrees_of_latitude_are_where_somebody_lives():
    assert refused(["52.37021", "51.92442", "53.21938", None]) == "coordinates"
    assert refused([52.37021, 51.92442, 53.21938, 52.0]) == "coordinates"


def test_a_mapped_text_may_hold_no_name_either():
    assert refused(["Multifocus", "Jan de Vries", None, "Multifocus"], known=["V7"]) == "a name"


def test_ids_may_look_like_anything():
    assert refused(["9712AB", "0612345678", "x@y.nl", "1"], ids=["V7"]) is None


def test_every_free_text_that_names_somebody_is_listed_by_its_row_and_not_shown():
    texts = [
        "goed geholpen",
        None,
        "bel 06-12345678",
        "mijn bsn is 123456782",
        "rekening NL91 ABNA 0417 1643 00",
        "9 jaar",
    ]
    with pytest.raises(InputError) as raised:
        refuse_identifying_columns(pd.DataFrame({"V7": texts}), "a.csv", ids=[], free_text=["V7"])
    rest = "; take that out of the export, or leave the column out."
    assert raised.value.problems == [
        f"a.csv, row 3, column V7: the text seems to hold a telephone number{rest}",
        f"a.csv, row 4, column V7: the text seems to hold a citizen service number (BSN){rest}",
        f"a.csv, row 5, column V7: the text seems to hold a bank account{rest}",
    ]


def test_every_column_that_names_people_is_listed():
    frame = pd.DataFrame({"naam": ["Jan"], "V2": ["x@y.nl"], "uren": [1]})
    with pytest.raises(InputError) as raised:
        refuse_identifying_columns(frame, "a.csv", ids=[], free_text=[])
    assert [problem.split(":")[0] for problem in raised.value.problems] == ["a.csv, column naam", "a.csv, column V2"]


# --- pseudonyms


def test_an_id_has_one_pseudonym_in_all_files_and_another_as_another_kind_of_id():
    names = {"respondent_id": "respondent", "huishouden_id": "household", "kind_id": "child"}
    adults = pd.DataFrame({"respondent_id": ["1", "2"], "huishouden_id": ["1", "1"], "uren": [8, 9]})
    children = pd.DataFrame({"kind_id": ["1"], "respondent_id": ["2"], "huishouden_id": ["1"]})
    one, other = replace_ids(adults, names, KEY), replace_ids(children, names, KEY)
    assert list(one.columns) == ["respondent", "household", "uren"]
    assert other["respondent"][0] == one["respondent"][1]
    assert other["household"][0] == one["household"][0] == one["household"][1]
    assert len({one["respondent"][0], one["household"][0], other["child"][0]}) == 3
    assert adults["respondent_id"].tolist() == ["1", "2"]
