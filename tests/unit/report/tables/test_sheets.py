import pandas as pd

from effectstudie.report.table import Column, Figure, Number, Phrase, Table
from effectstudie.report.tables.sheets import figure_sheet, table_sheet

NAN = float("nan")
LABELS = {
    "groups": {"approach": "Samen"},
    "waves": {"T0": "T0"},
    "units": {"adult": "volwassenen"},
    "samples": {"all": "vóór matching"},
    "overlap": {"pool": "Mogelijke controles"},
}
WORDS = {
    "columns": {"outcome": "Uitkomst", "group": "Groep", "n": "Aantal", "value": "Waarde", "primary": "Hoofduitkomst"},
    "answers": {True: "ja", False: "nee"},
    "bounds": {"fewer": "minder dan"},
}


def test_a_table_keeps_what_is_printed_as_numbers_and_the_rest_as_texts():
    cells = [Number(0.0511, "p"), Number(0.0004, "p"), Number(NAN), Phrase("{n} (x)", {"n": Number(3)}), "a\u00a0b"]
    table = Table([Column(str(place)) for place in range(5)], [cells], number="B2", notes=["", "Let\u00a0op."])
    sheet = table_sheet(table)
    number = {"value": 0.051, "decimals": 3, "percent": False, "bare": True}
    assert sheet["rows"] == [[number, "<,001", "–", "3 (x)", "a b"]]
    assert sheet["notes"] == ["Let op."]
    with_zeros = table_sheet(table, zeros=True)["rows"][0]
    assert (with_zeros[0]["bare"], with_zeros[1]) == (False, "<0,001")


def test_data_of_a_figure_have_dutch_heads_and_names():
    data = pd.DataFrame(
        {
            "cell": ["a", "b"],  # no word of the report
            "value": [1.25, NAN],
            "outcome": ["safety", "safety"],
            "group": ["approach", "approach"],
            "n": [20.0, 30.0],
            "primary": [True, False],
        }
    )
    figure = Figure(svg=b"", caption="veiligheid, 25-34 jaar", alt="", notes=["Let op."], data=data, number="2")
    sheet = figure_sheet(figure, {"safety": "Veiligheid"}, LABELS, WORDS)
    assert sheet["head"] == ["Uitkomst", "Groep", "Aantal", "Waarde", "Hoofduitkomst"]
    first, second = sheet["rows"]
    assert (first[0], first[1], first[4], second[3]) == ("Veiligheid", "Samen", "ja", "–")
    assert [(cell["value"], cell["decimals"]) for cell in first[2:4]] == [(20, 0), (1.25, 2)]
    assert sheet["caption"] == "Veiligheid, 25–34 jaar"
