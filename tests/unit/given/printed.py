"""A published report of an invented study, as far as a register keeps it."""

import json

from effectstudie.shared.storage import dutch_csv

CONFIG = {"regions": ["Noord", "Zuid"], "approaches": ["Samen"], "raw_dir": "/data/exports", "seed": 1}
KEY = [
    ["Uitkomst", "Aanpak T0", "Beide groepen samen", "Oordeel"],
    ["Veiligheid", "7,1", "verbetert (klein)", "onbeslist"],
    ["Geweld", "40", "verbetert (groot)", "beter"],
    ["Opvoedstress", "–", "te weinig deelnemers", "–"],
]
SIZES = [["Deelnemers", "Aanpak, T0"], ["Huishoudens", "51"]]
OTHER = [["Kenmerk", "Aanpak"], ["jongen", "65%"]]
RECORD = {
    "study": {"version": "0.9", "report_date": "2026-11-21"},
    "status": "concept",
    "synthetic": True,
    "cohort": {"waves": ["T0", "T1"], "units": ["household", "adult"]},
    "summary": {"headline": "Het geweld daalt.", "answers": [{"question": "Neemt het af?", "answer": "Ja."}]},
    "sections": [{"items": [{"outcome": "safety", "title": "Veiligheid"}, {"outcome": "violence", "title": "Geweld"}]}],
    "choices": [{"point": "Vervolgmeting", "choice": "De eerste van T1."}],
    "plan": {"sentences": ["Het plan heeft kenmerk e2c2."], "points": [{"point": "Marge", "choice": "12"}]},
    "tables": {
        "participants": {"number": "2", "caption": "Deelnemers", "csv": "table_2.csv"},
        "key": {"number": "5", "caption": "Alle uitkomsten", "csv": "table_5.csv"},
        "other": {"number": "6", "caption": "Kinderen", "csv": "table_6.csv"},
    },
}
QUALITY = """<html><body><div id="tabel-bestanden"><table><thead><tr><th>Bestand</th><th>Rijen</th></tr></thead>
<tbody><tr><th scope="row">T0_jeugd.sav</th><td>1.362</td></tr></tbody></table></div></body></html>"""


def printed_report(study, record=RECORD):
    """Write the files of a report that a register reads, in the folder of a study; its tables and its quality page."""
    render, report = study / "render", study / "report"
    for folder in (render, report):
        folder.mkdir(parents=True)
    for name, rows in {"table_2": SIZES, "table_5": KEY, "table_6": OTHER}.items():
        (render / f"{name}.csv").write_bytes(dutch_csv(rows))
    (render / "render.json").write_text(json.dumps(record), encoding="utf-8")
    quality = report / f"{study.name}_kwaliteit.html"
    quality.write_text(QUALITY, encoding="utf-8")
    return render, quality
