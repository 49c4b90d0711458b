"""What spoils single cells: what stands there is nothing, or something else."""

import pandas as pd
from given.rewritten.cohorts import KEYS
from given.rewritten.spoiled import ADULTS, EXCEL, FIRST, PEOPLE, TEXT, Harms, Spoiled
from given.rewritten.writings import Raw, as_they_are

harm = Harms()
_TEXTS = ("O", "ja", "WAAR", "3;4", "1e0", "½", "?", "x", "-", ".", "nvt", "NULL", "nan", "1 of 2")
_CODES = ("77", "1,5", "-1", "10", "1000", "0.999", "-99", "97", "999", "9")
_NUMBERS = ("36 uur", "ca. 20", "1E+01", "inf", "1.000,5", "20-30", "3 6", "12:30", "20%", "½")
_ERRORS = ("#N/A", "#N/B", "#DEEL/0!", "#VERW!", "#NAAM?", "#WAARDE!", "#REF!", "Err:502")
_DATES = ("31-02-2016", "0000-00-00", "42454", "12 maart 2016", "3-4-16", "2016-13-01", "20160304", "maart 2016")
_DATES += ("1900-01-01", "2099-01-01", "04.03.2016", "2016", "TRUE", "onbekend")
_OPEN = ("onbekend", "99", "-9", "weet niet", "?", "geweigerd", "true", "1")


@harm
def a_text_for_a_code(x: Spoiled):
    export = x.export(PEOPLE)
    x.cell(export, x.column(export, "code"), _TEXTS)


@harm
def a_code_that_is_none(x: Spoiled):
    export = x.export(PEOPLE)
    x.cell(export, x.column(export, "code"), _CODES)


@harm
def a_text_for_a_number(x: Spoiled):
    x.cell(x.export(ADULTS), "uren_werk", _NUMBERS)


@harm
def a_letter_that_is_not_seen_in_a_code(x: Spoiled):
    export = x.export(PEOPLE)
    x.cell(export, x.column(export, "code"), ("1\u200b", "\ufeff2", "\u200b", "1\u00ad"))


@harm
def a_number_that_may_be_thousands(x: Spoiled):
    x.cell(x.export(ADULTS), "uren_werk", ("1.500", "2,000", "40.000", "12,500"))


@harm
def two_decimal_marks(x: Spoiled):
    export = x.export(ADULTS)
    first, second = x.rng.sample(range(len(x.frame(export))), 2)
    x.cell(export, "uren_werk", ["7.5"], [first])
    x.cell(export, "uren_werk", ["12,5"], [second])


@harm
def an_error_of_a_spreadsheet(x: Spoiled):
    x.suffixes = TEXT + EXCEL
    export = x.export()
    x.cell(export, x.column(export, "id", "code", "date", "number", "text"), _ERRORS)


@harm
def dates_in_american_order(x: Spoiled):
    export, sign = x.export(), x.rng.choice("-/")
    name = x.column(export, "date")
    x.frame(export)[name] = as_they_are(Raw(f"{day:%m{sign}%d{sign}%Y}") for day in x.frame(export)[name])


@harm
def a_date_that_is_none(x: Spoiled):
    export = x.export()
    x.cell(export, x.column(export, "date"), _DATES)


@harm
def a_date_after_the_next_wave(x: Spoiled):
    export = x.export(FIRST)
    unit = KEYS[export][-1]
    again = x.frame(export)[unit].isin(x.cohort.tables[export.replace("T0", "T1")][unit])
    x.frame(export).loc[x.rng.choice(list(again.index[again])), "afnamedatum"] = pd.Timestamp("2019-05-04")


@harm
def a_name_in_another_spelling(x: Spoiled):
    export, name = x.export(["huishoudens"]), x.rng.choice(("regio", "aanpak"))
    names = {text for text in x.frame(export)[name] if text}
    text = x.rng.choice(sorted(names))
    rows = [row for row, other in enumerate(x.frame(export)[name]) if other == text]
    x.cell(export, name, [text.lower(), text[:-1], f"{text}\u200b", f"{text}x", f"{text[0]}\u00ad{text[1:]}"], rows)


@harm
def a_name_that_leaves_open_whether_there_is_an_approach(x: Spoiled):
    x.cell(x.export(["huishoudens"]), "aanpak", _OPEN)
