"""One wrong cell, and odd cells that no column forbids."""

from given.broken.cases import Cases
from given.broken.exports import J0, J1, J2, K0, K1, K2, V0, V1, V2, H, map_column, set_cell

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


# name -> export, row, column, value, rule
CELLS = {
    "a code out of range": (V0, 3, "geslacht", "3", "must be one of 1, 2"),
    "a zero where the scale begins at one": (V0, 4, "cts2_05", "0", "must be one of 1, 2, 3"),
    "a nine that was not declared": (J0, 2, "kidscreen_03", "9", "a whole number from 1 to 5"),
    "a code between two codes": (V1, 2, "tsi_004", "1.5", "a whole number from 0 to 3"),
    "a number with its unit": (V0, 5, "uren_werk", "36 uur", "a number from 0 to 80"),
    "a guess in words": (V2, 6, "uren_werk", "ca. 20", "a number from 0 to 80"),
    "more hours than a week may have": (V0, 7, "uren_werk", "168", "a number from 0 to 80"),
    "a letter O for a zero": (J1, 4, "tscc_02", "O", "a whole number from 0 to 3"),
    "Python's nan": (K1, 3, "ppq_02", "nan", "a whole number from 1 to 5"),
    "Excel's #N/A": (K2, 3, "nosik_02", "#N/A", "a whole number from 1 to 6"),
    "a database's NULL": (V1, 3, "mansa_02", "NULL", "a whole number from 1 to 7"),
    "a full stop for no answer": (V0, 3, "mansa_03", ".", "a whole number from 1 to 7"),
    "a dash for no answer": (V0, 8, "inkomen", "-", "must be one of 1, 2, 3"),
    "7-8 that Excel made a date": (K0, 9, "ctspc_03", "08-jul", "must be one of 1, 2, 3"),
    "a yes in Dutch Excel": (V0, 2, "partner", "WAAR", "must be one of 0, 1"),
    "the minus sign of a word processor": (V0, 2, "tsi_003", "\u22129", "a whole number from 0 to 3"),
    "two answers in one cell": (V2, 2, "opleiding", "3;4", "must be one of 1, 2, 3"),
    "an exponent": (V1, 9, "uren_werk", "1E+01", "a number from 0 to 80"),
    "thousands mark and decimals": (V1, 9, "uren_werk", "1.000,5", "a number from 0 to 80"),
    "infinity": (V1, 9, "uren_werk", "inf", "a number from 0 to 80"),
    "a year of two digits": (V0, 1, "afnamedatum", "25-3-16", "must be a date"),
    "an American date": (V1, 1, "afnamedatum", "03/25/2017", "must be a date"),
    "Excel's number of a day": (K0, 1, "afnamedatum", "42454", "must be a date"),
    "a day that no month has": (K1, 1, "afnamedatum", "30-02-2017", "must be a date"),
    "a date in words": (J0, 1, "afnamedatum", "25 maart 2016", "must be a date"),
    "an empty date of SQL": (J1, 1, "afnamedatum", "0000-00-00", "must be a date"),
    "an adult of fifteen": (V0, 10, "leeftijd", "15", "a number from 16 to 97"),
    "an adult of a hundred and twenty": (V1, 10, "leeftijd", "120", "a number from 16 to 97"),
    "a year of birth for an age": (V2, 10, "leeftijd", "1985", "a number from 16 to 97"),
    "a youth of nineteen": (J2, 2, "leeftijd", "19", "a number from 8 to 18"),
    "a youth of seven": (J0, 5, "leeftijd", "7", "a number from 8 to 18"),
    "a child of nineteen": (K2, 2, "kind_leeftijd", "19", "a number from 0 to 18"),
    "a mark of zero": (V0, 5, "veiligheid", "0", "a number from 1 to 10"),
    "an unknown region": (H, 4, "regio", "Atlantis", "is no region of config/config.yaml"),
    "a region in small letters": (H, 7, "regio", "twente", "is no region of config/config.yaml"),
    "a region with a letter too few": (H, 1, "regio", "Groninge", "is no region of config/config.yaml"),
    "no region": (H, 9, "regio", "", "is no region of config/config.yaml"),
    "a report on an unknown day": (H, 9, "melddatum", "onbekend", "must be a date"),
    "a temporary order of two": (H, 5, "thv", "2", "must be one of 0, 1"),
}
for _name, (_export, _row, _column, _value, _rule) in CELLS.items():
    broken(_name, [f"{_export}.csv, row {_row}, column {_column}, value '{_value}' … {_rule}"])(
        set_cell(_export, _row, _column, _value)
    )


