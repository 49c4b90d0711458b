"""The Dutch words of the report, as its rules read them."""

from given.paths import ROOT

from effectstudie.shared.words import read_words

PARTS = (
    *("labels", "sentences", "tables", "figures", "certainty", "effect", "plan", "matching", "summary", "cover"),
    *("recruitment", "workbook", "waves"),
)
TEXTS = read_words(*(ROOT / f"resources/pages/report/{part}.nl.yaml" for part in PARTS))
