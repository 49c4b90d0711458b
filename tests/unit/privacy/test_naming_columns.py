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
        assert problem.endswith("; nothing that names a person may enter. Leave it out.")
        return problem.removeprefix(f"a.csv, column {name}: looks like ").split(";")[0]
    return None


@pytest.mark.parametrize(
    "name",
    [
        *(
            "naam",
            "Naam",
            "voornaam",
            "achternaam_1",
            "kind_naam",
            "roepnaam",
            "Naam kind",
            "naam1",
            "RecipientLastName",
        ),
        *(
            "adres",
            "woonadres",
            "e-mailadres",
            "IPAddress",
            "straat",
            "straatnaam",
            "huisnummer",
            "postcode",
            "Postcode2",
        ),
        *(
            "email",
            "e_mail",
            "E-mail",
            "mail",
            "RecipientEmail",
            "telefoon",
            "telefoonnummer",
            "mobiel",
            "tel",
            "tel_nr",
        ),
        *("geboortedatum", "geb_datum", "gebdat", "geboortedatumKind", "date_of_birth", "dob", "T0_geboorte_datum"),
        *("bsn", "BSN_kind", "bsnnummer", "burgerservicenummer", "sofinummer", "iban"),
    ],
)
def test_a_column_is_refused_by_its_name(name):
    assert refused([1, 2, 3, 4], name) == "a name, address, contact, birth date or service number (by its name)"


@pytest.mark.parametrize(
    "name",
    [
        *("afnamedatum", "melddatum", "naamloos", "deelnaam_status", "hulp_maatschappelijk_werk_ontvangen", "aanname"),
        *("stelling_1", "hotel", "postcodegebied_groot", "geboorteland", "tsi_001", "auditc_partner_1", "mailing"),
        *("mobiliteit", "bestraat", "enamel", "huishouden_id", "kind_geslacht"),
    ],
)
def test_a_word_inside_another_word_is_no_alarm(name):
    assert refused([1, 2, 3, 4], name) is None


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
    assert refused(values) == "citizen service numbers (BSN)"


def test_a_citizen_service_number_may_not_be_an_id_either():
    assert refused(BSN * 2, ids=["V7"]) == "citizen service numbers (BSN)"


def test_half_of_the_values_by_chance_is_no_alarm():
    assert refused([111222333, 123456789, 123456788, 123456782]) is None


def test_mobile_numbers_that_lost_their_zero_are_telephone_numbers():
    assert refused([612345678.0, 687654321.0, 611111111.0, None]) == "a telephone number"


def test_dates_many_years_apart_are_dates_of_birth_unless_the_codebook_knows_them():
    births = ["1970-01-02", "3-4-1999", "1985-06-07 00:00", None]
    assert refused(births) == "dates of birth"
    assert refused(pd.to_datetime(pd.Series(["1970-01-02", "1999-04-03", "1985-06-07", None]))) == "dates of birth"
    assert refused(births, dates=["V7"]) is None


def test_dates_of_birth_without_signs_are_dates_of_birth():
    assert refused(pd.Series([19800312.0, 19751101.0, 20010203.0, None])) == "dates of birth"
    assert refused(["12031980", "01111975", "03022001", None]) == "dates of birth"
    assert refused(["12345678", "87654321", "11112222", None]) is None


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