@broken("a row moved by a cell", [f"{V0}.csv, row 3, column afnamedatum: must be a date"])
def _(x):
    cells = x.cells(V0)
    cells.loc[2, ["huishouden_id", "afnamedatum"]] = ["DEMO-H02", "DEMO-H02-V1"]


@broken("a page of text in a code", [f"{V0}.csv, row 3, column geslacht, value … must be one of 1, 2"])
def _(x):
    x.cells(V0).loc[2, "geslacht"] = "wat een verhaal " * 500


broken("R's NA", warnings=[f"{K0}, no_answer_word, column : NA (1)"])(set_cell(K0, 3, "ppq_02", "NA"))
broken("SPSS's #NULL!", warnings=[f"{J2}, no_answer_word, column : #NULL! (1)"])(set_cell(J2, 3, "sis_02", "#NULL!"))
broken("a thousand that reads as one", [f"{V0}.csv, row 3, column uren_werk, value '1.000'"])(
    set_cell(V0, 3, "uren_werk", "1.000")
)
broken("two decimal marks in one column", [f"{V0}.csv, row 4, column uren_werk, value '7,5': has a decimal comma"])(
    lambda x: [set_cell(V0, 3, "uren_werk", "7.5")(x), set_cell(V0, 4, "uren_werk", "7,5")(x)]
)
broken("a date that is still to come", [f"{V2}.csv, row 4, column afnamedatum, value '2099-01-01'"])(
    set_cell(V2, 4, "afnamedatum", "2099-01-01")
)
broken("the first day of Excel", [f"{H}.csv, row 4, column melddatum, value '1900-01-01'"])(
    set_cell(H, 4, "melddatum", "1900-01-01")
)
broken("the first day of SPSS", [f"{V0}.csv, row 4, column afnamedatum, value '1582-10-14'"])(
    set_cell(V0, 4, "afnamedatum", "1582-10-14")
)
broken("a measurement before the report", warnings=[f"{V0}, before_report, column afnamedatum … (1)"])(
    set_cell(V0, 4, "afnamedatum", "2015-03-01")
)
broken("no date of measurement", warnings=[f"{V0} … column afnamedatum … (1)"])(set_cell(V0, 4, "afnamedatum", ""))
broken("ninety-nine for the age of a child", warnings=[f"{K0} … column kind_leeftijd … (1)"])(
    set_cell(K0, 4, "kind_leeftijd", "99")
)
broken(
    "an approach with a letter too few",
    [f"{H}.csv, row 1, column aanpak, value 'Multifocu': is no approach …'Multifocus'"],
)(set_cell(H, 1, "aanpak", "Multifocu"))
broken(
    "an approach in small letters",
    [f"{H}.csv, row 1, column aanpak, value 'multifocus': is no approach … 'Multifocus'?"],
)(set_cell(H, 1, "aanpak", "multifocus"))
broken("NULL for no approach", warnings=[f"{H}, no_approach, column aanpak: NULL (21)"])(
    map_column(H, "aanpak", lambda text: text or "NULL")
)


@harmless("codes with a decimal")
def _(x):
    cells = x.cells(V0)
    for name in (name for name in cells if name.startswith(("tsi_", "geslacht"))):
        cells[name] = cells[name].map(lambda text: f"{text}.0" if text else "")
