"""Tables and figures of a report, collected in its order, so that their numbers follow it."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.figures import descriptions
from effectstudie.report.figures.balance import love_data, love_plot
from effectstudie.report.figures.outcomes import once_figure, outcome_figure, stacked_figure
from effectstudie.report.figures.pictures import png
from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.facts import class_facts, outcome_facts
from effectstudie.report.prose.means import outcome_sentences
from effectstudie.report.prose.once import sentences_once
from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED

# Tables that have the same number in every report: of the summary (S), the main text and the appendix (B). The others,
# which a study may lack, are numbered on from the table before them.
NUMBERS = {
    "key": "S1", "effect_sizes": "1", "participants": "2", "background": "3", "instruments": "B1", "means": "B2",
    "tests": "B3", "every_p__same": "B4", "every_p__other": "B5", "strength": "B6", "ways_to_match": "B7",
}  # fmt: skip

NUMBER = re.compile(rf"(?:{formats.MINUS}?[\d.,]+%?|[<>].*|{formats.ABSENT})*")


class Page:
    """What the report shows so far. `values` and `tests` are treated; `labels` as `render.study_labels` makes them.

    `zeros`: numbers that cannot exceed one have their leading zero in tables.
    """

    def __init__(
        self,
        values: pd.DataFrame,
        tests: pd.DataFrame,
        outcomes: Mapping,
        labels: Mapping,
        texts: Mapping,
        zeros: bool = False,
    ):
        self.zeros = zeros
        self.values, self.tests, self.outcomes, self.labels, self.texts = values, tests, outcomes, labels, texts
        self.tables: dict[str, dict] = {}
        self.figures: dict[str, dict] = {}
        self.files: dict[str, bytes] = {}
        self.found: list[OutcomeFacts] = []
        self.sentences: dict[str, str] = {}

    def table(
        self,
        name: str,
        frame: pd.DataFrame,
        notes: Sequence[str],
        blocks: bool = False,
        **filled: str,
    ) -> None:
        """Add a table and its CSV. With `blocks` the first column gives heading rows (see `block_rows`)."""
        number = NUMBERS.get(name) or self._next_number()
        caption = self.texts["captions"][name.split("__")[0]].format(**filled)
        frame = frame.map(formats.with_zeros) if self.zeros else frame
        file = f"table_{number.lower()}.csv"
        self.files[file] = csv_bytes(frame)
        rows = block_rows(frame) if blocks else [{"kind": "row", "cells": c} for c in frame.values.tolist()]
        self.tables[name] = {
            "name": name.split("__")[0],
            "number": number,
            "caption": caption,
            "head": [column for place, column in enumerate(frame.columns) if not (blocks and place == 1)],
            "numeric": [bool(NUMBER.fullmatch(text)) for text in _longest(rows)],
            "rows": rows,
            "notes": [note for note in notes if note],
            "csv": file,
        }

    def _next_number(self) -> str:
        part, number = re.fullmatch(r"(\D*)(\d+)", list(self.tables.values())[-1]["number"]).groups()
        return f"{part}{int(number) + 1}"

    def figure(
        self,
        name: str,
        svg: bytes,
        caption: str,
        alt: str,
        notes: Sequence[str],
        data: pd.DataFrame,
        narrow: bool = False,
    ) -> None:
        """Add a figure and its CSV; beside a `narrow` one there is room for the notes."""
        self.files[f"figure_{name}.svg"] = svg
        self.files[f"figure_{name}.png"] = png(svg.decode())
        self.files[f"figure_{name}.csv"] = data.to_csv(index=False, lineterminator="\n").encode()
        self.figures[name] = {
            "number": str(len(self.figures) + 1),
            "caption": formats.capital(formats.ranges(caption)),
            "alt": alt,
            "notes": descriptions.joined_lines(notes),
            "svg": f"figure_{name}.svg",
            "csv": f"figure_{name}.csv",
            "narrow": narrow,
        }

    def love(self, balance: Mapping[str, pd.DataFrame], study: Mapping) -> None:
        named = {spec["label"]: balance[name] for name, spec in study["matching"]["strategies"].items()}
        panels = {label: love_data(frame, self.labels) for label, frame in named.items()}
        data = pd.concat([panel.assign(strategy=label) for label, panel in panels.items()])
        self.figure(
            "love",
            love_plot(panels, self.labels),
            self.texts["captions"]["love"],
            descriptions.love_alt(panels, self.labels["samples"], self.texts),
            [self.texts["sources"]["love"]],
            data,
        )

    def sections(self, outcome_ids: Sequence[str]) -> list[dict]:
        """Chapter parts in the order of the outcomes; outcomes of one family share a figure."""
        parts: dict[str, dict] = {}
        for name in outcome_ids:
            definition = self.outcomes[name]
            section = definition["section"]
            part = parts.setdefault(section, {"id": section, "title": self.labels["sections"][section], "blocks": []})
            family = definition.get("family")
            if family and any(block["figure"] == family for block in part["blocks"]):
                continue
            members = [o for o in outcome_ids if family and self.outcomes[o].get("family") == family] or [name]
            part["blocks"].append(self._block(family or name, members))
        return list(parts.values())

    def _block(self, figure: str, members: Sequence[str]) -> dict:
        definition = self.outcomes[members[0]]
        if definition["kind"] == "class":
            self._class_figure(members[0])
            title = definition["label"]
        elif "measured" in definition:
            title = self.title(members[0])
            self._once_figure(members[0], title)
        else:
            title = self.labels["families"][figure] if len(members) > 1 else self.title(figure)
            self._means_figure(figure, title, members)
        items = [{"outcome": name, "sentences": self._sentences(name)} for name in members]
        return {"figure": figure, "title": formats.capital(title), "items": items}

    def _sentences(self, name: str) -> list[str]:
        definition, phrases, place = self.outcomes[name], self.labels["phrases"], len(self.sentences)
        if "measured" in definition:
            sentences = sentences_once(name, definition, self.values, self.tests, self.labels, self.texts)
        elif definition["kind"] == "class":
            facts = class_facts(name, definition, self.values, self.tests, self.labels["units"], place)
            sentences = class_sentences(facts, self.texts, phrases)
        else:
            units = self.texts["units_in_sentences"]
            facts = outcome_facts(name, definition, self.values, self.tests, units, place)
            self.found.append(facts)
            sentences = outcome_sentences(facts, self.texts, phrases)
        self.sentences[name] = " ".join(sentences)
        return sentences

    def _class_figure(self, name: str) -> None:
        definition, own = self.outcomes[name], self._own(name)
        cells = list(dict.fromkeys(zip(own["cell"], own["label"], strict=True)))
        sizes = descriptions.sizes_line(own, self.labels)
        words = self.texts["captions"]["classes_once" if "measured" in definition else "classes"]
        caption = words.format(**definition, wave=self.labels["waves"].get(definition.get("measured"), ""))
        self.figure(
            name,
            stacked_figure(own, cells, self.labels),
            caption,
            descriptions.classes_alt(definition, own, self.labels, self.texts),
            [
                sizes or formats.capital(self.labels["not_shown"]),
                "" if own["value"].isna().any() else descriptions.class_line(name, self.tests, self.texts),
            ],
            own.drop(columns=["sd", "ci_low", "ci_high", "count"]),
        )

    def _once_figure(self, name: str, title: str) -> None:
        definition, own = self.outcomes[name], self._own(name)
        self.figure(
            name,
            once_figure(own, definition, self.labels),
            self.texts["captions"]["once"].format(label=title, wave=self.labels["waves"][definition["measured"]]),
            descriptions.once_alt(title, definition, own, self.labels, self.texts),
            [
                self.texts["sources"]["bars"][definition["kind"]],
                descriptions.sizes_line(own, self.labels),
                descriptions.t_line(name, self.tests, self.texts),
            ],
            own.drop(columns=["cell", "count"]),
            narrow=True,
        )

    def _means_figure(self, figure: str, title: str, members: Sequence[str]) -> None:
        panels, alts, notes = [], [], []
        for name in members:
            definition, own = self.outcomes[name], self._own(name)
            label = formats.capital(self.title(name))
            panels.append(
                {
                    "title": label if len(members) > 1 else "",
                    "measure": definition["measure"],
                    "decimals": definition["decimals"],
                    "percentage": definition["kind"] == "percentage",
                    "values": own,
                    "norm": definition.get("norm"),
                    "axis": definition.get("axis"),
                }
            )
            alts.append(descriptions.means_alt(self.title(name), definition, own, self.labels, self.texts))
            notes.append(descriptions.anova_line(name, self.tests, self.texts))
        if len(members) > 1 and any(notes):
            notes = [self.texts["sources"]["anova_family"].format(tests=NUMBERS["tests"])]
        first = self._own(members[0])
        waves = self.labels["waves"]
        caption = self.texts["captions"]["outcome"].format(label=title, t0=waves["T0"], t1=waves["follow_up"])
        self.figure(
            figure,
            outcome_figure(panels, self.labels),
            caption,
            " ".join(alts),
            [
                self.texts["sources"]["bars"][self.outcomes[members[0]]["kind"]],
                descriptions.sizes_line(first, self.labels),
                *notes,
            ],
            pd.concat([panel["values"] for panel in panels]).drop(columns=["cell", "count"]),
            narrow=len(members) == 1,
        )

    def title(self, outcome: str) -> str:
        """What headings, captions and tables call an outcome."""
        return self.texts["titles"].get(outcome, self.outcomes[outcome]["label"])

    def _own(self, name: str) -> pd.DataFrame:
        own = self.values[(self.values["outcome"] == name) & self.values["group"].isin(COMPARED)]
        return own.reset_index(drop=True)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A printed table as a CSV file, with plain spaces."""
    return frame.to_csv(index=False, lineterminator="\n").replace(formats.NBSP, " ").encode()


