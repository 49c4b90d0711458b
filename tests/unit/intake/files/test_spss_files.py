"""Exports as SPSS files."""

import datetime
import struct

import pandas as pd
import pyreadstat
import pytest
from given.read_files import problems_of

from effectstudie.intake.files import spss_files
from effectstudie.intake.files.readers import read_export


@pytest.fixture(autouse=True, params=["whole", "in parts"])
def read_at_a_time(request, monkeypatch):
    """Large files are read some columns at a time; whatever holds of one that is read whole holds of them."""
    if request.param != "whole":
        monkeypatch.setattr(spss_files, "_CELLS", 0)


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "T0_volwassenen.sav"
    frame = pd.DataFrame(
        {
            "respondent_id": [1.0, 2.0, 3.0],
            "regio": ["Twente", "", "NVT"],
            "cijfer": [2.0, 8.0, 99.0],
            "afnamedatum": [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 5)],
        }
    )
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"cijfer": "Cijfer voor de hulp"},
        variable_value_labels={"cijfer": {2.0: "slecht"}},
        missing_ranges={"cijfer": [{"lo": 7, "hi": 9}, 99], "regio": ["NVT"]},
    )
    return path


def test_spss_values_stay_codes_and_declared_missing_values_are_handed_on(labelled):
    export = read_export(labelled)
    assert export.frame["cijfer"].tolist() == [2.0, 8.0, 99.0]
    assert export.frame["regio"].tolist() == ["Twente", None, "NVT"]
    assert export.frame["afnamedatum"].tolist() == [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 5)]
    assert export.user_missing == {"cijfer": [(7.0, 9.0), (99.0, 99.0)], "regio": [("NVT", "NVT")]}


def test_reading_leaves_the_export_untouched(labelled):
    before = labelled.read_bytes()
    read_export(labelled)
    assert labelled.read_bytes() == before


# --- files of another kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x1c" + bytes(7) + b"ENCRYPTEDSAV\x15" + bytes(500), "is encrypted with a password; open it in SPSS"),
        (
            b"ASCII SPSS PORT FILE                    " * 5 + b"0" * 256 + b"SPSSPORTA8/2016",
            "is an SPSS portable file; open",
        ),
        (b"\xc1" * 200 + b"0" * 256 + b"SPSSPORTA8/2016", "is an SPSS portable file; open"),
        (b"PK\x03\x04" + bytes(500), "is an Excel file or another archive"),
        (b"respondent_id,cijfer\n1,2\n", "is no complete SPSS file ("),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path, content, kind):
    path = tmp_path / "T0_jeugd.sav"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert problem.startswith(f"T0_jeugd.sav: {kind}")


def test_a_compressed_file_is_an_export_under_its_own_name(tmp_path):
    frame = pd.DataFrame({"respondent_id": ["1", "2"], "cijfer": [1.0, 2.0]})
    pyreadstat.write_sav(frame, str(tmp_path / "a.zsav"), compress=True)
    assert read_export(tmp_path / "a.zsav").frame["cijfer"].tolist() == [1, 2]


# --- what the header says


def saved(tmp_path, frame, **options):
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, str(path), **options)
    return path


@pytest.mark.parametrize("options", [{}, {"row_compress": True}, {"compress": True}])
@pytest.mark.parametrize(("number", "shown"), [(0.0, "0"), (-0.0, "0"), (99.0, "99"), (-999999.0, "-999999")])
def test_a_header_that_makes_an_answer_missing_is_refused(tmp_path, options, number, shown):
    path = with_system_missing(saved(tmp_path, pd.DataFrame({"cijfer": [0.0, 1.0]}), **options), number)
    cause = f"its header says that system-missing is {shown}, so that every {shown} would be no answer"
    assert problems_of(path) == [f"a.sav: {cause}; export it again by another program, or as .csv."]


@pytest.mark.parametrize("number", [float("-inf"), float("nan"), -1.7976931348623157e308])
def test_a_header_that_makes_missing_what_nobody_answers_is_fine(tmp_path, number):
    path = with_system_missing(saved(tmp_path, pd.DataFrame({"cijfer": [0.0, 1.0]})), number)
    assert read_export(path).frame["cijfer"].tolist() == [0, 1]


def with_system_missing(path, number):
    content = bytearray(path.read_bytes())
    place = content.index(struct.pack("<4i", 7, 4, 8, 3)) + 16
    content[place : place + 8] = struct.pack("<d", number)
    path.write_bytes(content)
    return path


def with_encoding(path, name):
    """The file, whose header says that its text is in another encoding."""
    content, record = path.read_bytes(), struct.pack("<4i", 7, 20, 1, 5) + b"UTF-8"
    assert record in content
    path.write_bytes(content.replace(record, struct.pack("<4i", 7, 20, 1, len(name)) + name))
    return path


REST = "its text is in another encoding than its header says, so that its letters cannot be read"


@pytest.mark.parametrize("encoding", [b"windows-1252", b"iso-8859-1", b"macintosh", b"IBM850"])
@pytest.mark.parametrize(
    ("texts", "options"),
    [
        (["één gezin", "b"], {}),
        (["a", "b"], {"column_labels": ["Eén gezin", ""]}),
        (["a", "b"], {"variable_value_labels": {"cijfer": {1.0: "één"}}}),
    ],
)
def test_utf8_under_another_name_is_refused(tmp_path, encoding, texts, options):
    frame = pd.DataFrame({"aanpak": texts, "cijfer": [1.0, 2.0]})
    (problem,) = problems_of(with_encoding(saved(tmp_path, frame, **options), encoding))
    assert problem.startswith("a.sav: has garbled letters (") and REST in problem


