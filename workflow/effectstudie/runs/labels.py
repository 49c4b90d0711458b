"""What rows, numbers and conclusions of two runs are called on the page that compares them."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from effectstudie.runs.conclusions import Turn, significant
from effectstudie.runs.finished import FinishedRun
from effectstudie.runs.result_tables import ESTIMATES
from effectstudie.runs.tables import Row, as_number
from effectstudie.shared import formats

SIZES = ("effect_value", "ci_low", "ci_high")
WITHOUT_UNIT = ("partial_eta_squared", "cramers_v")
UNKNOWN_DECIMALS = 2
LARGEST = 1e15  # an F where nothing varies can be larger than can be printed


class Labels:
    """What rows and tables are called, by the words of the runs themselves where they have them."""

    def __init__(self, runs: tuple[FinishedRun, FinishedRun], words: Mapping, texts: Mapping):
        self.runs, self.words, self.texts = runs, words, texts
        old, new = (run.record.get("labels", {}) for run in runs)
        self.groups = words["groups"] | old.get("groups", {}) | new.get("groups", {})
        self.waves = words["waves"] | old.get("waves", {}) | new.get("waves", {})
        self.titles = {**old.get("titles", {}), **new.get("titles", {})}

    def definition(self, outcome: str, run: int) -> Mapping[str, Any]:
        """What config/outcomes.yaml said of an outcome, or of the outcome that a class is of."""
        return self.runs[run].settings.get("outcomes", {}).get(outcome.partition(".")[0], {})

    def outcome(self, name: str) -> str:
        """An outcome; with its class, where it is one."""
        if name == "participation":
            return self.words["participation"]
        stem, _, part = name.partition(".")
        known = self.definition(stem, 1) or self.definition(stem, 0)
        label = self.titles.get(stem, known.get("label", stem))
        if known.get("section") == "appendix":
            label = f"{known['measure']}: {label}"
        if part:
            classes = {level["id"]: level["label"] for level in known.get("classes", {}).values()}
            label = f"{label}: {classes.get(part, part)}"
        return formats.capital(formats.ranges(label))

    def where(self, table: str, row: Row) -> str:
        """What a row is about, besides its outcome."""
        parts = []
        if table in ("tests", "moderation"):
            effects = self.words["effects"] | self.words["effects_of"].get(table, {})
            parts.append(effects.get(row["effect"], row["effect"]))
        if table == "attrition":
            parts.append(self.words["attrition"].get(row["analysis"], row["analysis"]))
        if table == "sensitivity":
            parts.append(self.words["difference_in_change"])
        if row["outcome"] in ("participation", ""):
            parts.append(self.words["units"].get(row["unit"], row["unit"]))
        if row["group"]:
            parts.append(formats.joined([self.groups.get(name, name) for name in row["group"].split("|")]))
        if row["wave"]:
            parts.append(self.waves.get(row["wave"], row["wave"]))
        return ", ".join(parts)

    def quantity(self, table: str, column: str, row: Row) -> str:
        """What a number is: a mean, F, a partial eta squared, …"""
        if column == "mean" and self.definition(row["outcome"], 1).get("kind", "mean") != "mean":
            column = "share"
        if column == "value":
            return self.words["statistics"].get(row["statistic"], self.words["quantities"]["value"])
        if column == "effect_value":
            return self.words["effect_sizes"].get(row["effect_size"], row["effect_size"])
        return self.words["quantities"][column]

    def printed(self, table: str, column: str, row: Row, run: int) -> str:
        """A number of a result table, rounded as the report rounds."""
        number = as_number(row[column])
        if column in ("analysis", "size_word"):
            words = self.words["analyses"] if column == "analysis" else self.texts["sizes"]
            return words.get(row[column], row[column]) or self.words["none"]
        if number is None or not isfinite(number):
            return self.words["none"]
        if abs(number) > LARGEST:
            return row[column]
        if column == "p":
            return formats.p_value(number).removeprefix(f"p{formats.NBSP}").removeprefix(f"={formats.NBSP}")
        if column == "ges" or (column in SIZES and row["effect_size"] in WITHOUT_UNIT):
            return formats.coefficient(number)
        share = column == "mean" and self.definition(row["outcome"], run).get("kind", "mean") != "mean"
        return formats.number(number, self.decimals(table, column, row, run)) + ("%" if share else "")

    def decimals(self, table: str, column: str, row: Row, run: int) -> int:
        """How many decimals the report prints of a number."""
        if column == "n":
            return 0
        if column in ("df1", "df2"):
            return 0 if (as_number(row[column]) or 0.0).is_integer() else 2
        if column == "p":
            return 3
        in_unit = table == "descriptives" or row["what"] in ESTIMATES
        if in_unit and column != "value":
            return self.definition(row["outcome"], run).get("decimals", UNKNOWN_DECIMALS)
        return 2

    def caption(self, table: str) -> str:
        """`Tabel 5. Kerncijfers…` of a table in render/, in the new run or else the old one; or its file."""
        for run in reversed(self.runs):
            if spec := run.record.get("tables", {}).get(table):
                return self.words["captions"]["table"].format(**spec)
            if spec := run.record.get("figures", {}).get(table.removeprefix("figure_")):
                return self.words["captions"]["figure"].format(**spec)
        return f"{table}.csv"

    def of_turn(self, turn: Turn) -> str:
        """What a conclusion is about."""
        if "conclusion" in turn.new:
            return " · ".join(turn.key)
        name = self.outcome(turn.new["outcome"]) if turn.new["outcome"] else ""
        return ", ".join(part for part in (name, self.where(turn.table, turn.new)) if part)

    def sides(self, turn: Turn) -> tuple[str, str]:
        """What the old and the new run conclude."""
        return self._side(turn, turn.old), self._side(turn, turn.new)

    def _side(self, turn: Turn, row: Row) -> str:
        if "conclusion" in row:
            return row["conclusion"]
        if turn.kind == "verdict":
            return self._verdict(row)
        state = significant(row["p"])
        p = "" if state is None else formats.p_value(float(row["p"]))
        judged = self.words["significance"][{True: "yes", False: "no", None: "untested"}[state]]
        if turn.kind == "significance":
            return f"{judged} ({p})" if p else judged
        if turn.kind == "size":
            size = self.texts["sizes"].get(row["size_word"], row["size_word"])
            return f"{size or self.words['no_size']}, {judged}"
        value = self.printed("tests", "value", row, 1)
        symbol = f"t{formats.NBSP}={formats.NBSP}" if turn.table != "sensitivity" else ""
        return f"{symbol}{value} ({p})"

    def _verdict(self, row: Row) -> str:
        known = self.texts["certainty"]
        items = [known["analyses"].get(name, name) for name in row["against"].split()]
        return known["verdicts"].get(row["verdict"], row["verdict"]).format(items=formats.joined(items))