def block_rows(frame: pd.DataFrame) -> list[dict]:
    """Rows as `{kind, cells}`: a heading row per value of the first column, under it rows named by the second.

    What a column says of the first row of a block only (a test of the whole block) goes to the heading row.
    A block of one row needs no heading.
    """
    rows = []
    for name, block in frame.groupby(frame.columns[0], sort=False):
        lines = block.iloc[:, 1:].values.tolist()
        if len(lines) == 1:
            label = f"{name}, {lines[0][0]}" if lines[0][0] else name
            rows.append({"kind": "row", "cells": [label, *lines[0][1:]]})
            continue
        whole = [len(lines) > 1 and not any(line[place] for line in lines[1:]) for place in range(len(lines[0]))]
        heading = [cell if own else "" for cell, own in zip(lines[0], whole, strict=True)]
        rows.append({"kind": "block", "cells": [name, *heading[1:]]})
        rows += [
            {"kind": "class", "cells": ["" if own else cell for cell, own in zip(line, whole, strict=True)]}
            for line in lines
        ]
    return rows


def _longest(rows: Sequence[Mapping]) -> list[str]:
    """All cells of a column in one text, so that one pattern tells numbers from words."""
    return ["".join(cells) for cells in zip(*(row["cells"] for row in rows), strict=True)]
