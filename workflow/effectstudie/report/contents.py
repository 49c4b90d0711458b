"""Tables and figures of a report, collected in its order, so that their numbers follow it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.shown import Shown
from effectstudie.report.figures.pictures import png
from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.report.table import Figure, Table
from effectstudie.report.tables.sheets import figure_sheet, table_sheet

# Tables that have the same number in every report: of the main text and the appendices (A, B). The others, which a
# study may lack, are numbered on from the table before them.
NUMBERS = {
    "instruments_short": "1", "participants": "2", "background": "3", "effect_sizes": "A1", "rating": "A2",
    "instruments": "B1", "means": "B2", "tests": "B3", "conclusions": "B4", "every_p__same": "B5",
    "every_p__other": "B6", "strength": "B7", "ways_to_match": "B8",
}  # fmt: skip


class Contents:
    """What the report holds so far.

    `shown`: what may be shown; `labels`: see `study_labels`; `texts`: the words of the
    report; `zeros`: numbers that cannot exceed one have their leading zero in tables;
    `figure_titles`: outcome → the title that people gave its figure.
    """

    def __init__(
        self,
        shown: Shown,
        outcomes: Mapping[str, Outcome],
        labels: Mapping,
        texts: Mapping,
        zeros: bool = False,
        figure_titles: Mapping[str, str] | None = None,
    ):
        self.figure_titles = figure_titles or {}
        self.shown, self.outcomes, self.labels, self.texts, self.zeros = shown, outcomes, labels, texts, zeros
        self.tables: dict[str, Table] = {}
        self.figures: dict[str, Figure] = {}
        self.outcome_facts: list[OutcomeFacts] = []
        self.sentences: dict[str, str] = {}

    def table(self, place: str, table: Table, notes: Sequence[str], **filled: str) -> None:
        """Add a table; `filled`: names in its caption. What stands behind `__` in a place tells it from its likes."""
        name = place.split("__")[0]
        caption = self.texts["captions"][name].format(**filled)
        number = NUMBERS.get(place) or self._next_number()
        self.tables[place] = replace(table, name=name, number=number, caption=caption, notes=notes)

    def _next_number(self) -> str:
        part, number = re.fullmatch(r"(\D*)(\d+)", list(self.tables.values())[-1].number).groups()
        return f"{part}{int(number) + 1}"

    def figure(self, name: str, figure: Figure) -> None:
        self.figures[name] = replace(figure, name=name, number=str(len(self.figures) + 1))

    @property
    def short_titles(self) -> dict[str, str]:
        """What a list in a sentence calls each outcome."""
        return {name: self.title(name) for name in self.outcomes}

    def title(self, outcome: str) -> str:
        """What headings, captions and tables call an outcome."""
        return self.texts["titles"].get(outcome, self.outcomes[outcome].label)

    def figure_title(self, outcome: str, otherwise: str) -> str:
        """The title that people gave the figure of an outcome, before the one that is made."""
        return self.figure_titles.get(outcome, otherwise)

    def files(self) -> dict[str, bytes]:
        """The data of every table, the picture and the data of every figure."""
        files = {table.csv_name: table.csv() for table in self.tables.values()}
        for figure in self.figures.values():
            files |= {f"{figure.file}.svg": figure.svg, f"{figure.file}.png": png(figure.svg.decode())}
            files[f"{figure.file}.csv"] = figure.csv()
        return files

    def sheets(self) -> dict[str, list[dict[str, Any]]]:
        """The tables, and the data of the figures, as a spreadsheet has them."""
        words = self.texts["workbook"]
        return {
            "tables": [table_sheet(table, self.zeros) for table in self.tables.values()],
            "figures": [figure_sheet(one, self.short_titles, self.labels, words) for one in self.figures.values()],
        }

    def record(self) -> dict[str, dict[str, Any]]:
        """The tables and figures as the report reads them."""
        tables = {place: table.record(self.zeros) for place, table in self.tables.items()}
        return {"tables": tables, "figures": {name: figure.record() for name, figure in self.figures.items()}}