def test_another_encoding_under_the_name_of_utf8_is_refused(tmp_path):
    path = saved(tmp_path, pd.DataFrame({"aanpak": ["E?n gezin"], "cijfer": [1.0]}))
    path.write_bytes(path.read_bytes().replace(b"E?n", b"E\xe9n"))
    assert problems_of(path) == [f"a.sav: {REST}; export it again as Unicode (UTF-8)."]
    assert read_export(with_encoding(path, b"windows-1252")).frame["aanpak"].tolist() == ["Eén gezin"]


@pytest.mark.parametrize("letters", [b"e\x8en", b"i\x89s", b"e\x82n"])
def test_letters_of_other_machines_under_the_name_of_windows_are_refused(tmp_path, letters):
    path = saved(tmp_path, pd.DataFrame({"aanpak": ["tweee?ntig"], "cijfer": [1.0]}))
    path.write_bytes(path.read_bytes().replace(b"e?n", letters))
    (problem,) = problems_of(with_encoding(path, b"windows-1252"))
    assert problem.startswith("a.sav: has garbled letters (")


def test_letters_of_many_languages_are_not_garbled(tmp_path):
    texts = ["Één gezin – “zo’n” œuvre…", "Łódź", "Šabanović", "Ünal", "ação, NÃO", "5°C, €3, ½", "日本", "שלום"]
    frame = pd.DataFrame({"aanpak": texts, "cijfer": [1.0] * len(texts)})
    assert read_export(saved(tmp_path, frame)).frame["aanpak"].tolist() == texts


# --- names and dates


def test_a_column_may_be_called_as_the_library_calls_a_second_one(tmp_path):
    frame = pd.DataFrame({"cijfer": [1.0], "cijfer_duplicated1": [2.0], "regio_duplicated1": [3.0]})
    assert list(read_export(saved(tmp_path, frame)).frame) == list(frame)


def test_a_column_twice_is_refused(tmp_path):
    path = saved(tmp_path, pd.DataFrame({"cijfer_voor_hulp_A": [1.0], "cijfer_voor_hulp_B": [2.0]}))
    path.write_bytes(path.read_bytes().replace(b"hulp_B", b"hulp_A"))
    assert problems_of(path) == ["a.sav: column cijfer_voor_hulp_A occurs twice; keep one."]


def seconds(*day):
    return (datetime.datetime(*day) - datetime.datetime(1582, 10, 14)).total_seconds()


def dated(tmp_path, values, form="DATE11", **options):
    frame = pd.DataFrame({"afnamedatum": values, "cijfer": [1.0] * len(values)})
    return saved(tmp_path, frame, variable_format={"afnamedatum": form}, **options)


DAYS = [seconds(2016, 3, 4), seconds(2018, 12, 31), 9e12]


@pytest.mark.parametrize("form", ["DATE11", "EDATE10", "DATETIME20"])
@pytest.mark.parametrize(
    ("missing", "left"),
    [
        ([seconds(2018, 12, 31)], [0, 2]),
        ([seconds(2018, 12, 31, 12)], [0, 1, 2]),
        ([{"lo": seconds(2018, 1, 1), "hi": 1e300}], [0]),
        ([seconds(2016, 3, 4), 9e12], [1]),
    ],
)
def test_a_date_that_was_declared_missing_is_none(tmp_path, form, missing, left):
    export = read_export(dated(tmp_path, DAYS, form, missing_ranges={"afnamedatum": missing}))
    days = [datetime.date(2016, 3, 4), datetime.date(2018, 12, 31), 9e12]
    assert export.frame["afnamedatum"].tolist() == [day if place in left else None for place, day in enumerate(days)]
    assert export.user_missing == {}


def test_dates_that_are_all_declared_missing_are_refused(tmp_path):
    path = dated(tmp_path, DAYS, missing_ranges={"afnamedatum": [{"lo": -1e300, "hi": 1e300}]})
    rest = "SPSS was told that each of its dates is no answer; take back that they are missing."
    assert problems_of(path, ["afnamedatum"]) == [f"a.sav, column afnamedatum: {rest}"]
    assert len(read_export(path, ["cijfer"]).frame) == 3


@pytest.mark.parametrize(
    ("form", "what"), [("MOYR8", "months"), ("QYR8", "quarters"), ("WKYR10", "weeks"), ("TIME8", "times")]
)
def test_a_format_without_days_is_told_where_the_column_counts(tmp_path, form, what):
    path = dated(tmp_path, DAYS[:1], form)
    name = form.rstrip("0123456789")
    assert problems_of(path, ["Afnamedatum"]) == [
        f"a.sav, column afnamedatum: holds {what} (format {name}) and no days; give it a format with a day in SPSS "
        "(DATE11), if it has days."
    ]
    assert read_export(path, ["cijfer"]).frame["cijfer"].tolist() == [1]


def test_labels_of_every_kind_of_column_are_handed_on(tmp_path):
    labels = {"afnamedatum": {DAYS[1]: "onbekend"}, "cijfer": {1.0: "slecht"}}
    export = read_export(dated(tmp_path, DAYS, variable_value_labels=labels))
    assert export.labels == {"afnamedatum": {datetime.date(2018, 12, 31): "onbekend"}, "cijfer": {1.0: "slecht"}}
    texts = {"respondent_id": {"999": "onbekend"}, "regio": {"T" * 20: "Twente"}}
    frame = pd.DataFrame({"respondent_id": ["1"], "regio": ["T" * 20]})
    assert read_export(saved(tmp_path, frame, variable_value_labels=texts)).labels == texts
